// SPDX-License-Identifier: Apache-2.0
#include "ClippedLabels.h"
#include "Console.h"
#include "ConsoleBench.h"
#include "FullDisk.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QTcpServer>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

QString caller()
{
    return QStringLiteral("+442079460018");
}

/// A port at which nobody listens.
quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

/// What goes wrong at a desk: each gives one clear sentence in the window, the notes stay on screen and in the program,
/// and it goes on.
class TestBadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<ConsoleBench>(); }
    void cleanup();

    void wrongSettings();
    void unreachableHost();
    void hostThatGoesWhileSigningIn();
    void refusedSignIn();
    void phoneThatDoesNotRun_data();
    void phoneThatDoesNotRun();
    void diskThatIsFull();
    void callLoggedOnAFullDisk();
    void diskThatIsFullFromTheStart();
    void storeThatIsDamaged();
    void logThatCannotBeWritten();

private:
    bool atTheDesk();

    std::unique_ptr<ConsoleBench> m_bench;
};

void TestBadInput::cleanup()
{
    if (m_bench->window())
        QTRY_COMPARE(clippedLabels(*m_bench->window()), QString());
    m_bench.reset();
}

// Signed in, a call there, notes open.
bool TestBadInput::atTheDesk()
{
    m_bench->start();
    if (!m_bench->signIn() ||
        !QTest::qWaitFor(
            [this] { return m_bench->widget("phonePill")->toolTip().contains(QLatin1String("WebSocket")); }, 15000))
        return false;
    m_bench->phone(QStringLiteral("a"), QStringLiteral("ringing"), caller());
    return QTest::qWaitFor([this] { return m_bench->shows("notesEdit"); }, 15000);
}

void TestBadInput::wrongSettings()
{
    m_bench->writeSettings("baresip-port=four\n[look]\ncolour-scheme=mauve\n");
    m_bench->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("problemText"), 15000);
    QVERIFY(m_bench->signIn()); // With the values that hold instead.
    QStringList said;           // One after the other, as they are dismissed; none takes another one away.
    while (m_bench->shows("problemBar")) {
        said.append(m_bench->text("problemText"));
        m_bench->click("problemClose");
    }
    said.sort();
    QCOMPARE(said.size(), 2);
    QCOMPARE(said.at(0), QStringLiteral("\"four\" is not a number from 1 to 65535. Correct phone/baresip-port."));
    QVERIFY2(said.at(1).startsWith(QLatin1String("\"mauve\" is not one of")), qPrintable(said.at(1)));
}

void TestBadInput::unreachableHost()
{
    QVERIFY(atTheDesk());
    m_bench->typeNotes(QStringLiteral("before"));
    m_bench->server.stop();
    m_bench->typeNotes(QStringLiteral(" and after"));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("connectionStatus").contains(QLatin1String("tries again")), 15000);
    QCOMPARE(m_bench->notes(), QStringLiteral("before and after"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);

    // The next morning it is still not there: signed in all the same, and what was typed is too.
    m_bench->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->window()->console()->page(), Console::Page::Desk, 15000);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), QStringLiteral("before and after"), 15000);
    const auto crm = [this] { return m_bench->widget("crmPill")->accessibleName(); };
    QTRY_VERIFY2_WITH_TIMEOUT(crm().contains(QLatin1String("calls and notes are kept here"), Qt::CaseInsensitive),
                              qPrintable(crm()), 15000);
    m_bench->click("logCallButton");
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("outboxStatus").contains(QLatin1String("1 call waiting to be sent")), 15000);
    QCOMPARE(m_bench->notes(), QStringLiteral("before and after"));
}

void TestBadInput::hostThatGoesWhileSigningIn()
{
    m_bench->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("setupContinue"), 15000);
    m_bench->enter("setupClientSecret", sandbox::SandboxServer::demoClientSecret());
    m_bench->click("setupContinue");
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("signInButton"), 15000);
    m_bench->browser.beforeRedirect = [this] { m_bench->server.stop(); }; // the code is there, its exchange is not
    m_bench->click("signInButton");
    QTRY_VERIFY_WITH_TIMEOUT(!m_bench->text("signInMessage").isEmpty(), 15000);
    const QString said = m_bench->text("signInMessage");
    QVERIFY2(said.contains(QLatin1String("does not take connections now. Nothing on this computer is lost; check the address "
                                         "in the settings or try again later.")),
             qPrintable(said));
    QVERIFY(m_bench->shows("signInButton"));
    QVERIFY(!m_bench->shows("signInCancel"));
}

void TestBadInput::refusedSignIn()
{
    m_bench->browser.decision = QStringLiteral("reject");
    m_bench->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("setupContinue"), 15000);
    m_bench->enter("setupClientSecret", sandbox::SandboxServer::demoClientSecret());
    m_bench->click("setupContinue");
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("signInButton"), 15000);
    QCOMPARE(m_bench->text("signInMessage"), QString());
    m_bench->click("signInButton");
    QTRY_VERIFY_WITH_TIMEOUT(!m_bench->text("signInMessage").isEmpty(), 15000);
    const QString said = m_bench->text("signInMessage");
    QVERIFY2(said.endsWith(QLatin1Char('.')) && !said.contains(QLatin1String("access_denied")), qPrintable(said));
    QVERIFY(m_bench->shows("signInButton"));
    QVERIFY(!m_bench->shows("signInCancel"));
    m_bench->browser.decision = QStringLiteral("accept");
    QVERIFY(m_bench->signIn());
}

void TestBadInput::phoneThatDoesNotRun_data()
{
    QTest::addColumn<QByteArray>("setting");
    QTest::newRow("baresip") << QByteArray("source=baresip\nbaresip-port=%1\n");
    QTest::newRow("WebSocket") << QByteArray("source=websocket\nwebsocket-url=ws://127.0.0.1:%1/events\n");
}

void TestBadInput::phoneThatDoesNotRun()
{
    QFETCH(QByteArray, setting);
    const QByteArray port = QByteArray::number(closedPort());
    m_bench->writeSettings(setting.replace("%1", port)); // The last value of a name holds.
    m_bench->start();
    QVERIFY(m_bench->signIn());
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("connectionStatus").contains(QLatin1String(port)), 15000);
    const QString said = m_bench->text("connectionStatus");
    QVERIFY2(said.endsWith(QLatin1Char('.')), qPrintable(said));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("connectionStatus").contains(QLatin1String("tries again in")), 15000);
    QVERIFY(m_bench->widget("phonePill")->accessibleName().startsWith(QLatin1String("Phone: ")));
    QVERIFY(!m_bench->shows("problemBar")); // Quietly: it may be started later.
    QVERIFY(m_bench->shows("callsList"));
}

void TestBadInput::diskThatIsFull()
{
    QVERIFY(atTheDesk());
    m_bench->typeNotes(QStringLiteral("before"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);
    {
        const FullDisk full;
        m_bench->typeNotes(QStringLiteral(" and after"));
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Not kept"), 15000);
        QVERIFY2(
            m_bench->text("notesProblem")
                .startsWith(QLatin1String("The disk is full, so Ringside could not save. What you see is still here")),
            qPrintable(m_bench->text("notesProblem")));
        // The call goes on, another comes, and the text stays where it was typed.
        m_bench->phone(QStringLiteral("b"), QStringLiteral("ringing"), QStringLiteral("+14155550123"));
        m_bench->phone(QStringLiteral("a"), QStringLiteral("connected"), caller());
        m_bench->typeNotes(QStringLiteral(" and on"));
        QCOMPARE(m_bench->notes(), QStringLiteral("before and after and on"));
        QTRY_COMPARE(clippedLabels(*m_bench->window()), QString());
    }
    // There is space again: it is kept without anybody doing anything, and nothing speaks of it any more.
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);
    QVERIFY(!m_bench->shows("notesProblem"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_bench->shows("problemBar"), 15000);
    m_bench->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), QStringLiteral("before and after and on"), 15000);
}

void TestBadInput::callLoggedOnAFullDisk()
{
    QVERIFY(atTheDesk());
    m_bench->phone(QStringLiteral("a"), QStringLiteral("connected"), caller());
    m_bench->typeNotes(QStringLiteral("asked for chairs"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);
    m_bench->phone(QStringLiteral("a"), QStringLiteral("ended"), caller());
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("logCallButton"), 15000);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->widget("logCallButton")->isEnabled(), 15000);
    const auto calls = [this] { return m_bench->madeIn(QStringLiteral("Calls")); };
    {
        const FullDisk full;
        m_bench->click("logCallButton");
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("notesProblem"), 15000);
        QVERIFY2(m_bench->text("notesProblem").startsWith(QLatin1String("The disk is full")),
                 qPrintable(m_bench->text("notesProblem")));
        QCOMPARE(m_bench->notes(), QStringLiteral("asked for chairs"));
        QVERIFY2(!m_bench->text("outboxStatus").contains(QLatin1String("waiting")),
                 qPrintable(m_bench->text("outboxStatus")));
    }
    QCOMPARE(calls(), 0);
    m_bench->click("logCallButton");
    QTRY_COMPARE_WITH_TIMEOUT(calls(), 1, 15000);
}

void TestBadInput::logThatCannotBeWritten()
{
    const QString sentence = QStringLiteral("The log file cannot be written.");
    m_bench->start(sentence); // as main() hands it over
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("problemText"), 15000);
    QCOMPARE(m_bench->text("problemText"), sentence);
    QVERIFY(m_bench->signIn());
}

void TestBadInput::diskThatIsFullFromTheStart()
{
    const FullDisk full;
    QVERIFY(atTheDesk());
    QVERIFY2(m_bench->text("problemText").contains(QLatin1String("disk")), qPrintable(m_bench->text("problemText")));
    m_bench->typeNotes(QStringLiteral("kept in memory"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Not kept"), 15000);
    m_bench->phone(QStringLiteral("a"), QStringLiteral("connected"), caller());
    m_bench->phone(QStringLiteral("a"), QStringLiteral("ended"), caller());
    QCOMPARE(m_bench->notes(), QStringLiteral("kept in memory"));
    QVERIFY(m_bench->shows("callsList"));
}

void TestBadInput::storeThatIsDamaged()
{
    QVERIFY(atTheDesk());
    m_bench->typeNotes(QStringLiteral("before"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);
    m_bench->end();
    QFile store(m_bench->storePath());
    QVERIFY2(store.open(QIODevice::ReadWrite), qPrintable(store.fileName()));
    const QByteArray page(4096, 'x');
    QCOMPARE(store.write(page), page.size()); // The list of all tables is gone, and what the key is checked by.
    store.close();

    m_bench->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->window()->console()->page(), Console::Page::Desk, 15000);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), QStringLiteral("before"), 15000);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_bench->text("problemText").startsWith(QLatin1String("The local store was damaged: 1 call, 1 note")), 15000);
    const QStringList aside = QFileInfo(store).dir().entryList({QStringLiteral("store.db.set-aside-*")});
    QCOMPARE(aside.size(), 1);
    QVERIFY2(m_bench->text("problemText").contains(QFileInfo(store).dir().filePath(aside.first())),
             qPrintable(m_bench->text("problemText")));
    QTRY_COMPARE(clippedLabels(*m_bench->window()), QString());
    m_bench->click("problemClose");

    // It goes on with the new one, in this run and the next.
    m_bench->typeNotes(QStringLiteral(" and after"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);
    m_bench->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), QStringLiteral("before and after"), 15000);
    QVERIFY(!m_bench->shows("problemBar"));
}

QTEST_MAIN(TestBadInput)
#include "tst_bad_input.moc"
