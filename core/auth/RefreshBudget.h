// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

#include <chrono>

namespace ringside {

/// How often a token may be refreshed. Zoho mints 10 access tokens in 10 minutes for one refresh token (reference section
/// 1.6) and then falls silent; this stays below, since the same sign-in may be asked about elsewhere. Pure.
class RefreshBudget
{
public:
    static constexpr int mostRefreshes = 6;
    static constexpr std::chrono::milliseconds window{std::chrono::minutes(10)};

    /// How long to wait before the next one; 0 = now. Times are those of Clock::monotonic().
    std::chrono::milliseconds wait(std::chrono::milliseconds now) const;

    void spend(std::chrono::milliseconds now);
    /// The latest never reached Zoho.
    void takeBack();

    /// Zoho asked for silence.
    void holdUntil(std::chrono::milliseconds time);

private:
    QList<std::chrono::milliseconds> m_spent; ///< Oldest first.
    std::chrono::milliseconds m_holdUntil{0};
};

} // namespace ringside
