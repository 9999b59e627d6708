// SPDX-License-Identifier: Apache-2.0
#include "AgentSession.h"

#include "AgentSessionPrivate.h"
#include "CallSource.h"
#include "Clock.h"
#include "Settings.h"

#include <algorithm>

namespace ringside {

CallTracker::Options AgentSession::Private::trackerOptions() const
{
    return {.region = parts.settings.text(SettingKey::DefaultRegion),
            .internalDigits = parts.settings.integer(SettingKey::InternalNumberDigits)};
}

// A call of an earlier run may go on: it must be known before the phone tells of it.
void AgentSession::Private::whenRestored(std::function<void()> act)
{
    if (restored || !started)
        act();
    else
        waitingForRestore.append(std::move(act));
}

void AgentSession::Private::heard(const CallEvent &event)
{
    // Over before the phone told of it again: nothing but the end is news.
    const CallEntry *over = tracker.find(event) ? nullptr : book.endInterrupted(event);
    if (over)
        return changed(*over);
    const QList<Call> calls = tracker.apply(event);
    if (const Call *known = tracker.find(event))
        doubts.heard(known->key);
    for (const Call &call : calls)
        apply(call);
}

// The phone has told of all its calls in the air: the others are over.
void AgentSession::Private::reconcile(const QString &sourceId, const QStringList &live)
{
    const QList<Call> ended = tracker.reconcile(sourceId, live, parts.clock.now(), parts.clock.monotonic());
    for (const Call &call : ended)
        apply(call);
    book.settle(sourceId, live);
}

void AgentSession::Private::phoneStateChanged(const CallSource &phone)
{
    QStringList live;
    const QList<Call> calls = tracker.live();
    for (const Call &call : calls) {
        if (call.sourceId == phone.id())
            live.append(call.key);
    }
    doubts.connectionChanged(phone.state(), live);
}

void AgentSession::Private::doubtChanged(const QString &trackerKey, bool doubtful)
{
    CallEntry *entry = book.find(resumed.value(trackerKey, trackerKey));
    if (!entry || !entry->live() || entry->doubtful == doubtful)
        return;
    entry->doubtful = doubtful;
    const QString key = entry->key;
    Q_EMIT q->callChanged(key);
    if (doubtful) {
        Q_EMIT q->problem(
            key, AgentSession::tr("The connection to the phone was lost, and the phone has not told of this call "
                                  "since. If the call is over, log it; your notes are kept."));
    }
}

// The agent knows better than a phone that lost sight of the call.
void AgentSession::Private::endDoubtful(const QString &key)
{
    const PhoneDoubts::Moment &moment = doubts.lastMoment();
    if (const auto lost = tracker.lose(resumed.key(key, key), moment.time, moment.monotonic))
        apply(*lost);
}

void AgentSession::Private::apply(const Call &call)
{
    const QString key = resumed.value(call.key, call.key);
    CallEntry *entry = book.find(key);
    bool isNew = false;
    if (!entry) {
        entry = book.resume(call);
        if (entry) {
            resumed.insert(call.key, entry->key);
        } else {
            CallEntry fresh;
            fresh.key = key;
            fresh.offsetSeconds = zoneOffset(call.startedAt);
            entry = &book.add(fresh, call.sourceId, call.callId);
            isNew = true;
        }
    }
    book.update(*entry, call);
    entry->doubtful = entry->doubtful && entry->live();
    if (!entry->live() && entry->answeredAt && entry->logState == LogState::None &&
        entry->reason != CallEndReason::Elsewhere)
        entry->logState = LogState::Draft;
    // The look-up is on its way before anything is drawn.
    if (isNew || entry->number.kind() == PhoneNumber::Kind::External)
        pop.look(entry->key, entry->number);
    takePerson(*entry);
    suggest(entry->key);
    const CallEntry copy = *entry; // whoever hears of it may add calls
    if (isNew)
        Q_EMIT q->callAdded(copy.key);
    else
        Q_EMIT q->callChanged(copy.key);
    showPop(*book.find(copy.key));
    book.save(*book.find(copy.key));
    const bool talking = std::any_of(book.entries().cbegin(), book.entries().cend(),
                                     [](const CallEntry &one) { return one.live() && one.answeredAt; });
    if (talking != heartbeat.isActive())
        talking ? heartbeat.start() : heartbeat.stop();
}

bool AgentSession::Private::wantsPop(const CallEntry &entry) const
{
    if (entry.direction != CallDirection::In || entry.state != CallState::Ringing)
        return false;
    if (parts.settings.text(SettingKey::PopManner) == QLatin1String("none"))
        return false;
    return entry.number.kind() != PhoneNumber::Kind::Internal || parts.settings.boolean(SettingKey::InternalCallsPop);
}

// A toast while it rings; once answered, the window has the call.
void AgentSession::Private::showPop(CallEntry &entry)
{
    const QString key = entry.key;
    if (entry.state != CallState::Ringing) {
        if (popped.remove(key))
            Q_EMIT q->popDone(key);
    } else if (!popped.contains(key) && wantsPop(entry)) {
        popped.insert(key);
        Q_EMIT q->popWanted(key);
    }
}

void AgentSession::setCallSource(std::unique_ptr<CallSource> source)
{
    if (d->source) {
        d->source->stop();
        d->source->disconnect(this);
        d->reconcile(d->source->id(), {});
    }
    d->doubts.reset();
    d->source = std::move(source);
    if (d->source) {
        CallSource *phone = d->source.get();
        connect(phone, &CallSource::callEvent, this,
                [this](const CallEvent &event) { d->whenRestored([this, event] { d->heard(event); }); });
        connect(phone, &CallSource::snapshot, this, [this, id = phone->id()](const QStringList &live) {
            d->whenRestored([this, id, live] {
                d->reconcile(id, live);
                d->doubts.allHeard();
            });
        });
        connect(phone, &CallSource::stateChanged, this, [this, phone] {
            d->phoneStateChanged(*phone);
            Q_EMIT phoneChanged();
        });
        phone->start();
    }
    Q_EMIT phoneChanged();
}

const CallSource *AgentSession::callSource() const
{
    return d->source.get();
}

} // namespace ringside
