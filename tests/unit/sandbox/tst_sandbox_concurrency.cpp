// SPDX-License-Identifier: Apache-2.0
#include "SandboxServer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>
#include <httplib.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

namespace {

constexpr int aMinute = 60'000; // longer than any of these tests: a call that waits is in flight until it is let go

} // namespace

/// The calls at once, with real ones: each on a connection of its own, held in flight by a delay.
class TestSandboxConcurrency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(u"enterprise"_qs); }

    void cleanup()
    {
        m_inFlight.clear();
        m_client.reset();
        m_sandbox.reset();
    }

    void oneMoreThanTheEditionIsRefused_data()
    {
        QTest::addColumn<int>("calls");
        QTest::newRow("free") << 5;
        QTest::newRow("standard") << 10;
        QTest::newRow("professional") << 15;
        QTest::newRow("enterprise") << 20;
        QTest::newRow("ultimate") << 25;
    }

    void oneMoreThanTheEditionIsRefused()
    {
        QFETCH(int, calls);
        start(QString::fromLatin1(QTest::currentDataTag()));
        holdBack(u"/crm/v8/Contacts"_qs);
        for (int i = 0; i < calls; ++i)
            send("GET /crm/v8/Contacts?fields=id");
        QTRY_COMPARE(atOnce(), calls);
        const qint64 used = limits().value("used"_L1).toInteger();
        const auto refused = org();
        QCOMPARE(refused->status, 429);
        QCOMPARE(object(*refused),
                 (QJsonObject{{"code"_L1, "TOO_MANY_REQUESTS"_L1},
                              {"details"_L1, QJsonObject()},
                              {"message"_L1, "You have made too many requests. Please try again after some time."_L1},
                              {"status"_L1, "error"_L1}}));
        QVERIFY(!refused->has_header("Retry-After"));
        QCOMPARE(limits().value("used"_L1).toInteger(), used);
        QCOMPARE(limits().value("refused"_L1).toInt(), 1);
        QCOMPARE(limits().value("most_at_once"_L1).toInt(), calls);
        QCOMPARE(org(tokenOf(u"1000.OTHER"_qs))->status, 200); // the limit is a client's own
    }

    void aClientThatHungUpLeavesItsPlace()
    {
        holdBack(u"/crm/v8/Contacts"_qs);
        for (int i = 0; i < 20; ++i)
            send("GET /crm/v8/Contacts?fields=id");
        QTRY_COMPARE(atOnce(), 20);
        QCOMPARE(org()->status, 429);
        m_inFlight.back()->disconnectFromHost();
        QTRY_COMPARE(atOnce(), 19);
        QCOMPARE(org()->status, 200);
        QCOMPARE(atOnce(), 19);
        m_inFlight.front()->abort();
        QTRY_COMPARE(atOnce(), 18);
        m_inFlight.clear();
        QTRY_COMPARE(atOnce(), 0);
    }

    void whatTheClientHungUpOnIsWritten()
    {
        post(u"/__sandbox/fault"_qs, {{"path"_L1, "/crm/v8/Calls"_L1}, {"delay"_L1, 500}});
        const QByteArray body =
            R"({"data":[{"Subject":"x","Call_Type":"Missed","Call_Start_Time":"2026-01-20T10:00:00Z"}]})";
        send("POST /crm/v8/Calls", body);
        QTRY_COMPARE(atOnce(), 1);
        m_inFlight.clear();
        QTRY_COMPARE(get(u"/__sandbox/records/Calls?created=1"_qs).value("count"_L1).toInt(), 1);
        QCOMPARE(atOnce(), 0);
    }

    void heavyCallsHaveTenPlaces_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("coql") << QByteArray("POST /crm/v8/coql")
                              << QByteArray(R"({"select_query":"select id from Leads"})");
        QTest::newRow("convert") << QByteArray("POST /crm/v8/Leads/1/actions/convert") << QByteArray("{}");
        QTest::newRow("sorted list") << QByteArray("GET /crm/v8/Leads?fields=id&sort_by=id") << QByteArray();
        QTest::newRow("view") << QByteArray("GET /crm/v8/Leads?fields=id&cvid=1") << QByteArray();
        QTest::newRow("eleven records") << QByteArray("POST /crm/v8/Leads")
                                        << QByteArray("{\"data\":[" + QByteArray("{},").repeated(10) + "{}]}");
    }

    void heavyCallsHaveTenPlaces()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, body);
        holdBack(u"/crm/v8/"_qs, 10);
        for (int i = 0; i < 10; ++i)
            send(target, body);
        QTRY_COMPARE(atOnce(), 10);
        QCOMPARE(query()->status, 429); // whichever heavy call it is
        QCOMPARE(org()->status, 200);
        m_inFlight.pop_back();
        QTRY_COMPARE(atOnce(), 9);
        QCOMPARE(query()->status, 200);
    }

    void aCompositeCountsAsFive()
    {
        start(u"standard"_qs);
        holdBack(u"/crm/v8/__composite_requests"_qs);
        send("POST /crm/v8/__composite_requests", "{}");
        QTRY_COMPARE(atOnce(), 5);
        QCOMPARE(org()->status, 200);
        send("POST /crm/v8/__composite_requests", "{}");
        QTRY_COMPARE(atOnce(), 10);
        QCOMPARE(org()->status, 429);
        m_inFlight.pop_back();
        QTRY_COMPARE(atOnce(), 5);
        QCOMPARE(org()->status, 200);
    }

    void answersThatAreCutShortLeaveTheirPlaceToo()
    {
        for (const QString &kind : {u"reset"_qs, u"truncate"_qs, u"drop_after_commit"_qs}) {
            post(u"/__sandbox/fault"_qs, {{"path"_L1, "/crm/v8/org"_L1}, {kind, true}});
            org();
            QTRY_COMPARE(atOnce(), 0);
        }
        QCOMPARE(org()->status, 200);
    }

    void aRefusedCallSparesTheFault()
    {
        post(u"/__sandbox/limits"_qs, {{"concurrency"_L1, 0}});
        post(u"/__sandbox/fault"_qs, {{"path"_L1, "/crm/v8/org"_L1}, {"status"_L1, 503}});
        QCOMPARE(org()->status, 429);
        post(u"/__sandbox/limits"_qs, {{"concurrency"_L1, 1}});
        QCOMPARE(org()->status, 503);
    }

    void oldFormsComeWithARefusal()
    {
        post(u"/__sandbox/limits"_qs,
             {{"concurrency"_L1, 0}, {"old_headers"_L1, true}, {"old_reply"_L1, true}, {"used"_L1, 299'990}});
        const auto refused = org();
        QCOMPARE(refused->status, 429);
        QCOMPARE(object(*refused).value("code"_L1).toInt(), 429);
        QCOMPARE(refused->get_header_value("X-RATELIMIT-REMAINING"), std::string("0"));
        QCOMPARE(refused->get_header_value("X-API-CREDITS-REMAINING"), std::string("10"));
    }

private:
    static QJsonObject object(const httplib::Response &reply)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(reply.body)).object();
    }

    void start(const QString &edition)
    {
        cleanup();
        SandboxOptions options;
        options.records = 10;
        options.edition = edition;
        m_sandbox = std::make_unique<SandboxServer>(options);
        QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
        m_client = std::make_unique<httplib::Client>(m_sandbox->baseUrl().toStdString());
        m_token = tokenOf(u"1000.CALLER"_qs);
        QVERIFY(!m_token.isEmpty());
    }

    /// The next calls below that path stay in flight.
    void holdBack(const QString &path, int times = -1)
    {
        const QJsonObject reply =
            post(u"/__sandbox/fault"_qs, {{"path"_L1, path}, {"delay"_L1, aMinute}, {"times"_L1, times}});
        QVERIFY(reply.value("ok"_L1).toBool());
    }

    void send(const QByteArray &target, const QByteArray &body = {})
    {
        const QUrl url(m_sandbox->baseUrl());
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(url.host(), static_cast<quint16>(url.port()));
        QVERIFY(socket->waitForConnected());
        socket->write(target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Zoho-oauthtoken " + m_token +
                      "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QVERIFY(socket->waitForBytesWritten());
        m_inFlight.push_back(std::move(socket));
    }

    httplib::Result org(QByteArray token = {})
    {
        if (token.isEmpty())
            token = m_token;
        return m_client->Get("/crm/v8/org", {{"Authorization", "Zoho-oauthtoken " + token.toStdString()}});
    }

    httplib::Result query()
    {
        return m_client->Post("/crm/v8/coql", {{"Authorization", "Zoho-oauthtoken " + m_token.toStdString()}},
                              R"({"select_query":"select id from Leads where id is not null"})", "application/json");
    }

    QByteArray tokenOf(const QString &clientId)
    {
        post(u"/__sandbox/client"_qs, {{"id"_L1, clientId}, {"secret"_L1, "s"_L1}});
        const QJsonObject granted =
            post(u"/__sandbox/grant"_qs, {{"client_id"_L1, clientId},
                                          {"scope"_L1, "ZohoCRM.modules.ALL,ZohoCRM.org.READ,ZohoCRM.coql.READ"_L1}});
        const auto reply = m_client->Post(
            "/oauth/v2/token",
            httplib::Params{{"grant_type", "refresh_token"},
                            {"client_id", clientId.toStdString()},
                            {"client_secret", "s"},
                            {"refresh_token", granted.value("refresh_token"_L1).toString().toStdString()}});
        return object(*reply).value("access_token"_L1).toString().toLatin1();
    }

    QJsonObject post(const QString &path, const QJsonObject &body)
    {
        const auto reply =
            m_client->Post(path.toStdString().c_str(), QJsonDocument(body).toJson().toStdString(), "application/json");
        return reply ? object(*reply) : QJsonObject();
    }

    QJsonObject get(const QString &path)
    {
        const auto reply = m_client->Get(path.toStdString().c_str());
        return reply ? object(*reply) : QJsonObject();
    }

    QJsonObject limits() { return get(u"/__sandbox/limits"_qs); }
    int atOnce() { return limits().value("at_once"_L1).toInt(-1); }

    std::unique_ptr<SandboxServer> m_sandbox;
    std::unique_ptr<httplib::Client> m_client;
    std::vector<std::unique_ptr<QTcpSocket>> m_inFlight;
    QByteArray m_token;
};

QTEST_GUILESS_MAIN(TestSandboxConcurrency)
#include "tst_sandbox_concurrency.moc"
