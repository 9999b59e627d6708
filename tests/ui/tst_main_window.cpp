// SPDX-License-Identifier: Apache-2.0
#include "CallsView.h"
#include "Console.h"
#include "CreditMeter.h"
#include "Disposition.h"
#include "FakeClock.h"
#include "LookupPalette.h"
#include "LossQuestion.h"
#include "NotesEdit.h"
#include "NotesPanel.h"
#include "OutboxDispatcher.h"
#include "Palette.h"
#include "ProblemBar.h"
#include "RingsideStyle.h"
#include "Toast.h"
#include "TopBar.h"
#include "WindowBench.h"
#include "WrapUp.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListWidget>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace ringside;
using namespace ringside::test;

namespace {

QString layla()
{
    return QStringLiteral("+971501234567");
}

QString omar()
{
    return QStringLiteral("+97145551234");
}

QJsonObject contact(const QString &id, const QString &name, const QString &phone)
{
    return {
        {QStringLiteral("id"), id},
        {QStringLiteral("Full_Name"), name},
        {QStringLiteral("Mobile"), phone},
        {QStringLiteral("Account_Name"), QJsonObject{{QStringLiteral("id"), QStringLiteral("9")},
                                                     {QStringLiteral("name"), QStringLiteral("Haddad Interiors")}}}};
}

RawServer::Answer json(int status, const QJsonObject &body)
{
    return {.bytes = RawServer::response(status, QJsonDocument(body).toJson(), "Content-Type: application/json\r\n"),
            .then = RawServer::Then::KeepOpen};
}

/// What the CRM has of the one call that it took.
QJsonObject &theCall()
{
    static QJsonObject call;
    return call;
}

RawServer::Answer callTaken(const RawServer::Arrival &arrival)
{
    const QJsonObject sent =
        QJsonDocument::fromJson(arrival.body).object().value(QLatin1String("data")).toArray().first().toObject();
    for (auto it = sent.begin(); it != sent.end(); ++it)
        theCall().insert(it.key(), it.value());
    const auto id = QStringLiteral("1000000000000000900");
    theCall().insert(QStringLiteral("id"), id);
    const QJsonObject details{{QStringLiteral("id"), id}};
    return json(201, {{QStringLiteral("data"),
                       QJsonArray{QJsonObject{{QStringLiteral("code"), QStringLiteral("SUCCESS")},
                                              {QStringLiteral("status"), QStringLiteral("success")},
                                              {QStringLiteral("message"), QStringLiteral("record added")},
                                              {QStringLiteral("details"), details}}}}});
}

/// Two contacts, who answer to their numbers and to a word; calls are taken, and kept to be read and changed.
RawServer::Answer crmAnswer(const RawServer::Arrival &arrival)
{
    const QString target = QString::fromLatin1(arrival.target);
    const QJsonObject one = contact(QStringLiteral("1000000000000000001"), QStringLiteral("Layla Haddad"), layla());
    const QJsonObject two = contact(QStringLiteral("1000000000000000002"), QStringLiteral("Omar Farouk"), omar());
    const auto page = [](const QJsonArray &data) { return json(200, {{QStringLiteral("data"), data}}); };
    if ((arrival.method == "POST" || arrival.method == "PUT") && target.contains(QLatin1String("/Calls")))
        return callTaken(arrival);
    if (target.contains(QLatin1String("/Calls/1000000000000000900")))
        return page({theCall()});
    if (target.contains(QLatin1String("/Contacts/search"))) {
        if (target.contains(QLatin1String("501234567")) || target.contains(QLatin1String("addad")))
            return page({one});
        if (target.contains(QLatin1String("45551234")))
            return page({two});
    }
    return {.bytes = RawServer::response(204), .then = RawServer::Then::KeepOpen};
}

/// The same CRM, which also says who is signed in and which modules there are.
RawServer::Answer orgAnswer(const RawServer::Arrival &arrival)
{
    const auto list = [](const char *key, const QJsonArray &items) { return json(200, {{QLatin1String(key), items}}); };
    if (arrival.target.contains("/users"))
        return list("users", {QJsonObject{{QStringLiteral("id"), QStringLiteral("77")},
                                          {QStringLiteral("full_name"), QStringLiteral("Mariam Aziz")}}});
    if (arrival.target.endsWith("/org"))
        return list("org", {QJsonObject{{QStringLiteral("zgid"), QStringLiteral("60021")}}});
    if (!arrival.target.contains("/settings/modules"))
        return crmAnswer(arrival);
    QJsonArray modules;
    for (const char *name : {"Contacts", "Leads", "Accounts", "Calls"})
        modules.append(QJsonObject{{QStringLiteral("api_name"), QLatin1String(name)}});
    return list("modules", modules);
}

} // namespace

/// The window as the agent uses it: keys and clicks go to the widgets, calls come from the phone.
class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void firstCallShowsWithoutTakingTheKeyboard();
    void typingGoesToItsCallWhileOthersRing();
    void toastNeverActivates();
    void logsAndMovesOn();
    void editsALoggedCallByKeys();
    void loggedCallGoesToAnotherPerson();
    void logDuringTheCallSaysWhy();
    void theFieldThatTheCompanyWantsHasTheKeyboard();
    void answeredElsewhereLeavesTheDesk();
    void searchOpensProfileAndAttaches();
    void scarceCreditsLetEnterSearch();
    void notesComeBackAfterARestart();
    void anEarlierVersionComesBackByKeys();
    void cardNumberReachesNoDraft();
    void figuresAreKeptWhenTheWindowCloses();
    void comesBackToTheCallThatWasWrittenIn();
    void deadSignInKeepsTheDesk();
    void signingOutNamesWhatWouldBeLost();
    void closingAsksWhenCallsAreKeptForThisRunOnly();
    void missedCallIsListed();
    void misspeltModulesAreToldOnce();
    void uncertainCallerIsSearchedAgainByKey();

private:
    void ring(const QString &id, const QString &number) { m_bench->phone->tell(id, CallState::Ringing, number); }
    void answer(const QString &id, const QString &number) { m_bench->phone->tell(id, CallState::Connected, number); }
    void hangUp(const QString &id, const QString &number, CallEndReason reason = CallEndReason::Completed)
    {
        m_bench->phone->tell(id, CallState::Ended, number, reason);
    }
    void restart(const RawServer::Script &crm = crmAnswer);
    NotesEdit *notes() const { return m_bench->find<NotesEdit>("notesEdit"); }
    QString shownName() const { return m_bench->find<QLabel>("profileName")->text(); }
    QString current() const { return m_bench->window.console()->calls()->current(); }
    QString keyOf(const QString &number) const;
    LogState logState(const QString &key) const { return m_bench->session.call(key)->logState; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionSecretStore> m_secrets;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<WindowBench> m_bench;
};

void TestMainWindow::initTestCase()
{
    QApplication::setStyle(new RingsideStyle);
    QApplication::setPalette(Palette::light().toQPalette());
}

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<SessionSecretStore>();
    m_clock = std::make_unique<FakeClock>();
    restart();
}

void TestMainWindow::cleanup()
{
    m_bench.reset();
}

void TestMainWindow::restart(const RawServer::Script &crm)
{
    m_bench.reset();
    m_bench = std::make_unique<WindowBench>(m_folder->path(), *m_secrets, *m_clock, crm);
    QVERIFY(m_bench->open());
}

QString TestMainWindow::keyOf(const QString &number) const
{
    for (const CallEntry &call : m_bench->session.calls()) {
        if (call.number.e164() == number)
            return call.key;
    }
    return {};
}

void TestMainWindow::firstCallShowsWithoutTakingTheKeyboard()
{
    QWidget *before = QApplication::focusWidget();
    QVERIFY(before);
    ring(QStringLiteral("a"), layla());
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla Haddad")));
    QVERIFY(m_bench->find("profileName")->isVisible());
    // The line that is made knows the name as soon as the head does.
    QCOMPARE(m_bench->find<QLineEdit>("subjectEdit")->text(), QStringLiteral("Inbound call from Layla Haddad"));
    QCOMPARE(QApplication::focusWidget(), before);
    QCOMPARE(current(), keyOf(layla()));
    QVERIFY(notes()->isVisible());
}

void TestMainWindow::typingGoesToItsCallWhileOthersRing()
{
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    const QString first = keyOf(layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTRY_VERIFY(notes()->hasFocus());
    const QString text = QStringLiteral("Driver arrives Thursday, gate code with security");
    for (int i = 0; i < text.size(); ++i) {
        if (i == 7)
            ring(QStringLiteral("b"), omar());
        if (i == 20)
            m_bench->phone->tell(QStringLiteral("a"), CallState::Held, layla());
        if (i == 30)
            hangUp(QStringLiteral("a"), layla());
        if (i == 36)
            ring(QStringLiteral("c"), QStringLiteral("+442079460018"));
        QTest::keyClick(QApplication::focusWidget(), text.at(i).toLatin1());
    }
    QCOMPARE(m_bench->session.wrapUp(first).draft().notes, text);
    QCOMPARE(current(), first);
    const QString second = keyOf(omar());
    QVERIFY(!second.isEmpty());
    QCOMPARE(m_bench->session.wrapUp(second).draft().notes, QString());

    // The agent goes to the other call and types there.
    m_bench->window.showCall(second);
    QCOMPARE(notes()->toPlainText(), QString());
    QTest::keyClicks(notes(), QStringLiteral("Omar"));
    QCOMPARE(m_bench->session.wrapUp(second).draft().notes, QStringLiteral("Omar"));
    QCOMPARE(m_bench->session.wrapUp(first).draft().notes, text);
    m_bench->window.showCall(first);
    QCOMPARE(notes()->toPlainText(), text);
    QCOMPARE(notes()->textCursor().position(), static_cast<int>(text.size()));
}

void TestMainWindow::toastNeverActivates()
{
    QWidget *before = QApplication::focusWidget();
    QSignalSpy focusMoved(qApp, &QGuiApplication::focusWindowChanged);
    ring(QStringLiteral("a"), layla());
    QTRY_COMPARE(m_bench->toasts.count(), 1);
    ring(QStringLiteral("b"), omar());
    QTRY_COMPARE(m_bench->toasts.count(), 2);
    QList<Toast *> shown;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *widget : windows) {
        if (auto *toast = qobject_cast<Toast *>(widget); toast && toast->isVisible())
            shown.append(toast);
    }
    QCOMPARE(shown.size(), 2);
    for (Toast *toast : std::as_const(shown)) {
        QVERIFY(QTest::qWaitForWindowExposed(toast));
        QVERIFY(!toast->isActiveWindow());
        QVERIFY(!toast->geometry().intersects(m_bench->window.notesColumn()));
    }
    QVERIFY(!shown.at(0)->geometry().intersects(shown.at(1)->geometry()));
    QCOMPARE(QApplication::activeWindow(), &m_bench->window);
    QCOMPARE(QApplication::focusWidget(), before);
    QCOMPARE(focusMoved.count(), 0);
    hangUp(QStringLiteral("a"), layla(), CallEndReason::Missed);
    hangUp(QStringLiteral("b"), omar(), CallEndReason::Elsewhere);
    QTRY_COMPARE(m_bench->toasts.count(), 0);
    QCOMPARE(QApplication::focusWidget(), before);
}

void TestMainWindow::logsAndMovesOn()
{
    ring(QStringLiteral("a"), layla());
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla")));
    answer(QStringLiteral("a"), layla());
    m_clock->advance(std::chrono::seconds(42));
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("Wants a call"));
    hangUp(QStringLiteral("a"), layla());
    QTest::keyClick(notes(), Qt::Key_Return, Qt::ControlModifier);
    const QString key = keyOf(layla());
    QTRY_COMPARE(logState(key), LogState::Logged);
    QCOMPARE(notes()->toPlainText(), QStringLiteral("Wants a call"));
    QVERIFY(notes()->isReadOnly());
    QTRY_VERIFY(!notes()->hasFocus()); // So that the next call may take the desk.
    ring(QStringLiteral("b"), omar());
    QTRY_COMPARE(current(), keyOf(omar()));
    QVERIFY(!notes()->isReadOnly());
    QCOMPARE(notes()->toPlainText(), QString());
}

void TestMainWindow::editsALoggedCallByKeys()
{
    theCall() = {};
    ring(QStringLiteral("a"), layla());
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla")));
    answer(QStringLiteral("a"), layla());
    hangUp(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("Wants a call"));
    QTest::keyClick(notes(), Qt::Key_Return, Qt::ControlModifier);
    const QString key = keyOf(layla());
    QTRY_COMPARE(logState(key), LogState::Logged);
    QTRY_VERIFY(!notes()->hasFocus());

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F2);
    QTRY_VERIFY(notes()->hasFocus());
    QVERIFY(!notes()->isReadOnly());
    QTest::keyClick(notes(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(notes(), QStringLiteral(" back"));
    QCOMPARE(logState(key), LogState::Draft);
    QTest::keyClick(notes(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(logState(key), LogState::Logged);
    QVERIFY(theCall().value(QLatin1String("Description")).toString().startsWith(QLatin1String("Wants a call back")));
    QVERIFY(notes()->isReadOnly());
    QTRY_VERIFY(!notes()->hasFocus());

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F2);
    QTest::keyClicks(notes(), QStringLiteral("by mistake"));
    QTest::keyClick(notes(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(logState(key), LogState::Logged);
    QTRY_COMPARE(notes()->toPlainText(), QStringLiteral("Wants a call back"));
    QVERIFY(notes()->isReadOnly());
}

void TestMainWindow::loggedCallGoesToAnotherPerson()
{
    theCall() = {};
    ring(QStringLiteral("a"), layla());
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla")));
    answer(QStringLiteral("a"), layla());
    hangUp(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClick(notes(), Qt::Key_Return, Qt::ControlModifier);
    const QString key = keyOf(layla());
    QTRY_COMPARE(logState(key), LogState::Logged);
    QVERIFY(m_bench->find("notThisPersonButton")->isVisible());
    QTest::keyClick(&m_bench->window, Qt::Key_F8);
    QTRY_VERIFY(m_bench->session.call(key)->person.isNull());
    QTRY_COMPARE(logState(key), LogState::Logged);
    QVERIFY(theCall().value(QLatin1String("Who_Id")).isNull());
}

void TestMainWindow::logDuringTheCallSaysWhy()
{
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("Early"));
    QTest::keyClick(notes(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(m_bench->find("notesProblem")->isVisible());
    QVERIFY(!m_bench->find<QLabel>("notesProblem")->text().isEmpty());
    QCOMPARE(notes()->toPlainText(), QStringLiteral("Early"));
    QVERIFY(!notes()->isReadOnly());
}

void TestMainWindow::theFieldThatTheCompanyWantsHasTheKeyboard()
{
    m_bench->server.setScript([](const RawServer::Arrival &arrival) {
        if (!arrival.target.contains("settings/fields?module=Calls"))
            return crmAnswer(arrival);
        return json(200, {{QStringLiteral("fields"),
                           QJsonArray{QJsonObject{{QStringLiteral("api_name"), QStringLiteral("Subject")}},
                                      QJsonObject{{QStringLiteral("api_name"), QStringLiteral("Ticket")},
                                                  {QStringLiteral("field_label"), QStringLiteral("Ticket number")},
                                                  {QStringLiteral("data_type"), QStringLiteral("text")},
                                                  {QStringLiteral("system_mandatory"), true}}}}});
    });
    m_bench->session.disposition().refresh();
    QTRY_VERIFY(m_bench->find<QLineEdit>("callFieldTicket"));
    theCall() = {};
    ring(QStringLiteral("a"), layla());
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla")));
    answer(QStringLiteral("a"), layla());
    hangUp(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("Wants a call"));
    QTest::keyClick(notes(), Qt::Key_Return, Qt::ControlModifier);
    auto *ticket = m_bench->find<QLineEdit>("callFieldTicket");
    QTRY_VERIFY(ticket->hasFocus());
    QVERIFY(m_bench->find<QLabel>("notesProblem")->text().contains(QLatin1String("\"Ticket number\"")));
    const QString key = keyOf(layla());
    QVERIFY(logState(key) != LogState::Queued && logState(key) != LogState::Logged);
    QTest::keyClicks(ticket, QStringLiteral("4711"));
    QTest::keyClick(ticket, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(logState(key), LogState::Logged);
    QCOMPARE(theCall().value(QLatin1String("Ticket")).toString(), QStringLiteral("4711"));
    QVERIFY(!m_bench->find<QLabel>("notesProblem")->isVisible());
}

void TestMainWindow::answeredElsewhereLeavesTheDesk()
{
    ring(QStringLiteral("a"), layla());
    QCOMPARE(current(), keyOf(layla()));
    hangUp(QStringLiteral("a"), layla(), CallEndReason::Elsewhere);
    QTRY_COMPARE(current(), QString());
    QVERIFY(!m_bench->find("notesProblem")->isVisible());
}

void TestMainWindow::searchOpensProfileAndAttaches()
{
    const auto unknown = QStringLiteral("+442079460018");
    ring(QStringLiteral("a"), unknown);
    answer(QStringLiteral("a"), unknown);
    QTRY_VERIFY(m_bench->find("unknownCard")->isVisible());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClick(notes(), Qt::Key_K, Qt::ControlModifier);
    auto *edit = m_bench->find<QLineEdit>("lookupEdit");
    QTRY_VERIFY(edit->hasFocus());
    QTest::keyClicks(edit, QStringLiteral("Haddad"));
    auto *results = m_bench->find<QListView>("lookupResults");
    QTRY_COMPARE(results->model()->rowCount(), 1);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY(m_bench->find("attachButton")->isVisible());
    QVERIFY(notes()->hasFocus()); // The keyboard went back to where it was.
    QVERIFY(shownName().contains(QLatin1String("Layla Haddad")));
    QTest::mouseClick(m_bench->find("attachButton"), Qt::LeftButton);
    const QString key = keyOf(unknown);
    QTRY_COMPARE(m_bench->session.call(key)->personName, QStringLiteral("Layla Haddad"));
    QTRY_VERIFY(!m_bench->find("handBar")->isVisible());
    QVERIFY(m_bench->find("profileName")->isVisible());
}

void TestMainWindow::notesComeBackAfterARestart()
{
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("half a sentence"));
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(notes(), Qt::Key_Left);
    const QString key = keyOf(layla());
    QTRY_COMPARE(m_bench->session.wrapUp(key).saveState(), WrapUp::SaveState::Saved);
    restart();
    QTRY_COMPARE(notes()->toPlainText(), QStringLiteral("half a sentence"));
    QCOMPARE(current(), key);
    QCOMPARE(notes()->textCursor().position(), 11);
    QTRY_VERIFY(notes()->hasFocus());
}

void TestMainWindow::anEarlierVersionComesBackByKeys()
{
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("half an hour of talk"));
    QTest::keySequence(notes(), QKeySequence::SelectAll);
    QTest::keyClick(notes(), Qt::Key_Delete);
    const QString key = keyOf(layla());
    QTRY_COMPARE(m_bench->session.wrapUp(key).saveState(), WrapUp::SaveState::Saved);
    restart();
    QTRY_COMPARE(current(), key);
    QTest::keyClick(&m_bench->window, Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(m_bench->find<QListWidget>("earlierNotesList") && m_bench->find<QListWidget>("earlierNotesList")->isVisible());
    auto *list = m_bench->find<QListWidget>("earlierNotesList");
    QCOMPARE(list->count(), 1);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(notes()->toPlainText(), QStringLiteral("half an hour of talk"));
    QTRY_COMPARE(m_bench->session.wrapUp(key).draft().notes, QStringLiteral("half an hour of talk"));
    QTest::keyClick(notes(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(notes()->toPlainText(), QString());
}

void TestMainWindow::cardNumberReachesNoDraft()
{
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("5555 5555 5555 4444"));
    WrapUp &wrapUp = m_bench->session.wrapUp(keyOf(layla()));
    QCOMPARE(wrapUp.draft().notes, QStringLiteral("5555 55•• •••• ••••"));
    QTRY_COMPARE_WITH_TIMEOUT(notes()->toPlainText(), QStringLiteral("•••• •••• •••• 4444"), 10000); // the pause
    QCOMPARE(wrapUp.draft().notes, notes()->toPlainText());
    QVERIFY(m_bench->find("cardNotice")->isVisible());
    QTest::keyClick(&m_bench->window, Qt::Key_F6);
    QCOMPARE(wrapUp.draft().notes, QStringLiteral("5555 5555 5555 4444"));
    QVERIFY(!m_bench->find("cardNotice")->isVisible());
    QTRY_COMPARE(wrapUp.saveState(), WrapUp::SaveState::Saved);
    restart();
    QTRY_COMPARE(notes()->toPlainText(), QStringLiteral("5555 5555 5555 4444"));
    QTRY_VERIFY(notes()->hasFocus());
    QTest::keyClicks(notes(), QStringLiteral(" ok"));
    QCOMPARE(notes()->toPlainText(), QStringLiteral("5555 5555 5555 4444 ok"));
}

void TestMainWindow::figuresAreKeptWhenTheWindowCloses()
{
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("meter 4567123"));
    const WrapUp &wrapUp = m_bench->session.wrapUp(keyOf(layla()));
    QTRY_COMPARE(wrapUp.saveState(), WrapUp::SaveState::Saved);
    QCOMPARE(wrapUp.draft().notes, QStringLiteral("meter 456712•"));
    restart(); // before the pause is over
    QTRY_COMPARE(notes()->toPlainText(), QStringLiteral("meter 4567123"));
}

// Not to the newest one: who types on after a crash types into the call that is shown.
void TestMainWindow::comesBackToTheCallThatWasWrittenIn()
{
    using namespace std::chrono_literals;
    const auto write = [this](const QString &number, const QString &text) {
        m_bench->window.showCall(keyOf(number));
        m_clock->advance(1s);
        QTest::keyClick(&m_bench->window, Qt::Key_F4);
        QTest::keyClicks(notes(), text);
        QTRY_COMPARE(m_bench->session.wrapUp(keyOf(number)).saveState(), WrapUp::SaveState::Saved);
    };
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    m_clock->advance(1s);
    ring(QStringLiteral("b"), omar());
    answer(QStringLiteral("b"), omar());
    write(omar(), QStringLiteral("of Omar"));
    write(layla(), QStringLiteral("of Layla"));
    const QString key = keyOf(layla());
    restart();
    QTRY_COMPARE(current(), key);
    QTRY_COMPARE(notes()->toPlainText(), QStringLiteral("of Layla"));
    QTRY_VERIFY(notes()->hasFocus());
}

void TestMainWindow::deadSignInKeepsTheDesk()
{
    ring(QStringLiteral("a"), layla());
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    QTest::keyClicks(notes(), QStringLiteral("one "));
    m_bench->signIn.expire(QStringLiteral("Zoho no longer accepts the sign-in."));
    QTRY_VERIFY(m_bench->window.console()->problemBar()->isVisible());
    QVERIFY(notes()->hasFocus());
    QTest::keyClicks(notes(), QStringLiteral("two"));
    QCOMPARE(notes()->toPlainText(), QStringLiteral("one two"));
    QCOMPARE(m_bench->window.console()->page(), Console::Page::Desk);
}

void TestMainWindow::signingOutNamesWhatWouldBeLost()
{
    QSignalSpy leaves(&m_bench->window, &MainWindow::signedOutByAgent);
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    QTRY_COMPARE(m_bench->session.call(keyOf(layla()))->personName, QStringLiteral("Layla Haddad"));
    hangUp(QStringLiteral("a"), layla());
    Q_EMIT m_bench->window.console()->topBar()->signOutRequested();
    const ProblemBar *bar = m_bench->window.console()->problemBar();
    QVERIFY2(bar->sentence().contains(QLatin1String("Layla Haddad")), qPrintable(bar->sentence()));
    QCOMPARE(leaves.count(), 0);
    QCOMPARE(m_bench->signIn.state(), SignIn::State::SignedIn);
    m_bench->find<QPushButton>("problemAction")->click();
    QCOMPARE(leaves.count(), 1);
    QCOMPARE(m_bench->window.console()->page(), Console::Page::SignIn);
}

void TestMainWindow::closingAsksWhenCallsAreKeptForThisRunOnly()
{
    m_bench->window.lossQuestion().setForThisRunOnly();
    QVERIFY(m_bench->window.close()); // nothing is lost: no question
    m_bench->window.show();
    ring(QStringLiteral("a"), layla());
    answer(QStringLiteral("a"), layla());
    QTRY_COMPARE(m_bench->session.call(keyOf(layla()))->personName, QStringLiteral("Layla Haddad"));
    hangUp(QStringLiteral("a"), layla());
    QVERIFY(!m_bench->window.close());
    const ProblemBar *bar = m_bench->window.console()->problemBar();
    QVERIFY2(bar->sentence().contains(QLatin1String("Layla Haddad")), qPrintable(bar->sentence()));
    m_bench->find<QPushButton>("problemAction")->click();
    QVERIFY(!m_bench->window.isVisible());
}

void TestMainWindow::missedCallIsListed()
{
    ring(QStringLiteral("a"), layla());
    hangUp(QStringLiteral("a"), layla(), CallEndReason::Missed);
    auto *list = m_bench->find<QListView>("callsList");
    QTRY_VERIFY(list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QLatin1String("Missed")));
}

void TestMainWindow::scarceCreditsLetEnterSearch()
{
    HttpReply reply;
    reply.headers.insert("x-api-credits-remaining", "20");
    m_bench->scheduler.credits().setLimit(1000);
    m_bench->scheduler.credits().heard(reply);
    QTest::keyClick(&m_bench->window, Qt::Key_K, Qt::ControlModifier);
    auto *edit = m_bench->find<QLineEdit>("lookupEdit");
    auto *message = m_bench->find<QLabel>("lookupMessage");
    QTRY_VERIFY(edit->hasFocus());
    QTest::keyClicks(edit, QStringLiteral("Haddad"));
    QTRY_VERIFY(message->text().startsWith(QLatin1String("Press Enter to search Zoho CRM")));
    auto *list = m_bench->find<QListView>("lookupResults");
    QCOMPARE(list->model()->rowCount(), 0);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla Haddad")));
}

void TestMainWindow::misspeltModulesAreToldOnce()
{
    restart(orgAnswer);
    const ProblemBar *bar = m_bench->window.console()->problemBar();
    QTRY_VERIFY(!m_bench->metadata.modules().isEmpty());
    QCOMPARE(bar->count(), 0);
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Contact,Leads")).ok());
    QVERIFY2(bar->sentence().contains(QLatin1String(": Contact.")), qPrintable(bar->sentence()));
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Contact")).ok());
    QCOMPARE(bar->count(), 1);
    QVERIFY2(bar->sentence().contains(QLatin1String("Nobody is looked for")), qPrintable(bar->sentence()));
    ring(QStringLiteral("a"), layla());
    auto *message = m_bench->find<QLabel>("unknownMessage");
    QTRY_VERIFY2(message->text().contains(QLatin1String("was not searched")), qPrintable(message->text()));
    QVERIFY(m_bench->find("unknownRetryButton")->isVisible());
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Contacts")).ok());
    QCOMPARE(bar->count(), 0);
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla Haddad"))); // Without being asked.
}

void TestMainWindow::uncertainCallerIsSearchedAgainByKey()
{
    bool allowed = false;
    restart([&allowed](const RawServer::Arrival &arrival) {
        return allowed || !arrival.target.contains("/Leads/search")
                   ? crmAnswer(arrival)
                   : json(403, {{QStringLiteral("code"), QStringLiteral("NO_PERMISSION")}});
    });
    ring(QStringLiteral("a"), layla());
    QTRY_VERIFY(shownName().contains(QLatin1String("Layla Haddad")));
    auto *notice = m_bench->find("popNotice");
    QTRY_VERIFY(notice->isVisible());
    QVERIFY(m_bench->find<QLabel>("popNoticeText")->text().contains(QLatin1String("Leads could not be searched.")));
    allowed = true; // The administrator was quick.
    QTest::keyClick(&m_bench->window, Qt::Key_F5);
    QTRY_VERIFY(!notice->isVisible());
    QVERIFY(shownName().contains(QLatin1String("Layla Haddad")));
    const auto asked = [this](const char *what) {
        const QList<RawServer::Arrival> &all = m_bench->server.arrivals();
        return std::count_if(all.cbegin(), all.cend(),
                             [what](const RawServer::Arrival &one) { return one.target.contains(what); });
    };
    QTRY_COMPARE(asked("/Leads/search"), 2);
    QCOMPARE(asked("/Contacts/search"), 1);
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
