// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Alarm.h"

#include <QList>

namespace ringside::test {

/// What a FakeAlarm was asked for; outlives it.
struct AlarmRecord
{
    QList<std::chrono::milliseconds> waits;
    std::function<void()> act; ///< Null while none is set.

    /// Makes it ring now. False when nobody waits.
    bool ring()
    {
        const auto due = std::exchange(act, nullptr);
        if (due)
            due();
        return due != nullptr;
    }
};

/// Rings when the test says so.
class FakeAlarm final : public Alarm
{
public:
    explicit FakeAlarm(AlarmRecord &record) : m_record(record) {}
    ~FakeAlarm() override { m_record.act = nullptr; }

    void ringIn(std::chrono::milliseconds wait, std::function<void()> act) override
    {
        m_record.waits.append(wait);
        m_record.act = std::move(act);
    }
    void stop() override { m_record.act = nullptr; }

private:
    AlarmRecord &m_record;
};

} // namespace ringside::test
