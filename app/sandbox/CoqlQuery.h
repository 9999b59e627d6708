// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordFilter.h"

#include <optional>

namespace ringside::sandbox {

/// `select a, b.c from M where ((x = 'y' and z like '%4%') or w is null) order by a desc limit 0, 5`. Conditions combine pairwise in
/// brackets, as the CRM demands; WHERE is mandatory. A pure function of the text.
struct CoqlQuery
{
    QStringList columns;
    QString module;
    RecordFilter filter;
    QString orderBy;
    bool descending = false;
    qsizetype offset = 0;
    qsizetype limit = 200;

    /// None with the place of the trouble in `near` when it does not parse.
    static std::optional<CoqlQuery> parse(const QString &text, QString *near);

    static constexpr qsizetype mostConditions = 25;
    static constexpr qsizetype mostRows = 2000;
    static constexpr qsizetype mostColumns = 50;
};

} // namespace ringside::sandbox
