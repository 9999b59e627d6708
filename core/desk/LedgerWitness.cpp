// SPDX-License-Identifier: Apache-2.0
#include "LedgerWitness.h"

#include "AgentSession.h"
#include "Ledger.h"
#include "ScreenPop.h"
#include "SignIn.h"

namespace ringside {

LedgerWitness::LedgerWitness(AgentSession &session, const SignIn &signIn, Ledger &ledger, QObject *parent)
    : QObject(parent), m_session(session), m_signIn(signIn), m_ledger(ledger)
{
    connect(&session, &AgentSession::popWanted, this, [this](const QString &key) {
        m_ledger.record(
            {.kind = LedgerKind::Shown, .callKey = key, .detail = {{QStringLiteral("as"), QStringLiteral("toast")}}});
    });
    connect(&session.screenPop(), &ScreenPop::changed, this, &LedgerWitness::matched);
    connect(&signIn, &SignIn::changed, this, &LedgerWitness::signInChanged);
    signInChanged();
}

// What the card has of the caller once the look-up is done, the first time.
void LedgerWitness::matched(const QString &key)
{
    const CallEntry *call = m_session.call(key);
    const PopResult &result = m_session.screenPop().result(key);
    const bool done = result.status == PopResult::Status::None || result.status == PopResult::Status::One ||
                      result.status == PopResult::Status::Many;
    if (!call || !call->live() || !done || m_matched.contains(key))
        return;
    m_matched.insert(key);
    m_ledger.record({.kind = LedgerKind::Shown,
                     .callKey = key,
                     .detail = {{QStringLiteral("as"), QStringLiteral("card")},
                                {QStringLiteral("matches"), result.candidates.size()}}});
}

void LedgerWitness::signInChanged()
{
    const bool signedIn = m_signIn.state() == SignIn::State::SignedIn;
    if (signedIn == m_signedIn)
        return;
    m_signedIn = signedIn;
    m_ledger.record({.kind = signedIn ? LedgerKind::SignedIn : LedgerKind::SignedOut});
}

} // namespace ringside
