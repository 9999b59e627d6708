// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"

#include <QFuture>

namespace ringside {

/// Where the scheduler gets its access token; implemented by auth's AccessTokenSource, so that crm need not know auth.
class AccessTokens
{
public:
    virtual ~AccessTokens() = default;

    /// A token that is believed to live. However many ask, at most one refresh is under way.
    /// Errors: SignedOut (the refresh token is dead or there is none), Throttled, Network, KeychainUnavailable.
    virtual QFuture<Result<Secret>> accessToken() = 0;

    /// The CRM answered INVALID_TOKEN to this one; the next accessToken() must not give it again.
    virtual void tokenRefused(const Secret &token) = 0;
};

} // namespace ringside
