// SPDX-License-Identifier: Apache-2.0
#include "SignInOrigins.h"

#include "Settings.h"

#include <QHostAddress>

namespace ringside::signInOrigins {

namespace {

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QUrl originOf(const QUrl &url)
{
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    return origin;
}

} // namespace

const DataCentre &dataCentreOf(const TokenSet &tokens, const DataCentres &centres)
{
    const DataCentre *issuer = centres.byAccountsServer(tokens.accountsServer.toString());
    return issuer ? *issuer : centres.home();
}

QUrl api(const TokenSet &tokens, const DataCentre &centre)
{
    const QUrl told = originOf(tokens.apiDomain);
    const QUrl own = originOf(centre.api);
    if (told.host().isEmpty() || !tokens.apiDomain.userInfo().isEmpty())
        return own;
    if (told == own)
        return told;
    if (told.scheme() == QLatin1String("http"))
        return isLoopback(told.host()) && isLoopback(own.host()) ? told : own;
    // www.zohoapis.eu has sandbox.zohoapis.eu and developer.zohoapis.eu beside it.
    QString family = own.host();
    if (family.startsWith(QLatin1String("www.")))
        family.remove(0, 4);
    const bool related = told.host() == family || told.host().endsWith(QLatin1Char('.') + family);
    return told.scheme() == QLatin1String("https") && related && told.port() == own.port() ? told : own;
}

QStringList scopes(const Settings &settings)
{
    const QStringList chosen = settings.list(SettingKey::Scopes);
    if (!chosen.isEmpty())
        return chosen;
    static constexpr const char *least[] = {
        "ZohoCRM.users.READ",
        "ZohoCRM.org.READ",
        "ZohoCRM.modules.contacts.READ",
        "ZohoCRM.modules.contacts.CREATE",
        "ZohoCRM.modules.leads.READ",
        "ZohoCRM.modules.leads.CREATE",
        "ZohoCRM.modules.accounts.READ",
        "ZohoCRM.modules.deals.READ",
        "ZohoCRM.modules.cases.READ",
        "ZohoCRM.modules.salesorders.READ",
        "ZohoCRM.modules.events.READ",
        "ZohoCRM.modules.calls.READ",
        "ZohoCRM.modules.calls.CREATE",
        "ZohoCRM.modules.tasks.READ",
        "ZohoCRM.modules.notes.READ",
        "ZohoSearch.securesearch.READ",
        "ZohoCRM.coql.READ",
        "ZohoCRM.composite_requests.CUSTOM",
        "ZohoCRM.settings.modules.READ",
        "ZohoCRM.settings.fields.READ",
        "ZohoCRM.settings.layouts.READ",
        "ZohoCRM.settings.related_lists.READ",
    };
    QStringList out;
    for (const char *scope : least)
        out.append(QLatin1String(scope));
    // What is switched on by the administrator is asked for then, and not before.
    const bool inactive = !settings.text(SettingKey::InactiveField).isEmpty()
                          || !settings.text(SettingKey::InactiveTag).isEmpty();
    for (const char *module : {"contacts", "leads", "accounts"}) {
        const QString scope = QStringLiteral("ZohoCRM.modules.%1.").arg(QLatin1String(module));
        if (inactive)
            out.append(scope + QStringLiteral("UPDATE"));
        if (settings.boolean(SettingKey::AllowDelete))
            out.append(scope + QStringLiteral("DELETE"));
    }
    return out;
}

} // namespace ringside::signInOrigins
