// SPDX-License-Identifier: Apache-2.0
#include "NotesController.h"

#include "AgentSession.h"
#include "Clock.h"
#include "CurrentCall.h"
#include "CustomerSearch.h"
#include "Disposition.h"
#include "EarlierNotesDialog.h"
#include "NotesPanel.h"
#include "WhenReady.h"
#include "WrapUp.h"

#include <algorithm>

namespace ringside {

NotesController::NotesController(AgentSession &session, CurrentCall &current, NotesPanel &panel, const Clock &clock, QObject *parent)
    : QObject(parent), m_session(session), m_current(current), m_panel(panel), m_clock(clock)
{
    connectPanel();
    connect(&current, &CurrentCall::changed, this, &NotesController::bind);
    Disposition &disposition = session.disposition();
    const auto fillChoices = [this, &disposition] {
        m_panel.setChoices(disposition.results(), disposition.purposes());
        m_panel.setExtraFields(disposition.extraFields());
    };
    connect(&disposition, &Disposition::changed, this, fillChoices);
    fillChoices();
    connect(&session, &AgentSession::fieldNeeded, this, [this](const QString &key, const QString &field) {
        if (key != m_panel.key())
            return;
        m_panel.setCall(*m_session.call(key));
        m_panel.askFor(field);
    });
}

void NotesController::connectPanel()
{
    connect(&m_panel, &NotesPanel::notesEdited, this, [this](const QString &key, const QString &text, int cursor) {
        m_session.wrapUp(key).setNotes(text, cursor);
    });
    connect(&m_panel, &NotesPanel::subjectEdited, this,
            [this](const QString &key, const QString &text) { m_session.wrapUp(key).setSubject(text); });
    connect(&m_panel, &NotesPanel::resultChosen, this,
            [this](const QString &key, const QString &value) { m_session.wrapUp(key).setResult(value); });
    connect(&m_panel, &NotesPanel::purposeChosen, this,
            [this](const QString &key, const QString &value) { m_session.wrapUp(key).setPurpose(value); });
    connect(&m_panel, &NotesPanel::extraFieldEdited, this,
            [this](const QString &key, const QString &field, const QString &value) {
                m_session.wrapUp(key).setValue(field, value);
            });
    CustomerSearch *records = &m_session.recordSearch();
    connect(&m_panel, &NotesPanel::recordsWanted, this,
            [records](const QString &module, const QString &text) { records->setText(text, module); });
    connect(records, &CustomerSearch::changed, this, [this, records] {
        m_panel.setFoundRecords(records->module(), records->text(), records->results(), records->message());
    });
    connect(&m_panel, &NotesPanel::earlierRequested, this, &NotesController::showEarlier);
    connect(&m_panel, &NotesPanel::logRequested, this, [this](const QString &key) {
        m_panel.setProblem({});
        m_session.log(key);
        if (const CallEntry *call = m_session.call(key))
            m_panel.setCall(*call); // Nothing of it may have changed but that the agent is done.
    });
    connect(&m_panel, &NotesPanel::discardRequested, this, [this](const QString &key) {
        m_panel.setProblem({});
        m_session.discardChanges(key);
    });
}

void NotesController::showEarlier()
{
    if (!m_wrapUp)
        return;
    if (!m_earlier) {
        m_panel.settle();
        m_earlier = new EarlierNotesDialog(m_panel.window());
        connect(m_earlier, &EarlierNotesDialog::bringBackRequested, &m_panel, &NotesPanel::bringBack);
        connect(m_wrapUp, &WrapUp::versionsRead, m_earlier,
                [this, dialog = m_earlier.data()](const QList<NoteVersion> &versions, const QString &problem) {
                    dialog->setVersions(versions, problem, m_clock.now());
                });
        m_wrapUp->readVersions();
    }
    m_earlier->show();
    m_earlier->raise();
    m_earlier->activateWindow();
}

void NotesController::bind(const QString &key)
{
    if (m_earlier)
        m_earlier->close();
    if (m_wrapUp)
        disconnect(m_wrapUp, nullptr, this, nullptr);
    m_wrapUp = nullptr;
    m_resume = false;
    const CallEntry *call = m_session.call(key);
    if (!call) {
        m_panel.unbind();
        return;
    }
    m_panel.setNow(m_clock.monotonic(), m_clock.now());
    m_panel.bind(*call);
    m_wrapUp = &m_session.wrapUp(key);
    connect(m_wrapUp, &WrapUp::draftLoaded, this, &NotesController::showDraft);
    connect(m_wrapUp, &WrapUp::saveStateChanged, this, &NotesController::showSaveState);
    connect(m_wrapUp, &WrapUp::edited, this, &NotesController::showSuggestedSubject);
    showDraft();
    showSaveState();
    showVersions();
    countWaiting();
}

void NotesController::showVersions()
{
    const QString key = m_panel.key();
    const CallEntry *call = m_session.call(key);
    if (!call || call->logState != LogState::Rejected || call->crmCallId.isEmpty())
        return m_panel.setVersions({});
    whenReady(this, m_session.versions(key), [this, key](const Result<QList<FieldVersions>> &versions) {
        const CallEntry *now = m_session.call(key);
        if (key == m_panel.key() && now && now->logState == LogState::Rejected && versions)
            m_panel.setVersions(versions.value());
    });
}

// The line that is made follows the person, until the agent writes one.
void NotesController::showSuggestedSubject()
{
    if (m_wrapUp && !m_wrapUp->draft().subjectEdited)
        m_panel.setSubject(m_wrapUp->draft().subject);
}

void NotesController::showDraft()
{
    // Before it was read, the draft holds what was typed since: never more than what the panel shows.
    m_panel.setDraft(m_wrapUp->draft());
    if (m_resume && m_wrapUp->loaded()) {
        m_resume = false;
        if (!m_wrapUp->draft().notes.isEmpty())
            m_panel.focusNotes();
    }
}

void NotesController::showSaveState()
{
    m_panel.setSaveState(m_wrapUp->saveState(), m_wrapUp->saveMessage());
}

void NotesController::resumeTyping()
{
    if (!m_wrapUp)
        return;
    m_resume = true;
    if (m_wrapUp->loaded())
        showDraft();
}

void NotesController::logCurrent()
{
    m_panel.requestLog();
}

void NotesController::editCurrent()
{
    m_panel.requestEdit();
}

void NotesController::discardCurrent()
{
    m_panel.requestDiscard();
}

bool NotesController::keyboardBusy() const
{
    if (!m_panel.holdsFocus())
        return false;
    const CallEntry *call = m_current.entry();
    const bool unfinished = m_wrapUp && m_wrapUp->dirtyByAgent() && call && (call->live() || call->toLog());
    return m_panel.window()->isActiveWindow() || unfinished;
}

void NotesController::callChanged(const QString &key)
{
    countWaiting();
    const CallEntry *call = m_session.call(key);
    if (!call || key != m_panel.key())
        return;
    const bool hadKeyboard = m_panel.editable() && m_panel.holdsFocus();
    m_panel.setCall(*call);
    showSuggestedSubject();
    showVersions();
    if (hadKeyboard && !m_panel.editable())
        Q_EMIT keyboardReleased();
}

void NotesController::countWaiting()
{
    const QList<CallEntry> &calls = m_session.calls();
    const auto waiting = std::count_if(calls.begin(), calls.end(), [this](const CallEntry &call) {
        return call.key != m_panel.key() && call.live() && call.state == CallState::Ringing;
    });
    m_panel.setWaiting(static_cast<int>(waiting));
}

bool NotesController::showProblem(const QString &key, const QString &sentence)
{
    if (key.isEmpty() || key != m_panel.key())
        return false;
    m_panel.setProblem(sentence);
    return true;
}

} // namespace ringside
