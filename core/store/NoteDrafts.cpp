// SPDX-License-Identifier: Apache-2.0
#include "NoteDrafts.h"

#include "LedgerChain.h"
#include "Outbox.h"
#include "Statement.h"
#include "Store.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace ringside {

namespace {

// note_draft.queued: 0 = on this computer alone, 1 = the outbox holds this text, 2 = logged with this text.
constexpr auto columns = "SELECT call_key, subject, subject_edited, notes, cursor, result, purpose, related_module, related_id,"
                         " updated_at, field_values FROM note_draft ";

/// JSON, the same text for the same values; empty for none.
QString textOf(const QMap<QString, QString> &values)
{
    QJsonObject object;
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        object.insert(it.key(), it.value());
    return values.isEmpty() ? QStringLiteral("") : QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QMap<QString, QString> valuesFrom(const QString &text)
{
    QMap<QString, QString> values;
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        values.insert(it.key(), it.value().toString());
    return values;
}

NoteDraft draftFrom(const Statement &row)
{
    return NoteDraft{.callKey = row.text(0),
                     .subject = row.text(1),
                     .subjectEdited = row.boolean(2),
                     .notes = row.text(3),
                     .cursor = row.smallInteger(4),
                     .result = row.text(5),
                     .purpose = row.text(6),
                     .relatedModule = row.text(7),
                     .relatedId = row.text(8),
                     .values = valuesFrom(row.text(10)),
                     .updatedAt = row.time(9)};
}

void bindDraft(Statement &statement, const NoteDraft &draft)
{
    statement.bind(1, draft.callKey)
        .bind(2, draft.subject)
        .bind(3, draft.subjectEdited)
        .bind(4, draft.notes)
        .bind(5, draft.cursor)
        .bind(6, draft.result)
        .bind(7, draft.purpose)
        .bind(8, draft.relatedModule)
        .bind(9, draft.relatedId)
        .bind(10, draft.updatedAt)
        .bind(11, textOf(draft.values));
}

constexpr qint64 typedRowsApart = 30'000; ///< Milliseconds.

/// Whether the newest row tells of this call's notes already, a moment ago: not every keystroke gets a row of its own.
bool toldJustNow(Database &database, const LedgerEvent &event)
{
    const Result<std::optional<LedgerRow>> newest = ledgerChain::newest(database);
    return newest && newest.value() && newest.value()->kind == static_cast<int>(event.kind) &&
           newest.value()->callKey == event.callKey &&
           qAbs(event.at.toMSecsSinceEpoch() - newest.value()->at) < typedRowsApart;
}

/// That notes were saved, and how long they are: when they are begun, every so often while they grow, and always when they
/// are emptied.
void noteTyped(Database &database, const NoteDraft &draft)
{
    Statement select(database, "SELECT notes = ?2, length(notes) FROM note_draft WHERE call_key = ?1");
    select.bind(1, draft.callKey).bind(2, draft.notes);
    const bool known = select.next();
    if (known ? select.boolean(0) : draft.notes.isEmpty())
        return;
    const bool goesOn = known && select.integer(1) > 0 && !draft.notes.isEmpty();
    const LedgerEvent event{.kind = LedgerKind::Typed,
                            .callKey = draft.callKey,
                            .detail = {{QStringLiteral("length"), draft.notes.size()}}};
    if (!goesOn || !toldJustNow(database, event))
        ledgerChain::note(database, event);
}

Result<void> keepVersions(Database &database, const NoteDraft &draft, const QStringList &earlier)
{
    for (const QString &notes : earlier) {
        if (Result<void> kept = noteVersions::keep(database, draft.callKey, {.notes = notes, .keptAt = draft.updatedAt}); !kept)
            return kept;
    }
    if (draft.notes.isEmpty())
        return noteVersions::keepEmptied(database, draft.callKey, draft.updatedAt);
    return {};
}

Result<void> saveDraft(Database &database, const NoteDraft &draft, const QStringList &earlier)
{
    if (Result<void> kept = keepVersions(database, draft, earlier); !kept)
        return kept;
    noteTyped(database, draft);
    // A moved cursor is no change of what the outbox holds, or the CRM; nor is a subject that we made.
    Statement update(database, "UPDATE note_draft SET queued = CASE WHEN (subject = ?2 OR NOT (subject_edited OR ?3)) AND notes = ?4 AND result = ?6"
                               " AND purpose = ?7 AND related_module = ?8 AND related_id = ?9 AND field_values = ?11 THEN queued ELSE 0 END,"
                               " subject = ?2, subject_edited = ?3, notes = ?4, cursor = ?5, result = ?6, purpose = ?7,"
                               " related_module = ?8, related_id = ?9, updated_at = ?10, field_values = ?11 WHERE call_key = ?1");
    bindDraft(update, draft);
    if (Result<void> updated = update.run(); !updated || database.changedRows() > 0)
        return updated;
    Statement insert(database, "INSERT INTO note_draft (call_key, subject, subject_edited, notes, cursor, result, purpose,"
                               " related_module, related_id, updated_at, field_values)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    bindDraft(insert, draft);
    return insert.run();
}

} // namespace

NoteDrafts::NoteDrafts(Store &store, QObject *parent) : QObject(parent), m_store(store) {}

QFuture<Result<void>> NoteDrafts::save(const NoteDraft &draft, const QStringList &earlier)
{
    return m_store.write<void>(Store::WritePriority::Draft,
                               [draft, earlier](Database &database) { return saveDraft(database, draft, earlier); });
}

QFuture<Result<QList<NoteVersion>>> NoteDrafts::versions(const QString &callKey)
{
    return m_store.read<QList<NoteVersion>>([callKey](Database &database) { return noteVersions::of(database, callKey); });
}

QFuture<Result<std::optional<NoteDraft>>> NoteDrafts::load(const QString &callKey)
{
    using Found = std::optional<NoteDraft>;
    return m_store.read<Found>([callKey](Database &database) -> Result<Found> {
        Statement select(database, (QByteArray(columns) + "WHERE call_key = ?1").constData());
        select.bind(1, callKey);
        Found found;
        if (select.next())
            found = draftFrom(select);
        if (select.failed())
            return select.error();
        return found;
    });
}

QFuture<Result<QList<NoteDraft>>> NoteDrafts::unlogged()
{
    return m_store.read<QList<NoteDraft>>([](Database &database) -> Result<QList<NoteDraft>> {
        Statement select(database, (QByteArray(columns) + "WHERE queued <> 2 ORDER BY updated_at, call_key").constData());
        QList<NoteDraft> drafts;
        while (select.next())
            drafts.append(draftFrom(select));
        if (select.failed())
            return select.error();
        return drafts;
    });
}

QFuture<Result<void>> NoteDrafts::saveCursor(const NoteDraft &draft, const QStringList &earlier)
{
    return m_store.write<void>(Store::WritePriority::Draft, [draft, earlier](Database &database) -> Result<void> {
        Statement update(database, "UPDATE note_draft SET cursor = ?2 WHERE call_key = ?1");
        Result<void> updated = update.bind(1, draft.callKey).bind(2, draft.cursor).run();
        const bool kept = database.changedRows() > 0;
        for (qsizetype i = 0; updated && kept && i < earlier.size(); ++i)
            updated = noteVersions::keep(database, draft.callKey, {.notes = earlier.at(i), .keptAt = draft.updatedAt});
        return updated;
    });
}

QFuture<Result<void>> NoteDrafts::forgetLogged(const QDateTime &before)
{
    return m_store.write<void>(Store::WritePriority::Sync, [before](Database &database) -> Result<void> {
        Statement drafts(database,
                         "DELETE FROM note_draft WHERE queued = 2 AND coalesce((SELECT max(sent_at) FROM outbox"
                         " WHERE outbox.call_key = note_draft.call_key), updated_at, 0) < ?1");
        if (Result<void> dropped = drafts.bind(1, before).run(); !dropped)
            return dropped;
        // A change that waits, or is still being typed, needs to know what the CRM was told.
        Statement told(database, "UPDATE outbox SET payload = x'' WHERE state = ?2 AND payload <> x''"
                                 " AND coalesce(sent_at, created_at, 0) < ?1"
                                 " AND call_key NOT IN (SELECT call_key FROM note_draft)"
                                 " AND call_key NOT IN (SELECT call_key FROM outbox WHERE state <> ?2)");
        return told.bind(1, before).bind(2, static_cast<int>(OutboxState::Done)).run();
    });
}

} // namespace ringside
