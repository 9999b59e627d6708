// SPDX-License-Identifier: Apache-2.0
#include "Matching.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringside {

namespace {

constexpr qsizetype maxSearchDigits = 10;
constexpr qsizetype maxFields = 50; // of one request

QString text(const char *source)
{
    return QCoreApplication::translate("ringside::Matching", source);
}

SearchModule::PhoneField phone(const char *apiName, const char *label)
{
    return {QLatin1String(apiName), text(label)};
}

bool isCompany(const QString &module)
{
    return module == QLatin1String("Accounts") || module == QLatin1String("Vendors");
}

const QStringList &nameFields(const QString &module)
{
    static const QStringList vendor{QStringLiteral("Vendor_Name"), QStringLiteral("Email")};
    static const QStringList contact{QStringLiteral("Full_Name"),    QStringLiteral("First_Name"),
                                     QStringLiteral("Last_Name"),    QStringLiteral("Account_Name"),
                                     QStringLiteral("Title"),        QStringLiteral("Email")};
    static const QStringList lead{QStringLiteral("Full_Name"),   QStringLiteral("First_Name"),
                                  QStringLiteral("Last_Name"),   QStringLiteral("Company"),
                                  QStringLiteral("Designation"), QStringLiteral("Email"),
                                  QStringLiteral("Converted__s"), QStringLiteral("Converted_Contact")};
    static const QStringList account{QStringLiteral("Account_Name"), QStringLiteral("Website")};
    static const QStringList none;
    if (module == QLatin1String("Contacts"))
        return contact;
    if (module == QLatin1String("Leads"))
        return lead;
    if (module == QLatin1String("Accounts"))
        return account;
    if (module == QLatin1String("Vendors"))
        return vendor;
    return none;
}

// The tier decides first; see ranked().
int tier(const FoundRecord &record, const QString &lastChoice)
{
    if (!lastChoice.isEmpty() && matching::choiceKey(record.candidate.ref) == lastChoice)
        return 0;
    if (record.candidate.match < PhoneNumber::Match::National)
        return 3;
    return isCompany(record.candidate.ref.module) ? 2 : 1;
}

QString reasonFor(int tier, const Candidate &candidate, bool mostRecent)
{
    switch (tier) {
    case 0:
        return text(QT_TRANSLATE_NOOP("ringside::Matching", "Chosen last time for this number."));
    case 1:
        if (mostRecent)
            return text(QT_TRANSLATE_NOOP("ringside::Matching", "Most recent contact among those with this number."));
        if (candidate.matchedField.isEmpty())
            return text(QT_TRANSLATE_NOOP("ringside::Matching", "This person's own number."));
        return text(QT_TRANSLATE_NOOP("ringside::Matching", "This person's own number (%1)."))
            .arg(candidate.matchedField);
    case 2:
        return text(QT_TRANSLATE_NOOP("ringside::Matching", "The company's main number."));
    default:
        return text(QT_TRANSLATE_NOOP("ringside::Matching", "Possible: only the last digits are the same."));
    }
}

QString shown(const QString &value, const QString &region)
{
    const PhoneNumber number = PhoneNumber::parse(value, region);
    return number.kind() == PhoneNumber::Kind::External ? number.display() : value.simplified();
}

void dropConvertedLeads(QList<FoundRecord> &records)
{
    QStringList contacts;
    for (const FoundRecord &record : std::as_const(records)) {
        if (record.candidate.ref.module == QLatin1String("Contacts"))
            contacts.append(record.candidate.ref.id);
    }
    records.removeIf([&contacts](const FoundRecord &record) {
        if (record.candidate.ref.module != QLatin1String("Leads") || !record.converted)
            return false;
        // Without the id any Contact with this number will do: the Lead no longer is who calls.
        return record.convertedContactId.isEmpty() ? !contacts.isEmpty() : contacts.contains(record.convertedContactId);
    });
}

} // namespace

QStringList SearchModule::requestFields() const
{
    QStringList wanted = nameFields(apiName);
    if (wanted.isEmpty() && known.isEmpty())
        return {};
    for (const PhoneField &field : phones)
        wanted.append(field.apiName);
    wanted.append({QStringLiteral("Last_Activity_Time"), QStringLiteral("Modified_Time")});
    if (!known.isEmpty()) {
        if (wanted.size() == phones.size() + 2) // a custom module: its name field is called Name
            wanted.append({QStringLiteral("Name"), QStringLiteral("Email")});
        wanted.removeIf([this](const QString &field) { return !known.contains(field); });
    }
    wanted.removeDuplicates();
    return wanted.mid(0, maxFields);
}

namespace matching {

SearchModule standardModule(const QString &apiName)
{
    SearchModule module{.apiName = apiName, .label = apiName, .plural = apiName, .phones = {}, .known = {}};
    if (apiName == QLatin1String("Contacts")) {
        module.label = text(QT_TRANSLATE_NOOP("ringside::Matching", "Contact"));
        module.plural = text(QT_TRANSLATE_NOOP("ringside::Matching", "Contacts"));
        module.phones = {phone("Phone", QT_TRANSLATE_NOOP("ringside::Matching", "Phone")),
                         phone("Mobile", QT_TRANSLATE_NOOP("ringside::Matching", "Mobile")),
                         phone("Home_Phone", QT_TRANSLATE_NOOP("ringside::Matching", "Home phone")),
                         phone("Other_Phone", QT_TRANSLATE_NOOP("ringside::Matching", "Other phone")),
                         phone("Asst_Phone", QT_TRANSLATE_NOOP("ringside::Matching", "Assistant's phone"))};
    } else if (apiName == QLatin1String("Leads")) {
        module.label = text(QT_TRANSLATE_NOOP("ringside::Matching", "Lead"));
        module.plural = text(QT_TRANSLATE_NOOP("ringside::Matching", "Leads"));
        module.phones = {phone("Phone", QT_TRANSLATE_NOOP("ringside::Matching", "Phone")),
                         phone("Mobile", QT_TRANSLATE_NOOP("ringside::Matching", "Mobile"))};
    } else if (apiName == QLatin1String("Accounts")) {
        module.label = text(QT_TRANSLATE_NOOP("ringside::Matching", "Account"));
        module.plural = text(QT_TRANSLATE_NOOP("ringside::Matching", "Accounts"));
        module.phones = {phone("Phone", QT_TRANSLATE_NOOP("ringside::Matching", "Phone"))};
    } else {
        module.phones = {phone("Phone", QT_TRANSLATE_NOOP("ringside::Matching", "Phone")),
                         phone("Mobile", QT_TRANSLATE_NOOP("ringside::Matching", "Mobile"))};
    }
    return module;
}

SearchModule moduleFromMetadata(const QString &apiName, const QString &singularLabel, const QList<Field> &fields)
{
    const SearchModule standard = standardModule(apiName);
    SearchModule module{
        .apiName = apiName, .label = singularLabel, .plural = standard.plural, .phones = {}, .known = {}};
    for (const Field &field : fields) {
        module.known.append(field.apiName);
        if (field.dataType == QLatin1String("phone"))
            module.phones.append({field.apiName, field.label});
    }
    // A profile that hides the list of fields must not blind the pop.
    if (module.phones.isEmpty())
        module.phones = standard.phones;
    if (module.label.isEmpty())
        module.label = standard.label;
    return module;
}

QString searchDigits(const PhoneNumber &number)
{
    return number.significantDigits().right(maxSearchDigits);
}

QString lookUpQuery(const SearchModule &module, const PhoneNumber &number)
{
    constexpr qsizetype mostConditions = 12; // The CRM takes 25, each an equality or one of several.
    if (number.e164().isEmpty() || module.phones.isEmpty())
        return {};
    QStringList ways{number.e164(),        number.e164().mid(1),       number.display(),
                     nationalText(number), number.significantDigits(), QLatin1Char('0') + number.significantDigits()};
    ways.removeDuplicates();
    // Nothing but what numbers are written with goes between the quotes.
    ways.removeIf([](const QString &way) {
        return way.isEmpty() || !std::all_of(way.cbegin(), way.cend(), [](QChar c) {
            return (c >= u'0' && c <= u'9') || QStringLiteral("+-() .").contains(c);
        });
    });
    QStringList fields{QStringLiteral("id")};
    QString condition;
    for (const SearchModule::PhoneField &field : module.phones.mid(0, mostConditions)) {
        fields.append(field.apiName);
        const QString one = QStringLiteral("%1 in ('%2')").arg(field.apiName, ways.join(QStringLiteral("', '")));
        condition = condition.isEmpty() ? one : QStringLiteral("(%1 or %2)").arg(condition, one); // In pairs.
    }
    return QStringLiteral("select %1 from %2 where %3 limit 0, 5").arg(fields.join(QStringLiteral(", ")), module.apiName, condition);
}

FoundRecord found(const Record &record, const SearchModule &module, const QString &region)
{
    FoundRecord out;
    Candidate &candidate = out.candidate;
    candidate.ref = {.module = module.apiName, .id = record.ref().id};
    candidate.moduleLabel = module.label;
    candidate.name = record.displayName();
    candidate.email = record.text(QStringLiteral("Email"));
    if (module.apiName == QLatin1String("Leads")) {
        candidate.title = record.text(QStringLiteral("Designation"));
        candidate.company = record.text(QStringLiteral("Company"));
        out.convertedContactId = record.lookup(QStringLiteral("Converted_Contact")).id;
        out.converted = !out.convertedContactId.isEmpty()
                        || record.values().value(QStringLiteral("Converted__s")).toBool();
    } else if (!isCompany(module.apiName)) {
        candidate.title = record.text(QStringLiteral("Title"));
        candidate.company = record.lookup(QStringLiteral("Account_Name")).name;
    }
    out.lastActivity = record.dateTime(QStringLiteral("Last_Activity_Time")).toUTC();
    if (!out.lastActivity.isValid())
        out.lastActivity = record.dateTime(QStringLiteral("Modified_Time")).toUTC();
    for (const SearchModule::PhoneField &field : module.phones) {
        const QString e164 = PhoneNumber::parse(record.text(field.apiName), region).e164();
        if (e164.isEmpty() || out.numbers.contains(e164))
            continue;
        out.numbers.append(e164);
        out.numberLabels.append(field.label);
    }
    return out;
}

FoundRecord compared(const Record &record, const SearchModule &module, const PhoneNumber &number, const QString &region)
{
    FoundRecord out = found(record, module, region);
    for (const SearchModule::PhoneField &field : module.phones) {
        const QString value = record.text(field.apiName);
        if (value.isEmpty())
            continue;
        const PhoneNumber::Match match = number.matches(value, region);
        if (match > out.candidate.match) {
            out.candidate.match = match;
            out.candidate.matchedField = field.label;
            out.candidate.matchedNumber = shown(value, region);
        }
    }
    return out;
}

FoundRecord fromDirectory(const DirectoryEntry &entry, const QString &e164)
{
    FoundRecord out;
    out.candidate.ref = {.module = entry.module, .id = entry.recordId};
    out.candidate.moduleLabel = standardModule(entry.module).label;
    out.candidate.name = entry.name;
    out.candidate.title = entry.title;
    out.candidate.company = entry.company;
    out.candidate.email = entry.email;
    out.candidate.fromDirectory = true;
    out.numbers = entry.numbers;
    out.numberLabels = entry.numberLabels;
    const qsizetype index = entry.numbers.indexOf(e164);
    if (index >= 0) {
        out.candidate.match = PhoneNumber::Match::Exact;
        out.candidate.matchedField = entry.numberLabels.value(index);
        out.candidate.matchedNumber = shown(e164, {});
    }
    out.lastActivity = entry.seenAt;
    return out;
}

DirectoryEntry toDirectory(const FoundRecord &record, const QDateTime &seenAt)
{
    const Candidate &candidate = record.candidate;
    return {.module = candidate.ref.module,
            .recordId = candidate.ref.id,
            .name = candidate.name,
            .company = candidate.company,
            .title = candidate.title,
            .email = candidate.email,
            .numbers = record.numbers,
            .numberLabels = record.numberLabels,
            .seenAt = seenAt};
}

QString choiceKey(const RecordRef &ref)
{
    return ref.isNull() ? QString() : ref.module + QLatin1Char('/') + ref.id;
}

QList<FoundRecord> ranked(QList<FoundRecord> records, const QString &lastChoice, const QStringList &modules)
{
    dropConvertedLeads(records);
    std::stable_sort(records.begin(), records.end(), [&](const FoundRecord &a, const FoundRecord &b) {
        const int tierA = tier(a, lastChoice);
        const int tierB = tier(b, lastChoice);
        if (tierA != tierB)
            return tierA < tierB;
        if (a.lastActivity != b.lastActivity && (a.lastActivity.isValid() || b.lastActivity.isValid()))
            return a.lastActivity.isValid() && (!b.lastActivity.isValid() || a.lastActivity > b.lastActivity);
        return modules.indexOf(a.candidate.ref.module) < modules.indexOf(b.candidate.ref.module);
    });
    const auto persons = std::count_if(records.cbegin(), records.cend(),
                                       [&](const FoundRecord &record) { return tier(record, lastChoice) == 1; });
    bool firstPerson = true;
    for (FoundRecord &record : records) {
        const int which = tier(record, lastChoice);
        const bool mostRecent = which == 1 && firstPerson && persons > 1 && record.lastActivity.isValid();
        firstPerson = firstPerson && which != 1;
        record.candidate.reason = reasonFor(which, record.candidate, mostRecent);
    }
    return records;
}

} // namespace matching
} // namespace ringside
