// SPDX-License-Identifier: Apache-2.0
#include "CallTracker.h"

#include <QUuid>

#include <algorithm>

namespace ringside {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostEnded = 300;
/// No desk has so many calls in the air; a source that says so is broken.
constexpr qsizetype mostLive = 500;
constexpr qsizetype mostEndedUnseen = 300;

QString idOf(const CallEvent &event)
{
    return event.sourceId + u'\n' + event.callId;
}

CallDirection guessedDirection(CallState state)
{
    return state == CallState::Dialing ? CallDirection::Out : CallDirection::In;
}

bool isTalking(CallState state)
{
    return state == CallState::Connected || state == CallState::Held;
}

/// What the end means, given what the call was. A source's word counts unless the call itself contradicts it.
CallEndReason endReason(const Call &call, CallEndReason told)
{
    if (call.answeredAt) {
        switch (told) {
        case CallEndReason::Transferred:
        case CallEndReason::Failed:
        case CallEndReason::Lost:
            return told;
        default:
            return CallEndReason::Completed;
        }
    }
    const bool incoming = call.direction == CallDirection::In;
    if (told == CallEndReason::None)
        return incoming ? CallEndReason::Missed : CallEndReason::NoAnswer;
    if (told == CallEndReason::Missed && !incoming)
        return CallEndReason::NoAnswer;
    return told;
}

void answer(Call &call, const CallEvent &event)
{
    if (call.answeredAt)
        return;
    call.answeredAt = event.time;
    call.answeredMonotonic = event.monotonic;
}

void end(Call &call, CallEndReason told, const QDateTime &at, std::chrono::milliseconds monotonic)
{
    call.reason = endReason(call, told);
    call.state = CallState::Ended;
    call.endedAt = at;
    call.talkTime = call.answeredAt ? std::max(0ms, monotonic - call.answeredMonotonic) : 0ms;
}

/// The state after the event. Nothing leads back from talking to ringing, and nothing leaves Ended.
bool advance(Call &call, const CallEvent &event)
{
    if (event.state == call.state || (isTalking(call.state) && !isTalking(event.state) && event.state != CallState::Ended))
        return false;
    if (event.state == CallState::Ended) {
        end(call, event.reason, event.time, event.monotonic);
        return true;
    }
    if (isTalking(event.state))
        answer(call, event);
    else if (event.state != (call.direction == CallDirection::In ? CallState::Ringing : CallState::Dialing))
        return false; // The other end rings: our outgoing call goes on dialling.
    call.state = event.state;
    return true;
}

} // namespace

CallTracker::CallTracker(Options options)
    : m_options(std::move(options))
{
}

void CallTracker::setOptions(Options options)
{
    m_options = std::move(options);
}

QList<Call> CallTracker::apply(const CallEvent &event)
{
    Entry *entry = entryFor(event);
    if (!entry)
        return begin(event);
    if (!entry->call.live())
        return {};
    const bool learned = learn(*entry, event);
    const bool advanced = advance(entry->call, event);
    if (!learned && !advanced)
        return {};
    const Call changed = entry->call;
    trim();
    return {changed};
}

QList<Call> CallTracker::reconcile(const QString &sourceId, const QStringList &liveCallIds, const QDateTime &now,
                                   std::chrono::milliseconds monotonic)
{
    QList<Call> changed;
    for (Entry &entry : m_entries) {
        Call &call = entry.call;
        if (!call.live() || call.sourceId != sourceId || (!call.callId.isEmpty() && liveCallIds.contains(call.callId)))
            continue;
        end(call, CallEndReason::Lost, now, monotonic);
        changed.append(call);
    }
    trim();
    return changed;
}

std::optional<Call> CallTracker::lose(const QString &key, const QDateTime &at, std::chrono::milliseconds monotonic)
{
    for (Entry &entry : m_entries) {
        if (entry.call.key != key || !entry.call.live())
            continue;
        end(entry.call, CallEndReason::Lost, at, monotonic);
        const Call lost = entry.call;
        trim();
        return lost;
    }
    return std::nullopt;
}

QList<Call> CallTracker::live() const
{
    QList<Call> calls;
    for (const Entry &entry : m_entries) {
        if (entry.call.live())
            calls.append(entry.call);
    }
    return calls;
}

const Call *CallTracker::find(const QString &key) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&key](const Entry &entry) { return entry.call.key == key; });
    return found == m_entries.end() ? nullptr : &found->call;
}

const Call *CallTracker::find(const CallEvent &event)
{
    const Entry *entry = entryFor(event);
    return entry ? &entry->call : nullptr;
}

/// By id, whether live or ended: an id never begins a second call. Without one, the newest live call of that number.
CallTracker::Entry *CallTracker::entryFor(const CallEvent &event)
{
    const bool byNumber = event.callId.isEmpty();
    const PhoneNumber number =
        byNumber ? PhoneNumber::parse(event.remoteNumber, m_options.region, m_options.internalDigits) : PhoneNumber();
    const auto same = [&](const Entry &entry) {
        const Call &call = entry.call;
        if (call.sourceId != event.sourceId || call.callId != event.callId)
            return false;
        return !byNumber
            || (call.live() && call.number.kind() == number.kind() && call.number.e164() == number.e164()
                && call.number.display() == number.display());
    };
    const auto found = std::find_if(m_entries.rbegin(), m_entries.rend(), same);
    return found == m_entries.rend() ? nullptr : &*found;
}

QList<Call> CallTracker::begin(const CallEvent &event)
{
    if (isForgotten(event))
        return {};
    const bool ended = event.state == CallState::Ended;
    if (ended && (event.callId.isEmpty() || event.direction != CallDirection::Out)) {
        rememberEnded(event);
        return {};
    }
    const auto liveCalls = std::count_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) { return entry.call.live(); });
    if (!ended && liveCalls >= mostLive)
        return {};

    Entry entry;
    Call &call = entry.call;
    call.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    call.sourceId = event.sourceId;
    call.callId = event.callId;
    call.startedAt = event.time;
    call.startedMonotonic = event.monotonic;
    call.direction = event.direction.value_or(guessedDirection(event.state));
    entry.directionGuessed = !event.direction;
    learn(entry, event);
    if (ended) {
        end(call, event.reason == CallEndReason::None ? CallEndReason::Failed : event.reason, event.time, event.monotonic);
    } else if (isTalking(event.state)) {
        answer(call, event);
        call.state = event.state;
    } else {
        call.state = call.direction == CallDirection::In ? CallState::Ringing : CallState::Dialing;
    }
    const Call begun = call;
    m_entries.append(std::move(entry));
    trim();
    return {begun};
}

/// Takes over what the event tells of the other party; true when it is news. Silence takes nothing away.
bool CallTracker::learn(Entry &entry, const CallEvent &event) const
{
    Call &call = entry.call;
    bool news = false;
    if (event.direction && entry.directionGuessed) {
        news = call.direction != *event.direction;
        call.direction = *event.direction;
        entry.directionGuessed = false;
        if (!isTalking(call.state) && call.live())
            call.state = call.direction == CallDirection::In ? CallState::Ringing : CallState::Dialing;
    }
    if (!event.remoteNumber.isEmpty() && event.remoteNumber != call.number.raw()) {
        const PhoneNumber number = PhoneNumber::parse(event.remoteNumber, m_options.region, m_options.internalDigits);
        const bool better = number.kind() != PhoneNumber::Kind::Withheld || call.number.kind() == PhoneNumber::Kind::Withheld;
        const bool other = number.kind() != call.number.kind() || number.display() != call.number.display();
        if (better && (other || call.number.raw().isEmpty())) {
            call.number = number;
            news = true;
        }
    }
    if (!event.remoteName.isEmpty() && event.remoteName != call.remoteName) {
        call.remoteName = event.remoteName;
        news = true;
    }
    if (!event.localLine.isEmpty() && event.localLine != call.localLine) {
        call.localLine = event.localLine;
        news = true;
    }
    return news;
}

bool CallTracker::isForgotten(const CallEvent &event) const
{
    return !event.callId.isEmpty() && m_endedUnseen.contains(idOf(event));
}

void CallTracker::rememberEnded(const CallEvent &event)
{
    if (event.callId.isEmpty())
        return;
    m_endedUnseen.append(idOf(event));
    if (m_endedUnseen.size() > mostEndedUnseen)
        m_endedUnseen.removeFirst();
}

/// Drops the oldest ended calls; their ids are remembered so that a late event cannot bring one back.
void CallTracker::trim()
{
    auto ended = std::count_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) { return !entry.call.live(); });
    for (auto it = m_entries.begin(); ended > mostEnded && it != m_entries.end();) {
        if (it->call.live()) {
            ++it;
            continue;
        }
        CallEvent gone;
        gone.sourceId = it->call.sourceId;
        gone.callId = it->call.callId;
        rememberEnded(gone);
        it = m_entries.erase(it);
        --ended;
    }
}

} // namespace ringside
