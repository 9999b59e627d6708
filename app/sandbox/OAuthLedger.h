// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "OAuthScopes.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <functional>
#include <optional>
#include <vector>

namespace ringside::sandbox {

struct OAuthClient
{
    QString id;
    QString secret;
    QString name;
    QString type; ///< "server", "mobile" (mobile and desktop apps: PKCE is required), "device" (non-browser) or "self" (codes by hand)
    QStringList redirectUris;
};

struct OAuthCode
{
    QString clientId;
    QString redirectUri; ///< empty: made by hand, to be exchanged without one
    QString challenge;
    QString challengeMethod;
    OAuthScopes scopes;
    bool offline = false;
    qint64 expiresAt = 0;
};

struct OAuthAccess
{
    QString token;
    QString refreshToken; ///< empty after an online consent
    QString clientId;
    OAuthScopes scopes;
    qint64 expiresAt = 0;
};

enum class RefreshOutcome { Granted, Dead, Throttled };

/// Clients, codes and tokens, with the limits of Zoho's accounts server: a code lives two minutes and once, an access token one hour;
/// 10 refreshes in 10 minutes, 15 living access tokens a refresh token, 20 refresh tokens a user and client (the oldest goes).
/// There is one user. Not thread-safe: the owner locks.
class OAuthLedger
{
public:
    using Clock = std::function<qint64()>; ///< milliseconds, monotonic or not

    explicit OAuthLedger(Clock clock);

    const Clock &clock() const { return m_clock; }

    void addClient(const OAuthClient &client);
    const OAuthClient *client(const QString &id) const;

    /// A code made by hand for a self client lives 3 to 10 minutes, as was asked for; 0: the usual two.
    QString issueCode(OAuthCode code, int minutes = 0);
    /// Removes the code: it works once. None when it is unknown, used or too old.
    std::optional<OAuthCode> takeCode(const QString &code);

    bool hasRefreshToken(const QString &clientId) const;
    QString issueRefreshToken(const QString &clientId, const OAuthScopes &scopes);
    OAuthAccess issueAccess(const QString &clientId, const QString &refreshToken, const OAuthScopes &scopes);
    RefreshOutcome refresh(const QString &clientId, const QString &refreshToken, OAuthAccess *granted);

    /// The living access token of that text.
    const OAuthAccess *access(const QString &token) const;
    /// Kills an access token, or a refresh token and its access tokens. False when it is neither.
    bool revoke(const QString &token);

    void expireAccessTokens();
    void expireRefreshTokens();

    QString randomToken() const;

    /// Clients and tokens, with their times; codes live too short to be worth it.
    QJsonObject saved() const;
    /// Adds what was saved; a client of the same id gives way.
    void restore(const QJsonObject &saved);
    /// Another one after each change of what saved() gives.
    quint64 revision() const { return m_revision; }

private:
    struct Refresh
    {
        QString token;
        QString clientId;
        OAuthScopes scopes;
        QList<qint64> minted;
    };

    Refresh *findRefresh(const QString &clientId, const QString &token);
    void dropRefresh(const QString &token);

    Clock m_clock;
    QHash<QString, OAuthClient> m_clients;
    QHash<QString, OAuthCode> m_codes;
    std::vector<Refresh> m_refreshes; ///< oldest first
    std::vector<OAuthAccess> m_accesses; ///< oldest first
    quint64 m_revision = 0;
};

} // namespace ringside::sandbox
