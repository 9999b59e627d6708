// SPDX-License-Identifier: Apache-2.0
#include "WebSocketFrames.h"

#include <QRandomGenerator>
#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

QDateTime now()
{
    return QDateTime(QDate(2026, 5, 4), QTime(8, 0), Qt::UTC);
}

/// JSON with ' for ".
QByteArray quoted(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

std::optional<CallEvent> parse(const QByteArray &frame)
{
    return websocketframes::parse(frame, now(), 5s);
}

/// The frame with " for ' and the text for %.
QByteArray withText(const char *frame, const QByteArray &text)
{
    return QByteArray(frame).replace('\'', '"').replace('%', text);
}

} // namespace

class TestWebSocketFrames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void incoming()
    {
        const auto event = parse(quoted("{'id':'a1','state':'ringing','direction':'in','from':'+4930123456','to':'201',"
                                        "'name':'Erika','time':'2026-05-04T07:59:58.250Z','colour':'blue','nested':{'x':[1]}}"));
        QVERIFY(event);
        QCOMPARE(event->callId, QStringLiteral("a1"));
        QCOMPARE(event->state, CallState::Ringing);
        QCOMPARE(event->direction, CallDirection::In);
        QCOMPARE(event->remoteNumber, QStringLiteral("+4930123456"));
        QCOMPARE(event->localLine, QStringLiteral("201"));
        QCOMPARE(event->remoteName, QStringLiteral("Erika"));
        QCOMPARE(event->time, now().addMSecs(-1750));
        QCOMPARE(event->monotonic, 5s);
    }

    void outgoing()
    {
        const auto event = parse(quoted("{'id':'a1','state':'dialing','direction':'out','from':'201','to':'+4930123456'}"));
        QVERIFY(event);
        QCOMPARE(event->direction, CallDirection::Out);
        QCOMPARE(event->remoteNumber, QStringLiteral("+4930123456"));
        QCOMPARE(event->localLine, QStringLiteral("201"));
        QCOMPARE(event->time, now());
    }

    void directionMayBeMissing()
    {
        const auto event = parse(quoted("{'id':'a1','state':'dialing','from':'201','to':'+4930123456'}"));
        QVERIFY(event && !event->direction);
        QCOMPARE(event->remoteNumber, QStringLiteral("+4930123456"));
    }

    void times_data()
    {
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<QDateTime>("expected");
        QTest::newRow("offset") << QByteArray("2026-05-04T11:00:01+03:00") << now().addSecs(1);
        QTest::newRow("a day away") << QByteArray("2026-05-03T08:00:00Z") << now().addDays(-1);
        QTest::newRow("too old") << QByteArray("2026-05-03T07:59:59Z") << now();
        QTest::newRow("the future") << QByteArray("2031-01-01T00:00:00Z") << now();
        QTest::newRow("garbage") << QByteArray("yesterday") << now();
        QTest::newRow("empty") << QByteArray() << now();
    }

    void times()
    {
        QFETCH(QByteArray, time);
        QFETCH(QDateTime, expected);
        const auto event = parse(withText("{'id':'a','state':'ringing','time':'%'}", time));
        QVERIFY(event);
        QCOMPARE(event->time, expected);
        QCOMPARE(event->time.timeSpec(), Qt::UTC);
    }

    void reasons_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("reason");
        const auto row = [](const char *text, CallEndReason reason) { QTest::newRow(text) << QByteArray(text) << int(reason); };
        row("missed", CallEndReason::Missed);
        row("no-answer", CallEndReason::NoAnswer);
        row("noAnswer", CallEndReason::NoAnswer);
        row("no_answer", CallEndReason::NoAnswer);
        row("Answered Elsewhere", CallEndReason::Elsewhere);
        row("canceled", CallEndReason::Cancelled);
        row("something new", CallEndReason::None);
        row("", CallEndReason::None);
    }

    void reasons()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, reason);
        const auto ended = parse(withText("{'id':'a','state':'ended','reason':'%'}", text));
        QVERIFY(ended);
        QCOMPARE(int(ended->reason), reason);
        const auto ringing = parse(withText("{'id':'a','state':'ringing','reason':'%'}", text));
        QVERIFY(ringing);
        QCOMPARE(ringing->reason, CallEndReason::None);
    }

    void hostile_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("array") << quoted("[{'id':'a','state':'ringing'}]");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("no state") << quoted("{'id':'a'}");
        QTest::newRow("unknown state") << quoted("{'id':'a','state':'exploded'}");
        QTest::newRow("state is a number") << quoted("{'id':'a','state':5}");
        QTest::newRow("id is a number") << quoted("{'id':5,'state':'ringing'}");
        QTest::newRow("number is an object") << quoted("{'id':'a','state':'ringing','from':{'x':1}}");
        QTest::newRow("unknown direction") << quoted("{'id':'a','state':'ringing','direction':'up'}");
        QTest::newRow("huge id") << withText("{'state':'ringing','id':'%'}", QByteArray(100'000, 'x'));
        QTest::newRow("huge name") << withText("{'state':'ringing','id':'a','name':'%'}", QByteArray(513, 'x'));
        QTest::newRow("NUL") << quoted("{'state':'ringing','id':'a\\u0000b'}");
        QTest::newRow("cut off") << quoted("{'state':'ringing','id':'a");
        QTest::newRow("deep") << QByteArray(20'000, '[');
    }

    void hostile()
    {
        QFETCH(QByteArray, frame);
        QVERIFY(!parse(frame));
    }

    void snapshots()
    {
        QCOMPARE(websocketframes::parseSnapshot(quoted("{'snapshot':['a1','b'],'other':1}")),
                 QStringList({QStringLiteral("a1"), QStringLiteral("b")}));
        const auto none = websocketframes::parseSnapshot(quoted("{'snapshot':[]}"));
        QVERIFY(none && none->isEmpty()); // The line is free: that is news too.
    }

    void notASnapshot_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("an event") << quoted("{'id':'a1','state':'ringing'}");
        QTest::newRow("text") << quoted("{'snapshot':'a1'}");
        QTest::newRow("object") << quoted("{'snapshot':{'a1':1}}");
        QTest::newRow("a number among them") << quoted("{'snapshot':['a1',2]}");
        QTest::newRow("an empty id") << quoted("{'snapshot':['']}");
        QTest::newRow("a huge id") << withText("{'snapshot':['%']}", QByteArray(513, 'x'));
        QTest::newRow("too many") << QByteArray("{\"snapshot\":[" + QByteArray("\"x\",").repeated(500) + "\"x\"]}");
        QTest::newRow("garbage") << QByteArray("snapshot");
    }

    void notASnapshot()
    {
        QFETCH(QByteArray, frame);
        QVERIFY(!websocketframes::parseSnapshot(frame));
    }

    void mutationsAreStood()
    {
        const QByteArray good = quoted("{'id':'a1','state':'ended','direction':'in','from':'+49301','to':'201','name':'E','reason':'busy'}");
        QRandomGenerator random(99);
        for (int i = 0; i < 20'000; ++i) {
            QByteArray frame = good;
            for (int n = random.bounded(1, 5); n > 0; --n)
                frame[random.bounded(int(frame.size()))] = static_cast<char>(random.bounded(256));
            if (const auto event = parse(frame))
                QVERIFY(event->callId.size() <= 512 && event->remoteNumber.size() <= 512);
        }
    }
};

QTEST_GUILESS_MAIN(TestWebSocketFrames)
#include "tst_websocket_frames.moc"
