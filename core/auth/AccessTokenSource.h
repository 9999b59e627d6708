// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokens.h"
#include "TokenSet.h"

#include <QObject>

#include <memory>
#include <optional>

namespace ringside {

class Clock;
class TokenEndpoint;
class TokenStore;

/// Holds the signed-in agent's tokens and hands out access tokens; refreshes within a budget of 6 in 10 minutes, one
/// at a time, only when less than 60 s are left or a token was refused. The cached access token survives restarts.
class AccessTokenSource final : public QObject, public AccessTokens
{
    Q_OBJECT

public:
    /// Owns none of its arguments; all must outlive it.
    AccessTokenSource(TokenEndpoint &endpoint, TokenStore &store, const Clock &clock, QObject *parent = nullptr);
    ~AccessTokenSource() override;

    /// Reads the keychain. NotFound when nobody is signed in; SignedOut when the tokens are another client's;
    /// KeychainUnavailable. What was spent of the refresh budget, and a silence that Zoho asked for, hold over restarts.
    QFuture<Result<void>> load();

    /// Takes over a fresh sign-in and writes it to the keychain. On KeychainUnavailable the tokens are kept for this
    /// run only, and the error is given so that the agent can be told.
    QFuture<Result<void>> adopt(const TokenSet &tokens);

    /// Revokes at Zoho (best effort, never blocks: revokeFinished() comes by itself) and empties the keychain entry.
    QFuture<Result<void>> signOut();

    /// Call before load(): tokens of another client are of no use to this one.
    void setClient(const ClientCredentials &client);

    /// The CRM has told whose the tokens are; written down with them. Where adopt() took the place of an earlier
    /// sign-in of the same person, that one is revoked now, in the background: Zoho keeps 20 for a person, and ends the
    /// oldest without a word, on whatever desk it is.
    void setOwner(const QString &userId, const QString &orgId);

    bool signedIn() const;
    /// Without the tokens themselves: where the API is, what was granted.
    const std::optional<TokenSet> &current() const;

    QFuture<Result<Secret>> accessToken() override;
    void tokenRefused(const Secret &token) override;

Q_SIGNALS:
    void signedInChanged();
    /// Once per signOut(), however it went: nothing of it is under way at Zoho any more.
    void revokeFinished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
