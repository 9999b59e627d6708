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
    if (entry && entry->logState != LogState::Logged)
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
        Q_EMIT problem(key, tr("This call is in the CRM already. Your notes are kept; open the call in the CRM to change it."));
        return;
    }
    d->enqueue(key, Private::Asked::ByAgent);
}

// Waits for the stored draft: logging must not leave half of the notes behind.
void AgentSession::Private::enqueue(const QString &key, Asked asked)
{
    if (adding.contains(key)) {
        if (asked == Asked::ByChange)
            changedLate.insert(key); // prepare() takes it up
        return;
    }
    WrapUp &notes = q->wrapUp(key);
    if (!notes.loaded() && notes.saveState() == WrapUp::SaveState::NotSaved) {
        Q_EMIT q->problem(key, notes.saveMessage());
        return;
    }
    adding.insert(key);
    withNotes(key, [this, key, asked] { addToOutbox(key, asked); });
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
    return {.call = callSubjects::activity(entry, q->wrapUp(entry.key).draft()),
            .callerSettled = callerSettled(entry),
            .reference = callSubjects::reference(entry.key)};
}

// What the CRM is told, whoever was asked about it.
QByteArray AgentSession::Private::content(const CallEntry &entry)
{
    const CallPayload made = payload(entry);
    return OutboxDispatcher::encode(made.call, made.reference);
}

// Saves the notes as well: the outbox must hold the very text of the draft before it.
OutboxEntry AgentSession::Private::write(const CallEntry &entry)
{
    q->wrapUp(entry.key).flush();
    const QDateTime now = parts.clock.now();
    OutboxEntry made;
    made.callKey = entry.key;
    made.kind = QStringLiteral("call");
    made.payload = payload(entry).encoded();
    made.createdAt = now;
    made.notBefore = now;
    return made;
}

void AgentSession::Private::addToOutbox(const QString &key, Asked asked)
{
    const CallEntry *entry = book.find(key);
    if (!entry)
        return;
    changedLate.remove(key);
    const QByteArray given = content(*entry);
    whenReady(q, parts.outbox.add(write(*entry)), [this, key, asked, given](const Result<qint64> &result) {
        adding.remove(key);
        if (result)
            lastGiven.insert(key, given);
        added(key, asked, result);
    });
}

void AgentSession::Private::added(const QString &key, Asked asked, const Result<qint64> &result)
{
    CallEntry *waiting = book.find(key);
    if (!waiting)
        return;
    if (!result) {
        // On its way just now. If it comes back unsent, the change goes with it; if it arrives, logged() says so.
        const bool onItsWay = result.error().kind == ErrorKind::Busy;
        if (onItsWay)
            changedLate.insert(key);
        if (!onItsWay || asked == Asked::ByAgent)
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
    if (!entry || !held || held.value().callerSettled || callerSettled(*entry))
        return bringUpToDate(waiting, done);
    whenReady(q, callers.settle(entry->key, entry->number), [this, waiting, done](const Result<void> &settled) {
        if (settled)
            bringUpToDate(waiting, done);
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
    const QByteArray given = content(*entry);
    changedLate.remove(key);
    lastGiven.insert(key, given);
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
    } else if (entry->logState == LogState::None) {
        entry->logState = LogState::Draft;
        changed(*entry);
    }
}

void AgentSession::Private::logged(const QString &key, const QString &crmCallId)
{
    CallEntry *entry = book.find(key);
    if (!entry)
        return;
    entry->logState = LogState::Logged;
    entry->logMessage.clear();
    entry->crmCallId = crmCallId;
    changed(*entry);
    const bool late = changedLate.remove(key);
    if (late && content(*book.find(key)) != lastGiven.value(key)) {
        Q_EMIT q->problem(key, tr("The call was logged just before your last change. The change is kept here; open the call "
                                  "in the CRM to add it there."));
    }
    lastGiven.remove(key);
}

void AgentSession::Private::rejected(const QString &key, const QString &sentence)
{
    changedLate.remove(key);
    lastGiven.remove(key);
    CallEntry *entry = book.find(key);
    if (!entry)
        return;
    entry->logState = LogState::Rejected;
    entry->logMessage = sentence;
    changed(*entry);
}

void AgentSession::Private::suggest(const QString &key)
{
    const CallEntry *entry = book.find(key);
    if (WrapUp *notes = wrapUps.value(key); notes && entry)
        notes->suggestSubject(callSubjects::suggested(*entry));
}

} // namespace ringside
