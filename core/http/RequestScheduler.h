// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace ringside {

class AccessTokens;
class Clock;
class HttpClient;
class RetryPolicy;

/// All requests to the CRM go through one of these: by priority, at most `maxInFlight` at a time, with the access token
/// added. Reads are repeated on 429, 5xx and lost connections with back-off and jitter; writes never are. A 401 with
/// INVALID_TOKEN gets one shared refresh and one retry (the CRM did not act on it, so that holds for writes too).
/// After a 429 with a short Retry-After everything waits that long; a longer one is given to the caller.
/// Refresh and Sync leave one place free, so that a pop never waits for background work.
/// Cancelling the future takes a waiting request out of the queue and aborts one under way.
class RequestScheduler final : public QObject
{
    Q_OBJECT

public:
    /// Owns none of its arguments; all must outlive it.
    RequestScheduler(HttpClient &client, AccessTokens &tokens, const Clock &clock, QObject *parent = nullptr);
    ~RequestScheduler() override;

    static constexpr int maxInFlight = 4;

    void setRetryPolicy(const RetryPolicy &policy);

    /// Any status is a value, as with HttpClient (OAUTH_SCOPE_MISMATCH too: no refresh helps). Errors: those of HttpClient
    /// and of AccessTokens::accessToken().
    QFuture<Result<HttpReply>> enqueue(const HttpRequest &request);

    /// From X-API-CREDITS-REMAINING / X-RATELIMIT-*; -1 while not told.
    qint64 creditsRemaining() const;
    qint64 creditsLimit() const;

Q_SIGNALS:
    void creditsChanged();
    /// The CRM was reached (any status), or not. Emitted on change only; starts as true.
    void onlineChanged(bool online);
    /// The sign-in is dead: accessToken() said SignedOut. Emitted once until a token works again.
    void signInNeeded();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
