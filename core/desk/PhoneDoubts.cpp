// SPDX-License-Identifier: Apache-2.0
#include "PhoneDoubts.h"

#include "Clock.h"

#include <utility>

namespace ringside {

PhoneDoubts::PhoneDoubts(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_grace.setInterval(grace);
    m_grace.setSingleShot(true);
    connect(&m_grace, &QTimer::timeout, this, &PhoneDoubts::tell);
}

void PhoneDoubts::reset()
{
    m_grace.stop();
    m_unheard.clear();
    m_connected = false;
}

void PhoneDoubts::connectionChanged(CallSource::State state, const QStringList &live)
{
    const bool connected = state == CallSource::State::Connected;
    if (connected == std::exchange(m_connected, connected))
        return;
    m_moment = {.time = m_clock.now(), .monotonic = m_clock.monotonic()};
    if (!connected) {
        for (const QString &key : live) {
            if (!m_unheard.contains(key))
                m_unheard.insert(key, false);
        }
    }
    if (!m_unheard.isEmpty())
        m_grace.start();
}

void PhoneDoubts::heard(const QString &key)
{
    if (m_connected && m_unheard.take(key))
        Q_EMIT changed(key, false);
}

void PhoneDoubts::allHeard()
{
    m_grace.stop();
    const QHash<QString, bool> before = std::exchange(m_unheard, {});
    for (auto it = before.cbegin(); it != before.cend(); ++it) {
        if (it.value())
            Q_EMIT changed(it.key(), false);
    }
}

void PhoneDoubts::tell()
{
    QStringList untold;
    for (auto it = m_unheard.begin(); it != m_unheard.end(); ++it) {
        if (!std::exchange(it.value(), true))
            untold.append(it.key());
    }
    for (const QString &key : std::as_const(untold))
        Q_EMIT changed(key, true);
}

} // namespace ringside
