// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

#include <QDateTime>

#include <chrono>

namespace ringside {

/// What an answer's headers say about how much more may be asked, and when. Pure; every header is optional. Source: Zoho
/// reference, 4.3. X-API-CREDITS-REMAINING comes only from half-use on; of the X-RATELIMIT family the DAY ones go first,
/// since with them the plain ones are about a short window.
struct RateHints
{
    qint64 remaining = -1; ///< Credits of the day; -1 = not told.
    qint64 limit = -1;
    /// How long nothing should be sent: Retry-After (seconds or a date), or until X-RATELIMIT-RESET (seconds from now, or
    /// seconds or milliseconds since 1970) when nothing remains. 0 = not told; at most a day.
    std::chrono::milliseconds pause{0};

    static RateHints of(const HttpReply &reply, const QDateTime &now);

    /// Of a Retry-After header alone; 0 when there is none or it makes no sense.
    static std::chrono::milliseconds retryAfter(const HttpReply &reply, const QDateTime &now);
};

} // namespace ringside
