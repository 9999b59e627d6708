// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "AccessTokenSource.h"
#include "Await.h"
#include "CallerProfile.h"
#include "NewPeople.h"
#include "ScreenPop.h"
#include "TokenEndpoint.h"
#include "WrapUp.h"

#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

QString leads()
{
    return QStringLiteral("Leads");
}

QString contacts()
{
    return QStringLiteral("Contacts");
}

QString idIn(const QJsonObject &record, const char *field)
{
    return record.value(QLatin1String(field)).toObject().value(QLatin1String("id")).toString();
}

} // namespace

/// An unknown caller becomes a record of the CRM, and the call is logged on it; over sockets and a real store.
class TestNewCaller : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void init() { makeProfile(); }
    void cleanup() { end(); }

    void leadIsMadeDuringTheCall();
    void lostAnswerMakesOneLead();
    void contactMadeAfterQueuingOffline();
    void refusedValueIsMarked();
    void whoHasTheValueAlreadyIsAttached();
    void nextCallOfTheNewLeadIsKnown();
    void foundWhileTheIndexLags_data();
    void foundWhileTheIndexLags();

private:
    RecordRef leadOfAColleague(const QString &number);
    int asked(const QString &path);
    QString ringUnknown(const QString &id, const QString &number);
    void fill(const QString &key, const QString &module, const QString &lastName);
    QJsonArray made(const QString &module, const QString &lastName);
    NewPerson *person(const QString &key) { return m_desk->session.newPeople().opened(key); }
    void answerAndEnd(const QString &key, const QString &id, const QString &number);
};

/// Gives the call's key once nobody was found.
QString TestNewCaller::ringUnknown(const QString &id, const QString &number)
{
    AgentSession &session = m_desk->session;
    QSignalSpy added(&session, &AgentSession::callAdded);
    ring(id, QStringLiteral("ringing"), number);
    if (!QTest::qWaitFor([&] { return added.count() == 1; }, patience))
        return {};
    const QString key = added.first().first().toString();
    const bool none =
        QTest::qWaitFor([&] { return session.screenPop().result(key).status == PopResult::Status::None; }, patience);
    return none ? key : QString();
}

void TestNewCaller::fill(const QString &key, const QString &module, const QString &lastName)
{
    m_desk->session.newPeople().open(entry(key), module);
    QVERIFY(person(key));
    person(key)->setValue(QStringLiteral("First_Name"), QStringLiteral("Jane"));
    person(key)->setValue(QStringLiteral("Last_Name"), lastName);
    person(key)->setValue(QStringLiteral("Company"), QStringLiteral("Whitfield & Sons"));
}

QJsonArray TestNewCaller::made(const QString &module, const QString &lastName)
{
    QJsonArray found;
    const QJsonArray all = control(HttpMethod::Get, QStringLiteral("records/%1?created=1").arg(module))
                               .value(QLatin1String("data"))
                               .toArray();
    for (const auto &one : all) {
        if (one.toObject().value(QLatin1String("Last_Name")).toString() == lastName)
            found.append(one);
    }
    return found;
}

void TestNewCaller::answerAndEnd(const QString &key, const QString &id, const QString &number)
{
    ring(id, QStringLiteral("connected"), number);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).state, CallState::Connected, patience);
    m_desk->session.wrapUp(key).setNotes(notesText + id, 3);
    ring(id, QStringLiteral("ended"), number, QStringLiteral("completed"));
    QTRY_VERIFY_WITH_TIMEOUT(!entry(key).live(), patience);
}

void TestNewCaller::leadIsMadeDuringTheCall()
{
    const QString number = sample("unknown");
    const QString id = QStringLiteral("new-lead");
    const QString key = ringUnknown(id, number);
    QVERIFY(!key.isEmpty());
    fill(key, leads(), QStringLiteral("Whitfield"));
    const CallEntry &call = entry(key);
    const QString numberField = isMobile(call.number) ? QStringLiteral("Mobile") : QStringLiteral("Phone");
    m_desk->session.wrapUp(key).setNotes(QStringLiteral("Typed before there was a record"), 3);
    person(key)->create();
    person(key)->create(); // a double click
    QTRY_VERIFY_WITH_TIMEOUT(!entry(key).person.isNull(), patience);
    QCOMPARE(entry(key).person.module, leads());
    QCOMPARE(entry(key).personName, QStringLiteral("Jane Whitfield"));
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, QStringLiteral("Typed before there was a record"));

    const QJsonArray records = made(leads(), QStringLiteral("Whitfield"));
    QCOMPARE(records.size(), 1);
    const QJsonObject lead = records.first().toObject();
    QCOMPARE(lead.value(QLatin1String("id")).toString(), entry(key).person.id);
    QCOMPARE(lead.value(QLatin1String("Company")).toString(), QStringLiteral("Whitfield & Sons"));
    QCOMPARE(lead.value(numberField).toString(), entry(key).number.display());
    CallerProfile *profile = m_desk->session.profile(key);
    QVERIFY(profile);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().header.status, PartState::Status::Ready, patience);

    answerAndEnd(key, id, number);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonArray logged = callsWith(notesText + id);
    QCOMPARE(logged.size(), 1);
    QCOMPARE(idIn(logged.first().toObject(), "What_Id"), entry(key).person.id);
    QCOMPARE(logged.first().toObject().value(QLatin1String("$se_module")).toString(), leads());
    QVERIFY(logged.first().toObject().value(QLatin1String("Who_Id")).toObject().isEmpty());
}

void TestNewCaller::lostAnswerMakesOneLead()
{
    const QString key = ringUnknown(QStringLiteral("lost-lead"), QStringLiteral("+971501110001"));
    QVERIFY(!key.isEmpty());
    fill(key, leads(), QStringLiteral("O'Lostanswer"));
    fault({{QStringLiteral("path"), QStringLiteral("/crm/v8/Leads")},
           {QStringLiteral("method"), QStringLiteral("POST")},
           {QStringLiteral("drop_after_commit"), true}});
    person(key)->create();
    QTRY_VERIFY_WITH_TIMEOUT(!entry(key).person.isNull(), patience);
    const QJsonArray records = made(leads(), QStringLiteral("O'Lostanswer"));
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.first().toObject().value(QLatin1String("id")).toString(), entry(key).person.id);
}

void TestNewCaller::contactMadeAfterQueuingOffline()
{
    const QString number = QStringLiteral("+971501110002");
    const QString id = QStringLiteral("late-contact");
    const QString key = ringUnknown(id, number);
    QVERIFY(!key.isEmpty());
    answerAndEnd(key, id, number);
    fault({{QStringLiteral("path"), QStringLiteral("/crm/")},
           {QStringLiteral("reset"), true},
           {QStringLiteral("times"), -1}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Queued, patience);
    fill(key, contacts(), QStringLiteral("Offline"));
    person(key)->create();
    QTRY_COMPARE_WITH_TIMEOUT(person(key)->data().state, NewPersonData::State::Waiting, patience);
    QVERIFY(entry(key).person.isNull());

    // The next run has the connection back.
    noFaults();
    begin();
    m_desk->session.newPeople().open(entry(key), contacts());
    QTRY_VERIFY_WITH_TIMEOUT(person(key)->data().state == NewPersonData::State::Waiting ||
                                 person(key)->data().state == NewPersonData::State::Confirming, patience);
    m_clock.skip(61s); // past what the CRM may take to commit a lost write: now "not there" counts
    m_desk->session.newPeople().goOn();
    const auto bound = [&] {
        NewPerson *open = person(key); // looks again at once instead of in a while
        if (open && open->data().state == NewPersonData::State::Confirming)
            open->create();
        return !entry(key).person.isNull();
    };
    QVERIFY(QTest::qWaitFor(bound, patience));
    const QJsonArray people = made(contacts(), QStringLiteral("Offline"));
    QCOMPARE(people.size(), 1);
    // The call was held back for it, and follows with its person.
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonArray logged = callsWith(notesText + id);
    QCOMPARE(logged.size(), 1);
    QCOMPARE(idIn(logged.first().toObject(), "Who_Id"), people.first().toObject().value(QLatin1String("id")).toString());
}

void TestNewCaller::refusedValueIsMarked()
{
    const QString key = ringUnknown(QStringLiteral("refused-lead"), QStringLiteral("+971501110003"));
    QVERIFY(!key.isEmpty());
    fill(key, leads(), QStringLiteral("Refused"));
    const QJsonObject details{{QStringLiteral("api_name"), QStringLiteral("Company")}};
    const QJsonObject refusal{{QStringLiteral("code"), QStringLiteral("INVALID_DATA")},
                              {QStringLiteral("details"), details},
                              {QStringLiteral("message"), QStringLiteral("invalid data")},
                              {QStringLiteral("status"), QStringLiteral("error")}};
    fault({{QStringLiteral("path"), QStringLiteral("/crm/v8/Leads")},
           {QStringLiteral("method"), QStringLiteral("POST")},
           {QStringLiteral("status"), 400},
           {QStringLiteral("body"), refusal}});
    person(key)->create();
    const auto marked = [&] {
        for (const NewPersonField &field : person(key)->data().fields) {
            if (field.apiName == QLatin1String("Company"))
                return !field.problem.isEmpty();
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(marked(), patience);
    QCOMPARE(made(leads(), QStringLiteral("Refused")).size(), 0);
    person(key)->create(); // the fault is used up: now it is taken
    QTRY_VERIFY_WITH_TIMEOUT(!entry(key).person.isNull(), patience);
    QCOMPARE(made(leads(), QStringLiteral("Refused")).size(), 1);
}

void TestNewCaller::whoHasTheValueAlreadyIsAttached()
{
    const auto layout = [this](bool required) {
        return control(HttpMethod::Post, QStringLiteral("layout"),
                       {{QStringLiteral("module"), contacts()},
                        {QStringLiteral("field"), QStringLiteral("Customer_Number")},
                        {QStringLiteral("required"), required}});
    };
    QVERIFY(!layout(true).isEmpty());
    const auto usual = qScopeGuard([&layout] { layout(false); });
    makeProfile(); // which learns of it
    const auto customerNumber = QStringLiteral("Customer_Number");
    const auto there =
        await(m_desk->crm.createRecord(contacts(), {{QStringLiteral("Last_Name"), QStringLiteral("Alreadythere")},
                                                    {customerNumber, QStringLiteral("C-0815")}}));
    QVERIFY(there.ok());
    const RecordRef existing{contacts(), there.value()};

    const QString number = QStringLiteral("+971501110005");
    const QString key = ringUnknown(QStringLiteral("twin"), number);
    QVERIFY(!key.isEmpty());
    m_desk->session.newPeople().open(entry(key), contacts());
    const auto asked = [this, &key, &customerNumber] {
        const QList<NewPersonField> &fields = person(key)->data().fields;
        return std::any_of(fields.cbegin(), fields.cend(),
                           [&customerNumber](const NewPersonField &field) { return field.apiName == customerNumber; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(asked(), patience);
    person(key)->setValue(QStringLiteral("Last_Name"), QStringLiteral("Twin"));
    person(key)->setValue(customerNumber, QStringLiteral("c-0815"));
    person(key)->create();
    QTRY_COMPARE_WITH_TIMEOUT(person(key)->data().duplicates.size(), 1, patience);
    const NewPersonData &data = person(key)->data();
    QVERIFY(data.onlyOne);
    QCOMPARE(data.duplicates.constFirst().ref, existing);
    QCOMPARE(data.duplicates.constFirst().name, QStringLiteral("Alreadythere"));
    QVERIFY2(data.message.contains(QLatin1String("Customer Number")), qPrintable(data.message));
    QCOMPARE(made(contacts(), QStringLiteral("Twin")).size(), 0);

    // To somebody who may not see it, it is not offered.
    fault({{QStringLiteral("path"), QStringLiteral("/crm/v8/Contacts/") + existing.id},
           {QStringLiteral("method"), QStringLiteral("GET")},
           {QStringLiteral("status"), 403},
           {QStringLiteral("body"), QStringLiteral(R"({"code":"NO_PERMISSION","details":{},"status":"error"})")}});
    person(key)->create();
    QTRY_VERIFY_WITH_TIMEOUT(person(key)->data().message.contains(QLatin1String("hidden")), patience);
    QVERIFY(person(key)->data().duplicates.isEmpty());
    noFaults();

    person(key)->create();
    QTRY_COMPARE_WITH_TIMEOUT(person(key)->data().duplicates.size(), 1, patience);
    m_desk->session.screenPop().choose(key, person(key)->data().duplicates.constFirst()); // As the window does.
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).person, existing, patience);
    QCOMPARE(entry(key).personName, QStringLiteral("Alreadythere"));
    answerAndEnd(key, QStringLiteral("twin"), number);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(idIn(callsWith(notesText + QStringLiteral("twin")).first().toObject(), "Who_Id"), existing.id);
}

void TestNewCaller::nextCallOfTheNewLeadIsKnown()
{
    const QString number = QStringLiteral("+971501110004");
    const QString first = ringUnknown(QStringLiteral("first"), number);
    QVERIFY(!first.isEmpty());
    fill(first, leads(), QStringLiteral("Returning"));
    person(first)->create();
    QTRY_VERIFY_WITH_TIMEOUT(!entry(first).person.isNull(), patience);
    const RecordRef lead = entry(first).person;
    ring(QStringLiteral("first"), QStringLiteral("ended"), number, QStringLiteral("missed"));
    QTRY_VERIFY_WITH_TIMEOUT(!entry(first).live(), patience);
    // Known from the directory, whatever the CRM's index knows by now.
    fault({{QStringLiteral("path"), QStringLiteral("/crm/")},
           {QStringLiteral("status"), 204},
           {QStringLiteral("times"), -1}});
    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    ring(QStringLiteral("again"), QStringLiteral("ringing"), number);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString again = added.first().first().toString();
    QTRY_COMPARE_WITH_TIMEOUT(entry(again).person, lead, patience);
    QCOMPARE(entry(again).personName, QStringLiteral("Jane Returning"));
}

/// Made by somebody else's client: this desk knows nothing of it.
RecordRef TestNewCaller::leadOfAColleague(const QString &number)
{
    const TokenSet granted = grantedTokens();
    TokenEndpoint endpoint(m_http, m_clock);
    SessionSecretStore secrets;
    TokenStore store(secrets);
    AccessTokenSource tokens(endpoint, store, m_clock);
    tokens.setClient({.id = sandbox::SandboxServer::demoClientId(),
                      .secret = Secret(sandbox::SandboxServer::demoClientSecret().toUtf8())});
    if (!await(tokens.adopt(granted)).ok())
        return {};
    RequestScheduler scheduler(m_http, tokens, m_clock);
    CrmClient crm(scheduler);
    crm.setApiOrigin(granted.apiDomain);
    const auto id = await(crm.createRecord(leads(), {{QStringLiteral("Last_Name"), QStringLiteral("Justmade")},
                                                     {QStringLiteral("Company"), QStringLiteral("Colleague & Co")},
                                                     {QStringLiteral("Phone"), number}}));
    return id.ok() ? RecordRef{leads(), id.value()} : RecordRef();
}

int TestNewCaller::asked(const QString &path)
{
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&path](const QJsonValue &one) {
        return one.toObject().value(QLatin1String("path")).toString() == path;
    }));
}

void TestNewCaller::foundWhileTheIndexLags_data()
{
    QTest::addColumn<bool>("phoneLike");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("calling");
    QTest::newRow("as it rings") << true << QStringLiteral("+971501120001") << QStringLiteral("+971501120001");
    QTest::newRow("as people write it") << true << QStringLiteral("+971 50 112 0002")
                                        << QStringLiteral("+971501120002");
    QTest::newRow("a national number") << true << QStringLiteral("0501120003") << QStringLiteral("+971501120003");
    QTest::newRow("no like on phone fields, as it rings")
        << false << QStringLiteral("+971501120004") << QStringLiteral("+971501120004");
    QTest::newRow("no like on phone fields, as people write it")
        << false << QStringLiteral("+971 50 112 0005") << QStringLiteral("+971501120005");
    QTest::newRow("no like on phone fields, a national number")
        << false << QStringLiteral("050 112 0006") << QStringLiteral("+971501120006");
}

void TestNewCaller::foundWhileTheIndexLags()
{
    QFETCH(bool, phoneLike);
    QFETCH(QString, written);
    QFETCH(QString, calling);
    const auto usual = qScopeGuard([this] {
        control(HttpMethod::Post, QStringLiteral("index_lag"), {{QStringLiteral("ms"), 0}});
        control(HttpMethod::Post, QStringLiteral("coql"), {{QStringLiteral("phone_like"), true}});
    });
    control(HttpMethod::Post, QStringLiteral("index_lag"), {{QStringLiteral("ms"), 3600 * 1000}});
    control(HttpMethod::Post, QStringLiteral("coql"), {{QStringLiteral("phone_like"), phoneLike}});
    const RecordRef lead = leadOfAColleague(written);
    QVERIFY(!lead.isNull());
    control(HttpMethod::Delete, QStringLiteral("requests"));

    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    ring(QStringLiteral("lag"), QStringLiteral("ringing"), calling);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString key = added.first().first().toString();
    ScreenPop &pop = m_desk->session.screenPop();
    QTRY_VERIFY_WITH_TIMEOUT(pop.result(key).status != PopResult::Status::Searching, patience);
    QCOMPARE(pop.result(key).status, PopResult::Status::One);
    QCOMPARE(entry(key).person, lead);
    QCOMPARE(entry(key).personName, QStringLiteral("Justmade"));
    QCOMPARE(asked(QStringLiteral("/crm/v8/Leads/search")), 1); // It was asked, and did not know.
    QCOMPARE(asked(QStringLiteral("/crm/v8/__composite_requests")), 1); // Of queries.
    ring(QStringLiteral("lag"), QStringLiteral("ended"), calling, QStringLiteral("missed"));
    QTRY_VERIFY_WITH_TIMEOUT(!entry(key).live(), patience);
}

QTEST_GUILESS_MAIN(TestNewCaller)
#include "tst_new_caller.moc"
