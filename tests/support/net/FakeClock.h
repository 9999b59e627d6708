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
    QByteArray bootId() const override { return m_bootId; }

    void advance(std::chrono::milliseconds by)
    {
        m_now = m_now.addMSecs(by.count());
        m_monotonic += by;
    }

    /// The wall clock alone: somebody set it.
    void setWallClock(const QDateTime &now) { m_now = now; }
    /// The monotonic clock begins anew.
    void reboot(const QByteArray &bootId)
    {
        m_bootId = bootId;
        m_monotonic = std::chrono::milliseconds{1000};
    }

private:
    QDateTime m_now = QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
    std::chrono::milliseconds m_monotonic{5'000'000};
    QByteArray m_bootId = "one boot";
};

} // namespace ringside::test
