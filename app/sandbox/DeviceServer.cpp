// SPDX-License-Identifier: Apache-2.0
#include "DeviceServer.h"

#include "OAuthPages.h"
#include "OAuthServer.h"

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QString devicePage = u"/oauth/v3/device"_qs;

HttpReply refuse(const QString &error)
{
    return HttpReply::json(200, {{u"error"_qs, error}}); // as at the token endpoint, failures come with 200
}

} // namespace

DeviceServer::DeviceServer(OAuthLedger &ledger, DeviceLedger::Clock clock, QString agentName, QString agentEmail)
    : m_ledger(ledger), m_devices(std::move(clock)), m_agentName(std::move(agentName)),
      m_agentEmail(std::move(agentEmail))
{
}

HttpReply DeviceServer::handle(const HttpRequest &request)
{
    const bool post = request.method == "POST"_L1;
    if (request.path == devicePage && request.method == "GET"_L1)
        return page(request.queryValue(u"user_code"_qs));
    if (request.path == devicePage && post)
        return page(request.parameter(u"user_code"_qs));
    if (request.path == QString(devicePage + "/consent"_L1) && post)
        return answer(request);
    if (request.path == QString(devicePage + "/code"_L1) && post)
        return code(request);
    if (request.path == QString(devicePage + "/token"_L1) && post)
        return token(request);
    return HttpReply::html(404,
                           OAuthPages::error(u"Invalid request"_qs, u"There is nothing to be had at this address."_qs));
}

HttpReply DeviceServer::code(const HttpRequest &request)
{
    const OAuthClient *client = m_ledger.client(request.parameter(u"client_id"_qs));
    if (!client || client->type != "device"_L1)
        return refuse(u"invalid_client"_qs);
    if (request.parameter(u"grant_type"_qs) != "device_request"_L1)
        return refuse(u"invalid_grant_type"_qs);
    const OAuthScopes scopes(request.parameter(u"scope"_qs));
    if (scopes.isEmpty() || !scopes.firstUnknown().isNull())
        return refuse(u"invalid_scope"_qs);
    const bool offline = request.parameter(u"access_type"_qs) == "offline"_L1;
    const DeviceGrant grant = m_devices.issue({{}, {}, client->id, scopes, offline});
    const int unit = m_milliseconds ? 1000 : 1;
    const QString address = m_baseUrl + devicePage;
    return HttpReply::json(200,
                           {{"user_code"_L1, grant.userCode},
                            {"device_code"_L1, grant.deviceCode},
                            {"verification_url"_L1, address},
                            {"verification_uri_complete"_L1, QString(address + u"?user_code="_qs + grant.userCode)},
                            {"interval"_L1, m_devices.intervalSeconds() * unit},
                            {"expires_in"_L1, m_devices.lifeSeconds() * unit}});
}

HttpReply DeviceServer::page(const QString &userCode) const
{
    if (userCode.isEmpty())
        return HttpReply::html(200, OAuthPages::deviceCode({}));
    const DeviceGrant *grant = m_devices.open(userCode);
    const OAuthClient *client = grant ? m_ledger.client(grant->clientId) : nullptr;
    if (!client)
        return HttpReply::html(400,
                               OAuthPages::deviceCode(u"No program waits for this code. Codes live a few minutes: "
                                                      "look at the program again, and type what it shows now."_qs));
    return HttpReply::html(200, OAuthPages::consent(*client, m_agentName, m_agentEmail, grant->scopes,
                                                    {devicePage + u"/consent"_qs, u"user_code"_qs, grant->userCode}));
}

HttpReply DeviceServer::answer(const HttpRequest &request)
{
    const bool accepted = request.parameter(u"decision"_qs) == "accept"_L1;
    if (!m_devices.decide(request.parameter(u"user_code"_qs), accepted))
        return HttpReply::html(
            400, OAuthPages::error(u"This page has expired"_qs,
                                   u"It was answered already, or is too old. Start signing in again."_qs));
    return HttpReply::html(200,
                           OAuthPages::notice(accepted ? u"You are signed in"_qs : u"You refused"_qs,
                                              accepted ? u"The program has been told. You may close this page."_qs
                                                       : u"The program gets no access. You may close this page."_qs));
}

HttpReply DeviceServer::token(const HttpRequest &request)
{
    const OAuthClient *client = m_ledger.client(request.parameter(u"client_id"_qs));
    if (!client || client->type != "device"_L1)
        return refuse(u"invalid_client"_qs);
    if (request.parameter(u"client_secret"_qs) != client->secret)
        return refuse(u"invalid_client_secret"_qs);
    if (request.parameter(u"grant_type"_qs) != "device_token"_L1)
        return refuse(u"invalid_grant_type"_qs);
    if (!m_otherLocation.isEmpty())
        return HttpReply::json(200, {{"error"_L1, "other_dc"_L1}, {"user_location"_L1, m_otherLocation}});
    DeviceGrant granted;
    const DeviceLedger::Poll poll = m_devices.poll(request.parameter(u"code"_qs), client->id, &granted);
    switch (poll) {
    case DeviceLedger::Poll::Pending:
        return refuse(u"authorization_pending"_qs);
    case DeviceLedger::Poll::SlowDown:
        return refuse(u"slow_down"_qs);
    case DeviceLedger::Poll::Denied:
        return refuse(u"access_denied"_qs);
    case DeviceLedger::Poll::Expired:
        return refuse(u"expired"_qs);
    case DeviceLedger::Poll::Unknown:
        return refuse(u"invalid_code"_qs);
    case DeviceLedger::Poll::Granted:
        break;
    }
    return grant(granted);
}

HttpReply DeviceServer::grant(const DeviceGrant &granted)
{
    const QString refreshToken =
        granted.offline ? m_ledger.issueRefreshToken(granted.clientId, granted.scopes) : QString();
    const OAuthAccess access = m_ledger.issueAccess(granted.clientId, refreshToken, granted.scopes);
    return HttpReply::json(200, OAuthServer::tokenReply(access, m_baseUrl, refreshToken));
}

} // namespace ringside::sandbox
