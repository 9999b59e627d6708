// SPDX-License-Identifier: Apache-2.0
#include "LedgerCheck.h"

#include "Database.h"
#include "Store.h"
#include "WhenReady.h"

namespace ringside {

namespace {

constexpr int rowsOfASlice = 1000; ///< A few milliseconds of the reader's thread.

} // namespace

void LedgerCheck::take(const LedgerRow &row)
{
    if (m_report.rows == 0) {
        m_report.since = QDateTime::fromMSecsSinceEpoch(row.at, Qt::UTC);
        m_beginning = {.sequence = row.sequence - 1, .hash = row.previous};
        m_beginningStands = m_beginning == LedgerHead();
    } else if (row.sequence != m_report.head.sequence + 1 || row.previous != m_report.head.hash) {
        found(row.sequence, LedgerBreak::Kind::Severed);
    }
    if (ledgerChain::hashOf(row) != row.hash)
        found(row.sequence, LedgerBreak::Kind::Changed);
    if (row.kind == static_cast<int>(LedgerKind::Closed) && ledgerChain::closedAt(row) == m_beginning)
        m_beginningStands = true;
    if (row.kind == static_cast<int>(LedgerKind::Gap))
        m_report.gaps.append(QDateTime::fromMSecsSinceEpoch(row.at, Qt::UTC));
    m_report.rows += 1;
    m_report.head = {.sequence = row.sequence, .hash = row.hash};
}

void LedgerCheck::found(qint64 sequence, LedgerBreak::Kind kind)
{
    if (!m_report.firstBreak)
        m_report.firstBreak = LedgerBreak{.sequence = sequence, .kind = kind};
}

LedgerReport LedgerCheck::finished() const
{
    LedgerReport report = m_report;
    if (!m_beginningStands && !report.firstBreak)
        report.firstBreak = LedgerBreak{.sequence = m_beginning.sequence + 1, .kind = LedgerBreak::Kind::Beginning};
    return report;
}

LedgerReading::LedgerReading(Store &store, QObject *parent) : QObject(parent), m_store(store) {}

QFuture<Result<LedgerReport>> LedgerReading::start()
{
    m_promise.start();
    readOn();
    return m_promise.future();
}

void LedgerReading::readOn()
{
    const auto slice = m_store.read<QList<LedgerRow>>(
        [last = m_last](Database &database) { return ledgerChain::after(database, last, rowsOfASlice); });
    whenReady(this, slice, [this](const Result<QList<LedgerRow>> &rows) {
        if (!rows)
            return finish(rows.error());
        for (const LedgerRow &row : rows.value())
            m_check.take(row);
        if (rows.value().size() == rowsOfASlice) {
            m_last = rows.value().constLast().sequence;
            return readOn();
        }
        const LedgerReport report = m_check.finished();
        if (!report.firstBreak || std::exchange(m_again, true))
            return finish(report);
        m_check = {};
        m_last = 0;
        readOn();
    });
}

void LedgerReading::finish(const Result<LedgerReport> &result)
{
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace ringside
