// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "ClippedLabels.h"
#include "Console.h"
#include "ConsoleBench.h"

#include <QDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// What the agent sees of the keychain, on the very program and a real session: one that is locked, none, not even a
/// bus, and for comparison one that is merely empty (support/with-keyring.sh).
class TestKeychainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_bench = std::make_unique<ConsoleBench>(); }
    void cleanup() { m_bench.reset(); }

    void saysWhatIsTheMatter();
    void signsInForThisRun();
    void nothingIsEverInTheClear();

private:
    bool works() const { return m_kind == "unlocked"; }

    QByteArray m_kind;
    std::unique_ptr<ConsoleBench> m_bench;
};

void TestKeychainWindow::initTestCase()
{
    m_kind = qgetenv("RINGSIDE_KEYCHAIN");
    QVERIFY2(!m_kind.isEmpty(), "run this through tests/support/with-keyring.sh");
}

void TestKeychainWindow::saysWhatIsTheMatter()
{
    m_bench->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("setupMessage"), 15000);
    const QString said = m_bench->text("setupMessage");
    if (works()) {
        QCOMPARE(said, QStringLiteral("Enter the client secret that belongs to the client ID to sign in."));
        QVERIFY(!m_bench->shows("problemBar"));
    } else {
        QVERIFY2(said.contains(m_kind == "locked" ? QLatin1String("keychain is locked.")
                                                  : QLatin1String("keychain is missing")),
                 qPrintable(said));
        QVERIFY2(said.endsWith(QLatin1String("or sign in for this run only.")), qPrintable(said));
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("problemText").contains(QLatin1String("kept for this run only")), 15000);
    }
    QTRY_COMPARE(clippedLabels(*m_bench->window()), QString());
}

void TestKeychainWindow::signsInForThisRun()
{
    m_bench->start();
    QVERIFY(m_bench->signIn());
    if (works())
        QTRY_COMPARE(m_bench->text("problemText"), QString());
    else
        QTRY_VERIFY_WITH_TIMEOUT(
            m_bench->text("problemText").endsWith(QLatin1String("You are signed in until you close Ringside.")), 15000);
    QTRY_COMPARE(clippedLabels(*m_bench->window()), QString());
    m_bench->phone(QStringLiteral("a"), QStringLiteral("ringing"), QStringLiteral("+442079460018"));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("notesEdit"), 15000);
    m_bench->typeNotes(QStringLiteral("wants a call"));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);

    // The next run begins signed out, or signed in, as the keychain has it.
    m_bench->start();
    if (works()) {
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->window()->console()->page(), Console::Page::Desk, 15000);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), QStringLiteral("wants a call"), 15000);
    } else {
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("setupMessage"), 15000);
        QVERIFY(m_bench->text("setupMessage").contains(QLatin1String("keychain")));
    }
}

void TestKeychainWindow::nothingIsEverInTheClear()
{
    const QByteArray canary = "canary-of-a-note-51c7";
    m_bench->start();
    QVERIFY(m_bench->signIn());
    m_bench->phone(QStringLiteral("b"), QStringLiteral("ringing"), QStringLiteral("+442079460018"));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("notesEdit"), 15000);
    m_bench->typeNotes(QString::fromLatin1(canary));
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), 15000);
    const QList<QByteArray> texts{canary, sandbox::SandboxServer::demoClientSecret().toLatin1(), "refresh_token",
                                  "access_token"};
    const QStringList temporary = QDir::temp().entryList({QStringLiteral("ringside-??????")}, QDir::Dirs);
    QCOMPARE(temporary.isEmpty(), works()); // Where notes of one run are, encrypted.
    QStringList places{m_bench->folder(), qEnvironmentVariable("RINGSIDE_KEYRING_HOME")};
    for (const QString &name : temporary)
        places.append(QDir::temp().filePath(name));
    for (int run = 0; run < 2; ++run) { // While it runs, and after its end.
        for (const QString &place : std::as_const(places))
            QCOMPARE(ConsoleBench::fileWith(place, texts), QString());
        m_bench->end();
    }
    QCOMPARE(QDir::temp().entryList({QStringLiteral("ringside-??????")}, QDir::Dirs), QStringList());
}

QTEST_MAIN(TestKeychainWindow)
#include "tst_keychain_window.moc"
