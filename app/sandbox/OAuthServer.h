// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DeviceServer.h"
#include "HttpMessage.h"
#include "OAuthLedger.h"

namespace ringside::sandbox {

/// /oauth/…: the consent page, the token endpoint and revocation, as Zoho's accounts server behaves. Not thread-safe: the owner locks.
class OAuthServer
{
public:
    OAuthServer(OAuthLedger &ledger, QString agentName, QString agentEmail);

    /// The own address, which `accounts-server` and `api_domain` name; known once the port is.
    void setBaseUrl(const QString &url);
    /// Zoho's throttle answers with 400 or 200, in the language of the account.
    void setThrottleReply(int status, const QString &language);

    DeviceServer &devices() { return m_devices; }

    HttpReply handle(const HttpRequest &request);

    /// What a token endpoint answers; `refreshToken` is left out when it is empty.
    static QJsonObject tokenReply(const OAuthAccess &access, const QString &apiDomain, const QString &refreshToken);

private:
    struct Consent
    {
        OAuthCode code;
        QString state;
        bool offline = false;
        bool promptConsent = false;
    };

    HttpReply authorize(const HttpRequest &request);
    HttpReply decide(const HttpRequest &request);
    QString refusal(const HttpRequest &request) const;
    HttpReply token(const HttpRequest &request);
    HttpReply exchange(const HttpRequest &request, const OAuthClient &client);
    HttpReply refresh(const HttpRequest &request, const OAuthClient &client);
    HttpReply throttled() const;
    HttpReply revoke(const HttpRequest &request);
    HttpReply revokeWithBasic(const HttpRequest &request);

    OAuthLedger &m_ledger;
    DeviceServer m_devices;
    QString m_agentName;
    QString m_agentEmail;
    QString m_baseUrl;
    QString m_throttleLanguage = QStringLiteral("en");
    int m_throttleStatus = 400;
    QHash<QString, Consent> m_consents; ///< pages shown and not answered yet, by the token in their form
};

} // namespace ringside::sandbox
