// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace ringside {

class ActivityApi;
class Clock;
class Outbox;
struct OutboxEntry;

/// When a write whose answer was lost counts as not made.
struct ConfirmPolicy
{
    /// What the CRM may take to commit it, from the end of our connection on: from when the answer was lost, or from the
    /// start of the program where that is not known. By the clock that no clock change moves.
    std::chrono::milliseconds commitWindow{std::chrono::seconds(60)};
    /// How often the CRM must have said after that, in a row, that it is not there. 0: it is sent again unasked, which
    /// logs calls twice; only to show that.
    int absences = 2;
};

/// Sends what is in the outbox, oldest first, one at a time. An answer that never came is not sent again blindly: the
/// entry goes to Confirming and the CRM is asked whether the call is there (by owner and start time; the log's
/// reference decides) before it is repeated, as ConfirmPolicy says. A change of a call that was logged is compared with what the CRM has at
/// that moment: only what differs is sent, and what somebody else changed since is not written over. Back-off is in the
/// database. Lives as long as the session.
class OutboxDispatcher final : public QObject
{
    Q_OBJECT

public:
    OutboxDispatcher(Outbox &outbox, ActivityApi &crm, const Clock &clock, QObject *parent = nullptr);
    ~OutboxDispatcher() override;

    /// Asked before each entry is sent, while it still waits: the last moment to bring it up to date in the outbox. An
    /// error holds the entry back, with its sentence; it is asked again after a while.
    using Preparation = std::function<QFuture<Result<void>>(const OutboxEntry &)>;
    void setPreparation(const Preparation &preparation);

    void setConfirmPolicy(const ConfirmPolicy &policy);

    /// Starts working (after sign-in) and stops (signed out). Entries wait meanwhile.
    void setActive(bool active, const QString &ownerUserId);
    /// Something was added, the network is back, the agent asked: look now, without waiting for a back-off.
    void kick();

    int waiting() const;            ///< Entries not Done and not Rejected.
    QDateTime nextTryAt() const;    ///< UTC; invalid when nothing waits for the clock.
    QString lastProblem() const;    ///< A sentence; empty when the last try went well.

    static QByteArray encode(const CallActivity &call, const QString &reference, bool callerSettled = true);

Q_SIGNALS:
    void changed();
    /// The CRM has the call, or what was changed of it, as `payload` says.
    void logged(const QString &callKey, const QString &crmCallId, const QByteArray &payload);
    /// `fields`: what the CRM named, as long as the program runs; the sentence is kept.
    void rejected(const QString &callKey, const QString &sentence, const QList<ringside::FieldError> &fields);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
