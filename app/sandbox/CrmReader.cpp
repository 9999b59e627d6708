// SPDX-License-Identifier: Apache-2.0
#include "CrmReader.h"

#include "CrmErrors.h"
#include "CrmMetadata.h"
#include "CrmReading.h"
#include "RecordTimeline.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostCounts = 20;
constexpr qsizetype mostIds = 100;

} // namespace

CrmReader::CrmReader(const RecordStore &store) : m_store(store), m_values(store) {}

HttpReply CrmReader::list(const CrmCall &call, const ModuleSpec &module)
{
    const HttpRequest &request = call.request;
    if (const auto refusal = CrmReading::checkFields(request, !call.isOld()))
        return *refusal;
    Paging paging;
    if (const auto refusal = m_pager.read(call, &paging))
        return *refusal;
    Records records = visible(request, module, false);
    const QStringList ids = request.queryValue(u"ids"_qs).split(u',', Qt::SkipEmptyParts);
    if (ids.size() > mostIds)
        return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit of ids is exceeded"_qs,
                                {{"limit"_L1, mostIds}, {"param_name"_L1, "ids"_L1}});
    if (!ids.isEmpty())
        records.removeIf([&](const StoredRecord *record) { return !ids.contains(record->id); });
    return m_pager.page(call, module, records, paging);
}

HttpReply CrmReader::one(const CrmCall &call, const ModuleSpec &module, const QString &id) const
{
    const HttpRequest &request = call.request;
    if (const auto refusal = CrmReading::checkFields(request, false))
        return *refusal;
    const StoredRecord *record = m_store.find(module.apiName, id);
    if (!record)
        return HttpReply::empty(204);
    if (const auto since = CrmReading::modifiedSince(request); since && record->modifiedAt <= *since)
        return HttpReply::empty(304);
    return HttpReply::json(200,
                           {{"data"_L1, QJsonArray{CrmPager::project(module, *record, CrmReading::fields(request))}}});
}

HttpReply CrmReader::related(const CrmCall &call, const ModuleSpec &module, const RelatedSpec &list, const QString &id)
{
    if (const auto refusal = CrmReading::checkFields(call.request, !call.isOld()))
        return *refusal;
    if (!m_store.find(module.apiName, id))
        return CrmErrors::invalidId();
    Paging paging;
    if (const auto refusal = m_pager.read(call, &paging))
        return *refusal;
    return m_pager.page(call, *m_store.catalog().module(list.module), members(list, id), paging);
}

CrmReader::Records CrmReader::members(const RelatedSpec &list, const QString &id) const
{
    Records records = m_store.children(list.module, list.field, id);
    if (list.part != RelatedSpec::Part::All)
        records.removeIf([&](const StoredRecord *record) {
            return CrmReading::isOpen(list.module, *record) != (list.part == RelatedSpec::Part::Open);
        });
    return records;
}

HttpReply CrmReader::search(const CrmCall &call, const ModuleSpec &module)
{
    const HttpRequest &request = call.request;
    if (const auto refusal = CrmReading::checkFields(request, false))
        return *refusal;
    Paging paging;
    if (const auto refusal = m_pager.read(call, &paging, true))
        return *refusal;
    if (paging.page * paging.perPage > 2000)
        return HttpReply::error(400, u"LIMIT_REACHED"_qs, u"the limit of records is reached"_qs,
                                {{"limit"_L1, "2000"_L1}});
    HttpReply refusal;
    const auto fits = searchTest(request, module, &refusal);
    if (!fits)
        return refusal;
    Records records = visible(request, module, true);
    records.removeIf([&](const StoredRecord *record) { return !(*fits)(*record); });
    return m_pager.page(call, module, records, paging);
}

std::optional<CrmReader::Test> CrmReader::searchTest(const HttpRequest &request, const ModuleSpec &module,
                                                     HttpReply *refusal) const
{
    // When several are given, the first of these counts.
    if (const QString criteria = request.queryValue(u"criteria"_qs); !criteria.isEmpty()) {
        const auto filter = CrmReading::criteria(
            criteria, [&](const QString &name) { return m_values.knows(module, name) ? m_values.type(module, name) : QString(); }, refusal);
        if (!filter)
            return std::nullopt;
        return [this, filter, &module](const StoredRecord &record) {
            return filter->matches([&](const QString &field) { return m_values.of(module, record, field); });
        };
    }
    if (const QString email = request.queryValue(u"email"_qs); !email.isEmpty())
        return [&module, email](const StoredRecord &record) { return CrmReading::hasEmail(module, record, email); };
    if (const QString phone = request.queryValue(u"phone"_qs); !phone.isEmpty()) {
        if (!CrmReading::isPhoneQuery(phone)) {
            *refusal = CrmErrors::invalidParameter(u"phone"_qs, {{"regex"_L1, uR"(^[+]?[0-9\s\-\(\)\.]+$)"_qs}});
            return std::nullopt;
        }
        return [this, &module, digits = CrmReading::searchDigits(phone)](const StoredRecord &record) {
            const QList<QByteArray> &numbers = m_store.phoneDigits(module.apiName, record);
            return std::any_of(numbers.begin(), numbers.end(),
                               [&](const QByteArray &number) { return number.contains(digits); });
        };
    }
    const QString word = request.queryValue(u"word"_qs).trimmed();
    if (word.size() == 1) {
        *refusal = CrmErrors::invalidParameter(u"word"_qs, {{"minimum_length"_L1, 2}});
        return std::nullopt;
    }
    if (!word.isEmpty()) {
        const QStringList words = word.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
        return [this, &module, words](const StoredRecord &record) { return matchesWords(module, record, words); };
    }
    *refusal = HttpReply::error(400, u"EXPECTED_PARAM_MISSING"_qs, u"One of the expected parameter is missing"_qs,
                                {{"param_names"_L1, QJsonArray{u"criteria"_qs, u"email"_qs, u"phone"_qs, u"word"_qs}}});
    return std::nullopt;
}

QList<const StoredRecord *> CrmReader::withPhone(const QString &module, const QString &digits) const
{
    Records found;
    const QByteArray wanted = digits.toLatin1();
    for (const StoredRecord &record : m_store.all(module)) {
        const QList<QByteArray> &numbers = m_store.phoneDigits(module, record);
        if (!record.deleted &&
            std::any_of(numbers.begin(), numbers.end(), [&](const QByteArray &one) { return one.contains(wanted); }))
            found.append(&record);
    }
    return found;
}

bool CrmReader::matchesWords(const ModuleSpec &module, const StoredRecord &record, const QStringList &words) const
{
    const QString &text = m_store.words(module.apiName, record);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (at == 0 || !text.at(at - 1).isLetterOrNumber()) // the beginning of a word
                return true;
        }
        return false;
    });
}

CrmReader::Records CrmReader::visible(const HttpRequest &request, const ModuleSpec &module, bool throughIndex) const
{
    const QString converted = request.queryValue(u"converted"_qs);
    const bool isLead = module.apiName == "Leads"_L1;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    Records records;
    for (const StoredRecord &record : m_store.all(module.apiName)) {
        if (record.deleted || (throughIndex && record.indexedAfter > now))
            continue;
        if (isLead && converted != "both"_L1 &&
            record.fields.value("Converted__s"_L1).toBool() != (converted == "true"_L1))
            continue; // converted leads are invisible unless asked for
        records.append(&record);
    }
    return records;
}

HttpReply CrmReader::deleted(const CrmCall &call, const ModuleSpec &module)
{
    const QString type = call.request.queryValue(u"type"_qs);
    static const QStringList types{u"all"_qs, u"recycle"_qs, u"permanent"_qs};
    if (!type.isEmpty() && !types.contains(type))
        return CrmErrors::invalidParameter(u"type"_qs, {{"supported_values"_L1, QJsonArray::fromStringList(types)}});
    Paging paging;
    if (const auto refusal = m_pager.read(call, &paging))
        return *refusal;
    const auto since = CrmReading::modifiedSince(call.request);
    Records gone;
    for (const StoredRecord &record : m_store.all(module.apiName)) {
        // Nobody empties the bin of this CRM, so nothing is ever gone for good.
        if (record.deletedAt > 0 && type != "permanent"_L1 && (!since || record.deletedAt > *since))
            gone.append(&record);
    }
    std::stable_sort(gone.begin(), gone.end(), [](const StoredRecord *left, const StoredRecord *right) {
        return left->deletedAt > right->deletedAt;
    });
    QJsonArray rows;
    for (const StoredRecord *record : std::as_const(gone)) {
        const auto person = [&](const QString &field) {
            QJsonObject user = record->fields.value(field).toObject();
            user.remove("email"_L1);
            return user;
        };
        rows.append(QJsonObject{{"id"_L1, record->id},
                                {"display_name"_L1, record->fields.value(module.nameField)},
                                {"type"_L1, "recycle"_L1},
                                {"deleted_time"_L1, RecordStore::timeText(record->deletedAt)},
                                {"created_by"_L1, person(u"Created_By"_qs)},
                                {"deleted_by"_L1, person(u"Modified_By"_qs)}});
    }
    return m_pager.rows(call, u"data"_qs, rows, paging);
}

HttpReply CrmReader::count(const CrmCall &call, const ModuleSpec &module) const
{
    HttpReply refusal;
    bool searching = false;
    for (const QString &name : {u"criteria"_qs, u"email"_qs, u"phone"_qs, u"word"_qs})
        searching = searching || !call.request.queryValue(name).isEmpty();
    std::optional<Test> fits = [](const StoredRecord &) { return true; };
    if (searching)
        fits = searchTest(call.request, module, &refusal);
    if (!fits)
        return refusal;
    const Records records = visible(call.request, module, searching);
    return HttpReply::json(
        200, {{"count"_L1, qint64(std::count_if(records.begin(), records.end(),
                                                [&](const StoredRecord *record) { return (*fits)(*record); }))}});
}

HttpReply CrmReader::timeline(const CrmCall &call, const ModuleSpec &module, const QString &id)
{
    const StoredRecord *record = m_store.find(module.apiName, id);
    if (!record)
        return CrmErrors::invalidId();
    Paging paging;
    if (const auto refusal = m_pager.read(call, &paging))
        return *refusal;
    return m_pager.rows(call, u"__timeline"_qs, RecordTimeline(m_store).entries(module, *record), paging);
}

HttpReply CrmReader::relatedCounts(const CrmCall &call, const ModuleSpec &module, const QString &id) const
{
    const QJsonObject body = QJsonDocument::fromJson(call.request.body).object();
    const QJsonArray asked = body.value("get_related_records_count"_L1).toArray();
    if (asked.isEmpty())
        return CrmErrors::missingField(u"get_related_records_count"_qs);
    if (asked.size() > mostCounts)
        return HttpReply::error(400, u"LIMIT_EXCEEDED"_qs, u"the limit is exceeded"_qs,
                                {{"limit"_L1, mostCounts}, {"api_name"_L1, "get_related_records_count"_L1}});
    if (!m_store.find(module.apiName, id))
        return CrmErrors::invalidId();
    QJsonArray items;
    qsizetype failures = 0;
    for (qsizetype i = 0; i < asked.size(); ++i) {
        const QString name = asked.at(i).toObject().value("related_list"_L1).toObject().value("api_name"_L1).toString();
        const RelatedSpec *list = module.relatedList(name);
        if (list && call.scopes.allowsModule(list->module, u"READ"_qs)) {
            items.append(QJsonObject{{"count"_L1, members(*list, id).size()},
                                     {"related_list"_L1, CrmMetadata::relatedReference(module, *list)}});
            continue;
        }
        ++failures;
        const QString path = u"$.get_related_records_count[%1].related_list.api_name"_qs.arg(i);
        items.append(QJsonObject{
            {"code"_L1, list ? "NO_PERMISSION"_L1 : "INVALID_DATA"_L1},
            {"details"_L1, QJsonObject{{"api_name"_L1, "api_name"_L1}, {"json_path"_L1, path}}},
            {"message"_L1, list ? "permission denied"_L1 : "the relation name given seems to be invalid"_L1},
            {"status"_L1, "error"_L1}});
    }
    const int status = failures == 0 ? 200 : (failures == items.size() ? 400 : 207);
    return HttpReply::json(status, {{"get_related_records_count"_L1, items}});
}

} // namespace ringside::sandbox
