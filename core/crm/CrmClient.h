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

namespace ringside {

class RequestScheduler;

/// The CRM's REST API v8 in typed calls; the only place that knows its JSON. 204 is an empty page, not an error.
///
/// Errors of all: those of the scheduler (Network, Timeout, Tls, SignedOut, Throttled, Cancelled), and ScopeMissing,
/// PermissionMissing (with the name in `detail`), RateLimited, NotFound, Rejected (field in `detail`), Conflict,
/// ServerError, BadReply. For a write, Network, Timeout and ServerError mean "may or may not have happened".
class CrmClient final : public QObject
{
    Q_OBJECT

public:
    /// The scheduler must outlive it.
    explicit CrmClient(RequestScheduler &scheduler, QObject *parent = nullptr);

    /// Origin of the API, from the token reply. Requests before it is set give SignedOut.
    void setApiOrigin(const QUrl &origin);

    QFuture<Result<AgentIdentity>> identity();
    QFuture<Result<QList<Module>>> modules();
    QFuture<Result<QList<Field>>> fields(const QString &module);
    QFuture<Result<QList<RelatedList>>> relatedLists(const QString &module);

    enum class SearchBy { Phone, Email, Word };
    /// `value` is plain text; encoding is done here. `fields` at most 50 API names; empty = all.
    QFuture<Result<RecordPage>> search(const QString &module, SearchBy by, const QString &value,
                                       const QStringList &fields, RequestPriority priority, int perPage = 20);

    QFuture<Result<Record>> record(const RecordRef &ref, const QStringList &fields, RequestPriority priority);
    QFuture<Result<RecordPage>> related(const RecordRef &ref, const QString &list, const QString &listModule,
                                        const QStringList &fields, RequestPriority priority, int perPage = 20);

    /// COQL rows as records of `module`.
    QFuture<Result<RecordPage>> query(const QString &module, const QString &selectQuery, RequestPriority priority);

    /// Gives the new record's id. One request, never repeated.
    QFuture<Result<QString>> createCall(const CallActivity &call);
    QFuture<Result<QString>> createRecord(const QString &module, const QVariantMap &values);

private:
    RequestScheduler &m_scheduler;
    QUrl m_origin;
};

} // namespace ringside
