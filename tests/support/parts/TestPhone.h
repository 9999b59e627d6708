// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallSource.h"
#include "Clock.h"

namespace ringside::test {

/// A phone that says what the test says, and loses its connection when the test says so.
class TestPhone final : public CallSource
{
    Q_OBJECT

public:
    explicit TestPhone(const Clock &clock) : m_clock(clock) {}

    void start() override { become(State::Connected); }
    void stop() override { m_state = State::Stopped; }
    QString id() const override { return QStringLiteral("test"); }
    QString name() const override { return QStringLiteral("Test phone"); }
    State state() const override { return m_state; }
    QString statusText() const override { return {}; }

    void become(State state)
    {
        m_state = state;
        Q_EMIT stateChanged();
    }

    void tell(const QString &call, CallState state, const QString &number, CallEndReason reason = CallEndReason::None)
    {
        CallEvent event;
        event.sourceId = id();
        event.callId = call;
        event.state = state;
        event.direction = CallDirection::In;
        event.remoteNumber = number;
        event.time = m_clock.now();
        event.monotonic = m_clock.monotonic();
        event.reason = reason;
        Q_EMIT callEvent(event);
    }

private:
    const Clock &m_clock;
    State m_state = State::Stopped;
};

} // namespace ringside::test
