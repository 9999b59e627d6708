// SPDX-License-Identifier: Apache-2.0
#include "NotesPanel.h"

#include "Button.h"
#include "CallBar.h"
#include "CallFieldRows.h"
#include "CallNotes.h"
#include "CardNotice.h"
#include "ChoiceBox.h"
#include "Label.h"
#include "MarkedField.h"
#include "NotesEdit.h"
#include "SettleFilter.h"
#include "VersionsCard.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QInputMethod>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ringside {

NotesPanel::NotesPanel(QWidget *parent, std::unique_ptr<Alarm> pause)
    : Surface(Kind::Panel, parent), m_callBar(new CallBar), m_form(new QWidget),
      m_empty(new Label(TextSize::Body, weight::normal, Tone::Mute)), m_subject(new QLineEdit), m_notes(new NotesEdit),
      m_result(new ChoiceBox), m_purpose(new ChoiceBox), m_extra(new CallFieldRows(m_purpose)),
      m_cardNotice(new CardNotice), m_problemBar(new Surface(Kind::Bar)),
      m_problem(new Label(TextSize::Small, weight::normal, Tone::Bad)), m_versions(new VersionsCard),
      m_earlier(new Button(QString(), Button::Kind::Quiet)), m_saved(new Label(TextSize::Small, weight::normal, Tone::Mute)),
      m_log(new Button(tr("Log call"), Button::Kind::Primary)), m_edit(new Button(tr("Edit"))),
      m_discard(new Button(tr("Discard"), Button::Kind::Quiet)), m_settle(new SettleFilter(this)),
      m_pause(std::move(pause)), m_callNotes(std::make_shared<CallNotes>()), m_now(QDateTime::currentDateTimeUtc())
{
    setObjectName(QStringLiteral("notesPanel"));
    setMinimumWidth(280);
    build();
    connectFields();
    unbind();
}

// What goes loses the keyboard, and would tell of it.
NotesPanel::~NotesPanel()
{
    m_settle->disconnect(this);
    m_extra->disconnect(this);
    m_notes->disconnect(this);
}

void NotesPanel::build()
{
    m_subject->setObjectName(QStringLiteral("subjectEdit"));
    m_subject->setToolTip(tr("What the call is about; a line is made if you leave it."));
    m_notes->setToolTip(
        tr("Notes (%1). They are kept as you type.").arg(QKeySequence(Qt::Key_F4).toString(QKeySequence::NativeText)));
    m_result->setObjectName(QStringLiteral("resultBox"));
    m_purpose->setObjectName(QStringLiteral("purposeBox"));
    m_problem->setObjectName(QStringLiteral("notesProblem"));
    m_problem->setWordWrap(true);
    m_problemBar->setTone(Tone::Bad);
    m_earlier->setObjectName(QStringLiteral("earlierButton"));
    m_earlier->setIconName(IconName::History);
    m_earlier->setFixedSize(scaledToText(26), scaledToText(20));
    m_earlier->setAccessibleName(tr("Earlier versions"));
    m_earlier->setHelp(tr("See earlier versions of the notes, and bring one back."),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H));
    m_saved->setObjectName(QStringLiteral("saveState"));
    m_log->setObjectName(QStringLiteral("logCallButton"));
    m_edit->setObjectName(QStringLiteral("editCallButton"));
    m_edit->setHint(QKeySequence(Qt::Key_F2).toString(QKeySequence::NativeText));
    m_edit->setHelp(tr("Change what was logged; the same record in Zoho CRM is changed."), QKeySequence(Qt::Key_F2));
    m_discard->setObjectName(QStringLiteral("discardChangesButton"));
    m_empty->setObjectName(QStringLiteral("notesEmpty"));
    m_empty->setText(tr("Choose a call to see its notes. When the phone rings, they open here."));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeading);

    auto *problem = new QHBoxLayout(m_problemBar);
    problem->setContentsMargins(10, 7, 10, 7);
    problem->addWidget(m_problem);
    auto *subject = new MarkedField(tr("Subject"), m_subject);
    auto *notes = new MarkedField(tr("Notes"), m_notes, m_earlier);
    auto *result = new MarkedField(tr("Result"), m_result);
    auto *purpose = new MarkedField(tr("Purpose"), m_purpose);
    m_marked = {{QStringLiteral("Subject"), subject},
                {QStringLiteral("Description"), notes},
                {QStringLiteral("Call_Result"), result},
                {QStringLiteral("Call_Purpose"), purpose}};
    auto *choices = new QHBoxLayout;
    choices->setSpacing(10);
    choices->addWidget(result, 1, Qt::AlignTop);
    choices->addWidget(purpose, 1, Qt::AlignTop);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(10);
    bottom->addWidget(m_saved, 1);
    bottom->addWidget(m_discard);
    bottom->addWidget(m_edit);
    bottom->addWidget(m_log);
    auto *form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(12);
    form->addWidget(subject);
    form->addWidget(notes, 1);
    form->addWidget(m_cardNotice);
    form->addWidget(m_problemBar);
    form->addWidget(m_versions);
    form->addLayout(choices);
    form->addWidget(m_extra);
    form->addLayout(bottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(17, 14, 16, 14);
    layout->setSpacing(12);
    layout->addWidget(m_callBar);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_form, 1);
    setTabOrder(m_log, m_earlier); // Nothing comes between the subject and the notes.
}

void NotesPanel::bind(const CallEntry &call)
{
    if (m_key != call.key) {
        settle(); // What is being typed belongs to the call before.
        const QScopedValueRollback<bool> filling(m_filling, true);
        m_key = call.key;
        m_editing = false;
        setProblem({});
        setVersions({});
        m_callNotes = notesOf(call.key);
        m_notes->setCall(m_callNotes);
        m_extra->setGuard(&m_callNotes->guard);
        setFields({});
        setSaveState(WrapUp::SaveState::Saved, {});
    }
    m_callBar->show();
    m_form->show();
    m_empty->hide();
    setCall(call);
}

void NotesPanel::unbind()
{
    settle();
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_key.clear();
    m_editing = false;
    setFieldsEditable(false);
    m_callNotes = std::make_shared<CallNotes>();
    m_notes->setCall(m_callNotes);
    m_extra->setGuard(&m_callNotes->guard);
    setFields({});
    showCardNotice();
    m_callBar->hide();
    m_form->hide();
    m_empty->show();
}

void NotesPanel::setCall(const CallEntry &call)
{
    if (call.key != m_key)
        return;
    m_call = call;
    m_callBar->setCall(call, m_monotonic, m_now);
    const bool sent = call.logState == LogState::Queued || call.logState == LogState::Logged;
    setFieldsEditable(!sent || m_editing);
    if (call.logState == LogState::Logged && !m_editing)
        guard().forget(); // It is in the CRM as it is.
    showCardNotice();
    refreshButtons();
    if (call.logState == LogState::Rejected && !call.logMessage.isEmpty())
        setProblem(call.logMessage);
    const QList<FieldError> refused = call.logState == LogState::Rejected ? call.refused : QList<FieldError>();
    if (std::exchange(m_refused, refused) != refused) // Not again what the agent has corrected since.
        markRefused();
    refreshSaved();
}

void NotesPanel::setNow(std::chrono::milliseconds monotonic, const QDateTime &now)
{
    m_monotonic = monotonic;
    m_now = now;
    if (!m_key.isEmpty())
        m_callBar->setCall(m_call, monotonic, now);
}

void NotesPanel::setWaiting(int others)
{
    m_callBar->setWaiting(others);
}

void NotesPanel::setDraft(const NoteDraft &draft)
{
    guard().accept(draft.notes);
    guard().accept(draft.subject);
    for (const QString &value : draft.values)
        guard().accept(value);
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_notes->load(draft.notes, draft.cursor);
    setFields(draft);
}

void NotesPanel::setFields(const NoteDraft &draft)
{
    setSubject(draft.subject);
    m_result->setValue(draft.result);
    m_purpose->setValue(draft.purpose);
    m_extra->setValues(draft.values);
}

void NotesPanel::setSubject(const QString &subject)
{
    if (m_subjectKept == subject)
        return;
    m_subjectShown = m_subjectKept = subject;
    m_subject->setText(subject);
    m_subject->setCursorPosition(0);
}

void NotesPanel::setChoices(const QStringList &results, const QStringList &purposes)
{
    m_result->setChoices(results);
    m_purpose->setChoices(purposes);
}

void NotesPanel::setExtraFields(const QList<NewPersonField> &fields)
{
    m_extra->setFields(fields);
}

void NotesPanel::setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                                 const QString &message)
{
    m_extra->setFoundRecords(module, text, found, message);
}

void NotesPanel::setSaveState(WrapUp::SaveState state, const QString &message)
{
    const bool failed = state == WrapUp::SaveState::NotSaved;
    const bool failedBefore = m_saveState == WrapUp::SaveState::NotSaved;
    m_saveState = state;
    m_saved->setTone(failed ? Tone::Bad : Tone::Mute);
    m_saved->setToolTip(failed ? QStringLiteral("<span>%1</span>").arg(message.toHtmlEscaped()) : QString());
    refreshSaved();
    if (failed)
        setProblem(message);
    else if (failedBefore)
        setProblem({});
}

// What the phone tells of the call meanwhile does not make the notes kept.
void NotesPanel::refreshSaved()
{
    if (m_saveState == WrapUp::SaveState::NotSaved)
        m_saved->setText(tr("Not kept"));
    else if (m_saveState == WrapUp::SaveState::Saving)
        m_saved->setText(tr("Saving…"));
    else if (m_call.logState == LogState::Queued)
        m_saved->setText(tr("Waiting to be sent"));
    else if (m_call.logState == LogState::Logged)
        m_saved->setText(tr("Logged in Zoho CRM"));
    else
        m_saved->setText(tr("Draft kept"));
}

void NotesPanel::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problemBar->setVisible(!sentence.isEmpty());
}

void NotesPanel::setVersions(const QList<FieldVersions> &versions)
{
    m_versions->setVersions(versions);
    refreshButtons();
}

void NotesPanel::refreshButtons()
{
    const bool choosing = !m_versions->versions().isEmpty();
    const bool logged = !m_call.crmCallId.isEmpty();
    const bool changing = logged || m_editing;
    m_log->setText(choosing ? tr("Save mine") : changing ? tr("Save changes") : tr("Log call"));
    m_discard->setText(choosing ? tr("Take theirs") : tr("Discard"));
    m_discard->setHelp(choosing ? tr("Give up your change and show what Zoho CRM has.") : tr("Put back what was logged."),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    m_log->setHint(changing ? QString() : tr("Ctrl ⏎", "the keys Ctrl and Return")); // Discard needs the room.
    m_log->setHelp(changing ? tr("Send what you changed to Zoho CRM.") : tr("Send this call to Zoho CRM."),
                   QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_log->setVisible(m_editable);
    m_edit->setVisible(!m_editable);
    m_discard->setVisible(m_editable && logged);
}

void NotesPanel::requestLog()
{
    if (m_key.isEmpty() || !m_editable)
        return;
    settle();
    m_editing = false;
    if (m_call.logState == LogState::Logged) // opened, and nothing changed
        endEditing();
    else
        Q_EMIT logRequested(m_key);
}

void NotesPanel::requestEdit()
{
    if (m_key.isEmpty() || m_editable)
        return;
    m_editing = true;
    setCall(m_call);
    focusNotes();
}

void NotesPanel::requestDiscard()
{
    if (m_key.isEmpty() || !m_editable || m_call.crmCallId.isEmpty())
        return;
    settle();
    m_editing = false;
    if (m_call.logState == LogState::Logged)
        endEditing();
    else
        Q_EMIT discardRequested(m_key);
}

void NotesPanel::endEditing()
{
    m_editing = false;
    setCall(m_call);
    if (holdsFocus())
        m_edit->setFocus(Qt::OtherFocusReason);
}

void NotesPanel::bringBack(const QString &notes)
{
    if (m_key.isEmpty())
        return;
    requestEdit();
    settle();
    m_notes->replaceAll(notes);
    focusNotes();
}

void NotesPanel::focusNotes()
{
    if (!m_key.isEmpty())
        m_notes->setFocus(Qt::ShortcutFocusReason);
}

bool NotesPanel::holdsFocus() const
{
    const QWidget *focused = window()->focusWidget();
    return focused && isAncestorOf(focused);
}

} // namespace ringside
