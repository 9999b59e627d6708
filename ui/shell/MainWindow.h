// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditState.h"
#include "ProblemBar.h"
#include "SettingsTable.h"
#include "WindowState.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace ringside {

class AgentSession;
class Clock;
class Console;
class CurrentCall;
class CustomerSearch;
class NotesController;
class ProfileController;
class Settings;
class SettingsDialog;
class SignIn;
class SignInController;

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
    /// The store is a temporary one: what is not in the CRM is lost at the end.
    void setForThisRunOnly();
    /// Whether requests reach the CRM.
    void setOnline(bool online);
    /// The company's API credits: in the top bar, and in the status line once the CRM takes no more.
    void setCredits(const CreditState &state);

    /// Where notes are typed and logged, in global coordinates; empty when it is not to be seen. Toasts keep off it.
    QRect notesColumn() const;
    Console *console() const { return m_console; }

public Q_SLOTS:
    void openLookup();
    void openSettings();
    void openKeyMap();
    /// As TopBar::setAccounts().
    void setAccounts(const std::optional<QList<QPair<QString, QString>>> &others);
    /// Goes on at once, or, where opening another account would lose what is kept for this run only, when the agent has said so;
    /// once said, it is not asked again.
    void beforeAnotherAccount(const std::function<void()> &goOn);

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
    void showPhone();
    void showOutbox();
    void showConnections();
    QStringList titlesOfUnkept() const;
    QString lostByClosing() const;
    void tick();
    void refreshTimer();
    bool phoneIsAway() const;

    AgentSession &m_session;
    SignIn &m_signIn;
    CustomerSearch &m_search;
    Settings &m_settings;
    const Clock &m_clock;
    WindowState m_state;
    CreditState m_credits;
    Console *m_console;
    CurrentCall *m_current;
    NotesController *m_notes;
    ProfileController *m_profile;
    SignInController *m_signInPages;
    QPointer<SettingsDialog> m_settingsDialog;
    QTimer m_second; ///< Runs only while something on the window counts.
    bool m_forThisRunOnly = false;
    bool m_closeAnyway = false; ///< The agent knows what is lost.
};

} // namespace ringside
