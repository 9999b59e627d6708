// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QtGlobal>

#include <optional>

namespace ringside {

/// How freely credits may be spent. What reads it spends less at each step, so that the wall is never hit in mid-call.
enum class CreditLevel {
    Plenty,
    Saving,    ///< A fifth or less is left, or it lasts less than four hours: one composite instead of parallel searches.
    Scarce,    ///< A twentieth or less, or less than half an hour: what is known here is not read again.
    Exhausted, ///< The CRM takes no more. It is asked again every few minutes.
};

/// What there is to say about the company's API credits.
struct CreditState
{
    qint64 used = 0;       ///< By this desk, in the last 24 hours.
    qint64 remaining = -1; ///< Of the company's day; -1 = not known.
    qint64 limit = -1;     ///< Of the company's day; -1 = not known.
    bool told = false;     ///< The CRM said what remains; else it is the limit less what this desk has used.
    std::optional<QDateTime> lastsUntil{}; ///< UTC, at the rate of the last hours; none = a day at least, or not known.
    CreditLevel level = CreditLevel::Plenty;

    bool operator==(const CreditState &) const = default;
};

} // namespace ringside
