// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "ChipRow.h"
#include "Icons.h"

namespace ringside {

/// The word for what a call is or became: "On call", "Draft", "Missed".
ChipText chipFor(const CallEntry &call);
/// The arrow of its direction, and its colour.
IconName iconFor(const CallEntry &call);
Tone toneFor(const CallEntry &call);
/// "03:42", "1:03:42". Never negative.
QString durationText(std::chrono::milliseconds duration);
/// How long the live call has lasted by the monotonic clock; 0 while it rings.
std::chrono::milliseconds talkedSoFar(const CallEntry &call, std::chrono::milliseconds monotonicNow);
/// "Inbound · Support line", "Outbound".
QString callKindText(const CallEntry &call);
/// A day for a heading or a timeline: Today, Yesterday, a weekday within a week, else the locale's short date.
QString dayText(const QDate &day, const QDate &today);

/// Titles as one list in the words of the locale; the fifth and further ones are only counted.
QString listOfCalls(const QStringList &titles);

} // namespace ringside
