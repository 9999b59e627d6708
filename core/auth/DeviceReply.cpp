// SPDX-License-Identifier: Apache-2.0
#include "DeviceReply.h"

#include "Loopback.h"
#include "TokenReply.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr qint64 mostSeconds = 3600;
constexpr std::chrono::milliseconds usualLife = 5min;
constexpr std::chrono::milliseconds longestLife = 1h;
constexpr qsizetype longestUserCode = 64;

/// Zero when it is missing, not a number or not positive.
std::chrono::milliseconds duration(const QJsonValue &value)
{
    const qint64 number = value.isString() ? value.toString().toLongLong() : static_cast<qint64>(value.toDouble());
    if (number <= 0)
        return 0ms;
    return number > mostSeconds ? std::chrono::milliseconds(number)
                                : std::chrono::milliseconds(std::chrono::seconds(number));
}

QUrl pageOf(const QJsonObject &object)
{
    for (const char *name : {"verification_uri_complete", "verification_url", "verification_uri"}) {
        const QUrl url(object.value(QLatin1String(name)).toString(), QUrl::StrictMode);
        if (isSafeHttpUrl(url))
            return url;
    }
    return {};
}

} // namespace

Result<DeviceGrant> DeviceReply::grant(const HttpReply &reply, const QDateTime &now)
{
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    DeviceGrant grant;
    grant.deviceCode = Secret(object.value(QLatin1String("device_code")).toString().toLatin1());
    if (grant.deviceCode.isEmpty()) {
        const Result<TokenSet> failure = TokenReply::parse(reply, TokenReply::Grant::AuthorizationCode, now);
        if (!failure.ok())
            return failure.error();
    }
    grant.userCode = object.value(QLatin1String("user_code")).toString().left(longestUserCode);
    grant.page = pageOf(object);
    if (grant.deviceCode.isEmpty() || grant.userCode.isEmpty() || grant.page.isEmpty()) {
        return Error{.kind = ErrorKind::BadReply,
                     .message = tr(
                         "Zoho's answer has no code that could be entered on another device. Nothing was lost; sign in "
                         "with the browser of this computer instead.")};
    }
    grant.interval = std::max(leastInterval, duration(object.value(QLatin1String("interval"))));
    const auto life = duration(object.value(QLatin1String("expires_in")));
    grant.life = life > 0ms ? std::min(life, longestLife) : usualLife;
    return grant;
}

Result<DevicePoll> DeviceReply::poll(const HttpReply &reply, const QDateTime &now)
{
    using Outcome = DevicePoll::Outcome;
    const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
    const QString code = object.value(QLatin1String("error")).toString();
    if (code == QLatin1String("authorization_pending"))
        return DevicePoll{.outcome = Outcome::Pending, .tokens = {}, .location = {}};
    if (code == QLatin1String("slow_down"))
        return DevicePoll{.outcome = Outcome::SlowDown, .tokens = {}, .location = {}};
    if (code == QLatin1String("other_dc")) {
        return DevicePoll{.outcome = Outcome::OtherDataCentre,
                          .tokens = {},
                          .location = object.value(QLatin1String("user_location")).toString().toLower()};
    }
    if (code == QLatin1String("access_denied")) {
        return Error{.kind = ErrorKind::Refused,
                     .message =
                         tr("Zoho's page was told not to let Ringside in. Nothing was lost; sign in again and choose "
                            "Accept."),
                     .code = code};
    }
    if (code == QLatin1String("expired") || code == QLatin1String("expired_token"))
        return DevicePoll{.outcome = Outcome::Expired, .tokens = {}, .location = {}};
    const Result<TokenSet> tokens = TokenReply::parse(reply, TokenReply::Grant::AuthorizationCode, now);
    if (!tokens.ok())
        return tokens.error();
    return DevicePoll{.outcome = Outcome::Granted, .tokens = tokens.value(), .location = {}};
}

} // namespace ringside
