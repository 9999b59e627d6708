// SPDX-License-Identifier: Apache-2.0
#include "Reconnect.h"

#include <QRandomGenerator>

#include <algorithm>

namespace ringside {

using namespace std::chrono_literals;

Reconnect::Reconnect(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    if (m_options.delays.isEmpty())
        m_options.delays.append(1s);
    if (!m_options.random)
        m_options.random = [] { return QRandomGenerator::global()->generateDouble(); };
    m_retry.setSingleShot(true);
    m_stable.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Reconnect::due);
    connect(&m_stable, &QTimer::timeout, this, [this] { m_failures = 0; });
}

void Reconnect::schedule()
{
    m_stable.stop();
    const auto index = std::min<qsizetype>(m_failures, m_options.delays.size() - 1);
    const std::chrono::milliseconds delay = m_options.delays.at(index);
    const double extra = static_cast<double>(delay.count()) * m_options.jitter * m_options.random();
    m_failures = std::min(m_failures + 1, 1'000'000);
    m_retry.start(delay + std::chrono::milliseconds{static_cast<qint64>(extra)});
}

void Reconnect::succeeded()
{
    m_retry.stop();
    m_stable.start(m_options.stableAfter);
}

void Reconnect::reset()
{
    m_retry.stop();
    m_stable.stop();
    m_failures = 0;
}

std::chrono::milliseconds Reconnect::remaining() const
{
    return waiting() ? std::max(0ms, m_retry.remainingTimeAsDuration()) : 0ms;
}

} // namespace ringside
