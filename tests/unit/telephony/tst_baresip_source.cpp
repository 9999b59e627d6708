// SPDX-License-Identifier: Apache-2.0
#include "BaresipCallSource.h"
#include "Clock.h"
#include "Netstring.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

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
    timing.answering = 300ms;
    return timing;
}

QByteArray frame(const char *type, const char *id, const char *param = "")
{
    const QJsonObject json{{QStringLiteral("event"), true},
                           {QStringLiteral("type"), QLatin1String(type)},
                           {QStringLiteral("direction"), QStringLiteral("incoming")},
                           {QStringLiteral("peeruri"), QStringLiteral("sip:+4930123456@h")},
                           {QStringLiteral("id"), QLatin1String(id)},
                           {QStringLiteral("param"), QLatin1String(param)}};
    return netstring::encode(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

/// ctrl_tcp as far as it matters: one client, netstrings, answers by token. Strict: a command with parameters fails.
class FakeBaresip final : public QObject
{
    Q_OBJECT

public:
    FakeBaresip()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            if (m_client)
                m_client->abort();
            m_client = m_server.nextPendingConnection();
            ++connections;
            buffer.clear();
            connect(m_client, &QTcpSocket::readyRead, this, &FakeBaresip::read);
            if (hangsUp)
                m_client->disconnectFromHost();
            else if (!greeting.isEmpty())
                m_client->write(greeting);
        });
        listen();
    }

    void listen() { m_server.listen(QHostAddress::LocalHost, port()); }
    void close()
    {
        m_port = port();
        m_server.close();
        drop();
    }
    void drop()
    {
        if (m_client)
            m_client->abort();
    }
    quint16 port() const { return m_server.isListening() ? m_server.serverPort() : m_port; }
    void send(const QByteArray &bytes) { m_client->write(bytes); }

    bool answers = true;
    bool hangsUp = false;
    int accounts = 1;
    int connections = 0;
    QByteArray greeting;
    QStringList lines; ///< Of listcalls, without the heading.
    QString status;
    QStringList commands;
    QByteArray buffer;

private:
    void read()
    {
        buffer += m_client->readAll();
        for (auto parsed = netstring::parse(buffer); parsed.status == netstring::Status::Ok; parsed = netstring::parse(buffer)) {
            const QJsonObject request = QJsonDocument::fromJson(parsed.payload.toByteArray()).object();
            buffer.remove(0, parsed.used);
            commands.append(request.value(QLatin1String("command")).toString());
            QVERIFY(!request.contains(QLatin1String("params")));
            QVERIFY(request.value(QLatin1String("token")).isString());
            if (answers)
                answer(request);
        }
    }

    void answer(const QJsonObject &request)
    {
        const QString command = request.value(QLatin1String("command")).toString();
        QString text = status;
        if (command == u"reginfo")
            text = QStringLiteral("\n--- User Agents (%1) ---\n\n").arg(accounts);
        else if (command == u"listcalls")
            text = QStringLiteral("\n--- Active calls (%1) ---\n%2\n").arg(lines.size()).arg(lines.join(QString()));
        const QJsonObject reply{{QStringLiteral("response"), true},
                                {QStringLiteral("ok"), true},
                                {QStringLiteral("data"), text},
                                {QStringLiteral("token"), request.value(QLatin1String("token"))}};
        send(netstring::encode(QJsonDocument(reply).toJson(QJsonDocument::Compact)));
    }

    QTcpServer m_server;
    QPointer<QTcpSocket> m_client;
    quint16 m_port = 0;
};

} // namespace

class TestBaresipSource final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_phone = std::make_unique<FakeBaresip>();
        m_source = std::make_unique<BaresipCallSource>(QStringLiteral("127.0.0.1"), m_phone->port(), m_clock, nullptr, quick());
        m_events = std::make_unique<QSignalSpy>(m_source.get(), &CallSource::callEvent);
        m_snapshots = std::make_unique<QSignalSpy>(m_source.get(), &CallSource::snapshot);
    }

    void cleanup()
    {
        m_events.reset();
        m_snapshots.reset();
        m_source.reset();
        m_phone.reset();
    }

    void connectsAndListens()
    {
        QCOMPARE(m_source->state(), CallSource::State::Stopped);
        QVERIFY(!m_source->statusText().isEmpty());
        m_source->start();
        QCOMPARE(m_source->state(), CallSource::State::Connecting);
        m_source->start(); // once is enough
        QTRY_COMPARE(m_snapshots->count(), 1);
        QCOMPARE(m_source->state(), CallSource::State::Connected);
        QVERIFY(m_source->statusText().isEmpty());
        QCOMPARE(m_phone->connections, 1);
        QCOMPARE(m_source->id(), QStringLiteral("baresip:127.0.0.1:%1").arg(m_phone->port()));
        m_phone->send(frame("CALL_INCOMING", "x"));
        QTRY_COMPARE(m_events->count(), 1);
        const auto heard = m_events->first().first().value<CallEvent>();
        QCOMPARE(heard.sourceId, m_source->id());
        QCOMPARE(heard.callId, QStringLiteral("x"));
        QVERIFY(heard.time.isValid() && heard.time.timeSpec() == Qt::UTC);
    }

    void framesInPieces()
    {
        start();
        const QByteArray bytes = frame("CALL_INCOMING", "x") + frame("CALL_ESTABLISHED", "x");
        for (qsizetype i = 0; i < bytes.size(); i += 7) {
            m_phone->send(bytes.mid(i, 7));
            QCoreApplication::sendPostedEvents();
        }
        QTRY_COMPARE(m_events->count(), 2);
    }

    void holdsAreAskedForOnlyWhileTalking()
    {
        start();
        m_phone->commands.clear();
        m_phone->send(frame("CALL_INCOMING", "x"));
        QTRY_COMPARE(m_events->count(), 1);
        QVERIFY(!m_events->wait(150));
        QVERIFY(m_phone->commands.isEmpty());
        m_phone->lines = {QStringLiteral("> [line 1]  0:00:02  ESTABLISHED  (on hold)  sip:+4930123456@h\n")};
        m_phone->send(frame("CALL_ESTABLISHED", "x"));
        QTRY_COMPARE(m_events->count(), 3);
        QCOMPARE(m_events->last().first().value<CallEvent>().state, CallState::Held);
        m_phone->lines = {QStringLiteral("> [line 1]  0:00:02  ESTABLISHED             sip:+4930123456@h\n")};
        QTRY_COMPARE(m_events->count(), 4);
        QCOMPARE(m_events->last().first().value<CallEvent>().state, CallState::Connected);
    }

    void silenceIsALostConnection()
    {
        m_phone->answers = false;
        m_source->start();
        QTRY_VERIFY(m_phone->connections >= 2);
        QCOMPARE(m_snapshots->count(), 0);
    }

    void garbageIsALostConnection()
    {
        m_phone->greeting = "HTTP/1.1 400 Bad Request\r\n\r\n";
        m_source->start();
        QTRY_VERIFY(m_phone->connections >= 2);
        QTRY_COMPARE(m_source->state(), CallSource::State::Waiting);
        QVERIFY2(m_source->statusText().contains(QStringLiteral("is not baresip")), qPrintable(m_source->statusText()));
        m_phone->greeting.clear();
        QTRY_COMPARE(m_snapshots->count(), 1);
    }

    void notRunningThenRunning()
    {
        m_phone->close();
        m_source->start();
        QTRY_COMPARE(m_source->state(), CallSource::State::Waiting);
        const QString text = m_source->statusText();
        QVERIFY2(text.startsWith(QStringLiteral("baresip is not running at 127.0.0.1:%1.").arg(m_phone->port())), qPrintable(text));
        QVERIFY2(text.endsWith(QStringLiteral("Ringside tries again in 1 s.")), qPrintable(text));
        m_phone->listen();
        QTRY_COMPARE(m_source->state(), CallSource::State::Connected);
    }

    void anotherProgramTakesThePlace()
    {
        m_phone->hangsUp = true;
        m_source->start();
        QTRY_VERIFY(m_source->statusText().contains(QStringLiteral("Another program")));
        m_phone->hangsUp = false;
        QTRY_COMPARE(m_source->state(), CallSource::State::Connected);
    }

    void snapshotAfterReconnect()
    {
        start();
        m_phone->send(frame("CALL_INCOMING", "x") + frame("CALL_INCOMING", "y"));
        QTRY_COMPARE(m_events->count(), 2);
        // x was answered and y is gone while nobody listened.
        m_phone->lines = {QStringLiteral("> [line 1]  0:00:02  ESTABLISHED             sip:+4930123456@h\n")};
        m_phone->status = QStringLiteral("\n===== Call debug (ESTABLISHED) =====\n local_uri: A <sip:a@h>\n"
                                         " peer_uri:  E <sip:+4930123456@h>\n af=AF_INET id=x\n direction: Incoming\n");
        m_phone->drop();
        QTRY_COMPARE(m_snapshots->count(), 2);
        QCOMPARE(m_snapshots->last().first().toStringList(), QStringList{QStringLiteral("x")});
        QCOMPARE(m_events->count(), 3);
        QCOMPARE(m_events->last().first().value<CallEvent>().callId, QStringLiteral("x"));
        QCOMPARE(m_events->last().first().value<CallEvent>().state, CallState::Connected);
    }

    void noSnapshotWhenItCannotBeKnown()
    {
        m_phone->accounts = 2; // listcalls tells of one account only
        m_source->start();
        QTRY_VERIFY(m_phone->commands.contains(QStringLiteral("callstat")));
        QVERIFY(!m_snapshots->wait(150));
    }

    void nothingAfterStop()
    {
        start();
        QSignalSpy states(m_source.get(), &CallSource::stateChanged);
        connect(m_source.get(), &CallSource::callEvent, this, [this] { m_source->stop(); });
        m_phone->send(frame("CALL_INCOMING", "x") + frame("CALL_INCOMING", "y") + frame("CALL_INCOMING", "z"));
        QTRY_COMPARE(m_events->count(), 1);
        QVERIFY(!m_events->wait(100));
        QCOMPARE(states.count(), 1);
        QCOMPARE(m_source->state(), CallSource::State::Stopped);
        m_source->start();
        QTRY_COMPARE(m_snapshots->count(), 2);
    }

    void deletedInItsOwnSignal()
    {
        start();
        connect(m_source.get(), &CallSource::callEvent, this, [this] { m_source.reset(); });
        m_phone->send(frame("CALL_INCOMING", "x") + frame("CALL_INCOMING", "y"));
        QTRY_VERIFY(!m_source);
    }

    void deletedWhileConnecting()
    {
        for (int i = 0; i < 20; ++i) {
            BaresipCallSource source(i % 2 ? QStringLiteral("127.0.0.1") : QStringLiteral("no-such-host.invalid"), m_phone->port(),
                                     m_clock, nullptr, quick());
            source.start();
        }
        start();
    }

private:
    void start()
    {
        const auto before = m_snapshots->count();
        m_source->start();
        QTRY_COMPARE(m_snapshots->count(), before + 1);
    }

    SystemClock m_clock;
    std::unique_ptr<FakeBaresip> m_phone;
    std::unique_ptr<BaresipCallSource> m_source;
    std::unique_ptr<QSignalSpy> m_events;
    std::unique_ptr<QSignalSpy> m_snapshots;
};

QTEST_GUILESS_MAIN(TestBaresipSource)
#include "tst_baresip_source.moc"
