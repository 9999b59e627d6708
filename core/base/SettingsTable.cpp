// SPDX-License-Identifier: Apache-2.0
#include "SettingsTable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ringside {

namespace {

using enum SettingKey;
using enum SettingType;
constexpr SettingScope inProfile = SettingScope::Profile;
constexpr SettingScope inKeychain = SettingScope::Keychain;
#define MEANING(text) QT_TRANSLATE_NOOP("ringside::SettingsTable", text)

constexpr std::array table{
    SettingSpec{DataCentre, "zoho/data-centre", Choice, "us", inProfile, false, "us|eu|in|au|jp|cn|ca|sa|uk|ae|custom",
                MEANING("The Zoho data centre where sign-in starts; \"custom\" uses the three addresses below.")},
    SettingSpec{DataCentresFile, "zoho/data-centres-file", Text, "", inProfile, false, nullptr,
                MEANING("A file with data centres that are added to the built-in ones or replace them; each line has a "
                        "location, a name and the addresses of accounts, API and pages, separated by semicolons.")},
    SettingSpec{Environment, "zoho/environment", Choice, "production", inProfile, false, "production|sandbox|developer",
                MEANING("Which CRM of the organisation is meant: its real one, its sandbox or a developer edition.")},
    SettingSpec{ApiUrl, "zoho/api-url", Url, "", inProfile, false, nullptr,
                MEANING("Address of the API when neither Zoho's answer nor the data centre's is the right one; empty "
                        "otherwise.")},
    SettingSpec{CustomAccountsUrl, "zoho/custom-accounts-url", Url, "", inProfile, false, nullptr,
                MEANING("Address of a custom data centre's accounts server; plain http only for this computer.")},
    SettingSpec{CustomApiUrl, "zoho/custom-api-url", Url, "", inProfile, false, nullptr,
                MEANING("Address of a custom data centre's API; plain http only for this computer.")},
    SettingSpec{CustomWebUrl, "zoho/custom-web-url", Url, "", inProfile, false, nullptr,
                MEANING("Address where a custom data centre shows records in the browser.")},
    SettingSpec{ClientId, "zoho/client-id", Text, "", inProfile, false, nullptr,
                MEANING("The client ID that Zoho's API console shows for Ringside.")},
    SettingSpec{ClientSecret, "zoho/client-secret", Text, "", inKeychain, true, nullptr,
                MEANING("The client secret that belongs to the client ID; set it with --set-secret client.")},
    SettingSpec{RedirectPort, "zoho/redirect-port", Integer, "0", inProfile, false, "0..65535",
                MEANING("The port on this computer to which the browser returns; 0 takes the first free one of 47811 "
                        "to 47813.")},
    SettingSpec{Scopes, "zoho/scopes", Text, "", inProfile, false, nullptr,
                MEANING("Scopes to ask for, separated by commas; empty asks for the least that Ringside and "
                        "its switched-on features need.")},
    SettingSpec{
        FeatureConvert, "features/convert-leads", Boolean, "false", inProfile, false, nullptr,
        MEANING("Whether leads may be converted here; asks Zoho, when signing in, for the right to change leads and to "
                "make accounts and deals. A logged call can be changed without it.")},
    SettingSpec{ProxyMode, "network/proxy", Choice, "system", inProfile, false, "system|manual|pac|none",
                MEANING("How servers are reached; this computer itself is never reached through a proxy.")},
    SettingSpec{ProxyHost, "network/proxy-host", Text, "", inProfile, false, nullptr,
                MEANING("The company's HTTP proxy, when it is chosen here.")},
    SettingSpec{ProxyPort, "network/proxy-port", Integer, "8080", inProfile, false, "1..65535",
                MEANING("The port of the company's proxy.")},
    SettingSpec{
        ProxyExceptions, "network/proxy-exceptions", Text, "", inProfile, false, nullptr,
        MEANING("Servers and domains that are reached without the proxy that is chosen here, separated by commas.")},
    SettingSpec{PacUrl, "network/pac-url", Url, "", inProfile, false, nullptr,
                MEANING("Address of the company's proxy file (PAC): http, https or file.")},
    SettingSpec{ProxyUser, "network/proxy-user", Text, "", inProfile, false, nullptr,
                MEANING("The user that the proxy wants; empty when it wants none.")},
    SettingSpec{ProxyPassword, "network/proxy-password", Text, "", inKeychain, true, nullptr,
                MEANING("The password that belongs to the proxy's user; set it with --set-secret proxy.")},
    SettingSpec{
        ProxyPasswordFor, "network/proxy-password-for", Text, "", inProfile, false, nullptr,
        MEANING("The proxy (host:port) for which the password was entered; no other gets it. Empty = the one that "
                "is chosen here, and none that the system or a proxy file names.")},
    SettingSpec{RootCertificates, "network/root-certificates", Text, "", inProfile, false, nullptr,
                MEANING("A file with the company's root certificates (PEM) that are trusted besides the system's.")},
    SettingSpec{PhoneSource, "phone/source", Choice, "none", inProfile, false, "none|websocket|baresip",
                MEANING("Where call events come from.")},
    SettingSpec{PhoneWebSocketUrl, "phone/websocket-url", Url, "", inProfile, false, nullptr,
                MEANING("Address of the WebSocket that sends call events.")},
    SettingSpec{PhoneBaresipHost, "phone/baresip-host", Text, "127.0.0.1", inProfile, false, nullptr,
                MEANING("The computer on which baresip's ctrl_tcp listens.")},
    SettingSpec{PhoneBaresipPort, "phone/baresip-port", Integer, "4444", inProfile, false, "1..65535",
                MEANING("The port on which baresip's ctrl_tcp listens.")},
    SettingSpec{DefaultRegion, "phone/default-region", Text, "US", inProfile, false, nullptr,
                MEANING("Two-letter country code for numbers that come without one.")},
    SettingSpec{InternalNumberDigits, "phone/internal-digits", Integer, "6", inProfile, false, "0..8",
                MEANING("Numbers with at most this many digits are colleagues and never searched in the CRM.")},
    SettingSpec{InternalCallsPop, "pop/internal-calls", Boolean, "false", inProfile, false, nullptr,
                MEANING("Whether calls from colleagues show a toast.")},
    SettingSpec{SearchModules, "pop/modules", Text, "Contacts,Leads,Accounts", inProfile, false, nullptr,
                MEANING("The CRM modules that are searched for a caller, in order, separated by commas.")},
    SettingSpec{PopManner, "pop/manner", Choice, "toast", inProfile, false, "none|toast",
                MEANING("How a call shows itself; the keyboard focus is never taken.")},
    SettingSpec{ColourScheme, "look/colour-scheme", Choice, "system", inProfile, false, "system|light|dark",
                MEANING("Light or dark colours, or what the desktop says.")},
    SettingSpec{CallPurposeDefault, "log/default-purpose", Text, "", inProfile, false, nullptr,
                MEANING("The purpose that a new call starts with; empty leaves it open.")},
    SettingSpec{CommitWindow, "log/commit-window", Integer, "60", inProfile, false, "1..3600",
                MEANING("How many seconds after a connection broke Zoho may still keep what was sent through it; only "
                        "what is not there after that is sent again.")},
    SettingSpec{ReferenceField, "log/reference-field", Text, "", inProfile, false, nullptr,
                MEANING("The text field of calls (API name) that takes the short reference by which a log is found "
                        "again; empty writes it below the notes.")},
    SettingSpec{ApiVersion, "zoho/api-version", Choice, "v8", inProfile, false, "v8|v2",
                MEANING("The version of Zoho CRM's API; v2 only where a gateway lets nothing else through.")},
    SettingSpec{
        AllowDelete, "records/allow-delete", Boolean, "false", inProfile, false, nullptr,
        MEANING("Whether agents may delete records, after typing their name; their CRM profile must allow it too.")},
    SettingSpec{InactiveField, "records/inactive-field", Text, "", inProfile, false, nullptr,
                MEANING("The field (API name) that marks a record as inactive; empty offers no such thing.")},
    SettingSpec{InactiveValue, "records/inactive-value", Text, "", inProfile, false, nullptr,
                MEANING("The value of that field that means inactive.")},
    SettingSpec{InactiveTag, "records/inactive-tag", Text, "", inProfile, false, nullptr,
                MEANING("The tag that marks a record as inactive, where there is no field for it.")},
    SettingSpec{
        KeepDays, "privacy/keep-days", Integer, "90", inProfile, false, "0..3650",
        MEANING("For how many days logged notes, and calls that are done with, stay on this computer; 0 removes "
                "notes at once when they are logged. What is not in the CRM yet always stays.")},
};
#undef MEANING

QLatin1String typeName(SettingType type)
{
    switch (type) {
    case Text:
        return QLatin1String("text");
    case Url:
        return QLatin1String("url");
    case Integer:
        return QLatin1String("integer");
    case Boolean:
        return QLatin1String("boolean");
    case Choice:
        return QLatin1String("choice");
    }
    return {};
}

} // namespace

std::span<const SettingSpec> settingsTable()
{
    return table;
}

const SettingSpec &settingSpec(SettingKey key)
{
    const auto found = std::find_if(table.begin(), table.end(), [key](const SettingSpec &spec) { return spec.key == key; });
    Q_ASSERT(found != table.end());
    return *found;
}

QString settingsTableText()
{
    QString text = QStringLiteral("key\ttype\tdefault\tscope\tsensitive\tmeaning\n");
    for (const SettingSpec &spec : table) {
        QString type = typeName(spec.type);
        if (spec.choices)
            type += QStringLiteral(" (%1)").arg(QLatin1String(spec.choices));
        text += QStringLiteral("%1\t%2\t%3\t%4\t%5\t%6\n")
                    .arg(QLatin1String(spec.name), type, QLatin1String(spec.defaultValue),
                         spec.scope == SettingScope::Profile ? QLatin1String("profile") : QLatin1String("keychain"),
                         spec.sensitive ? QLatin1String("yes") : QLatin1String("no"),
                         QCoreApplication::translate("ringside::SettingsTable", spec.meaning));
    }
    return text;
}

} // namespace ringside
