// SPDX-License-Identifier: Apache-2.0
#include "Clock.h"
#include "WebSocketCallSource.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

CallSourceTiming quick()
{
    CallSourceTiming timing;
    timing.reconnect.delays = {20ms};
    timing.reconnect.jitter = 0;
    timing.asking = 30ms;
    timing.answering = 500ms;
    return timing;
}

class FakePhone final : public QObject
{
    Q_OBJECT

public:
    FakePhone()
        : server(QStringLiteral("phone"), QWebSocketServer::NonSecureMode)
    {
        connect(&server, &QWebSocketServer::newConnection, this, [this] {
            client.reset(server.nextPendingConnection());
            ++connections;
        });
        server.listen(QHostAddress::LocalHost, 0);
    }

    QUrl url() const
    {
        return QUrl(QStringLiteral("ws://user:pass@127.0.0.1:%1/events?api_key=abc").arg(server.serverPort()));
    }

    QWebSocketServer server;
    std::unique_ptr<QWebSocket> client;
    int connections = 0;
};

/// Shakes hands as RFC 6455 has it and never says another word.
class MutePhone final : public QObject
{
    Q_OBJECT

public:
    MutePhone()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            ++connections;
            connect(socket, &QTcpSocket::readyRead, this, [socket] { shakeHands(socket); });
        });
        m_server.listen(QHostAddress::LocalHost, 0);
    }

    quint16 port() const { return m_server.serverPort(); }

    int connections = 0;

private:
    static void shakeHands(QTcpSocket *socket)
    {
        const QByteArray request = socket->readAll();
        static const QRegularExpression key(QStringLiteral("Sec-WebSocket-Key: *([^\\r\\n]+)"), QRegularExpression::CaseInsensitiveOption);
        const auto match = key.match(QString::fromLatin1(request));
        if (!match.hasMatch())
            return; // A ping.
        const QByteArray accept = QCryptographicHash::hash(
            match.captured(1).toLatin1() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1);
        socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                      + accept.toBase64() + "\r\n\r\n");
    }

    QTcpServer m_server;
};

QString ringing()
{
    return QStringLiteral(
        R"({"id":"a","state":"ringing","direction":"in","from":"+4930123456","to":"201","name":"E"})");
}

} // namespace

class TestWebSocketSource final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_phone = std::make_unique<FakePhone>();
        m_source = std::make_unique<WebSocketCallSource>(m_phone->url(), m_clock, nullptr, quick());
        m_events = std::make_unique<QSignalSpy>(m_source.get(), &CallSource::callEvent);
    }

    void cleanup()
    {
        m_events.reset();
        m_source.reset();
        m_phone.reset();
    }

    void hears()
    {
        start();
        QVERIFY(m_source->statusText().isEmpty());
        m_phone->client->sendTextMessage(ringing());
        QTRY_COMPARE(m_events->count(), 1);
        const auto event = m_events->first().first().value<CallEvent>();
        QCOMPARE(event.sourceId, m_source->id());
        QCOMPARE(event.remoteNumber, QStringLiteral("+4930123456"));
    }

    void tellsASnapshotInItsTurn()
    {
        start();
        auto heard = std::make_shared<QStringList>(); // the source outlives this function
        connect(m_source.get(), &CallSource::callEvent, this,
                [heard](const CallEvent &event) { heard->append(event.callId); });
        connect(m_source.get(), &CallSource::snapshot, this,
                [heard](const QStringList &live) { heard->append(QStringLiteral("air:") + live.join(u',')); });
        m_phone->client->sendTextMessage(ringing());
        m_phone->client->sendTextMessage(QStringLiteral(R"({"snapshot":["a","b"]})"));
        QTRY_COMPARE(*heard, QStringList({QStringLiteral("a"), QStringLiteral("air:a,b")}));
        m_phone->client->sendTextMessage(QStringLiteral(R"({"snapshot":"a"})")); // Skipped, and no harm done.
        m_phone->client->sendTextMessage(ringing());
        QTRY_COMPARE(heard->size(), 3);
        QCOMPARE(heard->constLast(), QStringLiteral("a"));
    }

    void badFramesDoNoHarm()
    {
        start();
        for (const QString &frame : {QStringLiteral("[]"), QStringLiteral("hello"), QString(), QString(2000, u'['),
                                     QStringLiteral(R"({"id":[],"state":"ringing"})")})
            m_phone->client->sendTextMessage(frame);
        m_phone->client->sendBinaryMessage(QByteArray(1000, '\xff'));
        m_phone->client->sendTextMessage(ringing());
        QTRY_COMPARE(m_events->count(), 1);
        QCOMPARE(m_phone->connections, 1);
    }

    void aHugeFrameEndsTheConnection()
    {
        start();
        m_phone->client->sendTextMessage(QString(int(WebSocketCallSource::maximumMessage) + 1, u'x'));
        QTRY_VERIFY(m_phone->connections >= 2);
        QCOMPARE(m_events->count(), 0);
    }

    void reconnects()
    {
        start();
        m_phone->client->close();
        QTRY_COMPARE(m_source->state(), CallSource::State::Waiting);
        QVERIFY2(m_source->statusText().contains(QStringLiteral("Ringside tries again in 1 s.")), qPrintable(m_source->statusText()));
        QTRY_COMPARE(m_source->state(), CallSource::State::Connected);
        QTRY_COMPARE(m_phone->connections, 2);
    }

    void keepsItsSecrets()
    {
        QVERIFY(m_source->id().startsWith(QStringLiteral("websocket:ws://127.0.0.1:")));
        m_phone->server.close();
        m_source->start();
        QTRY_COMPARE(m_source->state(), CallSource::State::Waiting);
        for (const QString &text : {m_source->id(), m_source->statusText()})
            QVERIFY2(!text.contains(QStringLiteral("pass")) && !text.contains(QStringLiteral("abc")), qPrintable(text));
        QVERIFY(m_source->statusText().startsWith(QStringLiteral("The phone cannot be reached at ws://127.0.0.1:")));
    }

    void aPeerThatAnswersNoPingIsDead()
    {
        MutePhone mute;
        CallSourceTiming timing = quick();
        timing.answering = 100ms;
        timing.reconnect.delays = {100ms};
        const QUrl url(QStringLiteral("ws://127.0.0.1:%1/").arg(mute.port()));
        WebSocketCallSource source(url, m_clock, nullptr, timing);
        source.start();
        QTRY_COMPARE(source.state(), CallSource::State::Connected);
        QTRY_COMPARE(source.state(), CallSource::State::Waiting);
        QVERIFY2(source.statusText().contains(QStringLiteral("does not answer")), qPrintable(source.statusText()));
        QTRY_VERIFY(mute.connections >= 2);
    }

    void nothingAfterStop()
    {
        start();
        connect(m_source.get(), &CallSource::callEvent, this, [this] { m_source->stop(); });
        for (int i = 0; i < 3; ++i)
            m_phone->client->sendTextMessage(ringing());
        QTRY_COMPARE(m_events->count(), 1);
        QVERIFY(!m_events->wait(100));
        QCOMPARE(m_source->state(), CallSource::State::Stopped);
    }

    void deletedInItsOwnSignal()
    {
        start();
        connect(m_source.get(), &CallSource::callEvent, this, [this] { m_source.reset(); });
        m_phone->client->sendTextMessage(ringing());
        QTRY_VERIFY(!m_source);
    }

    void deletedWhileConnecting()
    {
        for (int i = 0; i < 20; ++i) {
            WebSocketCallSource source(i % 2 ? m_phone->url() : QUrl(QStringLiteral("ws://no-such-host.invalid/")), m_clock, nullptr, quick());
            source.start();
        }
        start();
    }

private:
    void start()
    {
        m_source->start();
        QTRY_COMPARE(m_source->state(), CallSource::State::Connected);
        QTRY_VERIFY(m_phone->client);
    }

    SystemClock m_clock;
    std::unique_ptr<FakePhone> m_phone;
    std::unique_ptr<WebSocketCallSource> m_source;
    std::unique_ptr<QSignalSpy> m_events;
};

QTEST_GUILESS_MAIN(TestWebSocketSource)
#include "tst_websocket_source.moc"
