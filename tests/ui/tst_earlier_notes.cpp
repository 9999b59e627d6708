// SPDX-License-Identifier: Apache-2.0
#include "EarlierNotesDialog.h"

#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;

/// The earlier notes of a call: looked at and brought back by keys alone.
class TestEarlierNotes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { delete m_dialog; }

    void showsThemNewestFirst();
    void bringsOneBackByKeys();
    void escapeChangesNothing();
    void saysWhenThereAreNone();
    void saysWhyTheyCannotBeRead();
    void everyControlHasAName();

private:
    template <typename Widget> Widget *find(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QLatin1String(name));
    }
    QList<NoteVersion> two() const
    {
        return {{.notes = QStringLiteral("Second line of thought\nand more"), .keptAt = m_now.addSecs(-60)},
                {.notes = QString::fromUtf8("وصلت الشحنة"), .keptAt = m_now.addDays(-1)}};
    }

    const QDateTime m_now = QDateTime(QDate(2026, 11, 28), QTime(14, 26), Qt::UTC);
    QPointer<EarlierNotesDialog> m_dialog;
};

void TestEarlierNotes::init()
{
    m_dialog = new EarlierNotesDialog;
    m_dialog->show();
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog));
}

void TestEarlierNotes::showsThemNewestFirst()
{
    QVERIFY(!find<QListWidget>("earlierNotesList")->isVisible()); // not read yet
    m_dialog->setVersions(two(), {}, m_now);
    auto *list = find<QListWidget>("earlierNotesList");
    QCOMPARE(list->count(), 2);
    QVERIFY2(list->item(0)->text().contains(QLatin1String("Today")), qPrintable(list->item(0)->text()));
    QVERIFY(list->item(0)->text().contains(QLatin1String("Second line of thought")));
    QVERIFY(!list->item(0)->text().contains(QLatin1String("and more")));
    QVERIFY(list->item(1)->text().contains(QLatin1String("Yesterday")));
    QCOMPARE(find<QPlainTextEdit>("earlierNotesPreview")->toPlainText(), two().constFirst().notes);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(find<QPlainTextEdit>("earlierNotesPreview")->toPlainText(), two().constLast().notes);
}

void TestEarlierNotes::bringsOneBackByKeys()
{
    QSignalSpy wanted(m_dialog, &EarlierNotesDialog::bringBackRequested);
    m_dialog->setVersions(two(), {}, m_now);
    auto *list = find<QListWidget>("earlierNotesList");
    QVERIFY(list->hasFocus());
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), two().constLast().notes);
    QVERIFY(!m_dialog || !m_dialog->isVisible());
}

void TestEarlierNotes::escapeChangesNothing()
{
    QSignalSpy wanted(m_dialog, &EarlierNotesDialog::bringBackRequested);
    m_dialog->setVersions(two(), {}, m_now);
    QTest::keyClick(find<QListWidget>("earlierNotesList"), Qt::Key_Escape);
    QVERIFY(!m_dialog || !m_dialog->isVisible());
    QCOMPARE(wanted.count(), 0);
}

void TestEarlierNotes::saysWhenThereAreNone()
{
    m_dialog->setVersions({}, {}, m_now);
    QVERIFY(find<QLabel>("earlierNotesMessage")->text().contains(QLatin1String("no earlier version")));
    QVERIFY(!find<QPushButton>("bringBackButton")->isVisible());
    QVERIFY(find<QPushButton>("earlierNotesClose")->isVisible());
}

void TestEarlierNotes::saysWhyTheyCannotBeRead()
{
    m_dialog->setVersions({}, QStringLiteral("The local store cannot be read."), m_now);
    QCOMPARE(find<QLabel>("earlierNotesMessage")->text(), QStringLiteral("The local store cannot be read."));
}

void TestEarlierNotes::everyControlHasAName()
{
    m_dialog->setVersions(two(), {}, m_now);
    QVERIFY(!find<QListWidget>("earlierNotesList")->accessibleName().isEmpty());
    QVERIFY(!find<QPlainTextEdit>("earlierNotesPreview")->accessibleName().isEmpty());
    for (const char *name : {"bringBackButton", "earlierNotesClose"})
        QVERIFY2(!find<QPushButton>(name)->toolTip().isEmpty(), name);
}

QTEST_MAIN(TestEarlierNotes)
#include "tst_earlier_notes.moc"
