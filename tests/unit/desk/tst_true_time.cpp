// SPDX-License-Identifier: Apache-2.0
#include "CallBook.h"
#include "CallPayload.h"
#include "CallSubjects.h"
#include "CallTracker.h"
#include "CrmBodies.h"
#include "FakeClock.h"
#include "Settings.h"
#include "Store.h"
#include "WhenReady.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <ctime>
#include <memory>

using namespace ringside;
using namespace std::chrono_literals;
using ringside::test::FakeClock;
using std::chrono::milliseconds;

namespace {

/// Waits in the event loop alone: QTest's waiting sleeps beside it, and there are many things to wait for here.
template<typename T>
Result<T> outcome(const QFuture<Result<T>> &future)
{
    QEventLoop loop;
    std::optional<Result<T>> got;
    whenReady(&loop, future, [&](const Result<T> &result) {
        got.emplace(result);
        loop.quit();
    });
    loop.exec();
    return *got;
}

/// The zone that the computer is set to, for as long as this is there.
class DeskZone
{
public:
    explicit DeskZone(const QByteArray &id) : m_before(qgetenv("TZ")) { set(id); }
    ~DeskZone() { set(m_before); }
    Q_DISABLE_COPY_MOVE(DeskZone)

private:
    static void set(const QByteArray &id)
    {
        qputenv("TZ", id);
        tzset();
    }
    QByteArray m_before;
};

QDateTime utc(int year, int month, int day)
{
    return QDateTime(QDate(year, month, day), QTime(0, 0), Qt::UTC);
}

CallEntry entryAt(const QDateTime &start)
{
    CallEntry entry;
    entry.key = QStringLiteral("1b4e28ba-2fa1-11d2-883f-0016d3cca427");
    entry.number = PhoneNumber::parse(QStringLiteral("+971501234567"), QStringLiteral("AE"));
    entry.startedAt = start;
    entry.answeredAt = start;
    entry.offsetSeconds = zoneOffset(start);
    entry.talkTime = 61s;
    return entry;
}

QJsonObject sentOf(const CallActivity &call)
{
    return QJsonDocument::fromJson(crmbodies::call(call, {})).object().value(QLatin1String("data")).toArray().at(0).toObject();
}

/// What goes to the CRM for this call, after the outbox had it.
QJsonObject sentOf(const CallEntry &entry)
{
    const CallPayload payload{.call = callSubjects::activity(entry, {}), .reference = callSubjects::reference(entry.key)};
    const Result<CallPayload> kept = CallPayload::decode(payload.encoded());
    return kept ? sentOf(kept.value().call) : QJsonObject();
}

/// Empty when this text names that moment to the second, with that offset.
QString wrongStart(const QString &text, const QDateTime &moment, int offset)
{
    const QDateTime read = QDateTime::fromString(text, Qt::ISODate);
    const bool said = text.size() == 25 && (text.at(19) == u'+' || text.at(19) == u'-');
    if (said && read.isValid() && read.toSecsSinceEpoch() == moment.toSecsSinceEpoch() && read.offsetFromUtc() == offset)
        return {};
    return QStringLiteral("%1 for %2, whose offset is %3 s").arg(text, moment.toString(Qt::ISODateWithMs)).arg(offset);
}

/// A call as it really is, and the program that watches it and dies. Every life has a call of its own.
class World
{
public:
    World()
        : settings(folder.filePath(QStringLiteral("settings.ini")))
    {
        opened = outcome(store.open(folder.filePath(QStringLiteral("store.db")), Secret(QByteArray(32, 'k')))).ok() &&
                 settings.set(SettingKey::KeepDays, QStringLiteral("3650")).ok(); // the lives lie years apart
        startProgram();
    }

    void beginLife()
    {
        ++lives;
        key.clear();
        before = book->entries().size();
    }

    /// Also after a kill: what the program knew is gone, but for what it gave to the store.
    void startProgram()
    {
        resumed.clear();
        tracker = std::make_unique<CallTracker>(CallTracker::Options{.region = QStringLiteral("AE")});
        book = std::make_unique<CallBook>(log, drafts, settings, clock);
        QEventLoop loop;
        QObject::connect(book.get(), &CallBook::restored, &loop, &QEventLoop::quit);
        book->restore();
        loop.exec();
    }

    /// What the store was given is on disk; the rest of the program is not there any more.
    void kill()
    {
        finishWriting();
        book.reset();
    }

    /// The phone says this, and the desk does with it what AgentSession does.
    void hear(CallState state, const QDateTime &time, CallEndReason reason = CallEndReason::None)
    {
        CallEvent event;
        event.sourceId = QStringLiteral("phone");
        event.callId = QString::number(lives);
        event.state = state;
        event.direction = CallDirection::In;
        event.remoteNumber = number;
        event.time = time;
        event.monotonic = clock.monotonic();
        event.reason = reason;
        if (CallEntry *over = tracker->find(event) ? nullptr : book->endInterrupted(event))
            return book->save(*over);
        const QList<Call> calls = tracker->apply(event);
        for (const Call &call : calls)
            take(call);
    }
    void hear(CallState state, CallEndReason reason = CallEndReason::None) { hear(state, clock.now(), reason); }

    /// The phone names all its calls in the air, this life's or none.
    void tellAll(bool inTheAir)
    {
        const QStringList ids = inTheAir ? QStringList{QString::number(lives)} : QStringList();
        const QList<Call> lost = tracker->reconcile(QStringLiteral("phone"), ids, clock.now(), clock.monotonic());
        for (const Call &call : lost)
            take(call);
        book->settle(QStringLiteral("phone"), ids);
    }

    const CallEntry *entry() { return book->find(key); }
    /// As another run would read it.
    StoredCall onDisk()
    {
        finishWriting();
        return outcome(log.find(key)).value().value_or(StoredCall());
    }
    qsizetype entriesMade() const { return book->entries().size() - before; }

    QTemporaryDir folder;
    FakeClock clock;
    Settings settings;
    Store store;
    CallLog log{store};
    NoteDrafts drafts{store};
    std::unique_ptr<CallTracker> tracker;
    std::unique_ptr<CallBook> book;
    QHash<QString, QString> resumed;
    QString number = QStringLiteral("+971501234567");
    QString key; ///< Of the entry that this life's call has.
    qsizetype before = 0;
    int lives = 0;
    bool opened = false;

private:
    void finishWriting()
    {
        const auto last = outcome(store.write<void>(Store::WritePriority::Draft, [](Database &) { return Result<void>(); }));
        opened = opened && last.ok();
    }

    void take(const Call &call)
    {
        CallEntry *found = book->find(resumed.value(call.key, call.key));
        if (!found) {
            found = book->resume(call);
            if (found)
                resumed.insert(call.key, found->key);
        }
        if (!found) {
            CallEntry fresh;
            fresh.key = call.key;
            fresh.offsetSeconds = zoneOffset(call.startedAt);
            found = &book->add(fresh, call.sourceId, call.callId);
            key = call.key;
        }
        book->update(*found, call);
        book->save(*found);
    }
};

} // namespace

/// When calls began and how long they were, whatever zone the desk is in and whatever becomes of its clock, its power and
/// the program.
class TestTrueTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_world->clock = FakeClock(); }
    void cleanupTestCase() { m_world.reset(); }

    void everyZoneAndItsChanges();
    void theStartKeepsItsZoneWhereTheDeskTravels();
    void durationsOfEveryLength();
    void aClockSetBackBeforeAnotherBoot();
    void answeredWhileTheProgramWasDead();
    void endsBeforeThePhoneToldOfItAgain();
    void diesAgainBeforeThePhoneTells();
    void endsWhileTheProgramIsDead();
    void anIdThatIsUsedAgainIsAnotherCall();
    void livesOfCalls();

private:
    void answeredFor(milliseconds talk);
    void die(milliseconds dead);

    std::unique_ptr<World> m_world;
};

void TestTrueTime::initTestCase()
{
    m_world = std::make_unique<World>();
    QVERIFY(m_world->opened);
}

/// Rings, is answered, and is talked on; how far it has come is on disk.
void TestTrueTime::answeredFor(milliseconds talk)
{
    m_world->beginLife();
    m_world->hear(CallState::Ringing);
    m_world->clock.advance(4s);
    m_world->hear(CallState::Connected);
    m_world->clock.advance(talk);
    m_world->book->saveProgress();
}

void TestTrueTime::die(milliseconds dead)
{
    m_world->kill();
    m_world->clock.advance(dead);
    m_world->startProgram();
}

void TestTrueTime::everyZoneAndItsChanges()
{
    QRandomGenerator random(20260309);
    int moments = 0;
    const QList<QByteArray> ids = QTimeZone::availableTimeZoneIds();
    QVERIFY(ids.size() > 400);
    for (const QByteArray &id : ids) {
        const DeskZone desk(id);
        const QTimeZone zone(id);
        QList<QDateTime> starts;
        for (int i = 0; i < 3; ++i)
            starts.append(utc(2000, 1, 1).addMSecs(static_cast<qint64>(random.bounded(1.2e12))));
        // The last changes of the clock, and what comes: around the hour that is left out, or comes twice.
        QList<QTimeZone::OffsetData> changes = zone.transitions(utc(2000, 1, 1), utc(2012, 1, 1)).mid(0, 2);
        changes += zone.transitions(utc(2012, 1, 1), utc(2028, 1, 1));
        while (changes.size() > 6)
            changes.removeAt(random.bounded(static_cast<int>(changes.size())));
        for (const QTimeZone::OffsetData &change : std::as_const(changes)) {
            for (const qint64 seconds : {-3600, -1, 0, 1, 3599, 3600})
                starts.append(change.atUtc.toUTC().addSecs(seconds).addMSecs(random.bounded(1000)));
        }
        for (const QDateTime &start : std::as_const(starts)) {
            const int offset = zone.offsetFromUtc(start);
            const QJsonObject sent = sentOf(entryAt(start));
            const QString wrong = wrongStart(sent.value(QLatin1String("Call_Start_Time")).toString(), start, offset);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString::fromLatin1(id) + QLatin1String(": ") + wrong));
            ++moments;
        }
    }
    QVERIFY(moments > 3000);
}

void TestTrueTime::theStartKeepsItsZoneWhereTheDeskTravels()
{
    QDateTime start;
    {
        const DeskZone home("Europe/Berlin");
        // The last minute of summer time: an hour later the clock says the same.
        m_world->clock.setWallClock(QDateTime(QDate(2026, 10, 25), QTime(0, 59, 30), Qt::UTC));
        start = m_world->clock.now();
        answeredFor(90s);
        die(1s);
        m_world->hear(CallState::Connected);
        m_world->hear(CallState::Ended);
    }
    const DeskZone away("Asia/Kathmandu");
    die(10h);
    const CallEntry *call = m_world->entry();
    QVERIFY(call);
    QCOMPARE(call->startedAt, start);
    const QJsonObject sent = sentOf(*call);
    QCOMPARE(sent.value(QLatin1String("Call_Start_Time")).toString(), QStringLiteral("2026-10-25T02:59:30+02:00"));
    QCOMPARE(sent.value(QLatin1String("Call_Duration_in_seconds")).toInt(), 91);

    // The look-up after a lost answer asks for the same text.
    const CallPayload payload{.call = callSubjects::activity(*call, {}), .reference = callSubjects::reference(call->key)};
    const Result<CallPayload> kept = CallPayload::decode(payload.encoded());
    QVERIFY(kept.ok());
    QVERIFY(kept.value().lookUpQuery(QStringLiteral("1")).contains(QLatin1String("'2026-10-25T02:59:30+02:00'")));
}

void TestTrueTime::durationsOfEveryLength()
{
    for (const milliseconds talk : {0ms, 1ms, 499ms, 500ms, 999ms, 1000ms, 59'499ms, 59'500ms, milliseconds(1h), milliseconds(61min),
                                    milliseconds(24h), milliseconds(25h + 1s), milliseconds(100h)}) {
        answeredFor(talk);
        m_world->hear(CallState::Ended);
        QCOMPARE(m_world->entry()->talkTime, talk);
        QCOMPARE(m_world->onDisk().talkTime, talk);
        const QJsonObject sent = sentOf(*m_world->entry());
        const int seconds = sent.value(QLatin1String("Call_Duration_in_seconds")).toInt();
        QVERIFY(seconds >= 1);
        QVERIFY2(std::chrono::abs(std::chrono::seconds(seconds) - talk) <= 1s, qPrintable(QString::number(seconds)));
        const QStringList parts = sent.value(QLatin1String("Call_Duration")).toString().split(u':');
        QCOMPARE(parts.size(), 2);
        QCOMPARE(parts.at(0).toInt() * 60 + parts.at(1).toInt(), seconds);
    }
}

void TestTrueTime::aClockSetBackBeforeAnotherBoot()
{
    answeredFor(20s);
    m_world->kill();
    m_world->clock.setWallClock(m_world->clock.now().addDays(-1));
    m_world->clock.reboot("a boot after the clock was set");
    m_world->startProgram();
    m_world->hear(CallState::Connected, m_world->clock.now().addSecs(-20));
    m_world->clock.advance(10s);
    m_world->book->saveProgress();
    QCOMPARE(m_world->onDisk().talkTime, 30'000ms);
    m_world->hear(CallState::Ended);
    QCOMPARE(m_world->entry()->talkTime, 30'000ms);
}

void TestTrueTime::answeredWhileTheProgramWasDead()
{
    m_world->beginLife();
    m_world->hear(CallState::Ringing);
    m_world->clock.advance(3s);
    const QDateTime answer = m_world->clock.now().addSecs(2);
    die(10s);
    m_world->hear(CallState::Connected, answer);
    m_world->tellAll(true);
    m_world->clock.advance(60s);
    m_world->hear(CallState::Ended);
    QCOMPARE(m_world->entriesMade(), 1);
    QCOMPARE(m_world->entry()->talkTime, 68'000ms);

    // A phone whose clock is an hour slow: not longer than since it rang.
    m_world->beginLife();
    m_world->hear(CallState::Ringing);
    die(10s);
    m_world->hear(CallState::Connected, m_world->clock.now().addSecs(-3600));
    m_world->clock.advance(60s);
    m_world->hear(CallState::Ended);
    QCOMPARE(m_world->entry()->talkTime, 70'000ms);
}

void TestTrueTime::endsBeforeThePhoneToldOfItAgain()
{
    answeredFor(20s);
    die(30s);
    m_world->clock.advance(50s);
    m_world->hear(CallState::Ended, CallEndReason::Completed);
    QCOMPARE(m_world->entriesMade(), 1);
    QCOMPARE(m_world->entry()->talkTime, 100'000ms);
    QCOMPARE(m_world->entry()->reason, CallEndReason::Completed);
    QCOMPARE(m_world->onDisk().talkTime, 100'000ms);
    QCOMPARE(m_world->onDisk().state, static_cast<int>(CallState::Ended));
}

void TestTrueTime::diesAgainBeforeThePhoneTells()
{
    answeredFor(20s);
    for (int i = 0; i < 3; ++i)
        die(10s);
    QVERIFY(m_world->entry());
    QVERIFY(!m_world->entry()->live());
    m_world->hear(CallState::Connected);
    QCOMPARE(m_world->entriesMade(), 1);
    QVERIFY(m_world->entry()->live());
    m_world->clock.advance(10s);
    m_world->hear(CallState::Ended);
    QCOMPARE(m_world->entry()->talkTime, 60'000ms);
    die(1s);
    m_world->hear(CallState::Connected); // not that one again
    QCOMPARE(m_world->entriesMade(), 2);
    m_world->tellAll(false);
}

void TestTrueTime::endsWhileTheProgramIsDead()
{
    answeredFor(20s);
    die(1h);
    m_world->tellAll(false);
    QCOMPARE(m_world->entry()->reason, CallEndReason::Lost);
    QCOMPARE(m_world->entry()->talkTime, 20'000ms);
    QCOMPARE(m_world->onDisk().reason, static_cast<int>(CallEndReason::Lost));
    QVERIFY(m_world->onDisk().endedAt.has_value());
}

void TestTrueTime::anIdThatIsUsedAgainIsAnotherCall()
{
    answeredFor(20s);
    const QString first = m_world->key;
    die(1h);
    m_world->number = QStringLiteral("+97145551234");
    m_world->hear(CallState::Ringing);
    QCOMPARE(m_world->entriesMade(), 2);
    QVERIFY(m_world->key != first);
    m_world->tellAll(false);
    m_world->number = QStringLiteral("+971501234567");

    answeredFor(20s);
    const QString old = m_world->key;
    die(49h);
    m_world->hear(CallState::Ringing);
    QVERIFY(m_world->key != old);
    m_world->tellAll(false);
}

/// A few hundred calls to whom everything happens. What is true is counted beside the clock that the desk reads.
void TestTrueTime::livesOfCalls()
{
    const quint32 seed = 4711;
    QRandomGenerator random(seed);
    World &world = *m_world;
    const auto wait = [&world, &random](milliseconds &truth) {
        const std::array most{milliseconds(1s), milliseconds(1min), milliseconds(90min), milliseconds(40h)};
        const milliseconds step(random.bounded(1 + static_cast<int>(most.at(random.bounded(4)).count())));
        world.clock.advance(step); // awake or in suspend
        truth += step;
    };
    for (int life = 0; life < 150; ++life) {
        const QByteArray name = "seed " + QByteArray::number(seed) + ", life " + QByteArray::number(life);
        world.clock = FakeClock();
        world.clock.setWallClock(utc(2024, 1, 1).addMSecs(static_cast<qint64>(random.bounded(1e11))));
        world.beginLife();
        milliseconds truth{0};
        milliseconds answered{-1};
        milliseconds counted{0};
        bool clockSet = false;
        bool booted = false;
        bool held = false;
        const QDateTime start = world.clock.now();
        world.hear(CallState::Ringing);
        wait(truth);
        const int acts = 2 + random.bounded(8);
        for (int act = 0; act < acts; ++act) {
            const bool talking = answered >= 0ms;
            switch (random.bounded(talking ? 6 : 2)) {
            case 0:
                if (!talking) {
                    answered = truth;
                    world.hear(CallState::Connected);
                }
                break;
            case 1: // somebody sets the clock, or the network does
                world.clock.setWallClock(world.clock.now().addMSecs(random.bounded(-90'000'000, 90'000'000)));
                clockSet = clockSet || talking;
                break;
            case 2:
                held = !held;
                world.hear(held ? CallState::Held : CallState::Connected);
                break;
            case 3:
                world.book->saveProgress();
                counted = truth - answered;
                break;
            case 4: // kill -9; the phone still has the call
                world.book->saveProgress();
                counted = truth - answered;
                world.kill();
                wait(truth);
                if (random.bounded(3) == 0) {
                    world.clock.reboot(name + QByteArray::number(act));
                    booted = true;
                }
                world.startProgram();
                world.hear(held ? CallState::Held : CallState::Connected);
                world.tellAll(true);
                break;
            case 5:
                wait(truth);
                break;
            }
        }
        const bool transferred = random.bounded(4) == 0;
        if (answered < 0ms) {
            world.hear(CallState::Ended);
            QCOMPARE(world.entry()->talkTime, 0ms);
            QVERIFY(world.entry()->missed());
            continue;
        }
        wait(truth);
        world.hear(CallState::Ended, transferred ? CallEndReason::Transferred : CallEndReason::None);
        const milliseconds talked = truth - answered;
        const CallEntry *entry = world.entry();
        QVERIFY2(entry && !entry->live(), name.constData());
        QVERIFY2(entry->talkTime >= 0ms && world.onDisk().talkTime == entry->talkTime, name.constData());
        // In another boot there is the wall clock alone: whoever sets it then, sets the length of the call.
        if (!booted || !clockSet) {
            QVERIFY2(world.entriesMade() == 1, name.constData());
            QVERIFY2(entry->startedAt == start, name.constData());
            QVERIFY2(entry->talkTime >= counted, name.constData());
            const QByteArray times = name + ": " + QByteArray::number(qint64(talked.count())) + " ms were "
                                   + QByteArray::number(qint64(entry->talkTime.count()));
            QVERIFY2(std::chrono::abs(entry->talkTime - talked) <= 1s, times.constData());
            const int sent = sentOf(*entry).value(QLatin1String("Call_Duration_in_seconds")).toInt();
            QVERIFY2(std::chrono::abs(std::chrono::seconds(sent) - talked) <= 1s, times.constData());
        }
        const QString wrong =
            wrongStart(sentOf(*entry).value(QLatin1String("Call_Start_Time")).toString(), entry->startedAt, 0);
        QVERIFY2(wrong.isEmpty(), qPrintable(QString::fromLatin1(name) + wrong));
    }
}

QTEST_GUILESS_MAIN(TestTrueTime)
#include "tst_true_time.moc"
