// SPDX-License-Identifier: Apache-2.0
#include "SignInScopes.h"

#include "Scopes.h"
#include "Settings.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ringside::signInScopes {

namespace {

struct Feature
{
    SettingKey key;
    const char *name; ///< In a list within a sentence.
    QStringList scopes;
    const char *ofSearched = nullptr; ///< Of each module that is searched for a caller, this operation too.
};

QString translated(const char *text)
{
    return QCoreApplication::translate("ringside::SignInScopes", text);
}

QStringList ofModules(std::initializer_list<const char *> modules, const char *operation)
{
    QStringList names;
    for (const char *module : modules)
        names.append(scopes::ofModule(QLatin1String(module), QLatin1String(operation)));
    return names;
}

const QList<Feature> &features()
{
    static const QList<Feature> list{
        // It changes the lead alone, and makes the others.
        {SettingKey::FeatureConvert, QT_TRANSLATE_NOOP("ringside::SignInScopes", "converting leads"),
         ofModules({"leads"}, "UPDATE") + ofModules({"contacts", "accounts", "deals"}, "CREATE")},
        {SettingKey::AllowDelete, QT_TRANSLATE_NOOP("ringside::SignInScopes", "deleting records"),
         ofModules({"contacts", "leads", "accounts"}, "DELETE"), "DELETE"},
        {SettingKey::InactiveField, QT_TRANSLATE_NOOP("ringside::SignInScopes", "marking records as inactive"),
         ofModules({"contacts", "leads", "accounts"}, "UPDATE"), "UPDATE"},
        {SettingKey::InactiveTag, QT_TRANSLATE_NOOP("ringside::SignInScopes", "tagging records"),
         QStringList{QStringLiteral("ZohoCRM.settings.tags.READ")} +
             ofModules({"contacts", "leads", "accounts"}, "UPDATE"),
         "UPDATE"},
    };
    return list;
}

/// A switch that is on, or a name that is given.
bool isOn(const Settings &settings, SettingKey key)
{
    return settingSpec(key).type == SettingType::Boolean ? settings.boolean(key) : !settings.text(key).isEmpty();
}

QStringList ofSearchedModules(const Settings &settings, const QString &operation)
{
    QStringList names;
    for (const QString &module : settings.list(SettingKey::SearchModules))
        names.append(scopes::ofModule(module, operation));
    return names;
}

/// What a feature needs: whom it is searched for may be found in any of the modules, so it is for all of them.
QStringList needed(const Feature &feature, const Settings &settings)
{
    QStringList names = feature.scopes;
    if (feature.ofSearched)
        names += ofSearchedModules(settings, QLatin1String(feature.ofSearched));
    return names;
}

} // namespace

QStringList least()
{
    return QStringList{QStringLiteral("ZohoCRM.users.READ"), QStringLiteral("ZohoCRM.org.READ")} +
           ofModules(
               {"contacts", "leads", "accounts", "deals", "cases", "salesorders", "events", "calls", "tasks", "notes"},
               "READ") +
           ofModules({"contacts", "leads", "calls", "tasks", "notes"}, "CREATE") + ofModules({"calls"}, "UPDATE") +
           QStringList{
               QStringLiteral("ZohoSearch.securesearch.READ"),       QStringLiteral("ZohoCRM.coql.READ"),
               QStringLiteral("ZohoCRM.composite_requests.CUSTOM"),  QStringLiteral("ZohoCRM.settings.modules.READ"),
               QStringLiteral("ZohoCRM.settings.fields.READ"),       QStringLiteral("ZohoCRM.settings.layouts.READ"),
               QStringLiteral("ZohoCRM.settings.related_lists.READ")};
}

QStringList wanted(const Settings &settings)
{
    const QStringList chosen = settings.list(SettingKey::Scopes);
    if (!chosen.isEmpty())
        return chosen;
    QStringList names = least() + ofSearchedModules(settings, QStringLiteral("READ"));
    for (const Feature &feature : features()) {
        if (isOn(settings, feature.key))
            names += needed(feature, settings);
    }
    names.removeDuplicates();
    return names;
}

bool concerns(SettingKey key)
{
    return key == SettingKey::Scopes || key == SettingKey::SearchModules ||
           std::any_of(features().cbegin(), features().cend(),
                       [key](const Feature &feature) { return feature.key == key; });
}

QStringList missing(const QString &granted, const QStringList &names)
{
    QStringList absent;
    if (granted.trimmed().isEmpty())
        return absent;
    std::copy_if(names.cbegin(), names.cend(), std::back_inserter(absent),
                 [&granted](const QString &scope) { return !scopes::covers(granted, scope); });
    return absent;
}

QString missingSentence(const QString &granted, const Settings &settings)
{
    const QStringList absent = missing(granted, wanted(settings));
    if (absent.isEmpty())
        return {};
    QStringList names;
    for (const Feature &feature : features()) {
        const QStringList own = needed(feature, settings);
        const bool needs =
            std::any_of(own.cbegin(), own.cend(), [&absent](const QString &scope) { return absent.contains(scope); });
        if (isOn(settings, feature.key) && needs)
            names.append(translated(feature.name));
    }
    const QString list = absent.join(QLatin1String(", "));
    if (names.isEmpty()) {
        return translated(
                   "This sign-in does not allow all that Ringside needs at Zoho; missing is %1. Sign in again and "
                   "accept it; calls and notes are kept.")
            .arg(list);
    }
    return translated(
               "You switched on %1, which this sign-in does not allow at Zoho yet; missing is %2. Sign in again and "
               "accept it; calls and notes are kept.")
        .arg(QLocale().createSeparatedList(names), list);
}

} // namespace ringside::signInScopes
