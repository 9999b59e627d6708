// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace ringside {

class Database;

/// The notes of a call as they once were.
struct NoteVersion
{
    QString notes;
    QDateTime keptAt; ///< UTC; when they gave way to others, or the agent paused.
};

/// Earlier versions of the notes of calls, for use inside a job of the store; NoteDrafts is the way in. A call keeps
/// the newest 20 of them, of 200,000 characters at most together; they go with its draft.
namespace noteVersions {

/// Empty ones, and those that are kept already, are not kept again.
Result<void> keep(Database &database, const QString &callKey, const NoteVersion &version);
/// Keeps the notes that the store has, when the present ones are emptied, unless a version begins with them: no empty
/// text replaces a longer one without a trace, whoever saves it.
Result<void> keepEmptied(Database &database, const QString &callKey, const QDateTime &now);
/// Newest first.
Result<QList<NoteVersion>> of(Database &database, const QString &callKey);

} // namespace noteVersions
} // namespace ringside
