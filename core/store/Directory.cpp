// SPDX-License-Identifier: Apache-2.0
#include "Directory.h"

#include "SearchText.h"
#include "Statement.h"
#include "Store.h"

#include <QRegularExpression>

namespace ringside {

namespace {

using Entries = QList<DirectoryEntry>;

// Column 0 is the id, for the numbers.
constexpr auto columns = "SELECT id, module, record_id, name, company, title, email, seen_at FROM directory_entry ";

constexpr int mostWords = 16; // Of a pasted text; SQLite takes 999 values at most.

Result<void> readNumbers(Database &database, qint64 id, DirectoryEntry &entry)
{
    Statement select(database, "SELECT e164, label FROM directory_number WHERE entry_id = ?1 ORDER BY position");
    select.bind(1, id);
    while (select.next()) {
        entry.numbers.append(select.text(0));
        entry.numberLabels.append(select.text(1));
    }
    if (select.failed())
        return select.error();
    return {};
}

Result<Entries> readEntries(Database &database, Statement &select)
{
    Entries entries;
    while (select.next()) {
        DirectoryEntry entry{.module = select.text(1),
                             .recordId = select.text(2),
                             .name = select.text(3),
                             .company = select.text(4),
                             .title = select.text(5),
                             .email = select.text(6),
                             .numbers = {},
                             .numberLabels = {},
                             .seenAt = select.time(7)};
        if (const Result<void> numbers = readNumbers(database, select.integer(0), entry); !numbers)
            return numbers.error();
        entries.append(std::move(entry));
    }
    if (select.failed())
        return select.error();
    return entries;
}

Result<void> insertEntry(Database &database, const DirectoryEntry &entry)
{
    // A line break between the parts: no word that is searched for contains one, so none matches across two parts.
    const QString folded = foldedForSearch(QStringList{entry.name, entry.company, entry.email}.join(QLatin1Char('\n')));
    return Statement(database, "INSERT INTO directory_entry (module, record_id, name, company, title, email, folded, seen_at)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        .bind(1, entry.module)
        .bind(2, entry.recordId)
        .bind(3, entry.name)
        .bind(4, entry.company)
        .bind(5, entry.title)
        .bind(6, entry.email)
        .bind(7, folded)
        .bind(8, entry.seenAt)
        .run();
}

Result<void> insertNumbers(Database &database, qint64 id, const DirectoryEntry &entry)
{
    for (int position = 0; position < entry.numbers.size(); ++position) {
        const QString &e164 = entry.numbers.at(position);
        Statement insert(database, "INSERT INTO directory_number (entry_id, position, e164, digits, label) VALUES (?1, ?2, ?3, ?4, ?5)");
        insert.bind(1, id)
            .bind(2, position)
            .bind(3, e164)
            .bind(4, e164.startsWith(QLatin1Char('+')) ? e164.mid(1) : e164)
            .bind(5, entry.numberLabels.value(position));
        if (Result<void> inserted = insert.run(); !inserted)
            return inserted;
    }
    return {};
}

Result<void> removeEntry(Database &database, const QString &module, const QString &recordId)
{
    // Its numbers go with it, by the foreign key.
    return Statement(database, "DELETE FROM directory_entry WHERE module = ?1 AND record_id = ?2").bind(1, module).bind(2, recordId).run();
}

Result<void> replaceEntry(Database &database, const DirectoryEntry &entry)
{
    if (Result<void> removed = removeEntry(database, entry.module, entry.recordId); !removed)
        return removed;
    if (Result<void> inserted = insertEntry(database, entry); !inserted)
        return inserted;
    return insertNumbers(database, database.lastInsertId(), entry);
}

Result<Entries> searchEntries(Database &database, const QString &text, int limit)
{
    static const QRegularExpression space(QStringLiteral("\\s+"));
    const QStringList words = foldedForSearch(text).split(space, Qt::SkipEmptyParts).mid(0, mostWords);
    const QString digits = searchDigits(text);
    if (words.isEmpty())
        return Entries();
    // Bound values only; the text of the statement depends on how many words there are and on nothing else.
    QByteArray sql(columns);
    sql += "WHERE (1";
    for (int i = 0; i < words.size(); ++i)
        sql += " AND instr(folded, ?" + QByteArray::number(i + 3) + ") > 0";
    sql += ") OR (?2 <> '' AND EXISTS (SELECT 1 FROM directory_number WHERE entry_id = id AND instr(digits, ?2) > 0))"
           " ORDER BY seen_at DESC, id DESC LIMIT ?1";
    Statement select(database, sql.constData());
    select.bind(1, qMax(0, limit)).bind(2, digits);
    for (int i = 0; i < words.size(); ++i)
        select.bind(i + 3, words.at(i));
    return readEntries(database, select);
}

Result<void> replaceChoice(Database &database, const QString &e164, const QString &module, const QString &recordId)
{
    return Statement(database, "INSERT OR REPLACE INTO number_choice (e164, module, record_id) VALUES (?1, ?2, ?3)")
        .bind(1, e164)
        .bind(2, module)
        .bind(3, recordId)
        .run();
}

Result<void> forgetEntry(Database &database, const QString &module, const QString &recordId)
{
    if (Result<void> removed = removeEntry(database, module, recordId); !removed)
        return removed;
    return Statement(database, "DELETE FROM number_choice WHERE module = ?1 AND record_id = ?2").bind(1, module).bind(2, recordId).run();
}

} // namespace

Directory::Directory(Store &store, QObject *parent) : QObject(parent), m_store(store) {}

QFuture<Result<void>> Directory::remember(const DirectoryEntry &entry)
{
    return m_store.write<void>(Store::WritePriority::Sync, [entry](Database &database) { return replaceEntry(database, entry); });
}

QFuture<Result<void>> Directory::forget(const QString &module, const QString &recordId)
{
    return m_store.write<void>(Store::WritePriority::Sync,
                               [module, recordId](Database &database) { return forgetEntry(database, module, recordId); });
}

QFuture<Result<QList<DirectoryEntry>>> Directory::byNumber(const QString &e164)
{
    return m_store.read<Entries>([e164](Database &database) {
        Statement select(database, (QByteArray(columns) + "WHERE id IN (SELECT entry_id FROM directory_number WHERE e164 = ?1)"
                                                          " ORDER BY seen_at DESC, id DESC").constData());
        return readEntries(database, select.bind(1, e164));
    });
}

QFuture<Result<QList<DirectoryEntry>>> Directory::search(const QString &text, int limit)
{
    return m_store.read<Entries>([text, limit](Database &database) { return searchEntries(database, text, limit); });
}

QFuture<Result<void>> Directory::rememberChoice(const QString &e164, const QString &module, const QString &recordId)
{
    return m_store.write<void>(Store::WritePriority::Sync, [e164, module, recordId](Database &database) {
        return replaceChoice(database, e164, module, recordId);
    });
}

QFuture<Result<QString>> Directory::choiceFor(const QString &e164)
{
    return m_store.read<QString>([e164](Database &database) -> Result<QString> {
        Statement select(database, "SELECT module, record_id FROM number_choice WHERE e164 = ?1");
        select.bind(1, e164);
        const QString choice = select.next() ? select.text(0) + QLatin1Char('/') + select.text(1) : QString();
        if (select.failed())
            return select.error();
        return choice;
    });
}

} // namespace ringside
