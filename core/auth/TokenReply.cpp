// SPDX-License-Identifier: Apache-2.0
#include "TokenReply.h"

#include "Loopback.h"
#include "RetryPolicy.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr qint64 usualLifeSeconds = 3600;
constexpr qint64 longestLifeSeconds = 24 * 60 * 60;
constexpr std::chrono::milliseconds throttleSilence = 10min;

/// A number, or a string that holds one.
std::optional<qint64> numberOf(const QJsonValue &value)
{
    bool isNumber = value.isDouble();
    const qint64 number = isNumber ? static_cast<qint64>(value.toDouble()) : value.toString().toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

/// Old replies have expires_in in milliseconds, and say so by having expires_in_sec too.
qint64 lifeSeconds(const QJsonObject &object)
{
    const auto seconds = numberOf(object.value(QLatin1String("expires_in_sec")));
    const auto usual = numberOf(object.value(QLatin1String("expires_in")));
    return std::clamp<qint64>(seconds.value_or(usual.value_or(usualLifeSeconds)), 0, longestLifeSeconds);
}

} // namespace

Result<TokenSet> TokenReply::parse(const HttpReply &reply, Grant grant, const QDateTime &now)
{
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    if (!object.value(QLatin1String("access_token")).toString().isEmpty())
        return tokens(object, now);

    const QString code = object.value(QLatin1String("error")).toString();
    static const QStringList permanentCodes{
        QStringLiteral("invalid_code"),         QStringLiteral("invalid_client"), QStringLiteral("invalid_client_secret"),
        QStringLiteral("invalid_redirect_uri"), QStringLiteral("invalid_scope"),  QStringLiteral("invalid_grant")};
    if (permanentCodes.contains(code))
        return permanent(code, grant);
    const bool hasThrottleShape = object.value(QLatin1String("status")).toString() == QLatin1String("failure")
                                  || object.contains(QLatin1String("error_description"));
    if (hasThrottleShape || reply.status == 429)
        return throttled(code, reply, now);
    return transient(code, reply, now);
}

Result<void> TokenReply::revoked(const HttpReply &reply)
{
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    const QString error = object.value(QLatin1String("error")).toString();
    const bool deadAlready = error == QLatin1String("invalid_token") || error == QLatin1String("invalid_code");
    if (object.value(QLatin1String("status")).toString() == QLatin1String("success") || (deadAlready && reply.status < 500))
        return {};
    return Error{.kind = ErrorKind::ServerError,
                 .message = tr("Zoho's sign-in server could not end this sign-in. It is removed from this computer; to be sure, "
                               "remove Ringside under Connected Apps in your Zoho account."),
                 .code = error.isEmpty() ? QStringLiteral("HTTP %1").arg(reply.status) : error};
}

Result<TokenSet> TokenReply::tokens(const QJsonObject &object, const QDateTime &now)
{
    TokenSet tokens;
    tokens.accessToken = Secret(object.value(QLatin1String("access_token")).toString().toLatin1());
    tokens.refreshToken = Secret(object.value(QLatin1String("refresh_token")).toString().toLatin1());
    tokens.expiresAt = now.addSecs(lifeSeconds(object));
    tokens.scope = object.value(QLatin1String("scope")).toString();
    const QString apiDomain = object.value(QLatin1String("api_domain")).toString();
    if (apiDomain.isEmpty())
        return tokens;
    const QUrl api(apiDomain, QUrl::StrictMode);
    if (!isSafeHttpUrl(api)) {
        return Error{.kind = ErrorKind::BadReply,
                     .message = tr("Zoho's sign-in server named an API address that is not encrypted, so it was not used. "
                                   "Nothing was lost; check the data centre in the settings."),
                     .code = QStringLiteral("api_domain")};
    }
    tokens.apiDomain = api;
    return tokens;
}

Error TokenReply::permanent(const QString &code, Grant grant)
{
    const auto wrong = [&code](const QString &message, const char *setting) {
        return Error{.kind = ErrorKind::Configuration, .message = message, .code = code, .detail = QLatin1String(setting)};
    };
    if (code == QLatin1String("invalid_client")) {
        return wrong(tr("Zoho does not know this client ID at this data centre. Check the client ID and the data centre in "
                        "the settings; calls and notes are kept."),
                     "zoho/client-id");
    }
    if (code == QLatin1String("invalid_client_secret")) {
        return wrong(tr("Zoho does not accept the client secret at this data centre. Enter the secret that Zoho's API "
                        "console shows for it; calls and notes are kept."),
                     "zoho/client-secret");
    }
    if (code == QLatin1String("invalid_redirect_uri")) {
        return wrong(tr("The address to which the browser returned is not registered for this client. Register it in Zoho's "
                        "API console exactly as the settings show it, then sign in again; calls and notes are kept."),
                     "zoho/redirect-port");
    }
    if (code == QLatin1String("invalid_scope")) {
        return wrong(tr("Zoho does not know one of the scopes that were asked for. Correct the list of scopes in the "
                        "settings, then sign in again; calls and notes are kept."),
                     "zoho/scopes");
    }
    if (grant == Grant::RefreshToken) {
        return Error{.kind = ErrorKind::SignedOut,
                     .message = tr("Zoho no longer accepts this sign-in. Sign in again; calls and notes are kept."),
                     .code = code};
    }
    return Error{.kind = ErrorKind::Refused,
                 .message = tr("Zoho did not accept this sign-in; it took too long or was used already. Nothing was lost; "
                               "sign in again."),
                 .code = code};
}

Error TokenReply::throttled(const QString &code, const HttpReply &reply, const QDateTime &now)
{
    return Error{.kind = ErrorKind::Throttled,
                 .message = tr("Zoho asks for a pause because of too many sign-in requests. The sign-in is still good and "
                               "nothing is lost; Ringside tries again in about ten minutes."),
                 .retryAfter = std::max(throttleSilence, RetryPolicy::retryAfter(reply, now)),
                 .code = code};
}

Error TokenReply::transient(const QString &code, const HttpReply &reply, const QDateTime &now)
{
    const bool serverSaysSo = reply.status >= 500 || !code.isEmpty();
    return Error{.kind = serverSaysSo ? ErrorKind::ServerError : ErrorKind::BadReply,
                 .message = serverSaysSo ? tr("Zoho's sign-in server has a problem at the moment. Nothing is lost; try again "
                                              "in a few minutes.")
                                         : tr("The answer did not come from Zoho's sign-in server as expected. Nothing is "
                                              "lost; check the network and the data centre in the settings, then try again."),
                 .retryAfter = RetryPolicy::retryAfter(reply, now),
                 .code = code.isEmpty() ? QStringLiteral("HTTP %1").arg(reply.status) : code};
}

} // namespace ringside
