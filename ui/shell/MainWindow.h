// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProblemBar.h"
#include "SettingsTable.h"
#include "WindowState.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>

namespace ringside {

class AgentSession;
class Clock;
class Console;
class CurrentCall;
class CustomerSearch;
class DayDialog;
class DayStatement;
class LossQuestion;
class NotesController;
class ProfileController;
class Settings;
class SettingsDialog;
class SignIn;
class SignInController;
class StatusController;

/// The window: the console, connected with the session, the sign-in and the search. Owns none of its arguments; all
/// must outlive it. A call that comes in never moves the keyboard focus and never raises the window.
///
/// Where it stood is kept in window.ini beside the settings file. What needs re-wiring after a change of settings (the
/// phone for instance) is told by Settings::changed.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(AgentSession &session, SignIn &signIn, CustomerSearch &search, Settings &settings, const Clock &clock,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// A sentence in a quiet bar that the agent can dismiss. Never a box. An empty one takes back what was said about
    /// it.
    void showProblem(const QString &sentence, ProblemBar::About about = ProblemBar::About::Program);
    /// Brings this call to the desk and the window to the front: the agent asked for it.
    void showCall(const QString &key);
    /// Whether requests reach the CRM.
    void setOnline(bool online);
    LossQuestion &lossQuestion() const { return *m_loss; } ///< Of this window.
    StatusController &status() const { return *m_status; } ///< Of this window.

    /// From now on the day's statement can be opened. Must outlive the window.
    void setDayStatement(DayStatement &statement);

    /// Where notes are typed and logged, in global coordinates; empty when it is not to be seen. Toasts keep off it.
    QRect notesColumn() const;
    Console *console() const { return m_console; }

public Q_SLOTS:
    void openLookup();
    void openSettings();
    void openKeyMap();
    void openDay();
    /// As TopBar::setAccounts().
    void setAccounts(const std::optional<QList<QPair<QString, QString>>> &others);

Q_SIGNALS:
    /// The agent confirmed; SignIn::signOut() was called already. What is kept on this computer is to be removed.
    void signedOutByAgent();
    void accountChosen(const QString &key);
    void anotherAccountRequested();
    void proxyPasswordEntered(const QString &password);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectSession();
    void connectSettings();
    void connectLookup();
    void addActions();
    QAction *addKey(const QString &name, const QString &what, const QKeySequence &keys, std::function<void()> action,
                    Qt::ShortcutContext context = Qt::WindowShortcut);
    void sessionReset();
    void callAdded(const QString &key);
    void callChanged(const QString &key);

    AgentSession &m_session;
    SignIn &m_signIn;
    CustomerSearch &m_search;
    Settings &m_settings;
    WindowState m_state;
    Console *m_console;
    CurrentCall *m_current;
    NotesController *m_notes;
    ProfileController *m_profile;
    SignInController *m_signInPages;
    StatusController *m_status;
    LossQuestion *m_loss;
    QPointer<SettingsDialog> m_settingsDialog;
    DayStatement *m_day = nullptr;
    QPointer<DayDialog> m_dayDialog;
};

} // namespace ringside
