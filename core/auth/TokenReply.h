// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"
#include "TokenSet.h"

#include <QCoreApplication>

namespace ringside {

/// Reads what Zoho's token endpoint answers, by shape and never by language or status: errors come as HTTP 200, and the
/// throttled reply is localised. Source: reference sections 1.4 to 1.6. Pure.
class TokenReply
{
    Q_DECLARE_TR_FUNCTIONS(ringside::TokenReply)

public:
    enum class Grant { AuthorizationCode, RefreshToken };

    /// The TokenSet has what the reply says and nothing else: no accounts server, maybe no refresh token, no API domain.
    static Result<TokenSet> parse(const HttpReply &reply, Grant grant, const QDateTime &now);

    /// Of the revoking addresses: ok when the token is dead, also when it was before. Errors: ServerError.
    static Result<void> revoked(const HttpReply &reply);

private:
    static Result<TokenSet> tokens(const QJsonObject &object, const QDateTime &now);
    static Error permanent(const QString &code, Grant grant);
    static Error throttled(const QString &code, const HttpReply &reply, const QDateTime &now);
    static Error transient(const QString &code, const HttpReply &reply, const QDateTime &now);
};

} // namespace ringside
