// SPDX-License-Identifier: Apache-2.0
#include "OAuthServer.h"

#include "OAuthPages.h"

#include <QCryptographicHash>
#include <QUrl>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostOpenConsents = 200;

// Zoho reports the failures of its token endpoint with HTTP 200.
HttpReply tokenError(const QString &error)
{
    return HttpReply::json(200, {{u"error"_qs, error}});
}

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

bool verifierFits(const OAuthCode &code, const QString &verifier)
{
    if (code.challenge.isEmpty())
        return true;
    if (verifier.isEmpty())
        return false;
    if (code.challengeMethod == u"plain"_qs)
        return verifier == code.challenge;
    const QByteArray digest = QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))
        == code.challenge;
}

QByteArray callback(const QString &redirectUri, const QByteArray &query)
{
    return redirectUri.toUtf8() + (redirectUri.contains(u'?') ? '&' : '?') + query;
}

} // namespace

OAuthServer::OAuthServer(OAuthLedger &ledger, QString agentName, QString agentEmail)
    : m_ledger(ledger), m_devices(ledger, ledger.clock(), agentName, agentEmail), m_agentName(std::move(agentName)),
      m_agentEmail(std::move(agentEmail))
{
}

void OAuthServer::setBaseUrl(const QString &url)
{
    m_baseUrl = url;
    m_devices.setBaseUrl(url);
}

void OAuthServer::setThrottleReply(int status, const QString &language)
{
    m_throttleStatus = status;
    m_throttleLanguage = language;
}

HttpReply OAuthServer::handle(const HttpRequest &request)
{
    const bool get = request.method == u"GET"_qs;
    const bool post = request.method == u"POST"_qs;
    const QString path = request.path;
    if (path == u"/oauth/v2/auth"_qs && get)
        return authorize(request);
    if (path == u"/oauth/v2/auth/consent"_qs && post)
        return decide(request);
    if (path == u"/oauth/v2/token"_qs && post)
        return token(request);
    if (path == u"/oauth/v2/token/revoke"_qs && post)
        return revoke(request);
    if (path == u"/oauth/v2/revoke/token"_qs && post)
        return revokeWithBasic(request);
    if (path.startsWith(u"/oauth/v3/device"_qs))
        return m_devices.handle(request);
    if (path == u"/oauth/serverinfo"_qs && get)
        return HttpReply::json(200, {{u"result"_qs, u"success"_qs}, {u"locations"_qs, QJsonObject{{u"us"_qs, m_baseUrl}}}});
    return HttpReply::html(path == u"/oauth/v2/token"_qs ? 400 : 404,
                           OAuthPages::error(u"Invalid request"_qs, u"There is nothing to be had at this address."_qs));
}

QString OAuthServer::refusal(const HttpRequest &request) const
{
    const OAuthClient *client = m_ledger.client(request.queryValue(u"client_id"_qs));
    if (!client)
        return u"Invalid Client: the client ID passed does not exist."_qs;
    if (client->type == u"device"_qs || client->type == u"self"_qs)
        return u"Invalid Client: a client of this type has no sign-in through the browser."_qs;
    if (!client->redirectUris.contains(request.queryValue(u"redirect_uri"_qs)))
        return u"Invalid Redirect Uri: it is not one of those that were registered for this client."_qs;
    if (request.queryValue(u"response_type"_qs) != u"code"_qs)
        return u"Invalid Response Type: only “code” is supported."_qs;
    const OAuthScopes scopes(request.queryValue(u"scope"_qs));
    if (scopes.isEmpty())
        return u"Invalid OAuth Scope: the request names none."_qs;
    if (const QString unknown = scopes.firstUnknown(); !unknown.isNull())
        return u"Invalid OAuth Scope: the scope “%1” does not exist."_qs.arg(unknown);
    const QString access = request.queryValue(u"access_type"_qs);
    if (!access.isEmpty() && access != u"online"_qs && access != u"offline"_qs)
        return u"Invalid Access Type: it is “online” or “offline”."_qs;
    const bool challenged = !request.queryValue(u"code_challenge"_qs).isEmpty();
    if (client->type == u"mobile"_qs && !challenged)
        return u"Invalid Request: a client for mobile and desktop applications must send a code_challenge."_qs;
    const QString method = request.queryValue(u"code_challenge_method"_qs);
    if (challenged && !method.isEmpty() && method != u"S256"_qs && method != u"plain"_qs)
        return u"Invalid Request: the code_challenge_method is “S256” or “plain”."_qs;
    return {};
}

HttpReply OAuthServer::authorize(const HttpRequest &request)
{
    // A wrong request never reaches the redirect address: Zoho shows a page of its own instead.
    if (const QString wrong = refusal(request); !wrong.isNull())
        return HttpReply::html(400, OAuthPages::error(u"An error occurred"_qs, wrong));
    Consent consent;
    consent.state = request.queryValue(u"state"_qs);
    consent.offline = request.queryValue(u"access_type"_qs) == u"offline"_qs;
    consent.promptConsent = request.queryValue(u"prompt"_qs).split(u',').contains(u"consent"_qs);
    consent.code.clientId = request.queryValue(u"client_id"_qs);
    consent.code.redirectUri = request.queryValue(u"redirect_uri"_qs);
    consent.code.scopes = OAuthScopes(request.queryValue(u"scope"_qs));
    consent.code.challenge = request.queryValue(u"code_challenge"_qs);
    const QString method = request.queryValue(u"code_challenge_method"_qs);
    consent.code.challengeMethod = method.isEmpty() ? u"plain"_qs : method;
    if (m_consents.size() >= mostOpenConsents)
        m_consents.clear();
    const QString formToken = m_ledger.randomToken();
    m_consents.insert(formToken, consent);
    return HttpReply::html(200, OAuthPages::consent(*m_ledger.client(consent.code.clientId), m_agentName, m_agentEmail,
                                                    consent.code.scopes,
                                                    {u"/oauth/v2/auth/consent"_qs, u"request"_qs, formToken}));
}

HttpReply OAuthServer::decide(const HttpRequest &request)
{
    const auto found = m_consents.find(request.parameter(u"request"_qs));
    if (found == m_consents.end())
        return HttpReply::html(400, OAuthPages::error(u"This page has expired"_qs,
                                                      u"It was answered already, or is too old. Start signing in again."_qs));
    const Consent consent = *found;
    m_consents.erase(found);
    const QByteArray state = encoded(consent.state);
    if (request.parameter(u"decision"_qs) != u"accept"_qs)
        return HttpReply::redirect(callback(consent.code.redirectUri, "error=access_denied&state=" + state));
    OAuthCode code = consent.code;
    // Offline access is given on the first consent only, unless the client asked for consent again.
    code.offline = consent.offline && (consent.promptConsent || !m_ledger.hasRefreshToken(code.clientId));
    const QString text = m_ledger.issueCode(code);
    return HttpReply::redirect(callback(consent.code.redirectUri,
                                        "code=" + encoded(text) + "&location=us&accounts-server=" + encoded(m_baseUrl)
                                            + "&state=" + state + '&'));
}

HttpReply OAuthServer::token(const HttpRequest &request)
{
    const QString grant = request.parameter(u"grant_type"_qs);
    if (grant != u"authorization_code"_qs && grant != u"refresh_token"_qs)
        return HttpReply::html(400, OAuthPages::error(u"Invalid request"_qs, u"The grant_type is missing or unknown."_qs));
    const OAuthClient *client = m_ledger.client(request.parameter(u"client_id"_qs));
    if (!client)
        return tokenError(u"invalid_client"_qs);
    if (request.parameter(u"client_secret"_qs) != client->secret)
        return tokenError(u"invalid_client_secret"_qs);
    return grant == u"refresh_token"_qs ? refresh(request, *client) : exchange(request, *client);
}

HttpReply OAuthServer::exchange(const HttpRequest &request, const OAuthClient &client)
{
    const std::optional<OAuthCode> code = m_ledger.takeCode(request.parameter(u"code"_qs));
    if (!code || code->clientId != client.id)
        return tokenError(u"invalid_code"_qs);
    if (!code->redirectUri.isEmpty() && code->redirectUri != request.parameter(u"redirect_uri"_qs))
        return tokenError(u"invalid_redirect_uri"_qs);
    if (!verifierFits(*code, request.parameter(u"code_verifier"_qs)))
        return tokenError(u"invalid_code"_qs);
    const QString refreshToken = code->offline ? m_ledger.issueRefreshToken(client.id, code->scopes) : QString();
    return HttpReply::json(200, tokenReply(m_ledger.issueAccess(client.id, refreshToken, code->scopes), m_baseUrl, refreshToken));
}

HttpReply OAuthServer::refresh(const HttpRequest &request, const OAuthClient &client)
{
    OAuthAccess access;
    switch (m_ledger.refresh(client.id, request.parameter(u"refresh_token"_qs), &access)) {
    case RefreshOutcome::Granted:
        return HttpReply::json(200, tokenReply(access, m_baseUrl, {}));
    case RefreshOutcome::Throttled:
        return throttled();
    case RefreshOutcome::Dead:
        break;
    }
    return tokenError(u"invalid_code"_qs);
}

HttpReply OAuthServer::throttled() const
{
    const bool chinese = m_throttleLanguage == u"zh"_qs;
    return HttpReply::json(m_throttleStatus,
                           {{u"error"_qs, chinese ? u"访问被拒绝"_qs : u"Access Denied"_qs},
                            {u"error_description"_qs,
                             chinese ? u"您连续发出的请求过多。请稍后再试。"_qs
                                     : u"You have made too many requests continuously. Please try again after some time."_qs},
                            {u"status"_qs, u"failure"_qs}});
}

QJsonObject OAuthServer::tokenReply(const OAuthAccess &access, const QString &apiDomain, const QString &refreshToken)
{
    QJsonObject reply{{u"access_token"_qs, access.token}, {u"scope"_qs, access.scopes.text()}, {u"api_domain"_qs, apiDomain},
                      {u"token_type"_qs, u"Bearer"_qs},   {u"expires_in"_qs, 3600}};
    if (!refreshToken.isEmpty())
        reply.insert(u"refresh_token"_qs, refreshToken);
    return reply;
}

HttpReply OAuthServer::revoke(const HttpRequest &request)
{
    if (!m_ledger.revoke(request.parameter(u"token"_qs)))
        return HttpReply::json(400, {{u"error"_qs, u"invalid_token"_qs}});
    return HttpReply::json(200, {{u"status"_qs, u"success"_qs}});
}

HttpReply OAuthServer::revokeWithBasic(const HttpRequest &request)
{
    const QByteArray authorization = request.header("authorization");
    const QString pair = QString::fromUtf8(QByteArray::fromBase64(authorization.mid(6)));
    const OAuthClient *client = m_ledger.client(pair.section(u':', 0, 0));
    if (!authorization.startsWith("Basic ") || !client || pair.section(u':', 1) != client->secret)
        return HttpReply::json(401, {{u"error"_qs, u"invalid_client"_qs}});
    return revoke(request);
}

} // namespace ringside::sandbox
