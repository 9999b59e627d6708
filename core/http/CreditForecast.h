// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditState.h"

#include <QDateTime>
#include <QList>

#include <chrono>

namespace ringside {

/// How long the company's credits last: from what the CRM said remained over the last hours (that is everybody's use), and
/// from this desk's own rate where that is higher or all there is. Pure: time comes from the caller.
class CreditForecast
{
public:
    static constexpr std::chrono::hours span{3};

    /// The CRM said what remains.
    void told(qint64 remaining, const QDateTime &now);
    void clear() { m_samples.clear(); }

    /// UTC; none when it lasts a day, since by then what is used now has come back.
    std::optional<QDateTime> lastsUntil(qint64 remaining, double ownHourlyRate, const QDateTime &now) const;

    /// What `remaining` of `limit` (-1 = not known), and the time that it lasts, mean for spending.
    static CreditLevel level(qint64 remaining, qint64 limit, const std::optional<QDateTime> &until,
                             const QDateTime &now);

private:
    struct Sample
    {
        QDateTime at;
        qint64 remaining;
    };

    double companyHourlyRate() const;

    QList<Sample> m_samples; ///< Oldest first; five minutes apart at least, but for the newest.
};

} // namespace ringside
