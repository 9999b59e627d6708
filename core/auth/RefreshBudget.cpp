// SPDX-License-Identifier: Apache-2.0
#include "RefreshBudget.h"

#include <algorithm>

namespace ringside {

std::chrono::milliseconds RefreshBudget::wait(std::chrono::milliseconds now) const
{
    std::chrono::milliseconds until = m_holdUntil;
    if (m_spent.size() >= mostRefreshes)
        until = std::max(until, m_spent.at(m_spent.size() - mostRefreshes) + window);
    return std::max(until - now, std::chrono::milliseconds(0));
}

void RefreshBudget::spend(std::chrono::milliseconds now)
{
    m_spent.append(now);
    if (m_spent.size() > mostRefreshes)
        m_spent.removeFirst();
}

void RefreshBudget::takeBack()
{
    if (!m_spent.isEmpty())
        m_spent.removeLast();
}

void RefreshBudget::holdUntil(std::chrono::milliseconds time)
{
    m_holdUntil = std::max(m_holdUntil, time);
}

} // namespace ringside
