// SPDX-License-Identifier: Apache-2.0
#include "DataCentres.h"

#include "DataCentreTable.h"
#include "Loopback.h"
#include "Settings.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringside {

namespace {

DataCentre make(const char *location, const char *name, const char *accounts, const char *api, const char *web)
{
    const auto origin = [](const char *host) { return QUrl(QStringLiteral("https://") + QLatin1String(host)); };
    return {QLatin1String(location),
            QCoreApplication::translate("ringside::DataCentres", name),
            origin(accounts),
            origin(api),
            origin(web),
            {},
            {}};
}

QUrl withFirstLabel(QUrl url, const QString &from, const QString &to)
{
    if (url.host().startsWith(from))
        url.setHost(to + url.host().mid(from.size()));
    return url;
}

/// "https://host" or "https://host:port"; what an origin is compared by.
QString originText(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

/// An address without path; a single slash at its end is what people type.
Result<QUrl> customOrigin(const Settings &settings, SettingKey key)
{
    const QString name = QLatin1String(settingSpec(key).name);
    const QUrl url = settings.url(key);
    if (url.isEmpty()) {
        return Error{.kind = ErrorKind::Configuration,
                     .message =
                         QCoreApplication::translate("ringside::DataCentres",
                                                     "The custom data centre has no address for %1. Fill it in in the "
                                                     "settings, or choose one of Zoho's data centres.")
                             .arg(name),
                     .detail = name};
    }
    const bool hasMore =
        (!url.path().isEmpty() && url.path() != QLatin1String("/")) || url.hasQuery() || url.hasFragment();
    if (!isSafeHttpUrl(url) || hasMore) {
        return Error{.kind = ErrorKind::Configuration,
                     .message =
                         QCoreApplication::translate("ringside::DataCentres",
                                                     "%1 cannot be the address for %2. Write it like "
                                                     "https://accounts.example.com, without a path; plain http is "
                                                     "only for this computer.")
                             .arg(url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery), name),
                     .detail = name};
    }
    return QUrl(originText(url));
}

} // namespace

const QList<DataCentre> &DataCentres::builtIn()
{
    static const QList<DataCentre> table{
        make("us", QT_TRANSLATE_NOOP("ringside::DataCentres", "United States"), "accounts.zoho.com", "www.zohoapis.com",
             "crm.zoho.com"),
        make("eu", QT_TRANSLATE_NOOP("ringside::DataCentres", "Europe"), "accounts.zoho.eu", "www.zohoapis.eu",
             "crm.zoho.eu"),
        make("in", QT_TRANSLATE_NOOP("ringside::DataCentres", "India"), "accounts.zoho.in", "www.zohoapis.in",
             "crm.zoho.in"),
        make("au", QT_TRANSLATE_NOOP("ringside::DataCentres", "Australia"), "accounts.zoho.com.au",
             "www.zohoapis.com.au", "crm.zoho.com.au"),
        make("jp", QT_TRANSLATE_NOOP("ringside::DataCentres", "Japan"), "accounts.zoho.jp", "www.zohoapis.jp",
             "crm.zoho.jp"),
        make("cn", QT_TRANSLATE_NOOP("ringside::DataCentres", "China"), "accounts.zoho.com.cn", "www.zohoapis.com.cn",
             "crm.zoho.com.cn"),
        make("ca", QT_TRANSLATE_NOOP("ringside::DataCentres", "Canada"), "accounts.zohocloud.ca", "www.zohoapis.ca",
             "crm.zohocloud.ca"),
        make("sa", QT_TRANSLATE_NOOP("ringside::DataCentres", "Saudi Arabia"), "accounts.zoho.sa", "www.zohoapis.sa",
             "crm.zoho.sa"),
        make("uk", QT_TRANSLATE_NOOP("ringside::DataCentres", "United Kingdom"), "accounts.zoho.uk", "www.zohoapis.uk",
             "crm.zoho.uk"),
        make("ae", QT_TRANSLATE_NOOP("ringside::DataCentres", "United Arab Emirates"), "accounts.zoho.ae",
             "www.zohoapis.ae", "crm.zoho.ae"),
    };
    return table;
}

QUrl DataCentre::apiOf(ZohoEnvironment environment) const
{
    switch (environment) {
    case ZohoEnvironment::Sandbox:
        return sandboxApi.isEmpty() ? withFirstLabel(api, QStringLiteral("www."), QStringLiteral("sandbox."))
                                    : sandboxApi;
    case ZohoEnvironment::Developer:
        return developerApi.isEmpty() ? withFirstLabel(api, QStringLiteral("www."), QStringLiteral("developer."))
                                      : developerApi;
    case ZohoEnvironment::Production:
        break;
    }
    return api;
}

QUrl DataCentre::webOf(ZohoEnvironment environment) const
{
    if (environment != ZohoEnvironment::Sandbox)
        return web;
    return withFirstLabel(web, QStringLiteral("crm."), QStringLiteral("crmsandbox."));
}

Result<DataCentres> DataCentres::fromSettings(const Settings &settings, const QByteArray &table)
{
    const QString location = settings.text(SettingKey::DataCentre);
    DataCentres centres;
    if (location == QLatin1String("custom")) {
        DataCentre custom{location, QCoreApplication::translate("ringside::DataCentres", "Custom"), {}, {}, {}, {}, {}};
        const std::pair<SettingKey, QUrl DataCentre::*> addresses[] = {
            {SettingKey::CustomAccountsUrl, &DataCentre::accounts},
            {SettingKey::CustomApiUrl, &DataCentre::api},
            {SettingKey::CustomWebUrl, &DataCentre::web}};
        for (const auto &[key, member] : addresses) {
            const Result<QUrl> origin = customOrigin(settings, key);
            if (!origin)
                return origin.error();
            custom.*member = origin.value();
        }
        centres.m_all = {custom};
        return centres;
    }
    const auto rows = dataCentreTable::parsed(table, settings.text(SettingKey::DataCentresFile));
    if (!rows)
        return rows.error();
    centres.m_all = dataCentreTable::merged(builtIn(), rows.value());
    const auto home = std::find_if(centres.m_all.cbegin(), centres.m_all.cend(),
                                   [&location](const DataCentre &centre) { return centre.location == location; });
    if (home == centres.m_all.cend()) {
        return Error{
            .kind = ErrorKind::Configuration,
            .message = QCoreApplication::translate("ringside::DataCentres",
                                                   "There is no data centre “%1”. Choose another one in the settings, "
                                                   "or name the file that describes it.")
                           .arg(location),
            .detail = QStringLiteral("zoho/data-centre")};
    }
    centres.m_home = std::distance(centres.m_all.cbegin(), home);
    return centres;
}

DataCentres DataCentres::of(const QList<DataCentre> &centres, qsizetype home)
{
    DataCentres made;
    made.m_all = centres;
    made.m_home = home;
    return made;
}

const DataCentre &DataCentres::home() const
{
    static const DataCentre none;
    return m_all.isEmpty() ? none : m_all.at(m_home);
}

const DataCentre *DataCentres::byAccountsServer(const QString &accountsServer) const
{
    // As text: a parser's idea of what two addresses have in common is what look-alikes live on.
    const auto found = std::find_if(m_all.cbegin(), m_all.cend(), [&accountsServer](const DataCentre &centre) {
        return originText(centre.accounts) == accountsServer;
    });
    return found == m_all.cend() ? nullptr : &*found;
}

const DataCentre *DataCentres::byLocation(const QString &location) const
{
    const auto found = std::find_if(m_all.cbegin(), m_all.cend(),
                                    [&location](const DataCentre &centre) { return centre.location == location; });
    return found == m_all.cend() ? nullptr : &*found;
}

} // namespace ringside
