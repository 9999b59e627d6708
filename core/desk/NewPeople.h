// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NewPerson.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

namespace ringside {

class Directory;
class ScreenPop;

/// The leads and contacts that the agent is making, one a call at most, and what becomes of them: a record that was
/// created is kept in the directory and its call is with it. Owned by AgentSession.
///
/// Signals: changed(key) after whatever a form of that call shows; modulesChanged() when it is known what can be made;
/// created(key, person) after the call was given the person.
class NewPeople final : public QObject
{
    Q_OBJECT

public:
    /// Owns none of its arguments; all must outlive it.
    NewPeople(CrmClient &crm, Directory &directory, ScreenPop &pop, ProfileSource &metadata, const Settings &settings,
              const Clock &clock);
    ~NewPeople() override;

    /// "Leads" and "Contacts", as far as the org has them and the agent may add to them; both until that is known.
    const QStringList &modules() const { return m_modules; }

    /// Opens the form for a call: what was typed before comes back, also under the other module.
    void open(const CallEntry &call, const QString &module);
    /// The form leaves the screen; what was typed is kept, and what is on its way arrives.
    void close(const QString &callKey);
    /// nullptr unless its form is open.
    NewPerson *opened(const QString &callKey) const;

Q_SIGNALS:
    void changed(const QString &callKey);
    void modulesChanged();
    void created(const QString &callKey, const ringside::Candidate &person);

private:
    void takeModules();
    void arrived(const CallEntry &call, const Candidate &person);

    const NewPerson::Parts m_parts;
    Directory &m_directory;
    ScreenPop &m_pop;
    QStringList m_modules;
    QHash<QString, NewPerson *> m_people; ///< By call; ours.
    QSet<QString> m_open;
};

} // namespace ringside
