// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SignIn.h"

#include <QObject>

namespace ringside {

class AgentSession;
class Console;

/// Connects the sign-in with the pages that lead to it, and tells above the desk and in the top bar how it stands. Owns none
/// of its arguments; all must outlive it.
class SignInController final : public QObject
{
    Q_OBJECT

public:
    SignInController(SignIn &signIn, AgentSession &session, Console &console, QObject *parent = nullptr);

    /// Whether requests reach the CRM.
    void setOnline(bool online);
    bool online() const { return m_online; }

Q_SIGNALS:
    void changed();
    void settingsRequested();
    /// The agent has been told what is lost; SignIn::signOut() was called already.
    void signedOutByAgent();

private:
    void connectPages();
    void show();
    void showInTopBar();
    void tellOnDesk();
    void askToSignOut();
    void signOut();

    SignIn &m_signIn;
    AgentSession &m_session;
    Console &m_console;
    bool m_online = true;
    bool m_secretStored = false;
    QString m_askedConsent; ///< What the sign-in lacks, as it was asked for last.
    bool m_leaving = false; ///< The agent is signing out.
};

} // namespace ringside
