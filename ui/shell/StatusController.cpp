// SPDX-License-Identifier: Apache-2.0
#include "StatusController.h"

#include "AgentSession.h"
#include "CallSource.h"
#include "CallsView.h"
#include "Clock.h"
#include "Console.h"
#include "CreditText.h"
#include "NotesPanel.h"
#include "OutboxDispatcher.h"
#include "SignIn.h"
#include "SignInController.h"
#include "StatusLine.h"
#include "TopBar.h"

#include <algorithm>

namespace ringside {

StatusController::StatusController(AgentSession &session, const SignIn &signIn, const SignInController &pages,
                                   Console &console, const Clock &clock, QObject *parent)
    : QObject(parent), m_session(session), m_signIn(signIn), m_pages(pages), m_console(console), m_clock(clock)
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &StatusController::tick);
    connect(&session, &AgentSession::phoneChanged, this, &StatusController::showPhone);
    connect(&session.dispatcher(), &OutboxDispatcher::changed, this, &StatusController::showOutbox);
    connect(&pages, &SignInController::changed, this, &StatusController::showConnections);
    showPhone();
}

void StatusController::showPhone()
{
    TopBar *top = m_console.topBar();
    const CallSource *source = m_session.callSource();
    if (!source)
        top->setPhone(TopBar::Health::Off, tr("No phone is set up. Choose one in the settings."));
    else if (source->state() == CallSource::State::Connected)
        top->setPhone(TopBar::Health::Well, source->name());
    else
        top->setPhone(TopBar::Health::Trying, source->statusText());
    showConnections();
    startOrStopTicking();
}

QString StatusController::connections() const
{
    const CallSource *source = m_session.callSource();
    if (source && phoneIsAway() && !source->statusText().isEmpty())
        return source->statusText();
    if (const QString notice = creditText::notice(m_credits); !notice.isEmpty())
        return notice;
    if (m_signIn.state() != SignIn::State::SignedIn)
        return {};
    if (!m_pages.online())
        return tr("Offline: Zoho CRM cannot be reached");
    return m_signIn.identity() ? m_signIn.identity()->orgName : QString();
}

void StatusController::showConnections()
{
    m_console.statusLine()->setConnections(connections());
}

void StatusController::setCredits(const CreditState &state)
{
    m_credits = state;
    m_console.topBar()->setCredits(state, m_clock.now());
    showConnections();
}

void StatusController::showOutbox()
{
    const OutboxDispatcher &dispatcher = m_session.dispatcher();
    const QDateTime next = dispatcher.nextTryAt();
    const qint64 seconds = next.isValid() ? std::max<qint64>(0, m_clock.now().secsTo(next)) : -1;
    m_console.statusLine()->setOutbox(dispatcher.waiting(), static_cast<int>(seconds), dispatcher.lastProblem());
    startOrStopTicking();
}

void StatusController::tick()
{
    m_console.calls()->setNow(m_clock.monotonic(), m_clock.now());
    m_console.notes()->setNow(m_clock.monotonic(), m_clock.now());
    if (phoneIsAway())
        showPhone(); // the seconds until the next try
    if (m_session.dispatcher().nextTryAt().isValid())
        showOutbox();
    else
        startOrStopTicking();
}

bool StatusController::phoneIsAway() const
{
    const CallSource *source = m_session.callSource();
    return source && source->state() != CallSource::State::Connected;
}

void StatusController::startOrStopTicking()
{
    const QList<CallEntry> &calls = m_session.calls();
    const bool live = std::any_of(calls.begin(), calls.end(), [](const CallEntry &call) { return call.live(); });
    const bool counts = live || phoneIsAway() || m_session.dispatcher().nextTryAt().isValid();
    if (counts && !m_second.isActive())
        m_second.start();
    else if (!counts)
        m_second.stop();
}

} // namespace ringside
