// SPDX-License-Identifier: Apache-2.0
#include "CallTracker.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <utility>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

CallEvent heard(const char *id, CallState state, std::chrono::milliseconds at = 0ms, CallDirection direction = CallDirection::In)
{
    CallEvent e;
    e.sourceId = QStringLiteral("test");
    e.callId = QLatin1String(id);
    e.state = state;
    e.direction = direction;
    e.remoteNumber = QStringLiteral("+4930123456");
    e.monotonic = 1h + at;
    e.time = QDateTime(QDate(2026, 5, 4), QTime(8, 0), Qt::UTC).addMSecs(at.count());
    return e;
}

CallTracker tracker()
{
    return CallTracker({.region = QStringLiteral("DE"), .internalDigits = 6});
}

/// The one call that the event changed.
Call only(const QList<Call> &changed)
{
    return changed.size() == 1 ? changed.first() : Call();
}

} // namespace

class TestCallTracker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnsweredCall()
    {
        CallTracker t = tracker();
        const Call ringing = only(t.apply(heard("1", CallState::Ringing)));
        QCOMPARE(ringing.state, CallState::Ringing);
        QVERIFY(!ringing.key.isEmpty());
        QCOMPARE(ringing.number.e164(), QStringLiteral("+4930123456"));
        QCOMPARE(only(t.apply(heard("1", CallState::Connected, 4s))).state, CallState::Connected);
        QCOMPARE(only(t.apply(heard("1", CallState::Held, 10s))).state, CallState::Held);
        QCOMPARE(only(t.apply(heard("1", CallState::Connected, 20s))).state, CallState::Connected);
        const Call ended = only(t.apply(heard("1", CallState::Ended, 64s)));
        QCOMPARE(ended.key, ringing.key);
        QCOMPARE(ended.reason, CallEndReason::Completed);
        QCOMPARE(ended.talkTime, 60s);
        QCOMPARE(ended.startedAt, ringing.startedAt);
        QCOMPARE(ended.answeredAt, heard("", CallState::Connected, 4s).time);
        QCOMPARE(ended.endedAt, heard("", CallState::Ended, 64s).time);
        QVERIFY(t.live().isEmpty());
        QVERIFY(t.find(ringing.key));
        QVERIFY(!t.find(QStringLiteral("no such key")));
    }

    void howItEnded_data()
    {
        QTest::addColumn<bool>("outgoing");
        QTest::addColumn<bool>("answered");
        QTest::addColumn<int>("told");
        QTest::addColumn<int>("reason");
        const auto row = [](const char *name, bool outgoing, bool answered, CallEndReason told, CallEndReason reason) {
            QTest::newRow(name) << outgoing << answered << static_cast<int>(told) << static_cast<int>(reason);
        };
        using R = CallEndReason;
        row("nobody says", false, false, R::None, R::Missed);
        row("rejected", false, false, R::Rejected, R::Rejected);
        row("elsewhere", false, false, R::Elsewhere, R::Elsewhere);
        row("told as missed", false, false, R::Missed, R::Missed);
        row("talked, told nothing", false, true, R::None, R::Completed);
        row("talked, told as missed", false, true, R::Missed, R::Completed);
        row("talked, told as rejected", false, true, R::Rejected, R::Completed);
        row("transferred", false, true, R::Transferred, R::Transferred);
        row("no answer", true, false, R::None, R::NoAnswer);
        row("never missed by us", true, false, R::Missed, R::NoAnswer);
        row("busy", true, false, R::Busy, R::Busy);
        row("cancelled", true, false, R::Cancelled, R::Cancelled);
        row("talked", true, true, R::None, R::Completed);
    }

    void howItEnded()
    {
        QFETCH(bool, outgoing);
        QFETCH(bool, answered);
        QFETCH(int, told);
        QFETCH(int, reason);
        const CallDirection direction = outgoing ? CallDirection::Out : CallDirection::In;
        CallTracker t = tracker();
        t.apply(heard("1", outgoing ? CallState::Dialing : CallState::Ringing, 0s, direction));
        if (answered)
            t.apply(heard("1", CallState::Connected, 1s, direction));
        CallEvent end = heard("1", CallState::Ended, 2s, direction);
        end.reason = static_cast<CallEndReason>(told);
        const Call ended = only(t.apply(end));
        QCOMPARE(static_cast<int>(ended.reason), reason);
        QCOMPARE(ended.talkTime, answered ? 1s : 0s);
        QCOMPARE(ended.missed(), reason == static_cast<int>(CallEndReason::Missed));
    }

    void duplicatesAreNoChange()
    {
        CallTracker t = tracker();
        for (const CallState state : {CallState::Ringing, CallState::Connected, CallState::Held, CallState::Ended}) {
            QCOMPARE(t.apply(heard("1", state)).size(), 1);
            QCOMPARE(t.apply(heard("1", state, 5s)).size(), 0);
        }
    }

    void disorder()
    {
        CallTracker t = tracker();
        t.apply(heard("1", CallState::Connected, 1s));
        QVERIFY(t.apply(heard("1", CallState::Ringing, 2s)).isEmpty());
        QCOMPARE(t.live().constFirst().state, CallState::Connected);
        t.apply(heard("1", CallState::Ended, 3s));
        QVERIFY(t.apply(heard("1", CallState::Connected, 4s)).isEmpty());
        QVERIFY(t.live().isEmpty());
        QVERIFY(t.apply(heard("2", CallState::Ended)).isEmpty()); // the end overtook the ring
        QVERIFY(t.apply(heard("2", CallState::Ringing, 1s)).isEmpty());
        QVERIFY(t.live().isEmpty());
    }

    void joinedLate()
    {
        CallTracker t = tracker();
        const Call call = only(t.apply(heard("1", CallState::Connected, 5s)));
        QCOMPARE(call.state, CallState::Connected);
        QVERIFY(call.answeredAt.has_value());
        QCOMPARE(only(t.apply(heard("1", CallState::Ended, 8s))).talkTime, 3s);
    }

    void endOfUnknown()
    {
        CallTracker t = tracker();
        QVERIFY(t.apply(heard("1", CallState::Ended)).isEmpty());
        CallEvent noDirection = heard("2", CallState::Ended);
        noDirection.direction.reset();
        QVERIFY(t.apply(noDirection).isEmpty());
        const Call failed = only(t.apply(heard("3", CallState::Ended, 0s, CallDirection::Out)));
        QCOMPARE(failed.direction, CallDirection::Out);
        QCOMPARE(failed.reason, CallEndReason::Failed);
        QVERIFY(t.apply(heard("3", CallState::Ended, 0s, CallDirection::Out)).isEmpty());
    }

    void laterNews()
    {
        CallTracker t = tracker();
        CallEvent first = heard("1", CallState::Ringing);
        first.remoteNumber.clear();
        first.direction.reset();
        QCOMPARE(only(t.apply(first)).number.kind(), PhoneNumber::Kind::Withheld);
        CallEvent second = heard("1", CallState::Ringing, 1s);
        second.remoteName = QStringLiteral("Erika");
        const Call told = only(t.apply(second));
        QCOMPARE(told.number.e164(), QStringLiteral("+4930123456"));
        QCOMPARE(told.remoteName, QStringLiteral("Erika"));
        second.remoteNumber = QStringLiteral("anonymous"); // knows less than before
        second.remoteName.clear();
        QVERIFY(t.apply(second).isEmpty());
        second.remoteNumber = QStringLiteral("+4989123456"); // another party
        QCOMPARE(only(t.apply(second)).number.e164(), QStringLiteral("+4989123456"));
        QCOMPARE(t.live().size(), 1);
    }

    void directionToldLate()
    {
        CallTracker t = tracker();
        CallEvent first = heard("1", CallState::Ringing);
        first.direction.reset();
        t.apply(first);
        const Call call = only(t.apply(heard("1", CallState::Dialing, 1s, CallDirection::Out)));
        QCOMPARE(call.direction, CallDirection::Out);
        QCOMPARE(call.state, CallState::Dialing);
    }

    void remoteRingingKeepsDialing()
    {
        CallTracker t = tracker();
        t.apply(heard("1", CallState::Dialing, 0s, CallDirection::Out));
        QVERIFY(t.apply(heard("1", CallState::Ringing, 1s, CallDirection::Out)).isEmpty());
        QCOMPARE(only(t.apply(heard("2", CallState::Ringing, 1s, CallDirection::Out))).state, CallState::Dialing);
    }

    void withoutIds()
    {
        CallTracker t = tracker();
        const QString first = only(t.apply(heard("", CallState::Ringing))).key;
        CallEvent other = heard("", CallState::Ringing, 1s);
        other.remoteNumber = QStringLiteral("030 999999");
        const QString second = only(t.apply(other)).key;
        QVERIFY(first != second);
        CallEvent written = heard("", CallState::Connected, 2s);
        written.remoteNumber = QStringLiteral("030/123456"); // the same number, written otherwise
        QCOMPARE(only(t.apply(written)).key, first);
        QCOMPARE(only(t.apply(heard("", CallState::Ended, 3s))).key, first);
        QVERIFY(t.apply(heard("", CallState::Ended, 3s)).isEmpty());
        QVERIFY(only(t.apply(heard("", CallState::Ringing, 9s))).key != first);
        CallEvent elsewhere = heard("", CallState::Ended, 10s);
        elsewhere.sourceId = QStringLiteral("other");
        QVERIFY(t.apply(elsewhere).isEmpty());
    }

    void twoCallsAndTwoSources()
    {
        CallTracker t = tracker();
        t.apply(heard("1", CallState::Ringing));
        t.apply(heard("2", CallState::Ringing, 1s));
        CallEvent same = heard("1", CallState::Ringing, 2s);
        same.sourceId = QStringLiteral("other");
        QCOMPARE(t.apply(same).size(), 1);
        QCOMPARE(t.live().size(), 3);
        QCOMPARE(t.live().constFirst().callId, QStringLiteral("1"));
        t.apply(heard("1", CallState::Ended, 3s));
        QCOMPARE(t.live().size(), 2);
    }

    void reconciles()
    {
        CallTracker t = tracker();
        t.apply(heard("1", CallState::Connected));
        t.apply(heard("2", CallState::Ringing));
        CallEvent foreign = heard("3", CallState::Ringing);
        foreign.sourceId = QStringLiteral("other");
        t.apply(foreign);
        const auto lost = t.reconcile(QStringLiteral("test"), {QStringLiteral("2")}, heard("", CallState::Ended, 9s).time, 1h + 9s);
        QCOMPARE(lost.size(), 1);
        QCOMPARE(lost.first().callId, QStringLiteral("1"));
        QCOMPARE(lost.first().reason, CallEndReason::Lost);
        QCOMPARE(lost.first().talkTime, 9s);
        QCOMPARE(t.live().size(), 2);
        QCOMPARE(t.reconcile(QStringLiteral("test"), {QStringLiteral("2")}, QDateTime::currentDateTimeUtc(), 2h).size(), 0);
    }

    void monotonicDecidesNotTheWallClock()
    {
        CallTracker t = tracker();
        t.apply(heard("1", CallState::Connected, 0s));
        CallEvent end = heard("1", CallState::Ended, 65min);
        end.time = end.time.addDays(-1); // someone set the clock back
        QCOMPARE(only(t.apply(end)).talkTime, 65min);
        t.apply(heard("2", CallState::Connected, 5s));
        QCOMPARE(only(t.apply(heard("2", CallState::Ended, 1s))).talkTime, 0s); // never negative
    }

    void memoryIsBounded()
    {
        CallTracker t = tracker();
        QString firstKey;
        for (int i = 0; i < 2000; ++i) {
            CallEvent e = heard("", CallState::Ringing);
            e.callId = QString::number(i);
            const Call call = only(t.apply(e));
            if (i == 0)
                firstKey = call.key;
            e.state = CallState::Ended;
            t.apply(e);
        }
        QVERIFY(!t.find(firstKey));
        for (int i = 0; i < 2000; ++i) {
            CallEvent e = heard("", CallState::Ringing);
            e.callId = QStringLiteral("live%1").arg(i);
            t.apply(e);
        }
        QCOMPARE(t.live().size(), 500);
    }

    /// Whatever comes in whatever order: one call for each id, ended is final, times make sense.
    void anyOrderIsStood()
    {
        QRandomGenerator random(4711);
        for (int run = 0; run < 300; ++run) {
            CallTracker t = tracker();
            QHash<QString, QString> keys;
            QSet<QString> ended;
            for (int step = 0; step < 60; ++step) {
                CallEvent e = heard("", static_cast<CallState>(random.bounded(5)), std::chrono::seconds{step});
                e.callId = QString::number(random.bounded(6));
                if (random.bounded(3) == 0)
                    e.direction.reset();
                else
                    e.direction = random.bounded(2) ? CallDirection::In : CallDirection::Out;
                e.reason = e.state == CallState::Ended ? static_cast<CallEndReason>(random.bounded(11)) : CallEndReason::None;
                const QList<Call> changed = t.apply(e);
                QVERIFY(changed.size() <= 1);
                for (const Call &call : changed) {
                    QVERIFY(!ended.contains(call.key));
                    QCOMPARE(keys.value(call.callId, call.key), call.key);
                    keys.insert(call.callId, call.key);
                    QCOMPARE(call.live(), call.reason == CallEndReason::None);
                    QVERIFY(call.talkTime >= 0s);
                    QVERIFY(!(call.missed() && (call.answeredAt || call.direction == CallDirection::Out)));
                    if (!call.live())
                        ended.insert(call.key);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCallTracker)
#include "tst_call_tracker.moc"
