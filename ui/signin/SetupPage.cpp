// SPDX-License-Identifier: Apache-2.0
#include "SetupPage.h"

#include "Button.h"
#include "Label.h"
#include "SettingsForm.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ringside {

SetupPage::SetupPage(Settings &settings, QWidget *parent)
    : CentredPage(560, parent), m_message(new Label(TextSize::Body, weight::normal, Tone::Warn)),
      m_form(new SettingsForm(settings, SettingsForm::Extent::Setup, QStringLiteral("setup")))
{
    setObjectName(QStringLiteral("setupPage"));
    auto *title = new Label(TextSize::Name, weight::strong);
    title->setText(tr("Set up Ringside"));
    auto *text = new Label(TextSize::Body, weight::normal, Tone::Mute);
    text->setText(tr("This is done once on each computer. Everything can be changed later in the settings."));
    text->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("setupMessage"));
    m_message->setWordWrap(true);
    auto *next = new Button(tr("Save and continue"), Button::Kind::Primary);
    next->setObjectName(QStringLiteral("setupContinue"));
    next->setHelp(tr("Save, and go on to signing in."));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(next);
    body()->addWidget(title);
    body()->addWidget(text);
    body()->addWidget(m_message);
    body()->addWidget(m_form);
    body()->addSpacing(4);
    body()->addLayout(buttons);
    setMessage({});
    connect(m_form, &SettingsForm::clientSecretEntered, this, &SetupPage::clientSecretEntered);
    connect(next, &Button::clicked, this, [this] {
        if (m_form->apply())
            Q_EMIT finished();
    });
}

void SetupPage::setMessage(const QString &message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
}

} // namespace ringside
