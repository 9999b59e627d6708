// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>

namespace ringside {

class AgentSession;
class Clock;
class CurrentCall;
class EarlierNotesDialog;
class NotesPanel;
class WrapUp;

/// Connects the notes panel with the wrap-up of the current call. What is typed goes to the call that the panel names, never
/// to "the current one".
class NotesController final : public QObject
{
    Q_OBJECT

public:
    NotesController(AgentSession &session, CurrentCall &current, NotesPanel &panel, const Clock &clock,
                    QObject *parent = nullptr);

    /// Ctrl+Enter: logs the current call, or saves what was changed of it.
    void logCurrent();
    /// Opens the fields of a call that was logged; gives up what was changed there.
    void editCurrent();
    void discardCurrent();
    /// The earlier versions of the current call's notes, in a dialog that goes with the call.
    void showEarlier();
    /// Puts the keyboard into the notes once the current draft was read, if it has notes (at a restart).
    void resumeTyping();
    /// Whether keys may be going into a draft.
    bool keyboardBusy() const;
    void callChanged(const QString &key);
    /// True when the sentence was shown here.
    bool showProblem(const QString &key, const QString &sentence);

Q_SIGNALS:
    /// The fields were closed under the keyboard: it needs another place.
    void keyboardReleased();

private:
    void connectPanel();
    void bind(const QString &key);
    void showSuggestedSubject();
    void showDraft();
    void showSaveState();
    void showVersions();
    void countWaiting();

    AgentSession &m_session;
    CurrentCall &m_current;
    NotesPanel &m_panel;
    const Clock &m_clock;
    WrapUp *m_wrapUp = nullptr; ///< Of the bound call; the session's.
    QPointer<EarlierNotesDialog> m_earlier; ///< Deletes itself when it is closed.
    bool m_resume = false;
};

} // namespace ringside
