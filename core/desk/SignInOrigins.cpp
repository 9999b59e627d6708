// SPDX-License-Identifier: Apache-2.0
#include "SignInOrigins.h"

#include "Loopback.h"
#include "Settings.h"

namespace ringside::signInOrigins {

namespace {

/// www.zohoapis.eu has sandbox.zohoapis.eu and developer.zohoapis.eu beside it.
bool isOfFamily(const QUrl &told, const DataCentre &centre)
{
    for (const QUrl &listed : {centre.sandboxApi, centre.developerApi}) {
        if (!listed.isEmpty() && told == originOf(listed))
            return true;
    }
    const QUrl own = originOf(centre.api);
    if (told.scheme() == QLatin1String("http"))
        return isLoopbackHost(told.host()) && isLoopbackHost(own.host());
    QString family = own.host();
    if (family.startsWith(QLatin1String("www.")))
        family.remove(0, 4);
    const bool related = told.host() == family || told.host().endsWith(QLatin1Char('.') + family);
    return told.scheme() == QLatin1String("https") && related && told.port() == own.port();
}

} // namespace

const DataCentre &dataCentreOf(const TokenSet &tokens, const DataCentres &centres)
{
    const DataCentre *issuer = centres.byAccountsServer(tokens.accountsServer.toString());
    return issuer ? *issuer : centres.home();
}

ZohoEnvironment environmentOf(const Settings &settings)
{
    const QString name = settings.text(SettingKey::Environment);
    if (name == QLatin1String("sandbox"))
        return ZohoEnvironment::Sandbox;
    return name == QLatin1String("developer") ? ZohoEnvironment::Developer : ZohoEnvironment::Production;
}

QUrl api(const TokenSet &tokens, const DataCentre &centre, ZohoEnvironment environment)
{
    const QUrl told = originOf(tokens.apiDomain);
    const QUrl own = originOf(centre.apiOf(environment));
    const bool wrongProduction = environment != ZohoEnvironment::Production && told == originOf(centre.api);
    if (told.host().isEmpty() || !tokens.apiDomain.userInfo().isEmpty() || wrongProduction)
        return own;
    return told == own || isOfFamily(told, centre) ? told : own;
}

ZohoEnvironment environmentAt(const QUrl &api, const DataCentre &centre, ZohoEnvironment wanted)
{
    for (const auto environment :
         {wanted, ZohoEnvironment::Production, ZohoEnvironment::Sandbox, ZohoEnvironment::Developer}) {
        if (originOf(api) == originOf(centre.apiOf(environment)))
            return environment;
    }
    return ZohoEnvironment::Production;
}

} // namespace ringside::signInOrigins
