// SPDX-License-Identifier: Apache-2.0
#include "CallText.h"

#include "Bidi.h"

#include <QCoreApplication>
#include <QLocale>

namespace ringside {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ringside::CallText", text);
}

ChipText liveChip(CallState state)
{
    switch (state) {
    case CallState::Ringing:
        return {words("Ringing"), Tone::Ok};
    case CallState::Dialing:
        return {words("Dialling"), Tone::Accent};
    case CallState::Held:
        return {words("On hold"), Tone::Warn};
    case CallState::Connected:
    case CallState::Ended:
        break;
    }
    return {words("On call"), Tone::Ok};
}

ChipText endedChip(const CallEntry &call)
{
    switch (call.reason) {
    case CallEndReason::Missed:
        return {words("Missed"), Tone::Bad};
    case CallEndReason::Rejected:
        return {words("Declined"), Tone::Mute};
    case CallEndReason::Elsewhere:
        return {words("Elsewhere"), Tone::Mute};
    case CallEndReason::NoAnswer:
        return {words("No answer"), Tone::Mute};
    case CallEndReason::Busy:
        return {words("Busy"), Tone::Mute};
    case CallEndReason::Cancelled:
        return {words("Cancelled"), Tone::Mute};
    case CallEndReason::Failed:
        return {words("Failed"), Tone::Bad};
    case CallEndReason::None:
    case CallEndReason::Completed:
    case CallEndReason::Transferred:
    case CallEndReason::Lost:
        break;
    }
    return {words("Draft"), Tone::Warn};
}

} // namespace

ChipText chipFor(const CallEntry &call)
{
    if (call.live())
        return liveChip(call.state);
    switch (call.logState) {
    case LogState::Queued:
        return {words("Queued"), Tone::Accent};
    case LogState::Logged:
        return {words("Logged"), Tone::Ok};
    case LogState::Rejected:
        return {words("Rejected"), Tone::Bad};
    case LogState::Draft:
        return call.missed() ? endedChip(call) : ChipText{words("Draft"), Tone::Warn};
    case LogState::None:
        break;
    }
    return endedChip(call);
}

IconName iconFor(const CallEntry &call)
{
    return call.direction == CallDirection::In ? IconName::CallIn : IconName::CallOut;
}

Tone toneFor(const CallEntry &call)
{
    if (call.missed())
        return Tone::Bad;
    return call.direction == CallDirection::In ? Tone::Ok : Tone::Accent;
}

QString durationText(std::chrono::milliseconds duration)
{
    const long long seconds = std::max<long long>(0, duration.count() / 1000);
    const QString tail = QStringLiteral("%1:%2").arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                             .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds < 3600 ? tail : QStringLiteral("%1:%2").arg(seconds / 3600).arg(tail);
}

std::chrono::milliseconds talkedSoFar(const CallEntry &call, std::chrono::milliseconds monotonicNow)
{
    if (!call.live())
        return call.talkTime;
    if (!call.answeredAt)
        return std::chrono::milliseconds(0);
    return std::max(std::chrono::milliseconds(0), monotonicNow - call.answeredMonotonic);
}

QString callKindText(const CallEntry &call)
{
    const QString kind = call.direction == CallDirection::In ? words("Inbound") : words("Outbound");
    return joinedParts({kind, call.localLine});
}

QString dayText(const QDate &day, const QDate &today)
{
    const qint64 ago = day.daysTo(today);
    if (ago == 0)
        return words("Today");
    if (ago == 1)
        return words("Yesterday");
    const QLocale locale;
    if (ago > 1 && ago < 7)
        return locale.dayName(day.dayOfWeek());
    const QString format = day.year() == today.year() ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy");
    return locale.toString(day, format);
}

QString listOfCalls(const QStringList &titles)
{
    constexpr qsizetype mostNamed = 4;
    QStringList parts;
    for (const QString &title : titles.mid(0, mostNamed))
        parts.append(isolatedText(title));
    if (titles.size() > mostNamed)
        parts.append(words(QT_TRANSLATE_NOOP("ringside::CallText", "%1 more")).arg(titles.size() - mostNamed));
    return QLocale().createSeparatedList(parts);
}

} // namespace ringside
