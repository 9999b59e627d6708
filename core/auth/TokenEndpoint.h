// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "TokenSet.h"

#include <QFuture>
#include <QObject>

namespace ringside {

class Clock;
class HttpClient;

/// Zoho's /oauth/v2/token and /oauth/v2/token/revoke. Success is "the body has access_token" and nothing else: errors
/// come as HTTP 200. Sends secrets in the body only. Source: reference sections 1.4 to 1.7.
///
/// Errors: SignedOut (invalid_code on refresh), Refused (invalid_code on exchange), Configuration (invalid_client,
/// invalid_client_secret, invalid_redirect_uri, invalid_scope), Throttled (by shape, not by language, with
/// retryAfter >= 10 min), Network, Timeout, ServerError, BadReply.
class TokenEndpoint final : public QObject
{
    Q_OBJECT

public:
    /// Owns neither; both must outlive it.
    TokenEndpoint(HttpClient &client, const Clock &clock, QObject *parent = nullptr);

    struct Exchange
    {
        QUrl accountsServer;
        ClientCredentials client;
        Secret code;
        Secret codeVerifier;
        QString redirectUri;
    };
    QFuture<Result<TokenSet>> exchange(const Exchange &exchange);

    /// The result has no refresh token of its own (Zoho does not rotate it).
    QFuture<Result<TokenSet>> refresh(const QUrl &accountsServer, const ClientCredentials &client, const Secret &refreshToken);

    QFuture<Result<void>> revoke(const QUrl &accountsServer, const Secret &token);

private:
    HttpClient &m_client;
    const Clock &m_clock;
};

} // namespace ringside
