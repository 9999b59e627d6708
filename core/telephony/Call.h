// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PhoneNumber.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace ringside {

enum class CallDirection { In, Out };
enum class CallState { Ringing, Dialing, Connected, Held, Ended };
enum class CallEndReason {
    None,
    Completed,
    Missed,    ///< Incoming, never answered, nobody rejected it.
    Rejected,  ///< The agent declined.
    Elsewhere, ///< Someone else answered: close silently, log nothing.
    NoAnswer,
    Busy,
    Cancelled,
    Failed,
    Transferred,
    Lost, ///< The source went away and the call was gone when it came back.
};

/// What a CallSource heard, once translated. One event, one change.
struct CallEvent
{
    QString sourceId; ///< Of the CallSource.
    QString callId;   ///< The source's own id; may be empty where it has none.
    CallState state = CallState::Ringing;
    std::optional<CallDirection> direction; ///< Where the source says.
    QString remoteNumber;                   ///< Raw; empty when not told.
    QString remoteName;
    QString localLine;
    QDateTime time;                          ///< UTC wall clock; when heard, unless the source gives a better one.
    std::chrono::milliseconds monotonic{0};  ///< When heard.
    CallEndReason reason = CallEndReason::None; ///< Only with Ended, and only when the source knows.
};

/// One call as the agent understands it, whatever number of events it took. `key` is ours, a UUID, and what notes and
/// the log are tied to.
struct Call
{
    QString key;
    QString sourceId;
    QString callId;
    CallDirection direction = CallDirection::In;
    CallState state = CallState::Ringing;
    PhoneNumber number;
    QString remoteName;
    QString localLine;
    QDateTime startedAt; ///< UTC: first ring or dial.
    std::optional<QDateTime> answeredAt;
    std::optional<QDateTime> endedAt;
    std::chrono::milliseconds startedMonotonic{0};
    std::chrono::milliseconds answeredMonotonic{0};
    std::chrono::milliseconds talkTime{0}; ///< From answer to end, by the monotonic clock; set when ended.
    CallEndReason reason = CallEndReason::None;

    bool live() const { return state != CallState::Ended; }
    bool missed() const { return state == CallState::Ended && reason == CallEndReason::Missed; }
};

} // namespace ringside

Q_DECLARE_METATYPE(ringside::CallEvent)
Q_DECLARE_METATYPE(ringside::Call)
