// SPDX-License-Identifier: Apache-2.0
#include "CrmClient.h"

#include "CrmBodies.h"
#include "CrmJson.h"
#include "CrmRequests.h"
#include "IdentityJoin.h"
#include "MappedFuture.h"
#include "RequestScheduler.h"
#include "WhenReady.h"

#include <QCoreApplication>

namespace ringside {

namespace {

constexpr qsizetype fewestDigits = 3;
constexpr qsizetype fewestCharacters = 2;

/// A reader of crmjson bound to the operation that it reads the answer of.
template <typename T>
std::function<Result<T>(const HttpReply &)> reader(Result<T> (*read)(const HttpReply &, const CrmOperation &),
                                                   const CrmOperation &operation)
{
    return [read, operation](const HttpReply &reply) { return read(reply, operation); };
}

std::function<Result<RecordPage>(const HttpReply &)> pageReader(const CrmOperation &operation, const QString &module)
{
    return [operation, module](const HttpReply &reply) { return crmjson::page(reply, operation, module); };
}

Error incomplete(const QString &field)
{
    return Error{.kind = ErrorKind::Rejected,
                 .message = QCoreApplication::translate(
                     "ringside::CrmClient",
                     "This call has no subject or no start time, so it cannot be logged. Please fill "
                     "it in and log it again."),
                 .code = QStringLiteral("MANDATORY_NOT_FOUND"),
                 .detail = field};
}

} // namespace

CrmClient::CrmClient(RequestScheduler &scheduler, QObject *parent)
    : QObject(parent), m_scheduler(scheduler), m_callLayout(std::make_unique<CallLayout>())
{
}

CrmClient::~CrmClient() = default;

void CrmClient::setApiOrigin(const QUrl &origin)
{
    if (origin == m_origin)
        return;
    m_origin = origin;
    *m_callLayout = {}; // Another org's.
}

template <typename T>
QFuture<Result<T>> CrmClient::send(const CrmRequest &request, std::function<Result<T>(const HttpReply &)> read)
{
    if (!m_origin.isValid() || m_origin.host().isEmpty())
        return failedFuture<T>(crmerrors::signedOut());
    if (request.http.url.isEmpty())
        return failedFuture<T>(crmerrors::gone(request.operation));
    return MappedFuture<HttpReply, T>::make(this, m_scheduler.enqueue(request.http), std::move(read));
}

QFuture<Result<AgentIdentity>> CrmClient::identity()
{
    const CrmRequest user = crmrequests::currentUser(m_origin);
    const CrmRequest org = crmrequests::org(m_origin);
    return IdentityJoin::make(this, send<AgentIdentity>(user, reader(crmjson::user, user.operation)),
                              send<AgentIdentity>(org, reader(crmjson::org, org.operation)));
}

QFuture<Result<QList<Module>>> CrmClient::modules()
{
    const CrmRequest request = crmrequests::modules(m_origin);
    return send<QList<Module>>(request, reader(crmjson::modules, request.operation));
}

QFuture<Result<QList<Field>>> CrmClient::fields(const QString &module)
{
    const CrmRequest request = crmrequests::fields(m_origin, module);
    const bool ofCalls = module == QLatin1String("Calls");
    return send<QList<Field>>(request, [this, ofCalls, operation = request.operation](const HttpReply &reply) {
        Result<QList<Field>> fields = crmjson::fields(reply, operation);
        if (ofCalls && fields.ok())
            *m_callLayout = crmbodies::callLayout(fields.value());
        return fields;
    });
}

QFuture<Result<QList<RelatedList>>> CrmClient::relatedLists(const QString &module)
{
    const CrmRequest request = crmrequests::relatedLists(m_origin, module);
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
    CrmRequest request = crmrequests::search(m_origin, module, key, wanted, fields, perPage);
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, module));
}

QFuture<Result<Record>> CrmClient::record(const RecordRef &ref, const QStringList &fields, RequestPriority priority)
{
    CrmRequest request = crmrequests::record(m_origin, ref, fields);
    request.http.priority = priority;
    return send<Record>(request, [operation = request.operation, module = ref.module](const HttpReply &reply) {
        return crmjson::oneRecord(reply, operation, module);
    });
}

QFuture<Result<RecordPage>> CrmClient::related(const RecordRef &ref, const QString &list, const QString &listModule,
                                               const QStringList &fields, RequestPriority priority, int perPage)
{
    CrmRequest request = crmrequests::related(m_origin, ref, list, listModule, fields, perPage);
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, listModule));
}

QFuture<Result<RecordPage>> CrmClient::query(const QString &module, const QString &selectQuery,
                                             RequestPriority priority)
{
    CrmRequest request = crmrequests::query(m_origin, module, crmbodies::query(selectQuery));
    request.http.priority = priority;
    return send<RecordPage>(request, pageReader(request.operation, module));
}

QFuture<Result<QString>> CrmClient::createCall(const CallActivity &call)
{
    if (call.subject.simplified().isEmpty())
        return failedFuture<QString>(incomplete(QStringLiteral("Subject")));
    if (!call.start.isValid())
        return failedFuture<QString>(incomplete(QStringLiteral("Call_Start_Time")));
    const CrmRequest request =
        crmrequests::create(m_origin, QStringLiteral("Calls"), crmbodies::call(call, *m_callLayout));
    return send<QString>(request, reader(crmjson::createdId, request.operation));
}

QFuture<Result<QString>> CrmClient::createRecord(const QString &module, const QVariantMap &values)
{
    const CrmRequest request = crmrequests::create(m_origin, module, crmbodies::record(values));
    return send<QString>(request, reader(crmjson::createdId, request.operation));
}

} // namespace ringside
