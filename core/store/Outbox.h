// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NoteDrafts.h"
#include "Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QObject>

namespace ringside {

class Store;

enum class OutboxState { Pending = 0, InFlight = 1, Confirming = 2, Rejected = 3, Done = 4 };

/// A write on its way to the CRM. It is in the database before it is sent, and its retry clock with it.
struct OutboxEntry
{
    qint64 id = 0;
    QString callKey;
    QString kind;       ///< "call"
    QByteArray payload; ///< Opaque to the store.
    OutboxState state = OutboxState::Pending;
    int attempts = 0;
    QDateTime createdAt;
    QDateTime notBefore; ///< UTC; not sent earlier.
    QDateTime sentAt;    ///< UTC; when it last went InFlight.
    QString reason;      ///< Why it waits or was rejected, a sentence.
};

/// One entry a call and kind: adding again while one is Pending or Rejected replaces its payload; while one is InFlight or
/// Confirming it is an error (Busy), after Done (Conflict).
class Outbox final : public QObject
{
    Q_OBJECT

public:
    explicit Outbox(Store &store, QObject *parent = nullptr);

    /// Adds the entry, marks the call Queued and keeps the draft, in one transaction. Gives the entry's id.
    QFuture<Result<qint64>> add(const OutboxEntry &entry);

    /// The oldest entry that may go now (Pending and notBefore <= now), marked InFlight and its attempts counted in the
    /// same transaction; nothing when there is none.
    QFuture<Result<std::optional<OutboxEntry>>> takeNext(const QDateTime &now);

    /// Everything not Done, oldest first.
    QFuture<Result<QList<OutboxEntry>>> open();

    QFuture<Result<void>> setState(qint64 id, OutboxState state, const QDateTime &notBefore, const QString &reason);

    /// Done: marks the call Logged with its CRM id and removes the draft, in one transaction.
    QFuture<Result<void>> complete(qint64 id, const QString &crmCallId);

    /// Rejected: marks the call Rejected with the sentence; the draft stays.
    QFuture<Result<void>> reject(qint64 id, const QString &reason);

private:
    Store &m_store;
};

} // namespace ringside
