// SPDX-License-Identifier: Apache-2.0
#include "CallBook.h"

#include "Clock.h"
#include "Settings.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr int mostRestored = 500;
/// A phone may use its ids again: what it tells of after so long is another call.
constexpr std::chrono::milliseconds longestSilence = 48h;

bool worthKeeping(const NoteDraft &draft)
{
    return !draft.notes.trimmed().isEmpty() || draft.subjectEdited || !draft.result.isEmpty()
           || !draft.values.isEmpty();
}

} // namespace

CallBook::CallBook(CallLog &log, NoteDrafts &drafts, const Settings &settings, const Clock &clock)
    : m_log(log), m_drafts(drafts), m_settings(settings), m_clock(clock)
{
}

void CallBook::restore()
{
    whenReady(this, m_log.recent(mostRestored), [this](const Result<QList<StoredCall>> &calls) {
        if (!calls)
            return finishRestore({}, {}, calls.error());
        whenReady(this, m_log.unfinished(), [this, recent = calls.value()](const Result<QList<StoredCall>> &unfinished) {
            if (!unfinished)
                return finishRestore(recent, {}, unfinished.error());
            readDrafts(recent + unfinished.value());
        });
    });
}

void CallBook::readDrafts(const QList<StoredCall> &calls)
{
    whenReady(this, m_drafts.unlogged(), [this, calls](const Result<QList<NoteDraft>> &drafts) {
        QHash<QString, NoteDraft> byKey;
        if (drafts) {
            for (const NoteDraft &draft : drafts.value()) { // the one that was written last comes last
                byKey.insert(draft.callKey, draft);
                if (worthKeeping(draft))
                    m_lastNoted = draft.callKey;
            }
        }
        finishRestore(calls, byKey, drafts ? std::nullopt : std::optional(drafts.error()));
    });
}

void CallBook::finishRestore(const QList<StoredCall> &calls, const QHash<QString, NoteDraft> &drafts,
                             const std::optional<Error> &failure)
{
    if (failure)
        Q_EMIT problem(failure->message);
    fill(calls, drafts);
    Q_EMIT restored();
    forgetOld();
}

void CallBook::forgetOld()
{
    const auto daysAgo = [this](int days) { return m_clock.now().addDays(-days); };
    const int days = m_settings.integer(SettingKey::KeepDays);
    whenReady(this, m_drafts.forgetLogged(daysAgo(days)), [](const Result<void> &) {}); // another time otherwise
    // The day's list stays a list of the day.
    whenReady(this, m_log.forgetBefore(daysAgo(std::max(1, days))), [this](const Result<QStringList> &gone) {
        if (gone)
            remove(gone.value());
    });
}

void CallBook::remove(const QStringList &keys)
{
    const auto going = [&keys](const CallEntry &entry) { return keys.contains(entry.key); };
    if (m_entries.removeIf(going) == 0)
        return;
    for (const QString &key : keys)
        m_origins.remove(key);
    Q_EMIT removed();
}

void CallBook::fill(const QList<StoredCall> &calls, const QHash<QString, NoteDraft> &drafts)
{
    for (const StoredCall &call : calls) {
        if (m_origins.contains(call.key))
            continue;
        CallEntry entry = fromStored(call, m_settings);
        Origin origin{.sourceId = call.sourceId, .callId = call.callId, .before = entry.state, .bootId = call.bootId};
        const bool died = entry.live();
        if (died) {
            origin.interrupted = unheardFor(entry, origin) < longestSilence;
            entry.state = CallState::Ended;
            entry.reason = CallEndReason::Lost;
            entry.endedAt = entry.answeredAt.value_or(entry.startedAt).addMSecs(entry.talkTime.count());
        }
        const bool noted = drafts.contains(call.key) && worthKeeping(drafts.value(call.key));
        if (entry.logState == LogState::None && (noted || (died && entry.answeredAt)))
            entry.logState = LogState::Draft;
        // Changed after it was logged, and the program died before the call could be marked.
        if (entry.logState == LogState::Logged && !entry.crmCallId.isEmpty() && drafts.contains(call.key))
            entry.logState = LogState::Draft;
        m_origins.insert(call.key, origin);
        m_entries.append(entry);
        if (died)
            save(entry);
    }
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const CallEntry &a, const CallEntry &b) { return a.startedAt > b.startedAt; });
}

CallEntry *CallBook::find(const QString &key)
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&key](const CallEntry &entry) { return entry.key == key; });
    return found == m_entries.end() ? nullptr : &*found;
}

CallEntry &CallBook::add(const CallEntry &entry, const QString &sourceId, const QString &callId)
{
    m_origins.insert(entry.key, {.sourceId = sourceId, .callId = callId, .bootId = m_clock.bootId()});
    m_entries.prepend(entry);
    return m_entries.first();
}

/// What was logged meanwhile is not taken up: what comes now is a call of its own.
CallEntry *CallBook::interrupted(const QString &sourceId, const QString &callId)
{
    if (callId.isEmpty())
        return nullptr;
    for (CallEntry &entry : m_entries) {
        const Origin &origin = m_origins[entry.key];
        if (origin.interrupted && origin.sourceId == sourceId && origin.callId == callId)
            return entry.logState == LogState::Queued || !entry.crmCallId.isEmpty() ? nullptr : &entry;
    }
    return nullptr;
}

CallEntry *CallBook::resume(const Call &call)
{
    CallEntry *entry = call.live() ? interrupted(call.sourceId, call.callId) : nullptr;
    // A phone that has begun to count its calls anew gives an id a second time: the number tells the two apart.
    const auto external = [](const PhoneNumber &number) { return number.kind() == PhoneNumber::Kind::External; };
    if (!entry || (external(entry->number) && external(call.number) && entry->number.e164() != call.number.e164()))
        return nullptr;
    Origin &origin = m_origins[entry->key];
    origin.interrupted = false;
    origin.resumed = true;
    entry->reason = CallEndReason::None;
    entry->endedAt.reset();
    countOn(*entry, origin, call);
    entry->talkTime = 0ms;
    origin.bootId = m_clock.bootId();
    return entry;
}

CallEntry *CallBook::endInterrupted(const CallEvent &event)
{
    CallEntry *entry = event.state == CallState::Ended ? interrupted(event.sourceId, event.callId) : nullptr;
    if (!entry)
        return nullptr;
    Call last;
    last.answeredMonotonic = event.monotonic;
    Origin &origin = m_origins[entry->key];
    origin.interrupted = false;
    countOn(*entry, origin, last);
    origin.bootId = m_clock.bootId();
    if (entry->answeredAt)
        entry->talkTime = std::max(entry->talkTime, event.monotonic - entry->answeredMonotonic);
    entry->endedAt = event.time;
    if (event.reason != CallEndReason::None)
        entry->reason = event.reason;
    return entry;
}

/// How long ago the program died in the middle of this call.
std::chrono::milliseconds CallBook::unheardFor(const CallEntry &entry, const Origin &origin) const
{
    if (entry.answeredAt && !origin.bootId.isEmpty() && origin.bootId == m_clock.bootId())
        return m_clock.monotonic() - entry.answeredMonotonic - entry.talkTime;
    return std::chrono::milliseconds(entry.answeredAt.value_or(entry.startedAt).msecsTo(m_clock.now())) - entry.talkTime;
}

/// Where the talk time is counted from in this run, so that what was talked before is in it.
void CallBook::countOn(CallEntry &entry, const Origin &origin, const Call &call) const
{
    const auto since = [this](const QDateTime &moment) { return std::chrono::milliseconds(moment.msecsTo(m_clock.now())); };
    if (!entry.answeredAt && call.answeredAt) {
        // Answered while the program was dead: the phone says when, and that is after it began to ring.
        entry.answeredAt = call.answeredAt;
        const std::chrono::milliseconds ago = std::min(since(*call.answeredAt), since(entry.startedAt));
        entry.answeredMonotonic = call.answeredMonotonic - std::max(0ms, ago);
    } else if (entry.answeredAt && (origin.bootId.isEmpty() || origin.bootId != m_clock.bootId())) {
        // After a boot, or where boots have no name, only the wall clock knows how long ago the answer was; what was
        // counted by then stays counted, should somebody have set the clock back.
        entry.answeredMonotonic = m_clock.monotonic() - std::max(since(*entry.answeredAt), entry.talkTime);
    }
}

void CallBook::settle(const QString &sourceId, const QStringList &liveCallIds)
{
    for (const CallEntry &entry : std::as_const(m_entries)) {
        Origin &origin = m_origins[entry.key];
        if (!origin.interrupted || origin.sourceId != sourceId || liveCallIds.contains(origin.callId))
            continue;
        origin.interrupted = false;
        save(entry);
    }
}

void CallBook::update(CallEntry &entry, const Call &call)
{
    const bool resumed = m_origins.value(entry.key).resumed;
    entry.state = call.state;
    entry.reason = call.reason;
    entry.endedAt = call.endedAt;
    if (!resumed) {
        entry.direction = call.direction;
        entry.number = call.number;
        entry.remoteName = call.remoteName;
        entry.localLine = call.localLine;
        entry.startedAt = call.startedAt;
        entry.answeredAt = call.answeredAt;
        entry.answeredMonotonic = call.answeredMonotonic;
        entry.talkTime = call.talkTime;
        return;
    }
    if (!entry.answeredAt) {
        entry.answeredAt = call.answeredAt;
        entry.answeredMonotonic = call.answeredMonotonic;
    }
    if (entry.answeredAt && entry.endedAt) {
        const std::chrono::milliseconds ended =
            call.answeredAt ? call.answeredMonotonic + call.talkTime : m_clock.monotonic();
        entry.talkTime = std::max(0ms, ended - entry.answeredMonotonic);
    }
}

void CallBook::save(const CallEntry &entry)
{
    whenReady(this, m_log.save(toStored(entry)), [this](const Result<void> &saved) {
        const bool failed = !saved && saved.error().kind != ErrorKind::Cancelled;
        if (failed && !m_saveFailed) // once, not at every change
            Q_EMIT problem(saved.error().message);
        m_saveFailed = failed;
    });
}

void CallBook::saveProgress()
{
    for (const CallEntry &entry : std::as_const(m_entries)) {
        if (!entry.live() || !entry.answeredAt)
            continue;
        CallEntry copy = entry;
        copy.talkTime = std::max(0ms, m_clock.monotonic() - entry.answeredMonotonic);
        save(copy);
    }
}

CallEntry CallBook::fromStored(const StoredCall &call, const Settings &settings)
{
    CallEntry entry;
    entry.key = call.key;
    entry.direction = call.incoming ? CallDirection::In : CallDirection::Out;
    entry.state = static_cast<CallState>(std::clamp(call.state, 0, static_cast<int>(CallState::Ended)));
    entry.reason = static_cast<CallEndReason>(std::clamp(call.reason, 0, static_cast<int>(CallEndReason::Lost)));
    entry.number =
        PhoneNumber::parse(call.e164.isEmpty() ? call.rawNumber : call.e164, settings.text(SettingKey::DefaultRegion),
                           settings.integer(SettingKey::InternalNumberDigits));
    entry.remoteName = call.remoteName;
    entry.localLine = call.localLine;
    entry.person = {.module = call.module, .id = call.recordId};
    entry.personName = call.personName;
    entry.company = call.company;
    entry.startedAt = call.startedAt;
    entry.offsetSeconds = call.offsetSeconds;
    entry.answeredAt = call.answeredAt;
    entry.endedAt = call.endedAt;
    entry.answeredMonotonic = call.answeredMonotonic;
    entry.talkTime = call.talkTime;
    entry.logState = call.logState;
    entry.logMessage = call.logMessage;
    entry.crmCallId = call.crmCallId;
    return entry;
}

StoredCall CallBook::toStored(const CallEntry &entry) const
{
    const Origin origin = m_origins.value(entry.key);
    StoredCall call;
    call.key = entry.key;
    call.sourceId = origin.sourceId;
    call.callId = origin.callId;
    call.incoming = entry.direction == CallDirection::In;
    // Until the phone has told, the next run must be able to take it up as this one could.
    const bool undecided = origin.interrupted && entry.logState != LogState::Queued && entry.crmCallId.isEmpty();
    call.state = static_cast<int>(undecided ? origin.before : entry.state);
    call.reason = static_cast<int>(undecided ? CallEndReason::None : entry.reason);
    call.rawNumber = entry.number.raw();
    call.e164 = entry.number.e164();
    call.displayNumber = entry.number.display();
    call.remoteName = entry.remoteName;
    call.localLine = entry.localLine;
    call.startedAt = entry.startedAt;
    call.offsetSeconds = entry.offsetSeconds;
    call.answeredAt = entry.answeredAt;
    if (!undecided)
        call.endedAt = entry.endedAt;
    call.talkTime = entry.talkTime;
    call.answeredMonotonic = entry.answeredMonotonic;
    call.bootId = origin.bootId;
    call.module = entry.person.module;
    call.recordId = entry.person.id;
    call.personName = entry.personName;
    call.company = entry.company;
    call.logState = entry.logState;
    call.logMessage = entry.logMessage;
    call.crmCallId = entry.crmCallId;
    return call;
}

} // namespace ringside
