// SPDX-License-Identifier: Apache-2.0
#include "TokenEndpoint.h"

#include "Clock.h"
#include "DeviceReply.h"
#include "HttpClient.h"
#include "TokenCall.h"
#include "TokenReply.h"

namespace ringside {

namespace {

using Fields = QList<QPair<QByteArray, QByteArray>>;

/// In the body, never in the address: addresses end up in logs.
HttpRequest post(const QUrl &accountsServer, const QString &path, const Fields &fields)
{
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = accountsServer;
    request.url.setPath(path);
    request.contentType = QByteArrayLiteral("application/x-www-form-urlencoded");
    for (const auto &[name, value] : fields) {
        if (!request.body.isEmpty())
            request.body += '&';
        request.body += name + '=' + value.toPercentEncoding();
    }
    request.priority = RequestPriority::Refresh;
    request.authorized = false;
    return request;
}

} // namespace

TokenEndpoint::TokenEndpoint(HttpClient &client, const Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_clock(clock)
{
}

QFuture<Result<TokenSet>> TokenEndpoint::exchange(const Exchange &exchange)
{
    Fields fields{{"grant_type", "authorization_code"},
                  {"client_id", exchange.client.id.toUtf8()},
                  {"client_secret", exchange.client.secret.reveal()},
                  {"code", exchange.code.reveal()}};
    if (!exchange.redirectUri.isEmpty())
        fields.append({"redirect_uri", exchange.redirectUri.toUtf8()});
    if (!exchange.codeVerifier.isEmpty())
        fields.append({"code_verifier", exchange.codeVerifier.reveal()});
    const HttpRequest request = post(exchange.accountsServer, QStringLiteral("/oauth/v2/token"), fields);
    return TokenCall<TokenSet>::make(this, m_client.send(request), [this](const HttpReply &reply) {
        return TokenReply::parse(reply, TokenReply::Grant::AuthorizationCode, m_clock.now());
    });
}

QFuture<Result<TokenSet>> TokenEndpoint::refresh(const QUrl &accountsServer, const ClientCredentials &client,
                                                 const Secret &refreshToken)
{
    const HttpRequest request = post(accountsServer, QStringLiteral("/oauth/v2/token"),
                                     {{"grant_type", "refresh_token"},
                                      {"client_id", client.id.toUtf8()},
                                      {"client_secret", client.secret.reveal()},
                                      {"refresh_token", refreshToken.reveal()}});
    return TokenCall<TokenSet>::make(this, m_client.send(request), [this](const HttpReply &reply) {
        return TokenReply::parse(reply, TokenReply::Grant::RefreshToken, m_clock.now());
    });
}

QFuture<Result<DeviceGrant>> TokenEndpoint::deviceCode(const QUrl &accountsServer, const ClientCredentials &client,
                                                       const QStringList &scopes)
{
    const HttpRequest request = post(accountsServer, QStringLiteral("/oauth/v3/device/code"),
                                     {{"grant_type", "device_request"},
                                      {"client_id", client.id.toUtf8()},
                                      {"scope", scopes.join(QLatin1Char(',')).toUtf8()},
                                      {"access_type", "offline"},
                                      {"prompt", "consent"}});
    return TokenCall<DeviceGrant>::make(this, m_client.send(request), [this](const HttpReply &reply) {
        return DeviceReply::grant(reply, m_clock.now());
    });
}

QFuture<Result<DevicePoll>> TokenEndpoint::pollDevice(const QUrl &accountsServer, const ClientCredentials &client,
                                                      const Secret &deviceCode)
{
    const HttpRequest request = post(accountsServer, QStringLiteral("/oauth/v3/device/token"),
                                     {{"grant_type", "device_token"},
                                      {"client_id", client.id.toUtf8()},
                                      {"client_secret", client.secret.reveal()},
                                      {"code", deviceCode.reveal()}});
    return TokenCall<DevicePoll>::make(this, m_client.send(request), [this](const HttpReply &reply) {
        return DeviceReply::poll(reply, m_clock.now());
    });
}

QFuture<Result<void>> TokenEndpoint::revoke(const QUrl &accountsServer, const Secret &token)
{
    const HttpRequest request =
        post(accountsServer, QStringLiteral("/oauth/v2/token/revoke"), {{"token", token.reveal()}});
    return TokenCall<void>::make(this, m_client.send(request), TokenReply::revoked);
}

QFuture<Result<void>> TokenEndpoint::revokeAsClient(const QUrl &accountsServer, const ClientCredentials &client,
                                                    const Secret &refreshToken)
{
    HttpRequest request = post(accountsServer, QStringLiteral("/oauth/v2/revoke/token"),
                               {{"token", refreshToken.reveal()}, {"token_type", "refresh_token"}});
    request.headers.append({"Authorization", "Basic " + (client.id.toUtf8() + ':' + client.secret.reveal()).toBase64()});
    return TokenCall<void>::make(this, m_client.send(request), TokenReply::revoked);
}

} // namespace ringside
