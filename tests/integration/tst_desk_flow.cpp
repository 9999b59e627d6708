// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "CallerProfile.h"
#include "CustomerSearch.h"
#include "Disposition.h"
#include "FieldText.h"
#include "OutboxDispatcher.h"
#include "ScreenPop.h"
#include "WrapUp.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// The whole way of a call, from the phone's event to the CRM's record, over sockets and a real store; nothing is faked
/// but Zoho.
class TestDeskFlow : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void init()
    {
        for (const char *field :
             {"Reason_Code", "Topics", "Call_Back_On", "Visit_At", "Identity_Checked", "Service_Contract"})
            demand(field, false);
        makeProfile();
    }
    void cleanup() { end(); }

    void callBecomesOneRecord();
    void photoComesAfterTheProfile();
    void unknownCallerIsLoggedWithoutAPerson();
    void aModuleOfTheCompanysOwnTakesPart();
    void sharedNumberAsksAndRemembers();
    void lostAnswerMakesNoSecondRecord();
    void referenceStandsInTheNamedField();
    void aFieldThatCannotTakeTheReferenceIsTold();
    void restartInFlightMakesNoSecondRecord();
    void networkDownQueuesAndSendsLater();
    void rejectedFieldStaysEditable();
    void fieldThatTheLayoutDemandsIsAskedAndSent();
    void fieldsOfEveryKindAreAskedAndSent();
    void customPicklistOfACallIsSent();
    void notesAndCallSurviveARestart();
    void answeredElsewhereLogsNothing();
    void loggedTextStaysReadable();
    void callIsLoggedThroughV2();

private:
    void demand(const char *field, bool required); ///< A field of Calls, by the layout.
    const NewPersonField *asked(const QString &apiName) const;
};

void TestDeskFlow::demand(const char *field, bool required)
{
    QVERIFY(!control(HttpMethod::Post, QStringLiteral("layout"),
                     {{QStringLiteral("module"), QStringLiteral("Calls")},
                      {QStringLiteral("field"), QLatin1String(field)},
                      {QStringLiteral("required"), required}})
                 .isEmpty());
}

const NewPersonField *TestDeskFlow::asked(const QString &apiName) const
{
    const QList<NewPersonField> &fields = m_desk->session.disposition().extraFields();
    const auto found = std::find_if(fields.cbegin(), fields.cend(),
                                    [&apiName](const NewPersonField &field) { return field.apiName == apiName; });
    return found == fields.cend() ? nullptr : &*found;
}

void TestDeskFlow::callBecomesOneRecord()
{
    AgentSession &session = m_desk->session;
    QSignalSpy added(&session, &AgentSession::callAdded);
    QSignalSpy wanted(&session, &AgentSession::popWanted);
    QSignalSpy done(&session, &AgentSession::popDone);
    const QString number = sample("known");
    ring(QStringLiteral("one"), QStringLiteral("ringing"), number);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString key = added.first().first().toString();
    QTRY_COMPARE_WITH_TIMEOUT(session.screenPop().result(key).status, PopResult::Status::One, patience);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(entry(key).person.id, sample("contact_id"));
    QCOMPARE(entry(key).personName, sample("known_name"));

    CallerProfile *profile = session.profile(key);
    QVERIFY(profile);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().timelineState.status, PartState::Status::Ready, patience);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().header.status, PartState::Status::Ready, patience);
    QVERIFY(profile->data().crmUrl.path().contains(entry(key).person.id));
    QCOMPARE(profile->data().facts.size(), 4);
    QVERIFY(!profile->data().details.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!session.disposition().results().isEmpty(), patience);

    session.log(key);
    QCOMPARE(logState(key), LogState::None); // it has not ended
    ring(QStringLiteral("one"), QStringLiteral("connected"), number);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).state, CallState::Connected, patience);
    QCOMPARE(done.count(), 1);
    WrapUp &notes = session.wrapUp(key);
    notes.setNotes(notesText, 5);
    notes.setResult(session.disposition().results().constFirst());
    m_clock.skip(95s);
    ring(QStringLiteral("one"), QStringLiteral("ended"), number, QStringLiteral("completed"));
    QTRY_VERIFY_WITH_TIMEOUT(entry(key).toLog(), patience);
    session.log(key);
    session.log(key); // Ctrl+Enter twice
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);

    const QJsonArray records = callsWith(notesText);
    QCOMPARE(records.size(), 1);
    const QJsonObject record = records.first().toObject();
    QCOMPARE(record.value(QLatin1String("id")).toString(), entry(key).crmCallId);
    QCOMPARE(record.value(QLatin1String("Call_Type")).toString(), QStringLiteral("Inbound"));
    QCOMPARE(record.value(QLatin1String("Who_Id")).toObject().value(QLatin1String("id")).toString(),
             entry(key).person.id);
    const auto seconds = record.value(QLatin1String("Call_Duration_in_seconds")).toInt();
    QVERIFY2(seconds >= 95 && seconds <= 97, qPrintable(QString::number(seconds)));
    QCOMPARE(QDateTime::fromString(record.value(QLatin1String("Call_Start_Time")).toString(), Qt::ISODate)
                 .toSecsSinceEpoch(),
             entry(key).startedAt.toSecsSinceEpoch());
    QVERIFY(record.value(QLatin1String("Subject")).toString().contains(entry(key).personName));
    QCOMPARE(posts(), 1);
}

void TestDeskFlow::photoComesAfterTheProfile()
{
    const QJsonArray people =
        control(HttpMethod::Get, QStringLiteral("records/Contacts")).value(QLatin1String("data")).toArray();
    const auto with = std::find_if(people.begin(), people.end(), [](const QJsonValue &one) {
        return !one.toObject().value(QLatin1String("Record_Image")).toString().isEmpty();
    });
    QVERIFY(with != people.end());
    Candidate candidate;
    candidate.ref = {QStringLiteral("Contacts"), with->toObject().value(QLatin1String("id")).toString()};
    const auto paths = [this] {
        QStringList all;
        const QJsonArray journal =
            control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
        for (const auto &one : journal)
            all.append(one.toObject().value(QLatin1String("path")).toString());
        return all;
    };
    control(HttpMethod::Delete, QStringLiteral("requests"));
    QObject owner;
    CallerProfile *first = m_desk->session.openProfile(candidate, &owner);
    QTRY_VERIFY_WITH_TIMEOUT(first->data().photo.startsWith("\x89PNG"), patience);
    QCOMPARE(first->data().timelineState.status, PartState::Status::Ready);
    const QString photo = QStringLiteral("/crm/v8/Contacts/%1/photo").arg(candidate.ref.id);
    QCOMPARE(paths().count(photo), 1);
    QVERIFY(paths().indexOf(photo) > paths().lastIndexOf(QStringLiteral("/crm/v8/__composite_requests")));

    CallerProfile *again = m_desk->session.openProfile(candidate, &owner);
    QTRY_COMPARE_WITH_TIMEOUT(again->data().photo, first->data().photo, patience);
    QTRY_COMPARE_WITH_TIMEOUT(again->data().timelineState.status, PartState::Status::Ready, patience);
    QCOMPARE(paths().count(photo), 1);
}

void TestDeskFlow::unknownCallerIsLoggedWithoutAPerson()
{
    const QString key = finishedCall(QStringLiteral("unknown"), sample("unknown"));
    QVERIFY(!key.isEmpty());
    QCOMPARE(m_desk->session.screenPop().result(key).status, PopResult::Status::None);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonArray records = callsWith(notesText + QStringLiteral("unknown"));
    QCOMPARE(records.size(), 1);
    QVERIFY(records.first().toObject().value(QLatin1String("Who_Id")).toObject().isEmpty());
}

void TestDeskFlow::aModuleOfTheCompanysOwnTakesPart()
{
    const auto modules = QStringLiteral("Contacts,Leads,Accounts,Service_Contracts");
    QVERIFY(m_desk->settings.set(SettingKey::SearchModules, modules).ok());
    begin();
    // Which of its fields hold numbers, the CRM has to say first.
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->metadata.known(QStringLiteral("Service_Contracts")), patience);
    const QJsonObject contract = control(HttpMethod::Get, QStringLiteral("records/Service_Contracts"))
                                     .value(QLatin1String("data"))
                                     .toArray()
                                     .first()
                                     .toObject();
    const QString number = contract.value(QLatin1String("Site_Phone")).toString();
    QVERIFY(!number.isEmpty());

    const QString key = finishedCall(QStringLiteral("contract"), number);
    QCOMPARE(m_desk->session.screenPop().result(key).status, PopResult::Status::One);
    QCOMPARE(entry(key).person.module, QStringLiteral("Service_Contracts"));
    QCOMPARE(entry(key).person.id, contract.value(QLatin1String("id")).toString());
    QCOMPARE(entry(key).personName, contract.value(QLatin1String("Name")).toString());
    CallerProfile *profile = m_desk->session.profile(key);
    QVERIFY(profile);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().header.status, PartState::Status::Ready, patience);
    // Its own fields, under the names that the CRM gives them.
    const auto shows = [profile](const QString &label) {
        return std::any_of(profile->data().details.cbegin(), profile->data().details.cend(),
                           [&label](const auto &detail) { return detail.label == label; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(shows(QStringLiteral("Site Phone")) && shows(QStringLiteral("Contract Status")), patience);

    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonObject record = callsWith(notesText + QStringLiteral("contract")).first().toObject();
    QCOMPARE(record.value(QLatin1String("What_Id")).toObject().value(QLatin1String("id")).toString(),
             entry(key).person.id);
    QCOMPARE(record.value(QLatin1String("$se_module")).toString(), QStringLiteral("Service_Contracts"));
}

void TestDeskFlow::sharedNumberAsksAndRemembers()
{
    const QString number = sample("shared");
    const QString first = finishedCall(QStringLiteral("shared-1"), number);
    ScreenPop &pop = m_desk->session.screenPop();
    QCOMPARE(pop.result(first).status, PopResult::Status::Many);
    QVERIFY(!pop.result(first).chosen);
    QVERIFY(pop.result(first).candidates.size() >= 2);
    for (const Candidate &candidate : pop.result(first).candidates)
        QVERIFY(!candidate.reason.isEmpty());
    const Candidate second = pop.result(first).candidates.at(1);
    pop.choose(first, second);
    QCOMPARE(entry(first).person, second.ref);

    const QString again = finishedCall(QStringLiteral("shared-2"), number);
    QCOMPARE(pop.result(again).candidates.constFirst().ref, second.ref);
    QCOMPARE(entry(again).person, second.ref);
    pop.unchoose(again);
    QVERIFY(entry(again).person.isNull());
}

void TestDeskFlow::lostAnswerMakesNoSecondRecord()
{
    const QString key = finishedCall(QStringLiteral("lost"), sample("known"));
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("drop_after_commit"), true}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("lost")).size(), 1);
    QCOMPARE(posts(), 1);
    QCOMPARE(m_desk->session.dispatcher().waiting(), 0);
}

void TestDeskFlow::referenceStandsInTheNamedField()
{
    const auto field = QStringLiteral("Call_Agenda");
    QVERIFY(m_desk->settings.set(SettingKey::ReferenceField, field).ok());
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->session.disposition().referenceField(), field, patience);
    const QString key = finishedCall(QStringLiteral("field"), sample("known"));
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("drop_after_commit"), true}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(posts(), 1);
    const auto inTheCrm = [this] {
        const QJsonArray records = callsWith(notesText + QStringLiteral("field"));
        return records.size() == 1 ? records.first().toObject() : QJsonObject();
    };
    QCOMPARE(inTheCrm().value(QLatin1String("Description")).toString(), notesText + QStringLiteral("field"));
    const QString word = inTheCrm().value(field).toString();
    QCOMPARE(word.size(), 8);
    QVERIFY(QString(key).remove(QLatin1Char('-')).startsWith(word));

    m_desk->session.wrapUp(key).setNotes(notesText + QStringLiteral("field, changed"), 0);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(inTheCrm().value(QLatin1String("Description")).toString(), notesText + QStringLiteral("field, changed"));
    QCOMPARE(inTheCrm().value(field).toString(), word);
}

void TestDeskFlow::aFieldThatCannotTakeTheReferenceIsTold()
{
    QSignalSpy problems(&m_desk->session, &AgentSession::problem);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->metadata.known(QStringLiteral("Calls")), patience);
    QVERIFY(m_desk->settings.set(SettingKey::ReferenceField, QStringLiteral("Visit_At")).ok());
    QTRY_COMPARE_WITH_TIMEOUT(problems.count(), 1, patience);
    QVERIFY(problems.first().at(1).toString().contains(QLatin1String("Visit_At")));
    const QString key = finishedCall(QStringLiteral("nofield"), sample("known"));
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("nofield\n\nRingside reference: ")).size(), 1);
    QCOMPARE(problems.count(), 1);
}

void TestDeskFlow::restartInFlightMakesNoSecondRecord()
{
    const QString key = finishedCall(QStringLiteral("flight"), sample("known"));
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("delay"), 3000}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Queued, patience);
    // On its way: the request has left, the answer has not come.
    const auto inFlight = [this] {
        const auto open = await(m_desk->outbox.open());
        return open.ok() && open.value().size() == 1 && open.value().first().state == OutboxState::InFlight;
    };
    QTRY_VERIFY_WITH_TIMEOUT(inFlight(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, patience);
    begin();
    QTRY_COMPARE_WITH_TIMEOUT(callsWith(notesText + QStringLiteral("flight")).size(), 1, patience);
    m_clock.skip(70s);
    m_desk->session.dispatcher().kick();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("flight")).size(), 1);
    QCOMPARE(posts(), 1);
}

void TestDeskFlow::networkDownQueuesAndSendsLater()
{
    const QString key = finishedCall(QStringLiteral("down"), sample("known"));
    fault({{QStringLiteral("path"), QStringLiteral("/crm/")},
           {QStringLiteral("reset"), true},
           {QStringLiteral("times"), -1}});
    m_desk->session.log(key);
    OutboxDispatcher &dispatcher = m_desk->session.dispatcher();
    QTRY_VERIFY_WITH_TIMEOUT(!dispatcher.lastProblem().isEmpty(), patience);
    QCOMPARE(logState(key), LogState::Queued);
    QCOMPARE(dispatcher.waiting(), 1);
    QCOMPARE(callsWith(notesText + QStringLiteral("down")).size(), 0);

    noFaults();
    m_clock.skip(70s); // past what the CRM may take to commit a lost write: now "not there" counts
    dispatcher.kick();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("down")).size(), 1);
    QCOMPARE(dispatcher.waiting(), 0);
}

void TestDeskFlow::rejectedFieldStaysEditable()
{
    const QString key = finishedCall(QStringLiteral("refused"), sample("known"));
    const QString body = QStringLiteral(R"({"data":[{"code":"INVALID_DATA","details":{"api_name":"Call_Purpose"},)"
                                        R"("message":"invalid data","status":"error"}]})");
    fault({{QStringLiteral("method"), QStringLiteral("POST")},
           {QStringLiteral("status"), 400},
           {QStringLiteral("body"), body}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Rejected, patience);
    QVERIFY2(entry(key).logMessage.contains(QLatin1String("Call Purpose")), qPrintable(entry(key).logMessage));
    QVERIFY(entry(key).toLog());
    WrapUp &notes = m_desk->session.wrapUp(key);
    QCOMPARE(notes.draft().notes, notesText + QStringLiteral("refused"));
    notes.setNotes(notes.draft().notes + QStringLiteral(" Corrected."), 0);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(QStringLiteral("Corrected.")).size(), 1);
}

void TestDeskFlow::fieldThatTheLayoutDemandsIsAskedAndSent()
{
    const auto reason = QStringLiteral("Reason_Code");
    demand("Reason_Code", true);
    m_clock.skip(25h); // what was read of the org is old
    begin();
    QTRY_VERIFY_WITH_TIMEOUT(asked(reason) && asked(reason)->mandatory, patience);
    QCOMPARE(asked(reason)->label, QStringLiteral("Reason Code"));
    AgentSession &session = m_desk->session;
    QSignalSpy problem(&session, &AgentSession::problem);
    QSignalSpy needed(&session, &AgentSession::fieldNeeded);
    const QString key = finishedCall(QStringLiteral("demanded"), sample("known"));
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(needed.count(), 1, patience);
    QCOMPARE(needed.first(), (QVariantList{key, reason}));
    QVERIFY(problem.last().at(1).toString().contains(QLatin1String("\"Reason Code\"")));
    QVERIFY(logState(key) != LogState::Queued);
    QCOMPARE(posts(), 0);

    session.wrapUp(key).setValue(reason, QStringLiteral("Billing"));
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(posts(), 1);
    const QJsonArray records = callsWith(notesText + QStringLiteral("demanded"));
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.first().toObject().value(reason).toString(), QStringLiteral("Billing"));
}

void TestDeskFlow::fieldsOfEveryKindAreAskedAndSent()
{
    const auto topics = QStringLiteral("Topics");
    const auto callBack = QStringLiteral("Call_Back_On");
    const auto visit = QStringLiteral("Visit_At");
    const auto checked = QStringLiteral("Identity_Checked");
    const auto contract = QStringLiteral("Service_Contract");
    for (const char *field : {"Topics", "Call_Back_On", "Visit_At", "Identity_Checked", "Service_Contract"})
        demand(field, true);
    m_clock.skip(25h);
    begin();
    for (const QString &field : {topics, callBack, visit, checked, contract})
        QTRY_VERIFY_WITH_TIMEOUT(asked(field) && asked(field)->mandatory, patience);
    AgentSession &session = m_desk->session;
    const QJsonArray contracts =
        control(HttpMethod::Get, QStringLiteral("records/Service_Contracts")).value(QLatin1String("data")).toArray();
    const QString name = contracts.first().toObject().value(QLatin1String("Name")).toString();
    CustomerSearch &search = session.recordSearch();
    search.setText(name, asked(contract)->module);
    QTRY_VERIFY_WITH_TIMEOUT(!search.busy() && !search.results().isEmpty(), patience);
    QVERIFY(std::all_of(search.results().cbegin(), search.results().cend(),
                        [](const Candidate &one) { return one.ref.module == QLatin1String("Service_Contracts"); }));
    const Candidate chosen = search.results().constFirst();

    const QString key = finishedCall(QStringLiteral("kinds"), sample("known"));
    QSignalSpy needed(&session, &AgentSession::fieldNeeded);
    const QDateTime time(QDate(2027, 1, 9), QTime(10, 15));
    const QMap<QString, QString> values{
        {topics, fieldText::joined({QStringLiteral("Price"), QStringLiteral("Delivery")})},
        {callBack, QStringLiteral("2027-01-08")},
        {visit, time.toString(Qt::ISODate)},
        {checked, QStringLiteral("false")},
        {contract, fieldText::lookupText({.id = chosen.ref.id, .name = chosen.name})}};
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        const qsizetype before = needed.count();
        session.log(key); // one after the other is asked for, and nothing is sent meanwhile
        QTRY_COMPARE_WITH_TIMEOUT(needed.count(), before + 1, patience);
        const QString field = needed.last().at(1).toString();
        QVERIFY2(values.contains(field), qPrintable(field));
        session.wrapUp(key).setValue(field, values.value(field));
    }
    QCOMPARE(posts(), 0);
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const auto inTheCrm = [this] { return callsWith(notesText + QStringLiteral("kinds")).first().toObject(); };
    QCOMPARE(inTheCrm().value(topics).toArray(), (QJsonArray{QStringLiteral("Price"), QStringLiteral("Delivery")}));
    QCOMPARE(inTheCrm().value(callBack).toString(), QStringLiteral("2027-01-08"));
    QCOMPARE(QDateTime::fromString(inTheCrm().value(visit).toString(), Qt::ISODate).toUTC(), time.toUTC());
    QCOMPARE(inTheCrm().value(checked), QJsonValue(false));
    QCOMPARE(inTheCrm().value(contract).toObject().value(QLatin1String("id")).toString(), chosen.ref.id);

    begin(); // what was logged comes back as it was
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    WrapUp &again = m_desk->session.wrapUp(key);
    QCOMPARE(again.draft().values.value(topics), values.value(topics));
    again.setValue(topics, QStringLiteral("Quality"));
    again.setValue(checked, QStringLiteral("true"));
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(inTheCrm().value(topics).toArray(), (QJsonArray{QStringLiteral("Quality")}));
    QCOMPARE(inTheCrm().value(checked), QJsonValue(true));
    QCOMPARE(inTheCrm().value(callBack).toString(), QStringLiteral("2027-01-08"));
    QCOMPARE(posts(), 1);
}

void TestDeskFlow::customPicklistOfACallIsSent()
{
    const auto reason = QStringLiteral("Reason_Code");
    QTRY_VERIFY_WITH_TIMEOUT(asked(reason), patience);
    QVERIFY(!asked(reason)->mandatory);
    QCOMPARE(asked(reason)->choices, (QStringList{QStringLiteral("Sales"), QStringLiteral("Service"),
                                                  QStringLiteral("Billing"), QStringLiteral("Other")}));
    const QString plain = finishedCall(QStringLiteral("plain"), sample("known"));
    m_desk->session.log(plain); // nobody has to
    QTRY_COMPARE_WITH_TIMEOUT(logState(plain), LogState::Logged, patience);

    const QString key = finishedCall(QStringLiteral("picked"), sample("known"));
    m_desk->session.wrapUp(key).setValue(reason, QStringLiteral("Service"));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->session.wrapUp(key).saveState(), WrapUp::SaveState::Saved, patience);
    begin(); // it is on disk with the notes
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().values.value(reason), QStringLiteral("Service"));
    const auto inTheCrm = [this, &reason] {
        return callsWith(notesText + QStringLiteral("picked")).first().toObject().value(reason).toString();
    };
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(inTheCrm(), QStringLiteral("Service"));

    m_desk->session.wrapUp(key).setValue(reason, QStringLiteral("Sales")); // changed once it was logged
    QCOMPARE(logState(key), LogState::Draft);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(inTheCrm(), QStringLiteral("Sales"));
    m_desk->session.wrapUp(key).setValue(reason, QString()); // and taken back
    m_desk->session.discardChanges(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->session.wrapUp(key).draft().values.value(reason), QStringLiteral("Sales"),
                              patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    m_desk->session.wrapUp(key).setValue(reason, QString());
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(inTheCrm(), QString());
    QCOMPARE(posts(), 2);
}

void TestDeskFlow::notesAndCallSurviveARestart()
{
    const QString number = sample("known");
    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    ring(QStringLiteral("survivor"), QStringLiteral("ringing"), number);
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString key = added.first().first().toString();
    ring(QStringLiteral("survivor"), QStringLiteral("connected"), number);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).state, CallState::Connected, patience);
    WrapUp &notes = m_desk->session.wrapUp(key);
    notes.setNotes(notesText + QStringLiteral("survivor"), 7);
    QTRY_COMPARE_WITH_TIMEOUT(notes.saveState(), WrapUp::SaveState::Saved, patience);
    m_clock.skip(30s);

    begin();
    QVERIFY(m_desk->session.call(key));
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, notesText + QStringLiteral("survivor"));
    QCOMPARE(m_desk->session.wrapUp(key).draft().cursor, 7);
    // The phone still has the call: it is the same one, not a second.
    ring(QStringLiteral("survivor"), QStringLiteral("connected"), number);
    QTRY_COMPARE_WITH_TIMEOUT(entry(key).state, CallState::Connected, patience);
    QCOMPARE(m_desk->session.calls().size(), 1);
    m_clock.skip(30s);
    ring(QStringLiteral("survivor"), QStringLiteral("ended"), number, QStringLiteral("completed"));
    QTRY_VERIFY_WITH_TIMEOUT(entry(key).toLog(), patience);
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonArray records = callsWith(notesText + QStringLiteral("survivor"));
    QCOMPARE(records.size(), 1);
    const int seconds = records.first().toObject().value(QLatin1String("Call_Duration_in_seconds")).toInt();
    QVERIFY2(seconds >= 60 && seconds < 80, qPrintable(QString::number(seconds)));
}

void TestDeskFlow::answeredElsewhereLogsNothing()
{
    QSignalSpy wanted(&m_desk->session, &AgentSession::popWanted);
    QSignalSpy done(&m_desk->session, &AgentSession::popDone);
    const QString number = sample("known");
    ring(QStringLiteral("group"), QStringLiteral("ringing"), number);
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, patience);
    const QString key = wanted.first().first().toString();
    ring(QStringLiteral("group"), QStringLiteral("ended"), number, QStringLiteral("elsewhere"));
    QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, patience);
    QCOMPARE(entry(key).reason, CallEndReason::Elsewhere);
    QVERIFY(!entry(key).missed());
    QVERIFY(!entry(key).toLog());
    QCOMPARE(posts(), 0);
}

void TestDeskFlow::loggedTextStaysReadable()
{
    const QString key = finishedCall(QStringLiteral("read"), sample("known"));
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    WrapUp &notes = m_desk->session.wrapUp(key);
    notes.setNotes(notes.draft().notes, 1); // the cursor alone
    QTRY_COMPARE_WITH_TIMEOUT(notes.saveState(), WrapUp::SaveState::Saved, patience);
    QVERIFY(await(m_desk->drafts.unlogged()).value().isEmpty());
    begin();
    QCOMPARE(logState(key), LogState::Logged);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->session.wrapUp(key).loaded(), patience);
    QCOMPARE(m_desk->session.wrapUp(key).draft().notes, notesText + QStringLiteral("read"));
    m_desk->session.log(key);
    QCOMPARE(posts(), 1);
}

void TestDeskFlow::callIsLoggedThroughV2()
{
    QVERIFY(m_desk->settings.set(SettingKey::ApiVersion, QStringLiteral("v2")).ok());
    end();
    control(HttpMethod::Delete, QStringLiteral("requests"));
    begin();
    const QString key = finishedCall(QStringLiteral("v2"), sample("known"));
    QVERIFY(!key.isEmpty());
    QCOMPARE(entry(key).person.id, sample("contact_id"));
    CallerProfile *profile = m_desk->session.profile(key);
    QVERIFY(profile);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().header.status, PartState::Status::Ready, patience);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().timelineState.status, PartState::Status::Ready, patience);
    QVERIFY(!profile->data().timeline.isEmpty());
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    const QJsonArray records = callsWith(notesText + QStringLiteral("v2"));
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.first().toObject().value(QLatin1String("Who_Id")).toObject().value(QLatin1String("id")).toString(),
             sample("contact_id"));

    int logged = 0;
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    for (const auto &one : all) {
        const QString path = one.toObject().value(QLatin1String("path")).toString();
        QVERIFY2(path.startsWith(QLatin1String("/crm/v2/")) || path.startsWith(QLatin1String("/oauth/")),
                 qPrintable(path));
        logged += path == QLatin1String("/crm/v2/Calls") ? 1 : 0;
    }
    QCOMPARE(logged, 1);
}

QTEST_GUILESS_MAIN(TestDeskFlow)
#include "tst_desk_flow.moc"
