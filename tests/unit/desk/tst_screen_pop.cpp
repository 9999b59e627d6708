// SPDX-License-Identifier: Apache-2.0
#include "ScreenPop.h"

#include "DeskBench.h"
#include "Directory.h"

#include <QHash>
#include <QSignalSpy>

using namespace ringside;
using namespace ringside::test;

namespace {

using Status = PopResult::Status;

const auto caller = QStringLiteral("+971501234567");
const auto key = QStringLiteral("call-1");

QJsonObject contact(const QString &id, const QString &phone, const QString &name = QStringLiteral("Layla Haddad"))
{
    return {{QStringLiteral("id"), id},
            {QStringLiteral("Full_Name"), name},
            {QStringLiteral("Mobile"), phone},
            {QStringLiteral("Account_Name"),
             QJsonObject{{QStringLiteral("id"), QStringLiteral("9")}, {QStringLiteral("name"), QStringLiteral("Haddad Interiors")}}}};
}

QJsonObject account(const QString &id, const QString &phone)
{
    return {{QStringLiteral("id"), id},
            {QStringLiteral("Account_Name"), QStringLiteral("Haddad Interiors")},
            {QStringLiteral("Phone"), phone}};
}

DirectoryEntry known(const QString &id, const QString &name = QStringLiteral("Layla Haddad"))
{
    DirectoryEntry entry;
    entry.module = QStringLiteral("Contacts");
    entry.recordId = id;
    entry.name = name;
    entry.numbers = {caller};
    entry.numberLabels = {QStringLiteral("Mobile")};
    entry.seenAt = QDateTime(QDate(2026, 3, 1), QTime(9, 0), Qt::UTC);
    return entry;
}

} // namespace

class TestScreenPop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void noneIsTold();
    void oneIsChosenAndRemembered();
    void contactAndItsAccountAreTwo();
    void directoryShowsBeforeTheCrmAnswers();
    void goneRecordIsForgotten();
    void movedNumberIsNotBelieved();
    void failingModuleHidesNoOther();
    void nothingAndAFailureIsFailedAndCanBeRetried();
    void hiddenModuleIsNoFailure();
    void signedOutAsksTheDirectoryOnly();
    void choiceIsRemembered();
    void unchosenStaysUnchosen();
    void foundByHandIsRemembered();
    void withheldIsNeverSearched_data();
    void withheldIsNeverSearched();
    void oneLookUpACall();

private:
    void look() { m_pop->look(key, PhoneNumber::parse(caller, QStringLiteral("AE"))); }
    const PopResult &result() const { return m_pop->result(key); }
    void restart();
    bool settled() const { return result().status != Status::Searching; }

    QHash<QByteArray, std::function<RawServer::Answer()>> m_modules; ///< Answers of the searches.
    std::function<RawServer::Answer()> m_record;                    ///< Answer when one record is read.
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<Directory> m_directory;
    std::unique_ptr<ScreenPop> m_pop;
};

void TestScreenPop::init()
{
    m_modules.clear();
    m_record = [] { return refused(404, QStringLiteral("INVALID_DATA")); };
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) {
        if (!arrival.target.contains("/search"))
            return m_record();
        const QByteArray module = arrival.target.split('/').value(3);
        return m_modules.contains(module) ? m_modules.value(module)() : noRecords();
    });
    QVERIFY(m_bench->open());
    QVERIFY(m_bench->settings.set(SettingKey::DefaultRegion, QStringLiteral("AE")).ok());
    m_directory = std::make_unique<Directory>(m_bench->store);
    restart();
}

void TestScreenPop::cleanup()
{
    m_pop.reset();
    m_directory.reset();
    m_bench.reset();
}

void TestScreenPop::restart()
{
    m_pop = std::make_unique<ScreenPop>(m_bench->crm, *m_directory, m_bench->settings, m_bench->metadata);
}

void TestScreenPop::noneIsTold()
{
    look();
    QCOMPARE(result().status, Status::Searching);
    QTRY_COMPARE(result().status, Status::None);
    QCOMPARE(m_bench->count("GET", "/search"), 3);
    QCOMPARE(m_bench->count("GET", "phone=501234567"), 3);
}

void TestScreenPop::oneIsChosenAndRemembered()
{
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), QStringLiteral("050 123-4567")),
                                                 contact(QStringLiteral("2"), QStringLiteral("+1 250 123 4567"))}); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.size(), 1); // the other only holds the same digits
    QCOMPARE(result().chosen->id, QStringLiteral("1"));
    QCOMPARE(result().candidates.first().name, QStringLiteral("Layla Haddad"));
    QCOMPARE(result().candidates.first().company, QStringLiteral("Haddad Interiors"));
    QCOMPARE(result().candidates.first().matchedField, QStringLiteral("Mobile"));
    QCOMPARE(result().candidates.first().matchedNumber, QStringLiteral("+971 50 123 4567"));
    const auto rememberedName = [this] {
        const auto entries = await(m_directory->byNumber(caller));
        return entries.ok() && entries.value().size() == 1 ? entries.value().first().name : QString();
    };
    QTRY_COMPARE(rememberedName(), QStringLiteral("Layla Haddad"));
}

void TestScreenPop::contactAndItsAccountAreTwo()
{
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller)}); };
    m_modules["Accounts"] = [] { return records({account(QStringLiteral("9"), caller)}); };
    look();
    QTRY_COMPARE(result().status, Status::Many);
    QVERIFY(!result().chosen);
    QCOMPARE(result().candidates.at(0).ref.module, QStringLiteral("Contacts"));
    QCOMPARE(result().candidates.at(1).ref.module, QStringLiteral("Accounts"));
}

void TestScreenPop::directoryShowsBeforeTheCrmAnswers()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    m_modules["Contacts"] = [] { return RawServer::Answer{}; }; // silence, for now
    look();
    QTRY_VERIFY(result().chosen.has_value());
    QCOMPARE(result().status, Status::Searching);
    QCOMPARE(result().candidates.first().name, QStringLiteral("Layla Haddad"));
    QVERIFY(result().candidates.first().fromDirectory);
    QTRY_COMPARE(m_bench->count("GET", "/Contacts/search"), 1);
    m_bench->server.sendLate(records({contact(QStringLiteral("1"), caller, QStringLiteral("Layla Haddad-Said"))}).bytes);
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().name, QStringLiteral("Layla Haddad-Said"));
    QVERIFY(!result().candidates.first().fromDirectory);
}

void TestScreenPop::goneRecordIsForgotten()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    look();
    QTRY_COMPARE(result().status, Status::None);
    const auto left = [this] {
        const auto entries = await(m_directory->byNumber(caller));
        return entries.ok() ? entries.value().size() : -1;
    };
    QTRY_COMPARE(left(), 0);
}

void TestScreenPop::movedNumberIsNotBelieved()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    m_record = [] { return records({contact(QStringLiteral("1"), QStringLiteral("+971509999999"))}); };
    look();
    QTRY_COMPARE(result().status, Status::None);
    QVERIFY(result().candidates.isEmpty());
}

void TestScreenPop::failingModuleHidesNoOther()
{
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller)}); };
    m_modules["Leads"] = [] { return refused(403, QStringLiteral("NO_PERMISSION")); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().chosen->id, QStringLiteral("1"));
    QVERIFY(!result().message.isEmpty());
}

void TestScreenPop::nothingAndAFailureIsFailedAndCanBeRetried()
{
    m_modules["Leads"] = [] { return hangUp(); };
    look();
    QTRY_COMPARE(result().status, Status::Failed);
    QVERIFY(!result().message.isEmpty());
    m_modules["Leads"] = [] {
        return records({{QJsonObject{{QStringLiteral("id"), QStringLiteral("5")},
                                     {QStringLiteral("Full_Name"), QStringLiteral("Omar Farouk")},
                                     {QStringLiteral("Phone"), caller}}}});
    };
    m_pop->retry(key);
    QTRY_COMPARE(result().status, Status::One);
    QVERIFY(result().message.isEmpty());
    QCOMPARE(m_bench->count("GET", "/Contacts/search"), 1); // only what failed is asked again
}

void TestScreenPop::hiddenModuleIsNoFailure()
{
    m_modules["Leads"] = [] { return refused(400, QStringLiteral("INVALID_MODULE")); };
    look();
    QTRY_COMPARE(result().status, Status::None);
    QVERIFY(result().message.isEmpty());
}

void TestScreenPop::signedOutAsksTheDirectoryOnly()
{
    m_bench->crm.setApiOrigin(QUrl());
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().chosen->id, QStringLiteral("1"));
    QVERIFY(result().message.contains(QLatin1String("signed in")));
    m_pop->look(QStringLiteral("call-2"), PhoneNumber::parse(QStringLiteral("+971507777777"), QStringLiteral("AE")));
    QTRY_COMPARE(m_pop->result(QStringLiteral("call-2")).status, Status::Failed);
    QVERIFY(m_bench->server.arrivals().isEmpty());
}

void TestScreenPop::choiceIsRemembered()
{
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller),
                                                 contact(QStringLiteral("2"), caller, QStringLiteral("Omar Farouk"))}); };
    look();
    QTRY_COMPARE(result().status, Status::Many);
    QVERIFY(!result().chosen);
    m_pop->choose(key, result().candidates.at(1));
    const RecordRef chosen = *result().chosen;
    const auto kept = [this] {
        const auto choice = await(m_directory->choiceFor(caller));
        return choice.ok() ? choice.value() : QString();
    };
    QTRY_COMPARE(kept(), chosen.module + QLatin1Char('/') + chosen.id);
    restart();
    look();
    QTRY_COMPARE(result().status, Status::Many);
    QCOMPARE(result().chosen->id, chosen.id);
    QCOMPARE(result().candidates.first().ref, chosen);
}

void TestScreenPop::unchosenStaysUnchosen()
{
    m_modules["Contacts"] = [] { return RawServer::Answer{}; };
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    look();
    QTRY_VERIFY(result().chosen.has_value());
    m_pop->unchoose(key); // "not this person", before the CRM has answered
    QVERIFY(!result().chosen);
    QTRY_COMPARE(m_bench->count("GET", "/Contacts/search"), 1);
    m_bench->server.sendLate(records({contact(QStringLiteral("1"), caller)}).bytes);
    QTRY_VERIFY(settled());
    QVERIFY(!result().chosen);
    QCOMPARE(result().candidates.size(), 1);
}

void TestScreenPop::foundByHandIsRemembered()
{
    look();
    QTRY_COMPARE(result().status, Status::None);
    m_record = [] { return records({contact(QStringLiteral("7"), QStringLiteral("+971509999999"))}); };
    Candidate byHand;
    byHand.ref = {QStringLiteral("Contacts"), QStringLiteral("7")};
    byHand.name = QStringLiteral("Layla Haddad");
    m_pop->choose(key, byHand);
    QCOMPARE(result().chosen->id, QStringLiteral("7"));
    const auto numbers = [this] {
        const auto entries = await(m_directory->byNumber(caller));
        return entries.ok() && entries.value().size() == 1 ? entries.value().first().numbers.size() : -1;
    };
    QTRY_COMPARE(numbers(), 2); // its own, and the one that it calls from
    restart();
    look();
    QTRY_VERIFY(settled());
    QCOMPARE(result().status, Status::One);
    QCOMPARE(result().chosen->id, QStringLiteral("7"));
}

void TestScreenPop::withheldIsNeverSearched_data()
{
    QTest::addColumn<QString>("raw");
    QTest::newRow("withheld") << QStringLiteral("anonymous");
    QTest::newRow("internal") << QStringLiteral("201");
    QTest::newRow("malformed") << QStringLiteral("Sales desk");
}

void TestScreenPop::withheldIsNeverSearched()
{
    QFETCH(QString, raw);
    QSignalSpy changed(m_pop.get(), &ScreenPop::changed);
    m_pop->look(key, PhoneNumber::parse(raw, QStringLiteral("AE")));
    QCOMPARE(result().status, Status::NotSearched);
    QVERIFY(!result().message.isEmpty());
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_bench->server.arrivals().isEmpty());
    Candidate byHand;
    byHand.ref = {QStringLiteral("Contacts"), QStringLiteral("7")};
    m_pop->choose(key, byHand);
    QCOMPARE(result().chosen->id, QStringLiteral("7"));
}

void TestScreenPop::oneLookUpACall()
{
    look();
    look();
    QTRY_COMPARE(result().status, Status::None);
    look();
    QCOMPARE(m_bench->count("GET", "/search"), 3);
}

QTEST_GUILESS_MAIN(TestScreenPop)
#include "tst_screen_pop.moc"
