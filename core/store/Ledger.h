// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "LedgerChain.h"
#include "Result.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QPromise>

#include <memory>

namespace ringside {

class Store;

/// Where a chain does not hold.
struct LedgerBreak
{
    enum class Kind {
        Changed,  ///< The row says something else than when it was written.
        Severed,  ///< The row does not follow the one before: rows were removed, put in or swapped there.
        Beginning ///< Rows are gone from the start, and no Closed row stands for them.
    };

    qint64 sequence = 0;
    Kind kind = Kind::Changed;
};

/// What a look at all rows has found.
struct LedgerReport
{
    qint64 rows = 0;
    QDateTime since; ///< Of the first row, UTC; invalid when there is none.
    LedgerHead head;
    std::optional<LedgerBreak> firstBreak; ///< None: every row is as it was written, and in its place.
    QList<QDateTime> gaps;                 ///< When it was seen that newer rows had gone; see LedgerSeal.
};

/// A call that was heard, as the ledger has it.
struct HeardCall
{
    QString callKey;
    QDateTime startedAt; ///< UTC
    int offsetSeconds = 0;
    bool answered = false;
    QStringList crmCallIds{}; ///< Of all records that the CRM confirmed for it. More than one is one too many.
    bool removed = false;   ///< Taken off this desk; that it is not there is as it should be.
};

/// What was heard, shown, typed, sent and confirmed on this desk, each row chained to the one before; see ledgerChain,
/// which the store's other tables write it through. Reading never holds up a look-up: it goes in slices.
class Ledger final : public QObject
{
    Q_OBJECT

public:
    explicit Ledger(Store &store, QObject *parent = nullptr);
    ~Ledger() override;

    /// For what has no act of its own in the store. Behind all drafts and sends.
    QFuture<Result<void>> record(const LedgerEvent &event);

    QFuture<Result<LedgerHead>> head();
    /// Whether this row is there with this hash, or lies in what was closed since. A head of nothing always is.
    QFuture<Result<bool>> holds(const LedgerHead &earlier);

    /// Goes through all rows. A break is looked at twice, since old days may have been closed meanwhile.
    QFuture<Result<LedgerReport>> verify();

    /// The calls that started within these times, by what was heard of them.
    QFuture<Result<QList<HeardCall>>> heardBetween(const QDateTime &from, const QDateTime &to);

    /// See ledgerChain::close(); all of it, in slices. Gives how many rows were removed.
    QFuture<Result<qint64>> closeBefore(const QDateTime &before);

private:
    void closeSlice(const QDateTime &before, qint64 closed, const std::shared_ptr<QPromise<Result<qint64>>> &promise);

    Store &m_store;
};

} // namespace ringside
