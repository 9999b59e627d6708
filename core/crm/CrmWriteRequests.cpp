// SPDX-License-Identifier: Apache-2.0
#include "CrmWriteRequests.h"

#include "CrmBodies.h"
#include "CrmUrl.h"
#include "Scopes.h"

namespace ringside::crmrequests {

namespace {

using namespace crmurl;
using Kind = CrmOperation::Kind;

CrmOperation writing(const QString &module, QLatin1String right)
{
    return {Kind::Create, module, {scopes::ofModule(module, right)}};
}

CrmRequest logged(CrmRequest request)
{
    request.http.priority = RequestPriority::Log;
    return request;
}

} // namespace

CrmRequest create(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body)
{
    return logged(
        sending(make(endpoint, {module}, {}, writing(module, QLatin1String("CREATE"))), HttpMethod::Post, body));
}

CrmRequest update(const CrmEndpoint &endpoint, const RecordRef &ref, const QByteArray &body,
                  const QDateTime &unchangedSince)
{
    CrmRequest request = logged(sending(
        make(endpoint, {ref.module, ref.id}, {}, writing(ref.module, QLatin1String("UPDATE"))), HttpMethod::Put, body));
    if (unchangedSince.isValid())
        request.http.headers.append({QByteArrayLiteral("If-Unmodified-Since"), headerTime(unchangedSince)});
    return request;
}

CrmRequest upsert(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body)
{
    CrmOperation operation = writing(module, QLatin1String("CREATE"));
    operation.scopes.append(scopes::ofModule(module, QLatin1String("UPDATE")));
    return logged(sending(make(endpoint, {module, QStringLiteral("upsert")}, {}, operation), HttpMethod::Post, body));
}

CrmRequest remove(const CrmEndpoint &endpoint, const RecordRef &ref, bool runWorkflows)
{
    // The id goes through the query, which takes anything: it is held to what an id is all the same.
    if (make(endpoint, {ref.module, ref.id}, {}, {}).http.url.isEmpty())
        return {{}, writing(ref.module, QLatin1String("DELETE"))};
    const Query query{{QStringLiteral("ids"), ref.id},
                      {QStringLiteral("wf_trigger"), runWorkflows ? QStringLiteral("true") : QStringLiteral("false")}};
    CrmRequest request = logged(make(endpoint, {ref.module}, query, writing(ref.module, QLatin1String("DELETE"))));
    request.http.method = HttpMethod::Delete;
    return request;
}

CrmRequest tags(const CrmEndpoint &endpoint, const RecordRef &ref, TagChange change, const QStringList &names)
{
    const QString action = change == TagChange::Add ? QStringLiteral("add_tags") : QStringLiteral("remove_tags");
    const bool old = endpoint.version == CrmVersion::V2; // It takes the names in the query.
    Query query;
    if (old)
        query.append({QStringLiteral("tag_names"), names.join(QLatin1Char(','))});
    return logged(sending(make(endpoint, {ref.module, ref.id, QStringLiteral("actions"), action}, query,
                               writing(ref.module, QLatin1String("UPDATE"))),
                          HttpMethod::Post, old ? QByteArrayLiteral("{}") : crmbodies::tags(names)));
}

CrmRequest convert(const CrmEndpoint &endpoint, const QString &leadId, const QByteArray &body)
{
    const QString leads = QStringLiteral("Leads");
    CrmOperation operation = writing(leads, QLatin1String("UPDATE"));
    for (const auto &module : {QStringLiteral("Contacts"), QStringLiteral("Accounts"), QStringLiteral("Deals")})
        operation.scopes.append(scopes::ofModule(module, QLatin1String("CREATE")));
    return logged(
        sending(make(endpoint, {leads, leadId, QStringLiteral("actions"), QStringLiteral("convert")}, {}, operation),
                HttpMethod::Post, body));
}

CrmRequest bulkRead(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body)
{
    CrmRequest request =
        sending(makeBulk(endpoint, {QStringLiteral("read")},
                         {Kind::Create,
                          module,
                          {QStringLiteral("ZohoCRM.bulk.READ"), scopes::ofModule(module, QLatin1String("READ"))}}),
                HttpMethod::Post, body);
    request.http.priority = RequestPriority::Sync;
    return request;
}

} // namespace ringside::crmrequests
