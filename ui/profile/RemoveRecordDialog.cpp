// SPDX-License-Identifier: Apache-2.0
#include "RemoveRecordDialog.h"

#include "Bidi.h"
#include "Button.h"
#include "Label.h"

#include <QHBoxLayout>
#include <QCloseEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ringside {

namespace {

constexpr int comfortable = 440;

Label *textLabel(const char *name, Tone tone = Tone::Ink)
{
    auto *label = new Label(TextSize::Body, weight::normal, tone);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    return label;
}

} // namespace

RemoveRecordDialog::RemoveRecordDialog(std::unique_ptr<RecordRemoval> removal, QWidget *parent)
    : QDialog(parent), m_removal(std::move(removal)), m_question(textLabel("removeQuestion")),
      m_hint(textLabel("removeHint", Tone::Mute)), m_name(new QLineEdit), m_problem(textLabel("removeProblem")),
      m_inactive(new Button(tr("Mark as inactive"), Button::Kind::Primary)), m_delete(new Button(tr("Delete"))),
      m_cancel(new Button(tr("Cancel")))
{
    setObjectName(QStringLiteral("removeRecordDialog"));
    setWindowTitle(tr("Take out of use"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(false);
    m_name->setObjectName(QStringLiteral("removeName"));
    m_name->setAccessibleName(tr("Name of the record"));
    m_inactive->setObjectName(QStringLiteral("removeInactive"));
    m_inactive->setHelp(tr("Mark the record in Zoho CRM and keep it."));
    m_delete->setObjectName(QStringLiteral("removeDelete"));
    m_delete->setHelp(tr("Delete the record in Zoho CRM, once its name is typed."));
    m_cancel->setObjectName(QStringLiteral("removeCancel"));
    m_cancel->setHelp(tr("Change nothing."), QKeySequence(Qt::Key_Escape));
    for (Button *button : {m_inactive, m_delete, m_cancel}) // Enter in the field must not press one of them.
        button->setAutoDefault(false);
    build();
    connect(m_removal.get(), &RecordRemoval::changed, this, &RemoveRecordDialog::refresh);
    connect(m_name, &QLineEdit::textChanged, this, &RemoveRecordDialog::refresh);
    connect(m_inactive, &Button::clicked, this, [this] { m_removal->markInactive(); });
    connect(m_delete, &Button::clicked, this, [this] { m_removal->remove(m_name->text()); });
    connect(m_cancel, &Button::clicked, this, &QDialog::close);
    refresh();
}

RemoveRecordDialog::~RemoveRecordDialog() = default;

void RemoveRecordDialog::build()
{
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_inactive);
    buttons->addWidget(m_delete);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_question);
    layout->addWidget(m_hint);
    layout->addWidget(m_name);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    setMinimumWidth(comfortable);
}

// What is on its way to the CRM is waited for, and told; it could not be called back.
void RemoveRecordDialog::reject()
{
    if (m_removal->state() != RecordRemoval::State::Working)
        QDialog::reject();
}

void RemoveRecordDialog::closeEvent(QCloseEvent *event)
{
    if (m_removal->state() == RecordRemoval::State::Working)
        event->ignore();
    else
        QDialog::closeEvent(event);
}

void RemoveRecordDialog::refresh()
{
    using State = RecordRemoval::State;
    const State state = m_removal->state();
    if (state == State::MarkedInactive || state == State::Deleted) {
        Q_EMIT ended(state);
        close();
        return;
    }
    const bool asking = state == State::Asking;
    const QString why = m_removal->whyNotDelete();
    m_question->setText(m_removal->question());
    m_hint->setText(why.isEmpty() ? tr("To delete it, type its name: %1").arg(isolatedText(m_removal->name())) : why);
    m_name->setVisible(why.isEmpty());
    m_delete->setVisible(why.isEmpty());
    m_inactive->setVisible(m_removal->canMarkInactive());
    m_name->setEnabled(asking);
    m_inactive->setEnabled(asking);
    m_cancel->setEnabled(asking);
    m_delete->setEnabled(asking && m_removal->confirms(m_name->text()));
    m_problem->setText(asking ? m_removal->problem() : tr("On its way to Zoho CRM…"));
    m_problem->setVisible(!m_problem->text().isEmpty());
}

} // namespace ringside
