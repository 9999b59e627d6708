// SPDX-License-Identifier: Apache-2.0
#include "Ledger.h"

#include "LedgerCheck.h"
#include "Statement.h"
#include "Store.h"
#include "WhenReady.h"

#include <QJsonDocument>

namespace ringside {

namespace {

constexpr int closedAtOnce = 500;               ///< Rows; the writer is not held for longer than a few milliseconds.
constexpr qint64 around = qint64(24) * 60 * 60; ///< Seconds between what a call's rows tell and when they were written.

using HeardCalls = QHash<QString, HeardCall>;

QJsonObject detailOf(const Statement &row, int column)
{
    return QJsonDocument::fromJson(row.text(column).toUtf8()).object();
}

Result<HeardCalls> heardIn(Database &database, const QDateTime &from, const QDateTime &to)
{
    Statement select(database, "SELECT call_key, detail FROM ledger WHERE kind = ?1 AND at >= ?2 AND at < ?3");
    select.bind(1, static_cast<int>(LedgerKind::Heard)).bind(2, from.addSecs(-around)).bind(3, to.addSecs(around));
    HeardCalls calls;
    while (select.next()) {
        const QJsonObject detail = detailOf(select, 1);
        const QDateTime start =
            QDateTime::fromMSecsSinceEpoch(detail.value(QLatin1String("start")).toInteger(), Qt::UTC);
        if (start < from || start >= to)
            continue;
        HeardCall &call = calls[select.text(0)];
        call.callKey = select.text(0);
        call.startedAt = start;
        call.offsetSeconds = detail.value(QLatin1String("offset")).toInt();
        call.answered = call.answered || detail.value(QLatin1String("answered")).toBool();
    }
    if (select.failed())
        return select.error();
    return calls;
}

Result<QList<HeardCall>> withWhatBecameOfThem(Database &database, HeardCalls calls, const QDateTime &from)
{
    Statement select(database, "SELECT kind, call_key, detail FROM ledger WHERE kind IN (?1, ?2) AND at >= ?3");
    select.bind(1, static_cast<int>(LedgerKind::Confirmed))
        .bind(2, static_cast<int>(LedgerKind::Removed))
        .bind(3, from.addSecs(-around));
    while (select.next()) {
        const auto call = calls.find(select.text(1));
        if (call == calls.end())
            continue;
        const QString id = detailOf(select, 2).value(QLatin1String("crmId")).toString();
        if (select.smallInteger(0) == static_cast<int>(LedgerKind::Removed))
            call->removed = true;
        else if (!id.isEmpty() && !call->crmCallIds.contains(id))
            call->crmCallIds.append(id);
    }
    if (select.failed())
        return select.error();
    return calls.values();
}

} // namespace

Ledger::Ledger(Store &store, QObject *parent) : QObject(parent), m_store(store) {}

Ledger::~Ledger() = default;

QFuture<Result<void>> Ledger::record(const LedgerEvent &event)
{
    return m_store.write<void>(Store::WritePriority::Sync,
                               [event](Database &database) { return ledgerChain::append(database, event); });
}

QFuture<Result<LedgerHead>> Ledger::head()
{
    return m_store.read<LedgerHead>([](Database &database) { return ledgerChain::head(database); });
}

QFuture<Result<bool>> Ledger::holds(const LedgerHead &earlier)
{
    return m_store.read<bool>([earlier](Database &database) -> Result<bool> {
        if (earlier == LedgerHead())
            return true;
        const Result<QList<LedgerRow>> rows = ledgerChain::after(database, earlier.sequence - 1, 1);
        if (!rows)
            return rows.error();
        if (rows.value().isEmpty())
            return false;
        const LedgerRow &row = rows.value().constFirst();
        // A later row is the first one: what was before it has been closed, which verify() makes sure of.
        return row.sequence > earlier.sequence || row.hash == earlier.hash;
    });
}

QFuture<Result<LedgerReport>> Ledger::verify()
{
    return (new LedgerReading(m_store, this))->start();
}

QFuture<Result<QList<HeardCall>>> Ledger::heardBetween(const QDateTime &from, const QDateTime &to)
{
    return m_store.read<QList<HeardCall>>([from, to](Database &database) -> Result<QList<HeardCall>> {
        const Result<HeardCalls> calls = heardIn(database, from, to);
        if (!calls)
            return calls.error();
        return withWhatBecameOfThem(database, calls.value(), from);
    });
}

QFuture<Result<qint64>> Ledger::closeBefore(const QDateTime &before)
{
    const auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    closeSlice(before, 0, promise);
    return promise->future();
}

void Ledger::closeSlice(const QDateTime &before, qint64 closed,
                        const std::shared_ptr<QPromise<Result<qint64>>> &promise)
{
    const auto slice = m_store.write<qint64>(Store::WritePriority::Sync, [before](Database &database) {
        return ledgerChain::close(database, before, closedAtOnce);
    });
    whenReady(this, slice, [this, before, closed, promise](const Result<qint64> &rows) {
        if (rows && rows.value() == closedAtOnce)
            return closeSlice(before, closed + rows.value(), promise);
        promise->addResult(rows ? Result<qint64>(closed + rows.value()) : rows);
        promise->finish();
    });
}

} // namespace ringside
