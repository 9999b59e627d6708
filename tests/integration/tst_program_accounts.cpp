// SPDX-License-Identifier: Apache-2.0
#include "Console.h"
#include "ConsoleBench.h"
#include "StoreLock.h"
#include "TopBar.h"

#include <QPointer>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// Signing out and changing accounts on the very program, with a real keychain: what belongs to somebody stays theirs, and
/// nothing is lost unasked.
class TestProgramAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<ConsoleBench>(); }
    void cleanup() { m_bench.reset(); }

    void anotherAccountAndBack();
    void anotherAccountBeforeTheStoreIsOpen();
    void whatIsKeptForThisRunIsAskedAbout();
    void signingOutSparesWhatCouldNotBeOpened();

private:
    static constexpr int patience = 15000;
    static inline const QString typed = QStringLiteral("gate code with security");

    bool atDesk() const { return m_bench->window()->console()->page() == Console::Page::Desk; }
    /// At the desk, with a call and its notes on the disk.
    void typeANote();
    QString store() const { return m_bench->folder() + QStringLiteral("/store.db"); }

    std::unique_ptr<ConsoleBench> m_bench;
};

void TestProgramAccounts::typeANote()
{
    m_bench->phone(QStringLiteral("a"), QStringLiteral("ringing"), QStringLiteral("+442079460018"));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("notesEdit"), patience);
    m_bench->typeNotes(typed);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text("saveState"), QStringLiteral("Draft kept"), patience);
}

void TestProgramAccounts::anotherAccountAndBack()
{
    m_bench->start();
    QVERIFY(m_bench->signIn());
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->widget("phonePill")->toolTip().contains(QLatin1String("WebSocket")), patience);
    typeANote();
    const QPointer<MainWindow> before = m_bench->window();
    Q_EMIT m_bench->window()->anotherAccountRequested();
    QTRY_VERIFY_WITH_TIMEOUT(!before && m_bench->shows("signInButton"), patience);
    QVERIFY(!m_bench->shows("notesEdit"));
    QCOMPARE(m_bench->text("problemText"), QString()); // Nothing was lost, so nothing was asked.

    const QPointer<MainWindow> between = m_bench->window();
    Q_EMIT m_bench->window()->accountChosen(QString());
    QTRY_VERIFY_WITH_TIMEOUT(!between && atDesk(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), typed, patience);
}

void TestProgramAccounts::anotherAccountBeforeTheStoreIsOpen()
{
    m_bench->start();
    QVERIFY(m_bench->signIn());
    typeANote();
    // The keychain and the store have not answered yet, and will when that window is gone.
    m_bench->start();
    Q_EMIT m_bench->window()->anotherAccountRequested();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->shows("signInButton"), patience);
    const QPointer<MainWindow> between = m_bench->window();
    Q_EMIT m_bench->window()->accountChosen(QString());
    QTRY_VERIFY_WITH_TIMEOUT(!between && atDesk(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), typed, patience);
}

void TestProgramAccounts::whatIsKeptForThisRunIsAskedAbout()
{
    const auto lock = StoreLock::take(store());
    QVERIFY(lock.ok());
    m_bench->start();
    QVERIFY(m_bench->signIn());
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->widget("phonePill")->toolTip().contains(QLatin1String("WebSocket")), patience);
    typeANote();
    m_bench->phone(QStringLiteral("a"), QStringLiteral("connected"), QStringLiteral("+442079460018"));
    m_bench->phone(QStringLiteral("a"), QStringLiteral("ended"), QStringLiteral("+442079460018"));
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("callState").contains(QLatin1String("Ended")), patience);
    while (m_bench->shows("problemBar"))
        m_bench->click("problemClose");
    const QPointer<MainWindow> before = m_bench->window();
    Q_EMIT m_bench->window()->anotherAccountRequested();
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("problemText").contains(QLatin1String("Opening another account loses")), patience);
    QCOMPARE(m_bench->notes(), typed);
    QVERIFY(before);
    m_bench->click("problemAction");
    QTRY_VERIFY_WITH_TIMEOUT(!before && m_bench->shows("signInButton"), patience);
}

void TestProgramAccounts::signingOutSparesWhatCouldNotBeOpened()
{
    m_bench->start();
    QVERIFY(m_bench->signIn());
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->widget("phonePill")->toolTip().contains(QLatin1String("WebSocket")), patience);
    typeANote();
    m_bench->end();
    {
        const auto lock = StoreLock::take(store()); // As another program that has it open.
        QVERIFY(lock.ok());
        m_bench->start();
        QTRY_VERIFY_WITH_TIMEOUT(atDesk() && m_bench->shows("notesEdit"), patience); // The call that still rings.
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("problemText").contains(QLatin1String("kept for this run only")), patience);
        const QPointer<MainWindow> before = m_bench->window();
        while (m_bench->shows("problemBar"))
            m_bench->click("problemClose");
        Q_EMIT m_bench->window()->console()->topBar()->signOutRequested();
        QTRY_VERIFY_WITH_TIMEOUT(m_bench->text("problemText").contains(QLatin1String("would be lost")), patience);
        m_bench->click("problemAction");
        QTRY_VERIFY_WITH_TIMEOUT(!before && m_bench->shows("signInButton"), patience);
        m_bench->end();
    }
    m_bench->start();
    QVERIFY(m_bench->signIn());
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->notes(), typed, patience);
}

QTEST_MAIN(TestProgramAccounts)
#include "tst_program_accounts.moc"
