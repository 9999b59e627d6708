// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "CallSource.h"
#include "CallerProfile.h"
#include "CurrentCall.h"
#include "OutboxDispatcher.h"
#include "RetryPolicy.h"
#include "ScreenPop.h"
#include "TestPhone.h"
#include "WebSocketCallSource.h"
#include "WrapUp.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// The day on which something does not work: the phone, the CRM, the sign-in. Nothing is lost, and nothing is logged on
/// nobody.
class TestDeskOutage : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void init() { makeProfile(); }
    void cleanup() { end(); }

    void endLostWithTheConnection();
    void endToldNeitherBeforeNorAfter();
    void mentionedAgainIsInNoDoubt();

    void callerOfAnOutageIsFoundBeforeTheLog();
    void callerOfAnOutageIsFoundAfterARestart();
    void forbiddenSearchHoldsNothingBack();
    void brokenSearchHoldsNothingBackForEver();

    void changeWhileUnansweredIsSent();
    void changeJustBeforeTheAnswerFollows();
    void keystrokesOnTheWayIntoTheOutboxCount();

    void signInBringsBackWhatFailed();
    void refusedNewTokenAsksForSignIn();

private:
    TestPhone &takePhone();
    void impatient();
    void crmDown()
    {
        fault({{QStringLiteral("path"), QStringLiteral("/crm/")},
               {QStringLiteral("reset"), true},
               {QStringLiteral("times"), -1}});
    }
    int searches();
    RecordRef loggedOn(const QString &text);
    OutboxState outboxState();
    QString talking(TestPhone &phone, const QString &call);
};

TestPhone &TestDeskOutage::takePhone()
{
    auto made = std::make_unique<TestPhone>(m_clock);
    TestPhone &phone = *made;
    m_desk->session.setCallSource(std::move(made));
    return phone;
}

QString TestDeskOutage::talking(TestPhone &phone, const QString &call)
{
    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    phone.tell(call, CallState::Ringing, sample("known"));
    phone.tell(call, CallState::Connected, sample("known"));
    return added.isEmpty() ? QString() : added.first().first().toString();
}

/// As a phone does that tells what is in the air whenever it is connected.
void TestDeskOutage::endLostWithTheConnection()
{
    TestPhone &phone = takePhone();
    const QString key = talking(phone, QStringLiteral("a"));
    const QString other = talking(phone, QStringLiteral("b"));
    phone.become(CallSource::State::Waiting);
    phone.become(CallSource::State::Connected);
    phone.tell(QStringLiteral("b"), CallState::Connected, sample("known"));
    Q_EMIT phone.snapshot({QStringLiteral("b")});
    QCOMPARE(entry(key).reason, CallEndReason::Lost);
    QVERIFY(entry(key).toLog());
    QVERIFY(entry(other).live());

    // The sandbox is such a phone, and what began unheard is known after connecting.
    m_desk->session.setCallSource(nullptr);
    ring(QStringLiteral("early"), QStringLiteral("ringing"), sample("known"));
    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    m_desk->session.setCallSource(std::make_unique<WebSocketCallSource>(QUrl(m_sandbox->eventsUrl()), m_clock));
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString early = added.first().first().toString();
    QCOMPARE(entry(early).state, CallState::Ringing);
    ring(QStringLiteral("early"), QStringLiteral("ended"), sample("known"));
    QTRY_VERIFY_WITH_TIMEOUT(!entry(early).live(), patience);
}

/// A phone that says nothing when it is back: nobody knows, so the agent decides.
void TestDeskOutage::endToldNeitherBeforeNorAfter()
{
    AgentSession &session = m_desk->session;
    TestPhone &phone = takePhone();
    const QString key = talking(phone, QStringLiteral("a"));
    session.wrapUp(key).setNotes(notesText + QStringLiteral("doubt"), 2);
    QSignalSpy problems(&session, &AgentSession::problem);
    session.log(key);
    QCOMPARE(problems.count(), 1); // it has not ended
    CurrentCall desk(session);
    desk.choose(key);
    QVERIFY(!desk.offer(talking(phone, QStringLiteral("second")), false)); // nor does it give way
    m_clock.skip(60s);
    phone.become(CallSource::State::Waiting);
    phone.become(CallSource::State::Connecting);
    m_clock.skip(10s);
    phone.become(CallSource::State::Connected);
    QVERIFY(!entry(key).doubtful);
    QTRY_VERIFY_WITH_TIMEOUT(entry(key).doubtful, patience);
    QVERIFY(entry(key).live());
    QStringList doubted{problems.at(1).first().toString(), problems.at(2).first().toString()};
    QCOMPARE(problems.count(), 3); // one sentence for each of the two
    QVERIFY(doubted.contains(key));
    const QString later = talking(phone, QStringLiteral("b"));
    QVERIFY(!desk.offer(later, true)); // the agent types
    QVERIFY(desk.offer(later, false));
    QCOMPARE(desk.key(), later);

    m_clock.skip(600s); // wrapping up late makes no long call
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(entry(key).reason, CallEndReason::Lost);
    QVERIFY(!entry(key).doubtful);
    const QJsonArray records = callsWith(notesText + QStringLiteral("doubt"));
    QCOMPARE(records.size(), 1);
    const int seconds = records.first().toObject().value(QLatin1String("Call_Duration_in_seconds")).toInt();
    QVERIFY2(seconds >= 70 && seconds < 90, qPrintable(QString::number(seconds)));
    QCOMPARE(problems.count(), 3);
}

void TestDeskOutage::mentionedAgainIsInNoDoubt()
{
    TestPhone &phone = takePhone();
    const QString key = talking(phone, QStringLiteral("a"));
    const QString silent = talking(phone, QStringLiteral("b"));
    phone.become(CallSource::State::Waiting);
    QTRY_VERIFY_WITH_TIMEOUT(entry(key).doubtful && entry(silent).doubtful, patience); // it may be gone for good
    QSignalSpy problems(&m_desk->session, &AgentSession::problem);
    phone.become(CallSource::State::Connected);
    phone.tell(QStringLiteral("a"), CallState::Connected, sample("known"));
    QVERIFY(!entry(key).doubtful);
    QVERIFY(entry(silent).doubtful);
    m_desk->session.log(key);
    QVERIFY(entry(key).live());
    QCOMPARE(problems.count(), 1);
    phone.tell(QStringLiteral("b"), CallState::Ended, sample("known"), CallEndReason::Completed);
    QVERIFY(!entry(silent).doubtful);
    QCOMPARE(entry(silent).reason, CallEndReason::Completed);
}

/// Nothing is asked twice in one go: an outage is over quickly.
void TestDeskOutage::impatient()
{
    RetryPolicy::Limits once;
    once.attempts = 1;
    m_desk->scheduler.setRetryPolicy(RetryPolicy(once));
}

int TestDeskOutage::searches()
{
    int count = 0;
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    for (const auto &one : all)
        count +=
            one.toObject().value(QLatin1String("path")).toString() == QLatin1String("/crm/v8/Contacts/search") ? 1 : 0;
    return count;
}

/// Of the one record with this text.
RecordRef TestDeskOutage::loggedOn(const QString &text)
{
    const QJsonArray records = callsWith(text);
    if (records.size() != 1)
        return {.module = QStringLiteral("%1 records").arg(records.size()), .id = {}};
    const QString id =
        records.first().toObject().value(QLatin1String("Who_Id")).toObject().value(QLatin1String("id")).toString();
    return {.module = id.isEmpty() ? QString() : QStringLiteral("Contacts"), .id = id};
}

/// Of the only entry; Done when there is none.
OutboxState TestDeskOutage::outboxState()
{
    const auto open = await(m_desk->outbox.open());
    return open.ok() && open.value().size() == 1 ? open.value().first().state : OutboxState::Done;
}

void TestDeskOutage::callerOfAnOutageIsFoundBeforeTheLog()
{
    impatient();
    crmDown();
    const QString key = finishedCall(QStringLiteral("outage"), sample("known"));
    QCOMPARE(m_desk->session.screenPop().result(key).status, PopResult::Status::Failed);
    m_desk->session.log(key);
    OutboxDispatcher &dispatcher = m_desk->session.dispatcher();
    QTRY_VERIFY_WITH_TIMEOUT(!dispatcher.lastProblem().isEmpty(), patience);
    QCOMPARE(logState(key), LogState::Queued);
    for (int i = 0; i < 7; ++i) { // however long it lasts
        const int before = searches();
        dispatcher.kick();
        QTRY_VERIFY_WITH_TIMEOUT(searches() > before, patience);
    }
    noFaults();
    dispatcher.kick();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(loggedOn(notesText + QStringLiteral("outage")).id, sample("contact_id"));
    QCOMPARE(entry(key).person.id, sample("contact_id"));
    QCOMPARE(posts(), 1);
    QVERIFY(dispatcher.lastProblem().isEmpty());
}

void TestDeskOutage::callerOfAnOutageIsFoundAfterARestart()
{
    impatient();
    crmDown();
    const QString key = finishedCall(QStringLiteral("restart"), sample("known"));
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Queued, patience);
    end();
    noFaults();
    begin();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(loggedOn(notesText + QStringLiteral("restart")).id, sample("contact_id"));
    QCOMPARE(entry(key).person.id, sample("contact_id"));
}

void TestDeskOutage::forbiddenSearchHoldsNothingBack()
{
    impatient();
    const QString body =
        QStringLiteral(R"({"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_View_Contacts"]},)"
                       R"("message":"permission denied","status":"error"})");
    fault({{QStringLiteral("path"), QStringLiteral("^/crm/v8/[A-Za-z]+/search")},
           {QStringLiteral("status"), 403},
           {QStringLiteral("body"), body},
           {QStringLiteral("times"), -1}});
    const QString key = finishedCall(QStringLiteral("forbidden"), sample("known"));
    QCOMPARE(m_desk->session.screenPop().result(key).status, PopResult::Status::Failed);
    const int before = searches();
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(loggedOn(notesText + QStringLiteral("forbidden")), RecordRef());
    QCOMPARE(searches(), before);
}

void TestDeskOutage::brokenSearchHoldsNothingBackForEver()
{
    impatient();
    fault({{QStringLiteral("path"), QStringLiteral("^/crm/v8/[A-Za-z]+/search")},
           {QStringLiteral("reset"), true},
           {QStringLiteral("times"), -1}});
    const QString key = finishedCall(QStringLiteral("broken"), sample("known"));
    const int before = searches();
    m_desk->session.log(key);
    OutboxDispatcher &dispatcher = m_desk->session.dispatcher();
    QTRY_VERIFY_WITH_TIMEOUT(!dispatcher.lastProblem().isEmpty(), patience);
    QCOMPARE(posts(), 0);
    const auto triedAgain = [&] {
        dispatcher.kick();
        return logState(key) == LogState::Logged;
    };
    QTRY_VERIFY_WITH_TIMEOUT(triedAgain(), patience);
    QVERIFY2(searches() - before >= 5, qPrintable(QString::number(searches() - before)));
    QCOMPARE(posts(), 1);
    QCOMPARE(loggedOn(notesText + QStringLiteral("broken")), RecordRef());
}

void TestDeskOutage::changeWhileUnansweredIsSent()
{
    const QString key = finishedCall(QStringLiteral("unanswered"), sample("known"));
    AgentSession &session = m_desk->session;
    QSignalSpy problems(&session, &AgentSession::problem);
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("reset"), true}});
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(outboxState(), OutboxState::Confirming, patience);
    session.wrapUp(key).setNotes(notesText + QStringLiteral("unanswered. And one thing more."), 0);
    m_clock.skip(70s); // not there: it is sent again
    const auto logged = [&] {
        session.dispatcher().kick();
        return logState(key) == LogState::Logged;
    };
    QTRY_VERIFY_WITH_TIMEOUT(logged(), patience);
    QCOMPARE(callsWith(QStringLiteral("unanswered. And one thing more.")).size(), 1);
    QCOMPARE(callsWith(notesText + QStringLiteral("unanswered")).size(), 1);
    QCOMPARE(problems.count(), 0);
}

void TestDeskOutage::changeJustBeforeTheAnswerFollows()
{
    const QString key = finishedCall(QStringLiteral("late"), sample("known"));
    AgentSession &session = m_desk->session;
    QSignalSpy problems(&session, &AgentSession::problem);
    fault({{QStringLiteral("method"), QStringLiteral("POST")}, {QStringLiteral("delay"), 2500}});
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(outboxState(), OutboxState::InFlight, patience);
    session.wrapUp(key).setNotes(notesText + QStringLiteral("late, changed"), 0);
    QTRY_COMPARE_WITH_TIMEOUT(callsWith(notesText + QStringLiteral("late, changed")).size(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("late")).size(), 1); // the same record
    QCOMPARE(posts(), 1);
    QCOMPARE(problems.count(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(await(m_desk->drafts.unlogged()).value().size(), 0, patience);
}

void TestDeskOutage::keystrokesOnTheWayIntoTheOutboxCount()
{
    const QString key = finishedCall(QStringLiteral("keys"), sample("known"));
    m_desk->session.log(key);
    m_desk->session.wrapUp(key).setNotes(notesText + QStringLiteral("keys and one more"), 0);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(QStringLiteral("keys and one more")).size(), 1);
}

/// A caller whom the directory knows rings while the sign-in is dead.
void TestDeskOutage::signInBringsBackWhatFailed()
{
    impatient();
    AgentSession &session = m_desk->session;
    finishedCall(QStringLiteral("before"), sample("known"));
    connect(&m_desk->scheduler, &RequestScheduler::signInNeeded, this,
            [this] { m_desk->signIn.expire(QStringLiteral("Dead.")); });
    for (const char *what : {"refresh", "access"})
        control(HttpMethod::Post, QStringLiteral("expire"), {{QStringLiteral("what"), QLatin1String(what)}});
    const QString key = finishedCall(QStringLiteral("dead"), sample("known"));
    QCOMPARE(m_desk->signIn.state(), SignIn::State::SignedOut);
    const auto result = [&] { return session.screenPop().result(key); };
    QCOMPARE(result().status, PopResult::Status::One);
    QVERIFY(result().candidates.constFirst().fromDirectory && !result().message.isEmpty());
    CallerProfile *profile = session.profile(key);
    QVERIFY(profile);
    QTRY_COMPARE_WITH_TIMEOUT(profile->data().timelineState.status, PartState::Status::Failed, patience);

    QVERIFY(await(m_desk->tokens.adopt(grantedTokens())).ok());
    m_desk->signIn.restore();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->signIn.identity().has_value(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(result().message.isEmpty() && !result().candidates.constFirst().fromDirectory, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session.profile(key)->data().timelineState.status, PartState::Status::Ready, patience);
    QCOMPARE(session.profile(key)->data().header.status, PartState::Status::Ready);
}

void TestDeskOutage::refusedNewTokenAsksForSignIn()
{
    impatient();
    const QString key = finishedCall(QStringLiteral("refused"), sample("known"));
    connect(&m_desk->scheduler, &RequestScheduler::signInNeeded, this,
            [this] { m_desk->signIn.expire(QStringLiteral("Dead.")); });
    const QString body =
        QStringLiteral(R"({"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"})");
    fault({{QStringLiteral("method"), QStringLiteral("POST")},
           {QStringLiteral("status"), 401},
           {QStringLiteral("body"), body},
           {QStringLiteral("times"), -1}});
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->signIn.state(), SignIn::State::SignedOut, patience);
    QCOMPARE(logState(key), LogState::Queued);
    noFaults();
    m_desk->signIn.restore();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(callsWith(notesText + QStringLiteral("refused")).size(), 1);
}

QTEST_GUILESS_MAIN(TestDeskOutage)
#include "tst_desk_outage.moc"
