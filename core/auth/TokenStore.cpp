// SPDX-License-Identifier: Apache-2.0
#include "TokenStore.h"

#include "Loopback.h"
#include "SecretStore.h"
#include "WhenReady.h"

#include <QFutureWatcher>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>

namespace ringside {

namespace {

constexpr int entryVersion = 1;

Secret written(const TokenSet &tokens)
{
    QJsonArray refreshed;
    for (const QDateTime &time : tokens.refreshedAt)
        refreshed.append(time.toUTC().toString(Qt::ISODateWithMs));
    const QJsonObject entry{
        {QStringLiteral("version"), entryVersion},
        {QStringLiteral("access_token"), QString::fromLatin1(tokens.accessToken.reveal())},
        {QStringLiteral("refresh_token"), QString::fromLatin1(tokens.refreshToken.reveal())},
        {QStringLiteral("expires_at"), tokens.expiresAt.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("accounts_server"), tokens.accountsServer.toString()},
        {QStringLiteral("api_domain"), tokens.apiDomain.toString()},
        {QStringLiteral("location"), tokens.location},
        {QStringLiteral("scope"), tokens.scope},
        {QStringLiteral("client_id"), tokens.clientId},
        {QStringLiteral("user_id"), tokens.userId},
        {QStringLiteral("org_id"), tokens.orgId},
        {QStringLiteral("refreshed_at"), refreshed},
        {QStringLiteral("silent_until"), tokens.silentUntil.toUTC().toString(Qt::ISODateWithMs)},
    };
    return Secret(QJsonDocument(entry).toJson(QJsonDocument::Compact));
}

Result<TokenSet> parsed(const Secret &secret)
{
    const QJsonObject entry = QJsonDocument::fromJson(secret.reveal()).object();
    const auto text = [&entry](const char *name) { return entry.value(QLatin1String(name)).toString(); };
    TokenSet tokens;
    tokens.accessToken = Secret(text("access_token").toLatin1());
    tokens.refreshToken = Secret(text("refresh_token").toLatin1());
    tokens.expiresAt = QDateTime::fromString(text("expires_at"), Qt::ISODateWithMs).toUTC();
    tokens.accountsServer = QUrl(text("accounts_server"), QUrl::StrictMode);
    tokens.apiDomain = QUrl(text("api_domain"), QUrl::StrictMode);
    tokens.location = text("location");
    tokens.scope = text("scope");
    tokens.clientId = text("client_id");
    tokens.userId = text("user_id");
    tokens.orgId = text("org_id");
    const QJsonArray refreshed = entry.value(QLatin1String("refreshed_at")).toArray();
    for (const QJsonValue &time : refreshed)
        tokens.refreshedAt.append(QDateTime::fromString(time.toString(), Qt::ISODateWithMs).toUTC());
    tokens.silentUntil = QDateTime::fromString(text("silent_until"), Qt::ISODateWithMs).toUTC();
    const bool isOurs = entry.value(QLatin1String("version")).toInt() == entryVersion && !tokens.refreshToken.isEmpty()
                        && isSafeHttpUrl(tokens.accountsServer) && isSafeHttpUrl(tokens.apiDomain);
    if (!isOurs) {
        return Error{.kind = ErrorKind::BadReply,
                     .message = TokenStore::tr("The sign-in that this computer's keychain holds cannot be read. Sign in again; "
                                               "calls and notes are kept.")};
    }
    return tokens;
}

/// Hands a stored secret on as tokens; ends with its owner, its consumer or the keychain's answer.
class TokenLoad final : public QObject
{
public:
    static QFuture<Result<TokenSet>> make(QObject *owner, const QFuture<Result<Secret>> &secret)
    {
        auto *load = new TokenLoad(owner);
        const QFuture<Result<TokenSet>> future = load->m_promise.future();
        whenReady(load, secret, [load](const Result<Secret> &result) {
            load->m_promise.addResult(result.ok() ? parsed(result.value()) : Result<TokenSet>(result.error()));
            load->m_promise.finish();
            load->deleteLater();
        });
        return future;
    }

private:
    explicit TokenLoad(QObject *owner) : QObject(owner) { m_promise.start(); }

    QPromise<Result<TokenSet>> m_promise;
};

} // namespace

TokenStore::TokenStore(SecretStore &secrets, QObject *parent) : QObject(parent), m_secrets(secrets) {}

QFuture<Result<TokenSet>> TokenStore::load()
{
    return TokenLoad::make(this, m_secrets.read(QLatin1String(secretKey::tokens)));
}

QFuture<Result<void>> TokenStore::save(const TokenSet &tokens)
{
    return m_secrets.write(QLatin1String(secretKey::tokens), written(tokens));
}

QFuture<Result<void>> TokenStore::clear()
{
    return m_secrets.remove(QLatin1String(secretKey::tokens));
}

} // namespace ringside
