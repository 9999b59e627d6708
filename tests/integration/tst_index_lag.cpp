// SPDX-License-Identifier: Apache-2.0
#include "CallCost.h"

#include "Await.h"
#include "CreditState.h"
#include "LeadOffer.h"
#include "NewPeople.h"
#include "ScreenPop.h"

#include <QScopeGuard>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// The CRM's search knows nothing of what was written in the last hour: who calls is found all the same, by COQL or
/// because this desk made the record, and for how much.
class TestIndexLag : public QObject, private CallCost
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startOnce(); }
    void init();
    void cleanup();

    void whoWasJustMadeIsFound_data();
    void whoWasJustMadeIsFound();
    void whoseNumberJustChangedIsFound();
    void withoutCompositesALeadIsFound();
    void savingCreditsItIsTwoComposites();
    void madeHereIsKnownWithoutASearch_data();
    void madeHereIsKnownWithoutASearch();
    void convertedHereIsKnownWithoutASearch();

private:
    void lag(int milliseconds)
    {
        control(HttpMethod::Post, QStringLiteral("index_lag"), {{QStringLiteral("ms"), milliseconds}});
    }
    void learn(const QString &module);
    RecordRef made(const QString &module, const QVariantMap &values);
    QString freshNumber() { return QStringLiteral("+9715011300%1").arg(++m_numbers, 2, 10, QLatin1Char('0')); }
    const CallEntry &rung() const { return m_desk->session.calls().constFirst(); }

    int m_numbers = 0;
};

#define FINDS(ref)                                                                                                     \
    QVERIFY2(failure.isEmpty(), qPrintable(failure));                                                                  \
    QCOMPARE(rung().person, ref)

void TestIndexLag::init()
{
    freshDesk();
    for (const char *module : {"Contacts", "Leads", "Accounts"})
        learn(QLatin1String(module));
    lag(3600 * 1000);
}

void TestIndexLag::cleanup()
{
    lag(0);
    stop();
}

void TestIndexLag::learn(const QString &module)
{
    m_desk->metadata.prepare(module);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->metadata.known(module), patience);
}

/// By somebody else: nothing of this desk but its connection has to do with it.
RecordRef TestIndexLag::made(const QString &module, const QVariantMap &values)
{
    const Result<QString> id = await(m_desk->crm.createRecord(module, values));
    return id.ok() ? RecordRef{module, id.value()} : RecordRef();
}

void TestIndexLag::whoWasJustMadeIsFound_data()
{
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("nameField");
    QTest::addColumn<QString>("phoneField");
    QTest::newRow("lead") << QStringLiteral("Leads") << QStringLiteral("Last_Name") << QStringLiteral("Mobile");
    QTest::newRow("contact") << QStringLiteral("Contacts") << QStringLiteral("Last_Name") << QStringLiteral("Phone");
    QTest::newRow("contact, by the company's own field")
        << QStringLiteral("Contacts") << QStringLiteral("Last_Name") << QStringLiteral("WhatsApp_Number");
    QTest::newRow("account") << QStringLiteral("Accounts") << QStringLiteral("Account_Name") << QStringLiteral("Phone");
    QTest::newRow("the company's own module")
        << QStringLiteral("Service_Contracts") << QStringLiteral("Name") << QStringLiteral("Site_Phone");
}

void TestIndexLag::whoWasJustMadeIsFound()
{
    QFETCH(QString, module);
    QFETCH(QString, nameField);
    QFETCH(QString, phoneField);
    int modules = 3;
    if (module == QLatin1String("Service_Contracts")) {
        QVERIFY(
            m_desk->settings.set(SettingKey::SearchModules, QStringLiteral("Contacts,Leads,Accounts,Service_Contracts"))
                .ok());
        learn(module);
        ++modules;
    }
    const QString number = freshNumber();
    QVariantMap values{{nameField, QStringLiteral("Justmade")}, {phoneField, number}};
    if (module == QLatin1String("Leads"))
        values.insert(QStringLiteral("Company"), QStringLiteral("Justmade & Co"));
    const RecordRef ref = made(module, values);
    QVERIFY(!ref.isNull());
    const Cost cost = ring(number, true);
    FINDS(ref);
    QCOMPARE(rung().personName, QStringLiteral("Justmade"));
    QCOMPARE(cost.requests.value(QStringLiteral("search")), modules); // They were asked, and did not know.
    QCOMPARE(cost.requests.value(QStringLiteral("coql")), 0);
    // One composite of queries, the record, which is the profile's too, and one composite of its lists.
    QVERIFY2(cost.total() <= modules + 3, qPrintable(cost.text()));
}

void TestIndexLag::whoseNumberJustChangedIsFound()
{
    lag(0);
    const QString before = freshNumber();
    const RecordRef ref = made(QStringLiteral("Contacts"), {{QStringLiteral("Last_Name"), QStringLiteral("Moved")},
                                                            {QStringLiteral("Phone"), before}});
    QVERIFY(!ref.isNull());
    ring(before, true);
    FINDS(ref);
    lag(3600 * 1000);
    const QString now = freshNumber();
    QVERIFY(await(m_desk->crm.updateRecord(ref, {{QStringLiteral("Phone"), now}})).ok());
    later();
    ring(now, true);
    FINDS(ref);
    // And whoever has the old number by now is not taken for this person.
    ring(before, false);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QVERIFY(rung().person.isNull());
}

void TestIndexLag::withoutCompositesALeadIsFound()
{
    fault(
        {{QStringLiteral("path"), QStringLiteral("/crm/v8/__composite_requests")},
         {QStringLiteral("status"), 401},
         {QStringLiteral("times"), -1},
         {QStringLiteral("body"), QStringLiteral(R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"status":"error"})")}});
    const QString number = freshNumber();
    const RecordRef ref = made(QStringLiteral("Leads"), {{QStringLiteral("Last_Name"), QStringLiteral("Alone")},
                                                         {QStringLiteral("Company"), QStringLiteral("Alone & Co")},
                                                         {QStringLiteral("Phone"), number}});
    const Cost cost = ring(number, false);
    FINDS(ref);
    QCOMPARE(cost.requests.value(QStringLiteral("coql")), 1);
}

void TestIndexLag::savingCreditsItIsTwoComposites()
{
    setCredits(10'000, 8'500);
    ring(freshNumber(), false); // The answers tell what is left.
    QCOMPARE(level(), CreditLevel::Saving);
    const Cost cost = ring(freshNumber(), false);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QCOMPARE(cost.text(), QStringLiteral("2 credits: composite 2"));
}

void TestIndexLag::madeHereIsKnownWithoutASearch_data()
{
    QTest::addColumn<QString>("module");
    QTest::newRow("lead") << QStringLiteral("Leads");
    QTest::newRow("contact") << QStringLiteral("Contacts");
}

void TestIndexLag::madeHereIsKnownWithoutASearch()
{
    QFETCH(QString, module);
    const QString number = freshNumber();
    ring(number, false);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    NewPeople &people = m_desk->session.newPeople();
    const QString key = rung().key;
    people.open(rung(), module);
    QVERIFY(people.opened(key));
    people.opened(key)->setValue(QStringLiteral("Last_Name"), QStringLiteral("Madehere"));
    people.opened(key)->setValue(QStringLiteral("Company"), QStringLiteral("Here & Co"));
    people.opened(key)->create();
    QTRY_VERIFY_WITH_TIMEOUT(!rung().person.isNull(), patience);
    const RecordRef ref = rung().person;
    QCOMPARE(ref.module, module);
    later();
    const Cost cost = ring(number, true);
    FINDS(ref);
    QCOMPARE(cost.requests.value(QStringLiteral("search")), 0);
    QVERIFY2(cost.total() <= 2, qPrintable(cost.text())); // As everybody in the store.
}

void TestIndexLag::convertedHereIsKnownWithoutASearch()
{
    QVERIFY(m_desk->settings.set(SettingKey::FeatureConvert, QStringLiteral("true")).ok());
    const QString phone = freshNumber();
    const QString mobile = freshNumber();
    const RecordRef lead = made(QStringLiteral("Leads"), {{QStringLiteral("Last_Name"), QStringLiteral("Okafor")},
                                                          {QStringLiteral("First_Name"), QStringLiteral("Ada")},
                                                          {QStringLiteral("Company"), QStringLiteral("Okafor Ltd")},
                                                          {QStringLiteral("Phone"), phone},
                                                          {QStringLiteral("Mobile"), mobile}});
    QVERIFY(!lead.isNull());
    // Found by hand, so no call tells the directory.
    const std::unique_ptr<LeadOffer> offer = m_desk->session.conversion(lead, QStringLiteral("Ada Okafor"));
    QVERIFY(offer);
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Asking, patience);
    offer->convert({});
    QTRY_COMPARE_WITH_TIMEOUT(offer->state(), LeadOffer::State::Converted, patience);
    for (const QString &number : {phone, mobile}) {
        const Cost cost = ring(number, true);
        FINDS(offer->became().contact);
        QCOMPARE(rung().personName, QStringLiteral("Ada Okafor"));
        QCOMPARE(cost.requests.value(QStringLiteral("search")), 0);
    }
}

QTEST_GUILESS_MAIN(TestIndexLag)
#include "tst_index_lag.moc"
