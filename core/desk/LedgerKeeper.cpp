// SPDX-License-Identifier: Apache-2.0
#include "LedgerKeeper.h"

#include "Clock.h"
#include "Ledger.h"
#include "SecretStore.h"
#include "WhenReady.h"

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto sealInterval = 10min;

Secret written(const LedgerHead &head)
{
    return Secret("1 " + QByteArray::number(head.sequence) + ' ' + head.hash.toHex());
}

/// Nothing when it is not what written() makes.
LedgerHead readHead(const Secret &secret)
{
    const QList<QByteArray> parts = secret.reveal().split(' ');
    if (parts.size() != 3 || parts.at(0) != "1")
        return {};
    return {.sequence = parts.at(1).toLongLong(), .hash = QByteArray::fromHex(parts.at(2))};
}

} // namespace

LedgerKeeper::LedgerKeeper(Ledger &ledger, SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent), m_ledger(ledger), m_secrets(secrets), m_clock(clock)
{
    m_timer.setInterval(sealInterval);
    connect(&m_timer, &QTimer::timeout, this, &LedgerKeeper::seal);
}

void LedgerKeeper::begin()
{
    whenReady(this, m_secrets.read(QLatin1String(secretKey::ledgerHead)), [this](const Result<Secret> &kept) {
        // Without a keychain there is nothing to compare with, and nothing to seal into.
        if (!kept && kept.error().kind != ErrorKind::NotFound)
            return closeOldDays();
        m_begun = true;
        m_timer.start();
        compare(kept ? readHead(kept.value()) : LedgerHead());
    });
}

void LedgerKeeper::compare(const LedgerHead &earlier)
{
    whenReady(this, m_ledger.holds(earlier), [this, earlier](const Result<bool> &holds) {
        if (!holds || holds.value())
            return closeOldDays();
        const LedgerEvent gap{
            .kind = LedgerKind::Gap, .detail = {{QStringLiteral("sealed"), earlier.sequence}}, .at = m_clock.now()};
        whenReady(this, m_ledger.record(gap), [this](const Result<void> &) { closeOldDays(); });
    });
}

void LedgerKeeper::closeOldDays()
{
    whenReady(this, m_ledger.closeBefore(m_clock.now().addDays(-keptDays)), [this](const Result<qint64> &) { seal(); });
}

void LedgerKeeper::seal()
{
    if (!m_begun)
        return;
    whenReady(this, m_ledger.head(), [this](const Result<LedgerHead> &head) {
        if (head && head.value() != m_sealed)
            write(head.value());
    });
}

void LedgerKeeper::write(const LedgerHead &head)
{
    whenReady(this, m_secrets.write(QLatin1String(secretKey::ledgerHead), written(head)),
              [this, head](const Result<void> &done) {
                  if (!done)
                      return; // at the next turn
                  m_sealed = head;
                  Q_EMIT sealed();
              });
}

} // namespace ringside
