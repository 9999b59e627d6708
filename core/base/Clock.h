// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>

namespace ringside {

/// Where time comes from, so that tests own it.
class Clock
{
public:
    virtual ~Clock() = default;

    /// The wall clock, in UTC. May jump; never use it for a duration.
    virtual QDateTime now() const = 0;

    /// Counts on through suspend and ignores clock changes. Meaningless across a reboot.
    virtual std::chrono::milliseconds monotonic() const = 0;

    /// Which boot monotonic() counts in: two readings with the same name may be compared, also those of different runs
    /// of the program. Empty where the system does not tell; then nothing may be.
    virtual QByteArray bootId() const = 0;
};

/// The desk's offset from UTC at that moment, in seconds, by the time zone that the system is set to now: also for a moment
/// that the zone's clocks showed twice.
int zoneOffset(const QDateTime &moment);

class SystemClock final : public Clock
{
public:
    QDateTime now() const override;
    std::chrono::milliseconds monotonic() const override;
    QByteArray bootId() const override;
};

} // namespace ringside
