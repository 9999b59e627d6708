// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace ringside {

/// When to try again: each failure waits longer, up to a limit, and a connection must last before that is forgotten.
/// Owns the timers and nothing else; whoever owns it connects and reports.
class Reconnect final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QList<std::chrono::milliseconds> delays{std::chrono::milliseconds{500}, std::chrono::seconds{1}, std::chrono::seconds{2},
                                                std::chrono::seconds{4},        std::chrono::seconds{8}, std::chrono::seconds{15}};
        double jitter = 0.2; ///< Up to this part of the delay is added, so that many desks do not knock at once.
        std::chrono::milliseconds stableAfter{10'000}; ///< A connection this old starts the row of delays anew.
        std::function<double()> random = {};           ///< 0 to 1; empty = Qt's own generator.
    };

    explicit Reconnect(Options options, QObject *parent = nullptr);

    void schedule();  ///< An attempt failed or the connection was lost: due() comes after the next delay.
    void succeeded(); ///< Connected; counts as stable once it has lasted.
    void reset();     ///< Stops waiting and forgets failures.

    bool waiting() const { return m_retry.isActive(); }
    int failures() const { return m_failures; }
    std::chrono::milliseconds remaining() const; ///< Until due(); 0 when not waiting.

Q_SIGNALS:
    void due();

private:
    Options m_options;
    QTimer m_retry;
    QTimer m_stable;
    int m_failures = 0;
};

} // namespace ringside
