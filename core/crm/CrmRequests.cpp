// SPDX-License-Identifier: Apache-2.0
#include "CrmRequests.h"

#include "CrmBodies.h"
#include "CrmUrl.h"
#include "Scopes.h"

#include <algorithm>

namespace ringside::crmrequests {

namespace {

using namespace crmurl;
using Kind = CrmOperation::Kind;

QString readScope(const QString &module)
{
    return scopes::ofModule(module, QLatin1String("READ"));
}

CrmRequest setting(const CrmEndpoint &endpoint, const QString &what, const QString &module)
{
    Query query;
    if (!module.isEmpty())
        query.append({QStringLiteral("module"), module});
    return make(endpoint, {QStringLiteral("settings"), what}, query,
                {Kind::Metadata, module, {QStringLiteral("ZohoCRM.settings.%1.READ").arg(what)}});
}

/// A POST that only asks: it may be repeated.
CrmRequest reading(const CrmRequest &request, const QByteArray &body)
{
    CrmRequest post = sending(request, HttpMethod::Post, body);
    post.http.readOnly = true;
    return post;
}

QString convertedText(RecordQuery::Converted converted)
{
    switch (converted) {
    case RecordQuery::Converted::No:
        break;
    case RecordQuery::Converted::Yes:
        return QStringLiteral("true");
    case RecordQuery::Converted::Both:
        return QStringLiteral("both");
    }
    return QStringLiteral("false");
}

void addSorting(Query &query, const RecordQuery &wanted)
{
    if (wanted.sortBy == RecordQuery::SortBy::Unsorted)
        return;
    QString field = QStringLiteral("id");
    if (wanted.sortBy == RecordQuery::SortBy::CreatedTime)
        field = QStringLiteral("Created_Time");
    else if (wanted.sortBy == RecordQuery::SortBy::ModifiedTime)
        field = QStringLiteral("Modified_Time");
    query.append({QStringLiteral("sort_by"), field});
    query.append({QStringLiteral("sort_order"),
                  wanted.order == Qt::AscendingOrder ? QStringLiteral("asc") : QStringLiteral("desc")});
}

void addPlace(Query &query, const RecordQuery &wanted, CrmVersion version)
{
    query.append({QStringLiteral("per_page"), rows(wanted.perPage)});
    // The two exclude each other; v2 knows no tokens.
    if (!wanted.pageToken.isEmpty() && version != CrmVersion::V2)
        query.append({QStringLiteral("page_token"), wanted.pageToken});
    else if (wanted.page > 1)
        query.append({QStringLiteral("page"), QString::number(wanted.page)});
}

} // namespace

CrmRequest currentUser(const CrmEndpoint &endpoint)
{
    CrmRequest request = users(endpoint, QStringLiteral("CurrentUser"), 1);
    request.http.provesIdentity = true;
    return request;
}

CrmRequest org(const CrmEndpoint &endpoint)
{
    CrmRequest request = make(endpoint, {QStringLiteral("org")}, {}, {Kind::Metadata, {}, {QStringLiteral("ZohoCRM.org.READ")}});
    request.http.provesIdentity = true;
    return request;
}

CrmRequest users(const CrmEndpoint &endpoint, const QString &type, int page)
{
    Query query{{QStringLiteral("type"), type}};
    if (page > 1)
        query.append({QStringLiteral("page"), QString::number(page)});
    return make(endpoint, {QStringLiteral("users")}, query,
                {Kind::Metadata, {}, {QStringLiteral("ZohoCRM.users.READ")}});
}

CrmRequest modules(const CrmEndpoint &endpoint)
{
    return setting(endpoint, QStringLiteral("modules"), {});
}

CrmRequest fields(const CrmEndpoint &endpoint, const QString &module)
{
    return setting(endpoint, QStringLiteral("fields"), module);
}

CrmRequest layouts(const CrmEndpoint &endpoint, const QString &module)
{
    return setting(endpoint, QStringLiteral("layouts"), module);
}

CrmRequest relatedLists(const CrmEndpoint &endpoint, const QString &module)
{
    return setting(endpoint, QStringLiteral("related_lists"), module);
}

CrmRequest search(const CrmEndpoint &endpoint, const QString &module, const QString &key, const QString &value,
                  const QStringList &fields, int perPage, bool converted)
{
    Query query{{key, value}};
    if (!fields.isEmpty())
        query.append({QStringLiteral("fields"), fieldList(fields)});
    if (module == QLatin1String("Leads"))
        query.append({QStringLiteral("converted"), converted ? QStringLiteral("both") : QStringLiteral("false")});
    query.append({QStringLiteral("per_page"), rows(perPage)});
    return make(endpoint, {module, QStringLiteral("search")}, query,
                {Kind::List, module, {readScope(module), QStringLiteral("ZohoSearch.securesearch.READ")}});
}

CrmRequest records(const CrmEndpoint &endpoint, const QString &module, const RecordQuery &wanted)
{
    Query query;
    if (!wanted.fields.isEmpty())
        query.append({QStringLiteral("fields"), fieldList(wanted.fields)});
    else if (endpoint.version != CrmVersion::V2) // It would give every field; v8 refuses.
        query.append({QStringLiteral("fields"), QStringLiteral("id")});
    if (!wanted.ids.isEmpty())
        query.append({QStringLiteral("ids"), wanted.ids.mid(0, mostIds).join(QLatin1Char(','))});
    if (!wanted.customView.isEmpty())
        query.append({QStringLiteral("cvid"), wanted.customView});
    if (module == QLatin1String("Leads"))
        query.append({QStringLiteral("converted"), convertedText(wanted.converted)});
    addSorting(query, wanted);
    addPlace(query, wanted, endpoint.version);
    CrmRequest request = make(endpoint, {module}, query, {Kind::List, module, {readScope(module)}});
    if (wanted.modifiedSince.isValid())
        request.http.headers.append({QByteArrayLiteral("If-Modified-Since"), headerTime(wanted.modifiedSince)});
    return request;
}

CrmRequest record(const CrmEndpoint &endpoint, const RecordRef &ref, const QStringList &fields)
{
    Query query;
    if (!fields.isEmpty())
        query.append({QStringLiteral("fields"), fieldList(fields)});
    return make(endpoint, {ref.module, ref.id}, query, {Kind::Record, ref.module, {readScope(ref.module)}});
}

CrmRequest related(const CrmEndpoint &endpoint, const RecordRef &ref, const QString &list, const QString &listModule,
                   const QStringList &fields, int perPage)
{
    const Query query{{QStringLiteral("fields"), fields.isEmpty() ? QStringLiteral("id") : fieldList(fields)},
                      {QStringLiteral("per_page"), rows(perPage)}};
    QStringList scopes{readScope(ref.module)};
    if (!listModule.isEmpty() && listModule != ref.module)
        scopes.append(readScope(listModule));
    return make(endpoint, {ref.module, ref.id, list}, query, {Kind::Record, ref.module, scopes});
}

CrmRequest query(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body)
{
    return reading(make(endpoint, {QStringLiteral("coql")}, {},
                        {Kind::List, module, {QStringLiteral("ZohoCRM.coql.READ"), readScope(module)}}),
                   body);
}

CrmRequest deleted(const CrmEndpoint &endpoint, const QString &module, const QString &type, int page,
                   const QDateTime &since)
{
    Query query{{QStringLiteral("type"), type}, {QStringLiteral("per_page"), rows(mostRows)}};
    if (page > 1)
        query.append({QStringLiteral("page"), QString::number(page)});
    CrmRequest request =
        make(endpoint, {module, QStringLiteral("deleted")}, query, {Kind::List, module, {readScope(module)}});
    if (since.isValid())
        request.http.headers.append({QByteArrayLiteral("If-Modified-Since"), headerTime(since)});
    return request;
}

CrmRequest photo(const CrmEndpoint &endpoint, const RecordRef &ref)
{
    return make(endpoint, {ref.module, ref.id, QStringLiteral("photo")}, {},
                {Kind::Record, ref.module, {readScope(ref.module)}});
}

CrmRequest bulkState(const CrmEndpoint &endpoint, const QString &jobId)
{
    return makeBulk(endpoint, {QStringLiteral("read"), jobId},
                    {Kind::Record, {}, {QStringLiteral("ZohoCRM.bulk.READ")}});
}

CrmRequest bulkResult(const CrmEndpoint &endpoint, const QString &jobId)
{
    return makeBulk(endpoint, {QStringLiteral("read"), jobId, QStringLiteral("result")},
                    {Kind::Record, {}, {QStringLiteral("ZohoCRM.bulk.READ")}});
}

CrmRequest together(const CrmEndpoint &endpoint, const QList<CrmRequest> &parts)
{
    CrmOperation operation{Kind::List, {}, {QStringLiteral("ZohoCRM.composite_requests.CUSTOM")}};
    for (const CrmRequest &part : parts)
        operation.scopes.append(part.operation.scopes);
    operation.scopes.removeDuplicates();
    return reading(make(endpoint, {QStringLiteral("__composite_requests")}, {}, operation), crmbodies::together(parts));
}

QString digitsOf(const QString &number)
{
    QString digits;
    for (const QChar c : number) {
        const int value = c.digitValue();
        if (value >= 0 && value <= 9 && c.isDigit())
            digits.append(QChar(u'0' + static_cast<char16_t>(value)));
    }
    return digits;
}

} // namespace ringside::crmrequests
