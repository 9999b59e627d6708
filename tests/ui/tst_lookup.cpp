// SPDX-License-Identifier: Apache-2.0
#include "LookupPalette.h"
#include "Samples.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace ringside;

/// The search palette over a window with a field of its own.
class TestLookup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }

    void takesAndGivesBackTheKeyboard();
    void arrowsAndEnterChoose();
    void laterResultsMoveNothing();
    void nothingFoundIsSaid();
    void enterAsksForTheSearch();
    void tabStaysInside();
    void clickBesideCloses();

private:
    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_other = nullptr;
    LookupPalette *m_palette = nullptr;
    QLineEdit *m_edit = nullptr;
    QListView *m_list = nullptr;
};

void TestLookup::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(1000, 700);
    m_other = new QLineEdit(m_window.get());
    m_palette = new LookupPalette(m_window.get());
    m_palette->setGeometry(m_window->rect());
    m_palette->hide();
    m_edit = m_palette->findChild<QLineEdit *>(QStringLiteral("lookupEdit"));
    m_list = m_palette->findChild<QListView *>(QStringLiteral("lookupResults"));
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_other->setFocus();
}

void TestLookup::takesAndGivesBackTheKeyboard()
{
    m_palette->open();
    QVERIFY(m_edit->hasFocus());
    QTest::keyClicks(m_edit, QStringLiteral("had"));
    QTest::keyClick(m_edit, Qt::Key_Escape);
    QVERIFY(m_palette->isHidden());
    QVERIFY(m_other->hasFocus());
    QCOMPARE(m_other->text(), QString());
    m_palette->open();
    QCOMPARE(m_edit->selectedText(), QStringLiteral("had"));
}

void TestLookup::arrowsAndEnterChoose()
{
    qRegisterMetaType<Candidate>();
    m_palette->open();
    m_palette->setResults(samples::searchResults(), false, {});
    QSignalSpy chosen(m_palette, &LookupPalette::chosen);
    QTest::keyClick(m_edit, Qt::Key_Down);
    QTest::keyClick(m_edit, Qt::Key_Down);
    QTest::keyClick(m_edit, Qt::Key_Up);
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.at(0).at(0).value<Candidate>().name, QStringLiteral("Haddad Interiors"));
    QVERIFY(m_palette->isHidden());
}

void TestLookup::laterResultsMoveNothing()
{
    m_palette->open();
    QList<Candidate> found = samples::searchResults();
    m_palette->setResults(found.mid(0, 2), true, {});
    QTest::keyClick(m_edit, Qt::Key_Down);
    QSignalSpy reset(m_list->model(), &QAbstractItemModel::modelReset);
    m_palette->setResults(found, false, {});
    QCOMPARE(m_list->model()->rowCount(), 4);
    QCOMPARE(m_list->currentIndex().row(), 1);
    QCOMPARE(reset.count(), 0);
}

void TestLookup::nothingFoundIsSaid()
{
    m_palette->open();
    auto *message = m_palette->findChild<QLabel *>(QStringLiteral("lookupMessage"));
    m_palette->setResults({}, true, {});
    QCOMPARE(message->text(), QStringLiteral("Searching…"));
    m_palette->setResults({}, false, QStringLiteral("Nobody was found."));
    QCOMPARE(message->text(), QStringLiteral("Nobody was found."));
    QVERIFY(message->isVisible());
    QSignalSpy chosen(m_palette, &LookupPalette::chosen);
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(chosen.count(), 0);
}

void TestLookup::enterAsksForTheSearch()
{
    m_palette->open();
    const QString sentence = QStringLiteral("Press Enter to search Zoho CRM.");
    QSignalSpy wanted(m_palette, &LookupPalette::searchRequested);
    QSignalSpy chosen(m_palette, &LookupPalette::chosen);
    const QList<Candidate> found = samples::searchResults();
    m_palette->setResults({}, false, {});
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(wanted.count(), 0); // Nothing waits for it.

    m_palette->setResults({}, false, sentence, true);
    m_palette->setResults(found.mid(0, 2), false, sentence, true);
    QCOMPARE(m_palette->findChild<QLabel *>(QStringLiteral("lookupMessage"))->text(), sentence);
    QVERIFY(!m_list->currentIndex().isValid()); // Else Enter would open one that was not looked at.
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(chosen.count(), 0);
    QVERIFY(m_palette->isVisible());
    QVERIFY(m_edit->hasFocus());

    QTest::keyClick(m_edit, Qt::Key_Down); // This one it is.
    QTest::keyClick(m_edit, Qt::Key_Enter);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.at(0).at(0).value<Candidate>().ref, found.at(0).ref);

    m_palette->open();
    m_palette->setResults({}, true, {});
    m_palette->setResults(found, false, {}); // The CRM was searched.
    QTest::keyClick(m_edit, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(chosen.count(), 2);
}

void TestLookup::tabStaysInside()
{
    m_palette->open();
    QTest::keyClick(m_edit, Qt::Key_Tab);
    QVERIFY(m_edit->hasFocus());
    QTest::keyClick(m_edit, Qt::Key_Backtab);
    QVERIFY(m_edit->hasFocus());
}

void TestLookup::clickBesideCloses()
{
    m_palette->open();
    QTest::mouseClick(m_palette, Qt::LeftButton, {}, QPoint(5, 650));
    QVERIFY(m_palette->isHidden());
    QVERIFY(m_other->hasFocus());
}

QTEST_MAIN(TestLookup)
#include "tst_lookup.moc"
