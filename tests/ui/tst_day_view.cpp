// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "Button.h"
#include "ClippedLabels.h"
#include "DayDialog.h"
#include "DaySamples.h"
#include "DeskParts.h"
#include "FakeClock.h"
#include "Label.h"
#include "LedgerKeeper.h"
#include "RingsideStyle.h"
#include "RowsView.h"
#include "TextFont.h"

#include <QAccessible>
#include <QApplication>
#include <QFileDialog>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// The day's statement, as it is seen, used by keyboard and read out.
class TestDayView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_view = std::make_unique<DayView>(); }
    void cleanup() { m_view.reset(); }

    void saysTheDayInASentence();
    void namesWhatIsWrong();
    void everyStateSaysItsOwn_data();
    void everyStateSaysItsOwn();
    void goesFromDayToDay();
    void enterShowsTheCall();
    void staysOnTheRowThatIsRead();
    void everyControlHasANameAndAKey();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void fileIsWrittenAndSaidSo();

private:
    template <typename Widget = Label> Widget *find(const char *name) const
    {
        return m_view->findChild<Widget *>(QLatin1String(name));
    }
    void show(const char *name) { m_view->setPicture(samples::dayPicture(QLatin1String(name), m_clock)); }

    samples::StillClock m_clock;
    std::unique_ptr<DayView> m_view;
};

void TestDayView::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication::setStyle(new RingsideStyle);
}

void TestDayView::saysTheDayInASentence()
{
    show("known");
    const DayReport report = samples::dayPicture(QStringLiteral("known"), m_clock).report;
    QVERIFY(report.counts.logged > 8);
    QCOMPARE(find("daySentence")->text(), report.sentence());
    QCOMPARE(find<RowsView>("dayRows")->model()->rowCount(), 14);
    const QModelIndex first = find<RowsView>("dayRows")->model()->index(0, 0);
    QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), QStringLiteral("10:56")); // by the desk's clock of then
    QVERIFY(find("dayTitle")->text().contains(QLatin1String("Today")));
    QVERIFY(find("dayTitle")->text().contains(QLatin1String("24 November 2026")));
    QVERIFY(find("dayCheck")->text().contains(QLatin1String("not compared")));
}

void TestDayView::namesWhatIsWrong()
{
    show("problems");
    QVERIFY(find("daySentence")->text().contains(QLatin1String("1 twice, 1 missing")));
    auto *rows = find<RowsView>("dayRows");
    QCOMPARE(rows->model()->index(2, 1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Missing"));
    QCOMPARE(rows->model()->index(6, 1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Twice"));
    QCOMPARE(rows->currentIndex().row(), 2); // the first of them
    QVERIFY(find("dayRemark")->text().contains(QLatin1String("no longer in Zoho CRM")));
    rows->setCurrentIndex(rows->model()->index(6, 0));
    QVERIFY(find("dayRemark")->text().contains(QLatin1String("several records")));
    QCOMPARE(find("dayRemark")->tone(), Tone::Bad);
    QCOMPARE(find("dayLedger")->tone(), Tone::Bad);
    rows->setCurrentIndex(rows->model()->index(0, 0));
    QVERIFY(find("dayRemark")->isHidden());
}

void TestDayView::everyStateSaysItsOwn_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("mayCheck");
    QTest::newRow("known") << "dayCheck"
                           << "not compared" << true;
    QTest::newRow("checked") << "dayCheck"
                             << "every logged call is there, once" << true;
    QTest::newRow("problems") << "dayCheck"
                              << "named below" << true;
    QTest::newRow("running") << "dayCheck"
                             << "Comparing" << false;
    QTest::newRow("offline") << "dayCheck"
                             << "cannot be reached" << true;
    QTest::newRow("empty") << "dayEmpty"
                           << "No calls on this day." << true;
}

void TestDayView::everyStateSaysItsOwn()
{
    QFETCH(QString, label);
    QFETCH(QString, text);
    QFETCH(bool, mayCheck);
    show(QTest::currentDataTag());
    auto *said = m_view->findChild<Label *>(label);
    QVERIFY2(said->text().contains(text), qPrintable(said->text()));
    QVERIFY(!said->isHidden());
    QCOMPARE(find<Button>("dayCheckButton")->isEnabled(), mayCheck);
    QCOMPARE(find<RowsView>("dayRows")->isHidden(), label == QLatin1String("dayEmpty"));
    m_view->setPicture({}); // and while it is read, nothing
    QVERIFY(!find<Button>("dayCheckButton")->isEnabled());
    QVERIFY(!find<Button>("daySave")->isEnabled());
}

void TestDayView::goesFromDayToDay()
{
    QSignalSpy wanted(m_view.get(), &DayView::dayWanted);
    show("known");
    const QDate today = m_clock.now().date();
    QVERIFY(!find<Button>("dayAfter")->isEnabled()); // there is no tomorrow yet
    QVERIFY(!find<Button>("dayToday")->isEnabled());
    find<Button>("dayBefore")->click();
    QCOMPARE(wanted.takeFirst().constFirst().toDate(), today.addDays(-1));
    show("empty");
    find<Button>("dayAfter")->click();
    QCOMPARE(wanted.takeFirst().constFirst().toDate(), today.addDays(-2));
    find<Button>("dayToday")->click();
    QCOMPARE(wanted.takeFirst().constFirst().toDate(), today);
}

void TestDayView::enterShowsTheCall()
{
    QSignalSpy chosen(m_view.get(), &DayView::callChosen);
    show("known");
    m_view->show();
    auto *rows = find<RowsView>("dayRows");
    rows->setFocus();
    QTest::keyClick(rows, Qt::Key_Home);
    QTest::keyClick(rows, Qt::Key_Down);
    QTest::keyClick(rows, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.constFirst().constFirst().toString(),
             samples::dayPicture(QStringLiteral("known"), m_clock).report.calls.at(1).entry.key);
}

void TestDayView::staysOnTheRowThatIsRead()
{
    show("known");
    auto *rows = find<RowsView>("dayRows");
    rows->setCurrentIndex(rows->model()->index(9, 0));
    show("problems"); // the check is back
    QCOMPARE(rows->currentIndex().row(), 9);
}

void TestDayView::everyControlHasANameAndAKey()
{
    show("problems");
    for (const char *name : {"dayBefore", "dayAfter", "dayToday", "dayCheckButton", "daySave", "dayClose"}) {
        const auto *button = find<Button>(name);
        QVERIFY2(button, name);
        QAccessibleInterface *read = QAccessible::queryAccessibleInterface(find<Button>(name));
        QVERIFY2(!read->text(QAccessible::Name).isEmpty(), name);
        QCOMPARE(read->role(), QAccessible::Button);
        QVERIFY2(button->toolTip().contains(QLatin1Char('(')), name); // its key
        QVERIFY(button->focusPolicy() != Qt::NoFocus);
    }
    QCOMPARE(find<RowsView>("dayRows")->accessibleName(), QStringLiteral("Calls of the day"));
    QVERIFY(find<RowsView>("dayRows")->focusPolicy() != Qt::NoFocus);
}

void TestDayView::nothingIsCutOff_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("width");
    for (const QString &name : samples::dayNames()) {
        QTest::newRow(qPrintable(name + QStringLiteral(" wide"))) << name << 860;
        QTest::newRow(qPrintable(name + QStringLiteral(" narrow"))) << name << 640;
    }
}

void TestDayView::nothingIsCutOff()
{
    QFETCH(QString, name);
    QFETCH(int, width);
    m_view->resize(width, 600);
    m_view->show();
    m_view->setPicture(samples::dayPicture(name, m_clock));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(clippedLabels(*m_view), QString());
}

void TestDayView::fileIsWrittenAndSaidSo()
{
    const QTemporaryDir folder;
    SessionSecretStore secrets;
    const FakeClock clock;
    DeskParts desk(folder.path(), secrets, clock);
    QVERIFY(await(desk.store.openForThisRun()).ok());
    StoredCall call;
    call.key = QStringLiteral("aaaa1111-0000-4000-8000-000000000000");
    call.startedAt = clock.now();
    call.state = static_cast<int>(CallState::Ended);
    call.logState = LogState::Logged;
    call.crmCallId = QStringLiteral("77");
    call.personName = QStringLiteral("Layla Haddad");
    QVERIFY(await(desk.callLog.save(call)).ok());
    Ledger ledger(desk.store);
    LedgerKeeper keeper(ledger, secrets, clock);
    DayStatement statement({desk.session, desk.callLog, ledger, keeper, desk.crm, desk.settings, clock});
    DayDialog dialog(statement, desk.session, desk.signIn);
    dialog.show();
    auto *save = dialog.findChild<Button *>(QStringLiteral("daySave"));
    QTRY_VERIFY(save->isEnabled());
    auto *ledgerLabel = dialog.findChild<Label *>(QStringLiteral("dayLedger"));
    QTRY_VERIFY(ledgerLabel->text().contains(QLatin1String("all as they were written")));
    save->click();
    auto *chooser = dialog.findChild<QFileDialog *>(QStringLiteral("daySaveFile"));
    QVERIFY(chooser);
    const QString path = folder.filePath(QStringLiteral("day.csv"));
    Q_EMIT chooser->fileSelected(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Layla Haddad"));
    QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
    auto *saved = dialog.findChild<Label *>(QStringLiteral("daySaved"));
    QVERIFY(saved->text().contains(QLatin1String("Saved as")));
    dialog.saveTo(folder.filePath(QStringLiteral("no/such/folder/day.csv")));
    QVERIFY2(saved->text().contains(QLatin1String("could not be saved")), qPrintable(saved->text()));
    // Nobody is signed in: the check says so, and what is known stays.
    dialog.findChild<Button *>(QStringLiteral("dayCheckButton"))->click();
    auto *check = dialog.findChild<Label *>(QStringLiteral("dayCheck"));
    QTRY_VERIFY(check->text().contains(QLatin1String("Sign in")));
    QVERIFY(dialog.findChild<Label *>(QStringLiteral("daySentence"))
                ->text()
                .startsWith(QLatin1String("1 calls, 1 logged")));
}

QTEST_MAIN(TestDayView)
#include "tst_day_view.moc"
