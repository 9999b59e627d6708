// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace ringside {

class Database;

/// What the ledger tells of. Stored as these numbers.
enum class LedgerKind {
    Heard = 1,      ///< The phone told of a call, or of a change of its state.
    Shown = 2,      ///< The call was put before the agent.
    Typed = 3,      ///< Notes were saved.
    Queued = 4,     ///< The log, or a change of it, went into the outbox.
    Sent = 5,       ///< It was taken out to be sent. In the database before a byte is sent.
    Unanswered = 6, ///< It may have arrived; nobody knows yet.
    Unsent = 7,     ///< It certainly did not arrive, and waits again.
    Absent = 8,     ///< The CRM was asked after Unanswered and does not have it: it waits again.
    Confirmed = 9,  ///< The CRM has it.
    Rejected = 10,
    Withdrawn = 11, ///< The agent gave up a change.
    SignedIn = 12,
    SignedOut = 13,
    Removed = 14, ///< The call was taken off this desk, because its time was over or the person is to be forgotten.
    Closed = 15,  ///< The rows before stand for themselves no longer; see ledgerChain::close().
    Gap = 16,     ///< The newest rows of before were gone; see LedgerSeal.
};

/// One thing to be recorded. `detail` holds counts, states, times and ids of CRM records; never a text, a name, a
/// number that somebody can be called under, or a secret: "forget this person" leaves the ledger as it is.
struct LedgerEvent
{
    LedgerKind kind = LedgerKind::Heard;
    QString callKey{}; ///< Empty where it is not about a call.
    QJsonObject detail{};
    QDateTime at = QDateTime::currentDateTimeUtc();
};

/// A row as it is kept.
struct LedgerRow
{
    qint64 sequence = 0;
    qint64 at = 0; ///< Milliseconds since 1970, UTC.
    int kind = 0;
    QString callKey;
    QByteArray detail; ///< Compact JSON.
    QByteArray previous;
    QByteArray hash;
};

/// How far the ledger goes. Nothing yet: 0 and an empty hash.
struct LedgerHead
{
    qint64 sequence = 0;
    QByteArray hash{};

    friend bool operator==(const LedgerHead &, const LedgerHead &) = default;
};

/// The ledger's rows inside a transaction of the store. A row is written in the very transaction of the act that it
/// tells of, so a kill leaves both or neither, and it costs no write to the disk of its own.
///
/// Each row's hash is SHA-256 over all that the row says and the hash before it. Whoever changes, removes, inserts or
/// swaps rows has to write all later ones anew, which LedgerSeal and the exported statements show. What no such chain
/// can show: rows made up by somebody who has the store's key and the keychain at the time.
namespace ledgerChain {

QByteArray hashOf(const LedgerRow &row);

/// Adds one row. That it cannot is no reason to lose what it tells of: it goes to the program's log, and the act
/// stands.
void note(Database &database, const LedgerEvent &event);
Result<void> append(Database &database, const LedgerEvent &event);

Result<LedgerHead> head(Database &database);
/// The newest row, for those that need not be told of twice.
Result<std::optional<LedgerRow>> newest(Database &database);
/// Oldest first, from the one after `sequence`.
Result<QList<LedgerRow>> after(Database &database, qint64 sequence, int most);

/// Removes rows from the start up to the first that is not older than `before`, at most `most`, and appends one Closed
/// row with the last one's sequence and hash, which the rest then begins from, and with how many of each kind there
/// were. Gives how many were removed.
Result<qint64> close(Database &database, const QDateTime &before, int most);

/// Of a Closed row: the sequence and the hash that the rest begins from.
LedgerHead closedAt(const LedgerRow &row);

} // namespace ledgerChain

} // namespace ringside
