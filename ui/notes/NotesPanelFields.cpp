// SPDX-License-Identifier: Apache-2.0
// The fields of the notes panel: what is typed into them, and what of it was refused.
#include "NotesPanel.h"

#include "Button.h"
#include "CallFieldRows.h"
#include "CardNotice.h"
#include "ChoiceBox.h"
#include "MarkedField.h"
#include "NotesEdit.h"
#include "SettleFilter.h"

#include <QLineEdit>

namespace ringside {

void NotesPanel::connectFields()
{
    connect(m_notes, &NotesEdit::edited, this, &NotesPanel::sendNotes);
    connect(m_notes, &NotesEdit::masked, this, &NotesPanel::showCardNotice);
    connect(m_subject, &QLineEdit::textEdited, this, &NotesPanel::subjectEditedTo);
    connect(m_notes, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_filling)
            unmark(QStringLiteral("Description"));
    });
    connect(m_result, &ChoiceBox::chosen, this, [this](const QString &value) {
        unmark(QStringLiteral("Call_Result"));
        Q_EMIT resultChosen(m_key, value);
    });
    connect(m_purpose, &ChoiceBox::chosen, this, [this](const QString &value) {
        unmark(QStringLiteral("Call_Purpose"));
        Q_EMIT purposeChosen(m_key, value);
    });
    connect(m_extra, &CallFieldRows::recordsWanted, this, &NotesPanel::recordsWanted);
    connect(m_extra, &CallFieldRows::edited, this, [this](const QString &field, const QString &value) {
        if (m_editable)
            Q_EMIT extraFieldEdited(m_key, field, value);
        waitForPause();
    });
    connect(m_extra, &CallFieldRows::masked, this, &NotesPanel::showCardNotice);
    connect(m_cardNotice, &CardNotice::putBackRequested, this, &NotesPanel::putBack);
    connect(m_settle, &SettleFilter::settleWanted, this, &NotesPanel::settleFields);
    connect(m_extra, &CallFieldRows::settleWanted, this, &NotesPanel::settleFields);
    m_subject->installEventFilter(m_settle);
    m_notes->installEventFilter(m_settle);
    m_notes->viewport()->installEventFilter(m_settle);
    connect(m_earlier, &Button::clicked, this, &NotesPanel::earlierRequested);
    connect(m_log, &Button::clicked, this, &NotesPanel::requestLog);
    connect(m_edit, &Button::clicked, this, &NotesPanel::requestEdit);
    connect(m_discard, &Button::clicked, this, &NotesPanel::requestDiscard);
}

void NotesPanel::markRefused()
{
    for (auto it = m_marked.cbegin(); it != m_marked.cend(); ++it) {
        QStringList sentences;
        for (const FieldError &one : std::as_const(m_refused)) {
            if (one.field == it.key() && !sentences.contains(one.message))
                sentences.append(one.message);
        }
        it.value()->setProblem(sentences.join(QLatin1Char(' ')));
    }
    m_extra->setProblems(m_refused);
}

void NotesPanel::unmark(const QString &field)
{
    m_marked.value(field)->setProblem({});
}

void NotesPanel::setFieldsEditable(bool editable)
{
    if (m_editable == editable && m_notes->isReadOnly() == !editable)
        return;
    if (!editable)
        settle();
    m_editable = editable;
    m_notes->setReadOnly(!editable);
    m_subject->setReadOnly(!editable);
    m_result->setEnabled(editable);
    m_purpose->setEnabled(editable);
    m_extra->setEditable(editable);
    m_log->setEnabled(editable);
}

void NotesPanel::askFor(const QString &field)
{
    requestEdit();
    if (field == QLatin1String("Call_Result"))
        m_result->setFocus(Qt::OtherFocusReason);
    else if (field == QLatin1String("Call_Purpose"))
        m_purpose->setFocus(Qt::OtherFocusReason);
    else
        m_extra->focusField(field);
}

} // namespace ringside
