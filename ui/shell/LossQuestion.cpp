// SPDX-License-Identifier: Apache-2.0
#include "LossQuestion.h"

#include "AgentSession.h"
#include "CallText.h"
#include "ProblemBar.h"

namespace ringside {

LossQuestion::LossQuestion(const AgentSession &session, ProblemBar &bar, QObject *parent)
    : QObject(parent), m_session(session), m_bar(bar)
{
}

QStringList LossQuestion::titles() const
{
    if (m_decided)
        return {};
    const QStringList unkept = m_session.unkeptNotes();
    QStringList titles;
    for (const CallEntry &call : m_session.calls()) {
        if (unkept.contains(call.key) || (m_forThisRunOnly && call.notInCrm()))
            titles.append(call.title());
    }
    return titles;
}

void LossQuestion::ask(const QString &question, const QString &yes, const std::function<void()> &goOn)
{
    m_bar.askSentence(
        question, yes,
        [this, goOn] {
            m_decided = true;
            goOn();
        },
        ProblemBar::About::Question);
}

void LossQuestion::beforeAnotherAccount(const std::function<void()> &goOn)
{
    const QStringList lost = titles();
    if (lost.isEmpty())
        return goOn();
    ask(tr("Opening another account loses what could not be kept on this computer: the notes of %1. Log these calls "
           "first, or copy the notes.")
            .arg(listOfCalls(lost)),
        tr("Open it and lose them"), goOn);
}

QString LossQuestion::lostByClosing(const QStringList &titles) const
{
    const QString list = listOfCalls(titles);
    return m_forThisRunOnly
               ? tr("Calls and notes are kept for this run only, and these are not in Zoho CRM yet: %1. Log them "
                    "first, or closing Ringside loses them.")
                     .arg(list)
               : tr("The notes of these calls could not be saved, and closing Ringside loses them: %1. Copy them, "
                    "or make room on the disk and wait until they are saved.")
                     .arg(list);
}

bool LossQuestion::mayClose(const std::function<void()> &closeAgain)
{
    const QStringList lost = titles();
    if (lost.isEmpty())
        return true;
    ask(lostByClosing(lost), tr("Close all the same"), closeAgain);
    return false;
}

} // namespace ringside
