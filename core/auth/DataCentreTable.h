// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DataCentres.h"

namespace ringside {

/// Rows that an administrator adds to the built-in data centres, or puts in their place. One a line, fields separated
/// by semicolons: location; name; accounts; API; pages [; API of the sandbox [; API of the developer edition]]. Empty
/// lines and those that start with # are left out. All addresses are https, without a path (plain http for this
/// computer only).
namespace dataCentreTable {

/// Errors: Configuration; the sentence names `fileName` and the line.
Result<QList<DataCentre>> parsed(const QByteArray &text, const QString &fileName);

/// `rows` in place of those of `table` with the same location, the others after them.
QList<DataCentre> merged(QList<DataCentre> table, const QList<DataCentre> &rows);

} // namespace dataCentreTable
} // namespace ringside
