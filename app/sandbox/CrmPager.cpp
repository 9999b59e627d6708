// SPDX-License-Identifier: Apache-2.0
#include "CrmPager.h"

#include "CrmErrors.h"
#include "CrmReading.h"

#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostPerPage = 200;
constexpr qsizetype mostPages = 10;

std::optional<qsizetype> numberParameter(const HttpRequest &request, const QString &name, qsizetype fallback)
{
    const QString text = request.queryValue(name);
    if (text.isEmpty())
        return fallback;
    bool good = false;
    const int number = text.toInt(&good);
    return good && number > 0 ? std::optional<qsizetype>(number) : std::nullopt;
}

} // namespace

std::optional<HttpReply> CrmPager::read(const CrmCall &call, Paging *paging, bool searching) const
{
    const HttpRequest &request = call.request;
    const auto perPage = numberParameter(request, u"per_page"_qs, mostPerPage);
    if (!perPage || *perPage > mostPerPage)
        return CrmErrors::invalidParameter(u"per_page"_qs, {{"maximum_value"_L1, mostPerPage}});
    const auto page = numberParameter(request, u"page"_qs, 1);
    if (!page)
        return CrmErrors::invalidParameter(u"page"_qs, {{"expected_data_type"_L1, "integer"_L1}});
    paging->perPage = call.isComposed() ? std::min(*perPage, call.mostRows) : *perPage;
    paging->page = *page;
    paging->offset = (*page - 1) * paging->perPage;
    if (const QString sortBy = request.queryValue(u"sort_by"_qs); !sortBy.isEmpty()) {
        static const QStringList sortable{u"id"_qs, u"Created_Time"_qs, u"Modified_Time"_qs};
        if (!sortable.contains(sortBy))
            return CrmErrors::invalidParameter(u"sort_by"_qs, {{"supported_values"_L1, QJsonArray::fromStringList(sortable)}});
        paging->sortBy = sortBy;
    }
    paging->descending = request.queryValue(u"sort_order"_qs) != "asc"_L1;
    QStringList bound{request.path, QString::number(paging->perPage), QString::fromLatin1(request.header("if-modified-since"))};
    static const QStringList ofThePage{u"page"_qs, u"page_token"_qs, u"per_page"_qs};
    QStringList others;
    for (const auto &[name, value] : request.query) {
        if (!ofThePage.contains(name))
            others.append(name + u'=' + value);
    }
    others.sort();
    bound.append(others);
    paging->binding = bound.join(u'|');
    const QString token = call.isOld() ? QString() : request.queryValue(u"page_token"_qs);
    if (!token.isEmpty())
        return readToken(call, token, paging);
    if (!call.isOld() && !searching && paging->offset + paging->perPage > mostPages * mostPerPage)
        return HttpReply::error(400, u"DISCRETE_PAGINATION_LIMIT_EXCEEDED"_qs, u"use page_token to get more than 2000 records"_qs,
                                {{"param_name"_L1, "page"_L1}, {"limit"_L1, mostPages * mostPerPage}});
    return std::nullopt;
}

std::optional<HttpReply> CrmPager::readToken(const CrmCall &call, const QString &token, Paging *paging) const
{
    if (call.request.hasQuery(u"page"_qs))
        return HttpReply::error(400, u"AMBIGUITY_DURING_PROCESSING"_qs, u"ambiguity while processing the request"_qs,
                                {{"ambiguity_due_to"_L1, QJsonArray{QJsonObject{{"param_name"_L1, "page"_L1}},
                                                                   QJsonObject{{"param_name"_L1, "page_token"_L1}}}}});
    switch (m_pageTokens.find(token, paging->binding, QDateTime::currentMSecsSinceEpoch(), &paging->offset)) {
    case PageTokens::Outcome::Unknown:
        return CrmErrors::invalidParameter(u"page_token"_qs, {});
    case PageTokens::Outcome::Expired:
        return HttpReply::error(400, u"EXPIRED_VALUE"_qs, u"the page token has expired"_qs, {{"param_name"_L1, "page_token"_L1}});
    case PageTokens::Outcome::OtherRequest:
        return HttpReply::error(400, u"TOKEN_BOUND_DATA_MISMATCH"_qs, u"the page token belongs to another request"_qs,
                                {{"param_name"_L1, "page_token"_L1}});
    case PageTokens::Outcome::Found:
        break;
    }
    if (paging->offset >= m_mostRowsByToken)
        return HttpReply::error(400, u"PAGINATION_LIMIT_EXCEEDED"_qs, u"the limit of pagination is exceeded"_qs,
                                {{"param_name"_L1, "page_token"_L1}, {"limit"_L1, m_mostRowsByToken}});
    paging->page = paging->offset / paging->perPage + 1;
    return std::nullopt;
}

HttpReply CrmPager::page(const CrmCall &call, const ModuleSpec &module, Records records, const Paging &paging)
{
    if (const auto since = CrmReading::modifiedSince(call.request)) {
        records.removeIf([&](const StoredRecord *record) { return record->modifiedAt <= *since; });
        if (records.isEmpty())
            return HttpReply::empty(304);
    }
    if (paging.sortBy != "id"_L1) {
        const bool created = paging.sortBy == "Created_Time"_L1;
        std::stable_sort(records.begin(), records.end(), [created](const StoredRecord *left, const StoredRecord *right) {
            return created ? left->createdAt < right->createdAt : left->modifiedAt < right->modifiedAt;
        });
    }
    if (paging.descending)
        std::reverse(records.begin(), records.end());
    const QStringList fields = CrmReading::fields(call.request);
    QJsonArray data;
    for (qsizetype i = paging.offset; i < records.size() && data.size() < paging.perPage; ++i)
        data.append(project(module, *records.at(i), fields));
    if (data.isEmpty())
        return HttpReply::empty(204);
    const bool more = paging.offset + data.size() < records.size();
    return HttpReply::json(200, {{"data"_L1, data}, {"info"_L1, info(call, paging, data.size(), more)}});
}

HttpReply CrmPager::rows(const CrmCall &call, const QString &key, const QJsonArray &all, const Paging &paging)
{
    QJsonArray cut;
    for (qsizetype i = paging.offset; i < all.size() && cut.size() < paging.perPage; ++i)
        cut.append(all.at(i));
    if (cut.isEmpty())
        return HttpReply::empty(204);
    const bool more = paging.offset + cut.size() < all.size();
    return HttpReply::json(200, {{key, cut}, {"info"_L1, info(call, paging, cut.size(), more)}});
}

QJsonObject CrmPager::info(const CrmCall &call, const Paging &paging, qsizetype count, bool more)
{
    if (call.isOld())
        return {{"per_page"_L1, paging.perPage}, {"count"_L1, count}, {"page"_L1, paging.page}, {"more_records"_L1, more}};
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto token = [&](qsizetype offset) { return QJsonValue(m_pageTokens.issue(paging.binding, offset, now)); };
    return {{"call"_L1, false},
            {"per_page"_L1, paging.perPage},
            {"next_page_token"_L1, more ? token(paging.offset + count) : QJsonValue()},
            {"count"_L1, count},
            {"sort_by"_L1, paging.sortBy},
            {"page"_L1, paging.page},
            {"previous_page_token"_L1, paging.offset > 0 ? token(std::max<qsizetype>(0, paging.offset - paging.perPage)) : QJsonValue()},
            {"page_token_expiry"_L1, more ? QJsonValue(RecordStore::timeText((now + PageTokens::life) / 1000)) : QJsonValue()},
            {"sort_order"_L1, paging.descending ? u"desc"_qs : u"asc"_qs},
            {"email"_L1, false},
            {"more_records"_L1, more}};
}

QJsonObject CrmPager::project(const ModuleSpec &module, const StoredRecord &record, const QStringList &fields)
{
    QJsonObject object{{"id"_L1, record.id}};
    if (fields.isEmpty()) {
        for (const FieldSpec &field : module.fields)
            object.insert(field.apiName, record.fields.value(field.apiName).isUndefined() ? QJsonValue() : record.fields.value(field.apiName));
        object.insert("$currency_symbol"_L1, "AED"_L1);
        object.insert("$editable"_L1, true);
        object.insert("$approved"_L1, true);
    }
    for (const QString &name : fields) {
        if (module.field(name))
            object.insert(name, record.fields.value(name).isUndefined() ? QJsonValue() : record.fields.value(name));
    }
    if (record.fields.contains("$se_module"_L1) && (object.contains("What_Id"_L1) || fields.contains("$se_module"_L1)))
        object.insert("$se_module"_L1, record.fields.value("$se_module"_L1));
    return object;
}

} // namespace ringside::sandbox
