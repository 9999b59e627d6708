// SPDX-License-Identifier: Apache-2.0
#include "ConversionBench.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace ringside;
using namespace ringside::test;

/// The question before a lead becomes a contact, as the agent meets it.
class TestConvertLead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhatWillBeMade();
    void existingAccountComesFirst();
    void convertsOnce();
    void refusalIsSaidAndCanBeTriedAgain();
    void dealIsMadeWhenNamed();
    void offeredOnlyWhereAllowed();

private:
    template <typename T> T *part(const char *name) const { return m_dialog->findChild<T *>(QLatin1String(name)); }
    void open();
    bool asking() const { return m_dialog && part<QPushButton>("convertButton")->isEnabled(); }

    std::unique_ptr<ConversionBench> m_bench;
    QPointer<ConvertLeadDialog> m_dialog;
};

void TestConvertLead::init()
{
    m_bench = std::make_unique<ConversionBench>();
    QVERIFY(m_bench->open());
}

void TestConvertLead::cleanup()
{
    delete m_dialog;
    m_bench.reset();
}

void TestConvertLead::open()
{
    m_dialog = new ConvertLeadDialog(m_bench->offer());
    m_dialog->show();
}

void TestConvertLead::saysWhatWillBeMade()
{
    open();
    QVERIFY(!m_dialog->isModal());
    QVERIFY(!asking()); // not before it is known what is there
    QTRY_VERIFY(asking());
    const QString text = part<QLabel>("convertExplanation")->text();
    QVERIFY2(text.contains(QLatin1String("Jane Whitfield")) && text.contains(QLatin1String("new account")),
             qPrintable(text));
    QVERIFY(text.contains(QLatin1String("cannot be undone")));
    QCOMPARE(m_bench->desk.count("POST", "/convert"), 0);
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_bench->desk.count("POST", "/convert"), 0);
}

void TestConvertLead::existingAccountComesFirst()
{
    m_bench->accountExists = true;
    open();
    QTRY_VERIFY(asking());
    QCOMPARE(part<QComboBox>("convertAccount")->count(), 2);
    QVERIFY(part<QLabel>("convertExplanation")->text().contains(QLatin1String("there already")));
    QTest::mouseClick(part<QPushButton>("convertButton"), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    QVERIFY(m_bench->desk.server.arrivals().constLast().body.contains("\"Accounts\":{\"id\":\"9\"}"));
}

void TestConvertLead::convertsOnce()
{
    open();
    QTRY_VERIFY(asking());
    QSignalSpy told(m_dialog, &ConvertLeadDialog::converted);
    auto *button = part<QPushButton>("convertButton");
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(told.count(), 1);
    QCOMPARE(told.constFirst().constFirst().value<ConvertedLead>().contact,
             (RecordRef{QStringLiteral("Contacts"), QStringLiteral("71")}));
    QCOMPARE(m_bench->desk.count("POST", "/convert"), 1);
}

void TestConvertLead::refusalIsSaidAndCanBeTriedAgain()
{
    m_bench->converted = [] { return refused(403, QStringLiteral("NO_PERMISSION")); };
    open();
    QTRY_VERIFY(asking());
    QTest::mouseClick(part<QPushButton>("convertButton"), Qt::LeftButton);
    QTRY_VERIFY(asking());
    QVERIFY(!part<QLabel>("convertProblem")->text().isEmpty());
    m_bench->converted = ConversionBench::done;
    QTest::mouseClick(part<QPushButton>("convertButton"), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(m_bench->desk.count("POST", "/convert"), 2);
}

void TestConvertLead::dealIsMadeWhenNamed()
{
    QVERIFY(m_bench->learn());
    open();
    QTRY_VERIFY(asking());
    QVERIFY(part<QCheckBox>("convertWithDeal")->isVisible());
    QVERIFY(!part<QLineEdit>("convertDealName")->isVisible());
    part<QCheckBox>("convertWithDeal")->click();
    QVERIFY(!asking()); // a deal without a name
    QTest::keyClicks(part<QLineEdit>("convertDealName"), QStringLiteral("Renewal"));
    QTest::keyClick(part<QLineEdit>("convertDealName"), Qt::Key_Return);
    QCOMPARE(m_bench->desk.count("POST", "/convert"), 0); // Enter in a field converts nobody
    QVERIFY(part<QLabel>("convertExplanation")->text().contains(QLatin1String("Renewal")));
    QTest::mouseClick(part<QPushButton>("convertButton"), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    const QByteArray body = m_bench->desk.server.arrivals().constLast().body;
    QVERIFY2(body.contains("\"Deal_Name\":\"Renewal\"") && body.contains("\"Stage\":\"Qualification\""),
             body.constData());
}

void TestConvertLead::offeredOnlyWhereAllowed()
{
    const auto offered = [this](const char *module) {
        return LeadOffer::offered(m_bench->desk.settings, m_bench->desk.metadata, QLatin1String(module));
    };
    QVERIFY(!offered("Leads"));
    QVERIFY(m_bench->desk.settings.set(SettingKey::FeatureConvert, QStringLiteral("true")).ok());
    QVERIFY(offered("Leads"));
    QVERIFY(!offered("Contacts"));
}

QTEST_MAIN(TestConvertLead)
#include "tst_convert_lead.moc"
