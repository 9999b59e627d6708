// SPDX-License-Identifier: Apache-2.0
#include "AgentSession.h"

#include "AgentSessionPrivate.h"
#include "CallSource.h"
#include "CallSubjects.h"
#include "CallerProfile.h"
#include "Clock.h"
#include "Settings.h"
#include "WhenReady.h"
#include "WrapUp.h"

#include <QPromise>

namespace ringside {

WrapUp &AgentSession::wrapUp(const QString &key)
{
    if (WrapUp *open = d->wrapUps.value(key))
        return *open;
    auto *made = new WrapUp(key, d->parts.drafts, d->parts.clock, this);
    d->wrapUps.insert(key, made);
    d->suggest(key);
    const CallEntry *entry = call(key);
    if (entry && entry->crmCallId.isEmpty())
        made->suggestPurpose(d->parts.settings.text(SettingKey::CallPurposeDefault));
    connect(made, &WrapUp::edited, this, [this, key] { d->edited(key); });
    return *made;
}

void AgentSession::log(const QString &key)
{
    const CallEntry *entry = call(key);
    if (entry && entry->live() && entry->doubtful) {
        d->endDoubtful(key);
        entry = call(key);
    }
    if (!entry)
        return;
    if (entry->live()) {
        Q_EMIT problem(key, tr("This call has not ended. Your notes are kept; log it when you have hung up."));
        return;
    }
    if (entry->logState == LogState::Logged) {
        Q_EMIT problem(key, tr("This call is in the CRM already, as you see it here. Choose Edit to change it."));
        return;
    }
    const WrapUp &notes = wrapUp(key);
    if (!notes.loaded() && notes.saveState() == WrapUp::SaveState::NotSaved)
        return d->enqueue(key); // which says so
    d->withNotes(key, [this, key] {
        if (d->lacksNothing(key))
            d->enqueue(key);
    });
}

// What the CRM would refuse is asked for here and now, while the agent is at it.
bool AgentSession::Private::lacksNothing(const QString &key)
{
    const QString region = parts.settings.text(SettingKey::DefaultRegion);
    const std::optional<callFields::Problem> lacking = disposition.problemOf(q->wrapUp(key).draft(), region);
    if (!lacking)
        return true;
    Q_EMIT q->problem(key, lacking->sentence);
    Q_EMIT q->fieldNeeded(key, lacking->field);
    return false;
}

// Waits for the stored draft: logging must not leave half of the notes behind.
void AgentSession::Private::enqueue(const QString &key)
{
    if (adding.contains(key)) {
        changedLate.insert(key); // prepare() takes it up
        return;
    }
    WrapUp &notes = q->wrapUp(key);
    if (!notes.loaded() && notes.saveState() == WrapUp::SaveState::NotSaved) {
        Q_EMIT q->problem(key, notes.saveMessage());
        return;
    }
    adding.insert(key);
    withNotes(key, [this, key] { addToOutbox(key); });
}

void AgentSession::Private::withNotes(const QString &key, const std::function<void()> &act)
{
    WrapUp &notes = q->wrapUp(key);
    if (notes.loaded())
        act();
    else
        QObject::connect(&notes, &WrapUp::draftLoaded, q, act, Qt::SingleShotConnection);
}

// Nobody is on it, and asking the CRM could still change that.
bool AgentSession::Private::callerSettled(const CallEntry &entry) const
{
    if (!entry.person.isNull() || entry.number.kind() != PhoneNumber::Kind::External)
        return true;
    const PopResult &result = pop.result(entry.key);
    switch (result.status) {
    case PopResult::Status::NotSearched:
    case PopResult::Status::Searching:
        return false;
    case PopResult::Status::Failed:
        return !result.failurePasses;
    case PopResult::Status::None:
    case PopResult::Status::One:
    case PopResult::Status::Many:
        break;
    }
    return true;
}

CallPayload AgentSession::Private::payload(const CallEntry &entry)
{
    const NoteDraft &draft = q->wrapUp(entry.key).draft();
    const QString referenceField = disposition.referenceField();
    CallActivity call = callSubjects::activity(entry, draft, referenceField.isEmpty());
    call.extra = disposition.written(draft);
    return {.call = call,
            .callerSettled = callerSettled(entry),
            .reference = callSubjects::reference(entry.key),
            .referenceField = referenceField,
            .personName = entry.personName,
            .company = entry.company};
}

// Saves the notes as well: the outbox must hold the very text of the draft before it.
OutboxEntry AgentSession::Private::write(const CallEntry &entry)
{
    q->wrapUp(entry.key).flush();
    const QDateTime now = parts.clock.now();
    OutboxEntry made;
    made.callKey = entry.key;
    made.kind = entry.crmCallId.isEmpty() ? outboxKind::call : outboxKind::update;
    made.payload = payload(entry).encoded();
    made.createdAt = now;
    made.notBefore = now;
    return made;
}

void AgentSession::Private::addToOutbox(const QString &key)
{
    const CallEntry *entry = book.find(key);
    if (!entry)
        return;
    changedLate.remove(key);
    whenReady(q, parts.outbox.add(write(*entry)), [this, key](const Result<qint64> &result) {
        adding.remove(key);
        added(key, result);
    });
}

void AgentSession::Private::added(const QString &key, const Result<qint64> &result)
{
    CallEntry *waiting = book.find(key);
    if (!waiting)
        return;
    if (!result) {
        // On its way just now. If it comes back unsent, the change goes with it; if it arrives, the change follows it.
        if (result.error().kind == ErrorKind::Busy)
            changedLate.insert(key);
        else
            Q_EMIT q->problem(key, result.error().message);
    } else if (waiting->logState != LogState::Logged) {
        waiting->logState = LogState::Queued;
        waiting->logMessage.clear();
        changed(*waiting);
        dispatcher.kick();
    }
}

// What is sent is what the desk knows at that moment: who called, and every keystroke since Ctrl+Enter.
QFuture<Result<void>> AgentSession::Private::prepare(const OutboxEntry &waiting)
{
    if (!book.find(waiting.callKey))
        return readyFuture<void>({});
    if (!people.restored() || people.underWay(waiting.callKey)) {
        people.goOn();
        return readyFuture<void>(Error{.kind = ErrorKind::Busy,
                                       .message = AgentSession::tr("The new record of the caller is created first; the call follows "
                                                                   "it.")});
    }
    const auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const Done done = [promise](const Result<void> &result) {
        promise->addResult(result);
        promise->finish();
    };
    WrapUp &notes = q->wrapUp(waiting.callKey);
    if (!notes.loaded() && notes.saveState() == WrapUp::SaveState::NotSaved)
        done(Error{.kind = ErrorKind::Storage, .message = notes.saveMessage()});
    else
        withNotes(waiting.callKey, [this, waiting, done] { settleCaller(waiting, done); });
    return promise->future();
}

void AgentSession::Private::settleCaller(const OutboxEntry &waiting, const Done &done)
{
    const CallEntry *entry = book.find(waiting.callKey);
    const Result<CallPayload> held = CallPayload::decode(waiting.payload);
    const bool known = !held || held.value().callerSettled || waiting.kind == outboxKind::update;
    if (!entry || known || callerSettled(*entry))
        return followLead(waiting, done);
    whenReady(q, callers.settle(entry->key, entry->number), [this, waiting, done](const Result<void> &settled) {
        if (settled)
            followLead(waiting, done);
        else
            done(settled);
    });
}

void AgentSession::Private::bringUpToDate(const OutboxEntry &waiting, const Done &done)
{
    const CallEntry *entry = book.find(waiting.callKey);
    if (!entry || !CallPayload::decode(waiting.payload))
        return done({});
    const QString key = entry->key;
    changedLate.remove(key);
    const OutboxEntry now = write(*entry);
    if (now.payload == waiting.payload)
        return done({});
    whenReady(q, parts.outbox.add(now), [this, key, done](const Result<qint64> &taken) {
        if (taken)
            return done({});
        changedLate.insert(key);
        done(taken.error());
    });
}

void AgentSession::Private::edited(const QString &key)
{
    CallEntry *entry = book.find(key);
    if (!entry)
        return;
    if (entry->logState == LogState::Queued || adding.contains(key)) {
        changedLate.insert(key);
        requeue.start();
    } else if (entry->logState == LogState::None || entry->logState == LogState::Logged) {
        entry->logState = LogState::Draft;
        changed(*entry);
    }
}

void AgentSession::Private::logged(const QString &key, const QString &crmCallId, const QByteArray &told)
{
    CallEntry *entry = book.find(key);
    if (!entry)
        return;
    entry->logState = LogState::Logged;
    entry->logMessage.clear();
    entry->crmCallId = crmCallId;
    changed(*entry);
    changedLate.remove(key);
    withNotes(key, [this, key, told] {
        sendWhatCameLate(key, told);
        if (parts.settings.integer(SettingKey::KeepDays) == 0)
            book.forgetOld();
    });
}

// What the agent changed while it was on its way, in this run or the one before, follows by itself.
void AgentSession::Private::sendWhatCameLate(const QString &key, const QByteArray &told)
{
    CallEntry *entry = book.find(key);
    const Result<CallPayload> sent = CallPayload::decode(told);
    if (!entry || entry->logState != LogState::Logged || !sent ||
        callSubjects::sameRecord(sent.value().call, payload(*entry).call))
        return;
    entry->logState = LogState::Draft;
    changed(*entry);
    enqueue(key);
}

void AgentSession::discardChanges(const QString &key)
{
    const CallEntry *entry = call(key);
    if (!entry || entry->crmCallId.isEmpty() || entry->logState == LogState::Logged)
        return;
    d->withNotes(key, [this, key] {
        const CallEntry *changed = call(key);
        if (!changed)
            return;
        const CallActivity given = d->payload(*changed).call;
        whenReady(this, d->parts.outbox.told(key), [this, key, given](const Result<QByteArray> &told) {
            if (told)
                d->putBack(key, told.value(), given);
            else
                Q_EMIT problem(key, told.error().message);
        });
    });
}

QFuture<Result<QList<FieldVersions>>> AgentSession::versions(const QString &key)
{
    using Versions = Result<QList<FieldVersions>>;
    const auto promise = std::make_shared<QPromise<Versions>>();
    promise->start();
    const auto finish = [promise](const Versions &versions) {
        promise->addResult(versions);
        promise->finish();
    };
    const CallEntry *entry = call(key);
    if (!entry || entry->crmCallId.isEmpty() || entry->logState != LogState::Rejected) {
        finish(QList<FieldVersions>());
        return promise->future();
    }
    d->withNotes(key, [this, key, finish] {
        whenReady(this, d->parts.outbox.told(key), [this, key, finish](const Result<QByteArray> &told) {
            const CallEntry *changed = call(key);
            const Result<CallPayload> there = told ? CallPayload::decode(told.value()) : told.error();
            if (!changed || !there) // a call that was logged before such things were kept has no other version
                return finish(told ? Versions(QList<FieldVersions>()) : Versions(told.error()));
            finish(callVersions::of(there.value(), d->payload(*changed)));
        });
    });
    return promise->future();
}

// The look-up must not bring back the person whom the agent has just taken away.
void AgentSession::Private::putBackPerson(CallEntry &entry, const Candidate &before)
{
    const PopResult &result = pop.result(entry.key);
    const bool chosenSince = result.byAgent && result.chosen.value_or(RecordRef()) != before.ref;
    entry.person = before.ref;
    entry.personName = before.name;
    entry.company = before.company;
    if (chosenSince && before.ref.isNull())
        pop.unchoose(entry.key, entry.number);
    else if (chosenSince)
        pop.choose(entry.key, before);
}

void AgentSession::Private::putBack(const QString &key, const QByteArray &told, const CallActivity &given)
{
    CallEntry *entry = book.find(key);
    if (entry && !callSubjects::sameRecord(given, this->payload(*entry).call)) {
        Q_EMIT q->problem(key, AgentSession::tr("You changed the call while it was about to be put back, so nothing was "
                                                "discarded. Discard again to give up all of it."));
        return;
    }
    const Result<CallPayload> payload = CallPayload::decode(told);
    if (!entry || !payload) {
        Q_EMIT q->problem(
            key, AgentSession::tr("What the CRM has of this call is not known here, so nothing was put back. Your "
                                  "change is kept."));
        return;
    }
    Candidate before;
    before.ref = payload.value().call.person;
    before.name = payload.value().personName;
    before.company = payload.value().company;
    putBackPerson(*entry, before);
    q->wrapUp(key).restore(callSubjects::draftOf(payload.value().call, *entry));
    q->wrapUp(key).flush();
    changed(*entry);
    const CallActivity asLogged = this->payload(*entry).call;
    whenReady(q, parts.outbox.withdrawUpdate(key), [this, key, asLogged](const Result<void> &withdrawn) {
        CallEntry *withdrawnOf = book.find(key);
        if (!withdrawnOf)
            return;
        // On its way just now: what was put back follows it.
        if (!withdrawn && withdrawn.error().kind == ErrorKind::Busy)
            return void(changedLate.insert(key));
        if (!withdrawn)
            return Q_EMIT q->problem(key, withdrawn.error().message);
        // What the agent changed since then is an edit of its own.
        const bool edited = !callSubjects::sameRecord(asLogged, this->payload(*withdrawnOf).call);
        changedLate.remove(key);
        withdrawnOf->logState = edited ? LogState::Draft : LogState::Logged;
        withdrawnOf->logMessage.clear();
        changed(*withdrawnOf);
        dispatcher.kick();
    });
}

void AgentSession::Private::rejected(const QString &key, const QString &sentence, const QList<FieldError> &fields)
{
    changedLate.remove(key);
    CallEntry *entry = book.find(key);
    if (!entry)
        return;
    entry->logState = LogState::Rejected;
    entry->logMessage = sentence;
    entry->refused = fields;
    changed(*entry);
}

void AgentSession::Private::suggest(const QString &key)
{
    const CallEntry *entry = book.find(key);
    if (WrapUp *notes = wrapUps.value(key); notes && entry)
        notes->suggestSubject(callSubjects::suggested(*entry));
}

} // namespace ringside
