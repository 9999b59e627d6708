// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordFilter.h"

#include <algorithm>

namespace ringside::sandbox {

struct CoqlColumn
{
    QString function; ///< COUNT, SUM, MIN, MAX or AVG; empty: the field itself
    QString field;    ///< "*" in COUNT(*)
    QString alias;

    /// The key of the value in a row.
    QString key() const
    {
        if (!alias.isEmpty())
            return alias;
        return function.isEmpty() ? field : function + QLatin1Char('(') + field + QLatin1Char(')');
    }
};

struct CoqlOrder
{
    QString field; ///< or the alias of a column
    bool descending = false;
};

/// `select a, b.c as d from M where ((x = 'y' and z like '%4%') or w is null) group by a order by a desc limit 0, 5`,
/// as a parsed text.
struct CoqlQuery
{
    std::vector<CoqlColumn> columns;
    QString module;
    RecordFilter filter;
    QStringList groupBy;
    std::vector<CoqlOrder> orders;
    qsizetype offset = 0;
    qsizetype limit = 200;

    bool isGrouped() const
    {
        return !groupBy.isEmpty() || std::any_of(columns.begin(), columns.end(),
                                                 [](const CoqlColumn &one) { return !one.function.isEmpty(); });
    }

    static constexpr qsizetype mostConditions = 25;
    static constexpr qsizetype mostRows = 2000;
    static constexpr qsizetype mostOffset = 100'000;
    static constexpr qsizetype mostColumns = 50;
    static constexpr qsizetype mostValues = 100; ///< of one `in`
};

} // namespace ringside::sandbox
