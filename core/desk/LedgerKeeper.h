// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "LedgerChain.h"

#include <QObject>
#include <QTimer>

namespace ringside {

class Clock;
class Ledger;
class SecretStore;

/// Keeps the ledger honest and short. How far it goes (the count of its rows and the last one's hash) is written into
/// the keychain: at the start, when a day's statement is looked at, and every few minutes while something happens. A
/// store that was put back to an earlier state, or cut short, no longer has that row: then a Gap row says so from then
/// on. Rows that were written since the last seal and removed before the next one are not missed; nor does any of this
/// hold against somebody who writes into both, the store and the keychain.
///
/// Days older than those that are kept are closed into one row at the start: see ledgerChain::close().
class LedgerKeeper final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    LedgerKeeper(Ledger &ledger, SecretStore &secrets, const Clock &clock, QObject *parent = nullptr);

    /// Once the account's store is open: looks whether the sealed row is there, closes old days, and seals. Not for a
    /// store of this run only, which no keychain knows.
    void begin();
    /// Seals now, if begun and anything has happened since.
    void seal();

    static constexpr int keptDays = 90;

Q_SIGNALS:
    void sealed(); ///< The keychain has how far the ledger goes now.

private:
    void compare(const LedgerHead &earlier);
    void closeOldDays();
    void write(const LedgerHead &head);

    Ledger &m_ledger;
    SecretStore &m_secrets;
    const Clock &m_clock;
    QTimer m_timer;
    LedgerHead m_sealed;
    bool m_begun = false;
};

} // namespace ringside
