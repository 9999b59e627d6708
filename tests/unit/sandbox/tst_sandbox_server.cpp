// SPDX-License-Identifier: Apache-2.0
#include "SandboxServer.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>
#include <QWebSocket>
#include <httplib.h>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

class TestSandboxServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        SandboxOptions options;
        options.records = 50;
        m_sandbox = std::make_unique<SandboxServer>(options);
        QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
        m_client = std::make_unique<httplib::Client>(m_sandbox->baseUrl().toStdString());
        m_client->set_keep_alive(true);
    }

    void cleanup()
    {
        m_client.reset();
        m_sandbox.reset();
    }

    void demoClientNeedsPkceAndGetsTokens()
    {
        const QJsonObject granted = post(u"/__sandbox/grant"_qs, {{"client_id"_L1, SandboxServer::demoClientId()}, {"scope"_L1, "ZohoCRM.modules.ALL"_L1}});
        const httplib::Params parameters{{"grant_type", "authorization_code"},
                                         {"client_id", SandboxServer::demoClientId().toStdString()},
                                         {"client_secret", SandboxServer::demoClientSecret().toStdString()},
                                         {"code", granted.value("code"_L1).toString().toStdString()}};
        auto reply = m_client->Post("/oauth/v2/token", parameters);
        QVERIFY(reply);
        QVERIFY(object(*reply).contains("access_token"_L1));
        QCOMPARE(object(*reply).value("api_domain"_L1).toString(), m_sandbox->baseUrl());
        const std::string address = "/oauth/v2/auth?response_type=code&client_id=" + SandboxServer::demoClientId().toStdString()
            + "&scope=ZohoCRM.users.READ&redirect_uri=http://127.0.0.1:47811/callback";
        reply = m_client->Get(address.c_str());
        QCOMPARE(reply->status, 400);
        reply = m_client->Get((address + "&code_challenge=x").c_str());
        QCOMPARE(reply->status, 200);
    }

    void multipartTokensWork()
    {
        const QJsonObject granted = post(u"/__sandbox/grant"_qs, {{"client_id"_L1, SandboxServer::demoClientId()}, {"scope"_L1, "ZohoCRM.modules.ALL"_L1}});
        const httplib::MultipartFormDataItems items{{"client_id", SandboxServer::demoClientId().toStdString(), "", ""},
                                                    {"client_secret", SandboxServer::demoClientSecret().toStdString(), "", ""},
                                                    {"grant_type", "refresh_token", "", ""},
                                                    {"refresh_token", granted.value("refresh_token"_L1).toString().toStdString(), "", ""}};
        const auto reply = m_client->Post("/oauth/v2/token", items);
        QVERIFY(object(*reply).contains("access_token"_L1));
    }

    void registeredClientsCanBeGranted()
    {
        QVERIFY(post(u"/__sandbox/grant"_qs, {{"client_id"_L1, "1000.NEW"_L1}, {"scope"_L1, "ZohoCRM.modules.ALL"_L1}}).contains("error"_L1));
        post(u"/__sandbox/client"_qs, {{"id"_L1, "1000.NEW"_L1}, {"secret"_L1, "s"_L1}, {"type"_L1, "server"_L1},
                                       {"redirect_uris"_L1, QJsonArray{u"http://localhost:1/x"_qs}}});
        QVERIFY(post(u"/__sandbox/grant"_qs, {{"client_id"_L1, "1000.NEW"_L1}, {"scope"_L1, "ZohoCRM.modules.ALL"_L1}}).contains("code"_L1));
        QVERIFY(post(u"/__sandbox/grant"_qs, {{"client_id"_L1, "1000.NEW"_L1}, {"scope"_L1, "Everything"_L1}}).contains("error"_L1));
    }

    void sampleIsTrue()
    {
        const QJsonObject sample = get(u"/__sandbox/sample"_qs);
        signIn();
        const auto search = [&](const QString &key) {
            const QString number = sample.value(key).toString();
            int count = 0;
            for (const char *module : {"Contacts", "Leads", "Accounts"}) {
                const auto reply = m_client->Get((std::string("/crm/v8/") + module + "/search?phone=" + number.right(7).toStdString()).c_str(), m_headers);
                count += static_cast<int>(object(*reply).value("data"_L1).toArray().size());
            }
            return count;
        };
        QCOMPARE(search(u"known"_qs), 1);
        QCOMPARE(search(u"unknown"_qs), 0);
        QCOMPARE(search(u"shared"_qs), 2);
        const auto record = m_client->Get(("/crm/v8/Contacts/" + sample.value("contact_id"_L1).toString().toStdString()).c_str(), m_headers);
        QCOMPARE(record->status, 200);
    }

    void ringReachesEveryListener()
    {
        QWebSocket first;
        QWebSocket second;
        QSignalSpy firstFrames(&first, &QWebSocket::textMessageReceived);
        QSignalSpy secondFrames(&second, &QWebSocket::textMessageReceived);
        QCOMPARE(post(u"/__sandbox/ring"_qs, event()).value("listeners"_L1).toInt(), 0);
        for (QWebSocket *socket : {&first, &second}) {
            QSignalSpy connected(socket, &QWebSocket::connected);
            socket->open(QUrl(m_sandbox->eventsUrl()));
            QVERIFY(connected.wait());
        }
        QTRY_COMPARE(post(u"/__sandbox/ring"_qs, event()).value("listeners"_L1).toInt(), 2);
        const auto lastOf = [](const QSignalSpy &frames) {
            return frames.isEmpty() ? QJsonObject()
                                    : QJsonDocument::fromJson(frames.last().at(0).toString().toUtf8()).object();
        };
        QTRY_COMPARE(lastOf(secondFrames).value("from"_L1).toString(), u"+971501234567"_qs);
        QTRY_COMPARE(lastOf(firstFrames).value("from"_L1).toString(), u"+971501234567"_qs);
        const QJsonObject frame = lastOf(firstFrames);
        QVERIFY(QDateTime::fromString(frame.value("time"_L1).toString(), Qt::ISODateWithMs).isValid());
        QCOMPARE(get(u"/__sandbox/calls"_qs).value("calls"_L1).toArray().size(), 1);
    }

    void whoConnectsIsToldWhatIsInTheAir()
    {
        const auto told = [this](const QString &id, const QString &state) {
            QJsonObject one = event();
            one.insert(u"id"_qs, id);
            one.insert(u"state"_qs, state);
            post(u"/__sandbox/ring"_qs, one);
        };
        for (const auto &[id, state] : {std::pair(u"air-1"_qs, u"ringing"_qs),
                                        {u"air-2"_qs, u"ringing"_qs},
                                        {u"air-1"_qs, u"connected"_qs},
                                        {u"air-3"_qs, u"connected"_qs},
                                        {u"air-3"_qs, u"ended"_qs}})
            told(id, state);
        QWebSocket socket;
        QStringList heard;
        connect(&socket, &QWebSocket::textMessageReceived, this, [&heard](const QString &text) {
            const QJsonObject frame = QJsonDocument::fromJson(text.toUtf8()).object();
            const QString id = frame.value("id"_L1).toString();
            if (id.startsWith("air-"_L1))
                heard.append(id + u' ' + frame.value("state"_L1).toString());
            const QJsonArray snapshot = frame.value("snapshot"_L1).toArray();
            for (const QJsonValue &live : snapshot)
                heard.append(u"live "_qs + live.toString());
            if (frame.contains("snapshot"_L1))
                heard.append(u"that is all"_qs);
        });
        socket.open(QUrl(m_sandbox->eventsUrl()));
        QTRY_VERIFY(heard.contains(u"that is all"_qs));
        heard.removeIf(
            [](const QString &line) { return line.startsWith("live "_L1) && !line.startsWith("live air-"_L1); });
        QCOMPARE(heard, QStringList({u"air-1 connected"_qs, u"air-2 ringing"_qs, u"live air-1"_qs, u"live air-2"_qs,
                                     u"that is all"_qs}));
        for (const QString &id : {u"air-1"_qs, u"air-2"_qs})
            told(id, u"ended"_qs);
    }

    void nonsenseEventsAreRefused()
    {
        for (const auto &[key, value] : {std::pair(u"id"_qs, u""_qs), {u"state"_qs, u"singing"_qs}, {u"direction"_qs, u"up"_qs},
                                         {u"time"_qs, u"noon"_qs}, {u"colour"_qs, u"red"_qs}}) {
            QJsonObject wrong = event();
            wrong.insert(key, value);
            QVERIFY2(post(u"/__sandbox/ring"_qs, wrong).contains("error"_L1), qPrintable(key));
        }
    }

    void foreignPagesAreRefused()
    {
        QCOMPARE(m_client->Get("/__sandbox/sample", {{"Origin", "https://evil.example"}})->status, 403);
        QCOMPARE(m_client->Get("/__sandbox/sample", {{"Origin", "null"}})->status, 403);
        QCOMPARE(m_client->Get("/__sandbox/sample", {{"Host", "evil.example:80"}})->status, 403);
        QCOMPARE(m_client->Get("/__sandbox/sample", {{"Origin", m_sandbox->baseUrl().toStdString()}})->status, 200);
        QCOMPARE(m_client->Get("/__sandbox/sample", {{"Host", "localhost"}})->status, 200);
        QCOMPARE(m_client->Get("/__sandbox/unicorns")->status, 404);
        QWebSocket page(u"https://evil.example"_qs);
        QSignalSpy refused(&page, &QWebSocket::disconnected);
        QSignalSpy connected(&page, &QWebSocket::connected);
        page.open(QUrl(m_sandbox->eventsUrl()));
        QVERIFY(refused.wait());
        QVERIFY(connected.isEmpty());
    }

    void statusFaultDoesNothingElse()
    {
        signIn();
        fault({{"path"_L1, "/crm/v8/Calls"_L1}, {"method"_L1, "POST"_L1}, {"status"_L1, 429}, {"headers"_L1, QJsonObject{{"Retry-After"_L1, 3}}}});
        const auto reply = postCall();
        QCOMPARE(reply->status, 429);
        QCOMPARE(reply->get_header_value("Retry-After"), std::string("3"));
        QCOMPARE(created(), 0);
        QCOMPARE(postCall()->status, 201);
        QCOMPARE(created(), 1);
    }

    void dropAfterCommitKeepsTheRecord()
    {
        signIn();
        fault({{"path"_L1, "/crm/v8/Calls"_L1}, {"method"_L1, "POST"_L1}, {"drop_after_commit"_L1, true}});
        QVERIFY(!postCall());
        QCOMPARE(created(), 1);
        const QJsonArray requests = get(u"/__sandbox/requests"_qs).value("requests"_L1).toArray();
        QCOMPARE(requests.last().toObject().value("status"_L1).toString(), u"drop_after_commit"_qs);
        QCOMPARE(requests.last().toObject().value("body"_L1).toObject().value("data"_L1).toArray().size(), 1);
    }

    void resetIsAReset()
    {
        signIn();
        fault({{"path"_L1, "/crm/v8/Calls"_L1}, {"reset"_L1, true}});
        QTcpSocket socket;
        QSignalSpy gone(&socket, &QTcpSocket::disconnected);
        QSignalSpy failed(&socket, &QTcpSocket::errorOccurred);
        const QUrl url(m_sandbox->baseUrl());
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected());
        socket.write("POST /crm/v8/Calls HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}");
        QVERIFY(gone.wait());
        QVERIFY(socket.readAll().isEmpty());
        QCOMPARE(socket.error(), QAbstractSocket::RemoteHostClosedError);
        QCOMPARE(created(), 0);
    }

    void truncatedAnswersAreHalf()
    {
        signIn();
        fault({{"path"_L1, "/crm/v8/org"_L1}, {"truncate"_L1, true}});
        QTcpSocket socket;
        QSignalSpy gone(&socket, &QTcpSocket::disconnected);
        const QUrl url(m_sandbox->baseUrl());
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /crm/v8/org HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + m_token + "\r\n\r\n");
        QVERIFY(gone.wait());
        const QByteArray answer = socket.readAll();
        const qsizetype at = answer.indexOf("Content-Length: ") + 16;
        const qsizetype promised = answer.mid(at, answer.indexOf('\r', at) - at).toLongLong();
        const qsizetype sent = answer.size() - answer.indexOf("\r\n\r\n") - 4;
        QVERIFY(promised > 100);
        QCOMPARE(sent, promised / 2);
    }

    void delayDelays()
    {
        signIn();
        fault({{"path"_L1, "/crm/v8/org"_L1}, {"delay"_L1, 200}});
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_client->Get("/crm/v8/org", m_headers)->status, 200);
        QVERIFY(timer.elapsed() >= 200);
    }

    void bodylessDeleteDoesNotHang()
    {
        signIn();
        const QUrl url(m_sandbox->baseUrl());
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected());
        socket.write("DELETE /crm/v8/Calls?ids=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + m_token + "\r\n\r\n");
        QSignalSpy ready(&socket, &QTcpSocket::readyRead);
        QVERIFY(ready.wait(2000));
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 400"));
    }

    void nothingFoundHasNoContentType()
    {
        signIn();
        const auto reply = m_client->Get("/crm/v8/Contacts/search?phone=00000000009", m_headers);
        QCOMPARE(reply->status, 204);
        QVERIFY(!reply->has_header("Content-Type"));
    }

    void tokensCanBeMadeToDie()
    {
        signIn();
        QCOMPARE(m_client->Get("/crm/v8/org", m_headers)->status, 200);
        post(u"/__sandbox/expire"_qs, {{"what"_L1, "access"_L1}});
        QCOMPARE(m_client->Get("/crm/v8/org", m_headers)->status, 401);
    }

    void takenPortsAreNamed()
    {
        const QUrl url(m_sandbox->baseUrl());
        SandboxOptions options;
        options.records = 10;
        options.port = url.port();
        SandboxServer second(options);
        QVERIFY(!second.start());
        QVERIFY(second.errorString().contains(QString::number(url.port())));
        options.port = 0;
        options.wsPort = QUrl(m_sandbox->eventsUrl()).port();
        SandboxServer third(options);
        QVERIFY(!third.start());
        QVERIFY(third.errorString().contains(u"--ws-port"_qs));
    }

    void stopsWhileAClientWaits()
    {
        signIn();
        fault({{"path"_L1, "/crm/v8/org"_L1}, {"delay"_L1, 60'000}});
        const QUrl url(m_sandbox->baseUrl());
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /crm/v8/org HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QVERIFY(socket.waitForBytesWritten());
        QTRY_VERIFY(get(u"/__sandbox/fault"_qs).value("faults"_L1).toArray().isEmpty()); // it waits now
        QElapsedTimer timer;
        timer.start();
        m_sandbox->stop();
        QVERIFY(timer.elapsed() < 5'000);
    }

private:
    static QJsonObject object(const httplib::Response &reply) { return QJsonDocument::fromJson(QByteArray::fromStdString(reply.body)).object(); }

    static QJsonObject event()
    {
        return {{"id"_L1, "call-1"_L1}, {"state"_L1, "ringing"_L1}, {"direction"_L1, "in"_L1}, {"from"_L1, "+971501234567"_L1},
                {"to"_L1, "Support"_L1}, {"name"_L1, ""_L1}};
    }

    QJsonObject post(const QString &path, const QJsonObject &body)
    {
        const auto reply = m_client->Post(path.toStdString().c_str(), QJsonDocument(body).toJson().toStdString(), "application/json");
        return reply ? object(*reply) : QJsonObject();
    }

    QJsonObject get(const QString &path)
    {
        const auto reply = m_client->Get(path.toStdString().c_str());
        return reply ? object(*reply) : QJsonObject();
    }

    void fault(const QJsonObject &order) { QCOMPARE(post(u"/__sandbox/fault"_qs, order).value("ok"_L1).toBool(), true); }

    void signIn()
    {
        const QJsonObject granted = post(u"/__sandbox/grant"_qs, {{"client_id"_L1, SandboxServer::demoClientId()},
                                                                 {"scope"_L1, "ZohoCRM.modules.ALL,ZohoCRM.org.READ"_L1}});
        const auto reply = m_client->Post("/oauth/v2/token", httplib::Params{{"grant_type", "refresh_token"},
                                                                              {"client_id", SandboxServer::demoClientId().toStdString()},
                                                                              {"client_secret", SandboxServer::demoClientSecret().toStdString()},
                                                                              {"refresh_token", granted.value("refresh_token"_L1).toString().toStdString()}});
        m_token = object(*reply).value("access_token"_L1).toString().toLatin1();
        QVERIFY(!m_token.isEmpty());
        m_headers = {{"Authorization", "Zoho-oauthtoken " + m_token.toStdString()}};
    }

    httplib::Result postCall()
    {
        return m_client->Post("/crm/v8/Calls", m_headers,
                              R"({"data":[{"Subject":"x","Call_Type":"Missed","Call_Start_Time":"2026-01-20T10:00:00Z"}]})", "application/json");
    }

    int created() { return get(u"/__sandbox/records/Calls?created=1"_qs).value("count"_L1).toInt(); }

    std::unique_ptr<SandboxServer> m_sandbox;
    std::unique_ptr<httplib::Client> m_client;
    httplib::Headers m_headers;
    QByteArray m_token;
};

QTEST_GUILESS_MAIN(TestSandboxServer)
#include "tst_sandbox_server.moc"
