// SPDX-License-Identifier: Apache-2.0
#include "BulkReads.h"

#include "CrmErrors.h"
#include "CrmUsers.h"
#include "CsvArchive.h"

#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepest = 5;
constexpr qsizetype mostConditions = 25;
constexpr qsizetype mostPages = 500;
constexpr qint64 life = 24LL * 60 * 60 * 1000;

QJsonObject person()
{
    return {{"id"_L1, crmUsers.front().id}, {"name"_L1, crmUsers.front().fullName()}};
}

std::optional<Comparison> comparisonOf(const QString &name)
{
    static const QHash<QString, Comparison> names{{u"equal"_qs, Comparison::Equals},
                                                  {u"not_equal"_qs, Comparison::NotEqual},
                                                  {u"in"_qs, Comparison::In},
                                                  {u"not_in"_qs, Comparison::NotIn},
                                                  {u"less_than"_qs, Comparison::Less},
                                                  {u"less_equal"_qs, Comparison::LessEqual},
                                                  {u"greater_than"_qs, Comparison::Greater},
                                                  {u"greater_equal"_qs, Comparison::GreaterEqual},
                                                  {u"starts_with"_qs, Comparison::StartsWith},
                                                  {u"between"_qs, Comparison::Between}};
    const auto found = names.constFind(name);
    return found == names.cend() ? std::nullopt : std::optional(*found);
}

QString moduleName(const QJsonObject &query)
{
    const QJsonValue module = query.value("module"_L1); // version 2 named it plainly
    return module.isString() ? module.toString() : module.toObject().value("api_name"_L1).toString();
}

QString cell(const QJsonValue &value)
{
    if (value.isObject())
        return value.toObject().value("id"_L1).toString();
    if (value.isArray()) {
        QStringList names;
        const QJsonArray list = value.toArray();
        for (const QJsonValue &one : list)
            names.append(one.isObject() ? one.toObject().value("name"_L1).toString() : one.toString());
        return names.join(u';');
    }
    return value.isNull() || value.isUndefined() ? QString() : value.toVariant().toString();
}

HttpReply gone()
{
    return HttpReply::error(404, u"RESOURCE_NOT_FOUND"_qs, u"The requested resource doesn't exist."_qs);
}

} // namespace

BulkReads::BulkReads(const RecordStore &store, std::function<qint64()> clock)
    : m_store(store), m_values(store), m_clock(std::move(clock))
{
}

QString BulkReads::moduleOf(const CrmCall &call)
{
    return moduleName(QJsonDocument::fromJson(call.request.body).object().value("query"_L1).toObject());
}

QStringList BulkReads::columns(const QJsonArray &fields, const ModuleSpec &module, QString *unknown) const
{
    QStringList names;
    for (const QJsonValue &field : fields) {
        const QString name = field.toString();
        if (!m_values.knows(module, name) && name != "Id"_L1) {
            *unknown = name;
            return {};
        }
        if (name.compare("id"_L1, Qt::CaseInsensitive) != 0)
            names.append(name);
    }
    if (!fields.isEmpty())
        return names;
    for (const FieldSpec &field : module.fields)
        names.append(field.apiName);
    return names;
}

std::optional<RecordFilter> BulkReads::filter(const QJsonObject &criteria, const ModuleSpec &module, int depth,
                                              QString *problem) const
{
    const auto refuse = [&](const QString &code) {
        *problem = code;
        return std::nullopt;
    };
    if (depth > deepest)
        return refuse(u"CRITERIA_LIMIT_EXCEEDED"_qs);
    if (criteria.contains("group"_L1)) {
        const QString how = criteria.value("group_operator"_L1).toString();
        if (how != "and"_L1 && how != "or"_L1)
            return refuse(u"GROUP_OPERATOR_NOT_SUPPORTED"_qs);
        std::vector<RecordFilter> parts;
        const QJsonArray group = criteria.value("group"_L1).toArray();
        for (const QJsonValue &one : group) {
            auto part = filter(one.toObject(), module, depth + 1, problem);
            if (!part)
                return std::nullopt;
            parts.push_back(std::move(*part));
        }
        if (parts.empty())
            return refuse(u"INVALID_CRITERIA"_qs);
        return RecordFilter::combine(how == "and"_L1 ? RecordFilter::Kind::And : RecordFilter::Kind::Or,
                                     std::move(parts));
    }
    const QJsonValue field = criteria.value("field"_L1);
    const QString name =
        field.isObject() ? field.toObject().value("api_name"_L1).toString() : criteria.value("api_name"_L1).toString();
    if (!m_values.knows(module, name))
        return refuse(u"FIELD_IN_CRITERIA_NOT_AVAILABLE"_qs);
    const auto comparison = comparisonOf(criteria.value("comparator"_L1).toString());
    if (!comparison)
        return refuse(u"FIELD_COMPARATOR_IN_CRITERIA_NOT_SUPPORTED"_qs);
    QStringList values;
    const QJsonValue value = criteria.value("value"_L1);
    const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray{value};
    for (const QJsonValue &one : list)
        values.append(one.isObject() ? one.toObject().value("id"_L1).toString() : one.toVariant().toString());
    return RecordFilter::condition(name, *comparison, values);
}

HttpReply BulkReads::order(const CrmCall &call)
{
    if (call.request.body.trimmed().isEmpty())
        return HttpReply::error(400, u"REQUEST_BODY_IS_EMPTY"_qs, u"The request body is empty."_qs);
    const QJsonDocument document = QJsonDocument::fromJson(call.request.body);
    if (!document.isObject())
        return HttpReply::error(400, u"REQUEST_BODY_NOT_READABLE"_qs, u"The request body could not be read."_qs);
    const QJsonObject query = document.object().value("query"_L1).toObject();
    const auto refuse = [](const QString &code, const QString &what) {
        return HttpReply::error(400, code, u"The request cannot be carried out."_qs, {{"api_name"_L1, what}});
    };
    const ModuleSpec *module = m_store.catalog().module(moduleName(query));
    if (!module)
        return refuse(u"MODULE_NOT_AVAILABLE"_qs, u"module"_qs);
    if (module->apiName == "Notes"_L1)
        return refuse(u"MODULE_NOT_SUPPORTED"_qs, u"module"_qs);
    if (document.object().value("file_type"_L1).toString(u"csv"_qs) != "csv"_L1)
        return refuse(u"NOT_SUPPORTED_FEATURE"_qs, u"file_type"_qs);
    QString unknown;
    const QStringList names = columns(query.value("fields"_L1).toArray(), *module, &unknown);
    if (!unknown.isNull())
        return refuse(u"FIELD_NOT_AVAILABLE"_qs, unknown);
    Job job;
    job.page = query.value("page"_L1).toInteger(1);
    if (job.page < 1 || job.page > mostPages)
        return refuse(u"PAGE_RANGE_EXCEEDED"_qs, u"page"_qs);
    std::optional<RecordFilter> wanted;
    if (query.contains("criteria"_L1)) {
        QString problem;
        wanted = filter(query.value("criteria"_L1).toObject(), *module, 0, &problem);
        if (wanted && wanted->conditionCount() > mostConditions)
            problem = u"CRITERIA_LIMIT_EXCEEDED"_qs;
        if (!problem.isNull())
            return refuse(problem, u"criteria"_qs);
    }
    job.query = query;
    job.module = module->apiName;
    job.orderedAt = m_clock();
    collect(&job, *module, names, wanted);
    const QString id = QString::number(m_nextId++);
    m_jobs.insert(id, job);
    const QJsonObject details{{"id"_L1, id},
                              {"operation"_L1, "read"_L1},
                              {"state"_L1, "ADDED"_L1},
                              {"created_by"_L1, person()},
                              {"created_time"_L1, RecordStore::timeText(job.orderedAt / 1000)}};
    const QJsonObject item{{"status"_L1, "success"_L1},
                           {"code"_L1, "ADDED_SUCCESSFULLY"_L1},
                           {"message"_L1, "Added successfully."_L1},
                           {"details"_L1, details}};
    return HttpReply::json(201, {{"data"_L1, QJsonArray{item}}, {"info"_L1, QJsonObject()}});
}

void BulkReads::collect(Job *job, const ModuleSpec &module, const QStringList &columns,
                        const std::optional<RecordFilter> &filter) const
{
    job->csv = CsvArchive::line(QStringList{u"Id"_qs} + columns);
    const qsizetype from = (job->page - 1) * m_rowsPerPage;
    qsizetype found = 0;
    for (const StoredRecord &record : m_store.all(module.apiName)) {
        if (record.deleted ||
            (filter && !filter->matches([&](const QString &field) { return m_values.of(module, record, field); })))
            continue;
        if (found >= from && job->count < m_rowsPerPage) {
            QStringList row{record.id};
            for (const QString &column : columns)
                row.append(cell(m_values.of(module, record, column).value));
            job->csv += CsvArchive::line(row);
            ++job->count;
        }
        ++found;
    }
    job->more = found > from + m_rowsPerPage;
}

const BulkReads::Job *BulkReads::find(const QString &id) const
{
    const auto job = m_jobs.constFind(id);
    return job == m_jobs.cend() || job->orderedAt + life <= m_clock() ? nullptr : &*job;
}

HttpReply BulkReads::state(const CrmCall &call, const QString &id)
{
    if (!find(id))
        return gone();
    Job &job = m_jobs[id];
    ++job.asked;
    const bool done = isDone(job);
    QJsonObject object{{"id"_L1, id},
                       {"operation"_L1, "read"_L1},
                       {"state"_L1, !done ? "IN PROGRESS"_L1 : (m_failing ? "FAILURE"_L1 : "COMPLETED"_L1)},
                       {"query"_L1, job.query},
                       {"file_type"_L1, "csv"_L1},
                       {"created_by"_L1, person()},
                       {"created_time"_L1, RecordStore::timeText(job.orderedAt / 1000)}};
    if (done && !m_failing)
        object.insert("result"_L1, QJsonObject{{"page"_L1, job.page},
                                               {"count"_L1, job.count},
                                               {"download_url"_L1, QString(call.request.path + u"/result"_qs)},
                                               {"per_page"_L1, m_rowsPerPage},
                                               {"more_records"_L1, job.more},
                                               {"next_page_token"_L1, QJsonValue()}});
    return HttpReply::json(200, {{"data"_L1, QJsonArray{object}}});
}

HttpReply BulkReads::result(const CrmCall &, const QString &id) const
{
    const Job *job = find(id);
    if (!job)
        return gone();
    if (!isDone(*job) || m_failing)
        return HttpReply::error(400, u"JOB_NOT_SUPPORTED"_qs, u"The job has no result to be downloaded."_qs);
    HttpReply reply;
    reply.body = CsvArchive::pack(id + u".csv"_qs, job->csv);
    reply.contentType = "application/zip";
    reply.headers.append({"Content-Disposition", "attachment; filename=\"" + id.toLatin1() + ".zip\""});
    return reply;
}

} // namespace ringside::sandbox
