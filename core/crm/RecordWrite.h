// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace ringside {

/// How a write is to be done. Source: Zoho reference, section 3.3.
struct WriteOptions
{
    /// Which of the org's automations run: "workflow", "approval", "blueprint", "pathfinder", "orchestration". Empty =
    /// none. (Leaving "trigger" out of a request would run all; that is never done.)
    QStringList triggers{QStringLiteral("workflow")};
    /// For an update: refuse with Conflict when the record was changed after this, its Modified_Time as it was read.
    QDateTime unchangedSince;
    /// For an upsert: the fields that say that two records are the same; empty = the module's own.
    QStringList duplicateCheckFields;
};

/// What the CRM says of a record that it took.
struct WrittenRecord
{
    QString id;
    QDateTime modifiedTime; ///< As the CRM now has it; invalid when not told.
    bool inserted = true;   ///< False when an upsert found the record and updated it.
    QString duplicateField; ///< By which field an upsert found it; may be empty.
};

} // namespace ringside
