// SPDX-License-Identifier: Apache-2.0
#include "SignInPage.h"

#include "Button.h"
#include "FieldLabel.h"
#include "Label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ringside {

SignInPage::SignInPage(QWidget *parent)
    : CentredPage(520, parent), m_title(new Label(TextSize::Name, weight::strong)), m_text(new Label),
      m_code(new Label(TextSize::Name, weight::bold)), m_message(new Label(TextSize::Body, weight::normal, Tone::Warn)),
      m_pasting(new QWidget), m_pasted(new QLineEdit),
      m_start(new Button(tr("Sign in with Zoho"), Button::Kind::Primary)),
      m_openPage(new Button(tr("Open the page"), Button::Kind::Primary)), m_copyCode(new Button(tr("Copy the code"))),
      m_copy(new Button(tr("Copy the address"))),
      m_usePasted(new Button(tr("Sign in with this code"), Button::Kind::Primary)), m_cancel(new Button(tr("Cancel"))),
      m_settings(new Button(tr("Settings"))), m_others(new QWidget),
      m_device(new Button(tr("Use a code on another device"), Button::Kind::Quiet)),
      m_paste(new Button(tr("Paste a code"), Button::Kind::Quiet))
{
    setObjectName(QStringLiteral("signInPage"));
    build();
    connectButtons();
    setState(SignIn::State::Starting, {}, {});
}

Button *SignInPage::addButton(QHBoxLayout *row, Button *button, const char *name, const QString &help)
{
    button->setObjectName(QLatin1String(name));
    button->setHelp(help);
    button->setAutoDefault(true); // Enter presses the one that has the keyboard, as in a dialog.
    row->addWidget(button);
    return button;
}

void SignInPage::build()
{
    m_title->setObjectName(QStringLiteral("signInTitle"));
    m_text->setObjectName(QStringLiteral("signInText"));
    m_text->setWordWrap(true);
    m_code->setObjectName(QStringLiteral("signInDeviceCode"));
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_message->setObjectName(QStringLiteral("signInMessage"));
    m_message->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    addButton(buttons, m_start, "signInButton", tr("Opens Zoho's consent page in your browser."))->setDefault(true);
    addButton(buttons, m_openPage, "signInOpenPage",
              tr("Opens Zoho's page for codes in the browser of this computer."));
    addButton(buttons, m_copyCode, "signInCopyCode", tr("Copy the code."))->setIconName(IconName::Copy);
    addButton(buttons, m_copy, "signInCopyAddress", tr("Copy the address of Zoho's page, for another browser."))
        ->setIconName(IconName::Copy);
    addButton(buttons, m_usePasted, "signInUsePasted", tr("Sign in with the pasted code."));
    addButton(buttons, m_cancel, "signInCancel", tr("Stop this sign-in."));
    addButton(buttons, m_settings, "signInSettings", tr("Data centre, client, network and phone."))
        ->setHelp(tr("Data centre, client, network and phone."), QKeySequence(Qt::CTRL | Qt::Key_Comma));
    buttons->addStretch(1);
    auto *others = new QHBoxLayout(m_others);
    others->setContentsMargins(0, 0, 0, 0);
    others->setSpacing(8);
    addButton(others, m_device, "signInDevice",
              tr("Zoho gives a code that you enter on any device: for computers to which no browser can come back."));
    addButton(others, m_paste, "signInPaste",
              tr("For administrators: a code made with a self client in Zoho's API console."));
    others->addStretch(1);
    buildPasting();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_title, m_text, m_code, m_pasting, m_message})
        body()->addWidget(widget);
    body()->addSpacing(4);
    body()->addLayout(buttons);
    body()->addWidget(m_others);
}

void SignInPage::buildPasting()
{
    m_pasted->setObjectName(QStringLiteral("signInPastedCode"));
    m_pasted->setEchoMode(QLineEdit::Password); // It is as good as a password while it lives.
    m_pasted->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    auto *layout = new QVBoxLayout(m_pasting);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(labelled(tr("Code from the API console"), m_pasted));
}

void SignInPage::connectButtons()
{
    connect(m_start, &Button::clicked, this, &SignInPage::startRequested);
    connect(m_settings, &Button::clicked, this, &SignInPage::settingsRequested);
    connect(m_device, &Button::clicked, this, &SignInPage::deviceCodeRequested);
    connect(m_openPage, &Button::clicked, this, &SignInPage::devicePageRequested);
    connect(m_paste, &Button::clicked, this, [this] { showPasting(true); });
    connect(m_usePasted, &Button::clicked, this, &SignInPage::usePastedCode);
    connect(m_pasted, &QLineEdit::returnPressed, this, &SignInPage::usePastedCode);
    connect(m_copy, &Button::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_url.toString(QUrl::FullyEncoded)); });
    connect(m_copyCode, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_deviceCode); });
    connect(m_cancel, &Button::clicked, this, [this] {
        if (m_pasting->isVisibleTo(this))
            showPasting(false);
        else
            Q_EMIT cancelRequested();
    });
}

void SignInPage::focusFirst()
{
    m_start->setFocus(Qt::OtherFocusReason);
}

void SignInPage::setDeviceCode(const QString &code, std::chrono::minutes life)
{
    m_deviceCode = code;
    m_codeLife = life;
}

void SignInPage::setState(SignIn::State state, const QString &message, const QUrl &authorizeUrl)
{
    using State = SignIn::State;
    const bool another = state != m_state;
    m_state = state;
    m_url = authorizeUrl;
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    const bool out = state == State::SignedOut || state == State::NeedsSetup;
    const bool waiting = state == State::WaitingForBrowser || state == State::WaitingForDevice;
    if (out && !another && m_pasting->isVisibleTo(this))
        return; // Somebody is pasting a code; the sentence shows, the field stays.
    m_pasted->clear();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_pasting, m_usePasted, m_code, m_openPage, m_copyCode})
        widget->hide();
    m_start->setVisible(out);
    m_settings->setVisible(out);
    m_others->setVisible(out);
    m_cancel->setVisible(waiting);
    m_copy->setVisible(waiting && authorizeUrl.isValid());
    if (out)
        return showSignedOut();
    if (state == State::WaitingForDevice)
        return showDevice();
    if (state == State::Starting) {
        m_title->setText(tr("Starting…"));
        m_text->setText(tr("Reading your sign-in from the system's keychain."));
    } else if (state == State::WaitingForBrowser) {
        m_title->setText(tr("Continue in your browser"));
        m_text->setText(
            tr("Zoho's page is open there. Accept, and this window goes on by itself. If no page came up, copy the "
               "address and open it in a browser on this computer."));
    } else {
        m_title->setText(tr("Signing in…"));
        m_text->setText(tr("Zoho has answered; your name and your organisation are being read."));
    }
}

void SignInPage::showSignedOut()
{
    m_title->setText(tr("Sign in to start your shift"));
    m_text->setText(
        tr("Your browser opens Zoho's page, where you allow Ringside to read customers and to log your calls. "
           "Notes that were not sent yet are safe and go out after you sign in."));
    m_start->setFocus(Qt::OtherFocusReason); // Within this window; no other one loses the keyboard by it.
}

void SignInPage::showDevice()
{
    m_title->setText(tr("Enter this code at Zoho"));
    if (m_deviceCode.isEmpty()) {
        m_text->setText(tr("Zoho is being asked for a code."));
        return;
    }
    const auto minutes = static_cast<int>(std::max<qint64>(1, m_codeLife.count()));
    m_text->setText(
        tr("Open %1 on any device, enter the code and accept. The code is good for %n minutes; this window goes on by "
           "itself, up to a minute after you have accepted.",
           nullptr, minutes)
            .arg(m_url.toString(QUrl::RemoveQuery | QUrl::RemoveFragment)));
    m_code->setText(m_deviceCode);
    m_code->setAccessibleName(tr("Code to enter at Zoho: %1").arg(m_deviceCode));
    const bool fresh = !m_code->isVisibleTo(this);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_code, m_openPage, m_copyCode})
        widget->show();
    if (fresh)
        m_openPage->setFocus(Qt::OtherFocusReason);
}

void SignInPage::showPasting(bool pasting)
{
    m_pasted->clear();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_pasting, m_usePasted, m_cancel})
        widget->setVisible(pasting);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_start, m_settings, m_others})
        widget->setVisible(!pasting);
    if (!pasting)
        return showSignedOut();
    m_title->setText(tr("Sign in with a pasted code"));
    m_text->setText(
        tr("In Zoho's API console, make a self client, choose its scopes and a short life, and press Create. Paste the "
           "code here at once; it is good for a few minutes, and only once."));
    m_pasted->setFocus(Qt::OtherFocusReason);
}

void SignInPage::usePastedCode()
{
    const QString code = m_pasted->text();
    m_pasted->clear();
    Q_EMIT codePasted(code);
}

} // namespace ringside
