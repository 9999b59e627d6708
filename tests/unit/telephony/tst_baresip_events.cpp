// SPDX-License-Identifier: Apache-2.0
#include "BaresipEvents.h"
#include "CallTracker.h"
#include "Netstring.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <utility>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

struct Frame
{
    std::chrono::milliseconds at{0};
    QJsonObject json;
};

/// What one phone said in a capture, in order; what the test rig sent is left out.
QList<Frame> capturedFrames(const QString &name, const QString &phone)
{
    QFile file(QStringLiteral(RINGSIDE_CAPTURES "/baresip-%1.jsonl").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    QList<Frame> frames;
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        const QJsonObject json = line.value(QLatin1String("frame")).toObject();
        if (line.value(QLatin1String("ua")).toString() == phone && !json.contains(QLatin1String("_sent")))
            frames.append({std::chrono::milliseconds{qRound64(line.value(QLatin1String("t")).toDouble() * 1000)}, json});
    }
    return frames;
}

/// A desk: frames go over the wire as netstrings, through the translator into a tracker.
class Desk
{
public:
    void hear(const Frame &frame)
    {
        const QByteArray wire = netstring::encode(QJsonDocument(frame.json).toJson(QJsonDocument::Compact));
        const auto parsed = netstring::parse(wire);
        QCOMPARE(parsed.status, netstring::Status::Ok);
        const QJsonObject json = QJsonDocument::fromJson(parsed.payload.toByteArray()).object();
        if (const auto event = m_events.translate(json))
            apply(*event, frame.at);
        if (!json.value(QLatin1String("response")).toBool())
            return;
        if (const auto list = baresip::parseListCalls(json.value(QLatin1String("data")).toString())) {
            const QList<CallEvent> events = m_events.applyList(*list);
            for (const CallEvent &event : events)
                apply(event, frame.at);
        }
    }

    const QList<Call> &calls() const { return m_calls; } ///< As they stand, in the order of their beginning.
    const QStringList &states() const { return m_states; }

private:
    void apply(CallEvent event, std::chrono::milliseconds at)
    {
        event.sourceId = QStringLiteral("baresip");
        event.monotonic = at;
        event.time = QDateTime(QDate(2026, 5, 4), QTime(8, 0), Qt::UTC).addMSecs(at.count());
        const QList<Call> changed = m_tracker.apply(event);
        for (const Call &call : changed)
            note(call);
    }

    void note(const Call &call)
    {
        static const char *const names[] = {"ringing", "dialing", "connected", "held", "ended"};
        const auto same = std::find_if(m_calls.begin(), m_calls.end(), [&call](const Call &known) { return known.key == call.key; });
        if (same == m_calls.end())
            m_calls.append(call);
        else
            *same = call;
        m_states.append(QLatin1String(names[static_cast<int>(call.state)]));
    }

    BaresipEvents m_events;
    CallTracker m_tracker{{.region = QStringLiteral("DE"), .internalDigits = 6}};
    QList<Call> m_calls;
    QStringList m_states;
};

Desk replay(const QList<Frame> &frames)
{
    Desk desk;
    for (const Frame &frame : frames)
        desk.hear(frame);
    return desk;
}

QStringList idsOf(const QList<Call> &calls)
{
    QStringList ids;
    for (const Call &call : calls)
        ids.append(call.callId);
    return ids;
}

QStringList allCaptures()
{
    QStringList names = QDir(QStringLiteral(RINGSIDE_CAPTURES)).entryList({QStringLiteral("baresip-*.jsonl")});
    for (QString &name : names)
        name = name.sliced(8).chopped(6);
    return names;
}

QStringList phones()
{
    return {QStringLiteral("agent"), QStringLiteral("caller1"), QStringLiteral("caller2")};
}

} // namespace

class TestBaresipEvents final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneCall_data()
    {
        QTest::addColumn<QString>("phone");
        QTest::addColumn<QString>("states");
        QTest::addColumn<int>("direction");
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("reason");
        const auto row = [](const char *capture, const char *phone, const char *states, CallDirection direction, const char *raw,
                            const char *name, CallEndReason reason) {
            QTest::addRow("%s %s", capture, phone) << QString::fromLatin1(phone) << QString::fromLatin1(states) << int(direction)
                                                   << QString::fromLatin1(raw) << QString::fromLatin1(name) << int(reason);
        };
        constexpr auto in = CallDirection::In;
        constexpr auto out = CallDirection::Out;
        const char *caller = "sip:caller1@127.0.0.1:5080";
        const char *agent = "sip:agent@127.0.0.1:5070";
        const char *erika = "Erika Musterfrau";
        using R = CallEndReason;
        row("incoming-answered-agent-hangs-up", "agent", "ringing connected ended", in, caller, erika, R::Completed);
        row("incoming-answered-agent-hangs-up", "caller1", "dialing connected ended", out, agent, "", R::Completed);
        row("incoming-answered-remote-hangs-up", "agent", "ringing connected ended", in, caller, erika, R::Completed);
        row("incoming-missed-caller-cancels", "agent", "ringing ended", in, caller, erika, R::Missed);
        row("incoming-missed-caller-cancels", "caller1", "dialing ended", out, agent, "", R::Cancelled);
        row("incoming-rejected-by-agent", "agent", "ringing ended", in, caller, erika, R::Rejected);
        row("incoming-rejected-by-agent", "caller1", "dialing ended", out, agent, "", R::Busy);
        row("incoming-local-ring-timeout", "agent", "ringing ended", in, caller, erika, R::Missed);
        row("incoming-local-ring-timeout", "caller1", "dialing ended", out, agent, "", R::Busy);
        row("outgoing-answered", "agent", "dialing connected ended", out, caller, "", R::Completed);
        row("outgoing-answered", "caller1", "ringing connected ended", in, agent, "Agent One", R::Completed);
        row("outgoing-rejected-by-remote", "agent", "dialing ended", out, caller, "", R::Busy);
        row("outgoing-no-route", "agent", "ended", out, "sip:+4930123456@127.0.0.1:5999", "", R::Failed);
        row("hold-resume", "agent", "ringing connected ended", in, caller, erika, R::Completed);
        row("fault-accept-but-audio-device-fails", "agent", "ringing ended", in, caller, erika, R::Rejected);
        row("blind-transfer-by-agent", "agent", "ringing connected ended", in, caller, erika, R::Transferred);
    }

    void oneCall()
    {
        QFETCH(QString, phone);
        QFETCH(QString, states);
        QFETCH(int, direction);
        QFETCH(QString, raw);
        QFETCH(QString, name);
        QFETCH(int, reason);
        const QString capture = QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0);
        const Desk desk = replay(capturedFrames(capture, phone));
        QCOMPARE(desk.states().join(u' '), states);
        QCOMPARE(desk.calls().size(), 1);
        const Call &call = desk.calls().first();
        QCOMPARE(int(call.direction), direction);
        QCOMPARE(call.number.raw(), raw);
        QCOMPARE(call.remoteName, name);
        QCOMPARE(int(call.reason), reason);
        QCOMPARE(call.talkTime > 0ms, states.contains(QStringLiteral("connected")));
    }

    void callWaiting()
    {
        const Desk accepted = replay(capturedFrames(QStringLiteral("call-waiting-accepted"), QStringLiteral("agent")));
        QCOMPARE(accepted.states().join(u' '), QStringLiteral("ringing connected ringing connected held ended connected ended"));
        QCOMPARE(accepted.calls().size(), 2);
        QCOMPARE(accepted.calls().at(0).reason, CallEndReason::Completed);
        QCOMPARE(accepted.calls().at(1).remoteName, QStringLiteral("Second Caller"));
        QCOMPARE(accepted.calls().at(1).reason, CallEndReason::Completed);
        const Desk missed = replay(capturedFrames(QStringLiteral("call-waiting-second-missed"), QStringLiteral("agent")));
        QCOMPARE(missed.calls().size(), 2);
        QCOMPARE(missed.calls().at(0).reason, CallEndReason::Completed);
        QCOMPARE(missed.calls().at(1).reason, CallEndReason::Missed);
    }

    void transferredPartyHasTwoCalls()
    {
        const Desk desk = replay(capturedFrames(QStringLiteral("blind-transfer-by-agent"), QStringLiteral("caller1")));
        QCOMPARE(desk.calls().size(), 2);
        QCOMPARE(desk.calls().at(0).reason, CallEndReason::Completed);
        QCOMPARE(desk.calls().at(1).number.raw(), QStringLiteral("sip:caller2@127.0.0.1:5090"));
    }

    /// Thirteen callers as a carrier or a PBX would show them.
    void callerIds()
    {
        using Kind = PhoneNumber::Kind;
        const Desk desk = replay(capturedFrames(QStringLiteral("sipp-caller-ids"), QStringLiteral("agent")));
        const QList<std::pair<Kind, QString>> expected{
            {Kind::External, QStringLiteral("+4930123456")}, {Kind::External, QStringLiteral("+49301234567")},
            {Kind::External, QStringLiteral("+4930123456")}, {Kind::Withheld, {}},
            {Kind::Withheld, {}},                            {Kind::Internal, {}},
            {Kind::External, QStringLiteral("+14155550100")}, {Kind::External, QStringLiteral("+49891234")},
            {Kind::Internal, {}},                            {Kind::Malformed, {}},
            {Kind::External, QStringLiteral("+4930444")},    {Kind::External, QStringLiteral("+4930445")},
            {Kind::Internal, {}}};
        QCOMPARE(desk.calls().size(), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i) {
            QCOMPARE(desk.calls().at(i).number.kind(), expected.at(i).first);
            QCOMPARE(desk.calls().at(i).number.e164(), expected.at(i).second);
            QCOMPARE(desk.calls().at(i).reason, CallEndReason::Missed);
        }
        QCOMPARE(desk.calls().at(7).remoteName, QStringLiteral("Jürgen Weiß, Fa. Müller"));
        QCOMPARE(desk.calls().at(12).remoteName, QStringLiteral("O\"Neil \\ Co"));
    }

    void repeatedFramesChangeNothing()
    {
        int calls = 0;
        for (const QString &capture : allCaptures()) {
            for (const QString &phone : phones()) {
                const QList<Frame> frames = capturedFrames(capture, phone);
                QList<Frame> doubled;
                for (const Frame &frame : frames)
                    doubled << frame << frame;
                const Desk once = replay(frames);
                const Desk twice = replay(doubled);
                QCOMPARE(twice.states(), once.states());
                QCOMPARE(idsOf(twice.calls()), idsOf(once.calls()));
                calls += int(once.calls().size());
            }
        }
        QVERIFY(calls >= 40);
    }

    /// Any one frame is lost: no second call for an id, and nobody who talked or was rejected becomes a missed caller.
    void lostFramesMakeNoPhantoms()
    {
        for (const QString &capture : allCaptures()) {
            for (const QString &phone : phones()) {
                const QList<Frame> frames = capturedFrames(capture, phone);
                QHash<QString, CallEndReason> truth;
                const QList<Call> whole = replay(frames).calls();
                for (const Call &call : whole)
                    truth.insert(call.callId, call.reason);
                for (qsizetype lost = 0; lost < frames.size(); ++lost) {
                    QList<Frame> rest = frames;
                    rest.removeAt(lost);
                    const QList<Call> calls = replay(rest).calls();
                    const QStringList ids = idsOf(calls);
                    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
                    for (const Call &call : calls) {
                        QVERIFY(truth.contains(call.callId));
                        if (call.missed())
                            QVERIFY2(truth.value(call.callId) == CallEndReason::Missed, qPrintable(capture + QString::number(lost)));
                    }
                }
            }
        }
    }

    void closingTexts()
    {
        using R = CallEndReason;
        constexpr auto in = CallDirection::In;
        constexpr auto out = CallDirection::Out;
        const auto reason = [](CallDirection direction, bool answered, const char *text) {
            return baresip::endReason(direction, answered, QString::fromLatin1(text));
        };
        QCOMPARE(reason(in, false, "Connection reset by user"), R::Rejected);
        QCOMPARE(reason(in, false, "Connection reset by peer"), R::None);
        QCOMPARE(reason(in, false, "Local timeout"), R::None);
        QCOMPARE(reason(in, false, "Call completed elsewhere"), R::Elsewhere);
        QCOMPARE(reason(in, false, ""), R::None);
        QCOMPARE(reason(in, true, "Connection reset by user"), R::Completed);
        QCOMPARE(reason(in, true, "Call transfered"), R::Transferred);
        QCOMPARE(reason(in, true, "Call transferred"), R::Transferred);
        QCOMPARE(reason(out, false, "486 Rejected"), R::Busy);
        QCOMPARE(reason(out, false, "603 Decline"), R::Busy);
        QCOMPARE(reason(out, false, "480 Temporarily Unavailable"), R::NoAnswer);
        QCOMPARE(reason(out, false, "487 Request Terminated"), R::Cancelled);
        QCOMPARE(reason(out, false, "404 Not Found"), R::Failed);
        QCOMPARE(reason(out, false, "503 Service Unavailable"), R::Failed);
        QCOMPARE(reason(out, false, "Connection timed out"), R::Failed);
        QCOMPARE(reason(out, false, "Connection reset by user"), R::Cancelled);
        QCOMPARE(reason(out, false, "4860 what"), R::Failed);
    }

    void namesAreUnescaped()
    {
        QCOMPARE(baresip::unescapedName(QStringLiteral("O\\\"Neil \\\\ Co")), QStringLiteral("O\"Neil \\ Co"));
        QCOMPARE(baresip::unescapedName(QStringLiteral("ends with \\")), QStringLiteral("ends with \\"));
        QCOMPARE(baresip::unescapedName(QStringLiteral("a\tb\nc")), QStringLiteral("abc"));
    }

    void framesThatSayNothing()
    {
        BaresipEvents events;
        for (const char *json : {R"({})", R"({"event":true})", R"({"event":true,"type":"REGISTER_OK","id":"a"})",
                                 R"({"event":true,"type":"CALL_INCOMING"})", R"({"event":true,"type":5,"id":"a"})",
                                 R"({"event":true,"type":"CALL_INCOMING","id":7})", R"({"event":"yes","type":"CALL_INCOMING","id":"a"})",
                                 R"({"type":"CALL_INCOMING","id":"a"})", R"({"message":true,"body":"hi"})",
                                 R"({"event":true,"type":"CALL_LOCAL_SDP","direction":"outgoing","peeruri":"sip:a@b"})"})
            QVERIFY2(!events.translate(QJsonDocument::fromJson(json).object()), json);
    }

    /// A newer baresip tells of holds by the other side; ours are seen in the list. Either holds the call.
    void holdsFromBothSides()
    {
        BaresipEvents events;
        const auto say = [&events](const char *type) {
            return events.translate({{QStringLiteral("event"), true},
                                     {QStringLiteral("type"), QLatin1String(type)},
                                     {QStringLiteral("id"), QStringLiteral("x")},
                                     {QStringLiteral("direction"), QStringLiteral("incoming")},
                                     {QStringLiteral("peeruri"), QStringLiteral("sip:a@b")}});
        };
        const auto list = [&events](bool held) {
            return events.applyList({{.current = true, .id = {}, .state = QStringLiteral("ESTABLISHED"), .onHold = held, .peerUri = QStringLiteral("sip:a@b")}});
        };
        say("CALL_INCOMING");
        QVERIFY(!events.anyTalking());
        QCOMPARE(say("CALL_ESTABLISHED")->state, CallState::Connected);
        QVERIFY(events.anyTalking());
        QCOMPARE(say("CALL_HOLD")->state, CallState::Held);
        QVERIFY(list(false).isEmpty());
        QVERIFY(list(true).isEmpty());
        QCOMPARE(say("CALL_RESUME")->state, CallState::Held);
        const auto resumed = list(false);
        QCOMPARE(resumed.size(), 1);
        QCOMPARE(resumed.first().state, CallState::Connected);
    }

    void earlyMediaIsNoAnswer()
    {
        BaresipEvents events;
        const auto say = [&events](const char *type, const char *param = "") {
            return events.translate({{QStringLiteral("event"), true},
                                     {QStringLiteral("type"), QLatin1String(type)},
                                     {QStringLiteral("id"), QStringLiteral("x")},
                                     {QStringLiteral("direction"), QStringLiteral("incoming")},
                                     {QStringLiteral("param"), QLatin1String(param)},
                                     {QStringLiteral("peeruri"), QStringLiteral("sip:a@b")}});
        };
        say("CALL_INCOMING");
        say("CALL_RTPESTAB");
        QVERIFY(events.anyUnclear());
        events.applyList({{.current = true, .id = {}, .state = QStringLiteral("EARLY"), .onHold = false, .peerUri = QStringLiteral("sip:a@b")}});
        QVERIFY(!events.anyUnclear());
        QCOMPARE(say("CALL_CLOSED", "Connection reset by peer")->reason, CallEndReason::None);
    }

    void readsLists()
    {
        const auto old = baresip::parseListCalls(QStringLiteral(
            "\n--- Active calls (2) ---\n  [line 1]  0:00:03  ESTABLISHED  (on hold)  sip:caller1@127.0.0.1:5080\n"
            "> [line 2]  0:00:00   INCOMING             sip:caller2@127.0.0.1:5090\n\n"));
        QVERIFY(old && old->size() == 2);
        QVERIFY(old->at(0).onHold && old->at(0).established() && !old->at(0).current);
        QCOMPARE(old->at(0).peerUri, QStringLiteral("sip:caller1@127.0.0.1:5080"));
        QVERIFY(!old->at(1).onHold && !old->at(1).established() && old->at(1).current);
        const auto newer = baresip::parseListCalls(QStringLiteral(
            "\n--- Active calls (1) ---\n> [line 1, id 7160fd4d2f2570a3]  0:00:03  ESTABLISHED             sip:a@b\n\n"));
        QVERIFY(newer && newer->size() == 1);
        QCOMPARE(newer->first().id, QStringLiteral("7160fd4d2f2570a3"));
        QVERIFY(baresip::parseListCalls(QStringLiteral("\n--- Active calls (0) ---\n\n"))->isEmpty());
        QVERIFY(!baresip::parseListCalls(QStringLiteral("\n--- Active calls (2) ---\n> [line 1] something new\n")));
        QVERIFY(!baresip::parseListCalls(QStringLiteral("command not found")));
        QVERIFY(!baresip::parseListCalls({}));
    }

    void readsStatus()
    {
        const QList<Frame> frames = capturedFrames(QStringLiteral("hold-resume"), QStringLiteral("agent"));
        int read = 0;
        for (const Frame &frame : frames) {
            const auto status = baresip::parseCallStat(frame.json.value(QLatin1String("data")).toString());
            if (!status)
                continue;
            ++read;
            QCOMPARE(status->id, QStringLiteral("b51ca73b476ace46"));
            QCOMPARE(status->state, QStringLiteral("ESTABLISHED"));
            QCOMPARE(status->peerUri, QStringLiteral("sip:caller1@127.0.0.1:5080"));
            QCOMPARE(status->peerName, QStringLiteral("Erika Musterfrau"));
            QCOMPARE(status->localUri, QStringLiteral("sip:agent@127.0.0.1:5070"));
            QCOMPARE(status->direction, CallDirection::In);
        }
        QCOMPARE(read, 1);
        QCOMPARE(baresip::parseUserAgentCount(QStringLiteral("\n--- User Agents (3) ---\n> sip:a@b\n")), 3);
        QVERIFY(!baresip::parseUserAgentCount(QStringLiteral("nothing")));
    }
};

QTEST_GUILESS_MAIN(TestBaresipEvents)
#include "tst_baresip_events.moc"
