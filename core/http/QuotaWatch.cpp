// SPDX-License-Identifier: Apache-2.0
#include "QuotaWatch.h"

#include <algorithm>

namespace ringside {

void QuotaWatch::refused(Time now, Time pause, bool nothingLeft)
{
    // Two refusals that are far apart, with nothing asked in between, are two crowds.
    if (!m_since || now - m_last > crowdPasses)
        m_since = now;
    m_last = now;
    if (nothingLeft || pause > crowdPasses || now - *m_since > crowdPasses)
        m_spent = true;
    if (m_spent)
        m_nextProbe = std::max(m_nextProbe, now + std::max(pause, probeInterval));
}

void QuotaWatch::accepted()
{
    *this = {};
}

QuotaWatch::Time QuotaWatch::untilProbe(Time now) const
{
    return std::max(m_nextProbe - now, Time(0));
}

void QuotaWatch::probing(Time now)
{
    m_nextProbe = std::max(m_nextProbe, now + probeInterval);
}

} // namespace ringside
