// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "HttpMessage.h"
#include "Metadata.h"
#include "Record.h"
#include "Result.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace ringside {

class RequestScheduler;
struct CallLayout;
struct CrmRequest;

/// The CRM's REST API v8 in typed calls; the only place that knows its JSON. 204 is an empty page, not an error.
///
/// Errors of all: those of the scheduler (Network, Timeout, Tls, SignedOut, Throttled, Cancelled), and ScopeMissing,
/// PermissionMissing (with the name in `detail`), RateLimited, NotFound, Rejected (field in `detail`), Conflict,
/// ServerError, BadReply. For a write, Network, Timeout and ServerError mean "may or may not have happened"; a success
/// whose text is damaged is told as ServerError, and every other error means that nothing was written.
///
/// Cancelling a future takes its request back from the scheduler; a client that dies cancels all of its own.
/// ScopeMissing's `detail` is the scopes that the request needs, separated by commas: the missing one is among them.
/// Source: Zoho reference, sections 3 and 5.
class CrmClient final : public QObject
{
    Q_OBJECT

public:
    /// The scheduler must outlive it.
    explicit CrmClient(RequestScheduler &scheduler, QObject *parent = nullptr);
    ~CrmClient() override;

    /// Origin of the API, from the token reply. Requests before it is set give SignedOut.
    void setApiOrigin(const QUrl &origin);

    QFuture<Result<AgentIdentity>> identity();
    QFuture<Result<QList<Module>>> modules();
    QFuture<Result<QList<Field>>> fields(const QString &module);
    QFuture<Result<QList<RelatedList>>> relatedLists(const QString &module);

    enum class SearchBy { Phone, Email, Word };
    /// `value` is plain text; encoding is done here. `fields` at most 50 API names (what is beyond is not asked for);
    /// empty = all. For Phone only the digits are sent: all phone fields are searched, whatever they are written like.
    /// Too little to search for (3 digits, 2 characters of a word) is an empty page without a request. Converted leads
    /// are left out: each lives on as a contact, which the search in Contacts finds.
    QFuture<Result<RecordPage>> search(const QString &module, SearchBy by, const QString &value,
                                       const QStringList &fields, RequestPriority priority, int perPage = 20);

    QFuture<Result<Record>> record(const RecordRef &ref, const QStringList &fields, RequestPriority priority);
    /// `fields` as in search(), but empty = the ids alone, since this request must name some.
    QFuture<Result<RecordPage>> related(const RecordRef &ref, const QString &list, const QString &listModule,
                                        const QStringList &fields, RequestPriority priority, int perPage = 20);

    /// COQL rows as records of `module`; a row without "id" has an empty one. No index delay. A POST on the wire, and
    /// so never repeated by the scheduler, though repeating it is safe.
    QFuture<Result<RecordPage>> query(const QString &module, const QString &selectQuery, RequestPriority priority);

    /// Gives the new record's id. One request, never repeated; runs the org's workflows. Once fields("Calls") was read,
    /// technical fields that the org closed to writing (Caller_ID, Call_Duration_in_seconds, …) are left out.
    QFuture<Result<QString>> createCall(const CallActivity &call);
    /// Values as Record has them; QDateTime, QDate and RecordRef (written as a lookup) are taken too.
    QFuture<Result<QString>> createRecord(const QString &module, const QVariantMap &values);

private:
    template <typename T>
    QFuture<Result<T>> send(const CrmRequest &request, std::function<Result<T>(const HttpReply &)> read);

    RequestScheduler &m_scheduler;
    QUrl m_origin;
    std::unique_ptr<CallLayout> m_callLayout;
};

} // namespace ringside
