// SPDX-License-Identifier: Apache-2.0
#include "SignInController.h"

#include "AgentSession.h"
#include "CallText.h"
#include "Console.h"
#include "ProblemBar.h"
#include "SettingsForm.h"
#include "SetupPage.h"
#include "SignInPage.h"
#include "TopBar.h"

namespace ringside {

SignInController::SignInController(SignIn &signIn, AgentSession &session, Console &console, QObject *parent)
    : QObject(parent), m_signIn(signIn), m_session(session), m_console(console)
{
    connectPages();
    show();
}

void SignInController::connectPages()
{
    connect(&m_signIn, &SignIn::changed, this, &SignInController::show);
    const SignInPage *page = m_console.signIn();
    connect(page, &SignInPage::startRequested, &m_signIn, &SignIn::start);
    connect(page, &SignInPage::deviceCodeRequested, &m_signIn, &SignIn::startWithDeviceCode);
    connect(page, &SignInPage::devicePageRequested, &m_signIn, &SignIn::openDevicePage);
    connect(page, &SignInPage::codePasted, &m_signIn, &SignIn::startWithPastedCode);
    connect(page, &SignInPage::cancelRequested, &m_signIn, &SignIn::cancel);
    connect(page, &SignInPage::settingsRequested, this, &SignInController::settingsRequested);
    const SetupPage *setup = m_console.setup();
    connect(setup, &SetupPage::clientSecretEntered, this, [this](const QString &secret) {
        m_secretStored = true;
        m_signIn.storeClientSecret(secret);
    });
    connect(setup, &SetupPage::finished, this, [this] {
        // Storing the secret leads on by itself; without a new one, look again whether all is there.
        if (!std::exchange(m_secretStored, false))
            m_signIn.restore();
    });
    connect(m_console.topBar(), &TopBar::signOutRequested, this, &SignInController::askToSignOut);
}

void SignInController::setOnline(bool online)
{
    m_online = online;
    showInTopBar();
    Q_EMIT changed();
}

void SignInController::show()
{
    using State = SignIn::State;
    const State state = m_signIn.state();
    // A sign-in that dies must not take the desk away from somebody who types: it is told above it.
    const bool stays = m_console.page() == Console::Page::Desk && !m_leaving;
    if (state == State::SignedIn) {
        m_leaving = false;
        // Said once, when the desk comes up; the sentences of a sign-in that is over are taken back.
        const bool comesUp = m_console.page() != Console::Page::Desk;
        const QString consent = m_signIn.missingConsent();
        if (comesUp || consent.isEmpty())
            m_console.problemBar()->showSentence(comesUp ? m_signIn.message() : QString(), ProblemBar::About::SignIn);
        if (!consent.isEmpty() && consent != m_askedConsent)
            m_console.problemBar()->askSentence(
                consent, tr("Sign in again"), [this] { m_signIn.start(); }, ProblemBar::About::SignIn);
        m_askedConsent = consent;
        m_console.setPage(Console::Page::Desk);
    } else if (stays) {
        tellOnDesk();
    } else if (state == State::NeedsSetup) {
        m_console.setup()->setMessage(m_signIn.message());
        m_console.setup()->form()->addDataCentres(m_signIn.dataCentres());
        m_console.setPage(Console::Page::Setup);
    } else {
        m_console.signIn()->setDeviceCode(m_signIn.deviceCode(), m_signIn.deviceCodeLife());
        m_console.signIn()->setState(state, m_signIn.message(), m_signIn.authorizeUrl());
        m_console.setPage(Console::Page::SignIn);
    }
    if (state != State::SignedIn)
        m_askedConsent.clear();
    showInTopBar();
    Q_EMIT changed();
}

void SignInController::showInTopBar()
{
    TopBar *bar = m_console.topBar();
    if (m_signIn.state() != SignIn::State::SignedIn) {
        bar->setAgent({}, {});
        bar->setCrm(TopBar::Health::Off, tr("Sign in to see your callers."));
        return;
    }
    const auto &identity = m_signIn.identity();
    bar->setAgent(identity ? identity->fullName : QString(), identity ? identity->email : QString());
    if (!m_online)
        bar->setCrm(TopBar::Health::Trying, tr("Zoho CRM cannot be reached. Go on working: calls and notes are kept here and sent "
                                               "when it is back."));
    else if (identity)
        bar->setCrm(TopBar::Health::Well, identity->orgName);
    else
        bar->setCrm(TopBar::Health::Trying, tr("Zoho CRM has not answered yet. Calls and notes are kept here."));
}

void SignInController::tellOnDesk()
{
    using State = SignIn::State;
    constexpr auto about = ProblemBar::About::SignIn;
    ProblemBar *bar = m_console.problemBar();
    const auto cancel = [this] { m_signIn.cancel(); };
    const QString message = m_signIn.message();
    switch (m_signIn.state()) {
    case State::WaitingForBrowser:
        bar->askSentence(tr("Continue in your browser: Zoho's page is open there."), tr("Cancel"), cancel, about);
        break;
    case State::WaitingForDevice:
        bar->askSentence(
            tr("Enter the code %1 at %2.").arg(m_signIn.deviceCode(), m_signIn.authorizeUrl().toString(QUrl::RemoveQuery)),
            tr("Cancel"), cancel, about);
        break;
    case State::SignedOut:
        bar->askSentence(
            message.isEmpty() ? tr("You are signed out. Calls and notes are kept here and sent after you sign in.") : message,
            tr("Sign in"), [this] { m_signIn.start(); }, about);
        break;
    case State::NeedsSetup:
        bar->askSentence(message, tr("Settings"), [this] { Q_EMIT settingsRequested(); }, about);
        break;
    default:
        bar->showSentence(tr("Signing in…"), about);
    }
}

void SignInController::askToSignOut()
{
    QStringList lost;
    for (const CallEntry &call : m_session.calls()) {
        if (call.notInCrm())
            lost.append(call.title());
    }
    if (lost.isEmpty()) {
        signOut();
        return;
    }
    m_console.problemBar()->askSentence(
        tr("Signing out removes the calls and notes kept on this computer. These are not in Zoho CRM yet and would be lost: %1. "
           "Log them first, and wait until they are sent.")
            .arg(listOfCalls(lost)),
        tr("Sign out and lose them"), [this] { signOut(); }, ProblemBar::About::Question);
}

void SignInController::signOut()
{
    m_leaving = true;
    m_signIn.signOut();
    Q_EMIT signedOutByAgent();
}

} // namespace ringside
