// SPDX-License-Identifier: Apache-2.0
#include "CallRemoval.h"

#include "CallLog.h"
#include "Database.h"
#include "LedgerChain.h"
#include "Outbox.h"
#include "Statement.h"

namespace ringside::callRemoval {

static_assert(int(LogState::None) == 0 && int(LogState::Logged) == 3 && int(OutboxState::Done) == 4);

const char *const mayGo = "ended_at IS NOT NULL AND log_state IN (0, 3)"
                          " AND call_key NOT IN (SELECT call_key FROM outbox WHERE state <> 4)"
                          " AND call_key NOT IN (SELECT call_key FROM note_draft WHERE queued <> 2)";

Result<QStringList> remove(Database &database, Statement &keys)
{
    QStringList removed;
    while (keys.next())
        removed.append(keys.text(0));
    if (keys.failed())
        return keys.error();
    for (const QString &key : std::as_const(removed)) {
        for (const char *sql : {"DELETE FROM note_draft WHERE call_key = ?1", "DELETE FROM outbox WHERE call_key = ?1",
                                "DELETE FROM call WHERE call_key = ?1"}) {
            if (const Result<void> done = Statement(database, sql).bind(1, key).run(); !done)
                return done.error();
        }
        ledgerChain::note(database, {.kind = LedgerKind::Removed, .callKey = key});
    }
    return removed;
}

} // namespace ringside::callRemoval
