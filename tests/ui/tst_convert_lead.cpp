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
    void whoIsThereAlreadyIsJoined();
    void whoIsThereAlreadyGetsTheCall();
    void anotherContactCanBeMadeAllTheSame();
    void accountThatIsThereAlreadyIsChosen();
    void whoIsHiddenIsNotOffered_data();
    void whoIsHiddenIsNotOffered();
    void whatBecameOfTheLeadIsKnownAtOnce();
    void dealIsMadeWhenNamed();
    void offeredOnlyWhereAllowed();

private:
    template <typename T> T *part(const char *name) const { return m_dialog->findChild<T *>(QLatin1String(name)); }
    void open(ConvertLeadDialog::For what = ConvertLeadDialog::For::Call);
    void convert() { QTest::mouseClick(part<QPushButton>("convertButton"), Qt::LeftButton); }
    void meetExisting(ConvertLeadDialog::For what = ConvertLeadDialog::For::Call);
    QStringList knownAs(const QString &number) const;
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

void TestConvertLead::open(ConvertLeadDialog::For what)
{
    m_dialog = new ConvertLeadDialog(m_bench->offer(), what);
    m_dialog->show();
}

/// The first try, which the CRM refuses, naming a contact.
void TestConvertLead::meetExisting(ConvertLeadDialog::For what)
{
    m_bench->converted = [] { return ConversionBench::taken("Contacts", "71"); };
    open(what);
    QTRY_VERIFY(asking());
    QVERIFY(!part<QComboBox>("convertContact")->isVisible());
    QVERIFY(!part<QPushButton>("convertAttach")->isVisible());
    convert();
    QTRY_VERIFY(part<QComboBox>("convertContact")->isVisible());
    QVERIFY(asking());
}

/// The directory's records under a number.
QStringList TestConvertLead::knownAs(const QString &number) const
{
    QStringList names;
    const auto entries = await(m_bench->directory.byNumber(number));
    for (const DirectoryEntry &entry : entries.ok() ? entries.value() : QList<DirectoryEntry>())
        names.append(entry.module + QLatin1Char('/') + entry.recordId + QLatin1Char(' ') + entry.name);
    return names;
}

void TestConvertLead::whoIsThereAlreadyIsJoined()
{
    meetExisting();
    const QString problem = part<QLabel>("convertProblem")->text();
    QVERIFY2(problem.contains(QLatin1String("Customer Number")) &&
                 problem.contains(QLatin1String("nothing was converted")),
             qPrintable(problem));
    QVERIFY(part<QComboBox>("convertContact")->currentText().contains(QLatin1String("J. Whitfield")));
    QVERIFY(part<QLabel>("convertExplanation")->text().contains(QLatin1String("J. Whitfield, which is there already")));
    m_bench->converted = ConversionBench::done;
    QSignalSpy told(m_dialog, &ConvertLeadDialog::converted);
    convert();
    QTRY_VERIFY(!m_dialog);
    const QByteArray body = m_bench->desk.server.arrivals().constLast().body;
    QVERIFY2(body.contains("\"Contacts\":{\"id\":\"71\"}") && body.contains("\"overwrite\":false"), body.constData());
    QCOMPARE(told.count(), 1);
    const auto person = told.constFirst().at(1).value<Candidate>();
    QCOMPARE(person.ref, (RecordRef{QStringLiteral("Contacts"), QStringLiteral("71")}));
    QCOMPARE(person.name, QStringLiteral("J. Whitfield"));
    for (const auto &number : {QStringLiteral("+15550172233"), QStringLiteral("+15550179988")}) // The lead's, its own.
        QTRY_COMPARE(knownAs(number), QStringList(QStringLiteral("Contacts/71 J. Whitfield")));
}

void TestConvertLead::whoIsThereAlreadyGetsTheCall()
{
    meetExisting();
    QVERIFY(part<QPushButton>("convertAttach")->isVisible());
    QSignalSpy attached(m_dialog, &ConvertLeadDialog::attachRequested);
    QSignalSpy converted(m_dialog, &ConvertLeadDialog::converted);
    QTest::mouseClick(part<QPushButton>("convertAttach"), Qt::LeftButton);
    QTRY_VERIFY(!m_dialog);
    QCOMPARE(attached.count(), 1);
    QCOMPARE(attached.constFirst().constFirst().value<Candidate>().ref,
             (RecordRef{QStringLiteral("Contacts"), QStringLiteral("71")}));
    QCOMPARE(converted.count(), 0);
    QCOMPARE(m_bench->desk.count("POST", "/convert"), 1);
}

void TestConvertLead::anotherContactCanBeMadeAllTheSame()
{
    meetExisting(ConvertLeadDialog::For::Record);
    QVERIFY(!part<QPushButton>("convertAttach")->isVisible()); // There is no call.
    auto *contact = part<QComboBox>("convertContact");
    contact->setCurrentIndex(1);
    Q_EMIT contact->activated(1); // As the mouse does.
    QVERIFY(!part<QLabel>("convertExplanation")->text().contains(QLatin1String("there already")));
    m_bench->converted = ConversionBench::done;
    convert();
    QTRY_VERIFY(!m_dialog);
    QVERIFY(!m_bench->desk.server.arrivals().constLast().body.contains("Contacts"));
}

void TestConvertLead::accountThatIsThereAlreadyIsChosen()
{
    m_bench->converted = [] { return ConversionBench::taken("Accounts", "9"); };
    m_bench->existing = [] {
        return records({ConversionBench::record(QStringLiteral("9"), QStringLiteral("Account_Name"))});
    };
    open();
    QTRY_VERIFY(asking());
    QCOMPARE(part<QComboBox>("convertAccount")->count(), 1);
    convert();
    QTRY_COMPARE(part<QComboBox>("convertAccount")->count(), 2);
    QVERIFY(part<QLabel>("convertProblem")->text().contains(QLatin1String("an account with the same Customer Number")));
    QVERIFY(!part<QComboBox>("convertContact")->isVisible());
    m_bench->converted = ConversionBench::done;
    convert();
    QTRY_VERIFY(!m_dialog);
    QVERIFY(m_bench->desk.server.arrivals().constLast().body.contains("\"Accounts\":{\"id\":\"9\"}"));
}

void TestConvertLead::whoIsHiddenIsNotOffered_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("hidden") << 403 << QStringLiteral("NO_PERMISSION") << QStringLiteral("deleted or hidden from you");
    QTest::newRow("gone") << 404 << QStringLiteral("INVALID_DATA") << QStringLiteral("deleted or hidden from you");
    QTest::newRow("a bad moment") << 500 << QStringLiteral("INTERNAL_ERROR")
                                  << QStringLiteral("convert again to have it");
}

void TestConvertLead::whoIsHiddenIsNotOffered()
{
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QString, says);
    m_bench->converted = [] { return ConversionBench::taken("Contacts", "71"); };
    m_bench->existing = [status, code] { return refused(status, code); };
    open();
    QTRY_VERIFY(asking());
    convert();
    QTRY_VERIFY(part<QLabel>("convertProblem")->text().contains(says));
    QVERIFY(asking());
    QVERIFY(!part<QComboBox>("convertContact")->isVisible());
    QVERIFY(!part<QPushButton>("convertAttach")->isVisible());
}

/// The search would not find the new contact for a while.
void TestConvertLead::whatBecameOfTheLeadIsKnownAtOnce()
{
    DirectoryEntry lead;
    lead.module = QStringLiteral("Leads");
    lead.recordId = QStringLiteral("8");
    lead.name = QStringLiteral("Jane Whitfield");
    lead.numbers = {QStringLiteral("+15550172233")};
    lead.numberLabels = {QStringLiteral("Phone")};
    QVERIFY(await(m_bench->directory.remember(lead)).ok());
    open(ConvertLeadDialog::For::Record);
    QTRY_VERIFY(asking());
    convert();
    QTRY_VERIFY(!m_dialog);
    QTRY_COMPARE(knownAs(QStringLiteral("+15550172233")), QStringList(QStringLiteral("Contacts/71 Jane Whitfield")));
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
