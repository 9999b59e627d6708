// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Call.h"
#include "CallLog.h"
#include "Record.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace ringside {

/// One line of the calls list: a call, who it is with, and what became of its log. A value, for people.
struct CallEntry
{
    QString key;
    CallDirection direction = CallDirection::In;
    CallState state = CallState::Ended;
    CallEndReason reason = CallEndReason::None;
    PhoneNumber number;
    QString remoteName; ///< As the phone gave it.
    QString localLine;
    RecordRef person;   ///< Null = nobody yet.
    QString personName; ///< Of the record; empty = nobody yet.
    QString company;
    QDateTime startedAt; ///< UTC
    int offsetSeconds = 0; ///< The desk's offset when it started, sent with the log.
    std::optional<QDateTime> answeredAt;
    std::optional<QDateTime> endedAt;
    std::chrono::milliseconds answeredMonotonic{0}; ///< Of this boot; for the timer of a live call.
    std::chrono::milliseconds talkTime{0};
    bool doubtful =
        false; ///< Live as far as we know, but the phone lost its connection and has not spoken of it since.
    LogState logState = LogState::None;
    QString logMessage; ///< Why Rejected or waiting, a sentence.
    QList<FieldError> refused; ///< With Rejected: what the CRM named; not known any more after a restart.
    QString crmCallId;  ///< Once logged. Draft, Queued and Rejected with it are about a change of that record.

    bool live() const { return state != CallState::Ended; }
    bool missed() const { return reason == CallEndReason::Missed; }
    /// Its record is in the CRM, and what the agent changed since is not.
    bool changedSinceLogged() const { return !crmCallId.isEmpty() && logState != LogState::Logged; }
    /// Ended, worth a record or changed since it was logged, and not yet on its way.
    bool toLog() const
    {
        return !live() && (logState == LogState::Draft || logState == LogState::Rejected
                           || (logState == LogState::None && answeredAt.has_value()));
    }
    /// What is known of it is on this computer alone: still going on, to log, or on its way.
    bool notInCrm() const { return live() || toLog() || logState == LogState::Queued; }
    /// Person's name, else the phone's name, else the number, else a word for withheld. Never empty.
    QString title() const;
    /// Company, or the number under a name, or "New caller". May be empty.
    QString subtitle() const;
};

} // namespace ringside

Q_DECLARE_METATYPE(ringside::CallEntry)
