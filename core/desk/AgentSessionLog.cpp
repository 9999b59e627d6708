// SPDX-License-Identifier: Apache-2.0
#include "AgentSession.h"

#include "AgentSessionPrivate.h"
#include "CallSource.h"
#include "CallSubjects.h"
#include "CallerProfile.h"
#include "Clock.h"
#include "Outbox.h"
#include "Settings.h"
#include "WhenReady.h"
#include "WrapUp.h"

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
    d->enqueue(key);
}

// Waits for the stored draft: logging must not leave half of the notes behind.
void AgentSession::Private::enqueue(const QString &key)
{
    if (adding.contains(key))
        return;
    WrapUp &notes = q->wrapUp(key);
    if (!notes.loaded() && notes.saveState() == WrapUp::SaveState::NotSaved) {
        Q_EMIT q->problem(key, notes.saveMessage());
        return;
    }
    adding.insert(key);
    if (notes.loaded()) {
        addToOutbox(key);
        return;
    }
    QObject::connect(&notes, &WrapUp::draftLoaded, q, [this, key] { addToOutbox(key); },
                     Qt::SingleShotConnection);
}

void AgentSession::Private::addToOutbox(const QString &key)
{
    const CallEntry *entry = book.find(key);
    if (!entry)
        return;
    WrapUp &notes = q->wrapUp(key);
    notes.flush();
    const QDateTime now = parts.clock.now();
    OutboxEntry write;
    write.callKey = key;
    write.kind = QStringLiteral("call");
    write.payload = OutboxDispatcher::encode(callSubjects::activity(*entry, notes.draft()), callSubjects::reference(key));
    write.createdAt = now;
    write.notBefore = now;
    whenReady(q, parts.outbox.add(write), [this, key](const Result<qint64> &added) {
        adding.remove(key);
        CallEntry *waiting = book.find(key);
        if (!added) {
            Q_EMIT q->problem(key, added.error().message);
        } else if (waiting && waiting->logState != LogState::Logged) {
            waiting->logState = LogState::Queued;
            waiting->logMessage.clear();
            changed(*waiting);
            dispatcher.kick();
        }
    });
}

void AgentSession::Private::edited(const QString &key)
{
    CallEntry *entry = book.find(key);
    if (!entry)
        return;
    if (entry->logState == LogState::None) {
        entry->logState = LogState::Draft;
        changed(*entry);
    } else if (entry->logState == LogState::Queued || adding.contains(key)) {
        changedLate.insert(key);
        requeue.start();
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
    if (changedLate.remove(key)) {
        Q_EMIT q->problem(key, tr("The call was logged just before your last change. The change is kept here; open the call "
                                  "in the CRM to add it there."));
    }
}

void AgentSession::Private::rejected(const QString &key, const QString &sentence)
{
    changedLate.remove(key);
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
