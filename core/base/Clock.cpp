// SPDX-License-Identifier: Apache-2.0
#include "Clock.h"

#include <QSysInfo>

#ifdef Q_OS_LINUX
#include <ctime>
#endif

namespace ringside {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::milliseconds SystemClock::monotonic() const
{
#ifdef Q_OS_LINUX
    // steady_clock is CLOCK_MONOTONIC here, which stands still in suspend; a call does not.
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(time.tv_sec) +
                                                                 std::chrono::nanoseconds(time.tv_nsec));
#else
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
#endif
}

QByteArray SystemClock::bootId() const
{
#ifdef Q_OS_LINUX
    return QSysInfo::bootUniqueId();
#else
    return {}; // steady_clock may begin anew with the program
#endif
}

} // namespace ringside
