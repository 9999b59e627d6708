// SPDX-License-Identifier: Apache-2.0
#include "OAuthLedger.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <algorithm>
#include <array>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 codeLife = 2 * 60 * 1000;
constexpr qint64 accessLife = 60 * 60 * 1000;
constexpr qint64 throttleWindow = 10 * 60 * 1000;
constexpr qsizetype refreshesPerWindow = 10;
constexpr qsizetype accessTokensAlive = 15;
constexpr qsizetype refreshTokensAlive = 20;

QString randomHex()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex());
}

} // namespace

OAuthLedger::OAuthLedger(Clock clock) : m_clock(std::move(clock)) {}

QString OAuthLedger::randomToken() const
{
    return u"1000."_qs + randomHex() + u'.' + randomHex();
}

void OAuthLedger::addClient(const OAuthClient &client)
{
    m_clients.insert(client.id, client);
    ++m_revision;
}

const OAuthClient *OAuthLedger::client(const QString &id) const
{
    const auto found = m_clients.constFind(id);
    return found == m_clients.cend() ? nullptr : &*found;
}

QString OAuthLedger::issueCode(OAuthCode code, int minutes)
{
    code.expiresAt = m_clock() + (minutes > 0 ? qint64(minutes) * 60 * 1000 : codeLife);
    const QString text = randomToken();
    m_codes.insert(text, code);
    return text;
}

std::optional<OAuthCode> OAuthLedger::takeCode(const QString &code)
{
    const auto found = m_codes.find(code);
    if (found == m_codes.end())
        return std::nullopt;
    const OAuthCode taken = *found;
    m_codes.erase(found);
    if (taken.expiresAt <= m_clock())
        return std::nullopt;
    return taken;
}

bool OAuthLedger::hasRefreshToken(const QString &clientId) const
{
    return std::any_of(m_refreshes.cbegin(), m_refreshes.cend(),
                       [&](const Refresh &refresh) { return refresh.clientId == clientId; });
}

QString OAuthLedger::issueRefreshToken(const QString &clientId, const OAuthScopes &scopes)
{
    const auto ofClient = [&](const Refresh &refresh) { return refresh.clientId == clientId; };
    while (std::count_if(m_refreshes.cbegin(), m_refreshes.cend(), ofClient) >= refreshTokensAlive)
        dropRefresh(QString(std::find_if(m_refreshes.cbegin(), m_refreshes.cend(), ofClient)->token));
    m_refreshes.push_back({randomToken(), clientId, scopes, {}});
    ++m_revision;
    return m_refreshes.back().token;
}

OAuthAccess OAuthLedger::issueAccess(const QString &clientId, const QString &refreshToken, const OAuthScopes &scopes)
{
    const qint64 now = m_clock();
    std::erase_if(m_accesses, [now](const OAuthAccess &access) { return access.expiresAt <= now; });
    const auto sibling = [&](const OAuthAccess &access) {
        return !refreshToken.isEmpty() && access.refreshToken == refreshToken;
    };
    while (std::count_if(m_accesses.cbegin(), m_accesses.cend(), sibling) >= accessTokensAlive)
        m_accesses.erase(std::find_if(m_accesses.begin(), m_accesses.end(), sibling));
    m_accesses.push_back({randomToken(), refreshToken, clientId, scopes, now + accessLife});
    ++m_revision;
    return m_accesses.back();
}

OAuthLedger::Refresh *OAuthLedger::findRefresh(const QString &clientId, const QString &token)
{
    const auto found = std::find_if(m_refreshes.begin(), m_refreshes.end(), [&](const Refresh &refresh) {
        return refresh.token == token && refresh.clientId == clientId;
    });
    return found == m_refreshes.end() ? nullptr : &*found;
}

RefreshOutcome OAuthLedger::refresh(const QString &clientId, const QString &refreshToken, OAuthAccess *granted)
{
    Refresh *found = findRefresh(clientId, refreshToken);
    if (!found)
        return RefreshOutcome::Dead;
    const qint64 now = m_clock();
    found->minted.removeIf([now](qint64 at) { return at <= now - throttleWindow; });
    if (found->minted.size() >= refreshesPerWindow)
        return RefreshOutcome::Throttled;
    found->minted.append(now);
    *granted = issueAccess(clientId, refreshToken, found->scopes);
    return RefreshOutcome::Granted;
}

const OAuthAccess *OAuthLedger::access(const QString &token) const
{
    const auto found = std::find_if(m_accesses.cbegin(), m_accesses.cend(),
                                    [&](const OAuthAccess &access) { return access.token == token; });
    return found == m_accesses.cend() || found->expiresAt <= m_clock() ? nullptr : &*found;
}

bool OAuthLedger::revoke(const QString &token)
{
    ++m_revision;
    if (std::erase_if(m_accesses, [&](const OAuthAccess &access) { return access.token == token; }) > 0)
        return true;
    const size_t before = m_refreshes.size();
    dropRefresh(token);
    return m_refreshes.size() < before;
}

void OAuthLedger::dropRefresh(const QString &token)
{
    std::erase_if(m_refreshes, [&](const Refresh &refresh) { return refresh.token == token; });
    std::erase_if(m_accesses, [&](const OAuthAccess &access) { return !token.isEmpty() && access.refreshToken == token; });
}

void OAuthLedger::expireAccessTokens()
{
    ++m_revision;
    m_accesses.clear();
}

void OAuthLedger::expireRefreshTokens()
{
    ++m_revision;
    m_refreshes.clear();
    m_accesses.clear();
}

QJsonObject OAuthLedger::saved() const
{
    QJsonArray clients;
    for (const OAuthClient &client : m_clients)
        clients.append(QJsonObject{{"id"_L1, client.id},
                                   {"secret"_L1, client.secret},
                                   {"name"_L1, client.name},
                                   {"type"_L1, client.type},
                                   {"redirect_uris"_L1, QJsonArray::fromStringList(client.redirectUris)}});
    QJsonArray refreshes;
    for (const Refresh &refresh : m_refreshes) {
        QJsonArray minted;
        for (const qint64 at : refresh.minted)
            minted.append(at);
        refreshes.append(QJsonObject{{"token"_L1, refresh.token},
                                     {"client"_L1, refresh.clientId},
                                     {"scopes"_L1, refresh.scopes.text()},
                                     {"minted"_L1, minted}});
    }
    QJsonArray accesses;
    for (const OAuthAccess &access : m_accesses)
        accesses.append(QJsonObject{{"token"_L1, access.token},
                                    {"refresh"_L1, access.refreshToken},
                                    {"client"_L1, access.clientId},
                                    {"scopes"_L1, access.scopes.text()},
                                    {"expires_at"_L1, access.expiresAt}});
    return {{"clients"_L1, clients}, {"refresh_tokens"_L1, refreshes}, {"access_tokens"_L1, accesses}};
}

void OAuthLedger::restore(const QJsonObject &saved)
{
    const auto text = [](const QJsonValue &object, QLatin1String name) { return object[name].toString(); };
    const QJsonArray clients = saved.value("clients"_L1).toArray();
    for (const QJsonValue &one : clients)
        addClient({text(one, "id"_L1), text(one, "secret"_L1), text(one, "name"_L1), text(one, "type"_L1),
                   one["redirect_uris"_L1].toVariant().toStringList()});
    const QJsonArray refreshes = saved.value("refresh_tokens"_L1).toArray();
    for (const QJsonValue &one : refreshes) {
        QList<qint64> minted;
        const QJsonArray times = one["minted"_L1].toArray();
        for (const QJsonValue &at : times)
            minted.append(at.toInteger());
        m_refreshes.push_back(
            {text(one, "token"_L1), text(one, "client"_L1), OAuthScopes(text(one, "scopes"_L1)), minted});
    }
    const QJsonArray accesses = saved.value("access_tokens"_L1).toArray();
    for (const QJsonValue &one : accesses)
        m_accesses.push_back({text(one, "token"_L1), text(one, "refresh"_L1), text(one, "client"_L1),
                              OAuthScopes(text(one, "scopes"_L1)), one["expires_at"_L1].toInteger()});
}

} // namespace ringside::sandbox
