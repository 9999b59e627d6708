// SPDX-License-Identifier: Apache-2.0
#include "RemoveRecordDialog.h"

#include "DeskBench.h"
#include "Directory.h"

#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace ringside;
using namespace ringside::test;

/// The question before a record is deleted, as the agent meets it.
class TestRemoveRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void deleteWaitsForTheName();
    void enterDeletesNothing();
    void cancelChangesNothing();
    void whatIsUnderWayIsWaitedFor();
    void inactiveIsOfferedWhereNamed();
    void problemIsShownAndTheNameStays();

private:
    template <typename T> T *part(const char *name) const { return m_dialog->findChild<T *>(QLatin1String(name)); }

    std::function<RawServer::Answer()> m_answer;
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<Directory> m_directory;
    QPointer<RemoveRecordDialog> m_dialog;
};

void TestRemoveRecord::init()
{
    m_answer = [] {
        return jsonAnswer(200, {{QStringLiteral("data"),
                                 QJsonArray{QJsonObject{{QStringLiteral("code"), QStringLiteral("SUCCESS")}}}}});
    };
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &) { return m_answer(); });
    QVERIFY(m_bench->open());
    m_directory = std::make_unique<Directory>(m_bench->store);
    QVERIFY(m_bench->settings.set(SettingKey::AllowDelete, QStringLiteral("true")).ok());
    const RecordRef ref{QStringLiteral("Contacts"), QStringLiteral("57")};
    m_dialog = new RemoveRecordDialog(std::make_unique<RecordRemoval>(
        ref, QStringLiteral("Layla Haddad"),
        RecordRemoval::Parts{m_bench->crm, *m_directory, m_bench->settings, m_bench->metadata, {}}));
    m_dialog->show();
}

void TestRemoveRecord::cleanup()
{
    delete m_dialog;
    m_directory.reset();
    m_bench.reset();
}

void TestRemoveRecord::deleteWaitsForTheName()
{
    QVERIFY(!m_dialog->isModal());
    auto *remove = part<QPushButton>("removeDelete");
    QVERIFY(!remove->isEnabled());
    QTest::keyClicks(part<QLineEdit>("removeName"), QStringLiteral("Layla Hadda"));
    QVERIFY(!remove->isEnabled());
    QTest::keyClicks(part<QLineEdit>("removeName"), QStringLiteral("d"));
    QVERIFY(remove->isEnabled());
    QSignalSpy ended(m_dialog, &RemoveRecordDialog::ended);
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(!remove->isEnabled()); // once
    QTRY_COMPARE(ended.count(), 1);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_bench->count("DELETE", "ids=57"), 1);
}

void TestRemoveRecord::enterDeletesNothing()
{
    QTest::keyClicks(part<QLineEdit>("removeName"), QStringLiteral("Layla Haddad"));
    QTest::keyClick(part<QLineEdit>("removeName"), Qt::Key_Return);
    QVERIFY(part<QPushButton>("removeDelete")->isEnabled()); // still waiting for its own press
    QVERIFY(m_bench->server.arrivals().isEmpty());
}

void TestRemoveRecord::cancelChangesNothing()
{
    QTest::keyClicks(part<QLineEdit>("removeName"), QStringLiteral("Layla Haddad"));
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog || !m_dialog->isVisible());
    QVERIFY(m_bench->server.arrivals().isEmpty());
}

void TestRemoveRecord::whatIsUnderWayIsWaitedFor()
{
    m_answer = [] { return RawServer::Answer{}; };
    QTest::keyClicks(part<QLineEdit>("removeName"), QStringLiteral("Layla Haddad"));
    QTest::mouseClick(part<QPushButton>("removeDelete"), Qt::LeftButton);
    QTRY_COMPARE(m_bench->count("DELETE", "ids=57"), 1);
    QVERIFY(!part<QPushButton>("removeCancel")->isEnabled());
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    m_dialog->close();
    QVERIFY(m_dialog && m_dialog->isVisible());
    QSignalSpy ended(m_dialog, &RemoveRecordDialog::ended);
    m_bench->server.sendLate(RawServer::response(200, R"({"data":[{"code":"SUCCESS"}]})"));
    QTRY_COMPARE(ended.count(), 1);
    QTRY_VERIFY(!m_dialog);
}

void TestRemoveRecord::inactiveIsOfferedWhereNamed()
{
    QVERIFY(!part<QPushButton>("removeInactive")->isVisible());
    QVERIFY(m_bench->settings.set(SettingKey::InactiveTag, QStringLiteral("Inactive")).ok());
    QTest::keyClicks(part<QLineEdit>("removeName"), QStringLiteral("x"));
    QVERIFY(part<QPushButton>("removeInactive")->isVisible());
    QSignalSpy ended(m_dialog, &RemoveRecordDialog::ended);
    QTest::mouseClick(part<QPushButton>("removeInactive"), Qt::LeftButton);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(m_bench->count("POST", "/actions/add_tags"), 1);
    QCOMPARE(m_bench->count("DELETE", ""), 0);
}

void TestRemoveRecord::problemIsShownAndTheNameStays()
{
    m_answer = [] { return refused(403, QStringLiteral("NO_PERMISSION")); };
    QTest::keyClicks(part<QLineEdit>("removeName"), QStringLiteral("Layla Haddad"));
    QTest::mouseClick(part<QPushButton>("removeDelete"), Qt::LeftButton);
    const auto problem = [this] { return part<QLabel>("removeProblem")->text(); };
    QTRY_VERIFY(part<QPushButton>("removeDelete")->isEnabled());
    QVERIFY(!problem().isEmpty());
    QCOMPARE(part<QLineEdit>("removeName")->text(), QStringLiteral("Layla Haddad"));
}

QTEST_MAIN(TestRemoveRecord)
#include "tst_remove_record.moc"
