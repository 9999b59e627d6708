// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NewPerson.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

namespace ringside {

class Directory;
class NewPersonQueue;
class ScreenPop;

/// The leads and contacts that the agent is making, one a call at most, and what becomes of them: a record that was
/// created is kept in the directory and its call is with it. Those for whom there is no network wait in the store. Owned by AgentSession.
///
/// Signals: changed(key) after whatever a form of that call shows; modulesChanged() when it is known what can be made;
/// created(key, person) after the call was given the person.
class NewPeople final : public QObject
{
    Q_OBJECT

public:
    /// Owns none of its arguments; all must outlive it.
    NewPeople(CrmClient &crm, Directory &directory, ScreenPop &pop, ProfileSource &metadata, const Settings &settings,
              const Clock &clock, NewPersonQueue &queue);
    ~NewPeople() override;

    /// "Leads" and "Contacts", as far as the org has them and the agent may add to them; both until that is known.
    const QStringList &modules() const { return m_modules; }

    /// Opens the form for a call: what was typed before comes back, also under the other module.
    void open(const CallEntry &call, const QString &module);
    /// Reads those of earlier runs that the CRM does not have yet, and goes on with them. `calls` are those that are known.
    void restore(const QList<CallEntry> &calls);
    /// The CRM may be there again: what waits for it is tried.
    void goOn();
    /// The call's new person is on its way, or waits to be.
    bool underWay(const QString &callKey) const;
    /// Those of earlier runs have been read: until then nobody knows which call has one.
    bool restored() const { return m_restored; }

    /// The form leaves the screen; what was typed is kept, and what is on its way arrives.
    void close(const QString &callKey);
    /// nullptr unless its form is open.
    NewPerson *opened(const QString &callKey) const;

Q_SIGNALS:
    void changed(const QString &callKey);
    void modulesChanged();
    void created(const QString &callKey, const ringside::Candidate &person);
    /// What waited cannot go on by itself: a sentence.
    void decisionNeeded(const QString &callKey, const QString &sentence);

private:
    NewPerson *make(const CallEntry &call, const QString &module);
    void takeModules();
    void arrived(const CallEntry &call, const Candidate &person);

    const NewPerson::Parts m_parts;
    Directory &m_directory;
    ScreenPop &m_pop;
    QStringList m_modules;
    QHash<QString, NewPerson *> m_people; ///< By call; ours.
    QSet<QString> m_open;
    bool m_restored = false;
    QTimer m_retry; ///< While some wait: a network that is back is not always told of.
};

} // namespace ringside
