// SPDX-License-Identifier: Apache-2.0
#include "QuotaWatch.h"
#include "RateHints.h"
#include "RequestQueue.h"
#include "ScheduledRequest.h"

#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

QDateTime now()
{
    return QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
}

RateHints hints(const QHash<QByteArray, QByteArray> &headers)
{
    return RateHints::of({.status = 200, .headers = headers, .body = {}}, now());
}

} // namespace

/// The parts that the scheduler decides by, each alone.
class TestRateHints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingTold()
    {
        const RateHints none = hints({});
        QCOMPARE(none.remaining, -1);
        QCOMPARE(none.limit, -1);
        QCOMPARE(none.pause, 0ms);
    }

    void theDayGoesBeforeTheWindow()
    {
        const RateHints both = hints({{"x-ratelimit-limit", "100"},
                                      {"x-ratelimit-remaining", "7"},
                                      {"x-ratelimit-day-limit", "50000"},
                                      {"x-ratelimit-day-remaining", "41000"}});
        QCOMPARE(both.remaining, 41000);
        QCOMPARE(both.limit, 50000);
        const RateHints window = hints({{"x-ratelimit-limit", "100"}, {"x-ratelimit-remaining", "0"}});
        QCOMPARE(window.remaining, -1);
        QCOMPARE(window.limit, -1);
        QCOMPARE(hints({{"x-api-credits-remaining", " 12 "}, {"x-ratelimit-remaining", "7"}}).remaining, 12);
        QCOMPARE(hints({{"x-api-credits-remaining", "-3"}, {"x-ratelimit-remaining", "x"}}).remaining, -1);
    }

    void resets_data()
    {
        QTest::addColumn<QByteArray>("remaining");
        QTest::addColumn<QByteArray>("reset");
        QTest::addColumn<int>("seconds");
        const qint64 inAMinute = now().toSecsSinceEpoch() + 60;
        QTest::newRow("seconds to go") << QByteArray("0") << QByteArray("60") << 60;
        QTest::newRow("time") << QByteArray("0") << QByteArray::number(inAMinute) << 60;
        QTest::newRow("time in ms") << QByteArray("0") << QByteArray::number(inAMinute * 1000) << 60;
        QTest::newRow("past") << QByteArray("0") << QByteArray::number(inAMinute - 3600) << 0;
        QTest::newRow("far") << QByteArray("0") << QByteArray::number(inAMinute + 999999) << 86400;
        QTest::newRow("some left") << QByteArray("1") << QByteArray("60") << 0;
        QTest::newRow("garbage") << QByteArray("0") << QByteArray("soon") << 0;
    }
    void resets()
    {
        QFETCH(QByteArray, remaining);
        QFETCH(QByteArray, reset);
        QFETCH(int, seconds);
        QCOMPARE(hints({{"x-ratelimit-remaining", remaining}, {"x-ratelimit-reset", reset}}).pause,
                 std::chrono::milliseconds(std::chrono::seconds(seconds)));
    }

    void theLongerPauseCounts()
    {
        QCOMPARE(hints({{"retry-after", "90"}, {"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "60"}}).pause, 90s);
        QCOMPARE(hints({{"retry-after", "Mon, 09 Mar 2026 10:00:05 GMT"}}).pause, 5s);
    }

    void aCrowdIsNoSpentDay()
    {
        QuotaWatch watch;
        for (int second = 0; second <= 120; second += 10) {
            watch.refused(std::chrono::seconds(second), 0ms, false);
            QVERIFY(!watch.spent());
        }
        watch.refused(121s, 0ms, false);
        QVERIFY(watch.spent());
        watch.accepted();
        QVERIFY(!watch.spent());
    }

    void twoCrowdsAreNoSpentDay()
    {
        QuotaWatch watch;
        watch.refused(0s, 0ms, false);
        watch.refused(600s, 0ms, false);
        QVERIFY(!watch.spent());
        watch.refused(700s, 0ms, false);
        QVERIFY(!watch.spent());
        watch.refused(721s, 0ms, false);
        QVERIFY(watch.spent());
    }

    void aSpentDayThatIsSaid()
    {
        QuotaWatch watch;
        watch.refused(0s, 0ms, true);
        QVERIFY(watch.spent());
        QCOMPARE(watch.untilProbe(0s), std::chrono::milliseconds(QuotaWatch::probeInterval));
        QuotaWatch told;
        told.refused(0s, 1h, false);
        QVERIFY(told.spent());
        QCOMPARE(told.untilProbe(10s), std::chrono::milliseconds(1h - 10s));
    }

    void oneProbeInAWhile()
    {
        QuotaWatch watch;
        watch.refused(0s, 0ms, true);
        QCOMPARE(watch.untilProbe(299s), 1000ms);
        QCOMPARE(watch.untilProbe(300s), 0ms);
        watch.probing(300s);
        QVERIFY(watch.untilProbe(301s) > 0ms);
        watch.refused(302s, 0ms, false); // Still spent, though two minutes were not refused again.
        QVERIFY(watch.spent());
    }

    void theQueueAgesAndRipens()
    {
        RequestQueue queue;
        QObject owner;
        const auto request = [&owner](RequestPriority priority) {
            HttpRequest made;
            made.priority = priority;
            return new ScheduledRequest(made, &owner);
        };
        auto *sync = request(RequestPriority::Sync);
        auto *refresh = request(RequestPriority::Refresh);
        queue.add(sync);
        queue.add(refresh);
        QVERIFY(queue.take(false) == nullptr); // Both are background.
        for (int i = 0; i < RequestQueue::mostOvertakings; ++i) {
            auto *pop = request(RequestPriority::Pop);
            queue.add(pop);
            QCOMPARE(queue.take(true), pop);
        }
        auto *pop = request(RequestPriority::Pop);
        queue.add(pop);
        QCOMPARE(queue.take(true), sync); // The older of two that have waited long enough, whatever its class.
        QCOMPARE(queue.take(true), refresh);
        QCOMPARE(queue.take(true), pop);
        QVERIFY(queue.isEmpty());
    }

    void whatComesBackKeepsItsAge()
    {
        RequestQueue queue;
        QObject owner;
        HttpRequest plain;
        auto *first = new ScheduledRequest(plain, &owner);
        auto *second = new ScheduledRequest(plain, &owner);
        queue.add(first);
        queue.add(second);
        QCOMPARE(queue.take(true), first);
        queue.add(first); // After its back-off.
        QCOMPARE(queue.take(true), first);
        QCOMPARE(queue.take(true), second);
    }
};

QTEST_GUILESS_MAIN(TestRateHints)
#include "tst_rate_hints.moc"
