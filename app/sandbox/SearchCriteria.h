// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordFilter.h"

#include <optional>

namespace ringside::sandbox {

/// The criteria of a search: `((Last_Name:equals:Burns\, B)and(First_Name:starts_with:M))`. A pure function.
class SearchCriteria
{
public:
    /// None when the text is no criteria.
    static std::optional<RecordFilter> parse(const QString &text);

    static constexpr qsizetype mostConditions = 15;
    static constexpr qsizetype mostValues = 100; ///< of one `in`
};

} // namespace ringside::sandbox
