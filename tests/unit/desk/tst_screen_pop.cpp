// SPDX-License-Identifier: Apache-2.0
#include "ScreenPop.h"

#include "CreditMeter.h"
#include "DeskBench.h"
#include "Directory.h"

#include <QHash>
#include <QSignalSpy>

#include <algorithm>

using namespace ringside;
using namespace ringside::test;

namespace {

using Status = PopResult::Status;

QString caller()
{
    return QStringLiteral("+971501234567");
}

QString key()
{
    return QStringLiteral("call-1");
}

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

QJsonArray partsOf(const QByteArray &composite)
{
    return QJsonDocument::fromJson(composite).object().value(QLatin1String("__composite_requests")).toArray();
}

/// The modules that a composite request searches, in its order; none when it asks by COQL.
QList<QByteArray> searchedIn(const QByteArray &composite)
{
    QList<QByteArray> modules;
    const QJsonArray parts = partsOf(composite);
    for (const QJsonValue &part : parts) {
        const QString uri = part[QLatin1String("uri")].toString();
        if (uri.endsWith(QLatin1String("/search")))
            modules.append(uri.section(QLatin1Char('/'), 3, 3).toLatin1());
    }
    return modules;
}

/// The modules that it asks by COQL.
QList<QByteArray> queriedIn(const QByteArray &composite)
{
    QList<QByteArray> modules;
    const QJsonArray parts = partsOf(composite);
    for (const QJsonValue &part : parts) {
        const QString select = part[QLatin1String("body")][QLatin1String("select_query")].toString();
        if (!select.isEmpty())
            modules.append(select.section(QLatin1String(" from "), 1).section(QLatin1Char(' '), 0, 0).toLatin1());
    }
    return modules;
}

/// The answer to a composite request: what one of its modules has, and nothing of the others.
RawServer::Answer together(const QList<QByteArray> &modules, const QByteArray &holder, const QJsonObject &has,
                           int status = 200)
{
    QJsonArray parts;
    for (const QByteArray &module : modules) {
        const bool holds = module == holder;
        const QJsonObject response{{QStringLiteral("status_code"), holds ? status : 204},
                                   {QStringLiteral("body"), holds ? QJsonValue(has) : QJsonValue::Null}};
        parts.append(QJsonObject{{QStringLiteral("code"), QStringLiteral("SUCCESS")},
                                 {QStringLiteral("details"), QJsonObject{{QStringLiteral("response"), response}}}});
    }
    return jsonAnswer(200, {{QStringLiteral("__composite_requests"), parts}});
}

/// One of them has somebody with the caller's number.
RawServer::Answer together(const QList<QByteArray> &modules, const QByteArray &holder)
{
    return together(modules, holder, {{QStringLiteral("data"), QJsonArray{contact(QStringLiteral("1"), caller())}}});
}

DirectoryEntry known(const QString &id, const QString &name = QStringLiteral("Layla Haddad"))
{
    DirectoryEntry entry;
    entry.module = QStringLiteral("Contacts");
    entry.recordId = id;
    entry.name = name;
    entry.numbers = {caller()};
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
    void twoWhoShareANumberAreSearched();
    void failedConfirmationIsSearched();
    void notThisPersonSearchesTheOthers();
    void failingModuleHidesNoOther();
    void lastingFailuresAreNamed_data();
    void lastingFailuresAreNamed();
    void nothingAndAFailureIsFailedAndCanBeRetried();
    void hiddenModuleIsNoFailure();
    void allModulesHiddenIsNotSearched();
    void noModuleIsNotSearched();
    void noModuleStillKnowsWhoWasSeen();
    void signedOutAsksTheDirectoryOnly();
    void choiceIsRemembered();
    void unchosenStaysUnchosen();
    void foundByHandIsRemembered();
    void withheldIsNeverSearched_data();
    void withheldIsNeverSearched();
    void oneLookUpACall();
    void strangerCostsFourRequests();
    void queryFindsWhatTheIndexLacks_data();
    void queryFindsWhatTheIndexLacks();
    void manyModulesAreAllQueried();
    void refusedQueryIsNoFailure();
    void withoutCompositesOneModuleIsQueried_data();
    void withoutCompositesOneModuleIsQueried();
    void convertedLeadIsShownAsItsContact();
    void convertedLeadWhoseContactIsGone();
    void shortCreditsMakeOneRequest();
    void manyModulesAreAllSearched_data();
    void manyModulesAreAllSearched();
    void refusedCompositeFallsBack();
    void scarceCreditsSpareWhoIsKnown();
    void scarceCreditsStillFindStrangers();

private:
    void leave(qint64 credits); ///< Of a thousand.
    void look() { m_pop->look(key(), PhoneNumber::parse(caller(), QStringLiteral("AE"))); }
    const PopResult &result() const { return m_pop->result(key()); }
    void restart();
    bool settled() const { return result().status != Status::Searching; }

    QHash<QByteArray, std::function<RawServer::Answer()>> m_modules; ///< Answers of the searches.
    std::function<RawServer::Answer()> m_record;                    ///< Answer when one record is read.
    std::function<RawServer::Answer()> m_query;                     ///< Answer to a COQL query by itself.
    using Together = std::function<RawServer::Answer(const QList<QByteArray> &)>;
    Together m_together; ///< Answer to a composite search of these.
    Together m_queries;  ///< Answer to a composite of COQL queries of these.
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<Directory> m_directory;
    std::unique_ptr<ScreenPop> m_pop;
};

void TestScreenPop::init()
{
    m_modules.clear();
    m_query = {};
    m_together = [](const QList<QByteArray> &) { return refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH")); };
    m_queries = [](const QList<QByteArray> &modules) { return together(modules, {}); };
    m_record = [] { return refused(404, QStringLiteral("INVALID_DATA")); };
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) {
        if (arrival.target.contains("/coql"))
            return m_query ? m_query() : noRecords();
        if (arrival.target.contains("/__composite_requests")) {
            const QList<QByteArray> queried = queriedIn(arrival.body);
            return queried.isEmpty() ? m_together(searchedIn(arrival.body)) : m_queries(queried);
        }
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
        const auto entries = await(m_directory->byNumber(caller()));
        return entries.ok() && entries.value().size() == 1 ? entries.value().first().name : QString();
    };
    QTRY_COMPARE(rememberedName(), QStringLiteral("Layla Haddad"));
}

void TestScreenPop::contactAndItsAccountAreTwo()
{
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    m_modules["Accounts"] = [] { return records({account(QStringLiteral("9"), caller())}); };
    look();
    QTRY_COMPARE(result().status, Status::Many);
    QVERIFY(!result().chosen);
    QCOMPARE(result().candidates.at(0).ref.module, QStringLiteral("Contacts"));
    QCOMPARE(result().candidates.at(1).ref.module, QStringLiteral("Accounts"));
}

void TestScreenPop::directoryShowsBeforeTheCrmAnswers()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    m_record = [] { return RawServer::Answer{}; }; // silence, for now
    look();
    QTRY_VERIFY(result().chosen.has_value());
    QCOMPARE(result().status, Status::Searching);
    QCOMPARE(result().candidates.first().name, QStringLiteral("Layla Haddad"));
    QVERIFY(result().candidates.first().fromDirectory);
    QTRY_COMPARE(m_bench->count("GET", "/Contacts/1"), 1);
    m_bench->server.sendLate(
        records({contact(QStringLiteral("1"), caller(), QStringLiteral("Layla Haddad-Said"))}).bytes);
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().name, QStringLiteral("Layla Haddad-Said"));
    QVERIFY(!result().candidates.first().fromDirectory);
    QCOMPARE(m_bench->count("GET", "/search"), 0); // Confirmed by one read.
}

void TestScreenPop::goneRecordIsForgotten()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    look();
    QTRY_COMPARE(result().status, Status::None);
    const auto left = [this] {
        const auto entries = await(m_directory->byNumber(caller()));
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
    QCOMPARE(m_bench->count("GET", "/search"), 3); // Somebody else may have the number now.
}

void TestScreenPop::twoWhoShareANumberAreSearched()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    QVERIFY(await(m_directory->remember(known(QStringLiteral("2")))).ok());
    m_modules["Contacts"] = [] {
        return records({contact(QStringLiteral("1"), caller()), contact(QStringLiteral("2"), caller())});
    };
    look();
    QTRY_COMPARE(result().status, Status::Many);
    QCOMPARE(result().candidates.size(), 2);
    QCOMPARE(m_bench->count("GET", "/search"), 3);
}

void TestScreenPop::failedConfirmationIsSearched()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    m_record = [] { return refused(500, QStringLiteral("INTERNAL_ERROR")); };
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QVERIFY(!result().candidates.first().fromDirectory);
    QCOMPARE(m_bench->count("GET", "/search"), 3);
}

void TestScreenPop::notThisPersonSearchesTheOthers()
{
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    m_record = [] { return records({contact(QStringLiteral("1"), caller())}); };
    m_modules["Contacts"] = [] {
        return records({contact(QStringLiteral("1"), caller()), contact(QStringLiteral("2"), caller())});
    };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(m_bench->count("GET", "/search"), 0);
    m_pop->unchoose(key());
    QTRY_COMPARE(result().status, Status::Many);
    QCOMPARE(result().candidates.size(), 2);
    QVERIFY(!result().chosen);
    QCOMPARE(m_bench->count("GET", "/search"), 3);
}

void TestScreenPop::failingModuleHidesNoOther()
{
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    m_modules["Leads"] = [] { return refused(403, QStringLiteral("NO_PERMISSION")); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().chosen->id, QStringLiteral("1"));
    QVERIFY2(result().message.startsWith(QLatin1String("More records may share this number. Leads could not be")),
             qPrintable(result().message));
}

void TestScreenPop::lastingFailuresAreNamed_data()
{
    QTest::addColumn<QByteArrayList>("broken"); // modules
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QStringList>("says");
    QTest::addColumn<QStringList>("saysNot");
    const auto again = QStringLiteral("ry again");
    const QStringList viewLeads{QStringLiteral("The rest of Zoho CRM does not have this number."),
                                QStringLiteral("Leads could not be searched."), QStringLiteral("\"View Leads\"")};
    QTest::newRow("permission") << QByteArrayList{"Leads"} << 403 << QStringLiteral("NO_PERMISSION") << viewLeads
                                << QStringList{again, QStringLiteral("Contacts")};
    QTest::newRow("permission, and one that passes")
        << QByteArrayList{"Leads", "Accounts!"} << 403 << QStringLiteral("NO_PERMISSION")
        << viewLeads + QStringList{QStringLiteral("Accounts could not be searched at the moment; try again.")}
        << QStringList{QStringLiteral("Contacts")};
    QTest::newRow("one reason for all") << QByteArrayList{"Contacts", "Leads", "Accounts"} << 403
                                        << QStringLiteral("NO_PERMISSION")
                                        << QStringList{QStringLiteral("Contacts"), QStringLiteral("Accounts"),
                                                       QStringLiteral("\"View Leads\"")}
                                        << QStringList{again, QStringLiteral("rest of Zoho CRM")};
    QTest::newRow("scope") << QByteArrayList{"Leads"} << 401 << QStringLiteral("OAUTH_SCOPE_MISMATCH")
                           << QStringList{QStringLiteral("Leads could not be searched."),
                                          QStringLiteral("ZohoCRM.modules.leads.READ"), QStringLiteral("sign in again")}
                           << QStringList{again};
    QTest::newRow("sign-in") << QByteArrayList{"Contacts", "Leads", "Accounts"} << 401
                             << QStringLiteral("INVALID_TOKEN")
                             << QStringList{QStringLiteral("Only callers seen before are known."),
                                            QStringLiteral("sign in again")}
                             << QStringList{again, QStringLiteral("Leads")};
    QTest::newRow("what passes") << QByteArrayList{"Leads"} << 500 << QStringLiteral("INTERNAL_ERROR")
                                 << QStringList{QStringLiteral("The CRM could not be searched for this number."), again}
                                 << QStringList{QStringLiteral("Leads")};
}

void TestScreenPop::lastingFailuresAreNamed()
{
    QFETCH(QByteArrayList, broken);
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QStringList, says);
    QFETCH(QStringList, saysNot);
    const QJsonObject details{{QStringLiteral("permissions"), QJsonArray{QStringLiteral("Crm_Implied_View_Leads")}}};
    for (const QByteArray &module : broken) {
        if (module.endsWith('!'))
            m_modules[module.chopped(1)] = [] { return hangUp(); };
        else
            m_modules[module] = [=] { return refused(status, code, details); };
    }
    look();
    QTRY_COMPARE(result().status, Status::Failed);
    const QString message = result().message;
    for (const QString &part : says)
        QVERIFY2(message.count(part) == 1, qPrintable(part + QStringLiteral(" is not once in: ") + message));
    for (const QString &part : saysNot)
        QVERIFY2(!message.contains(part), qPrintable(part + QStringLiteral(" is in: ") + message));
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
                                     {QStringLiteral("Phone"), caller()}}}});
    };
    m_pop->retry(key());
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

void TestScreenPop::allModulesHiddenIsNotSearched()
{
    for (const char *module : {"Contacts", "Leads", "Accounts"})
        m_modules[module] = [] { return refused(400, QStringLiteral("INVALID_MODULE")); };
    look();
    QTRY_VERIFY(settled());
    QCOMPARE(result().status, Status::NotSearched);
    QVERIFY2(result().message.contains(QLatin1String("was not searched")), qPrintable(result().message));
    QCOMPARE(m_bench->count("POST", {}), 0);
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    look(); // The phone tells of the call again.
    QCOMPARE(m_bench->count("GET", "/search"), 3);
    m_pop->retry(key()); // The agent wants to know.
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().message, QString());
}

void TestScreenPop::noModuleIsNotSearched()
{
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QString()).ok());
    look();
    QTRY_VERIFY(settled());
    QCOMPARE(result().status, Status::NotSearched);
    QVERIFY2(result().message.contains(QLatin1String("was not searched")), qPrintable(result().message));
    QVERIFY(m_bench->server.arrivals().isEmpty());
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Contacts")).ok());
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    m_pop->retry(key());
    QTRY_COMPARE(result().status, Status::One);
}

void TestScreenPop::noModuleStillKnowsWhoWasSeen()
{
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QString()).ok());
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().chosen->id, QStringLiteral("1"));
    QVERIFY2(result().message.contains(QLatin1String("was not searched")), qPrintable(result().message));
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
    m_modules["Contacts"] = [] {
        return records({contact(QStringLiteral("1"), caller()),
                        contact(QStringLiteral("2"), caller(), QStringLiteral("Omar Farouk"))});
    };
    look();
    QTRY_COMPARE(result().status, Status::Many);
    QVERIFY(!result().chosen);
    m_pop->choose(key(), result().candidates.at(1));
    const RecordRef chosen = *result().chosen;
    const auto kept = [this] {
        const auto choice = await(m_directory->choiceFor(caller()));
        return choice.ok() ? choice.value() : QString();
    };
    QTRY_COMPARE(kept(), chosen.module + QLatin1Char('/') + chosen.id);
    m_record = [id = chosen.id] { return records({contact(id, caller())}); };
    restart();
    look();
    QTRY_COMPARE(result().status, Status::Many);
    QCOMPARE(result().chosen->id, chosen.id);
    QCOMPARE(result().candidates.first().ref, chosen);
}

void TestScreenPop::unchosenStaysUnchosen()
{
    m_record = [] { return RawServer::Answer{}; };
    m_modules["Contacts"] = [] { return RawServer::Answer{}; };
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    look();
    QTRY_VERIFY(result().chosen.has_value());
    m_pop->unchoose(key()); // "not this person", before the CRM has answered
    QVERIFY(!result().chosen);
    QTRY_COMPARE(m_bench->count("GET", "/Contacts/search"), 1);
    m_bench->server.sendLate(records({contact(QStringLiteral("1"), caller())}).bytes); // The record,
    m_bench->server.sendLate(records({contact(QStringLiteral("1"), caller())}).bytes); // and the search.
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
    m_pop->choose(key(), byHand);
    QCOMPARE(result().chosen->id, QStringLiteral("7"));
    const auto numbers = [this] {
        const auto entries = await(m_directory->byNumber(caller()));
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
    m_pop->look(key(), PhoneNumber::parse(raw, QStringLiteral("AE")));
    QCOMPARE(result().status, Status::NotSearched);
    QVERIFY(!result().message.isEmpty());
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_bench->server.arrivals().isEmpty());
    Candidate byHand;
    byHand.ref = {QStringLiteral("Contacts"), QStringLiteral("7")};
    m_pop->choose(key(), byHand);
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

void TestScreenPop::leave(qint64 credits)
{
    HttpReply reply;
    reply.headers.insert("x-api-credits-remaining", QByteArray::number(credits));
    m_bench->scheduler.credits().setLimit(1000);
    m_bench->scheduler.credits().heard(reply);
}

void TestScreenPop::strangerCostsFourRequests()
{
    look();
    QTRY_COMPARE(result().status, Status::None);
    QCOMPARE(m_bench->server.arrivals().size(), 4); // a credit each: three searches, one composite of queries
    QCOMPARE(m_bench->count("POST", "/__composite_requests"), 1);
    const QByteArray queries = m_bench->server.arrivals().last().body;
    QCOMPARE(queriedIn(queries), (QList<QByteArray>{"Contacts", "Leads", "Accounts"}));
    QVERIFY2(queries.contains(
                 "'+971501234567', '971501234567', '+971 50 123 4567', '050 123 4567', '501234567', '0501234567'"),
             queries.constData());
}

void TestScreenPop::queryFindsWhatTheIndexLacks_data()
{
    QTest::addColumn<QByteArray>("module");
    for (const char *module : {"Leads", "Contacts", "Accounts", "Sites"})
        QTest::newRow(module) << QByteArray(module);
}

void TestScreenPop::queryFindsWhatTheIndexLacks()
{
    QFETCH(QByteArray, module);
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Contacts,Leads,Accounts,Sites")).ok());
    const QJsonObject whole{{QStringLiteral("id"), QStringLiteral("8")},
                            {QStringLiteral("Full_Name"), QStringLiteral("Omar Nasser")},
                            {QStringLiteral("Account_Name"), QStringLiteral("Nasser Stone")},
                            {QStringLiteral("Phone"), QStringLiteral("0501234567")}};
    const QJsonObject row{{QStringLiteral("id"), QStringLiteral("8")},
                          {QStringLiteral("Phone"), whole.value(QLatin1String("Phone"))}};
    m_queries = [module, row](const QList<QByteArray> &modules) {
        return together(modules, module, {{QStringLiteral("data"), QJsonArray{row}}});
    };
    m_record = [whole] { return records({whole}); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().ref, (RecordRef{QString::fromLatin1(module), QStringLiteral("8")}));
    QVERIFY(!result().candidates.first().name.isEmpty()); // Which no query gave.
    QCOMPARE(m_bench->count("GET", '/' + module + "/8"), 1);
    QCOMPARE(m_bench->server.arrivals().size(), 4 + 1 + 1);
}

void TestScreenPop::manyModulesAreAllQueried()
{
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("A,B,C,D,E,F,G")).ok());
    QList<QByteArray> asked;
    m_queries = [&asked](const QList<QByteArray> &modules) {
        asked += modules;
        return together(modules, {});
    };
    look();
    QTRY_COMPARE(result().status, Status::None);
    std::sort(asked.begin(), asked.end());
    QCOMPARE(asked, (QList<QByteArray>{"A", "B", "C", "D", "E", "F", "G"}));
    QCOMPARE(m_bench->count("POST", "/__composite_requests"), 2);
}

void TestScreenPop::refusedQueryIsNoFailure()
{
    m_queries = [](const QList<QByteArray> &modules) {
        return together(
            modules, "Leads",
            {{QStringLiteral("code"), QStringLiteral("INVALID_QUERY")},
             {QStringLiteral("details"), QJsonObject{{QStringLiteral("column_name"), QStringLiteral("Mobile")}}},
             {QStringLiteral("status"), QStringLiteral("error")}},
            400);
    };
    look();
    QTRY_COMPARE(result().status, Status::None);
    QVERIFY(result().message.isEmpty());
    QCOMPARE(m_bench->count("POST", "/coql"), 0); // It would be refused again.
}

void TestScreenPop::withoutCompositesOneModuleIsQueried_data()
{
    QTest::addColumn<QString>("modules");
    QTest::addColumn<QString>("module");
    QTest::newRow("leads, who are the newest") << QStringLiteral("Contacts,Leads,Accounts") << QStringLiteral("Leads");
    QTest::newRow("else the first") << QStringLiteral("Contacts,Accounts") << QStringLiteral("Contacts");
}

void TestScreenPop::withoutCompositesOneModuleIsQueried()
{
    QFETCH(QString, modules);
    QFETCH(QString, module);
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, modules).ok());
    m_queries = [](const QList<QByteArray> &) { return refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH")); };
    const QJsonObject person{{QStringLiteral("id"), QStringLiteral("8")},
                             {QStringLiteral("Full_Name"), QStringLiteral("Omar Nasser")},
                             {QStringLiteral("Phone"), QStringLiteral("0501234567")}};
    m_query = m_record = [person] { return records({person}); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().ref, (RecordRef{module, QStringLiteral("8")}));
    QCOMPARE(m_bench->count("POST", "/coql"), 1);
}

void TestScreenPop::convertedLeadIsShownAsItsContact()
{
    m_modules["Leads"] = [] {
        return records({QJsonObject{{QStringLiteral("id"), QStringLiteral("8")},
                                    {QStringLiteral("Full_Name"), QStringLiteral("Layla Haddad")},
                                    {QStringLiteral("Mobile"), caller()},
                                    {QStringLiteral("Converted__s"), true},
                                    {QStringLiteral("Converted_Contact"),
                                     QJsonObject{{QStringLiteral("id"), QStringLiteral("1")},
                                                 {QStringLiteral("name"), QStringLiteral("Layla Haddad")}}}}});
    };
    m_record = [] { return records({contact(QStringLiteral("1"), QStringLiteral("+971 4 400 1234"))}); }; // another number by now
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.size(), 1);
    const Candidate &person = result().candidates.first();
    QCOMPARE(person.ref, (RecordRef{QStringLiteral("Contacts"), QStringLiteral("1")}));
    QCOMPARE(person.company, QStringLiteral("Haddad Interiors"));
    QCOMPARE(person.matchedNumber, QStringLiteral("+971 50 123 4567"));
    QVERIFY(m_bench->count("GET", "/Contacts/1?") == 1 && m_bench->count("POST", {}) == 0);
    QCOMPARE(m_bench->count("GET", "converted=both"), 1);
}

void TestScreenPop::convertedLeadWhoseContactIsGone()
{
    m_modules["Leads"] = [] {
        return records({QJsonObject{
            {QStringLiteral("id"), QStringLiteral("8")},
            {QStringLiteral("Full_Name"), QStringLiteral("Layla Haddad")},
            {QStringLiteral("Mobile"), caller()},
            {QStringLiteral("Converted_Contact"), QJsonObject{{QStringLiteral("id"), QStringLiteral("1")}}}}});
    };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().ref.module, QStringLiteral("Leads"));
}

void TestScreenPop::shortCreditsMakeOneRequest()
{
    leave(150);
    m_together = [](const QList<QByteArray> &modules) { return together(modules, "Contacts"); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().name, QStringLiteral("Layla Haddad"));
    QCOMPARE(m_bench->server.arrivals().size(), 1);
}

void TestScreenPop::manyModulesAreAllSearched_data()
{
    QTest::addColumn<QString>("modules");
    QTest::addColumn<QByteArray>("holder");
    QTest::addColumn<int>("composites");
    QTest::addColumn<int>("searches");
    const auto five = QStringLiteral("Leads,Accounts,Vendors,Sites,Members");
    QTest::newRow("five") << five << QByteArray("Members") << 1 << 0;
    QTest::newRow("six: the last alone is one credit too")
        << five + QStringLiteral(",Guests") << QByteArray("Guests") << 1 << 1;
    QTest::newRow("seven") << five + QStringLiteral(",Guests,Contacts") << QByteArray("Contacts") << 2 << 0;
}

void TestScreenPop::manyModulesAreAllSearched()
{
    QFETCH(QString, modules);
    QFETCH(QByteArray, holder);
    QFETCH(int, composites);
    QFETCH(int, searches);
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, modules).ok());
    leave(150);
    m_together = [holder](const QList<QByteArray> &asked) { return together(asked, holder); };
    m_modules[holder] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().ref.module, QString::fromLatin1(holder));
    QCOMPARE(m_bench->count("POST", "/__composite_requests"), composites);
    QCOMPARE(m_bench->count("GET", "/search"), searches);
    QCOMPARE(m_bench->server.arrivals().size(), composites + searches);
}

void TestScreenPop::refusedCompositeFallsBack()
{
    leave(150);
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(m_bench->count("GET", "/search"), 3);
}

void TestScreenPop::scarceCreditsSpareWhoIsKnown()
{
    leave(20);
    QVERIFY(await(m_directory->remember(known(QStringLiteral("1")))).ok());
    look();
    QTRY_COMPARE(result().status, Status::One);
    QCOMPARE(result().candidates.first().name, QStringLiteral("Layla Haddad"));
    QCOMPARE(m_bench->server.arrivals().size(), 0);
}

void TestScreenPop::scarceCreditsStillFindStrangers()
{
    leave(20);
    m_modules["Contacts"] = [] { return records({contact(QStringLiteral("1"), caller())}); };
    look();
    QTRY_COMPARE(result().status, Status::One);
}

QTEST_GUILESS_MAIN(TestScreenPop)
#include "tst_screen_pop.moc"
