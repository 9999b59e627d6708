// SPDX-License-Identifier: Apache-2.0
#include "CallLog.h"

#include "CallRemoval.h"
#include "LedgerChain.h"
#include "Outbox.h"
#include "Statement.h"
#include "Store.h"

namespace ringside {

namespace {

constexpr auto columns =
    "SELECT call_key, source_id, call_id, incoming, state, reason, raw_number, e164, display_number, remote_name, "
    "local_line,"
    " started_at, offset_seconds, answered_at, ended_at, talk_ms, module, record_id, person_name, company, log_state,"
    " log_message, crm_call_id, answered_monotonic, boot_id FROM call ";

StoredCall callFrom(const Statement &row)
{
    return StoredCall{.key = row.text(0),
                      .sourceId = row.text(1),
                      .callId = row.text(2),
                      .incoming = row.boolean(3),
                      .state = row.smallInteger(4),
                      .reason = row.smallInteger(5),
                      .rawNumber = row.text(6),
                      .e164 = row.text(7),
                      .displayNumber = row.text(8),
                      .remoteName = row.text(9),
                      .localLine = row.text(10),
                      .startedAt = row.time(11),
                      .offsetSeconds = row.smallInteger(12),
                      .answeredAt = row.optionalTime(13),
                      .endedAt = row.optionalTime(14),
                      .talkTime = std::chrono::milliseconds(row.integer(15)),
                      .answeredMonotonic = std::chrono::milliseconds(row.integer(23)),
                      .bootId = row.blob(24),
                      .module = row.text(16),
                      .recordId = row.text(17),
                      .personName = row.text(18),
                      .company = row.text(19),
                      .logState = static_cast<LogState>(row.smallInteger(20)),
                      .logMessage = row.text(21),
                      .crmCallId = row.text(22)};
}

void bindCall(Statement &statement, const StoredCall &call)
{
    statement.bind(1, call.key)
        .bind(2, call.sourceId)
        .bind(3, call.callId)
        .bind(4, call.incoming)
        .bind(5, call.state)
        .bind(6, call.reason)
        .bind(7, call.rawNumber)
        .bind(8, call.e164)
        .bind(9, call.displayNumber)
        .bind(10, call.remoteName)
        .bind(11, call.localLine)
        .bind(12, call.startedAt)
        .bind(13, call.offsetSeconds)
        .bind(14, call.answeredAt)
        .bind(15, call.endedAt)
        .bind(16, qint64(call.talkTime.count()))
        .bind(17, call.module)
        .bind(18, call.recordId)
        .bind(19, call.personName)
        .bind(20, call.company)
        .bind(21, static_cast<int>(call.logState))
        .bind(22, call.logMessage)
        .bind(23, call.crmCallId)
        .bind(24, qint64(call.answeredMonotonic.count()))
        .bind(25, call.bootId);
}

Result<QList<StoredCall>> allCalls(Statement &select)
{
    QList<StoredCall> calls;
    while (select.next())
        calls.append(callFrom(select));
    if (select.failed())
        return select.error();
    return calls;
}

Result<std::optional<StoredCall>> findCall(Database &database, const QString &key)
{
    Statement select(database, (QByteArray(columns) + "WHERE call_key = ?1").constData());
    select.bind(1, key);
    std::optional<StoredCall> found;
    if (select.next())
        found = callFrom(select);
    if (select.failed())
        return select.error();
    return found;
}

Result<bool> isOnItsWay(Database &database, const QString &key)
{
    Statement select(database, "SELECT 1 FROM outbox WHERE call_key = ?1 AND state IN (?2, ?3, ?4)");
    select.bind(1, key)
        .bind(2, static_cast<int>(OutboxState::Pending))
        .bind(3, static_cast<int>(OutboxState::InFlight))
        .bind(4, static_cast<int>(OutboxState::Confirming));
    const bool found = select.next();
    if (select.failed())
        return select.error();
    return found;
}

/// The outbox may have moved the log on since the caller looked.
Result<void> keepNewerLog(Database &database, const StoredCall &stored, StoredCall &call)
{
    // The agent changes a call that was logged: whoever knows its record has heard that it was.
    const bool changedSince = call.logState == LogState::Draft && !call.crmCallId.isEmpty();
    bool keep = stored.logState == LogState::Logged && call.logState != LogState::Logged && !changedSince;
    if (!keep && stored.logState == LogState::Queued && call.logState < LogState::Queued) {
        const Result<bool> onItsWay = isOnItsWay(database, call.key);
        if (!onItsWay)
            return onItsWay.error();
        keep = onItsWay.value();
    }
    if (keep) {
        call.logState = stored.logState;
        call.logMessage = stored.logMessage;
        call.crmCallId = stored.crmCallId;
    }
    return {};
}

/// A call that is new, or has come further. A save of how long it has lasted so far is neither.
void noteHeard(Database &database, const std::optional<StoredCall> &stored, const StoredCall &call)
{
    if (stored && stored->state == call.state && stored->reason == call.reason)
        return;
    QJsonObject detail{{QStringLiteral("start"), call.startedAt.toMSecsSinceEpoch()},
                       {QStringLiteral("offset"), call.offsetSeconds},
                       {QStringLiteral("incoming"), call.incoming},
                       {QStringLiteral("answered"), call.answeredAt.has_value()},
                       {QStringLiteral("state"), call.state},
                       {QStringLiteral("reason"), call.reason}};
    if (call.endedAt)
        detail.insert(QStringLiteral("talkMs"), qint64(call.talkTime.count()));
    ledgerChain::note(database, {.kind = LedgerKind::Heard, .callKey = call.key, .detail = detail});
}

Result<void> saveCall(Database &database, StoredCall call)
{
    const Result<std::optional<StoredCall>> stored = findCall(database, call.key);
    if (!stored)
        return stored.error();
    noteHeard(database, stored.value(), call);
    if (!stored.value()) {
        Statement insert(
            database,
            "INSERT INTO call (call_key, source_id, call_id, incoming, state, reason, raw_number, e164,"
            " display_number, remote_name, local_line, started_at, offset_seconds, answered_at, ended_at, talk_ms,"
            " module, record_id, person_name, company, log_state, log_message, crm_call_id,"
            " answered_monotonic, boot_id)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
            " ?20, ?21, ?22, ?23, ?24, ?25)");
        bindCall(insert, call);
        return insert.run();
    }
    if (Result<void> kept = keepNewerLog(database, *stored.value(), call); !kept)
        return kept;
    Statement update(
        database,
        "UPDATE call SET source_id = ?2, call_id = ?3, incoming = ?4, state = ?5, reason = ?6, raw_number = ?7,"
        " e164 = ?8, display_number = ?9, remote_name = ?10, local_line = ?11, started_at = ?12,"
        " offset_seconds = ?13, answered_at = ?14, ended_at = ?15, talk_ms = ?16, module = ?17,"
        " record_id = ?18, person_name = ?19, company = ?20, log_state = ?21, log_message = ?22,"
        " crm_call_id = ?23, answered_monotonic = ?24, boot_id = ?25 WHERE call_key = ?1");
    bindCall(update, call);
    return update.run();
}

constexpr auto withPerson =
    "SELECT call_key FROM call WHERE ((module = ?1 AND record_id = ?2) OR (record_id = '' AND e164 <> '' AND e164 IN"
    " (SELECT n.e164 FROM directory_number AS n JOIN directory_entry AS e ON e.id = n.entry_id"
    " WHERE e.module = ?1 AND e.record_id = ?2"
    " UNION SELECT e164 FROM number_choice WHERE module = ?1 AND record_id = ?2)))";

Result<CallLog::Forgotten> forgetCalls(Database &database, const QString &module, const QString &recordId)
{
    CallLog::Forgotten forgotten;
    {
        Statement done(database, (QByteArray(withPerson) + " AND " + callRemoval::mayGo).constData());
        const Result<QStringList> gone = callRemoval::remove(database, done.bind(1, module).bind(2, recordId));
        if (!gone)
            return gone.error();
        forgotten.gone = gone.value();
    }
    Statement rest(database, withPerson);
    rest.bind(1, module).bind(2, recordId);
    while (rest.next())
        forgotten.kept.append(rest.text(0));
    if (rest.failed())
        return rest.error();
    return forgotten;
}

} // namespace

CallLog::CallLog(Store &store, QObject *parent) : QObject(parent), m_store(store) {}

QFuture<Result<void>> CallLog::save(const StoredCall &call)
{
    // In one line with the drafts and Outbox::add, so that the agent's acts are written in their order.
    return m_store.write<void>(Store::WritePriority::Draft,
                               [call](Database &database) { return saveCall(database, call); });
}

QFuture<Result<QList<StoredCall>>> CallLog::unfinished()
{
    return m_store.read<QList<StoredCall>>([](Database &database) -> Result<QList<StoredCall>> {
        Statement select(database, (QByteArray(columns)
                                    + "WHERE call_key IN (SELECT call_key FROM outbox WHERE state <> ?1"
                                      " UNION SELECT call_key FROM note_draft WHERE queued <> 2)"
                                      " ORDER BY started_at DESC, id DESC")
                                       .constData());
        return allCalls(select.bind(1, static_cast<int>(OutboxState::Done)));
    });
}

QFuture<Result<QList<StoredCall>>> CallLog::ofDay(const QDate &day)
{
    return m_store.read<QList<StoredCall>>([day](Database &database) -> Result<QList<StoredCall>> {
        const QDateTime start(day, QTime(0, 0), Qt::UTC);
        const QDateTime end = start.addDays(1);
        // The index knows UTC alone; no zone is further from it than this.
        constexpr int mostOffset = 24 * 60 * 60;
        Statement select(database, (QByteArray(columns) + "WHERE started_at >= ?1 AND started_at < ?2"
                                                          " AND started_at + offset_seconds * 1000 >= ?3"
                                                          " AND started_at + offset_seconds * 1000 < ?4"
                                                          " ORDER BY started_at, id")
                                       .constData());
        return allCalls(select.bind(1, start.addSecs(-mostOffset)).bind(2, end.addSecs(mostOffset)).bind(3, start).bind(4, end));
    });
}

QFuture<Result<QList<StoredCall>>> CallLog::recent(int limit, int offset)
{
    return m_store.read<QList<StoredCall>>([limit, offset](Database &database) -> Result<QList<StoredCall>> {
        Statement select(database,
                         (QByteArray(columns) + "ORDER BY started_at DESC, id DESC LIMIT ?1 OFFSET ?2").constData());
        return allCalls(select.bind(1, qMax(0, limit)).bind(2, qMax(0, offset))); // A negative LIMIT would mean all.
    });
}

QFuture<Result<std::optional<StoredCall>>> CallLog::find(const QString &key)
{
    return m_store.read<std::optional<StoredCall>>([key](Database &database) { return findCall(database, key); });
}

QFuture<Result<QStringList>> CallLog::forgetBefore(const QDateTime &before)
{
    return m_store.write<QStringList>(Store::WritePriority::Sync, [before](Database &database) {
        Statement old(
            database,
            (QByteArray("SELECT call_key FROM call WHERE ended_at < ?1 AND ") + callRemoval::mayGo).constData());
        return callRemoval::remove(database, old.bind(1, before));
    });
}

QFuture<Result<CallLog::Forgotten>> CallLog::forgetPerson(const QString &module, const QString &recordId)
{
    // In one line with the drafts: what was typed before it counts.
    return m_store.write<Forgotten>(Store::WritePriority::Draft, [module, recordId](Database &database) {
        return forgetCalls(database, module, recordId);
    });
}

} // namespace ringside
