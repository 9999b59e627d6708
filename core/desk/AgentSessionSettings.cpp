// SPDX-License-Identifier: Apache-2.0
// What the session takes from the settings, and says of those that do not fit the org.
#include "AgentSession.h"

#include "AgentSessionPrivate.h"
#include "CrmClient.h"
#include "OrgMetadata.h"
#include "SearchedModules.h"
#include "Settings.h"

#include <utility>

namespace ringside {

void AgentSession::Private::setApiVersion()
{
    const bool old = parts.settings.text(SettingKey::ApiVersion) == QLatin1String("v2");
    parts.crm.setApiVersion(old ? CrmVersion::V2 : CrmVersion::V8);
}

void AgentSession::Private::setLogOptions()
{
    ConfirmPolicy policy;
    policy.commitWindow = std::chrono::seconds(parts.settings.integer(SettingKey::CommitWindow));
    dispatcher.setConfirmPolicy(policy);
    disposition.setReferenceField(parts.settings.text(SettingKey::ReferenceField).trimmed());
    checkReferenceField();
}

// Told once, as the modules' problem is.
void AgentSession::Private::checkReferenceField()
{
    const QString sentence = disposition.referenceProblem();
    if (std::exchange(referenceProblem, sentence) != sentence && !sentence.isEmpty())
        Q_EMIT q->problem({}, sentence);
}

void AgentSession::Private::prepareModules()
{
    const QStringList modules = parts.settings.list(SettingKey::SearchModules);
    for (const QString &module : modules)
        parts.metadata.prepare(module);
}

// Told once: who has read it does not want it back when the list of modules is read again.
void AgentSession::Private::checkModules()
{
    const QString sentence = searchedModules::problem(parts.settings, parts.metadata);
    if (std::exchange(modulesProblem, sentence) != sentence)
        Q_EMIT q->modulesProblem(sentence);
}

} // namespace ringside
