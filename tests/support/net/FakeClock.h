// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Clock.h"

namespace ringside::test {

/// Time that stands still until it is moved.
class FakeClock final : public Clock
{
public:
    QDateTime now() const override { return m_now; }
    std::chrono::milliseconds monotonic() const override { return m_monotonic; }

    void advance(std::chrono::milliseconds by)
    {
        m_now = m_now.addMSecs(by.count());
        m_monotonic += by;
    }

private:
    QDateTime m_now = QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
    std::chrono::milliseconds m_monotonic{5'000'000};
};

} // namespace ringside::test
