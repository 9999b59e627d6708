// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "HttpClient.h"
#include "HttpExchange.h"
#include "Loopback.h"
#include "LoopbackProxyFactory.h"
#include "RawServer.h"

#include <QElapsedTimer>
#include <QNetworkProxyQuery>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

RawServer::Answer ok(const QByteArray &body = "{}")
{
    return {RawServer::response(200, body)};
}

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

/// Answers with a body that never ends; where the head tells how long it will be, not a byte of it is sent.
class EndlessServer final : public QObject
{
public:
    EndlessServer(const QByteArray &head, bool told) : m_head(head), m_told(told)
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(m_server.nextPendingConnection()); });
        m_server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(m_server.serverPort())); }
    qint64 sent() const { return m_sent; }
    bool leftAlone() const { return m_leftAlone; } ///< The client has hung up.

private:
    void accept(QTcpSocket *socket)
    {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n" + m_head + "\r\n");
        });
        connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] {
            if (!m_told && socket->bytesToWrite() < 65'536)
                m_sent += socket->write(QByteArray(65'536, 'z'));
        });
        connect(socket, &QTcpSocket::disconnected, this, [this] { m_leftAlone = true; });
    }

    const QByteArray m_head;
    const bool m_told;
    qint64 m_sent = 0;
    bool m_leftAlone = false;
    QTcpServer m_server; ///< Last: its sockets still report their end.
};

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesStatusHeadersAndBody_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {200, 201, 202, 204, 207, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 412, 413, 415, 418, 429, 500, 501,
                                 502, 503, 504, 599})
            QTest::addRow("%d", status) << status;
    }
    void givesStatusHeadersAndBody()
    {
        QFETCH(int, status);
        const QByteArray body = status == 204 || status == 304 ? QByteArray() : QByteArray(R"({"code":"X"})");
        RawServer server([status, &body](const RawServer::Arrival &) {
            return RawServer::Answer{RawServer::response(status, body, "X-API-CREDITS-REMAINING: 7\r\nLocation: /elsewhere\r\n"
                                                                       "WWW-Authenticate: Basic realm=\"x\"\r\nSet-Cookie: a=b\r\n")};
        });
        HttpClient client;
        for (const HttpMethod method : {HttpMethod::Get, HttpMethod::Post}) {
            HttpRequest request = get(server.url());
            request.method = method;
            request.body = method == HttpMethod::Post ? "{}" : "";
            const auto outcome = await(client.send(request));
            QVERIFY2(outcome.ok(), qPrintable(outcome.ok() ? QString() : outcome.error().message));
            QCOMPARE(outcome.value().status, status);
            QCOMPARE(outcome.value().body, body);
            QCOMPARE(outcome.value().headers.value("x-api-credits-remaining"), QByteArray("7"));
        }
        QCOMPARE(server.arrivals().size(), 2); // No redirect followed, no challenge answered.
        QVERIFY(server.arrivals().at(1).header("cookie").isNull());
    }

    /// Qt gives no status when it could not send the body again; for a write that is as good as a lost answer.
    void aRedirectedWriteIsALostAnswer()
    {
        RawServer server([](const RawServer::Arrival &) {
            return RawServer::Answer{RawServer::response(307, {}, "Location: /elsewhere\r\n")};
        });
        HttpClient client;
        HttpRequest request = get(server.url());
        QCOMPARE(await(client.send(request)).value().status, 307);
        request.method = HttpMethod::Post;
        request.body = "{}";
        const auto outcome = await(client.send(request));
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::Network);
        QCOMPARE(server.arrivals().size(), 2);
    }

    void sendsWhatWasAsked_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("body");
        const std::pair<HttpMethod, const char *> methods[] = {
            {HttpMethod::Post, "POST"}, {HttpMethod::Put, "PUT"}, {HttpMethod::Delete, "DELETE"}};
        for (const auto &[method, name] : methods) {
            QTest::addRow("%s without body", name) << int(method) << QByteArray(name) << QByteArray();
            QTest::addRow("%s with body", name) << int(method) << QByteArray(name) << QByteArray("{\"data\":[\"\xd8\xa7\"]}");
            QTest::addRow("%s with much", name) << int(method) << QByteArray(name) << QByteArray(1'000'000, 'y');
        }
    }
    void sendsWhatWasAsked()
    {
        QFETCH(int, method);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, body);
        RawServer server([](const RawServer::Arrival &) { return ok(); });
        HttpClient client;
        HttpRequest request = get(server.url(QStringLiteral("/crm/v8/Contacts/search?phone=%2B971501234567")));
        request.method = HttpMethod(method);
        request.body = body;
        request.contentType = body.isEmpty() ? "" : "application/json";
        request.headers = {{"Authorization", "Zoho-oauthtoken abc"}, {"If-Unmodified-Since", "2026-03-09T10:00:00+04:00"}};
        QVERIFY(await(client.send(request)).ok());
        const RawServer::Arrival &arrival = server.arrivals().constFirst();
        QCOMPARE(arrival.method, name);
        QCOMPARE(arrival.target, QByteArray("/crm/v8/Contacts/search?phone=%2B971501234567"));
        QCOMPARE(arrival.body, body);
        QCOMPARE(arrival.header("content-length"), QByteArray::number(body.size()));
        QCOMPARE(arrival.header("content-type"), body.isEmpty() ? QByteArray() : QByteArray("application/json"));
        QCOMPARE(arrival.header("authorization"), QByteArray("Zoho-oauthtoken abc"));
        QCOMPARE(arrival.header("if-unmodified-since"), QByteArray("2026-03-09T10:00:00+04:00"));
        QVERIFY(arrival.header("user-agent").startsWith("Ringside/"));
    }

    void cutAnswersAreErrors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("short body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}");
        QTest::newRow("no body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        QTest::newRow("short error body") << QByteArray("HTTP/1.1 400 Bad\r\nContent-Length: 100\r\n\r\n{}");
        QTest::newRow("open chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    }
    void cutAnswersAreErrors()
    {
        QFETCH(QByteArray, bytes);
        RawServer server([&bytes](const RawServer::Arrival &) { return RawServer::Answer{bytes, RawServer::Then::Fin}; });
        HttpClient client;
        const auto outcome = await(client.send(get(server.url())));
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::Network);
        QVERIFY(!outcome.error().message.isEmpty());
    }

    void answersWithoutLengthAreWhole()
    {
        RawServer server([](const RawServer::Arrival &) {
            return RawServer::Answer{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"a\":1}", RawServer::Then::Fin};
        });
        HttpClient client;
        const auto outcome = await(client.send(get(server.url())));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome.value().body, QByteArray("{\"a\":1}"));
    }

    void silenceIsATimeout()
    {
        RawServer server([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        HttpClient client;
        HttpRequest request = get(server.url());
        request.method = HttpMethod::Post;
        request.timeout = 100ms;
        const auto outcome = await(client.send(request));
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::Timeout);
        QCOMPARE(server.arrivals().size(), 1);
    }

    void anEndlessAnswerIsCutOff_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("told"); ///< How much it will be.
        QTest::newRow("without a length") << QByteArray("Connection: close\r\n") << false;
        QTest::newRow("a huge length") << QByteArray("Content-Length: 9000000000000\r\n") << true;
        QTest::newRow("one byte too many") << QByteArray("Content-Length: 100001\r\n") << true;
    }
    void anEndlessAnswerIsCutOff()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, told);
        constexpr qint64 most = 100'000;
        EndlessServer server(head, told);
        HttpClient client;
        HttpRequest request = get(server.url());
        request.mostReplyBytes = most;
        const auto outcome = await(client.send(request));
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::BadReply);
        QCOMPARE(outcome.error().code, QStringLiteral("too large"));
        QTRY_VERIFY(server.leftAlone());
        // The sockets take some megabytes that nobody reads; by the usual limit it would be more by far.
        QVERIFY2(server.sent() < HttpRequest::usualMostReplyBytes / 2, qPrintable(QString::number(server.sent())));
    }

    void anAnswerOfJustAsMuchIsWhole_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("with its length") << QByteArray("Content-Length: 100000\r\n");
        QTest::newRow("until it closes") << QByteArray("Connection: close\r\n");
    }
    void anAnswerOfJustAsMuchIsWhole()
    {
        QFETCH(QByteArray, head);
        const QByteArray body(100'000, 'z');
        RawServer server([&](const RawServer::Arrival &) {
            return RawServer::Answer{"HTTP/1.1 200 OK\r\n" + head + "\r\n" + body, RawServer::Then::Fin};
        });
        HttpClient client;
        HttpRequest request = get(server.url());
        request.mostReplyBytes = body.size();
        const auto outcome = await(client.send(request));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome.value().body, body);
    }

    void theUsualLimitIsThere()
    {
        RawServer server([](const RawServer::Arrival &) {
            return RawServer::Answer{"HTTP/1.1 200 OK\r\nContent-Length: " +
                                     QByteArray::number(HttpRequest::usualMostReplyBytes + 1) + "\r\n\r\n"};
        });
        HttpClient client;
        QCOMPARE(await(client.send(get(server.url()))).error().kind, ErrorKind::BadReply);
    }

    void aClosedPortAndAnUnknownHostAreNetworkErrors()
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost, 0));
        const quint16 port = probe.serverPort();
        probe.close();
        HttpClient client;
        const auto refused = await(client.send(get(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(port)))));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Network);
        const auto unknown = await(client.send(get(QUrl(QStringLiteral("https://accounts.ringside.invalid/")))));
        QVERIFY(!unknown.ok());
        QCOMPARE(unknown.error().kind, ErrorKind::Network);
    }

    void aServerThatIsNotTlsIsATlsError()
    {
        RawServer server([](const RawServer::Arrival &) { return ok(); });
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost, 0));
        connect(&plain, &QTcpServer::newConnection, &plain, [&plain] { plain.nextPendingConnection()->write("HTTP/1.1 400 Bad\r\n\r\n"); });
        HttpClient client;
        const auto outcome = await(client.send(get(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(plain.serverPort())))));
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::Tls);
    }

    void unsafeAddressesAreNotAsked_data()
    {
        QTest::addColumn<QUrl>("url");
        for (const char *text : {"http://www.zohoapis.com/", "ftp://127.0.0.1/", "file:///etc/passwd", "https:///x", "",
                                 "https://user:secret@www.zohoapis.com/", "http://127.0.0.1.example.com/", "http://localhost.example.com/"})
            QTest::newRow(text) << QUrl(QLatin1String(text));
    }
    void unsafeAddressesAreNotAsked()
    {
        QFETCH(QUrl, url);
        HttpClient client;
        const auto outcome = await(client.send(get(url)));
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::Configuration);
        QVERIFY(!outcome.error().message.contains(QLatin1String("secret")));
    }

    void loopbackIsKnown()
    {
        for (const char *host : {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"})
            QVERIFY2(isLoopbackHost(QLatin1String(host)), host);
        for (const char *host : {"", "localhost.", "10.0.0.1", "0.0.0.0", "localhost.example.com", "::2", "zoho.com"})
            QVERIFY2(!isLoopbackHost(QLatin1String(host)), host);
    }

    void loopbackGoesThroughNoProxy()
    {
        LoopbackProxyFactory factory;
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), 9));
        const auto local = factory.queryProxy(QNetworkProxyQuery(QUrl(QStringLiteral("http://127.0.0.1:8080/"))));
        const auto remote = factory.queryProxy(QNetworkProxyQuery(QUrl(QStringLiteral("https://www.zohoapis.com/"))));
        RawServer server([](const RawServer::Arrival &) { return ok(); });
        HttpClient client;
        const auto outcome = await(client.send(get(server.url())));
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::DefaultProxy));
        QCOMPARE(local.constFirst().type(), QNetworkProxy::NoProxy);
        QCOMPARE(remote.constFirst().type(), QNetworkProxy::HttpProxy);
        QVERIFY(outcome.ok());
    }

    void connectionsThatDiedInSleepAreLeftTogether()
    {
        bool asleep = false;
        int deadUpTo = 0;
        RawServer server([&](const RawServer::Arrival &arrival) {
            if (!asleep)
                return ok();
            return arrival.connection <= deadUpTo ? RawServer::Answer{} : ok();
        });
        HttpClient client;
        QList<QFuture<Result<HttpReply>>> sent;
        for (int i = 0; i < 3; ++i)
            sent.append(client.send(get(server.url())));
        for (const auto &each : std::as_const(sent))
            QVERIFY(await(each).ok());
        deadUpTo = server.connections();
        QVERIFY(deadUpTo > 1);
        asleep = true;
        HttpRequest first = get(server.url());
        first.timeout = 300ms;
        QCOMPARE(await(client.send(first)).error().code, QStringLiteral("silence"));
        QVERIFY(await(client.send(get(server.url()))).ok());
        QCOMPARE(server.connections(), deadUpTo + 1);
    }

    void cancellingAborts()
    {
        RawServer server([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        HttpClient client;
        {
            QObject receiver;
            whenReady(&receiver, client.send(get(server.url())), [](const Result<HttpReply> &) { QFAIL("the receiver is gone"); });
            QTRY_COMPARE(server.arrivals().size(), 1);
        }
        QTRY_VERIFY(client.findChildren<HttpExchange *>().isEmpty());
    }

    void deletingTheClientCancels()
    {
        RawServer server([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        auto client = std::make_unique<HttpClient>();
        HttpRequest request = get(server.url());
        request.method = HttpMethod::Post;
        request.body = "{}";
        const auto future = client->send(request);
        QTRY_COMPARE(server.arrivals().size(), 1);
        client.reset();
        const auto outcome = await(future);
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.error().kind, ErrorKind::Cancelled);
    }

    void reusesConnections()
    {
        RawServer server([](const RawServer::Arrival &) { return ok(); });
        HttpClient client;
        for (int i = 0; i < 5; ++i) {
            HttpRequest request = get(server.url());
            request.method = i % 2 ? HttpMethod::Post : HttpMethod::Get;
            request.body = i % 2 ? "{}" : "";
            QVERIFY(await(client.send(request)).ok());
        }
        QCOMPARE(server.connections(), 1);
    }

    void aRequestUnderWayIsAnsweredThoughConnectionsAreForgotten_data()
    {
        QTest::addColumn<int>("method");
        QTest::newRow("read") << int(HttpMethod::Get);
        QTest::newRow("write") << int(HttpMethod::Post);
    }
    void aRequestUnderWayIsAnsweredThoughConnectionsAreForgotten()
    {
        QFETCH(int, method);
        RawServer server([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        HttpClient client;
        HttpRequest request = get(server.url());
        request.method = HttpMethod(method);
        request.body = request.method == HttpMethod::Post ? "{}" : "";
        const auto underWay = client.send(request);
        QTRY_COMPARE(server.arrivals().size(), 1);
        client.forgetConnections();
        server.setScript([](const RawServer::Arrival &) { return ok("later"); });
        QCOMPARE(await(client.send(get(server.url()))).value().body, QByteArray("later"));
        QCOMPARE(server.connections(), 2); // One of its own.
        server.sendLate(RawServer::response(200, "waited for"));
        const auto outcome = await(underWay);
        QVERIFY2(outcome.ok(), outcome.ok() ? "" : qPrintable(outcome.error().message));
        QCOMPARE(outcome.value().body, QByteArray("waited for"));
        QCOMPARE(server.arrivals().size(), 2);
        QTRY_COMPARE(server.openConnections(), 1); // What nobody uses any more is gone.
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_http_client.moc"
