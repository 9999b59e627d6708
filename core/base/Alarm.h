// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace ringside {

/// Rings once, after a while. A flow waits with it, so that a test decides when the time is over.
class Alarm
{
public:
    virtual ~Alarm() = default;

    /// Replaces what was set before.
    virtual void ringIn(std::chrono::milliseconds wait, std::function<void()> act) = 0;
    virtual void stop() = 0;
};

class TimerAlarm final : public Alarm
{
public:
    TimerAlarm() { m_timer.setSingleShot(true); }

    void ringIn(std::chrono::milliseconds wait, std::function<void()> act) override
    {
        m_timer.disconnect();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, std::move(act));
        m_timer.start(wait);
    }
    void stop() override { m_timer.stop(); }

private:
    QTimer m_timer;
};

using AlarmMaker = std::function<std::unique_ptr<Alarm>()>;

} // namespace ringside
