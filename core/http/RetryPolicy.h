// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <chrono>
#include <optional>

class QDateTime;

namespace ringside {

/// Whether and when a request may be sent again. Pure: time and chance come from the caller. Back-off with full jitter:
/// a wait anywhere between nothing and a limit that doubles, so that desks whose phones ring together spread out.
/// Writes are never repeated: Zoho has no idempotency key.
class RetryPolicy
{
public:
    struct Limits
    {
        int attempts = 3; ///< In all.
        std::chrono::milliseconds first{1000};
        std::chrono::milliseconds longest{8000};
        std::chrono::milliseconds longestRetryAfter{10000}; ///< Asked to wait longer: the caller hears of it at once.
    };

    RetryPolicy() = default;
    explicit RetryPolicy(const Limits &limits) : m_limits(limits) {}

    /// The wait before the next attempt, or nothing when `outcome` is final. `attempts` were made; `chance` is in [0, 1).
    std::optional<std::chrono::milliseconds> delay(const HttpRequest &request, int attempts,
                                                   const Result<HttpReply> &outcome, double chance,
                                                   const QDateTime &now) const;

    /// Whether a pause that the other side asks for is one to wait for.
    bool isShort(std::chrono::milliseconds pause) const { return pause <= m_limits.longestRetryAfter; }

    static bool mayRepeat(const HttpRequest &request)
    {
        return request.method == HttpMethod::Get || (request.method == HttpMethod::Post && request.readOnly);
    }

    /// Of a Retry-After header, in seconds or as a date; 0 when there is none or it makes no sense.
    static std::chrono::milliseconds retryAfter(const HttpReply &reply, const QDateTime &now);

private:
    Limits m_limits;
};

} // namespace ringside
