// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QVariant>

#include <span>

namespace ringside {

/// Every setting there is. Add a line to the table in SettingsTable.cpp with each.
enum class SettingKey {
    DataCentre,
    DataCentresFile,
    Environment,
    ApiUrl,
    CustomAccountsUrl,
    CustomApiUrl,
    CustomWebUrl,
    ClientId,
    ClientSecret,
    RedirectPort,
    Scopes,
    FeatureConvert,
    ProxyMode,
    ProxyHost,
    ProxyPort,
    ProxyExceptions,
    PacUrl,
    ProxyUser,
    ProxyPassword,
    ProxyPasswordFor,
    RootCertificates,
    PhoneSource,
    PhoneWebSocketUrl,
    PhoneBaresipHost,
    PhoneBaresipPort,
    DefaultRegion,
    InternalNumberDigits,
    InternalCallsPop,
    SearchModules,
    PopManner,
    ColourScheme,
    CallPurposeDefault,
    CommitWindow,
    ReferenceField,
    ApiVersion,
    AllowDelete,
    InactiveField,
    InactiveValue,
    InactiveTag,
    KeepDays,
};

enum class SettingType { Text, Url, Integer, Boolean, Choice };

/// Where a value lives.
enum class SettingScope {
    Profile,  ///< settings.ini of the profile.
    Keychain, ///< The OS keychain, never a file.
};

struct SettingSpec
{
    SettingKey key;
    const char *name; ///< "zoho/client-id": group and name in settings.ini.
    SettingType type;
    const char *defaultValue; ///< Written as in the file.
    SettingScope scope;
    bool sensitive;        ///< Never printed.
    const char *choices;   ///< For Choice: "a|b|c". For Integer: "min..max". Else nullptr.
    const char *meaning;   ///< One sentence, English, marked for translation.
};

std::span<const SettingSpec> settingsTable();
const SettingSpec &settingSpec(SettingKey key);

/// The table as `ringside --list-settings` prints it: tab-separated, one setting a line, a heading first.
QString settingsTableText();

} // namespace ringside
