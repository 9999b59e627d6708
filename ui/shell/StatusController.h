// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditState.h"

#include <QObject>
#include <QTimer>

namespace ringside {

class AgentSession;
class Clock;
class Console;
class SignIn;
class SignInController;

/// How things stand, in the top bar and the status line: the phone, the CRM, its credits, what waits to be sent. And
/// the second hand of the window, which runs only while something on it counts.
class StatusController final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    StatusController(AgentSession &session, const SignIn &signIn, const SignInController &pages, Console &console,
                     const Clock &clock, QObject *parent = nullptr);

    void setCredits(const CreditState &state);
    void showConnections();
    void showOutbox();
    /// After calls came, went or changed.
    void startOrStopTicking();
    /// Shows everything that counts as of now; by itself every second while something does.
    void tick();

private:
    void showPhone();
    bool phoneIsAway() const;
    QString connections() const;

    AgentSession &m_session;
    const SignIn &m_signIn;
    const SignInController &m_pages;
    Console &m_console;
    const Clock &m_clock;
    CreditState m_credits;
    QTimer m_second;
};

} // namespace ringside
