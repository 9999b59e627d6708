// SPDX-License-Identifier: Apache-2.0
#include "RateHints.h"

#include <QLocale>

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr qint64 mostSeconds = 24 * 60 * 60;

std::optional<qint64> number(const HttpReply &reply, const char *name)
{
    bool told = false;
    const qint64 value = reply.headers.value(name).trimmed().toLongLong(&told);
    return told && value >= 0 ? std::optional(value) : std::nullopt;
}

qint64 firstNumber(const HttpReply &reply, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (const auto value = number(reply, name))
            return *value;
    }
    return -1;
}

std::chrono::milliseconds seconds(qint64 count)
{
    return std::chrono::seconds(std::clamp<qint64>(count, 0, mostSeconds));
}

/// Seen as seconds to go, and as a time in seconds or in milliseconds.
std::chrono::milliseconds untilReset(qint64 told, const QDateTime &now)
{
    constexpr qint64 noDuration = 100'000'000;        // Three years.
    constexpr qint64 inMilliseconds = 100'000'000'000; // The year 5138, in seconds.
    if (told < noDuration)
        return seconds(told);
    return seconds((told < inMilliseconds ? told : told / 1000) - now.toSecsSinceEpoch());
}

} // namespace

RateHints RateHints::of(const HttpReply &reply, const QDateTime &now)
{
    RateHints hints;
    // X-RATELIMIT-LIMIT and -REMAINING count a window of a minute, whatever remains of the day.
    hints.remaining = firstNumber(reply, {"x-api-credits-remaining", "x-ratelimit-day-remaining"});
    hints.limit = firstNumber(reply, {"x-ratelimit-day-limit"});
    hints.pause = retryAfter(reply, now);
    const auto reset = number(reply, "x-ratelimit-reset");
    if (reset && number(reply, "x-ratelimit-remaining") == qint64(0))
        hints.pause = std::max(hints.pause, untilReset(*reset, now));
    return hints;
}

std::chrono::milliseconds RateHints::retryAfter(const HttpReply &reply, const QDateTime &now)
{
    const QByteArray value = reply.headers.value(QByteArrayLiteral("retry-after")).trimmed();
    if (value.isEmpty())
        return 0ms;
    bool isNumber = false;
    const qint64 count = value.toLongLong(&isNumber);
    if (isNumber)
        return seconds(count);
    // RFC 9110: "Sun, 06 Nov 1994 08:49:37 GMT", always in English.
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(value), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid())
        return 0ms;
    date.setTimeSpec(Qt::UTC);
    return seconds(now.secsTo(date));
}

} // namespace ringside
