// SPDX-License-Identifier: Apache-2.0
#include "OutboxDispatcher.h"

#include "CallPayload.h"
#include "CallUpdate.h"
#include "Clock.h"
#include "Logging.h"
#include "OutboxDispatcherPrivate.h"
#include "WhenReady.h"

namespace ringside {

namespace {

// Somebody writes the record at this very moment, again and again: then it is for the agent to see.
constexpr int mostRaces = 5;

} // namespace

// What the CRM has now decides: what is there already is not sent, so a change whose answer was lost may come here
// again.
void OutboxDispatcher::Private::readForUpdate(const OutboxEntry &entry)
{
    const Result<CallPayload> wanted = CallPayload::decode(entry.payload);
    if (!wanted)
        return reject(entry, wanted.error().message);
    const QStringList fields = CallUpdate::fields(CallPayload::decode(entry.told), wanted.value());
    whenReady(q, crm.record({QStringLiteral("Calls"), entry.crmCallId}, fields, RequestPriority::Log),
              [this, entry](const Result<Record> &now) {
                  if (now)
                      return update(entry, now.value());
                  if (now.error().kind == ErrorKind::NotFound)
                      return reject(
                          entry,
                          tr("This call is no longer in Zoho CRM, so it could not be changed there. Your change is "
                             "kept here: discard it, or ask for the call to be brought back and save again."));
                  waitWithUpdate(entry, now.error());
              });
}

void OutboxDispatcher::Private::update(const OutboxEntry &entry, const Record &now)
{
    const Result<CallPayload> wanted = CallPayload::decode(entry.payload);
    if (!wanted)
        return reject(entry, wanted.error().message);
    const CallUpdate change(CallPayload::decode(entry.told), wanted.value(), crm, now);
    if (!change.conflicts().isEmpty())
        return reject(entry, change.conflictSentence(), change.found());
    if (change.changes().isEmpty())
        return complete(entry, entry.crmCallId);
    WriteOptions options;
    options.unchangedSince = now.dateTime(QStringLiteral("Modified_Time"));
    whenReady(q, crm.updateRecord(now.ref(), change.changes(), options),
              [this, entry](const Result<WrittenRecord> &answer) { updateAnswered(entry, answer); });
}

void OutboxDispatcher::Private::updateAnswered(const OutboxEntry &entry, const Result<WrittenRecord> &answer)
{
    if (answer)
        return complete(entry, entry.crmCallId);
    const Error &error = answer.error();
    qCInfo(logDesk) << "outbox entry" << entry.id << "was not changed:" << error.code << error.message;
    // Changed between our reading and our writing: it is read again, and what matters of that change is seen there.
    // A value that another record has is no such change.
    if (error.kind == ErrorKind::Conflict && error.code != QLatin1String("DUPLICATE_DATA") &&
        unanswered.value(entry.id) < mostRaces)
        return waitWithUpdate(entry, Error{.kind = ErrorKind::Busy, .message = error.message});
    OutboxEntry uncertain = entry;
    if (SendOutcome::of(error, entry.attempts).kind == SendOutcome::Kind::Unknown)
        uncertain.state = OutboxState::Confirming;
    waitWithUpdate(uncertain, error);
}

// An entry that may have been written stays Confirming, so that nothing replaces it until that is known.
void OutboxDispatcher::Private::waitWithUpdate(const OutboxEntry &entry, const Error &error)
{
    const SendOutcome outcome = SendOutcome::of(error, ++unanswered[entry.id]);
    if (outcome.kind == SendOutcome::Kind::Refused)
        return refused(entry, outcome);
    problem = outcome.sentence;
    if (outcome.silence)
        holdUntil = clock.now().addMSecs(outcome.wait.count());
    const bool uncertain = entry.state == OutboxState::Confirming;
    move(entry, uncertain ? OutboxState::Confirming : OutboxState::Pending, outcome.wait, outcome.sentence);
}

} // namespace ringside
