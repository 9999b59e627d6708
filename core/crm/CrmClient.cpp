// SPDX-License-Identifier: Apache-2.0
#include "CrmClient.h"

#include "CrmAnswers.h"
#include "CrmBodies.h"
#include "CrmClientSend.h"
#include "CreditMeter.h"
#include "CrmJson.h"
#include "CrmRequests.h"
#include "IdentityJoin.h"

namespace ringside {

namespace {

constexpr qsizetype fewestDigits = 3;
constexpr qsizetype fewestCharacters = 2;
constexpr int mostOfAPart = 25; // Of a composite request's sub-request.

std::function<Result<RecordPage>(const HttpReply &)> pageReader(const CrmOperation &operation, const QString &module)
{
    return [operation, module](const HttpReply &reply) { return crmjson::page(reply, operation, module); };
}

Result<QList<Result<RecordPage>>> pages(const HttpReply &reply, const CrmOperation &operation,
                                        const QList<CrmRequest> &parts)
{
    const Result<QList<HttpReply>> replies = crmanswers::together(reply, operation, parts.size());
    if (!replies.ok())
        return replies.error();
    QList<Result<RecordPage>> out;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const CrmOperation &part = parts.at(i).operation;
        out.append(crmjson::page(replies.value().at(i), part, part.module));
    }
    return out;
}

} // namespace

CrmClient::CrmClient(RequestScheduler &scheduler, QObject *parent)
    : QObject(parent), m_scheduler(scheduler), m_callLayout(std::make_unique<CallLayout>())
{
}

CrmClient::~CrmClient() = default;

void CrmClient::setApiOrigin(const QUrl &origin)
{
    if (origin == m_endpoint.origin)
        return;
    if (m_endpoint.origin.isValid())
        *m_callLayout = {}; // Another org's.
    m_endpoint.origin = origin;
}

void CrmClient::setApiVersion(CrmVersion version)
{
    m_endpoint.version = version;
}

void CrmClient::setGrantedScope(const QString &scope)
{
    m_endpoint.grantedScope = scope;
}

CreditLevel CrmClient::creditLevel() const
{
    return m_scheduler.credits().level();
}

void CrmClient::useCallFields(const QList<Field> &fields)
{
    *m_callLayout = crmbodies::callLayout(fields);
}

QFuture<Result<AgentIdentity>> CrmClient::identity()
{
    const CrmRequest user = crmrequests::currentUser(m_endpoint);
    const CrmRequest org = crmrequests::org(m_endpoint);
    return IdentityJoin::make(this, send<AgentIdentity>(user, reader(crmjson::user, user.operation)),
                              send<AgentIdentity>(org, reader(crmjson::org, org.operation)));
}

QFuture<Result<QList<Module>>> CrmClient::modules()
{
    const CrmRequest request = crmrequests::modules(m_endpoint);
    return send<QList<Module>>(request, reader(crmjson::modules, request.operation));
}

QFuture<Result<QList<Field>>> CrmClient::fields(const QString &module)
{
    const CrmRequest request = crmrequests::fields(m_endpoint, module);
    const bool ofCalls = module == QLatin1String("Calls");
    return send<QList<Field>>(request, [this, ofCalls, operation = request.operation](const HttpReply &reply) {
        Result<QList<Field>> fields = crmjson::fields(reply, operation);
        if (ofCalls && fields.ok())
            useCallFields(fields.value());
        return fields;
    });
}

QFuture<Result<QList<Layout>>> CrmClient::layouts(const QString &module)
{
    const CrmRequest request = crmrequests::layouts(m_endpoint, module);
    return send<QList<Layout>>(request, reader(crmjson::layouts, request.operation));
}

QFuture<Result<UserPage>> CrmClient::users(const QString &type, int page)
{
    const CrmRequest request = crmrequests::users(m_endpoint, type, page);
    return send<UserPage>(request, reader(crmanswers::users, request.operation));
}

QFuture<Result<QList<RelatedList>>> CrmClient::relatedLists(const QString &module)
{
    const CrmRequest request = crmrequests::relatedLists(m_endpoint, module);
    return send<QList<RelatedList>>(request, reader(crmjson::relatedLists, request.operation));
}

QFuture<Result<RecordPage>> CrmClient::search(const QString &module, SearchBy by, const QString &value,
                                              const QStringList &fields, RequestPriority priority, int perPage)
{
    QString key = QStringLiteral("word");
    QString wanted = value.trimmed();
    qsizetype fewest = fewestCharacters;
    if (by == SearchBy::Phone) {
        key = QStringLiteral("phone");
        wanted = crmrequests::digitsOf(value);
        fewest = fewestDigits;
    } else if (by == SearchBy::Email) {
        key = QStringLiteral("email");
    }
    if (wanted.size() < fewest)
        return readyFuture<RecordPage>(RecordPage{});
    CrmRequest request = crmrequests::search(m_endpoint, module, key, wanted, fields, perPage, by == SearchBy::Phone);
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, module));
}

QFuture<Result<RecordPage>> CrmClient::search(const QString &module, const SearchCriterion &criterion,
                                              const QStringList &fields, RequestPriority priority, int perPage)
{
    CrmRequest request =
        crmrequests::search(m_endpoint, module, QStringLiteral("criteria"), criterion.text(), fields, perPage);
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, module));
}

QFuture<Result<RecordPage>> CrmClient::records(const QString &module, const RecordQuery &query,
                                               RequestPriority priority)
{
    CrmRequest request = crmrequests::records(m_endpoint, module, query);
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, module));
}

QFuture<Result<QList<Result<RecordPage>>>> CrmClient::searchTogether(const QList<PhoneSearch> &searches,
                                                                     RequestPriority priority)
{
    QList<CrmRequest> parts;
    for (const PhoneSearch &one : searches.mid(0, mostTogether))
        parts.append(crmrequests::search(m_endpoint, one.module, QStringLiteral("phone"),
                                         crmrequests::digitsOf(one.digits), one.fields, mostOfAPart, true));
    return sendTogether(parts, priority);
}

QFuture<Result<QList<Result<RecordPage>>>> CrmClient::queryTogether(const QList<SelectQuery> &queries,
                                                                    RequestPriority priority)
{
    QList<CrmRequest> parts;
    for (const SelectQuery &one : queries.mid(0, mostTogether))
        parts.append(crmrequests::query(m_endpoint, one.module, crmbodies::query(one.text)));
    return sendTogether(parts, priority);
}

QFuture<Result<QList<Result<RecordPage>>>>
CrmClient::relatedTogether(const RecordRef &ref, const QList<RelatedQuery> &lists, RequestPriority priority)
{
    QList<CrmRequest> parts;
    for (const RelatedQuery &one : lists.mid(0, mostTogether)) {
        parts.append(crmrequests::related(m_endpoint, ref, one.list, one.listModule, one.fields, mostOfAPart));
        parts.last().operation.module = one.listModule; // Of the records in the answer.
    }
    return sendTogether(parts, priority);
}

QFuture<Result<QList<Result<RecordPage>>>> CrmClient::sendTogether(const QList<CrmRequest> &parts,
                                                                   RequestPriority priority)
{
    CrmRequest request = crmrequests::together(m_endpoint, parts);
    request.http.priority = priority;
    return send<QList<Result<RecordPage>>>(request, [parts, operation = request.operation](const HttpReply &reply) {
        return pages(reply, operation, parts);
    });
}

QFuture<Result<Record>> CrmClient::record(const RecordRef &ref, const QStringList &fields, RequestPriority priority)
{
    CrmRequest request = crmrequests::record(m_endpoint, ref, fields);
    request.http.priority = priority;
    return send<Record>(request, [operation = request.operation, module = ref.module](const HttpReply &reply) {
        return crmjson::oneRecord(reply, operation, module);
    });
}

QFuture<Result<RecordPage>> CrmClient::related(const RecordRef &ref, const QString &list, const QString &listModule,
                                               const QStringList &fields, RequestPriority priority, int perPage)
{
    CrmRequest request = crmrequests::related(m_endpoint, ref, list, listModule, fields, perPage);
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, listModule));
}

QFuture<Result<RecordPage>> CrmClient::query(const QString &module, const QString &selectQuery,
                                             RequestPriority priority)
{
    CrmRequest request = crmrequests::query(m_endpoint, module, crmbodies::query(selectQuery));
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, module));
}

QFuture<Result<DeletedPage>> CrmClient::deletedRecords(const QString &module, Deleted which, const QDateTime &since,
                                                       int page)
{
    QString type = QStringLiteral("all");
    if (which == Deleted::InRecycleBin)
        type = QStringLiteral("recycle");
    else if (which == Deleted::Permanently)
        type = QStringLiteral("permanent");
    CrmRequest request = crmrequests::deleted(m_endpoint, module, type, page, since);
    request.http.priority = RequestPriority::Sync;
    return send<DeletedPage>(request, [operation = request.operation, module](const HttpReply &reply) {
        return crmanswers::deleted(reply, operation, module);
    });
}

QFuture<Result<QByteArray>> CrmClient::photo(const RecordRef &ref, qint64 mostBytes)
{
    CrmRequest request = crmrequests::photo(m_endpoint, ref);
    request.http.mostReplyBytes = mostBytes;
    request.http.priority = RequestPriority::Refresh;
    return send<QByteArray>(request, reader(crmanswers::photo, request.operation));
}

} // namespace ringside
