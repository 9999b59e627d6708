// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DeviceGrant.h"
#include "Result.h"
#include "TokenSet.h"

#include <QFuture>
#include <QObject>

namespace ringside {

class Clock;
class HttpClient;

/// Zoho's /oauth/v2/token and its neighbours for revoking and for devices. Success is "the body has access_token" and
/// nothing else: errors come as HTTP 200. Sends secrets in the body only. Source: reference sections 1.4 to 1.9.
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
        Secret codeVerifier; ///< Empty for a self client's code, as is the redirect: then neither is sent.
        QString redirectUri;
    };
    QFuture<Result<TokenSet>> exchange(const Exchange &exchange);

    /// The result has no refresh token of its own (Zoho does not rotate it).
    QFuture<Result<TokenSet>> refresh(const QUrl &accountsServer, const ClientCredentials &client,
                                      const Secret &refreshToken);

    /// Asks for a code that a person enters on another device.
    QFuture<Result<DeviceGrant>> deviceCode(const QUrl &accountsServer, const ClientCredentials &client,
                                            const QStringList &scopes);

    /// Whether the person has entered it. "Not yet" and "too late" are values. Errors also: Refused.
    QFuture<Result<DevicePoll>> pollDevice(const QUrl &accountsServer, const ClientCredentials &client,
                                           const Secret &deviceCode);

    /// Of a refresh token its access tokens die too. Ok also when Zoho does not know the token. Errors also: ServerError.
    QFuture<Result<void>> revoke(const QUrl &accountsServer, const Secret &token);
    /// The same at the address that Zoho's newer pages name, where the client signs in.
    QFuture<Result<void>> revokeAsClient(const QUrl &accountsServer, const ClientCredentials &client, const Secret &refreshToken);

private:
    HttpClient &m_client;
    const Clock &m_clock;
};

} // namespace ringside
