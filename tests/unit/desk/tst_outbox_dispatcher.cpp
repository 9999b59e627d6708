// SPDX-License-Identifier: Apache-2.0
#include "OutboxDispatcher.h"

#include "CallLog.h"
#include "CallPayload.h"
#include "CallSubjects.h"
#include "DeskBench.h"
#include "Outbox.h"

#include <QSignalSpy>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

QString ownerId()
{
    return QStringLiteral("5725767000000411001");
}

RawServer::Answer theCall(const QString &key)
{
    return records({QJsonObject{{QStringLiteral("id"), QStringLiteral("77")},
                                {QStringLiteral("Subject"), QStringLiteral("Call")},
                                {QStringLiteral("Description"),
                                 QStringLiteral("Notes.\n\n") + callSubjects::reference(key)}}});
}

} // namespace

/// Exactly one record for one log, whatever becomes of the answers.
class TestOutboxDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void sendsOldestFirst();
    void waitsWhileInactive();
    void lostAnswerIsLookedUp();
    void notThereCountsOnlyAfterTheCommitWindow();
    void commitWindowCountsFromTheConnectionsEnd();
    void commitWindowOfAnEarlierRunCountsFromTheStart();
    void questionBeforeTheWindowsEndDoesNotCount();
    void windowIsAsLongAsThePolicySays();
    void anothersCallAtTheSameTimeIsNotOurs();
    void referenceInAFieldIsFoundThere();
    void rowsAreReadToTheLast();
    void inFlightOfAnEarlierRunIsLookedUpFirst();
    void rejectionIsToldAndNotRepeated();
    void rateLimitIsObeyedEvenWhenKicked();
    void refusedLookUpNeverSends();
    void damagedPayloadIsRejected();

private:
    void add(const QString &key, const QString &referenceField = {});
    void ask(); ///< Once more, and waits until that is answered.
    OutboxState stateOf(const QString &key);
    int posts() const { return m_bench->count("POST", "/crm/v8/Calls"); }
    int questions() const { return m_bench->count("POST", "/crm/v8/coql"); }

    std::function<RawServer::Answer(const RawServer::Arrival &)> m_onCreate;
    std::function<RawServer::Answer(const RawServer::Arrival &)> m_onQuery;
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<CallLog> m_calls;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<OutboxDispatcher> m_dispatcher;
    std::unique_ptr<QSignalSpy> m_logged;
    std::unique_ptr<QSignalSpy> m_rejected;
};

void TestOutboxDispatcher::init()
{
    m_onCreate = [](const RawServer::Arrival &) { return created(QStringLiteral("42")); };
    m_onQuery = [](const RawServer::Arrival &) { return noRecords(); };
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) {
        return arrival.target.contains("/coql") ? m_onQuery(arrival) : m_onCreate(arrival);
    });
    QVERIFY(m_bench->open());
    m_calls = std::make_unique<CallLog>(m_bench->store);
    m_outbox = std::make_unique<Outbox>(m_bench->store);
    m_dispatcher = std::make_unique<OutboxDispatcher>(*m_outbox, m_bench->crm, m_bench->clock);
    m_logged = std::make_unique<QSignalSpy>(m_dispatcher.get(), &OutboxDispatcher::logged);
    m_rejected = std::make_unique<QSignalSpy>(m_dispatcher.get(), &OutboxDispatcher::rejected);
}

void TestOutboxDispatcher::cleanup()
{
    m_logged.reset();
    m_rejected.reset();
    m_dispatcher.reset();
    m_outbox.reset();
    m_calls.reset();
    m_bench.reset();
}

void TestOutboxDispatcher::add(const QString &key, const QString &referenceField)
{
    CallActivity call;
    call.subject = QStringLiteral("Call");
    call.start = QDateTime(QDate(2026, 3, 9), QTime(13, 0, 5, 432), Qt::OffsetFromUTC, 4 * 3600);
    call.duration = 95s;
    call.description = QStringLiteral("Notes.\n\n") + callSubjects::reference(key);
    OutboxEntry entry;
    entry.callKey = key;
    entry.kind = QStringLiteral("call");
    entry.payload =
        CallPayload{.call = call, .reference = callSubjects::reference(key), .referenceField = referenceField}.encoded();
    entry.createdAt = m_bench->clock.now();
    entry.notBefore = entry.createdAt;
    StoredCall stored;
    stored.key = key;
    stored.startedAt = call.start.toUTC();
    QVERIFY(await(m_calls->save(stored)).ok());
    QVERIFY(await(m_outbox->add(entry)).ok());
}

void TestOutboxDispatcher::ask()
{
    const int before = questions();
    m_dispatcher->kick();
    QTRY_COMPARE(questions(), before + 1);
    QTRY_VERIFY(m_dispatcher->nextTryAt() > m_bench->clock.now() || m_dispatcher->waiting() == 0);
}

OutboxState TestOutboxDispatcher::stateOf(const QString &key)
{
    const auto open = await(m_outbox->open());
    if (open.ok()) {
        for (const OutboxEntry &entry : open.value()) {
            if (entry.callKey == key)
                return entry.state;
        }
    }
    return OutboxState::Done;
}

void TestOutboxDispatcher::sendsOldestFirst()
{
    add(QStringLiteral("aaaaaaaa-1"));
    add(QStringLiteral("bbbbbbbb-2"));
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(m_logged->count(), 2);
    QCOMPARE(m_logged->at(0).at(0).toString(), QStringLiteral("aaaaaaaa-1"));
    QCOMPARE(m_logged->at(0).at(1).toString(), QStringLiteral("42"));
    QCOMPARE(m_logged->at(1).at(0).toString(), QStringLiteral("bbbbbbbb-2"));
    QCOMPARE(posts(), 2);
    QCOMPARE(questions(), 0);
    QTRY_COMPARE(m_dispatcher->waiting(), 0);
    const auto stored = await(m_calls->find(QStringLiteral("aaaaaaaa-1")));
    QVERIFY(stored.ok() && stored.value());
    QCOMPARE(stored.value()->logState, LogState::Logged);
}

void TestOutboxDispatcher::waitsWhileInactive()
{
    add(QStringLiteral("aaaaaaaa-1"));
    QSignalSpy changed(m_dispatcher.get(), &OutboxDispatcher::changed);
    m_dispatcher->kick();
    QTRY_COMPARE(m_dispatcher->waiting(), 1);
    QCOMPARE(posts(), 0);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(m_logged->count(), 1);
}

void TestOutboxDispatcher::lostAnswerIsLookedUp()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    m_onQuery = [&key](const RawServer::Arrival &) { return theCall(key); };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    QVERIFY(!m_dispatcher->lastProblem().isEmpty());
    QTRY_VERIFY(m_dispatcher->nextTryAt().isValid());
    m_bench->clock.advance(2s); // asked early: found counts at once
    m_dispatcher->kick();
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(m_logged->at(0).at(1).toString(), QStringLiteral("77"));
    QCOMPARE(posts(), 1);
    const QByteArray question = m_bench->server.arrivals().constLast().body;
    QVERIFY2(question.contains("2026-03-09T13:00:05+04:00") && question.contains(ownerId().toLatin1()),
             question.constData());
    QVERIFY(m_dispatcher->lastProblem().isEmpty());
}

void TestOutboxDispatcher::notThereCountsOnlyAfterTheCommitWindow()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    for (const auto wait : {2s, 20s, 20s}) {
        m_bench->clock.advance(wait);
        const int before = questions();
        m_dispatcher->kick();
        QTRY_COMPARE(questions(), before + 1);
        QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
        QCOMPARE(posts(), 1);
    }
    m_onCreate = [](const RawServer::Arrival &) { return created(QStringLiteral("43")); };
    m_bench->clock.advance(30s);
    m_dispatcher->kick();
    QTRY_COMPARE(questions(), 4); // said once after the window: not enough
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    QCOMPARE(posts(), 1);
    m_bench->clock.advance(10s);
    m_dispatcher->kick();
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(questions(), 5);
    QCOMPARE(posts(), 2);
}

/// The CRM may be at it as long as the connection is there, and the window only then begins.
void TestOutboxDispatcher::commitWindowCountsFromTheConnectionsEnd()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) { return RawServer::Answer(); };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(posts(), 1);
    m_bench->clock.advance(50s);
    m_bench->server.closeAll();
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    for (const auto wait : {20s, 20s, 15s}) { // up to 105 s after the sending
        m_bench->clock.advance(wait);
        ask();
        QCOMPARE(stateOf(key), OutboxState::Confirming);
    }
    QCOMPARE(posts(), 1);
    m_onCreate = [](const RawServer::Arrival &) { return created(QStringLiteral("43")); };
    m_bench->clock.advance(10s);
    ask();
    QCOMPARE(posts(), 1);
    m_bench->clock.advance(5s);
    m_dispatcher->kick();
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(posts(), 2);
}

void TestOutboxDispatcher::commitWindowOfAnEarlierRunCountsFromTheStart()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    add(key);
    QVERIFY(await(m_outbox->takeNext(m_bench->clock.now())).ok()); // and the power went
    m_bench->clock.advance(1h);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(questions(), 1);
    QTRY_VERIFY(m_dispatcher->nextTryAt().isValid());
    for (const auto wait : {20s, 30s}) {
        m_bench->clock.advance(wait);
        ask();
        QCOMPARE(stateOf(key), OutboxState::Confirming);
    }
    m_bench->clock.advance(11s);
    ask();
    QCOMPARE(posts(), 0);
    m_bench->clock.advance(5s);
    m_dispatcher->kick();
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(posts(), 1);
}

/// What an answer tells of is as old as its question.
void TestOutboxDispatcher::questionBeforeTheWindowsEndDoesNotCount()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    m_onQuery = [](const RawServer::Arrival &) { return RawServer::Answer(); };
    m_bench->clock.advance(59s);
    m_dispatcher->kick();
    QTRY_COMPARE(questions(), 1);
    m_bench->clock.advance(8s);
    m_bench->server.sendLate(RawServer::response(204));
    QTRY_VERIFY(m_dispatcher->nextTryAt() > m_bench->clock.now());
    m_onQuery = [](const RawServer::Arrival &) { return noRecords(); };
    m_bench->clock.advance(5s);
    ask(); // the first that counts
    QCOMPARE(stateOf(key), OutboxState::Confirming);
    QCOMPARE(posts(), 1);
}

void TestOutboxDispatcher::windowIsAsLongAsThePolicySays()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_dispatcher->setConfirmPolicy({.commitWindow = 6s, .absences = 2});
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    m_bench->clock.advance(5s);
    ask();
    m_bench->clock.advance(2s);
    ask();
    QCOMPARE(posts(), 1);
    m_bench->clock.advance(1s);
    m_dispatcher->kick();
    QTRY_COMPARE(posts(), 2);
}

void TestOutboxDispatcher::referenceInAFieldIsFoundThere()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    const auto field = QStringLiteral("Call_Agenda");
    const auto row = [&field](const QString &word) {
        return records({QJsonObject{{QStringLiteral("id"), QStringLiteral("78")}, {field, word}}});
    };
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    m_onQuery = [&row](const RawServer::Arrival &) { return row(QStringLiteral("bbbbbbbb")); };
    add(key, field);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    const QByteArray sent = m_bench->server.arrivals().constLast().body;
    QVERIFY2(sent.contains(R"("Call_Agenda":"aaaaaaaa")"), sent.constData());
    m_bench->clock.advance(2s);
    ask();
    const QByteArray question = m_bench->server.arrivals().constLast().body;
    QVERIFY2(question.contains(", Call_Agenda from Calls"), question.constData());
    QCOMPARE(stateOf(key), OutboxState::Confirming);
    m_onQuery = [&row](const RawServer::Arrival &) { return row(QStringLiteral("AAAAAAAA ")); };
    m_bench->clock.advance(10s);
    m_dispatcher->kick();
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(m_logged->at(0).at(1).toString(), QStringLiteral("78"));
}

void TestOutboxDispatcher::rowsAreReadToTheLast()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    m_onQuery = [&key](const RawServer::Arrival &arrival) {
        if (arrival.body.contains("limit 2, 200"))
            return theCall(key);
        QJsonArray others;
        for (const char *id : {"1", "2"})
            others.append(QJsonObject{{QStringLiteral("id"), QLatin1String(id)}});
        return jsonAnswer(200, {{QStringLiteral("data"), others},
                                {QStringLiteral("info"), QJsonObject{{QStringLiteral("count"), 2},
                                                                     {QStringLiteral("more_records"), true}}}});
    };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    m_bench->clock.advance(2s);
    m_dispatcher->kick();
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(m_logged->at(0).at(1).toString(), QStringLiteral("77"));
    QCOMPARE(questions(), 2);
    QCOMPARE(posts(), 1);
}

void TestOutboxDispatcher::anothersCallAtTheSameTimeIsNotOurs()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    m_onQuery = [](const RawServer::Arrival &) { return theCall(QStringLiteral("cccccccc-9")); };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    m_bench->clock.advance(3s);
    m_dispatcher->kick();
    QTRY_COMPARE(questions(), 1);
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    QCOMPARE(m_logged->count(), 0);
}

void TestOutboxDispatcher::inFlightOfAnEarlierRunIsLookedUpFirst()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onQuery = [&key](const RawServer::Arrival &) { return theCall(key); };
    add(key);
    QVERIFY(await(m_outbox->takeNext(m_bench->clock.now())).ok()); // and the power went
    QCOMPARE(stateOf(key), OutboxState::InFlight);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(posts(), 0);
    QCOMPARE(questions(), 1);
}

void TestOutboxDispatcher::rejectionIsToldAndNotRepeated()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) {
        return refused(400, QStringLiteral("INVALID_DATA"), {{QStringLiteral("api_name"), QStringLiteral("Call_Purpose")}});
    };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(m_rejected->count(), 1);
    QCOMPARE(m_rejected->at(0).at(0).toString(), key);
    QVERIFY(m_rejected->at(0).at(1).toString().contains(QLatin1String("Call Purpose")));
    const auto fields = m_rejected->at(0).at(2).value<QList<FieldError>>();
    QCOMPARE(fields.size(), 1);
    QCOMPARE(fields.constFirst().field, QStringLiteral("Call_Purpose"));
    QCOMPARE(stateOf(key), OutboxState::Rejected);
    QVERIFY2(m_dispatcher->lastProblem().isEmpty(), qPrintable(m_dispatcher->lastProblem())); // nothing waits
    m_bench->clock.advance(10min);
    QSignalSpy changed(m_dispatcher.get(), &OutboxDispatcher::changed);
    m_dispatcher->kick();
    QTRY_VERIFY(changed.count() >= 2);
    QCOMPARE(posts(), 1);
    QCOMPARE(m_dispatcher->waiting(), 0);
}

void TestOutboxDispatcher::rateLimitIsObeyedEvenWhenKicked()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) {
        return refused(429, QStringLiteral("TOO_MANY_REQUESTS"), {}, QByteArrayLiteral("Retry-After: 120\r\n"));
    };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(posts(), 1);
    QTRY_COMPARE(stateOf(key), OutboxState::Pending);
    m_bench->clock.advance(60s);
    QSignalSpy changed(m_dispatcher.get(), &OutboxDispatcher::changed);
    m_dispatcher->kick();
    QTRY_VERIFY(changed.count() >= 2);
    QCOMPARE(posts(), 1);
    m_onCreate = [](const RawServer::Arrival &) { return created(QStringLiteral("44")); };
    m_bench->clock.advance(61s);
    m_dispatcher->kick();
    QTRY_COMPARE(m_logged->count(), 1);
    QCOMPARE(questions(), 0); // refused for certain: nothing to look up
}

void TestOutboxDispatcher::refusedLookUpNeverSends()
{
    const auto key = QStringLiteral("aaaaaaaa-1");
    m_onCreate = [](const RawServer::Arrival &) { return hangUp(); };
    m_onQuery = [](const RawServer::Arrival &) { return refused(400, QStringLiteral("INVALID_QUERY")); };
    add(key);
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    for (int asked = 1; asked <= 3; ++asked) {
        m_bench->clock.advance(10min);
        m_dispatcher->kick();
        QTRY_COMPARE(questions(), asked);
        QTRY_COMPARE(stateOf(key), OutboxState::Confirming);
    }
    QCOMPARE(posts(), 1);
    QVERIFY(!m_dispatcher->lastProblem().isEmpty());
}

void TestOutboxDispatcher::damagedPayloadIsRejected()
{
    OutboxEntry entry;
    entry.callKey = QStringLiteral("aaaaaaaa-1");
    entry.kind = QStringLiteral("call");
    entry.payload = "{\"version\":99}";
    entry.createdAt = m_bench->clock.now();
    entry.notBefore = entry.createdAt;
    QVERIFY(await(m_outbox->add(entry)).ok());
    m_dispatcher->setActive(true, ownerId());
    QTRY_COMPARE(m_rejected->count(), 1);
    QVERIFY(!m_rejected->at(0).at(1).toString().isEmpty());
    QCOMPARE(posts(), 0);
}

QTEST_GUILESS_MAIN(TestOutboxDispatcher)
#include "tst_outbox_dispatcher.moc"
