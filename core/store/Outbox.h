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

/// What an entry does. Stored as these words.
namespace outboxKind {
inline constexpr QLatin1String call("call");     ///< Makes the call's record.
inline constexpr QLatin1String update("update"); ///< Changes the record of a call that was logged.
} // namespace outboxKind

/// A write on its way to the CRM. It is in the database before it is sent, and its retry clock with it.
struct OutboxEntry
{
    qint64 id = 0;
    QString callKey;
    QString kind;       ///< See outboxKind.
    QByteArray payload; ///< Opaque to the store.
    OutboxState state = OutboxState::Pending;
    int attempts = 0;
    QDateTime createdAt;
    QDateTime notBefore; ///< UTC; not sent earlier.
    QDateTime sentAt;    ///< UTC; when it last went InFlight.
    QString reason;      ///< Why it waits or was rejected, a sentence.
    QByteArray told;     ///< Of an update: the payload that the CRM has, as far as is known here.
    QString crmCallId;   ///< Of an update: the record.
};

/// One entry a call and kind: adding again while one is Pending or Rejected replaces its payload; while one is InFlight
/// or Confirming it is an error (Busy), after Done (Conflict; an update starts afresh then).
///
/// The payload of a call's Done entry is what the CRM has: a completed update takes its place there. So however many
/// changes follow one another, the next one knows what the one before has told. It stays as long as the draft of that
/// call (see NoteDrafts::forgetLogged()); an update's own payload goes once it is Done or withdrawn.
///
/// add() takes its turn among the drafts, in the order of the calls: what was saved before it is the text that it
/// sends, and what the agent types after it stays a draft, also when the entry is completed. So save the draft, then
/// add.
class Outbox final : public QObject
{
    Q_OBJECT

public:
    explicit Outbox(Store &store, QObject *parent = nullptr);

    /// Adds the entry, marks the call Queued and keeps the draft, in one transaction. Gives the entry's id. Of `entry`
    /// callKey, kind, payload, createdAt and notBefore are taken; a replaced Pending entry keeps its attempts and createdAt,
    /// a replaced Rejected one starts afresh.
    QFuture<Result<qint64>> add(const OutboxEntry &entry);

    /// The oldest entry that may go now (Pending and notBefore <= now), marked InFlight and its attempts counted in the
    /// same transaction; nothing when there is none.
    QFuture<Result<std::optional<OutboxEntry>>> takeNext(const QDateTime &now);

    /// Everything not Done, oldest first.
    QFuture<Result<QList<OutboxEntry>>> open();

    /// For Pending, InFlight and Confirming; see complete() and reject() for the others. NotFound for an unknown id.
    QFuture<Result<void>> setState(qint64 id, OutboxState state, const QDateTime &notBefore, const QString &reason);

    /// Done: marks the call Logged with its CRM id and its draft as what was logged, unless the agent has changed it since it
    /// was added, in one transaction. NotFound for an unknown id; repeating it is harmless.
    QFuture<Result<void>> complete(qint64 id, const QString &crmCallId);

    /// Rejected: marks the call Rejected with the sentence; the draft stays. NotFound for an unknown id. `found`,
    /// unless empty, is what the CRM turned out to have of a logged call: the next update starts from there.
    QFuture<Result<void>> reject(qint64 id, const QString &reason, const QByteArray &found = {});

    /// The payload that the CRM has of this call; empty when it has none.
    QFuture<Result<QByteArray>> told(const QString &callKey);
    /// Gives up an update that waits, was rejected or was never added: the call is Logged again, and its draft is what
    /// was logged. Save that draft first. Busy while it is on its way.
    QFuture<Result<void>> withdrawUpdate(const QString &callKey);

private:
    Store &m_store;
};

} // namespace ringside
