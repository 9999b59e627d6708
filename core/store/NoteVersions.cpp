// SPDX-License-Identifier: Apache-2.0
#include "NoteVersions.h"

#include "Database.h"
#include "Statement.h"

namespace ringside::noteVersions {

namespace {

constexpr int mostVersions = 20;
constexpr qint64 mostCharacters = 200000;

Result<void> forgetOldest(Database &database, const QString &callKey)
{
    Statement surplus(database, "DELETE FROM note_version WHERE call_key = ?1 AND id NOT IN"
                                " (SELECT id FROM note_version WHERE call_key = ?1 ORDER BY id DESC LIMIT ?2)");
    if (Result<void> dropped = surplus.bind(1, callKey).bind(2, mostVersions).run(); !dropped)
        return dropped;
    // What is older than the newest ones that have room together; the newest itself stays, however long it is.
    Statement large(database, "DELETE FROM note_version WHERE call_key = ?1"
                              " AND id < (SELECT max(id) FROM note_version WHERE call_key = ?1)"
                              " AND (SELECT sum(length(notes)) FROM note_version AS newer"
                              " WHERE newer.call_key = ?1 AND newer.id >= note_version.id) > ?2");
    return large.bind(1, callKey).bind(2, mostCharacters).run();
}

} // namespace

Result<void> keep(Database &database, const QString &callKey, const NoteVersion &version)
{
    if (version.notes.isEmpty())
        return {};
    Statement insert(database, "INSERT INTO note_version (call_key, kept_at, notes) SELECT ?1, ?2, ?3"
                               " WHERE NOT EXISTS (SELECT 1 FROM note_version WHERE call_key = ?1 AND notes = ?3)");
    if (Result<void> kept = insert.bind(1, callKey).bind(2, version.keptAt).bind(3, version.notes).run(); !kept)
        return kept;
    return forgetOldest(database, callKey);
}

Result<void> keepEmptied(Database &database, const QString &callKey, const QDateTime &now)
{
    QString stored;
    {
        Statement select(database, "SELECT notes FROM note_draft WHERE call_key = ?1 AND notes <> '' AND NOT EXISTS"
                                   " (SELECT 1 FROM note_version WHERE call_key = ?1 AND instr(note_version.notes, note_draft.notes) = 1)");
        select.bind(1, callKey);
        if (select.next())
            stored = select.text(0);
        if (select.failed())
            return select.error();
    }
    return keep(database, callKey, {.notes = stored, .keptAt = now});
}

Result<QList<NoteVersion>> of(Database &database, const QString &callKey)
{
    Statement select(database, "SELECT notes, kept_at FROM note_version WHERE call_key = ?1 ORDER BY id DESC");
    select.bind(1, callKey);
    QList<NoteVersion> versions;
    while (select.next())
        versions.append({.notes = select.text(0), .keptAt = select.time(1)});
    if (select.failed())
        return select.error();
    return versions;
}

} // namespace ringside::noteVersions
