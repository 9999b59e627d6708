// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace ringside {

class AccessTokens;
class Clock;
class CreditMeter;
class HttpClient;
class RetryPolicy;

/// All requests to the CRM go through one of these: by priority (see RequestQueue), at most `maxInFlight` at a time, with
/// the access token added. Reads are repeated on 429, 5xx and lost connections with back-off and full jitter; writes never
/// are. A 401 with INVALID_TOKEN gets one shared refresh and one retry, however many wait (the CRM did not act on it, so
/// that holds for writes too); no other 401 does. After an answer that asks for a short pause everything waits that long.
/// Once the company's day is spent (see QuotaWatch) one request in a few minutes goes out to see, and the others are
/// answered here, at once. Refresh and Sync leave one place free, so that a pop never waits for background work.
/// Cancelling the future takes a waiting request out of the queue and aborts one under way.
class RequestScheduler final : public QObject
{
    Q_OBJECT

public:
    /// Owns none of its arguments; all must outlive it.
    RequestScheduler(HttpClient &client, AccessTokens &tokens, const Clock &clock, QObject *parent = nullptr);
    ~RequestScheduler() override;

    static constexpr int maxInFlight = 3;

    void setRetryPolicy(const RetryPolicy &policy);
    /// Where jitter comes from: numbers in [0, 1). The system's own unless a test gives another.
    void setChance(std::function<double()> chance);

    /// Any status is a value, as with HttpClient (OAUTH_SCOPE_MISMATCH too: no refresh helps). Errors: those of HttpClient
    /// and of AccessTokens::accessToken(), and RateLimited with `retryAfter` while the company's day is spent.
    QFuture<Result<HttpReply>> enqueue(const HttpRequest &request);

    /// While this says so, it is not known whose the access token is, on a desk that is somebody's: all but what asks for that
    /// (HttpRequest::provesIdentity) is answered SignedOut here.
    void setUnproved(std::function<bool()> unproved);

    /// What all of them cost.
    CreditMeter &credits();

Q_SIGNALS:
    /// The CRM was reached (any status), or not. Emitted on change only; starts as true.
    void onlineChanged(bool online);
    /// The sign-in is dead: accessToken() said SignedOut, or the CRM refused a fresh token too. Emitted once until a token
    /// works again.
    void signInNeeded();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
