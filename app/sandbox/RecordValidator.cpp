// SPDX-License-Identifier: Apache-2.0
#include "RecordValidator.h"

#include "CrmMetadata.h"
#include "CrmUsers.h"
#include "ErrorCodes.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QString invalid = u"INVALID_DATA"_qs;
const QString invalidMessage = u"invalid data"_qs;

bool fits(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

bool isPhone(const QString &text)
{
    static const QRegularExpression pattern(
        QRegularExpression::anchoredPattern(uR"([+]?(?=.*[0-9])[0-9A-Za-z \-().,;#/]+)"_qs));
    return pattern.match(text).hasMatch();
}

bool isEmail(const QString &text)
{
    static const QRegularExpression pattern(
        QRegularExpression::anchoredPattern(uR"([^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,})"_qs));
    return pattern.match(text).hasMatch();
}

bool isDateTime(const QString &text)
{
    // The CRM wants an offset and knows no milliseconds.
    return fits(text, uR"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))"_qs)
        && QDateTime::fromString(text, Qt::ISODate).isValid();
}

QString idOf(const QJsonValue &value)
{
    return value.isObject() ? value.toObject().value("id"_L1).toString() : value.toString();
}

} // namespace

RecordValidator::RecordValidator(const RecordStore &store, const ModuleSpec &module, const StoredRecord *existing,
                                 qsizetype position)
    : m_store(store), m_module(module), m_existing(existing), m_path(u"$.data[%1]."_qs.arg(position))
{
}

QJsonObject RecordValidator::problem(const QString &code, const QString &message, const QJsonObject &details)
{
    return {{"code"_L1, code}, {"details"_L1, details}, {"message"_L1, message}, {"status"_L1, "error"_L1}};
}

QJsonObject RecordValidator::locked(const QString &code, const QString &id)
{
    const auto error = ErrorCodes::find(code);
    return problem(code, error ? error->message : code, {{"id"_L1, id}});
}

int RecordValidator::secondsOf(const QString &duration)
{
    static const QRegularExpression pattern(
        QRegularExpression::anchoredPattern(uR"((?:(\d{1,3}):)?(\d{1,4}):([0-5]?\d))"_qs));
    const auto match = pattern.match(duration);
    if (!match.hasMatch())
        return -1;
    return match.captured(1).toInt() * 3600 + match.captured(2).toInt() * 60 + match.captured(3).toInt();
}

QString RecordValidator::durationText(int seconds)
{
    return u"%1:%2"_qs.arg(seconds / 60, 2, 10, QChar(u'0')).arg(seconds % 60, 2, 10, QChar(u'0'));
}

RecordValidator::Outcome RecordValidator::check(const QJsonObject &input)
{
    m_input = input;
    for (auto entry = input.begin(); entry != input.end() && m_outcome.error.isEmpty(); ++entry) {
        const FieldSpec *field = m_module.field(entry.key());
        if (field && !field->readOnly) // what it does not know or may not change, the CRM leaves aside
            checkField(*field, entry.value());
    }
    if (m_outcome.error.isEmpty())
        checkMandatory();
    if (m_outcome.error.isEmpty() && m_module.apiName == "Calls"_L1)
        checkCall();
    if (m_outcome.error.isEmpty() && m_module.apiName == "Notes"_L1)
        checkNote();
    if (m_outcome.error.isEmpty())
        complete();
    return m_outcome;
}

void RecordValidator::fail(const QString &code, const QString &field, const QString &message, QJsonObject details)
{
    details.insert("api_name"_L1, field);
    details.insert("json_path"_L1, m_path + field);
    m_outcome.error = problem(code, message, details);
}

void RecordValidator::wrongType(const FieldSpec &field, const QString &expected)
{
    fail(invalid, field.apiName, invalidMessage, {{"expected_data_type"_L1, expected}});
}

void RecordValidator::checkField(const FieldSpec &field, const QJsonValue &value)
{
    if (value.isNull()) {
        if (field.isNeeded())
            fail(u"MANDATORY_NOT_FOUND"_qs, field.apiName, u"required field not found"_qs);
        else
            m_outcome.fields.insert(field.apiName, value);
        return;
    }
    if (field.apiName == "Tag"_L1)
        return checkTags(value);
    if (field.type == "lookup"_L1)
        return checkLookup(field, value);
    if (field.type == "ownerlookup"_L1)
        return checkUser(field, value);
    if (field.type == "integer"_L1 || field.type == "currency"_L1)
        return checkNumber(field, value);
    if (field.type == "multiselectpicklist"_L1)
        return checkChoices(field, value);
    if (field.type == "boolean"_L1) {
        if (!value.isBool())
            return wrongType(field, u"boolean"_qs);
    } else if (field.type == "ALARM"_L1 || field.type == "RRULE"_L1) {
        if (!value.isObject())
            return wrongType(field, u"jsonobject"_qs);
    } else if (!value.isString()) {
        return wrongType(field, field.type);
    } else {
        return checkText(field, value.toString());
    }
    m_outcome.fields.insert(field.apiName, value);
}

void RecordValidator::checkText(const FieldSpec &field, const QString &text)
{
    if (text.isEmpty() && field.isNeeded())
        return fail(u"MANDATORY_NOT_FOUND"_qs, field.apiName, u"required field not found"_qs);
    if (text.size() > field.length)
        return fail(invalid, field.apiName, invalidMessage, {{"maximum_length"_L1, field.length}});
    if (!text.isEmpty()) {
        const bool good = field.type == "phone"_L1 ? isPhone(text)
            : field.type == "email"_L1             ? isEmail(text)
            : field.type == "date"_L1              ? QDate::fromString(text, Qt::ISODate).isValid() && text.size() == 10
            : field.type == "datetime"_L1          ? isDateTime(text)
                                                   : true;
        if (!good)
            return wrongType(field, field.type);
        if (field.type == "picklist"_L1 && !field.values.contains(text))
            return fail(invalid, field.apiName, invalidMessage,
                        {{"supported_values"_L1, QJsonArray::fromStringList(field.values)}});
    }
    if (field.unique && !text.isEmpty())
        checkUnique(field, text);
    if (!m_outcome.error.isEmpty())
        return;
    if (field.type == "datetime"_L1) // kept in the time zone of the organisation
        m_outcome.fields.insert(field.apiName,
                                RecordStore::timeText(QDateTime::fromString(text, Qt::ISODate).toSecsSinceEpoch()));
    else
        m_outcome.fields.insert(field.apiName, text.isEmpty() ? QJsonValue() : QJsonValue(text));
}

void RecordValidator::checkChoices(const FieldSpec &field, const QJsonValue &value)
{
    if (!value.isArray())
        return wrongType(field, u"jsonarray"_qs);
    const QJsonArray choices = value.toArray();
    if (choices.isEmpty() && field.isNeeded())
        return fail(u"MANDATORY_NOT_FOUND"_qs, field.apiName, u"required field not found"_qs);
    for (const QJsonValue &choice : choices) {
        if (!field.values.contains(choice.toString()))
            return fail(invalid, field.apiName, invalidMessage,
                        {{"supported_values"_L1, QJsonArray::fromStringList(field.values)}});
    }
    m_outcome.fields.insert(field.apiName, value);
}

void RecordValidator::checkUnique(const FieldSpec &field, const QString &text)
{
    for (const StoredRecord &record : m_store.all(m_module.apiName)) {
        if (record.deleted || (m_existing && m_existing->id == record.id)
            || record.fields.value(field.apiName).toString().compare(text, Qt::CaseInsensitive) != 0)
            continue;
        const QJsonObject module{{"api_name"_L1, m_module.apiName}, {"id"_L1, CrmMetadata::id(m_module.apiName)}};
        return fail(
            u"DUPLICATE_DATA"_qs, field.apiName, u"duplicate data"_qs,
            {{"duplicate_record"_L1,
              QJsonObject{{"id"_L1, record.id}, {"module"_L1, module}, {"owner"_L1, record.fields.value("Owner"_L1)}}},
             {"more_records"_L1, false}});
    }
}

void RecordValidator::checkNumber(const FieldSpec &field, const QJsonValue &value)
{
    if (!value.isDouble())
        return wrongType(field, field.type == "currency"_L1 ? u"double"_qs : u"integer"_qs);
    const double number = value.toDouble();
    if (field.type == "integer"_L1 && std::floor(number) != number)
        return wrongType(field, u"integer"_qs);
    if (std::fabs(number) >= std::pow(10.0, field.length))
        return fail(invalid, field.apiName, invalidMessage, {{"maximum_length"_L1, field.length}});
    m_outcome.fields.insert(field.apiName, value);
}

QString RecordValidator::parentModule() const
{
    const QJsonObject parent = m_input.value("Parent_Id"_L1).toObject().value("module"_L1).toObject();
    if (parent.contains("api_name"_L1))
        return parent.value("api_name"_L1).toString();
    if (m_input.contains("$se_module"_L1))
        return m_input.value("$se_module"_L1).toString();
    return m_input.value("se_module"_L1).toString();
}

void RecordValidator::checkLookup(const FieldSpec &field, const QJsonValue &value)
{
    if (!value.isObject() && !value.isString())
        return wrongType(field, u"jsonobject"_qs);
    const bool anyModule = field.lookupModule == "se_module"_L1;
    const QString module = anyModule ? parentModule() : field.lookupModule;
    if (anyModule && module.isEmpty())
        return fail(u"DEPENDENT_FIELD_MISSING"_qs, u"$se_module"_qs, u"the dependent field is missing"_qs,
                    {{"dependee"_L1, QJsonObject{{"api_name"_L1, field.apiName}, {"json_path"_L1, m_path + field.apiName}}}});
    if (field.apiName == "What_Id"_L1 && module == "Contacts"_L1) // a contact goes into Who_Id
        return fail(invalid, field.apiName, u"the related id given seems to be invalid"_qs);
    if (!m_store.catalog().module(module))
        return fail(invalid, anyModule ? u"$se_module"_qs : field.apiName, u"the related module given seems to be invalid"_qs);
    const QString id = idOf(value);
    QJsonObject reference = m_store.reference(module, id);
    if (reference.isEmpty())
        return fail(invalid, field.apiName, u"the related id given seems to be invalid"_qs);
    if (field.apiName == "Parent_Id"_L1)
        reference.insert("module"_L1, QJsonObject{{"api_name"_L1, module}, {"id"_L1, "5725767000000002179"_L1}});
    if (field.apiName == "What_Id"_L1)
        m_outcome.fields.insert("$se_module"_L1, module);
    m_outcome.fields.insert(field.apiName, reference);
}

void RecordValidator::checkUser(const FieldSpec &field, const QJsonValue &value)
{
    const QString id = idOf(value);
    const auto user = std::find_if(crmUsers.begin(), crmUsers.end(), [&](const CrmUser &one) { return one.id == id; });
    if (user == crmUsers.end())
        return fail(invalid, field.apiName, u"the related id given seems to be invalid"_qs);
    m_outcome.fields.insert(field.apiName, user->reference());
}

void RecordValidator::checkTags(const QJsonValue &value)
{
    if (!value.isArray())
        return fail(invalid, u"Tag"_qs, invalidMessage, {{"expected_data_type"_L1, "jsonarray"_L1}});
    QJsonArray tags;
    const QJsonArray given = value.toArray();
    for (const QJsonValue &tag : given) {
        const QString name = tag.toObject().value("name"_L1).toString();
        if (name.isEmpty())
            return fail(invalid, u"Tag"_qs, invalidMessage, {{"expected_data_type"_L1, "jsonobject"_L1}});
        tags.append(RecordStore::tag(name));
    }
    m_outcome.fields.insert("Tag"_L1, tags);
}

void RecordValidator::checkMandatory()
{
    if (m_existing)
        return;
    for (const FieldSpec &field : m_module.fields) {
        if (field.isNeeded() && !m_outcome.fields.contains(field.apiName))
            return fail(u"MANDATORY_NOT_FOUND"_qs, field.apiName, u"required field not found"_qs);
    }
}

QJsonValue RecordValidator::effective(const QString &field) const
{
    if (m_outcome.fields.contains(field))
        return m_outcome.fields.value(field);
    return m_existing ? m_existing->fields.value(field) : QJsonValue();
}

void RecordValidator::checkCall()
{
    const QString type = effective(u"Call_Type"_qs).toString();
    if (m_existing) {
        if (type != m_existing->fields.value("Call_Type"_L1).toString())
            return fail(u"NOT_ALLOWED"_qs, u"Call_Type"_qs, u"the type of a call cannot be changed"_qs);
        const QJsonValue owner = m_outcome.fields.value("Owner"_L1);
        const bool otherOwner = owner.isObject() && idOf(owner) != idOf(m_existing->fields.value("Owner"_L1));
        if (otherOwner && m_existing->fields.value("Outgoing_Call_Status"_L1).toString() != "Scheduled"_L1)
            return fail(u"NOT_ALLOWED"_qs, u"Owner"_qs, u"the owner of a completed call cannot be changed"_qs);
    }
    const QString status = effective(u"Outgoing_Call_Status"_qs).toString();
    if (type != "Outbound"_L1 && !status.isEmpty())
        return fail(invalid, u"Outgoing_Call_Status"_qs, u"only an outbound call has this status"_qs);
    if (type == "Outbound"_L1 && status.isEmpty())
        m_outcome.fields.insert("Outgoing_Call_Status"_L1, "Completed"_L1);
    checkCallLength(type);
}

void RecordValidator::checkCallLength(const QString &type)
{
    const QString status = effective(u"Outgoing_Call_Status"_qs).toString();
    const bool completed = type == "Inbound"_L1 || (type == "Outbound"_L1 && status == "Completed"_L1);
    const QString text = effective(u"Call_Duration"_qs).toString();
    const QJsonValue given = m_outcome.fields.value("Call_Duration_in_seconds"_L1);
    const int parsed = text.isEmpty() ? (given.isDouble() ? given.toInt() : -1) : secondsOf(text);
    if (!text.isEmpty() && parsed < 0)
        return fail(invalid, u"Call_Duration"_qs, invalidMessage, {{"expected_data_type"_L1, "text"_L1}, {"regex"_L1, "mm:ss"_L1}});
    if (!completed) {
        if (m_outcome.fields.contains("Call_Duration"_L1) && parsed > 0 && type == "Missed"_L1)
            fail(invalid, u"Call_Duration"_qs, u"a missed call has no duration"_qs);
        return;
    }
    if (text.isEmpty() && parsed < 0)
        return fail(u"MANDATORY_NOT_FOUND"_qs, u"Call_Duration"_qs, u"required field not found"_qs);
    const int seconds = given.isDouble() ? given.toInt() : parsed;
    if (parsed <= 0 || seconds <= 0)
        return fail(invalid, u"Call_Duration"_qs, u"the call duration cannot be zero"_qs);
    m_outcome.fields.insert("Call_Duration"_L1, text.isEmpty() ? durationText(seconds) : text);
    m_outcome.fields.insert("Call_Duration_in_seconds"_L1, seconds);
}

void RecordValidator::checkNote()
{
    if (effective(u"Note_Title"_qs).toString().isEmpty() && effective(u"Note_Content"_qs).toString().isEmpty())
        m_outcome.error = problem(u"EXPECTED_FIELD_MISSING"_qs, u"one of the expected fields is missing"_qs,
                                  {{"expected_fields"_L1,
                                    QJsonArray{QJsonObject{{"api_name"_L1, "Note_Content"_L1}, {"json_path"_L1, QString(m_path + u"Note_Content"_qs)}},
                                               QJsonObject{{"api_name"_L1, "Note_Title"_L1}, {"json_path"_L1, QString(m_path + u"Note_Title"_qs)}}}}});
}

void RecordValidator::complete()
{
    QJsonObject &fields = m_outcome.fields;
    if (m_module.field(u"Full_Name"_qs) && (fields.contains("First_Name"_L1) || fields.contains("Last_Name"_L1)))
        fields.insert("Full_Name"_L1, QString(effective(u"First_Name"_qs).toString() + u' ' + effective(u"Last_Name"_qs).toString()).trimmed());
    if (m_module.apiName == "Tasks"_L1) {
        if (!m_existing && !fields.contains("Status"_L1))
            fields.insert("Status"_L1, "Not Started"_L1);
        if (fields.value("Status"_L1).toString() == "Completed"_L1)
            fields.insert("Closed_Time"_L1, RecordStore::timeText(QDateTime::currentSecsSinceEpoch()));
    }
    if (m_existing)
        return;
    if (!fields.contains("Owner"_L1))
        fields.insert("Owner"_L1, crmUsers.front().reference());
    fields.insert("Created_By"_L1, crmUsers.front().reference());
    fields.insert("Modified_By"_L1, crmUsers.front().reference());
    if (m_module.apiName == "Leads"_L1)
        fields.insert("Converted__s"_L1, false);
}

} // namespace ringside::sandbox
