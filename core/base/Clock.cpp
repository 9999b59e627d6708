// SPDX-License-Identifier: Apache-2.0
#include "Clock.h"

#include <QSysInfo>
#include <QTimeZone>

#if defined(Q_OS_LINUX) || defined(Q_OS_DARWIN)
#include <ctime>
#endif

namespace ringside {

#if defined(Q_OS_LINUX) || defined(Q_OS_DARWIN)
namespace {

// The steady_clock of Linux is CLOCK_MONOTONIC, which stands still in suspend; a call does not. On a Mac CLOCK_MONOTONIC_RAW
// goes on, and begins with the boot as CLOCK_BOOTTIME does.
#ifdef Q_OS_LINUX
constexpr clockid_t sinceBoot = CLOCK_BOOTTIME;
#else
constexpr clockid_t sinceBoot = CLOCK_MONOTONIC_RAW;
#endif

} // namespace
#endif

// Not by way of QDateTime's local time: it goes over mktime(), which guesses in an hour that comes twice without a change of
// summer time.
int zoneOffset(const QDateTime &moment)
{
    const QTimeZone zone = QTimeZone::systemTimeZone();
    return zone.isValid() ? zone.offsetFromUtc(moment) : moment.toLocalTime().offsetFromUtc();
}

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::milliseconds SystemClock::monotonic() const
{
#if defined(Q_OS_LINUX) || defined(Q_OS_DARWIN)
    timespec time{};
    clock_gettime(sinceBoot, &time);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(time.tv_sec) +
                                                                 std::chrono::nanoseconds(time.tv_nsec));
#else
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
#endif
}

QByteArray SystemClock::bootId() const
{
#if defined(Q_OS_LINUX) || defined(Q_OS_DARWIN)
    return QSysInfo::bootUniqueId();
#else
    return {}; // steady_clock may begin anew with the program
#endif
}

} // namespace ringside
