// SPDX-License-Identifier: Apache-2.0
#include "Outbox.h"

#include "CallLog.h"
#include "OutboxLedger.h"
#include "Statement.h"
#include "Store.h"

#include <QCoreApplication>

namespace ringside {

namespace {

using Entry = std::optional<OutboxEntry>;

constexpr auto columns =
    "SELECT id, call_key, kind, payload, state, attempts, created_at, not_before, sent_at, reason,"
    " CASE kind WHEN 'update' THEN (SELECT made.payload FROM outbox AS made WHERE made.call_key = outbox.call_key"
    " AND made.kind = 'call') ELSE x'' END,"
    " CASE kind WHEN 'update' THEN (SELECT crm_call_id FROM call WHERE call.call_key = outbox.call_key) ELSE '' END"
    " FROM outbox ";

OutboxEntry entryFrom(const Statement &row)
{
    return OutboxEntry{.id = row.integer(0),
                       .callKey = row.text(1),
                       .kind = row.text(2),
                       .payload = row.blob(3),
                       .state = static_cast<OutboxState>(row.smallInteger(4)),
                       .attempts = row.smallInteger(5),
                       .createdAt = row.time(6),
                       .notBefore = row.time(7),
                       .sentAt = row.time(8),
                       .reason = row.text(9),
                       .told = row.blob(10),
                       .crmCallId = row.text(11)};
}

QString translated(const char *text)
{
    return QCoreApplication::translate("ringside::Outbox", text);
}

Error unknownEntry()
{
    return Error{.kind = ErrorKind::NotFound,
                 .message = translated(QT_TRANSLATE_NOOP("ringside::Outbox",
                                                         "This log is no longer waiting to be sent, so nothing was changed. "
                                                         "Look at the call in the list to see how it stands."))};
}

/// Why this entry cannot be replaced; nothing when it can.
std::optional<Error> refusal(const OutboxEntry &entry)
{
    switch (entry.state) {
    case OutboxState::Pending:
    case OutboxState::Rejected:
        return std::nullopt;
    case OutboxState::InFlight:
    case OutboxState::Confirming:
        return Error{.kind = ErrorKind::Busy,
                     .message = translated(QT_TRANSLATE_NOOP("ringside::Outbox",
                                                             "This call's log is being sent just now. Your notes are kept: wait "
                                                             "until it is logged, then change it."))};
    case OutboxState::Done:
        if (entry.kind == outboxKind::update)
            return std::nullopt;
        break;
    }
    return Error{.kind = ErrorKind::Conflict,
                 .message = translated(QT_TRANSLATE_NOOP("ringside::Outbox",
                                                         "This call is logged already, so it was not logged again. Your notes are "
                                                         "kept: open the call in the CRM to change its record."))};
}

Result<Entry> findEntry(Statement &select)
{
    Entry found;
    if (select.next())
        found = entryFrom(select);
    if (select.failed())
        return select.error();
    return found;
}

Result<Entry> entryOf(Database &database, const QString &callKey, const QString &kind)
{
    Statement select(database, (QByteArray(columns) + "WHERE call_key = ?1 AND kind = ?2").constData());
    return findEntry(select.bind(1, callKey).bind(2, kind));
}

Result<OutboxEntry> entryById(Database &database, qint64 id)
{
    Statement select(database, (QByteArray(columns) + "WHERE id = ?1").constData());
    const Result<Entry> found = findEntry(select.bind(1, id));
    if (!found)
        return found.error();
    if (!found.value())
        return unknownEntry();
    return *found.value();
}

Result<void> markCall(Database &database, const QString &callKey, LogState state, const QString &message)
{
    return Statement(database, "UPDATE call SET log_state = ?2, log_message = ?3 WHERE call_key = ?1")
        .bind(1, callKey)
        .bind(2, static_cast<int>(state))
        .bind(3, message)
        .run();
}

/// What the CRM has of this call.
Result<void> setTold(Database &database, const QString &callKey, const QByteArray &payload)
{
    return Statement(database, "UPDATE outbox SET payload = ?2 WHERE call_key = ?1 AND kind = ?3")
        .bind(1, callKey)
        .bind(2, payload)
        .bind(3, QString(outboxKind::call))
        .run();
}

/// Customers' words are not kept where nobody needs them.
Result<void> dropPayload(Database &database, qint64 id)
{
    return Statement(database, "UPDATE outbox SET payload = x'' WHERE id = ?1").bind(1, id).run();
}

Result<void> setEntryState(Database &database, qint64 id, OutboxState state, const QDateTime &notBefore, const QString &reason)
{
    Statement update(database, "UPDATE outbox SET state = ?2, not_before = ?3, reason = ?4 WHERE id = ?1");
    update.bind(1, id).bind(2, static_cast<int>(state)).bind(3, notBefore).bind(4, reason);
    if (Result<void> updated = update.run(); !updated)
        return updated;
    if (database.changedRows() == 0)
        return unknownEntry();
    return {};
}

/// For Pending, InFlight and Confirming.
Result<void> moveEntry(Database &database, qint64 id, OutboxState state, const QDateTime &notBefore, const QString &reason)
{
    const Result<OutboxEntry> entry = entryById(database, id);
    if (!entry)
        return entry.error();
    outboxLedger::moved(database, entry.value(), state);
    return setEntryState(database, id, state, notBefore, reason);
}

Result<qint64> insertEntry(Database &database, const OutboxEntry &entry)
{
    Statement insert(database, "INSERT INTO outbox (call_key, kind, payload, state, attempts, created_at, not_before, reason)"
                               " VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, '')");
    insert.bind(1, entry.callKey)
        .bind(2, entry.kind)
        .bind(3, entry.payload)
        .bind(4, static_cast<int>(OutboxState::Pending))
        .bind(5, entry.createdAt)
        .bind(6, entry.notBefore);
    if (const Result<void> inserted = insert.run(); !inserted)
        return inserted.error();
    return database.lastInsertId();
}

Result<qint64> replaceEntry(Database &database, const OutboxEntry &stored, const OutboxEntry &entry)
{
    if (const std::optional<Error> refused = refusal(stored))
        return *refused;
    const bool afresh = stored.state == OutboxState::Rejected || stored.state == OutboxState::Done;
    Statement update(database, "UPDATE outbox SET payload = ?2, state = ?3, attempts = ?4, created_at = ?5, not_before = ?6,"
                               " reason = '' WHERE id = ?1");
    update.bind(1, stored.id)
        .bind(2, entry.payload)
        .bind(3, static_cast<int>(OutboxState::Pending))
        .bind(4, afresh ? 0 : stored.attempts)
        .bind(5, afresh ? entry.createdAt : stored.createdAt)
        .bind(6, entry.notBefore);
    if (const Result<void> updated = update.run(); !updated)
        return updated.error();
    return stored.id;
}

Result<qint64> addEntry(Database &database, const OutboxEntry &entry)
{
    const Result<Entry> stored = entryOf(database, entry.callKey, entry.kind);
    if (!stored)
        return stored.error();
    Result<qint64> id = stored.value() ? replaceEntry(database, *stored.value(), entry) : insertEntry(database, entry);
    if (!id)
        return id;
    outboxLedger::queued(database, entry, id.value());
    const Result<void> queued = Statement(database, "UPDATE note_draft SET queued = 1 WHERE call_key = ?1").bind(1, entry.callKey).run();
    if (!queued)
        return queued.error();
    if (const Result<void> marked = markCall(database, entry.callKey, LogState::Queued, {}); !marked)
        return marked.error();
    return id;
}

Result<Entry> takeEntry(Database &database, const QDateTime &now)
{
    Statement select(database, (QByteArray(columns) + "WHERE state = ?1 AND (not_before IS NULL OR not_before <= ?2)"
                                                      " ORDER BY id LIMIT 1").constData());
    Result<Entry> found = findEntry(select.bind(1, static_cast<int>(OutboxState::Pending)).bind(2, now));
    if (!found || !found.value())
        return found;
    OutboxEntry &entry = *found.value();
    entry.state = OutboxState::InFlight;
    entry.attempts += 1;
    entry.sentAt = now.toUTC();
    Statement update(database, "UPDATE outbox SET state = ?2, attempts = ?3, sent_at = ?4 WHERE id = ?1");
    update.bind(1, entry.id).bind(2, static_cast<int>(entry.state)).bind(3, entry.attempts).bind(4, entry.sentAt);
    if (const Result<void> updated = update.run(); !updated)
        return updated.error();
    outboxLedger::sent(database, entry);
    return found;
}

Result<void> completeEntry(Database &database, qint64 id, const QString &crmCallId)
{
    const Result<OutboxEntry> entry = entryById(database, id);
    if (!entry)
        return entry.error();
    const QString &callKey = entry.value().callKey;
    outboxLedger::confirmed(database, entry.value(), crmCallId);
    if (Result<void> done = setEntryState(database, id, OutboxState::Done, {}, {}); !done)
        return done;
    if (Result<void> marked = markCall(database, callKey, LogState::Logged, {}); !marked)
        return marked;
    Statement named(database, "UPDATE call SET crm_call_id = ?2 WHERE call_key = ?1");
    if (Result<void> set = named.bind(1, callKey).bind(2, crmCallId).run(); !set)
        return set;
    if (entry.value().kind == outboxKind::update && !entry.value().payload.isEmpty()) {
        if (Result<void> told = setTold(database, callKey, entry.value().payload); !told)
            return told;
        if (Result<void> dropped = dropPayload(database, id); !dropped)
            return dropped;
    }
    return Statement(database, "UPDATE note_draft SET queued = 2 WHERE call_key = ?1 AND queued = 1").bind(1, callKey).run();
}

Result<void> rejectEntry(Database &database, qint64 id, const QString &reason, const QByteArray &found)
{
    const Result<OutboxEntry> entry = entryById(database, id);
    if (!entry)
        return entry.error();
    outboxLedger::rejected(database, entry.value());
    if (Result<void> done = setEntryState(database, id, OutboxState::Rejected, {}, reason); !done)
        return done;
    if (!found.isEmpty()) {
        if (Result<void> told = setTold(database, entry.value().callKey, found); !told)
            return told;
    }
    return markCall(database, entry.value().callKey, LogState::Rejected, reason);
}

Result<QByteArray> toldOf(Database &database, const QString &callKey)
{
    const Result<Entry> made = entryOf(database, callKey, outboxKind::call);
    if (!made)
        return made.error();
    const bool logged = made.value() && made.value()->state == OutboxState::Done;
    return logged ? made.value()->payload : QByteArray();
}

Result<void> withdraw(Database &database, const QString &callKey)
{
    const Result<Entry> update = entryOf(database, callKey, outboxKind::update);
    if (!update)
        return update.error();
    if (update.value()) {
        if (const std::optional<Error> refused = refusal(*update.value()))
            return *refused;
        outboxLedger::withdrawn(database, *update.value());
        if (Result<void> done = setEntryState(database, update.value()->id, OutboxState::Done, {}, {}); !done)
            return done;
        if (Result<void> dropped = dropPayload(database, update.value()->id); !dropped)
            return dropped;
    }
    if (Result<void> marked = markCall(database, callKey, LogState::Logged, {}); !marked)
        return marked;
    return Statement(database, "UPDATE note_draft SET queued = 2 WHERE call_key = ?1").bind(1, callKey).run();
}

} // namespace

Outbox::Outbox(Store &store, QObject *parent) : QObject(parent), m_store(store) {}

QFuture<Result<qint64>> Outbox::add(const OutboxEntry &entry)
{
    // Among the drafts, not behind them: its order to the saves before and after it is what tells which text it sends.
    return m_store.write<qint64>(Store::WritePriority::Draft, [entry](Database &database) { return addEntry(database, entry); });
}

QFuture<Result<std::optional<OutboxEntry>>> Outbox::takeNext(const QDateTime &now)
{
    return m_store.write<Entry>(Store::WritePriority::Outbox, [now](Database &database) { return takeEntry(database, now); });
}

QFuture<Result<QList<OutboxEntry>>> Outbox::open()
{
    return m_store.read<QList<OutboxEntry>>([](Database &database) -> Result<QList<OutboxEntry>> {
        Statement select(database, (QByteArray(columns) + "WHERE state <> ?1 ORDER BY id").constData());
        select.bind(1, static_cast<int>(OutboxState::Done));
        QList<OutboxEntry> entries;
        while (select.next())
            entries.append(entryFrom(select));
        if (select.failed())
            return select.error();
        return entries;
    });
}

QFuture<Result<void>> Outbox::setState(qint64 id, OutboxState state, const QDateTime &notBefore, const QString &reason)
{
    return m_store.write<void>(Store::WritePriority::Outbox, [id, state, notBefore, reason](Database &database) {
        return moveEntry(database, id, state, notBefore, reason);
    });
}

QFuture<Result<void>> Outbox::complete(qint64 id, const QString &crmCallId)
{
    return m_store.write<void>(Store::WritePriority::Outbox,
                               [id, crmCallId](Database &database) { return completeEntry(database, id, crmCallId); });
}

QFuture<Result<void>> Outbox::reject(qint64 id, const QString &reason, const QByteArray &found)
{
    return m_store.write<void>(Store::WritePriority::Outbox, [id, reason, found](Database &database) {
        return rejectEntry(database, id, reason, found);
    });
}

QFuture<Result<QByteArray>> Outbox::told(const QString &callKey)
{
    return m_store.read<QByteArray>([callKey](Database &database) { return toldOf(database, callKey); });
}

QFuture<Result<void>> Outbox::withdrawUpdate(const QString &callKey)
{
    // Among the drafts, as add(): the draft that was saved before it is the one that counts as logged.
    return m_store.write<void>(Store::WritePriority::Draft,
                               [callKey](Database &database) { return withdraw(database, callKey); });
}

} // namespace ringside
