// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "CallSource.h"
#include "CurrentCall.h"
#include "OutboxDispatcher.h"
#include "ScreenPop.h"
#include "WebSocketCallSource.h"
#include "WrapUp.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

/// A phone that says what the test says, and loses its connection when the test says so.
class PhoneInHand final : public CallSource
{
    Q_OBJECT

public:
    explicit PhoneInHand(const Clock &clock) : m_clock(clock) {}

    void start() override { become(State::Connected); }
    void stop() override { m_state = State::Stopped; }
    QString id() const override { return QStringLiteral("in-hand"); }
    QString name() const override { return QStringLiteral("Phone in hand"); }
    State state() const override { return m_state; }
    QString statusText() const override { return {}; }

    void become(State state)
    {
        m_state = state;
        Q_EMIT stateChanged();
    }

    void tell(const QString &call, CallState state, const QString &number, CallEndReason reason = CallEndReason::None)
    {
        CallEvent event;
        event.sourceId = id();
        event.callId = call;
        event.state = state;
        event.direction = CallDirection::In;
        event.remoteNumber = number;
        event.time = m_clock.now();
        event.monotonic = m_clock.monotonic();
        event.reason = reason;
        Q_EMIT callEvent(event);
    }

private:
    const Clock &m_clock;
    State m_state = State::Stopped;
};

} // namespace

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

private:
    PhoneInHand &takePhone();
    QString talking(PhoneInHand &phone, const QString &call);
};

PhoneInHand &TestDeskOutage::takePhone()
{
    auto made = std::make_unique<PhoneInHand>(m_clock);
    PhoneInHand &phone = *made;
    m_desk->session.setCallSource(std::move(made));
    return phone;
}

QString TestDeskOutage::talking(PhoneInHand &phone, const QString &call)
{
    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    phone.tell(call, CallState::Ringing, sample("known"));
    phone.tell(call, CallState::Connected, sample("known"));
    return added.isEmpty() ? QString() : added.first().first().toString();
}

/// As a phone does that tells what is in the air whenever it is connected.
void TestDeskOutage::endLostWithTheConnection()
{
    PhoneInHand &phone = takePhone();
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
    PhoneInHand &phone = takePhone();
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
    PhoneInHand &phone = takePhone();
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

QTEST_GUILESS_MAIN(TestDeskOutage)
#include "tst_desk_outage.moc"
