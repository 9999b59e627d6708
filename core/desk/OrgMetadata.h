// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Matching.h"
#include "Metadata.h"

#include <QObject>

#include <memory>

namespace ringside {

class Alarm;
class Clock;
class CrmClient;
class Store;

/// What the org's own CRM looks like: its modules, their fields, layouts and related lists. Read once a sign-in, kept
/// in the store for the org. The list of modules, and every module that was asked for, is read again once it is older
/// than a day, on a running desk too; where credits are scarce, that waits until they are not. What is old or was read
/// by an earlier run serves meanwhile, and without a network. One for the session, shared by all that asks.
///
/// Signals come from the event loop: modulesChanged() when the list of modules is another, ready(module) when a module
/// that was asked for is known, was read afresh, or could not be read.
class OrgMetadata final : public QObject
{
    Q_OBJECT

public:
    /// Must outlive it. The CRM client is told of the Calls module's fields whenever they are known.
    OrgMetadata(CrmClient &crm, Store &store, const Clock &clock, QObject *parent = nullptr);
    ~OrgMetadata() override;

    /// Instead of its own, to look with for what is old.
    void setAlarm(std::unique_ptr<Alarm> alarm);
    /// Takes from the store what the last run knew. Once, after the store is open (or has failed to open).
    void restore();
    /// Signed in: what is known of another org is dropped, here and in the store. Reads the list of modules if need be.
    void setOrg(const QString &orgId);
    /// Asks for the module unless it is known and fresh, or under way. ready(module) follows in every case.
    void prepare(const QString &module);
    /// Fields and related lists are there, be they old.
    bool known(const QString &module) const;

    /// All modules that the agent may see; empty while not known.
    QList<Module> modules() const;
    /// Empty parts while not known.
    const ModuleMetadata &module(const QString &apiName) const;
    /// What must be filled in for a new record: by the fields themselves and by every active layout; API names.
    QStringList requiredFields(const QString &apiName) const;

    /// The fields, each mandatory that must be filled in.
    QList<Field> fields(const QString &apiName) const;

    /// How to search the module for callers: by the CRM's metadata, or as every org has it while that is not known.
    SearchModule searchModule(const QString &apiName) const;
    /// The chosen modules that can be searched; those that the org has not, hides or cannot search are left out.
    QList<SearchModule> searchModules(const QStringList &chosen) const;

Q_SIGNALS:
    void modulesChanged();
    void ready(const QString &module);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
