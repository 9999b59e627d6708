// SPDX-License-Identifier: Apache-2.0
#include "MainWindow.h"

#include "AgentSession.h"
#include "CallsView.h"
#include "Console.h"
#include "CurrentCall.h"
#include "CustomerSearch.h"
#include "DayDialog.h"
#include "Icons.h"
#include "KeyMapDialog.h"
#include "LookupPalette.h"
#include "LossQuestion.h"
#include "NotesController.h"
#include "NotesPanel.h"
#include "OutboxDispatcher.h"
#include "ProblemBar.h"
#include "ProfileController.h"
#include "ProfileView.h"
#include "Settings.h"
#include "SettingsDialog.h"
#include "SettingsForm.h"
#include "SetupPage.h"
#include "SignIn.h"
#include "SignInController.h"
#include "StatusController.h"
#include "TextFont.h"
#include "TopBar.h"

#include <QAction>
#include <QCloseEvent>
#include <QSplitter>

#include <algorithm>

namespace ringside {

MainWindow::MainWindow(AgentSession &session, SignIn &signIn, CustomerSearch &search, Settings &settings,
                       const Clock &clock, QWidget *parent)
    : QMainWindow(parent), m_session(session), m_signIn(signIn), m_search(search), m_settings(settings),
      m_state(WindowState::besides(settings.filePath())), m_console(new Console(settings)),
      m_current(new CurrentCall(session, this)),
      m_notes(new NotesController(session, *m_current, *m_console->notes(), clock, this)),
      m_profile(new ProfileController(session, *m_current, *m_console->profile(), settings, clock, this)),
      m_signInPages(new SignInController(signIn, session, *m_console, this)),
      m_status(new StatusController(session, signIn, *m_signInPages, *m_console, clock, this)),
      m_loss(new LossQuestion(session, *m_console->problemBar(), this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Ringside"));
    setWindowIcon(programIcon());
    setCentralWidget(m_console);
    setMinimumSize(scaledToText(720), 520);
    resize(1280, 800);
    m_state.restore(this, m_console->columns());
    connectSession();
    connectSettings();
    connectLookup();
    addActions();
    sessionReset();
}

MainWindow::~MainWindow()
{
    m_console->notes()->settle(); // while there is somebody to hear it
}

void MainWindow::connectSession()
{
    connect(&m_session, &AgentSession::reset, this, &MainWindow::sessionReset);
    connect(&m_session, &AgentSession::callAdded, this, &MainWindow::callAdded);
    connect(&m_session, &AgentSession::callChanged, this, &MainWindow::callChanged);
    connect(&m_session, &AgentSession::problem, this, [this](const QString &key, const QString &sentence) {
        if (!m_notes->showProblem(key, sentence))
            showProblem(sentence);
    });
    connect(&m_session, &AgentSession::modulesProblem, this,
            [this](const QString &sentence) { showProblem(sentence, ProblemBar::About::Modules); });
    connect(m_console->calls(), &CallsView::chosen, this, [this](const QString &key) {
        if (m_current->key() == key)
            m_profile->backToCall();
        m_current->choose(key);
    });
    connect(m_current, &CurrentCall::changed, m_console->calls(), &CallsView::setCurrent);
    connect(m_notes, &NotesController::keyboardReleased, m_console->calls(), &CallsView::focusList);
    connect(m_profile, &ProfileController::manualCallAdded, m_console->notes(), &NotesPanel::focusNotes);
    connect(m_profile, &ProfileController::keyboardReleased, m_console->notes(), &NotesPanel::focusNotes);
    connect(m_profile, &ProfileController::problem, this, [this](const QString &sentence) { showProblem(sentence); });
}

void MainWindow::connectSettings()
{
    connect(m_signInPages, &SignInController::settingsRequested, this, &MainWindow::openSettings);
    connect(m_signInPages, &SignInController::signedOutByAgent, this, &MainWindow::signedOutByAgent);
    connect(m_console->setup()->form(), &SettingsForm::proxyPasswordEntered, this, &MainWindow::proxyPasswordEntered);
    connect(m_console->topBar(), &TopBar::accountChosen, this, &MainWindow::accountChosen);
    connect(m_console->topBar(), &TopBar::anotherAccountRequested, this, &MainWindow::anotherAccountRequested);
    connect(m_console->topBar(), &TopBar::dayRequested, this, &MainWindow::openDay);
    connect(m_console->topBar(), &TopBar::settingsRequested, this, &MainWindow::openSettings);
    connect(m_console->topBar(), &TopBar::keyMapRequested, this, &MainWindow::openKeyMap);
}

void MainWindow::connectLookup()
{
    LookupPalette *lookup = m_console->lookup();
    connect(lookup, &LookupPalette::textChanged, &m_search, [this](const QString &text) { m_search.setText(text); });
    connect(&m_search, &CustomerSearch::changed, lookup, [this, lookup] {
        lookup->setResults(m_search.results(), m_search.busy(), m_search.message(), m_search.waitsToBeAsked());
    });
    connect(lookup, &LookupPalette::searchRequested, &m_search, &CustomerSearch::searchCrm);
    connect(lookup, &LookupPalette::chosen, m_profile, &ProfileController::showByHand);
    connect(m_console->topBar(), &TopBar::searchRequested, this, &MainWindow::openLookup);
    connect(m_console->profile(), &ProfileView::searchRequested, this, &MainWindow::openLookup);
}

QAction *MainWindow::addKey(const QString &name, const QString &what, const QKeySequence &keys,
                            std::function<void()> action, Qt::ShortcutContext context)
{
    auto *added = new QAction(what, this);
    added->setObjectName(name);
    added->setShortcut(keys);
    added->setShortcutContext(context);
    connect(added, &QAction::triggered, this, std::move(action));
    addAction(added);
    return added;
}

void MainWindow::addActions()
{
    CallsView *calls = m_console->calls();
    NotesPanel *notes = m_console->notes();
    addKey(QStringLiteral("actionNotes"), tr("Go to the notes of the call"), Qt::Key_F4,
           [notes] { notes->focusNotes(); });
    addKey(QStringLiteral("actionLog"), tr("Log the call, or save its changes"), Qt::CTRL | Qt::Key_Return,
           [this] { m_notes->logCurrent(); });
    addKey(QStringLiteral("actionEditLogged"), tr("Edit a call that was logged"), Qt::Key_F2,
           [this] { m_notes->editCurrent(); });
    addKey(QStringLiteral("actionDiscard"), tr("Discard what was changed of a logged call"),
           Qt::CTRL | Qt::SHIFT | Qt::Key_D, [this] { m_notes->discardCurrent(); });
    addKey(QStringLiteral("actionPutBack"), tr("Put back what was masked as a card number"), Qt::Key_F6,
           [notes] { notes->putBack(); });
    addKey(QStringLiteral("actionEarlier"), tr("Earlier versions of the notes"), Qt::CTRL | Qt::SHIFT | Qt::Key_H,
           [this] { m_notes->showEarlier(); });
    addKey(QStringLiteral("actionLogKeypad"), {}, Qt::CTRL | Qt::Key_Enter, [this] { m_notes->logCurrent(); });
    addKey(
        QStringLiteral("actionLookup"), tr("Find a customer"), Qt::CTRL | Qt::Key_K, [this] { openLookup(); },
        Qt::ApplicationShortcut);
    addKey(QStringLiteral("actionCalls"), tr("Go to the calls"), Qt::ALT | Qt::Key_1, [calls] { calls->focusList(); });
    addKey(QStringLiteral("actionProfile"), tr("Go to the profile"), Qt::ALT | Qt::Key_2,
           [this] { m_console->profile()->focusParts(); });
    addKey(QStringLiteral("actionNotesColumn"), tr("Go to the notes"), Qt::ALT | Qt::Key_3,
           [notes] { notes->focusNotes(); });
    addKey(QStringLiteral("actionNotThis"), tr("Not this person"), Qt::Key_F8, [this] { m_profile->notThisPerson(); });
    addKey(QStringLiteral("actionAttach"), tr("This is the caller (of a person found by hand)"), Qt::Key_F9,
           [this] { m_profile->attach(); });
    addKey(QStringLiteral("actionNewLead"), tr("New lead for the caller"), Qt::CTRL | Qt::SHIFT | Qt::Key_L,
           [this] { m_profile->newPerson(QStringLiteral("Leads")); });
    addKey(QStringLiteral("actionNewContact"), tr("New contact for the caller"), Qt::CTRL | Qt::SHIFT | Qt::Key_N,
           [this] { m_profile->newPerson(QStringLiteral("Contacts")); });
    addKey(QStringLiteral("actionManualCall"), tr("Log a call with the person found by hand"), Qt::CTRL | Qt::Key_L,
           [this] { m_profile->logManualCall(); });
    addKey(QStringLiteral("actionBack"), tr("Back to the call"), Qt::ALT | Qt::Key_Left,
           [this] { m_profile->backToCall(); });
    addKey(QStringLiteral("actionOpenInCrm"), tr("Open the record in the browser"), Qt::CTRL | Qt::Key_O,
           [this] { m_profile->openInCrm(); });
    addKey(QStringLiteral("actionConvert"), tr("Convert the lead that is shown"), Qt::CTRL | Qt::SHIFT | Qt::Key_V,
           [this] { m_profile->convertLead(); });
    addKey(QStringLiteral("actionForget"), tr("Forget the person that is shown on this computer"),
           Qt::CTRL | Qt::SHIFT | Qt::Key_F, [this] { m_profile->forgetPerson(); });
    addKey(QStringLiteral("actionRetry"), tr("Load again what failed, and send what waits"), Qt::Key_F5, [this] {
        m_profile->retry();
        m_session.dispatcher().kick();
    });
    addKey(QStringLiteral("actionDay"), tr("Statement of the day"), Qt::CTRL | Qt::Key_T, [this] { openDay(); });
    addKey(QStringLiteral("actionSettings"), tr("Settings"), Qt::CTRL | Qt::Key_Comma, [this] { openSettings(); });
    addKey(QStringLiteral("actionMenu"), tr("Menu"), Qt::Key_F10, [this] { m_console->topBar()->showMenu(); });
    addKey(QStringLiteral("actionKeys"), tr("These keys"), Qt::Key_F1, [this] { openKeyMap(); });
    addKey(QStringLiteral("actionQuit"), tr("Quit"), Qt::CTRL | Qt::Key_Q, [this] { close(); });
}

void MainWindow::sessionReset()
{
    const QList<CallEntry> &calls = m_session.calls();
    m_console->calls()->setCalls(calls);
    m_status->tick();
    m_status->showOutbox();
    if (m_current->entry())
        return;
    m_current->choose({}); // it may be off the desk
    auto first = std::find_if(calls.begin(), calls.end(), [](const CallEntry &call) { return call.live(); });
    if (first == calls.end()) // where the agent was writing
        first = std::find_if(calls.begin(), calls.end(), [last = m_session.lastNoted()](const CallEntry &call) {
            return call.key == last && call.toLog();
        });
    if (first == calls.end())
        first = std::find_if(calls.begin(), calls.end(), [](const CallEntry &call) { return call.toLog(); });
    if (first == calls.end())
        return;
    m_current->choose(first->key);
    m_notes->resumeTyping();
}

void MainWindow::callAdded(const QString &key)
{
    const CallEntry *call = m_session.call(key);
    if (!call)
        return;
    const bool busy = m_notes->keyboardBusy() || m_profile->keyboardBusy() || m_console->lookup()->isVisible();
    if (call->live())
        m_current->offer(key, busy);
    m_console->calls()->updateCall(*call);
    m_notes->callChanged(key);
    m_status->startOrStopTicking();
}

void MainWindow::callChanged(const QString &key)
{
    const CallEntry *call = m_session.call(key);
    if (!call)
        return;
    m_console->calls()->updateCall(*call);
    m_notes->callChanged(key);
    m_status->startOrStopTicking();
    // Somebody else took it: the desk is free again, without a word.
    const bool elsewhere = !call->live() && call->reason == CallEndReason::Elsewhere;
    if (elsewhere && key == m_current->key() && !m_notes->keyboardBusy() && !m_profile->keyboardBusy())
        m_current->choose({});
}

void MainWindow::setAccounts(const std::optional<QList<QPair<QString, QString>>> &others)
{
    m_console->topBar()->setAccounts(others);
}

void MainWindow::showProblem(const QString &sentence, ProblemBar::About about)
{
    m_console->problemBar()->showSentence(sentence, about);
}

void MainWindow::setOnline(bool online)
{
    m_signInPages->setOnline(online);
}

void MainWindow::showCall(const QString &key)
{
    if (!m_session.call(key))
        return;
    if (m_current->key() == key)
        m_profile->backToCall();
    m_current->choose(key);
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

QRect MainWindow::notesColumn() const
{
    const NotesPanel *notes = m_console->notes();
    if (!isVisible() || isMinimized() || !notes->isVisible())
        return {};
    return QRect(notes->mapToGlobal(QPoint(0, 0)), notes->size());
}

void MainWindow::openLookup()
{
    if (m_console->page() != Console::Page::Desk)
        return;
    if (!isActiveWindow()) // Asked for in another window of ours.
        activateWindow();
    m_console->lookup()->open();
}

void MainWindow::openSettings()
{
    if (!m_settingsDialog) {
        m_settingsDialog = new SettingsDialog(m_settings, this);
        m_settingsDialog->setAttribute(Qt::WA_DeleteOnClose);
        m_settingsDialog->form()->addDataCentres(m_signIn.dataCentres());
        m_settingsDialog->form()->setSecretKept(m_signIn.state() != SignIn::State::NeedsSetup);
        connect(m_settingsDialog->form(), &SettingsForm::proxyPasswordEntered, this, &MainWindow::proxyPasswordEntered);
        connect(m_settingsDialog, &SettingsDialog::clientSecretEntered, this,
                [this](const QString &secret) { m_signIn.storeClientSecret(secret); });
        connect(m_settingsDialog, &SettingsDialog::saved, this, [this] {
            // A changed client or data centre may be what was missing.
            if (m_signIn.state() == SignIn::State::NeedsSetup || m_signIn.state() == SignIn::State::SignedOut)
                m_signIn.restore();
        });
    }
    m_settingsDialog->show();
    m_settingsDialog->raise();
    m_settingsDialog->activateWindow();
}

void MainWindow::setDayStatement(DayStatement &statement)
{
    m_day = &statement;
}

void MainWindow::openDay()
{
    if (!m_day)
        return;
    if (!m_dayDialog) {
        m_dayDialog = new DayDialog(*m_day, m_session, m_signIn, this);
        m_dayDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dayDialog, &DayDialog::callChosen, this, &MainWindow::showCall);
    }
    m_dayDialog->show();
    m_dayDialog->raise();
    m_dayDialog->activateWindow();
}

void MainWindow::openKeyMap()
{
    QList<KeyMapDialog::Line> lines;
    const QList<QAction *> known = actions();
    for (const QAction *action : known) {
        if (!action->text().isEmpty() && !action->shortcut().isEmpty())
            lines.append({action->shortcut().toString(QKeySequence::NativeText), action->text()});
    }
    auto *dialog = new KeyMapDialog(lines, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_console->notes()->settle();
    if (!m_loss->mayClose([this] { close(); })) {
        event->ignore();
        return;
    }
    m_state.save(this, m_console->columns());
    QMainWindow::closeEvent(event);
}

} // namespace ringside
