// SPDX-License-Identifier: Apache-2.0
#include "CreditHistory.h"

#include "Statement.h"
#include "Store.h"

namespace ringside {

CreditHistory::CreditHistory(Store &store) : m_store(store) {}

QFuture<Result<QList<CreditUse>>> CreditHistory::load(const QString &orgId, qint64 since)
{
    using Uses = QList<CreditUse>;
    return m_store.read<Uses>([orgId, since](Database &database) -> Result<Uses> {
        Statement select(database, "SELECT slot, kind, requests, credits FROM credit_use"
                                   " WHERE org_id = ?1 AND slot >= ?2 ORDER BY slot, kind");
        select.bind(1, orgId).bind(2, since);
        Uses uses;
        while (select.next()) {
            const int kind = select.smallInteger(1);
            uses.append({.slot = select.integer(0),
                         // A kind of a later program: it was spent all the same.
                         .kind = kind >= 0 && kind < creditKinds ? static_cast<CreditKind>(kind) : CreditKind::Other,
                         .requests = select.smallInteger(2),
                         .credits = select.smallInteger(3)});
        }
        if (select.failed())
            return select.error();
        return uses;
    });
}

QFuture<Result<void>> CreditHistory::save(const QString &orgId, const QList<CreditUse> &uses, qint64 since)
{
    return m_store.write<void>(Store::WritePriority::Sync, [orgId, uses, since](Database &database) -> Result<void> {
        for (const CreditUse &use : uses) {
            const Result<void> kept = Statement(database, "INSERT OR REPLACE INTO credit_use"
                                                          " (org_id, slot, kind, requests, credits)"
                                                          " VALUES (?1, ?2, ?3, ?4, ?5)")
                                          .bind(1, orgId)
                                          .bind(2, use.slot)
                                          .bind(3, static_cast<int>(use.kind))
                                          .bind(4, use.requests)
                                          .bind(5, use.credits)
                                          .run();
            if (!kept)
                return kept;
        }
        return Statement(database, "DELETE FROM credit_use WHERE slot < ?1").bind(1, since).run();
    });
}

} // namespace ringside
