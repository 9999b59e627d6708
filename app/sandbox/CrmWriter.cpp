// SPDX-License-Identifier: Apache-2.0
#include "CrmWriter.h"

#include "CrmErrors.h"
#include "CrmUsers.h"
#include "RecordValidator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <optional>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostRecords = 100;
constexpr qsizetype mostWorkflows = 5'000;

bool failed(const QJsonValue &item)
{
    return item.toObject().value("status"_L1).toString() != "success"_L1;
}

HttpReply outcome(const QJsonArray &items, int goodStatus)
{
    const auto failures = std::count_if(items.begin(), items.end(), failed);
    int status = goodStatus;
    if (failures == items.size()) {
        const auto modified = [](const QJsonValue &item) {
            return item.toObject().value("code"_L1).toString() == "ALREADY_MODIFIED"_L1;
        };
        status = std::all_of(items.begin(), items.end(), modified) ? 412 : 400;
    } else if (failures > 0) {
        status = 207;
    }
    return HttpReply::json(status, {{"data"_L1, items}});
}

/// The records of the body, or the reply that refuses it.
std::optional<QJsonArray> recordsOf(const HttpRequest &request, HttpReply *refusal)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject()) {
        *refusal = HttpReply::error(400, u"INVALID_DATA"_qs, u"body"_qs, {{"expected_data_type"_L1, "jsonobject"_L1}});
        return std::nullopt;
    }
    const QJsonObject body = document.object();
    const QJsonValue data = body.value("data"_L1);
    if (data.isUndefined()) {
        *refusal = HttpReply::error(400, u"MANDATORY_NOT_FOUND"_qs, u"required field not found"_qs,
                                    {{"api_name"_L1, "data"_L1}, {"json_path"_L1, "$.data"_L1}});
        return std::nullopt;
    }
    const QJsonArray records = data.toArray();
    if (!data.isArray() || records.isEmpty() || records.size() > mostRecords) {
        QJsonObject details{{"api_name"_L1, "data"_L1}, {"json_path"_L1, "$.data"_L1}};
        details.insert(data.isArray() && !records.isEmpty() ? u"maximum_length"_qs : u"expected_data_type"_qs,
                       data.isArray() && !records.isEmpty() ? QJsonValue(mostRecords) : QJsonValue(u"jsonarray"_qs));
        *refusal = HttpReply::error(400, u"INVALID_DATA"_qs, u"invalid data"_qs, details);
        return std::nullopt;
    }
    static const QStringList triggers{u"workflow"_qs, u"approval"_qs, u"blueprint"_qs, u"pathfinder"_qs, u"orchestration"_qs};
    const QJsonArray given = body.value("trigger"_L1).toArray();
    const bool known = std::all_of(given.begin(), given.end(), [](const QJsonValue &one) { return triggers.contains(one.toString()); });
    if ((body.contains("trigger"_L1) && !body.value("trigger"_L1).isArray()) || !known) {
        *refusal = HttpReply::error(400, u"INVALID_DATA"_qs, u"invalid data"_qs,
                                    {{"api_name"_L1, "trigger"_L1}, {"json_path"_L1, "$.trigger"_L1},
                                     {"supported_values"_L1, QJsonArray::fromStringList(triggers)}});
        return std::nullopt;
    }
    return records;
}

/// What the CRM looks at when the request names nothing.
QStringList defaultCheckFields(const ModuleSpec &module)
{
    QStringList fields;
    if (module.apiName == "Accounts"_L1 || module.apiName == "Deals"_L1)
        fields.append(module.nameField);
    else if (module.field(u"Email"_qs) && module.apiName != "Cases"_L1)
        fields.append(u"Email"_qs);
    for (const FieldSpec &field : module.fields) {
        if (field.unique)
            fields.append(field.apiName);
    }
    return fields;
}

QJsonObject invalidId(const QString &message, const QJsonObject &details)
{
    return RecordValidator::problem(u"INVALID_DATA"_qs, message, details);
}

/// Without `trigger` everything runs; an empty list runs nothing.
bool runsWorkflows(const HttpRequest &request)
{
    const QJsonValue trigger = QJsonDocument::fromJson(request.body).object().value("trigger"_L1);
    return !trigger.isArray() || trigger.toArray().contains(QJsonValue(u"workflow"_qs));
}

} // namespace

void CrmWriter::noteWorkflow(const ModuleSpec &module, const QString &id, const QString &event)
{
    if (!m_workflowsRun)
        return;
    if (m_workflows.size() >= mostWorkflows)
        m_workflows.removeFirst();
    m_workflows.append(QJsonObject{{"module"_L1, module.apiName}, {"id"_L1, id}, {"event"_L1, event}});
}

HttpReply CrmWriter::insert(const ModuleSpec &module, const CrmCall &call, const QString &parentModule,
                            const QString &parentId)
{
    HttpReply refusal;
    const auto records = recordsOf(call.request, &refusal);
    if (!records)
        return refusal;
    m_workflowsRun = runsWorkflows(call.request);
    QJsonArray items;
    for (qsizetype i = 0; i < records->size(); ++i) {
        QJsonObject input = records->at(i).toObject();
        if (!parentId.isEmpty())
            input.insert("Parent_Id"_L1, QJsonObject{{"id"_L1, parentId}, {"module"_L1, QJsonObject{{"api_name"_L1, parentModule}}}});
        items.append(insertOne(module, input, i));
    }
    return outcome(items, 201);
}

QJsonObject CrmWriter::insertOne(const ModuleSpec &module, const QJsonObject &input, qsizetype position)
{
    const RecordValidator::Outcome checked = RecordValidator(m_store, module, nullptr, position).check(input);
    if (!checked.error.isEmpty())
        return checked.error;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QString id = m_store.insert(module.apiName, checked.fields, now, now);
    m_store.noteWrite(module.apiName, id, true, m_indexLagMs);
    noteWorkflow(module, id, u"create"_qs);
    return success(module.apiName, id, u"record added"_qs);
}

HttpReply CrmWriter::update(const ModuleSpec &module, const CrmCall &call, const QString &pathId)
{
    HttpReply refusal;
    const auto records = recordsOf(call.request, &refusal);
    if (!records)
        return refusal;
    m_workflowsRun = runsWorkflows(call.request);
    QJsonArray items;
    for (qsizetype i = 0; i < records->size(); ++i)
        items.append(updateOne(module, call.request, records->at(i).toObject(), pathId, i));
    return outcome(items, 200);
}

QJsonObject CrmWriter::updateOne(const ModuleSpec &module, const HttpRequest &request, const QJsonObject &input,
                                 const QString &pathId, qsizetype position)
{
    const QString id = pathId.isEmpty() ? input.value("id"_L1).toString() : pathId;
    if (id.isEmpty())
        return RecordValidator::problem(u"MANDATORY_NOT_FOUND"_qs, u"required field not found"_qs,
                                        {{"api_name"_L1, "id"_L1}, {"json_path"_L1, u"$.data[%1].id"_qs.arg(position)}});
    const StoredRecord *existing = m_store.find(module.apiName, id);
    if (!existing)
        return invalidId(u"the id given seems to be invalid"_qs,
                         pathId.isEmpty() ? QJsonObject{{"api_name"_L1, "id"_L1}, {"json_path"_L1, u"$.data[%1].id"_qs.arg(position)}}
                                          : QJsonObject{{"resource_path_index"_L1, 1}});
    if (const QString code = m_store.lock(id); !code.isEmpty())
        return RecordValidator::locked(code, id);
    if (const QByteArray since = request.header("if-unmodified-since"); !since.isEmpty()) {
        const QDateTime limit = QDateTime::fromString(QString::fromLatin1(since), Qt::ISODate);
        if (limit.isValid() && existing->modifiedAt > limit.toSecsSinceEpoch())
            return RecordValidator::problem(u"ALREADY_MODIFIED"_qs, u"the record has been modified since the given time"_qs,
                                            {{"id"_L1, id}});
    }
    const RecordValidator::Outcome checked = RecordValidator(m_store, module, existing, position).check(input);
    if (!checked.error.isEmpty())
        return checked.error;
    QJsonObject changes = checked.fields;
    QJsonArray history;
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        const QJsonValue before = existing->fields.value(change.key());
        if (before != change.value() && !(before.isUndefined() && change.value().isNull()))
            history.append(QJsonObject{{"api_name"_L1, change.key()}, {"old"_L1, before}, {"new"_L1, change.value()}});
    }
    changes.insert("Modified_By"_L1, crmUsers.front().reference());
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    m_store.update(module.apiName, id, changes, now);
    m_store.noteEdit(module.apiName, id, {{"at"_L1, now}, {"by"_L1, crmUsers.front().reference()}, {"changes"_L1, history}});
    m_store.noteWrite(module.apiName, id, false, m_indexLagMs);
    noteWorkflow(module, id, u"edit"_qs);
    return success(module.apiName, id, u"record updated"_qs);
}

HttpReply CrmWriter::remove(const ModuleSpec &module, const CrmCall &call, const QString &pathId)
{
    const QString trigger = call.request.queryValue(u"wf_trigger"_qs);
    if (!trigger.isEmpty() && trigger != "true"_L1 && trigger != "false"_L1)
        return CrmErrors::invalidParameter(u"wf_trigger"_qs, {{"expected_data_type"_L1, "boolean"_L1}});
    const QStringList ids = pathId.isEmpty() ? call.request.queryValue(u"ids"_qs).split(u',', Qt::SkipEmptyParts) : QStringList{pathId};
    if (ids.isEmpty())
        return CrmErrors::missingParameter(u"ids"_qs);
    if (ids.size() > mostRecords)
        return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit is exceeded"_qs,
                                {{"limit"_L1, mostRecords}, {"param_name"_L1, "ids"_L1}});
    m_workflowsRun = trigger != "false"_L1;
    QJsonArray items;
    for (const QString &id : ids)
        items.append(removeOne(module, id.trimmed()));
    return outcome(items, 200);
}

QJsonObject CrmWriter::removeOne(const ModuleSpec &module, const QString &id)
{
    if (!m_store.find(module.apiName, id))
        return invalidId(u"record not deleted"_qs, {{"id"_L1, id}});
    if (const QString code = m_store.lock(id); !code.isEmpty())
        return RecordValidator::locked(code, id);
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    m_store.update(module.apiName, id, {{"Modified_By"_L1, crmUsers.front().reference()}}, now);
    m_store.remove(module.apiName, id, now);
    noteWorkflow(module, id, u"delete"_qs);
    return {{"code"_L1, "SUCCESS"_L1}, {"details"_L1, QJsonObject{{"id"_L1, id}}}, {"message"_L1, "record deleted"_L1}, {"status"_L1, "success"_L1}};
}

const StoredRecord *CrmWriter::duplicateOf(const ModuleSpec &module, const QJsonObject &input, const QStringList &fields,
                                           QString *field) const
{
    for (const QString &name : fields) {
        const QString wanted = input.value(name).toString();
        if (wanted.isEmpty())
            continue;
        for (const StoredRecord &record : m_store.all(module.apiName)) {
            if (!record.deleted && record.fields.value(name).toString().compare(wanted, Qt::CaseInsensitive) == 0) {
                *field = name;
                return &record;
            }
        }
    }
    return nullptr;
}

HttpReply CrmWriter::upsert(const ModuleSpec &module, const CrmCall &call)
{
    HttpReply refusal;
    const auto records = recordsOf(call.request, &refusal);
    if (!records)
        return refusal;
    m_workflowsRun = runsWorkflows(call.request);
    const QJsonValue given = QJsonDocument::fromJson(call.request.body).object().value("duplicate_check_fields"_L1);
    QStringList fields = defaultCheckFields(module);
    if (given.isArray() && !given.toArray().isEmpty()) {
        fields.clear();
        const QJsonArray names = given.toArray();
        for (const QJsonValue &name : names) {
            if (!module.field(name.toString()))
                return HttpReply::error(400, u"INVALID_DATA"_qs, u"invalid data"_qs,
                                        {{"api_name"_L1, "duplicate_check_fields"_L1}, {"json_path"_L1, "$.duplicate_check_fields"_L1}});
            fields.append(name.toString());
        }
    }
    QJsonArray items;
    bool added = false;
    for (qsizetype i = 0; i < records->size(); ++i) {
        const QJsonObject input = records->at(i).toObject();
        QString field;
        const QString id = input.value("id"_L1).toString();
        const StoredRecord *twin = id.isEmpty() ? duplicateOf(module, input, fields, &field) : m_store.find(module.apiName, id);
        QJsonObject item = twin || !id.isEmpty() ? updateOne(module, call.request, input, twin ? twin->id : id, i) : insertOne(module, input, i);
        if (!failed(item)) {
            item.insert("action"_L1, twin ? "update"_L1 : "insert"_L1);
            item.insert("duplicate_field"_L1, field.isEmpty() ? QJsonValue() : QJsonValue(field));
            added = added || !twin;
        }
        items.append(item);
    }
    return outcome(items, added ? 201 : 200);
}

QJsonObject CrmWriter::success(const QString &module, const QString &id, const QString &message) const
{
    const StoredRecord &record = *m_store.find(module, id);
    QJsonObject details{{"id"_L1, id}};
    for (const QString &name : {u"Created_Time"_qs, u"Modified_Time"_qs})
        details.insert(name, record.fields.value(name));
    for (const QString &name : {u"Created_By"_qs, u"Modified_By"_qs}) {
        QJsonObject user = record.fields.value(name).toObject();
        user.remove("email"_L1);
        details.insert(name, user);
    }
    details.insert("$approval_state"_L1, "approved"_L1);
    return {{"code"_L1, "SUCCESS"_L1}, {"details"_L1, details}, {"message"_L1, message}, {"status"_L1, "success"_L1}};
}

} // namespace ringside::sandbox
