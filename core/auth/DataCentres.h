// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace ringside {

class Settings;

/// Zoho's kinds of an org's CRM. The accounts server is the same for all; the person picks one when consenting.
enum class ZohoEnvironment { Production, Sandbox, Developer };

/// One Zoho data centre. Source of the built-in table: Zoho's Node SDK 8.0 and its multi-DC page.
struct DataCentre
{
    QString location;    ///< "us", "eu", …, or "custom"
    QString name;        ///< For people.
    QUrl accounts;       ///< Origin of sign-in and tokens.
    QUrl api;            ///< Origin of the CRM API, unless the token reply's api_domain says otherwise.
    QUrl web;            ///< Origin of the CRM's pages.
    QUrl sandboxApi{};   ///< Empty = sandbox.zohoapis.eu where the API is www.zohoapis.eu.
    QUrl developerApi{}; ///< Empty = developer.zohoapis.eu likewise.

    /// Where the API of an environment is. An address that does not begin with www. is the same for all.
    QUrl apiOf(ZohoEnvironment environment) const;
    QUrl webOf(ZohoEnvironment environment) const;
};

/// The data centres that Ringside trusts: the built-in ones with those of a file (see DataCentreTable.h), or one custom
/// one.
class DataCentres
{
public:
    /// Reads the settings; `table` is the text of the file that they name. Errors: Configuration when "custom" is
    /// chosen and an address is missing or wrong, when a line of the table is wrong, or when no row has the location
    /// that is chosen.
    static Result<DataCentres> fromSettings(const Settings &settings, const QByteArray &table = {});

    /// These and no others; sign-in starts at the one with this index.
    static DataCentres of(const QList<DataCentre> &centres, qsizetype home);

    /// Where sign-in starts.
    const DataCentre &home() const;

    /// The data centre whose accounts origin this is, compared exactly (scheme, host, port; no path, no user):
    /// the client secret is posted there. nullptr when it is not one of ours. With a custom data centre, only that one.
    const DataCentre *byAccountsServer(const QString &accountsServer) const;

    /// The one of this short name, in lower case; nullptr when there is none.
    const DataCentre *byLocation(const QString &location) const;

    const QList<DataCentre> &all() const { return m_all; }

    static const QList<DataCentre> &builtIn();

private:
    QList<DataCentre> m_all;
    qsizetype m_home = 0;
};

} // namespace ringside
