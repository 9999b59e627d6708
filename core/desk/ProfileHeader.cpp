// SPDX-License-Identifier: Apache-2.0
#include "ProfileHeader.h"

#include "DeskText.h"
#include "Matching.h"

#include <QLocale>

namespace ringside::profileHeader {

namespace {

constexpr qsizetype longestValue = 2000;
constexpr qsizetype longestLine = 200;

QString first(const Record &record, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const QString value = record.text(QLatin1String(name)).simplified();
        if (!value.isEmpty())
            return deskText::limited(value, longestLine);
    }
    return {};
}

// Owners, dates and the like as people write them; everything else as the CRM gave it.
QString readable(const Record &record, const Field &field)
{
    if (field.dataType == QLatin1String("datetime")) {
        const QDateTime when = record.dateTime(field.apiName);
        return when.isValid() ? QLocale().toString(when.toLocalTime(), QLocale::ShortFormat) : QString();
    }
    if (field.dataType == QLatin1String("date")) {
        const QDate date = record.date(field.apiName);
        return date.isValid() ? deskText::shortDate(date) : QString();
    }
    return deskText::limited(deskText::shown(record, field.apiName, {field}), longestValue);
}

QString labelFor(const QString &apiName)
{
    QString label = apiName;
    return label.replace(QLatin1Char('_'), QLatin1Char(' '));
}

// System fields that mean nothing to a person.
bool hidden(const QString &apiName)
{
    return apiName.endsWith(QLatin1String("__s")) || apiName == QLatin1String("id")
           || apiName == QLatin1String("Record_Image");
}

QList<Field> allFields(const Record &record, const QList<Field> &fields)
{
    if (!fields.isEmpty())
        return fields;
    QList<Field> out;
    const QStringList names = record.fieldNames();
    for (const QString &name : names) {
        Field field;
        field.apiName = name;
        field.label = labelFor(name);
        out.append(field);
    }
    return out;
}

void fillNumbers(ProfileData &data, const Record &record, const QList<Field> &fields, const QString &region)
{
    const SearchModule module = matching::moduleFromMetadata(data.ref.module, data.moduleLabel, fields);
    data.numbers.clear();
    for (const SearchModule::PhoneField &field : module.phones) {
        const QString value = record.text(field.apiName).simplified();
        if (value.isEmpty())
            continue;
        const PhoneNumber number = PhoneNumber::parse(value, region);
        const bool known = number.kind() == PhoneNumber::Kind::External;
        data.numbers.append({.label = field.label,
                             .display = known ? number.display() : deskText::limited(value, longestLine)});
        const QString zone = data.timeZone.isValid() || !known ? QString() : timeZoneOf(number);
        if (!zone.isEmpty())
            data.timeZone = QTimeZone(zone.toLatin1());
    }
}

} // namespace

void fill(ProfileData &data, const Candidate &candidate)
{
    data.ref = candidate.ref;
    data.moduleLabel = candidate.moduleLabel;
    data.name = deskText::limited(candidate.name, longestLine);
    data.initials = deskText::initials(data.name);
    data.title = deskText::limited(candidate.title, longestLine);
    data.company = deskText::limited(candidate.company, longestLine);
    data.email = deskText::limited(candidate.email, longestLine);
    if (candidate.matchedNumber.isEmpty())
        return;
    data.numbers = {{.label = deskText::limited(candidate.matchedField, longestLine),
                     .display = deskText::limited(candidate.matchedNumber, longestLine)}};
    // International as it is, it needs no region to be read by.
    const QString zone = timeZoneOf(PhoneNumber::parse(candidate.matchedNumber, {}));
    if (!zone.isEmpty())
        data.timeZone = QTimeZone(zone.toLatin1());
}

void fill(ProfileData &data, const Record &record, const QList<Field> &fields, const QString &region)
{
    const QString name = deskText::limited(record.displayName().simplified(), longestLine);
    if (!name.isEmpty())
        data.name = name;
    data.initials = deskText::initials(data.name);
    data.title = first(record, {"Title", "Designation"});
    const bool company = data.ref.module == QLatin1String("Accounts");
    data.company = company ? QString() : first(record, {"Account_Name", "Company"});
    data.email = first(record, {"Email", "Secondary_Email"});
    data.owner = record.lookup(QStringLiteral("Owner")).name;
    data.tags = record.names(QStringLiteral("Tag"));
    data.place = first(record, {"Mailing_City", "City", "Billing_City", "Other_City", "Shipping_City"});
    data.timeZone = QTimeZone();
    fillNumbers(data, record, fields, region);
    data.details.clear();
    const QList<Field> all = allFields(record, fields);
    for (const Field &field : all) {
        const QString value = hidden(field.apiName) ? QString() : readable(record, field);
        if (!value.isEmpty())
            data.details.append({.apiName = field.apiName, .label = field.label, .value = value});
    }
}

} // namespace ringside::profileHeader
