// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace ringside {

/// A call of this desk, for comparing with the CRM's records.
struct ComparedCall
{
    QString callKey;
    QString crmCallId; ///< Of its record, once logged; empty = not known to be in the CRM.
};

/// What a desk's calls and the CRM's records say of each other. A record is a call's when it has its id or carries its
/// reference, in the description or in the field that the administrator named for it.
struct CallComparison
{
    QStringList missing;               ///< Keys of calls that were logged, and are not among the records.
    QHash<QString, QStringList> twice; ///< By key: the ids of all records of a call that has several, oldest first.
    QHash<QString, QString> there;     ///< By key: the record of a call that was not known to be logged.

    bool agrees() const { return missing.isEmpty() && twice.isEmpty(); }
};

/// The references that a record carries; several where somebody copied one description below another. Pure.
QStringList recordReferences(const Record &row, const QString &referenceField);

/// Pure. `rows` need id, Description and, where it is not empty, `referenceField`.
CallComparison compareCalls(const QList<ComparedCall> &calls, const QList<Record> &rows, const QString &referenceField);

} // namespace ringside
