// SPDX-License-Identifier: Apache-2.0
#include "OutboxLedger.h"

#include "LedgerChain.h"
#include "Statement.h"

namespace ringside::outboxLedger {

namespace {

void tell(Database &database, LedgerKind kind, const OutboxEntry &entry, QJsonObject detail = {})
{
    detail.insert(QStringLiteral("entry"), entry.id);
    detail.insert(QStringLiteral("log"), entry.kind);
    ledgerChain::note(database, {.kind = kind, .callKey = entry.callKey, .detail = detail});
}

} // namespace

void queued(Database &database, const OutboxEntry &entry, qint64 id)
{
    OutboxEntry known = entry;
    known.id = id;
    Statement select(database, "SELECT length(notes) FROM note_draft WHERE call_key = ?1");
    const int length = select.bind(1, entry.callKey).next() ? select.smallInteger(0) : 0;
    tell(database, LedgerKind::Queued, known, {{QStringLiteral("length"), length}});
}

void sent(Database &database, const OutboxEntry &entry)
{
    tell(database, LedgerKind::Sent, entry, {{QStringLiteral("attempt"), entry.attempts}});
}

void moved(Database &database, const OutboxEntry &entry, OutboxState to)
{
    if (entry.state == OutboxState::InFlight && to == OutboxState::Confirming)
        tell(database, LedgerKind::Unanswered, entry);
    else if (entry.state == OutboxState::InFlight && to == OutboxState::Pending)
        tell(database, LedgerKind::Unsent, entry);
    else if (entry.state == OutboxState::Confirming && to == OutboxState::Pending)
        tell(database, LedgerKind::Absent, entry);
}

void confirmed(Database &database, const OutboxEntry &entry, const QString &crmCallId)
{
    if (entry.state != OutboxState::Done)
        tell(database, LedgerKind::Confirmed, entry, {{QStringLiteral("crmId"), crmCallId}});
}

void rejected(Database &database, const OutboxEntry &entry)
{
    tell(database, LedgerKind::Rejected, entry);
}

void withdrawn(Database &database, const OutboxEntry &entry)
{
    if (entry.state != OutboxState::Done)
        tell(database, LedgerKind::Withdrawn, entry);
}

} // namespace ringside::outboxLedger
