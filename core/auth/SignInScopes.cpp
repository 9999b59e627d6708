// SPDX-License-Identifier: Apache-2.0
#include "SignInScopes.h"

#include "Settings.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace ringside::signInScopes {

namespace {

struct Feature
{
    SettingKey key;
    const char *name; ///< In a list within a sentence.
    QStringList scopes;
};

QString translated(const char *text)
{
    return QCoreApplication::translate("ringside::SignInScopes", text);
}

QStringList ofModules(std::initializer_list<const char *> modules, const char *operation)
{
    QStringList scopes;
    for (const char *module : modules)
        scopes.append(QStringLiteral("ZohoCRM.modules.%1.%2").arg(QLatin1String(module), QLatin1String(operation)));
    return scopes;
}

const QList<Feature> &features()
{
    // Converting a lead makes an account and maybe a deal, so editing asks for these too.
    static const QList<Feature> list{
        {SettingKey::FeatureEdit, QT_TRANSLATE_NOOP("ringside::SignInScopes", "changing records"),
         ofModules({"contacts", "leads", "accounts", "deals", "tasks", "notes"}, "UPDATE") +
             ofModules({"accounts", "deals"}, "CREATE")},
        {SettingKey::AllowDelete, QT_TRANSLATE_NOOP("ringside::SignInScopes", "deleting records"),
         ofModules({"contacts", "leads", "accounts", "tasks", "notes"}, "DELETE")},
        {SettingKey::InactiveField, QT_TRANSLATE_NOOP("ringside::SignInScopes", "marking records as inactive"),
         ofModules({"contacts", "leads", "accounts"}, "UPDATE")},
        {SettingKey::InactiveTag, QT_TRANSLATE_NOOP("ringside::SignInScopes", "tagging records"),
         QStringList{QStringLiteral("ZohoCRM.settings.tags.READ")} + ofModules({"contacts", "leads", "accounts"}, "UPDATE")},
        {SettingKey::FeatureBulkRead,
         QT_TRANSLATE_NOOP("ringside::SignInScopes", "reading all records at once"),
         {QStringLiteral("ZohoCRM.bulk.READ")}},
    };
    return list;
}

/// A switch that is on, or a name that is given.
bool isOn(const Settings &settings, SettingKey key)
{
    return settingSpec(key).type == SettingType::Boolean ? settings.boolean(key) : !settings.text(key).isEmpty();
}

QStringList ofSearchedModules(const Settings &settings)
{
    static const QStringList ofZoho{
        QStringLiteral("leads"),    QStringLiteral("contacts"),       QStringLiteral("accounts"), QStringLiteral("deals"),
        QStringLiteral("campaigns"), QStringLiteral("cases"),         QStringLiteral("solutions"), QStringLiteral("products"),
        QStringLiteral("vendors"),  QStringLiteral("pricebooks"),     QStringLiteral("quotes"),   QStringLiteral("salesorders"),
        QStringLiteral("invoices"), QStringLiteral("purchaseorders")};
    QStringList scopes;
    for (const QString &module : settings.list(SettingKey::SearchModules)) {
        const QString name = module.toLower().remove(QLatin1Char('_'));
        scopes.append(QStringLiteral("ZohoCRM.modules.%1.READ").arg(ofZoho.contains(name) ? name : QStringLiteral("custom")));
    }
    return scopes;
}

bool operationCovers(const QString &granted, const QString &wanted)
{
    if (granted == wanted || granted == QLatin1String("ALL"))
        return true;
    return granted == QLatin1String("WRITE") &&
           (wanted == QLatin1String("CREATE") || wanted == QLatin1String("UPDATE"));
}

/// Both in upper case.
bool oneCovers(const QString &granted, const QString &wanted)
{
    const qsizetype grantedDot = granted.lastIndexOf(QLatin1Char('.'));
    const qsizetype wantedDot = wanted.lastIndexOf(QLatin1Char('.'));
    if (grantedDot < 0 || wantedDot < 0)
        return granted == wanted;
    const QStringView grantedArea = QStringView(granted).left(grantedDot);
    const QStringView wantedArea = QStringView(wanted).left(wantedDot);
    const bool coarse = grantedArea.count(QLatin1Char('.')) == 1 && wantedArea.startsWith(grantedArea) &&
                        wantedArea.mid(grantedArea.size()).startsWith(QLatin1Char('.'));
    return (grantedArea == wantedArea || coarse) &&
           operationCovers(granted.mid(grantedDot + 1), wanted.mid(wantedDot + 1));
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
    QStringList scopes = least() + ofSearchedModules(settings);
    for (const Feature &feature : features()) {
        if (isOn(settings, feature.key))
            scopes += feature.scopes;
    }
    scopes.removeDuplicates();
    return scopes;
}

bool concerns(SettingKey key)
{
    return key == SettingKey::Scopes || key == SettingKey::SearchModules ||
           std::any_of(features().cbegin(), features().cend(), [key](const Feature &feature) { return feature.key == key; });
}

bool covers(const QString &granted, const QString &scope)
{
    static const QRegularExpression separators(QStringLiteral("[,\\s]+"));
    const QStringList names = granted.toUpper().split(separators, Qt::SkipEmptyParts);
    return std::any_of(names.cbegin(), names.cend(),
                       [wanted = scope.toUpper()](const QString &name) { return oneCovers(name, wanted); });
}

QStringList missing(const QString &granted, const QStringList &scopes)
{
    QStringList absent;
    if (granted.trimmed().isEmpty())
        return absent;
    std::copy_if(scopes.cbegin(), scopes.cend(), std::back_inserter(absent),
                 [&granted](const QString &scope) { return !covers(granted, scope); });
    return absent;
}

QString missingSentence(const QString &granted, const Settings &settings)
{
    const QStringList absent = missing(granted, wanted(settings));
    if (absent.isEmpty())
        return {};
    QStringList names;
    for (const Feature &feature : features()) {
        const bool needs = std::any_of(feature.scopes.cbegin(), feature.scopes.cend(),
                                       [&absent](const QString &scope) { return absent.contains(scope); });
        if (isOn(settings, feature.key) && needs)
            names.append(translated(feature.name));
    }
    const QString scopes = absent.join(QLatin1String(", "));
    if (names.isEmpty()) {
        return translated(
                   "This sign-in does not allow all that Ringside needs at Zoho; missing is %1. Sign in again and "
                   "accept it; calls and notes are kept.")
            .arg(scopes);
    }
    return translated(
               "You switched on %1, which this sign-in does not allow at Zoho yet; missing is %2. Sign in again and "
               "accept it; calls and notes are kept.")
        .arg(QLocale().createSeparatedList(names), scopes);
}

} // namespace ringside::signInScopes
