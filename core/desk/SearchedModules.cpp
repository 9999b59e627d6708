// SPDX-License-Identifier: Apache-2.0
#include "SearchedModules.h"

#include "OrgMetadata.h"
#include "Settings.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ringside::searchedModules {

namespace {

/// Gives the sentences their translation context.
struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(ringside::SearchedModules)
};

/// "Contact" is what people call it; the setting wants "Contacts".
QString perhaps(const QString &name, const QList<Module> &modules)
{
    const auto meant = std::find_if(modules.cbegin(), modules.cend(), [&name](const Module &module) {
        const auto same = [&name](const QString &other) { return other.compare(name, Qt::CaseInsensitive) == 0; };
        return module.searchable && (same(module.apiName) || same(module.singularLabel) || same(module.pluralLabel));
    });
    return meant == modules.cend() ? name : Sentences::tr("%1 (perhaps %2)").arg(name, meant->apiName);
}

} // namespace

QList<SearchModule> of(const Settings &settings, const OrgMetadata &metadata)
{
    return metadata.searchModules(settings.list(SettingKey::SearchModules));
}

QString problem(const Settings &settings, const OrgMetadata &metadata)
{
    const QList<Module> known = metadata.modules();
    if (known.isEmpty())
        return {};
    const QStringList chosen = settings.list(SettingKey::SearchModules);
    const QList<SearchModule> searched = metadata.searchModules(chosen);
    QStringList others;
    for (const QString &name : chosen) {
        const bool taken = std::any_of(searched.cbegin(), searched.cend(),
                                       [&name](const SearchModule &module) { return module.apiName == name; });
        if (!taken)
            others.append(perhaps(name, known));
    }
    const QString named = QLocale().createSeparatedList(others);
    if (chosen.isEmpty()) {
        return Sentences::tr(
            "Nobody is looked for in Zoho CRM when the phone rings: the setting \"Modules searched for "
            "a caller\" is empty. Fill it in, or tell your administrator.");
    }
    if (searched.isEmpty()) {
        return Sentences::tr("Nobody is looked for in Zoho CRM when the phone rings: of the setting \"Modules searched "
                             "for a caller\" Zoho CRM has nothing, hides it from you, or cannot search it: %1. Correct "
                             "the setting, or tell your administrator.")
            .arg(named);
    }
    const QLatin1String ours(settingSpec(SettingKey::SearchModules).defaultValue);
    if (others.isEmpty() || settings.text(SettingKey::SearchModules) == ours)
        return {};
    return Sentences::tr("The setting \"Modules searched for a caller\" names what Zoho CRM does not have, hides from "
                         "you, or cannot search: %1. Nobody is looked for there; correct the setting, or tell your "
                         "administrator.")
        .arg(named);
}

QString notSearched()
{
    return Sentences::tr("Zoho CRM was not searched: of the setting \"Modules searched for a caller\" it can search "
                         "nothing. Who was seen before is still known; correct the setting, or tell your "
                         "administrator.");
}

} // namespace ringside::searchedModules
