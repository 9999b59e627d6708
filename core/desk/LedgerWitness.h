// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSet>

namespace ringside {

class AgentSession;
class Ledger;
class SignIn;

/// Tells the ledger of what has no act of its own in the store: that a call was put before the agent, and who signs in
/// and out (that somebody does, not who). All else is written with the acts: see ledgerChain.
class LedgerWitness final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    LedgerWitness(AgentSession &session, const SignIn &signIn, Ledger &ledger, QObject *parent = nullptr);

private:
    void matched(const QString &key);
    void signInChanged();

    AgentSession &m_session;
    const SignIn &m_signIn;
    Ledger &m_ledger;
    QSet<QString> m_matched; ///< Calls whose look-up was told of.
    bool m_signedIn = false;
};

} // namespace ringside
