// SPDX-License-Identifier: Apache-2.0
#include "CrmReading.h"

#include "SearchCriteria.h"

#include <QRegularExpression>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostFields = 50;

bool takesPhone(Comparison comparison)
{
    return comparison == Comparison::Equals || comparison == Comparison::NotEqual || comparison == Comparison::StartsWith
        || comparison == Comparison::In;
}

} // namespace

QStringList CrmReading::fields(const HttpRequest &request)
{
    QStringList names = request.queryValue(u"fields"_qs).split(u',', Qt::SkipEmptyParts);
    for (QString &name : names)
        name = name.trimmed();
    return names;
}

std::optional<HttpReply> CrmReading::checkFields(const HttpRequest &request, bool mandatory)
{
    const qsizetype count = fields(request).size();
    if (count == 0 && mandatory)
        return HttpReply::error(400, u"REQUIRED_PARAM_MISSING"_qs, u"One of the expected parameter is missing"_qs,
                                {{"param_name"_L1, "fields"_L1}});
    if (count > mostFields)
        return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit of fields is exceeded"_qs,
                                {{"limit"_L1, mostFields}, {"param_name"_L1, "fields"_L1}});
    return std::nullopt;
}

std::optional<qint64> CrmReading::modifiedSince(const HttpRequest &request)
{
    const QDateTime since = QDateTime::fromString(QString::fromLatin1(request.header("if-modified-since")), Qt::ISODate);
    return since.isValid() ? std::optional(since.toSecsSinceEpoch()) : std::nullopt;
}

bool CrmReading::isPhoneQuery(const QString &phone)
{
    static const QRegularExpression pattern(uR"(^[+]?[0-9\s\-\(\)\.]+$)"_qs);
    return phone.trimmed().size() >= 3 && pattern.match(phone).hasMatch() && !searchDigits(phone).isEmpty();
}

QByteArray CrmReading::searchDigits(const QString &phone)
{
    QByteArray digits = RecordStore::digitsOf(phone).toLatin1();
    if (digits.startsWith("00"))
        digits.remove(0, 2);
    return digits;
}

bool CrmReading::hasEmail(const ModuleSpec &module, const StoredRecord &record, const QString &email)
{
    return std::any_of(module.fields.begin(), module.fields.end(), [&](const FieldSpec &field) {
        return field.type == "email"_L1
            && record.fields.value(field.apiName).toString().compare(email, Qt::CaseInsensitive) == 0;
    });
}

std::optional<RecordFilter> CrmReading::criteria(const QString &text, const std::function<QString(const QString &)> &typeOf,
                                                 HttpReply *refusal)
{
    auto filter = SearchCriteria::parse(text);
    if (!filter) {
        *refusal = HttpReply::error(400, u"INVALID_QUERY"_qs, u"Invalid query formed"_qs, {{"param_name"_L1, "criteria"_L1}});
        return std::nullopt;
    }
    const QStringList names = filter->fields();
    if (names.size() > SearchCriteria::mostConditions) {
        *refusal = HttpReply::error(400, u"CRITERIA_LIMIT_EXCEEDED"_qs, u"the limit of conditions is exceeded"_qs,
                                    {{"limit"_L1, SearchCriteria::mostConditions}});
        return std::nullopt;
    }
    const QList<const RecordFilter *> conditions = filter->conditions();
    for (const RecordFilter *condition : conditions) {
        if (condition->values().size() > SearchCriteria::mostValues) {
            *refusal = HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit of values is exceeded"_qs,
                                        {{"limit"_L1, SearchCriteria::mostValues}, {"param_name"_L1, "criteria"_L1}});
            return std::nullopt;
        }
        const QString type = typeOf(condition->field());
        if (type.isEmpty() || (type == "phone"_L1 && !takesPhone(condition->comparison()))) {
            *refusal = HttpReply::error(400, u"INVALID_QUERY"_qs, u"Invalid query formed"_qs, {{"api_name"_L1, condition->field()}});
            return std::nullopt;
        }
    }
    if (names.size() > 1) // Zoho's "equals" is looser beside other conditions
        filter->loosen();
    return filter;
}

bool CrmReading::isOpen(const QString &module, const StoredRecord &record)
{
    if (module == "Tasks"_L1)
        return record.fields.value("Status"_L1).toString() != "Completed"_L1;
    if (module == "Calls"_L1) {
        const QString status = record.fields.value("Outgoing_Call_Status"_L1).toString();
        return status == "Scheduled"_L1 || status == "Overdue"_L1;
    }
    return QDateTime::fromString(record.fields.value("End_DateTime"_L1).toString(), Qt::ISODate)
        > QDateTime::currentDateTimeUtc();
}

} // namespace ringside::sandbox
