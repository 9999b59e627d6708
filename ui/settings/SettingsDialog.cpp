// SPDX-License-Identifier: Apache-2.0
#include "SettingsDialog.h"

#include "Button.h"
#include "FlowScrollArea.h"
#include "SettingsForm.h"
#include "Surface.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ringside {

SettingsDialog::SettingsDialog(Settings &settings, QWidget *parent)
    : QDialog(parent), m_form(new SettingsForm(settings, SettingsForm::Extent::All, QStringLiteral("settings")))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setModal(false);
    resize(520, 640);
    auto *ground = new Surface(Surface::Kind::Panel);
    auto *groundLayout = new QVBoxLayout(ground);
    groundLayout->setContentsMargins(20, 16, 20, 16);
    groundLayout->addWidget(m_form);
    groundLayout->addStretch(1);
    auto *foot = new Surface(Surface::Kind::Panel);
    foot->setLines(Qt::TopEdge);
    auto *cancel = new Button(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("settingsCancel"));
    cancel->setHelp(tr("Close without saving."), QKeySequence(Qt::Key_Escape));
    auto *keep = new Button(tr("Save"), Button::Kind::Primary);
    keep->setObjectName(QStringLiteral("settingsSave"));
    keep->setDefault(true);
    keep->setHelp(tr("Save and close."), QKeySequence(Qt::Key_Return));
    auto *buttons = new QHBoxLayout(foot);
    buttons->setContentsMargins(20, 11, 20, 10);
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(keep);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new FlowScrollArea(ground), 1);
    layout->addWidget(foot);
    connect(cancel, &Button::clicked, this, &QDialog::reject);
    connect(keep, &Button::clicked, this, &SettingsDialog::save);
    connect(m_form, &SettingsForm::clientSecretEntered, this, &SettingsDialog::clientSecretEntered);
    connect(this, &QDialog::rejected, m_form, &SettingsForm::reload);
}

void SettingsDialog::save()
{
    if (!m_form->apply())
        return;
    Q_EMIT saved();
    accept();
}

} // namespace ringside
