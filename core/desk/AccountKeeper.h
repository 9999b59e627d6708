// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Accounts.h"

#include <QObject>

namespace ringside {

class SecretStore;
class SignIn;

/// Keeps the accounts of a desk apart: nobody works with the notes, calls and outbox of somebody else. A sign-in that turns
/// out to be another person's is not let in; its tokens go to that person's account, which is then to be opened.
class AccountKeeper final : public QObject
{
    Q_OBJECT

public:
    /// `secrets` are the profile's, not one account's. Owns none of its arguments; all must outlive it. Make it before
    /// SignIn::restore().
    AccountKeeper(Accounts &accounts, SecretStore &secrets, SignIn &signIn, QObject *parent = nullptr);
    ~AccountKeeper() override;

    /// Those that somebody has signed in to, without the one in use.
    QList<Account> others() const;

    void choose(const QString &key);
    void addAnother();

Q_SIGNALS:
    void changed();
    /// Another account is the current one now: everything that stands on the old one's store and tokens must be made anew.
    /// The sentence says why, when it was not the agent who asked; else it is empty.
    void switched(const QString &sentence);

private:
    bool admits(const AgentIdentity &identity);
    void moveTo(const AgentIdentity &identity);

    Accounts &m_accounts;
    SecretStore &m_secrets;
    SignIn &m_signIn;
    bool m_moving = false;
};

} // namespace ringside
