// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QByteArray>
#include <QList>

namespace ringside {

class Database;
struct SalvagedRow;

/// The columns of a table, by which its rows are told from those of all others. A test holds every pair of tables
/// apart.
struct TableShape
{
    enum class Type { Any, Integer, Text, Blob };

    struct Column
    {
        QByteArray name{};
        Type type = Type::Any;
        bool notNull = false;
        bool isRowId = false; ///< Not in the row itself.
    };

    QByteArray name{};
    QList<Column> columns{};
    bool withoutRowId = false;
    qsizetype least = 0; ///< Rows may lack the columns behind these: they are older than the columns.

    bool holds(const SalvagedRow &row) const;
    /// Whether there could be a row that both hold.
    bool confusable(const TableShape &other) const;

    /// Of all tables, in the order in which they were made.
    static Result<QList<TableShape>> all(Database &database);
};

} // namespace ringside
