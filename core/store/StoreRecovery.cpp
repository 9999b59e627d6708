// SPDX-License-Identifier: Apache-2.0
#include "StoreRecovery.h"

#include "CallLog.h"
#include "Database.h"
#include "Outbox.h"
#include "PageRows.h"
#include "SalvagedPages.h"
#include "Statement.h"
#include "TableShape.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace ringside {

namespace {

// Page size, format, bytes kept free and payload fractions, the same in each of our files. Where no HMAC can be
// checked, this tells a first page from noise.
constexpr qsizetype formatAt = 16;
constexpr QByteArrayView format("\x10\x00\x02\x02\x30\x40\x20\x20", 8);
constexpr qsizetype versionAt = 60; ///< In the first page: PRAGMA user_version.
constexpr auto draftsTable = "note_draft";

/// Where a text was cut, half a character may be left.
QString wholeCharacters(const QByteArray &utf8)
{
    QString text = QString::fromUtf8(utf8);
    while (text.endsWith(QChar::ReplacementCharacter))
        text.chop(1);
    return text;
}

void bindValue(Statement &statement, int index, const SalvagedValue &value)
{
    switch (value.type) {
    case SalvagedValue::Type::Null:
    case SalvagedValue::Type::Real: // no table has any
        return;
    case SalvagedValue::Type::Integer:
        statement.bind(index, value.integer);
        return;
    case SalvagedValue::Type::Text:
        statement.bind(index, wholeCharacters(value.bytes));
        return;
    case SalvagedValue::Type::Blob:
        statement.bind(index, value.bytes);
        return;
    }
}

Result<void> insertRow(Database &fresh, const TableShape &table, const SalvagedRow &row)
{
    QByteArray names;
    QByteArray marks;
    for (qsizetype i = 0; i < row.values.size(); ++i) {
        names += (i ? ", \"" : "\"") + table.columns.at(i).name + '"';
        marks += (i ? ", ?" : "?") + QByteArray::number(i + 1);
    }
    // What is there already is newer.
    Statement insert(
        fresh, ("INSERT OR IGNORE INTO \"" + table.name + "\" (" + names + ") VALUES (" + marks + ')').constData());
    for (qsizetype i = 0; i < row.values.size(); ++i) {
        if (table.columns.at(i).isRowId)
            insert.bind(static_cast<int>(i) + 1, row.id);
        else
            bindValue(insert, static_cast<int>(i) + 1, row.values.at(i));
    }
    return insert.run();
}

Result<void> copyImage(const SalvagedPages &pages, quint32 number, int image, const QList<TableShape> &tables,
                       Database &fresh)
{
    const QList<SalvagedRow> rows = rowsOf(pages, number, image);
    for (const SalvagedRow &row : rows) {
        const auto table =
            std::find_if(tables.cbegin(), tables.cend(), [&row](const TableShape &one) { return one.holds(row); });
        // The beginning of notes is worth having; half of anything else is not.
        if (table == tables.cend() || (row.cut && table->name != draftsTable))
            continue;
        if (Result<void> inserted = insertRow(fresh, *table, row); !inserted)
            return inserted;
    }
    return {};
}

Result<void> copyRows(const SalvagedPages &pages, const QList<TableShape> &tables, Database &fresh)
{
    for (quint32 number = 1; number <= pages.count(); ++number) {
        if (Result<void> copied = copyImage(pages, number, 0, tables, fresh); !copied)
            return copied;
    }
    for (quint32 number = 1; number <= pages.count(); ++number) {
        for (int image = 1; image < pages.images(number); ++image) {
            if (Result<void> copied = copyImage(pages, number, image, tables, fresh); !copied)
                return copied;
        }
    }
    return {};
}

/// Rows that point to one that is lost.
Result<void> dropOrphans(const QList<TableShape> &tables, Database &fresh)
{
    for (const TableShape &table : tables) {
        QList<QByteArray> deletions;
        {
            Statement keys(fresh, ("PRAGMA foreign_key_list(\"" + table.name + "\")").constData());
            while (keys.next())
                deletions.append("DELETE FROM \"" + table.name + "\" WHERE \"" + keys.text(3).toUtf8() +
                                 "\" NOT IN (SELECT \"" + keys.text(4).toUtf8() + "\" FROM \"" + keys.text(2).toUtf8() +
                                 "\")");
            if (keys.failed())
                return keys.error();
        }
        for (const QByteArray &deletion : std::as_const(deletions)) {
            if (Result<void> done = fresh.execute(deletion.constData()); !done)
                return done;
        }
    }
    return {};
}

Result<void> lookUpBeforeSending(Database &fresh)
{
    return Statement(fresh,
                     "UPDATE outbox SET state = ?1, not_before = NULL, sent_at = coalesce(sent_at, created_at, 0)"
                     " WHERE state IN (?2, ?3)")
        .bind(1, static_cast<int>(OutboxState::Confirming))
        .bind(2, static_cast<int>(OutboxState::Pending))
        .bind(3, static_cast<int>(OutboxState::InFlight))
        .run();
}

// What is left of them is a call of nobody known, begun when its notes were last changed, that ended while the program
// was not there.
Result<void> makeLostCalls(Database &fresh)
{
    return Statement(
               fresh,
               "INSERT INTO call (call_key, source_id, call_id, incoming, state, reason, raw_number, e164, "
               "display_number,"
               " remote_name, local_line, started_at, offset_seconds, talk_ms, module, record_id, person_name, company,"
               " log_state, log_message, crm_call_id)"
               " SELECT call_key, '', '', 1, 0, 0, '', '', '', '', '', min(at), 0, 0, '', '', '', '', max(log), '', '' "
               "FROM"
               " (SELECT call_key, coalesce(updated_at, 0) AS at, CASE queued WHEN 0 THEN ?1 ELSE ?2 END AS log FROM "
               "note_draft"
               "  WHERE queued <> 2 AND (notes <> '' OR result <> '')"
               "  UNION ALL SELECT call_key, coalesce(created_at, 0), ?2 FROM outbox WHERE state <> ?3)"
               " WHERE call_key NOT IN (SELECT call_key FROM call) GROUP BY call_key")
        .bind(1, static_cast<int>(LogState::Draft))
        .bind(2, static_cast<int>(LogState::Queued))
        .bind(3, static_cast<int>(OutboxState::Done))
        .run();
}

// A call that waits for an entry that is lost would wait for ever.
Result<void> tellLostLogs(Database &fresh)
{
    const QString sentence = QCoreApplication::translate(
        "ringside::StoreRecovery", "This call was about to be logged when the local store was damaged. Look in the CRM "
                                   "whether it is there; if not, log it again. The notes that were kept are here.");
    Statement calls(fresh, "UPDATE call SET log_state = ?1, log_message = ?2 WHERE log_state = ?3"
                           " AND call_key NOT IN (SELECT call_key FROM outbox WHERE state <> ?4)");
    calls.bind(1, static_cast<int>(LogState::Rejected)).bind(2, sentence).bind(3, static_cast<int>(LogState::Queued));
    if (Result<void> told = calls.bind(4, static_cast<int>(OutboxState::Done)).run(); !told)
        return told;
    return Statement(fresh, "UPDATE note_draft SET queued = 0 WHERE queued = 1"
                            " AND call_key NOT IN (SELECT call_key FROM outbox WHERE state <> ?1)")
        .bind(1, static_cast<int>(OutboxState::Done))
        .run();
}

Result<int> countOf(Database &fresh, const char *sql)
{
    const Result<qint64> number = fresh.number(sql);
    return number ? Result<int>(static_cast<int>(number.value())) : Result<int>(number.error());
}

Result<StoreRecovery> mend(Database &fresh)
{
    const Result<int> calls = countOf(fresh, "SELECT count(*) FROM call");
    const Result<int> notes = countOf(fresh, "SELECT count(*) FROM note_draft WHERE notes <> ''");
    const Result<int> waiting = countOf(fresh, "SELECT count(*) FROM outbox WHERE state <> 4");
    for (const Result<int> *count : {&calls, &notes, &waiting}) {
        if (!*count)
            return count->error();
    }
    for (const auto &step : {lookUpBeforeSending, makeLostCalls, tellLostLogs}) {
        if (const Result<void> done = step(fresh); !done)
            return done.error();
    }
    return StoreRecovery{.asidePath = {}, .calls = calls.value(), .notes = notes.value(), .waiting = waiting.value()};
}

QString counted(int number, const char *one, const char *many)
{
    return number == 1 ? QCoreApplication::translate("ringside::StoreRecovery", one)
                       : QCoreApplication::translate("ringside::StoreRecovery", many, nullptr, number);
}

} // namespace

QString StoreRecovery::sentence() const
{
    const QString path = QDir::toNativeSeparators(asidePath);
    if (calls + notes + waiting == 0) {
        return QCoreApplication::translate("ringside::StoreRecovery",
                                           "The local store was damaged, and nothing in it could be read. Ringside "
                                           "goes on with a new one; what is "
                                           "in the CRM is not affected. The damaged file was kept as %1.")
            .arg(path);
    }
    return QCoreApplication::translate("ringside::StoreRecovery",
                                       "The local store was damaged: %1, %2 and %3 were recovered, and Ringside goes "
                                       "on with them in a new one. What "
                                       "is in the CRM is not affected. The damaged file was kept as %4.")
        .arg(counted(calls, QT_TRANSLATE_NOOP("ringside::StoreRecovery", "1 call"),
                     QT_TRANSLATE_NOOP("ringside::StoreRecovery", "%n calls")),
             counted(notes, QT_TRANSLATE_NOOP("ringside::StoreRecovery", "1 note"),
                     QT_TRANSLATE_NOOP("ringside::StoreRecovery", "%n notes")),
             counted(waiting, QT_TRANSLATE_NOOP("ringside::StoreRecovery", "1 waiting log"),
                     QT_TRANSLATE_NOOP("ringside::StoreRecovery", "%n waiting logs")),
             path);
}

int salvagedVersion(const SalvagedPages &pages)
{
    for (int image = 0; image < pages.images(1); ++image) {
        const QByteArray first = pages.page(1, image);
        if (first.mid(formatAt, format.size()) != format)
            continue;
        int version = 0;
        for (qsizetype i = 0; i < 4 && first.size() > versionAt + i; ++i)
            version = (version << 8) | static_cast<unsigned char>(first.at(versionAt + i));
        if (version > 0)
            return version;
    }
    return 0;
}

Result<void> recoverRows(const SalvagedPages &pages, Database &fresh)
{
    const Result<QList<TableShape>> tables = TableShape::all(fresh);
    if (!tables)
        return tables.error();
    // Until all is there, a row may come before the one that it points to.
    if (Result<void> off = fresh.execute("PRAGMA foreign_keys = OFF"); !off)
        return off;
    const Result<void> copied =
        fresh.inTransaction<void>(Database::Access::Write, [&](Database &inside) -> Result<void> {
            if (Result<void> done = copyRows(pages, tables.value(), inside); !done)
                return done;
            return dropOrphans(tables.value(), inside);
        });
    const Result<void> on = fresh.execute("PRAGMA foreign_keys = ON");
    return copied ? on : copied;
}

Result<StoreRecovery> mendRecovered(Database &fresh)
{
    return fresh.inTransaction<StoreRecovery>(Database::Access::Write, mend);
}

} // namespace ringside
