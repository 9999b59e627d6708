// SPDX-License-Identifier: Apache-2.0
#include "OutboxDispatcher.h"

#include "CallPayload.h"
#include "Clock.h"
#include "Logging.h"
#include "OutboxDispatcherPrivate.h"
#include "WhenReady.h"

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr auto storeRetry = std::chrono::milliseconds(2s);

} // namespace

void OutboxDispatcher::Private::pump()
{
    if (busy) {
        again = true;
        return;
    }
    busy = true;
    again = false;
    timer.stop();
    whenReady(q, outbox.open(), [this](const Result<QList<OutboxEntry>> &open) {
        if (open)
            look(open.value());
        else
            storeTrouble(open.error());
    });
}

void OutboxDispatcher::Private::look(const QList<OutboxEntry> &open)
{
    entries = open;
    noteLosses(open);
    Q_EMIT q->changed();
    if (!active)
        return stepDone();
    const QDateTime now = clock.now();
    for (const OutboxEntry &entry : open) {
        // We send nothing at this moment, so it was on its way when an earlier run ended.
        if (entry.state == OutboxState::InFlight)
            return uncertain(entry, 0ms, checking(entry));
    }
    if (holdUntil.isValid() && now < holdUntil)
        return stepDone();
    if (std::exchange(kicked, false)) {
        for (const OutboxEntry &entry : open)
            urgent.insert(entry.id);
    }
    for (const OutboxEntry &entry : open) {
        if (!due(entry))
            continue;
        const bool early = urgent.remove(entry.id) && entry.notBefore > now;
        if (entry.state == OutboxState::Confirming)
            return confirm(entry);
        if (entry.state == OutboxState::Pending && early)
            return move(entry, OutboxState::Pending, 0ms, entry.reason);
        if (entry.state == OutboxState::Pending)
            return prepare(entry);
    }
    stepDone();
}

void OutboxDispatcher::Private::prepare(const OutboxEntry &entry)
{
    if (!preparation)
        return takeNext(entry.id);
    whenReady(q, preparation(entry), [this, entry](const Result<void> &prepared) {
        if (prepared) {
            held.remove(entry.id);
            if (active)
                return takeNext(entry.id);
            return stepDone();
        }
        problem = prepared.error().message;
        move(entry, OutboxState::Pending, SendOutcome::backOff(++held[entry.id]), problem);
    });
}

bool OutboxDispatcher::Private::due(const OutboxEntry &entry) const
{
    return urgent.contains(entry.id) || !entry.notBefore.isValid() || entry.notBefore <= clock.now();
}

void OutboxDispatcher::Private::takeNext(qint64 prepared)
{
    whenReady(q, outbox.takeNext(clock.now()), [this, prepared](const Result<std::optional<OutboxEntry>> &taken) {
        if (!taken)
            return storeTrouble(taken.error());
        if (!taken.value())
            return stepDone();
        if (taken.value()->id != prepared) // an older one has become due meanwhile: it is prepared first
            return move(*taken.value(), OutboxState::Pending, 0ms, {});
        send(*taken.value());
    });
}

void OutboxDispatcher::Private::send(const OutboxEntry &entry)
{
    if (entry.kind == outboxKind::update)
        return readForUpdate(entry);
    const Result<CallPayload> payload = CallPayload::decode(entry.payload);
    if (!payload)
        return reject(entry, payload.error().message);
    whenReady(q, crm.createCall(payload.value().sent(crm)),
              [this, entry](const Result<QString> &answer) { answered(entry, answer); });
}

void OutboxDispatcher::Private::answered(const OutboxEntry &entry, const Result<QString> &answer)
{
    if (answer)
        return complete(entry, answer.value());
    const SendOutcome outcome = SendOutcome::of(answer.error(), entry.attempts);
    qCInfo(logDesk) << "outbox entry" << entry.id << "was not logged:" << answer.error().code << outcome.sentence;
    problem = outcome.sentence;
    switch (outcome.kind) {
    case SendOutcome::Kind::Refused:
        return refused(entry, outcome);
    case SendOutcome::Kind::NotSent:
        if (outcome.silence)
            holdUntil = clock.now().addMSecs(outcome.wait.count());
        return move(entry, OutboxState::Pending, outcome.wait, outcome.sentence);
    case SendOutcome::Kind::Unknown:
        return answerLost(entry, outcome.sentence);
    }
}

void OutboxDispatcher::Private::complete(const OutboxEntry &entry, const QString &crmId)
{
    whenReady(q, outbox.complete(entry.id, crmId), [this, entry, crmId](const Result<void> &done) {
        if (!done) {
            // The call is in the CRM and must not be forgotten: until the disk takes it, nothing else is done.
            problem = done.error().message;
            Q_EMIT q->changed();
            QTimer::singleShot(storeRetry, q, [this, entry, crmId] { complete(entry, crmId); });
            return;
        }
        problem.clear();
        forget(entry.id);
        Q_EMIT q->logged(entry.callKey, crmId, entry.payload);
        again = true;
        stepDone();
    });
}

void OutboxDispatcher::Private::reject(const OutboxEntry &entry, const QString &sentence, const QByteArray &found)
{
    refused(entry, {.kind = SendOutcome::Kind::Refused, .sentence = sentence}, found);
}

void OutboxDispatcher::Private::refused(const OutboxEntry &entry, const SendOutcome &why, const QByteArray &found)
{
    forget(entry.id);
    whenReady(q, outbox.reject(entry.id, why.sentence, found), [this, entry, why](const Result<void> &done) {
        if (!done)
            return storeTrouble(done.error());
        problem.clear(); // it is told on the call, and waits for nothing here
        Q_EMIT q->rejected(entry.callKey, why.sentence, why.fields);
        again = true;
        stepDone();
    });
}

void OutboxDispatcher::Private::move(const OutboxEntry &entry, OutboxState state, std::chrono::milliseconds wait,
                                     const QString &reason)
{
    const QDateTime notBefore = clock.now().addMSecs(wait.count());
    whenReady(q, outbox.setState(entry.id, state, notBefore, reason), [this](const Result<void> &done) {
        if (!done)
            return storeTrouble(done.error());
        again = true;
        stepDone();
    });
}

void OutboxDispatcher::Private::storeTrouble(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        problem = error.message;
    busy = false;
    Q_EMIT q->changed();
    timer.start(storeRetry);
}

void OutboxDispatcher::Private::stepDone()
{
    busy = false;
    if (again)
        pump();
    else
        schedule();
}

void OutboxDispatcher::Private::schedule()
{
    Q_EMIT q->changed();
    const QDateTime next = q->nextTryAt();
    if (active && next.isValid())
        timer.start(std::max(std::chrono::milliseconds(clock.now().msecsTo(next)), std::chrono::milliseconds(1ms)));
}

OutboxDispatcher::OutboxDispatcher(Outbox &outbox, ActivityApi &crm, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, outbox, crm, clock))
{
    d->timer.setSingleShot(true);
    connect(&d->timer, &QTimer::timeout, this, [this] { d->pump(); });
}

OutboxDispatcher::~OutboxDispatcher() = default;

void OutboxDispatcher::setPreparation(const Preparation &preparation)
{
    d->preparation = preparation;
}

void OutboxDispatcher::setConfirmPolicy(const ConfirmPolicy &policy)
{
    d->policy = policy;
}

void OutboxDispatcher::setActive(bool active, const QString &ownerUserId)
{
    d->owner = ownerUserId;
    if (d->active == active)
        return;
    d->active = active;
    d->timer.stop();
    d->pump();
}

void OutboxDispatcher::kick()
{
    d->kicked = true;
    d->pump();
}

int OutboxDispatcher::waiting() const
{
    return static_cast<int>(std::count_if(d->entries.cbegin(), d->entries.cend(), [](const OutboxEntry &entry) {
        return entry.state != OutboxState::Rejected && entry.state != OutboxState::Done;
    }));
}

QDateTime OutboxDispatcher::nextTryAt() const
{
    QDateTime next;
    for (const OutboxEntry &entry : std::as_const(d->entries)) {
        if (entry.state != OutboxState::Pending && entry.state != OutboxState::Confirming)
            continue;
        QDateTime due = entry.notBefore;
        if (d->holdUntil.isValid() && (!due.isValid() || due < d->holdUntil))
            due = d->holdUntil;
        if (due.isValid() && (!next.isValid() || due < next))
            next = due;
    }
    return next;
}

QString OutboxDispatcher::lastProblem() const
{
    return d->problem;
}

QByteArray OutboxDispatcher::encode(const CallActivity &call, const QString &reference, bool callerSettled)
{
    return CallPayload{.call = call, .callerSettled = callerSettled, .reference = reference}.encoded();
}

} // namespace ringside
