// SPDX-License-Identifier: Apache-2.0
#include "LedgerChain.h"

#include "Database.h"
#include "Logging.h"
#include "Statement.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QMap>
#include <QtEndian>

namespace ringside::ledgerChain {

namespace {

constexpr auto columns = "SELECT sequence, at, kind, call_key, detail, previous, hash FROM ledger ";
constexpr auto upToKey = QLatin1String("upTo");
constexpr auto hashKey = QLatin1String("hash");

void addNumber(QCryptographicHash &hash, qint64 number)
{
    const qint64 bytes = qToBigEndian(number);
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&bytes), sizeof bytes));
}

/// With its length before it, so that no two rows say the same in other words.
void addBytes(QCryptographicHash &hash, const QByteArray &bytes)
{
    addNumber(hash, bytes.size());
    hash.addData(bytes);
}

LedgerRow rowFrom(const Statement &row)
{
    return {.sequence = row.integer(0),
            .at = row.integer(1),
            .kind = row.smallInteger(2),
            .callKey = row.text(3),
            .detail = row.text(4).toUtf8(),
            .previous = row.blob(5),
            .hash = row.blob(6)};
}

Result<QList<LedgerRow>> rowsOf(Statement &select)
{
    QList<LedgerRow> rows;
    while (select.next())
        rows.append(rowFrom(select));
    if (select.failed())
        return select.error();
    return rows;
}

Result<std::optional<LedgerRow>> firstOf(Statement &select)
{
    const Result<QList<LedgerRow>> rows = rowsOf(select);
    if (!rows)
        return rows.error();
    return rows.value().isEmpty() ? std::nullopt : std::optional(rows.value().first());
}

/// The last row that may go: all up to it are older than `before`, and they are `most` at most. 0 = none.
Result<qint64> lastToClose(Database &database, const QDateTime &before, int most)
{
    Statement select(database, "SELECT coalesce((SELECT min(sequence) FROM ledger WHERE at >= ?1) - 1,"
                               " (SELECT max(sequence) FROM ledger)), (SELECT min(sequence) FROM ledger)");
    select.bind(1, before);
    qint64 last = 0;
    if (select.next() && !select.isNull(1)) {
        const qint64 first = select.integer(1);
        last = qMin(select.integer(0), first + most - 1);
        last = last < first ? 0 : last;
    }
    if (select.failed())
        return select.error();
    return last;
}

Result<QJsonObject> countsUpTo(Database &database, qint64 last)
{
    Statement select(database, "SELECT kind, count(*) FROM ledger WHERE sequence <= ?1 GROUP BY kind");
    select.bind(1, last);
    QJsonObject counts;
    while (select.next())
        counts.insert(select.text(0), select.integer(1));
    if (select.failed())
        return select.error();
    return counts;
}

} // namespace

QByteArray hashOf(const LedgerRow &row)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    addBytes(hash, "ringside ledger 1");
    addNumber(hash, row.sequence);
    addNumber(hash, row.at);
    addNumber(hash, row.kind);
    addBytes(hash, row.callKey.toUtf8());
    addBytes(hash, row.detail);
    addBytes(hash, row.previous);
    return hash.result();
}

void note(Database &database, const LedgerEvent &event)
{
    if (const Result<void> appended = append(database, event); !appended)
        qCWarning(logStore, "The ledger took no row: %ls", qUtf16Printable(appended.error().code));
}

Result<void> append(Database &database, const LedgerEvent &event)
{
    const Result<LedgerHead> before = head(database);
    if (!before)
        return before.error();
    LedgerRow row{.sequence = before.value().sequence + 1,
                  .at = event.at.toMSecsSinceEpoch(),
                  .kind = static_cast<int>(event.kind),
                  .callKey = event.callKey,
                  .detail = QJsonDocument(event.detail).toJson(QJsonDocument::Compact),
                  .previous = before.value().hash,
                  .hash = {}};
    row.hash = hashOf(row);
    return Statement(database, "INSERT INTO ledger (sequence, at, kind, call_key, detail, previous, hash)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .bind(1, row.sequence)
        .bind(2, row.at)
        .bind(3, row.kind)
        .bind(4, row.callKey)
        .bind(5, QString::fromUtf8(row.detail))
        .bind(6, row.previous)
        .bind(7, row.hash)
        .run();
}

Result<LedgerHead> head(Database &database)
{
    const Result<std::optional<LedgerRow>> row = newest(database);
    if (!row)
        return row.error();
    return row.value() ? LedgerHead{.sequence = row.value()->sequence, .hash = row.value()->hash} : LedgerHead();
}

Result<std::optional<LedgerRow>> newest(Database &database)
{
    Statement select(database, (QByteArray(columns) + "ORDER BY sequence DESC LIMIT 1").constData());
    return firstOf(select);
}

Result<QList<LedgerRow>> after(Database &database, qint64 sequence, int most)
{
    Statement select(database, (QByteArray(columns) + "WHERE sequence > ?1 ORDER BY sequence LIMIT ?2").constData());
    return rowsOf(select.bind(1, sequence).bind(2, qMax(0, most)));
}

Result<qint64> close(Database &database, const QDateTime &before, int most)
{
    const Result<qint64> last = lastToClose(database, before, most);
    if (!last || last.value() == 0)
        return last;
    Statement select(database, (QByteArray(columns) + "WHERE sequence = ?1").constData());
    const Result<std::optional<LedgerRow>> row = firstOf(select.bind(1, last.value()));
    if (!row)
        return row.error();
    const Result<QJsonObject> counts = countsUpTo(database, last.value());
    if (!counts)
        return counts.error();
    const QString hash = row.value() ? QString::fromLatin1(row.value()->hash.toHex()) : QString();
    // Appended first, while there is a newest row for it to follow.
    const Result<void> closed = append(
        database, {.kind = LedgerKind::Closed,
                   .detail = {{upToKey, last.value()}, {hashKey, hash}, {QLatin1String("counts"), counts.value()}}});
    if (!closed)
        return closed.error();
    const Result<void> removed =
        Statement(database, "DELETE FROM ledger WHERE sequence <= ?1").bind(1, last.value()).run();
    if (!removed)
        return removed.error();
    return database.changedRows();
}

LedgerHead closedAt(const LedgerRow &row)
{
    const QJsonObject detail = QJsonDocument::fromJson(row.detail).object();
    return {.sequence = detail.value(upToKey).toInteger(),
            .hash = QByteArray::fromHex(detail.value(hashKey).toString().toLatin1())};
}

} // namespace ringside::ledgerChain
