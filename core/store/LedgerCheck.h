// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Ledger.h"

#include <QPromise>

namespace ringside {

/// Whether rows follow one another as the chain says, from the first kept one to the last. Fed in order. Pure.
class LedgerCheck final
{
public:
    void take(const LedgerRow &row);
    LedgerReport finished() const;

private:
    void found(qint64 sequence, LedgerBreak::Kind kind);

    LedgerReport m_report;
    LedgerHead m_beginning; ///< What the first row follows: nothing, or rows that were closed.
    bool m_beginningStands = true;
};

/// One look through all rows, in slices. Deletes itself when it is done.
class LedgerReading final : public QObject
{
    Q_OBJECT

public:
    LedgerReading(Store &store, QObject *parent);
    QFuture<Result<LedgerReport>> start();

private:
    void readOn();
    void finish(const Result<LedgerReport> &result);

    Store &m_store;
    QPromise<Result<LedgerReport>> m_promise;
    LedgerCheck m_check;
    qint64 m_last = 0;
    bool m_again = false;
};

} // namespace ringside
