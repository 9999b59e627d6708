// SPDX-License-Identifier: Apache-2.0
#include "Console.h"
#include "DayDialog.h"
#include "DayStatement.h"
#include "FakeClock.h"
#include "Ledger.h"
#include "LedgerKeeper.h"
#include "NotesPanel.h"
#include "Palette.h"
#include "RingsideStyle.h"
#include "RowsView.h"
#include "TopBar.h"
#include "WindowBench.h"
#include "WrapUp.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

QString number()
{
    return QStringLiteral("+971501234567");
}

QString callId()
{
    return QStringLiteral("1000000000000000900");
}

RawServer::Answer json(int status, const QJsonObject &body)
{
    return {.bytes = RawServer::response(status, QJsonDocument(body).toJson(), "Content-Type: application/json\r\n"),
            .then = RawServer::Then::KeepOpen};
}

RawServer::Answer list(const char *key, const QJsonArray &items)
{
    return json(200, {{QLatin1String(key), items}});
}

/// What the CRM's Calls hold.
QJsonArray &calls()
{
    static QJsonArray all;
    return all;
}

/// A CRM with one agent, which takes calls and gives them again when it is asked for the day's.
RawServer::Answer crmAnswer(const RawServer::Arrival &arrival)
{
    if (arrival.target.contains("/users"))
        return list("users", {QJsonObject{{QStringLiteral("id"), QStringLiteral("77")},
                                          {QStringLiteral("full_name"), QStringLiteral("Mariam Aziz")}}});
    if (arrival.target.endsWith("/org"))
        return list("org", {QJsonObject{{QStringLiteral("zgid"), QStringLiteral("60021")}}});
    if (arrival.target.contains("/coql") && arrival.body.contains("from Calls"))
        return calls().isEmpty()
                   ? RawServer::Answer{.bytes = RawServer::response(204), .then = RawServer::Then::KeepOpen}
                   : list("data", calls());
    if (arrival.method == "POST" && arrival.target.contains("/Calls")) {
        QJsonObject call =
            QJsonDocument::fromJson(arrival.body).object().value(QLatin1String("data")).toArray().first().toObject();
        call.insert(QStringLiteral("id"), callId());
        calls() = {call};
        return json(
            201,
            {{QStringLiteral("data"),
              QJsonArray{QJsonObject{{QStringLiteral("code"), QStringLiteral("SUCCESS")},
                                     {QStringLiteral("status"), QStringLiteral("success")},
                                     {QStringLiteral("details"), QJsonObject{{QStringLiteral("id"), callId()}}}}}}});
    }
    return {.bytes = RawServer::response(204), .then = RawServer::Then::KeepOpen};
}

} // namespace

/// The statement of the day from the window, by keys.
class TestDayWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void opensByKeyAndFollowsTheDay();
    void namesACallThatIsGoneAndShowsIt();
    void opensFromTheMenu();

private:
    void takeAndLogACall();
    DayDialog *dialog() const { return m_bench->window.findChild<DayDialog *>(); }
    QString text(const char *name) const { return dialog()->findChild<QLabel *>(QLatin1String(name))->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionSecretStore> m_secrets;
    FakeClock m_clock;
    std::unique_ptr<WindowBench> m_bench;
    std::unique_ptr<Ledger> m_ledger;
    std::unique_ptr<LedgerKeeper> m_keeper;
    std::unique_ptr<DayStatement> m_day;
    QString m_key;
};

void TestDayWindow::initTestCase()
{
    QApplication::setStyle(new RingsideStyle);
    QApplication::setPalette(Palette::light().toQPalette());
}

void TestDayWindow::init()
{
    calls() = {};
    m_folder = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<SessionSecretStore>();
    m_bench = std::make_unique<WindowBench>(m_folder->path(), *m_secrets, m_clock, crmAnswer);
    m_ledger = std::make_unique<Ledger>(m_bench->store);
    m_keeper = std::make_unique<LedgerKeeper>(*m_ledger, *m_secrets, m_clock);
    m_day = std::make_unique<DayStatement>(DayStatement::Parts{m_bench->session, m_bench->callLog, *m_ledger, *m_keeper,
                                                               m_bench->crm, m_bench->settings, m_clock});
    m_bench->window.setDayStatement(*m_day);
    QVERIFY(m_bench->open());
    QTRY_VERIFY(m_bench->signIn.identity().has_value());
}

void TestDayWindow::cleanup()
{
    delete dialog();
    m_day.reset();
    m_keeper.reset();
    m_ledger.reset();
    m_bench.reset();
}

void TestDayWindow::takeAndLogACall()
{
    AgentSession &session = m_bench->session;
    m_bench->phone->tell(QStringLiteral("a"), CallState::Ringing, number());
    m_bench->phone->tell(QStringLiteral("a"), CallState::Connected, number());
    m_clock.advance(std::chrono::seconds(63));
    QTRY_COMPARE(session.calls().size(), 1);
    m_key = session.calls().constFirst().key;
    m_bench->phone->tell(QStringLiteral("a"), CallState::Ended, number(), CallEndReason::Completed);
    session.log(m_key);
    QTRY_COMPARE(session.call(m_key)->logState, LogState::Logged);
}

void TestDayWindow::opensByKeyAndFollowsTheDay()
{
    QTest::keyClick(&m_bench->window, Qt::Key_T, Qt::ControlModifier);
    QVERIFY(dialog());
    QTRY_COMPARE(text("daySentence"), QStringLiteral("0 calls, 0 logged, 0 twice, 0 missing, 0 waiting"));
    takeAndLogACall(); // the dialog is open all the while
    QTRY_COMPARE(text("daySentence"), QStringLiteral("1 calls, 1 logged, 0 twice, 0 missing, 0 waiting"));
    QVERIFY(QTest::qWaitForWindowActive(dialog()));
    QTest::keyClick(dialog(), Qt::Key_F5);
    QTRY_VERIFY2(text("dayCheck").contains(QLatin1String("every logged call is there, once")),
                 qPrintable(text("dayCheck")));
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
}

void TestDayWindow::namesACallThatIsGoneAndShowsIt()
{
    takeAndLogACall();
    calls() = {};
    m_bench->phone->tell(QStringLiteral("b"), CallState::Ringing,
                         QStringLiteral("+97145551234")); // another is at the desk
    m_bench->window.openDay();
    QTRY_VERIFY(text("daySentence").contains(QLatin1String("1 logged")));
    QVERIFY(QTest::qWaitForWindowActive(dialog()));
    QTest::keyClick(dialog(), Qt::Key_F5);
    QTRY_VERIFY2(text("daySentence").contains(QLatin1String("0 logged, 0 twice, 1 missing")),
                 qPrintable(text("daySentence") + text("dayCheck") + text("dayLedger")));
    QVERIFY(text("dayRemark").contains(QLatin1String("no longer in Zoho CRM")));
    auto *rows = dialog()->findChild<RowsView *>();
    QCOMPARE(rows->currentIndex().row(), 0);
    rows->setFocus();
    QTest::keyClick(rows, Qt::Key_Return);
    QTRY_VERIFY(m_bench->window.isActiveWindow());
    QCOMPARE(m_bench->session.call(m_key)->crmCallId, callId());
    QTRY_COMPARE(m_bench->window.console()->notes()->key(), m_key);
}

void TestDayWindow::opensFromTheMenu()
{
    m_bench->window.console()->topBar()->showMenu();
    auto *menu = m_bench->window.findChild<QMenu *>(QStringLiteral("accountMenu"));
    QVERIFY(menu);
    auto *entry = menu->findChild<QAction *>(QStringLiteral("menuDay"));
    QVERIFY(entry);
    QVERIFY(!entry->shortcut().isEmpty());
    entry->trigger();
    QVERIFY(dialog());
    menu->close();
    // It is one of the keys that the key map lists.
    bool listed = false;
    for (const QAction *action : m_bench->window.actions())
        listed = listed || (action->objectName() == QLatin1String("actionDay") && !action->text().isEmpty());
    QVERIFY(listed);
}

QTEST_MAIN(TestDayWindow)
#include "tst_day_window.moc"
