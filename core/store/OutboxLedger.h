// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Outbox.h"

namespace ringside {

class Database;

/// What the ledger is told of a log on its way. Each within the transaction of the act itself, with the entry as it was
/// before that.
namespace outboxLedger {

void queued(Database &database, const OutboxEntry &entry, qint64 id);
void sent(Database &database, const OutboxEntry &entry); ///< As it is now, with its attempts.
void moved(Database &database, const OutboxEntry &entry, OutboxState to);
void confirmed(Database &database, const OutboxEntry &entry, const QString &crmCallId);
void rejected(Database &database, const OutboxEntry &entry);
void withdrawn(Database &database, const OutboxEntry &entry);

} // namespace outboxLedger

} // namespace ringside
