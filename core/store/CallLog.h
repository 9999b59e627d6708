// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace ringside {

class Store;

/// What became of a call's log. Stored as these numbers.
enum class LogState { None = 0, Draft = 1, Queued = 2, Logged = 3, Rejected = 4 };

/// A call as the store keeps it. Times are UTC; `offsetSeconds` is the desk's offset when it started.
struct StoredCall
{
    QString key;
    QString sourceId;
    QString callId;
    bool incoming = true;
    int state = 0;  ///< CallState as a number.
    int reason = 0; ///< CallEndReason as a number.
    QString rawNumber;
    QString e164;
    QString displayNumber;
    QString remoteName; ///< As the phone gave it.
    QString localLine;
    QDateTime startedAt;
    int offsetSeconds = 0;
    std::optional<QDateTime> answeredAt;
    std::optional<QDateTime> endedAt;
    std::chrono::milliseconds talkTime{0};
    std::chrono::milliseconds answeredMonotonic{0}; ///< By the monotonic clock of the boot `bootId`.
    QByteArray bootId;                              ///< Empty = not known; then answeredMonotonic says nothing.
    QString module;                                 ///< Of the record it belongs to; empty = nobody yet.
    QString recordId;
    QString personName;
    QString company;
    LogState logState = LogState::None;
    QString logMessage; ///< A sentence, when Rejected.
    QString crmCallId;  ///< Once logged; stays while a change of it waits.
};

/// The calls of this desk.
class CallLog final : public QObject
{
    Q_OBJECT

public:
    explicit CallLog(Store &store, QObject *parent = nullptr);

    /// Insert or replace by key. How the log stands is not set back by a save that was overtaken: None or Draft does
    /// not replace Queued while the outbox holds the call, and nothing replaces Logged but a Draft that names the
    /// record: the agent has changed a call that was logged.
    QFuture<Result<void>> save(const StoredCall &call);
    QFuture<Result<QList<StoredCall>>> recent(int limit, int offset = 0); ///< Newest first.
    /// Those that started on this day by the desk's own clock of the moment: each call is of one day, wherever the desk
    /// has been taken since, and however its clock was changed for summer or winter. Oldest first.
    QFuture<Result<QList<StoredCall>>> ofDay(const QDate &day);
    /// Calls whose log the agent still has to do with, however old: notes that are not in the CRM, or an entry in the outbox that
    /// is not done. Newest first.
    QFuture<Result<QList<StoredCall>>> unfinished();
    QFuture<Result<std::optional<StoredCall>>> find(const QString &key);

    /// Takes calls off the desk that ended before: see callRemoval. Gives their keys.
    QFuture<Result<QStringList>> forgetBefore(const QDateTime &before);

    struct Forgotten
    {
        QStringList gone;
        QStringList kept; ///< The agent has still to do with their logs, or they go on.
    };
    /// Takes the calls with this person off the desk, and those with nobody yet from a number that the directory has of
    /// the person: so forget the person there afterwards.
    QFuture<Result<Forgotten>> forgetPerson(const QString &module, const QString &recordId);

private:
    Store &m_store;
};

} // namespace ringside
