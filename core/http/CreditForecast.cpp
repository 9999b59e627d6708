// SPDX-License-Identifier: Apache-2.0
#include "CreditForecast.h"

#include <algorithm>
#include <cmath>

namespace ringside {

namespace {

constexpr qint64 sampleSeconds = 5 * 60;
constexpr qint64 fewestSeconds = 20 * 60;
constexpr double secondsInHour = 3600;
constexpr double daySeconds = 24 * secondsInHour;

} // namespace

void CreditForecast::told(qint64 remaining, const QDateTime &now)
{
    const auto old = [&now](const Sample &sample) {
        return sample.at.secsTo(now) > std::chrono::seconds(span).count();
    };
    m_samples.removeIf(old);
    // The newest moves on until it is far enough from the one before it.
    if (m_samples.size() >= 2 && m_samples.at(m_samples.size() - 2).at.secsTo(m_samples.constLast().at) < sampleSeconds)
        m_samples.removeLast();
    m_samples.append({.at = now, .remaining = remaining});
}

double CreditForecast::companyHourlyRate() const
{
    if (m_samples.size() < 2)
        return 0;
    const qint64 seconds = m_samples.constFirst().at.secsTo(m_samples.constLast().at);
    const qint64 used = m_samples.constFirst().remaining - m_samples.constLast().remaining;
    if (seconds < fewestSeconds || used <= 0) // None used, or more came back than was used.
        return 0;
    return static_cast<double>(used) * secondsInHour / static_cast<double>(seconds);
}

std::optional<QDateTime> CreditForecast::lastsUntil(qint64 remaining, double ownHourlyRate, const QDateTime &now) const
{
    const double rate = std::max(companyHourlyRate(), ownHourlyRate);
    if (remaining < 0 || rate <= 0)
        return std::nullopt;
    const double seconds = static_cast<double>(remaining) * secondsInHour / rate;
    return seconds < daySeconds ? std::optional(now.addSecs(std::llround(seconds))) : std::nullopt;
}

CreditLevel CreditForecast::level(qint64 remaining, qint64 limit, const std::optional<QDateTime> &until,
                                  const QDateTime &now)
{
    constexpr qint64 savingPart = 5;
    constexpr qint64 scarcePart = 20;
    constexpr qint64 savingSeconds = 4 * 60 * 60;
    constexpr qint64 scarceSeconds = 30 * 60;
    if (remaining < 0)
        return CreditLevel::Plenty;
    const qint64 left = until ? now.secsTo(*until) : std::numeric_limits<qint64>::max();
    const bool shareKnown = limit > 0;
    if (remaining == 0 || left < scarceSeconds || (shareKnown && remaining * scarcePart <= limit))
        return CreditLevel::Scarce;
    if (left < savingSeconds || (shareKnown && remaining * savingPart <= limit))
        return CreditLevel::Saving;
    return CreditLevel::Plenty;
}

} // namespace ringside
