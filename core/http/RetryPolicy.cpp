// SPDX-License-Identifier: Apache-2.0
#include "RetryPolicy.h"

#include "RateHints.h"

#include <QDateTime>

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

std::optional<std::chrono::milliseconds> RetryPolicy::delay(const HttpRequest &request, int attempts,
                                                            const Result<HttpReply> &outcome, double chance,
                                                            const QDateTime &now) const
{
    if (!mayRepeat(request) || attempts >= m_limits.attempts || !isTransient(outcome))
        return std::nullopt;
    const std::chrono::milliseconds told = outcome.ok() ? RateHints::of(outcome.value(), now).pause : 0ms;
    if (!isShort(told))
        return std::nullopt;
    const double limit = std::min(static_cast<double>(m_limits.first.count()) * std::exp2(attempts - 1),
                                  static_cast<double>(m_limits.longest.count()));
    const std::chrono::milliseconds jittered(std::llround(limit * std::clamp(chance, 0.0, 1.0)));
    return told + jittered;
}

std::chrono::milliseconds RetryPolicy::retryAfter(const HttpReply &reply, const QDateTime &now)
{
    return RateHints::retryAfter(reply, now);
}

} // namespace ringside
