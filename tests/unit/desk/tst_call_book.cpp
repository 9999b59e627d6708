// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "CallBook.h"
#include "FakeClock.h"
#include "Settings.h"
#include "Store.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace ringside;
using namespace std::chrono_literals;
using ringside::test::await;
using ringside::test::FakeClock;

namespace {

Call answeredCall(const Clock &clock)
{
    Call call;
    call.key = QStringLiteral("key");
    call.sourceId = QStringLiteral("phone");
    call.callId = QStringLiteral("7");
    call.state = CallState::Connected;
    call.number = PhoneNumber::parse(QStringLiteral("+971501234567"), QStringLiteral("AE"), 6);
    call.startedAt = clock.now();
    call.answeredAt = clock.now();
    call.answeredMonotonic = clock.monotonic();
    return call;
}

/// The same call as the phone tells of it to a program that has just started.
Call heardAgain(const Clock &clock)
{
    Call call = answeredCall(clock);
    call.key = QStringLiteral("another key");
    return call;
}

Call ended(Call call, const Clock &clock)
{
    call.state = CallState::Ended;
    call.reason = CallEndReason::Completed;
    call.endedAt = clock.now();
    call.talkTime = clock.monotonic() - call.answeredMonotonic;
    return call;
}

} // namespace

/// How long a call was, when the program died in the middle of it.
class TestCallBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void talkTimeGoesOnOverARestart();
    void aClockSetBackDoesNotCount();
    void anotherBootGoesByTheWallClock();
    void aCallThatIsGoneKeepsWhatWasCounted();
    void unfinishedCallsComeBackHoweverOld();

private:
    void restart();
    void liveCallInAnEarlierRun();
    std::chrono::milliseconds talkTimeAfterResuming(std::chrono::milliseconds further);

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<CallLog> m_log;
    std::unique_ptr<NoteDrafts> m_drafts;
    std::unique_ptr<CallBook> m_book;
};

void TestCallBook::init()
{
    m_clock = FakeClock();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
    restart();
}

void TestCallBook::cleanup()
{
    m_book.reset();
    m_drafts.reset();
    m_log.reset();
    m_store.reset();
}

/// Without any farewell, as after a kill.
void TestCallBook::restart()
{
    cleanup();
    m_store = std::make_unique<Store>();
    QVERIFY(await(m_store->open(m_folder->filePath(QStringLiteral("store.db")), Secret(QByteArray(32, 'k')))).ok());
    m_log = std::make_unique<CallLog>(*m_store);
    m_drafts = std::make_unique<NoteDrafts>(*m_store);
    m_book = std::make_unique<CallBook>(*m_log, *m_drafts, *m_settings, m_clock);
    QSignalSpy restored(m_book.get(), &CallBook::restored);
    m_book->restore();
    QTRY_COMPARE(restored.count(), 1);
}

void TestCallBook::liveCallInAnEarlierRun()
{
    const Call call = answeredCall(m_clock);
    CallEntry fresh;
    fresh.key = call.key;
    CallEntry &entry = m_book->add(fresh, call.sourceId, call.callId);
    m_book->update(entry, call);
    m_book->save(entry);
    m_clock.advance(20s);
    m_book->saveProgress();
    QTRY_COMPARE(await(m_log->find(call.key)).value().value_or(StoredCall()).talkTime, 20'000ms);
}

std::chrono::milliseconds TestCallBook::talkTimeAfterResuming(std::chrono::milliseconds further)
{
    const Call again = heardAgain(m_clock);
    CallEntry *entry = m_book->resume(again);
    if (!entry)
        return -1ms;
    m_book->update(*entry, again);
    m_clock.advance(further);
    m_book->update(*entry, ended(again, m_clock));
    return entry->talkTime;
}

void TestCallBook::talkTimeGoesOnOverARestart()
{
    liveCallInAnEarlierRun();
    m_clock.advance(10s); // dead, and starting
    restart();
    QCOMPARE(talkTimeAfterResuming(30s), 60'000ms);
}

void TestCallBook::aClockSetBackDoesNotCount()
{
    liveCallInAnEarlierRun();
    m_clock.advance(10s);
    m_clock.setWallClock(m_clock.now().addSecs(-3600));
    restart();
    QCOMPARE(talkTimeAfterResuming(30s), 60'000ms);
}

void TestCallBook::anotherBootGoesByTheWallClock()
{
    liveCallInAnEarlierRun();
    m_clock.advance(70s); // a desk phone holds its call while the computer starts anew
    m_clock.reboot("another boot");
    restart();
    QCOMPARE(talkTimeAfterResuming(30s), 120'000ms);
}

void TestCallBook::aCallThatIsGoneKeepsWhatWasCounted()
{
    liveCallInAnEarlierRun();
    m_clock.advance(3h);
    restart();
    const CallEntry *entry = m_book->find(QStringLiteral("key"));
    QVERIFY(entry);
    QCOMPARE(entry->state, CallState::Ended);
    QCOMPARE(entry->reason, CallEndReason::Lost);
    QCOMPARE(entry->talkTime, 20'000ms);
    QCOMPARE(entry->endedAt, entry->answeredAt->addSecs(20));
    QVERIFY(entry->toLog());
}

void TestCallBook::unfinishedCallsComeBackHoweverOld()
{
    const auto stored = [this](const QString &key) {
        StoredCall call;
        call.key = key;
        call.state = static_cast<int>(CallState::Ended);
        call.startedAt = m_clock.now();
        m_clock.advance(1s);
        return await(m_log->save(call)).ok();
    };
    QVERIFY(stored(QStringLiteral("noted")) && stored(QStringLiteral("nothing")));
    NoteDraft draft;
    draft.callKey = QStringLiteral("noted");
    draft.notes = QStringLiteral("Call back on Monday.");
    QVERIFY(await(m_drafts->save(draft)).ok());
    for (int i = 0; i < 500; ++i)
        QVERIFY(stored(QString::number(i)));
    restart();
    QVERIFY(!m_book->find(QStringLiteral("nothing")));
    const CallEntry *noted = m_book->find(QStringLiteral("noted"));
    QVERIFY(noted);
    QCOMPARE(noted->logState, LogState::Draft);
    QCOMPARE(m_book->entries().size(), 501);
    QCOMPARE(m_book->entries().constLast().key, QStringLiteral("noted"));
}

QTEST_GUILESS_MAIN(TestCallBook)
#include "tst_call_book.moc"
