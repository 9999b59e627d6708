// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>

#include <functional>

namespace ringside {

class AgentSession;
class ProblemBar;

/// Asks before something is lost: notes are on disk within 250 ms, and where they cannot be, closing the desk is the
/// agent's decision. Once the agent has decided, nothing is asked again.
class LossQuestion final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    LossQuestion(const AgentSession &session, ProblemBar &bar, QObject *parent = nullptr);

    /// The store is a temporary one: what is not in the CRM is lost at the end.
    void setForThisRunOnly() { m_forThisRunOnly = true; }

    /// True when the window may close now. Else the question stands in the bar, and `closeAgain` is called when the
    /// agent says so.
    bool mayClose(const std::function<void()> &closeAgain);
    /// Goes on at once, or when the agent says so.
    void beforeAnotherAccount(const std::function<void()> &goOn);

private:
    QStringList titles() const; ///< Of the calls whose notes would be lost.
    QString lostByClosing(const QStringList &titles) const;
    void ask(const QString &question, const QString &yes, const std::function<void()> &goOn);

    const AgentSession &m_session;
    ProblemBar &m_bar;
    bool m_forThisRunOnly = false;
    bool m_decided = false;
};

} // namespace ringside
