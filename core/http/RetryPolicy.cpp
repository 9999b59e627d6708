// SPDX-License-Identifier: Apache-2.0
#include "RetryPolicy.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ringside {

namespace {

using namespace std::chrono_literals;

bool isTransient(const Result<HttpReply> &outcome)
{
    if (!outcome.ok())
        return outcome.error().kind == ErrorKind::Network;
    switch (outcome.value().status) {
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
        return true;
    default:
        return false;
    }
}

} // namespace

std::optional<std::chrono::milliseconds> RetryPolicy::delay(HttpMethod method, int attempts, const Result<HttpReply> &outcome,
                                                            double chance, const QDateTime &now) const
{
    if (method != HttpMethod::Get || attempts >= m_limits.attempts || !isTransient(outcome))
        return std::nullopt;
    const std::chrono::milliseconds told = outcome.ok() ? retryAfter(outcome.value(), now) : 0ms;
    if (!isShort(told))
        return std::nullopt;
    const double limit = std::min(static_cast<double>(m_limits.first.count()) * std::exp2(attempts - 1),
                                  static_cast<double>(m_limits.longest.count()));
    const std::chrono::milliseconds jittered(std::llround(limit * std::clamp(chance, 0.0, 1.0)));
    return told + jittered;
}

std::chrono::milliseconds RetryPolicy::retryAfter(const HttpReply &reply, const QDateTime &now)
{
    constexpr qint64 mostSeconds = 24 * 60 * 60;
    const QByteArray value = reply.headers.value(QByteArrayLiteral("retry-after")).trimmed();
    if (value.isEmpty())
        return 0ms;
    bool isNumber = false;
    const qint64 seconds = value.toLongLong(&isNumber);
    if (isNumber)
        return std::chrono::seconds(std::clamp<qint64>(seconds, 0, mostSeconds));
    // RFC 9110: "Sun, 06 Nov 1994 08:49:37 GMT", always in English.
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(value), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid())
        return 0ms;
    date.setTimeSpec(Qt::UTC);
    return std::chrono::seconds(std::clamp<qint64>(now.secsTo(date), 0, mostSeconds));
}

} // namespace ringside
