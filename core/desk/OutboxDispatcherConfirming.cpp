// SPDX-License-Identifier: Apache-2.0
// What becomes of an entry whose answer was lost.
#include "OutboxDispatcher.h"

#include "CallPayload.h"
#include "Clock.h"
#include "OutboxDispatcherPrivate.h"
#include "WhenReady.h"

namespace ringside {

namespace {

using namespace std::chrono_literals;

// In sixtieths of the commit window. "There" counts at once, so it is asked for early as well; "not there" counts only
// after the window.
constexpr int askAges[] = {2, 10, 30, 61, 66};
constexpr int askAgain = 5;
constexpr int parts = 60;
constexpr auto cannotAsk = std::chrono::milliseconds(5min);

} // namespace

// One that an earlier run had on its way, or was asking for, counts as lost now: nobody knows when its connection ended.
void OutboxDispatcher::Private::noteLosses(const QList<OutboxEntry> &open)
{
    for (const OutboxEntry &entry : open) {
        const bool uncertain = entry.state == OutboxState::InFlight || entry.state == OutboxState::Confirming;
        if (uncertain && !losses.contains(entry.id))
            losses.insert(entry.id, clock.monotonic());
    }
}

void OutboxDispatcher::Private::answerLost(const OutboxEntry &entry, const QString &reason)
{
    absences.remove(entry.id);
    losses.insert(entry.id, clock.monotonic());
    uncertain(entry, untilNextQuestion(entry), reason);
}

void OutboxDispatcher::Private::uncertain(const OutboxEntry &entry, std::chrono::milliseconds wait,
                                          const QString &reason)
{
    const bool asks = policy.absences > 0 || entry.kind == outboxKind::update;
    move(entry, asks ? OutboxState::Confirming : OutboxState::Pending, wait, reason);
}

void OutboxDispatcher::Private::forget(qint64 id)
{
    absences.remove(id);
    unanswered.remove(id);
    losses.remove(id);
}

void OutboxDispatcher::Private::confirm(const OutboxEntry &entry)
{
    if (entry.kind == outboxKind::update)
        return readForUpdate(entry);
    lookUp(entry, {.sinceLost = sinceLost(entry)});
}

void OutboxDispatcher::Private::lookUp(const OutboxEntry &entry, const Question &question)
{
    const Result<CallPayload> payload = CallPayload::decode(entry.payload);
    if (!payload)
        return reject(entry, payload.error().message);
    const QString query = payload.value().lookUpQuery(owner, question.offset);
    whenReady(q, crm.query(QStringLiteral("Calls"), query, RequestPriority::Log),
              [this, entry, question](const Result<RecordPage> &page) { confirmed(entry, question, page); });
}

void OutboxDispatcher::Private::confirmed(const OutboxEntry &entry, const Question &question,
                                          const Result<RecordPage> &page)
{
    if (!page)
        return cannotTell(entry, page.error());
    const Result<CallPayload> payload = CallPayload::decode(entry.payload);
    const QList<Record> &rows = page.value().records;
    for (const Record &row : rows) {
        if (payload.value().isRecord(row))
            return complete(entry, row.ref().id);
    }
    if (page.value().more && !rows.isEmpty()) {
        Question rest = question;
        rest.offset += static_cast<int>(rows.size());
        return lookUp(entry, rest);
    }
    unanswered.remove(entry.id);
    notThere(entry, question);
}

void OutboxDispatcher::Private::cannotTell(const OutboxEntry &entry, const Error &error)
{
    const SendOutcome outcome = SendOutcome::of(error, ++unanswered[entry.id]);
    problem = outcome.sentence;
    if (outcome.silence)
        holdUntil = clock.now().addMSecs(outcome.wait.count());
    // A question that the CRM refuses is asked again, seldom: sending blindly could log the call twice.
    const auto wait = outcome.kind == SendOutcome::Kind::Refused ? cannotAsk : outcome.wait;
    move(entry, OutboxState::Confirming, wait, tr("Waiting to check whether the CRM has this call already."));
}

void OutboxDispatcher::Private::notThere(const OutboxEntry &entry, const Question &question)
{
    if (question.sinceLost >= policy.commitWindow && ++absences[entry.id] >= policy.absences) {
        forget(entry.id);
        return move(entry, OutboxState::Pending, 0ms, {});
    }
    move(entry, OutboxState::Confirming, untilNextQuestion(entry), checking(entry));
}

QString OutboxDispatcher::Private::checking(const OutboxEntry &entry)
{
    return entry.kind == outboxKind::update ? tr("Checking whether the CRM has this change already.")
                                            : tr("Checking whether the CRM has this call already.");
}

std::chrono::milliseconds OutboxDispatcher::Private::sinceLost(const OutboxEntry &entry) const
{
    return clock.monotonic() - losses.value(entry.id, clock.monotonic());
}

std::chrono::milliseconds OutboxDispatcher::Private::untilNextQuestion(const OutboxEntry &entry) const
{
    const auto now = sinceLost(entry);
    for (const int age : askAges) {
        const auto next = policy.commitWindow * age / parts;
        if (next > now)
            return next - now;
    }
    return policy.commitWindow * askAgain / parts;
}

} // namespace ringside
