// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Secret.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUrl>

namespace ringside {

/// What a client is known by at Zoho.
struct ClientCredentials
{
    QString id;
    Secret secret;
};

/// What a sign-in leaves behind. Kept in the keychain as one entry.
struct TokenSet
{
    Secret accessToken;
    Secret refreshToken;
    QDateTime expiresAt;  ///< UTC, of the access token.
    QUrl accountsServer;  ///< Origin that issued them, where they are refreshed and revoked.
    QUrl apiDomain;       ///< Origin of the CRM API for this agent.
    QString location;     ///< Of the data centre.
    QString scope;        ///< As granted, space separated; empty when Zoho did not say.
    QString clientId{}; ///< The client that they belong to.
    QString userId{};   ///< Of the CRM, once it has told; with orgId the account that they belong to.
    QString orgId{};
    QList<QDateTime> refreshedAt{}; ///< The latest refreshes, oldest first: Zoho counts on over restarts.
    QDateTime silentUntil{};        ///< Zoho asked for silence.
};

} // namespace ringside
