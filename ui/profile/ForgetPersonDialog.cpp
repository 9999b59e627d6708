// SPDX-License-Identifier: Apache-2.0
#include "ForgetPersonDialog.h"

#include "Bidi.h"
#include "Button.h"
#include "Label.h"
#include "WhenReady.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ringside {

namespace {

constexpr int comfortable = 440;

} // namespace

ForgetPersonDialog::ForgetPersonDialog(const QString &name, Forget forget, QWidget *parent)
    : QDialog(parent), m_name(isolatedText(name)), m_forget(std::move(forget)),
      m_text(new Label(TextSize::Body, weight::normal, Tone::Ink)), m_go(new Button(tr("Forget"))),
      m_close(new Button(tr("Cancel")))
{
    setObjectName(QStringLiteral("forgetPersonDialog"));
    setWindowTitle(tr("Forget on this computer"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(false);
    m_text->setObjectName(QStringLiteral("forgetText"));
    m_text->setWordWrap(true);
    m_text->setText(
        tr("Forget %1 on this computer? The entry for finding this person here goes, with numbers, choices and "
           "photo, and so do the calls that are done with, with their notes. Nothing changes in Zoho CRM. What is "
           "not in the CRM yet stays.")
            .arg(m_name));
    m_go->setObjectName(QStringLiteral("forgetGo"));
    m_close->setObjectName(QStringLiteral("forgetClose"));
    m_close->setHelp(tr("Close this."), QKeySequence(Qt::Key_Escape));
    m_go->setAutoDefault(false); // Enter must not press it by chance.
    connect(m_go, &Button::clicked, this, &ForgetPersonDialog::begin);
    connect(m_close, &Button::clicked, this, &QDialog::close);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_go);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    setMinimumWidth(comfortable);
    m_close->setFocus();
}

void ForgetPersonDialog::begin()
{
    m_go->setEnabled(false);
    whenReady(this, m_forget(), [this](const Result<AgentSession::ForgottenPerson> &result) { showResult(result); });
}

void ForgetPersonDialog::showResult(const Result<AgentSession::ForgottenPerson> &result)
{
    if (!result) {
        m_text->setText(result.error().message);
        m_go->setEnabled(true);
        return;
    }
    m_go->hide();
    m_close->setText(tr("Close"));
    const int kept = result.value().kept;
    if (kept == 0)
        m_text->setText(tr("%1 is forgotten on this computer.").arg(m_name));
    else if (kept == 1)
        m_text->setText(
            tr("%1 is forgotten on this computer but for one call, which goes on or is not in the CRM yet. Log it, or "
               "empty its notes, and forget again.")
                .arg(m_name));
    else
        m_text->setText(
            tr("%1 is forgotten on this computer but for %n calls, which go on or are not in the CRM yet. Log them, or "
               "empty their notes, and forget again.",
               nullptr, kept)
                .arg(m_name));
    Q_EMIT forgotten();
}

} // namespace ringside
