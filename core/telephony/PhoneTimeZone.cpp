// SPDX-License-Identifier: Apache-2.0
#include "PhoneNumber.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace ringside {

namespace {

/// Whether two zones show the same time all year, as Berlin and Büsingen do.
bool sameClock(const QTimeZone &a, const QTimeZone &b, const QDateTime &from)
{
    constexpr int days = 366;
    constexpr int step = 3;
    for (int day = 0; day < days; day += step) {
        const QDateTime at = from.addDays(day);
        if (a.offsetFromUtc(at) != b.offsetFromUtc(at))
            return false;
    }
    return true;
}

} // namespace

// libphonenumber's own map of numbers to zones is not part of its C++ library at 8.12, so a country with one clock is
// all that can be told from a number.
QString timeZoneOf(const PhoneNumber &number)
{
    if (number.region().isEmpty())
        return {};
    const QLocale::Territory territory = QLocale::codeToTerritory(number.region());
    if (territory == QLocale::AnyTerritory)
        return {};
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds(territory);
    if (zones.isEmpty())
        return {};
    const QTimeZone first(zones.constFirst());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool one = std::all_of(zones.begin() + 1, zones.end(),
                                 [&](const QByteArray &zone) { return sameClock(first, QTimeZone(zone), now); });
    return one ? QString::fromLatin1(zones.constFirst()) : QString();
}

} // namespace ringside
