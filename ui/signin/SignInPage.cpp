// SPDX-License-Identifier: Apache-2.0
#include "SignInPage.h"

#include "Button.h"
#include "Label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ringside {

SignInPage::SignInPage(QWidget *parent)
    : CentredPage(440, parent), m_title(new Label(TextSize::Name, weight::strong)), m_text(new Label),
      m_message(new Label(TextSize::Body, weight::normal, Tone::Warn)), m_start(new Button(tr("Sign in with Zoho"), Button::Kind::Primary)),
      m_cancel(new Button(tr("Cancel"))), m_copy(new Button(tr("Copy the address"))), m_settings(new Button(tr("Settings")))
{
    setObjectName(QStringLiteral("signInPage"));
    build();
    setState(SignIn::State::Starting, {}, {});
    connect(m_start, &Button::clicked, this, &SignInPage::startRequested);
    connect(m_cancel, &Button::clicked, this, &SignInPage::cancelRequested);
    connect(m_settings, &Button::clicked, this, &SignInPage::settingsRequested);
    connect(m_copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_url.toString(QUrl::FullyEncoded)); });
}

void SignInPage::build()
{
    m_title->setObjectName(QStringLiteral("signInTitle"));
    m_text->setObjectName(QStringLiteral("signInText"));
    m_text->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("signInMessage"));
    m_message->setWordWrap(true);
    m_start->setObjectName(QStringLiteral("signInButton"));
    m_start->setAutoDefault(true); // Enter presses it, as in a dialog.
    m_start->setDefault(true); // Enter presses it.
    m_start->setHelp(tr("Opens Zoho's consent page in your browser."));
    m_cancel->setObjectName(QStringLiteral("signInCancel"));
    m_cancel->setHelp(tr("Stop waiting for the browser."));
    m_copy->setObjectName(QStringLiteral("signInCopyAddress"));
    m_copy->setIconName(IconName::Copy);
    m_copy->setHelp(tr("Copy the address of the consent page, for another browser on this computer."));
    m_settings->setObjectName(QStringLiteral("signInSettings"));
    m_settings->setHelp(tr("Data centre, client and phone."), QKeySequence(Qt::CTRL | Qt::Key_Comma));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (Button *button : {m_start, m_copy, m_cancel, m_settings})
        buttons->addWidget(button);
    buttons->addStretch(1);
    body()->addWidget(m_title);
    body()->addWidget(m_text);
    body()->addWidget(m_message);
    body()->addSpacing(4);
    body()->addLayout(buttons);
}

void SignInPage::focusFirst()
{
    m_start->setFocus(Qt::OtherFocusReason);
}

void SignInPage::setState(SignIn::State state, const QString &message, const QUrl &authorizeUrl)
{
    using State = SignIn::State;
    m_url = authorizeUrl;
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    const bool waiting = state == State::WaitingForBrowser;
    const bool out = state == State::SignedOut || state == State::NeedsSetup;
    m_start->setVisible(out);
    if (out)
        m_start->setFocus(Qt::OtherFocusReason); // Within this window; no other one loses the keyboard by it.
    m_settings->setVisible(out);
    m_cancel->setVisible(waiting);
    m_copy->setVisible(waiting && authorizeUrl.isValid());
    switch (state) {
    case State::Starting:
        m_title->setText(tr("Starting…"));
        m_text->setText(tr("Reading your sign-in from the system's keychain."));
        break;
    case State::NeedsSetup:
    case State::SignedOut:
        m_title->setText(tr("Sign in to start your shift"));
        m_text->setText(tr("Your browser opens Zoho's page, where you allow Ringside to read customers and to log your calls. "
                           "Notes that were not sent yet are safe and go out after you sign in."));
        break;
    case State::WaitingForBrowser:
        m_title->setText(tr("Continue in your browser"));
        m_text->setText(tr("Zoho's page is open there. Accept, and this window goes on by itself. If no page came up, copy the "
                           "address and open it in a browser on this computer."));
        break;
    case State::Finishing:
    case State::SignedIn:
        m_title->setText(tr("Signing in…"));
        m_text->setText(tr("Zoho has answered; your name and your organisation are being read."));
        break;
    }
}

} // namespace ringside
