// SPDX-License-Identifier: Apache-2.0
#include "Reconnect.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;

class TestReconnect final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsLongerAfterEachFailure()
    {
        Reconnect reconnect({.jitter = 0.5, .random = [] { return 1.0; }});
        for (const auto expected : {750ms, 1500ms, 3000ms, 6000ms, 12'000ms, 22'500ms, 22'500ms}) {
            reconnect.schedule();
            QVERIFY(reconnect.waiting());
            const auto left = reconnect.remaining();
            // A coarse timer may be five per cent off either way, and the next step is twice as long.
            QVERIFY2(left <= expected * 21 / 20 && left > expected * 3 / 4, qPrintable(QString::number(left.count())));
        }
        reconnect.reset();
        QCOMPARE(reconnect.remaining(), 0ms);
        reconnect.schedule();
        QVERIFY(reconnect.remaining() < 1000ms);
    }

    void comesDueOnce()
    {
        Reconnect reconnect({.delays = {5ms}, .jitter = 0});
        QSignalSpy due(&reconnect, &Reconnect::due);
        reconnect.schedule();
        reconnect.schedule();
        QVERIFY(due.wait());
        QVERIFY(!due.wait(50));
        QCOMPARE(due.count(), 1);
    }

    void shortConnectionsDoNotCount()
    {
        Reconnect reconnect({.delays = {1ms, 2ms, 3ms}, .jitter = 0, .stableAfter = 60s});
        for (int i = 1; i <= 5; ++i) {
            reconnect.schedule();
            reconnect.succeeded();
            QVERIFY(!reconnect.waiting());
            QCOMPARE(reconnect.failures(), i);
        }
    }

    void lastingConnectionForgets()
    {
        Reconnect reconnect({.delays = {1ms}, .jitter = 0, .stableAfter = 10ms});
        reconnect.schedule();
        reconnect.succeeded();
        QTRY_COMPARE(reconnect.failures(), 0);
    }

    void noDelaysGivenIsNoBusyLoop()
    {
        Reconnect reconnect({.delays = {}, .jitter = 0});
        reconnect.schedule();
        QVERIFY(reconnect.remaining() > 500ms);
    }
};

QTEST_GUILESS_MAIN(TestReconnect)
#include "tst_reconnect.moc"
