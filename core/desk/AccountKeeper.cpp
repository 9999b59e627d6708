// SPDX-License-Identifier: Apache-2.0
#include "AccountKeeper.h"

#include "AccountSecretStore.h"
#include "SignIn.h"
#include "WhenReady.h"

#include <algorithm>
#include <memory>

namespace ringside {

AccountKeeper::AccountKeeper(Accounts &accounts, SecretStore &secrets, SignIn &signIn, QObject *parent)
    : QObject(parent), m_accounts(accounts), m_secrets(secrets), m_signIn(signIn)
{
    m_signIn.setAccountGate([this](const AgentIdentity &identity) { return admits(identity); }, m_accounts.current().hasOwner());
}

AccountKeeper::~AccountKeeper()
{
    m_signIn.setAccountGate({}, false);
}

QList<Account> AccountKeeper::others() const
{
    QList<Account> others;
    std::copy_if(m_accounts.all().cbegin(), m_accounts.all().cend(), std::back_inserter(others),
                 [this](const Account &one) { return one.hasOwner() && one.key != m_accounts.current().key; });
    return others;
}

void AccountKeeper::choose(const QString &key)
{
    if (key == m_accounts.current().key)
        return;
    m_accounts.setCurrent(key);
    Q_EMIT switched({});
}

void AccountKeeper::addAnother()
{
    choose(m_accounts.vacant());
}

bool AccountKeeper::admits(const AgentIdentity &identity)
{
    const Account &current = m_accounts.current();
    const bool free = !current.hasOwner() && !m_accounts.of(identity);
    if (free || current.isOf(identity)) {
        m_accounts.claim(current.key, identity); // The name may have changed.
        if (free)
            m_signIn.setAccountGate([this](const AgentIdentity &who) { return admits(who); }, true);
        Q_EMIT changed();
        return true;
    }
    if (!std::exchange(m_moving, true))
        moveTo(identity);
    return false;
}

void AccountKeeper::moveTo(const AgentIdentity &identity)
{
    const Account from = m_accounts.current();
    const Account *known = m_accounts.of(identity);
    const QString to = known ? known->key : m_accounts.vacant();
    const auto tokens = QLatin1String(secretKey::tokens);
    auto source = std::make_shared<AccountSecretStore>(m_secrets, from.key);
    auto target = std::make_shared<AccountSecretStore>(m_secrets, to);
    const QString sentence =
        from.hasOwner()
            ? tr("%1 is signed in now, in an account of their own. The notes and calls of %2 stay on this computer, apart from "
                 "it, and are sent when %2 signs in again.")
                  .arg(identity.fullName, from.name)
            : tr("%1 has an account on this computer already; it is open now.").arg(identity.fullName);
    const auto finish = [this, to, identity, sentence] {
        m_accounts.claim(to, identity);
        m_accounts.setCurrent(to);
        Q_EMIT switched(sentence);
    };
    whenReady(this, source->read(tokens), [this, source, target, tokens, finish](const Result<Secret> &read) {
        if (!read)
            return finish(); // Without a keychain the person signs in once more, over there.
        whenReady(this, target->write(tokens, read.value()), [this, source, tokens, finish](const Result<void> &) {
            whenReady(this, source->remove(tokens), [finish](const Result<void> &) { finish(); });
        });
    });
}

} // namespace ringside
