// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"

#include <QList>
#include <QString>

namespace ringside {

/// One person in one organisation, on this desk. Its notes, calls and outbox are in a store of its own.
struct Account
{
    QString key; ///< Names its keychain entries and its folder; empty for the first one of a profile.
    QString userId; ///< Empty until somebody has signed in.
    QString orgId;
    QString name;
    QString orgName;

    bool hasOwner() const { return !userId.isEmpty(); }
    bool isOf(const AgentIdentity &identity) const { return userId == identity.userId && orgId == identity.orgId; }
};

/// The accounts of a profile and which one is in use; in accounts.ini beside the settings. No secrets.
class Accounts
{
public:
    /// `folder` is the profile's.
    explicit Accounts(const QString &folder);

    const QList<Account> &all() const { return m_all; } ///< Never empty.
    const Account &current() const;
    void setCurrent(const QString &key);

    /// The account of this person; nullptr when there is none.
    const Account *of(const AgentIdentity &identity) const;

    /// An account without an owner: one that is there, or a new one. Gives its key.
    QString vacant();

    /// Writes down whose it is.
    void claim(const QString &key, const AgentIdentity &identity);

    /// The account in use belongs to nobody any more: its store is gone.
    void vacate();

    /// Where the account has its store.
    QString folderOf(const QString &key) const;

private:
    void save() const;

    QString m_folder;
    QList<Account> m_all;
    QString m_current;
};

} // namespace ringside
