// SPDX-License-Identifier: Apache-2.0
#include "BaresipEvents.h"
#include "Netstring.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace ringside;
using netstring::Status;

namespace {

/// JSON with ' for ".
QByteArray quoted(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

} // namespace

/// Bounded mutations from a fixed seed of what a phone sends: the same every time, so a failure can be repeated.
class FuzzNetstring final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (
            const char *json :
            {"{'event':true,'type':'CALL_INCOMING','class':'call','accountaor':'sip:a@h','direction':'incoming','"
             "peeruri':'sip:+49301@h','peerdisplayname':'E \\'M\\'','id':'7160@x','param':'sip:?@h'}",
             "{'event':true,'type':'CALL_CLOSED','direction':'outgoing','peeruri':'sip:b@h','id':'7161','param':'486 "
             "Rejected'}",
             R"({'response':true,'ok':true,'data':'\n--- Active calls (1) ---\n> [line 1]  0:00:02  ESTABLISHED  (on hold)  sip:c@h\n\n','token':'t'})",
             R"({'response':true,'ok':true,'data':'\n===== Call debug (INCOMING) =====\n local_uri: A <sip:a@h>\n peer_uri:  E <sip:c@h>\n af=AF_INET id=98b1\n direction: Incoming\n','token':'u'})"})
            m_stream += netstring::encode(quoted(json));
    }

    /// However the stream is damaged, reading ends, stays inside the buffer, and what is read comes back the same when written.
    void mutations()
    {
        QRandomGenerator random(1'700'000'001);
        for (int run = 0; run < 30'000; ++run)
            consume(mutated(random));
    }

    /// A stream cut anywhere and delivered in any pieces gives the same frames.
    void pieces()
    {
        QRandomGenerator random(42);
        for (int run = 0; run < 2'000; ++run) {
            QByteArray buffer;
            int frames = 0;
            for (qsizetype at = 0; at < m_stream.size();) {
                const qsizetype piece = std::min<qsizetype>(random.bounded(1, 200), m_stream.size() - at);
                buffer += m_stream.sliced(at, piece);
                at += piece;
                for (auto parsed = netstring::parse(buffer); parsed.status == Status::Ok; parsed = netstring::parse(buffer)) {
                    ++frames;
                    buffer.remove(0, parsed.used);
                }
            }
            QCOMPARE(frames, 4);
            QVERIFY(buffer.isEmpty());
        }
    }

private:
    QByteArray mutated(QRandomGenerator &random) const
    {
        QByteArray bytes = m_stream;
        for (int n = random.bounded(1, 6); n > 0; --n) {
            const int at = random.bounded(int(bytes.size()));
            switch (random.bounded(4)) {
            case 0:
                bytes[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                bytes.remove(at, random.bounded(1, 40));
                break;
            case 2:
                bytes.insert(at, QByteArray(random.bounded(1, 20), static_cast<char>(random.bounded(256))));
                break;
            default:
                bytes.insert(at, bytes.mid(random.bounded(int(bytes.size())), random.bounded(1, 60)));
            }
            if (bytes.isEmpty())
                return bytes;
        }
        return bytes;
    }

    static void consume(const QByteArray &bytes)
    {
        BaresipEvents events;
        QByteArrayView rest(bytes);
        for (;;) {
            const auto parsed = netstring::parse(rest, 4096);
            if (parsed.status != Status::Ok) {
                QCOMPARE(parsed.used, qsizetype(0));
                return;
            }
            QVERIFY(parsed.used > 0 && parsed.used <= rest.size());
            QCOMPARE(netstring::encode(parsed.payload), rest.first(parsed.used).toByteArray());
            read(events, parsed.payload.toByteArray());
            rest = rest.sliced(parsed.used);
        }
    }

    static void read(BaresipEvents &events, const QByteArray &payload)
    {
        const QJsonObject frame = QJsonDocument::fromJson(payload).object();
        if (const auto event = events.translate(frame))
            QVERIFY(!event->callId.isEmpty() && event->callId.size() <= 1024);
        const QString text = frame.value(QLatin1String("data")).toString();
        const auto list = baresip::parseListCalls(text);
        if (list)
            events.applyList(*list);
        if (const auto status = baresip::parseCallStat(text))
            events.applyStatus(*status, list.value_or(QList<baresip::ListedCall>()));
    }

    QByteArray m_stream;
};

QTEST_GUILESS_MAIN(FuzzNetstring)
#include "fuzz_netstring.moc"
