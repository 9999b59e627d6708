// SPDX-License-Identifier: Apache-2.0
#include "TableShape.h"

#include "Database.h"
#include "PageRows.h"
#include "Statement.h"

#include <algorithm>

namespace ringside {

namespace {

TableShape::Type typeOf(const QByteArray &declared)
{
    if (declared == "INTEGER")
        return TableShape::Type::Integer;
    if (declared == "TEXT")
        return TableShape::Type::Text;
    return declared == "BLOB" ? TableShape::Type::Blob : TableShape::Type::Any;
}

bool takes(const TableShape::Column &column, SalvagedValue::Type type)
{
    if (column.isRowId || type == SalvagedValue::Type::Null)
        return type == SalvagedValue::Type::Null && (column.isRowId || !column.notNull);
    switch (column.type) {
    case TableShape::Type::Integer:
        return type == SalvagedValue::Type::Integer;
    case TableShape::Type::Text:
        return type == SalvagedValue::Type::Text;
    case TableShape::Type::Blob:
        return type == SalvagedValue::Type::Blob;
    case TableShape::Type::Any:
        break;
    }
    return true;
}

Result<void> readColumns(Database &database, TableShape &table)
{
    Statement select(database, ("PRAGMA table_info(\"" + table.name + "\")").constData());
    int keys = 0;
    while (select.next()) {
        const QByteArray declared = select.text(2).toUpper().toUtf8();
        const bool key = select.integer(5) != 0;
        keys += key ? 1 : 0;
        TableShape::Column column{.name = select.text(1).toUtf8(),
                                  .type = typeOf(declared),
                                  .notNull = select.boolean(3) || (key && table.withoutRowId),
                                  .isRowId = key && declared == "INTEGER" && !table.withoutRowId};
        table.columns.append(column);
        if (column.notNull && select.isNull(4)) // without a default, no ALTER TABLE has added it
            table.least = table.columns.size();
    }
    if (select.failed())
        return select.error();
    for (TableShape::Column &column : table.columns)
        column.isRowId = column.isRowId && keys == 1;
    return {};
}

} // namespace

bool TableShape::holds(const SalvagedRow &row) const
{
    const qsizetype count = row.values.size();
    if (row.ofIndex != withoutRowId || count < least || count > columns.size())
        return false;
    for (qsizetype i = 0; i < count; ++i) {
        if (!takes(columns.at(i), row.values.at(i).type))
            return false;
    }
    return true;
}

bool TableShape::confusable(const TableShape &other) const
{
    using Value = SalvagedValue::Type;
    const qsizetype from = std::max(least, other.least);
    if (withoutRowId != other.withoutRowId || from > std::min(columns.size(), other.columns.size()))
        return false;
    for (qsizetype i = 0; i < from; ++i) {
        const auto both = [&](Value type) { return takes(columns.at(i), type) && takes(other.columns.at(i), type); };
        if (!both(Value::Null) && !both(Value::Integer) && !both(Value::Text) && !both(Value::Blob))
            return false;
    }
    return true;
}

Result<QList<TableShape>> TableShape::all(Database &database)
{
    QList<TableShape> tables;
    {
        Statement select(
            database,
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
            " ORDER BY rowid");
        while (select.next()) {
            TableShape table;
            table.name = select.text(0).toUtf8();
            table.withoutRowId = select.text(1).trimmed().endsWith(QLatin1String("WITHOUT ROWID"), Qt::CaseInsensitive);
            tables.append(table);
        }
        if (select.failed())
            return select.error();
    }
    for (TableShape &table : tables) {
        if (const Result<void> read = readColumns(database, table); !read)
            return read.error();
    }
    return tables;
}

} // namespace ringside
