// SPDX-License-Identifier: Apache-2.0
#include "ProxyOffice.h"
#include "RawServer.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// Requests through a real proxy to a real TLS server.
class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tunnelsThroughTheChosenProxy()
    {
        Office office;
        office.manual();
        office.open();
        const auto reply = office.get();
        QVERIFY2(reply.ok(), reply.ok() ? "" : qPrintable(reply.error().message));
        QCOMPARE(reply.value().status, 200);
        QCOMPARE(office.proxy.tunnels, (QByteArrayList{"crm.example.test:443"}));
        QCOMPARE(office.server.requests(), 1);
        QVERIFY(!office.server.lastHead().toLower().contains("proxy-"));
    }

    void withoutProxyTheNameIsNotFound()
    {
        Office office;
        office.manual();
        office.set(SettingKey::ProxyMode, QStringLiteral("none"));
        office.open();
        const auto reply = office.get();
        QVERIFY(!reply.ok());
        QCOMPARE(reply.error().kind, ErrorKind::Network);
        QCOMPARE(office.proxy.tunnels.size(), 0);
    }

    void thisComputerIsNeverReachedThroughAProxy()
    {
        Office office;
        RawServer plain([](const RawServer::Arrival &) { return RawServer::Answer{RawServer::response(200, "x")}; });
        office.manual();
        office.open();
        QCOMPARE(code(office.get(plain.url())), QStringLiteral("ok"));
        QCOMPARE(code(office.get(office.server.url())), QStringLiteral("ok"));
        QCOMPARE(code(office.get(office.server.url(QStringLiteral("127.0.0.1")))), QStringLiteral("ok"));
        QCOMPARE(office.proxy.tunnels.size(), 0);
        QCOMPARE(office.proxy.plainRequests, 0);
        QCOMPARE(plain.arrivals().size(), 1);
    }

    void aProxyThatDoesNotAnswerIsNamed()
    {
        Office office;
        office.manual();
        office.proxy.close();
        office.open();
        const auto reply = office.get();
        QCOMPARE(code(reply), QStringLiteral("proxy-unreachable"));
        QCOMPARE(reply.error().kind, ErrorKind::Network);
        QVERIFY(
            reply.error().message.contains(QStringLiteral(":%1").arg(office.settings.integer(SettingKey::ProxyPort))));
    }

    void aProxyThatForbidsIsNamed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("403") << QByteArray("403 Forbidden");
        QTest::newRow("502") << QByteArray("502 Bad Gateway");
        QTest::newRow("503") << QByteArray("503 Service Unavailable");
    }
    void aProxyThatForbidsIsNamed()
    {
        QFETCH(QByteArray, answer);
        Office office;
        office.manual();
        office.proxy.answer = answer;
        office.open();
        const auto reply = office.get();
        QVERIFY(!reply.ok());
        QCOMPARE(reply.error().kind, ErrorKind::Network);
        QVERIFY2(reply.error().message.contains(QLatin1String("proxy 127.0.0.1")), qPrintable(reply.error().message));
        QCOMPARE(office.server.requests(), 0);
    }

    void afterSilenceNothingWaitsForTheDeadConnection()
    {
        Office office;
        office.manual();
        office.open();
        office.proxy.silent = true;
        QList<QFuture<Result<HttpReply>>> lost;
        for (int i = 0; i < 3; ++i)
            lost.append(office.send(Office::crm(), HttpMethod::Post, 300ms));
        for (const auto &each : std::as_const(lost))
            QCOMPARE(code(await(each)), QStringLiteral("silence"));
        office.proxy.silent = false; // For those who come now; what was swallowed stays so.
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.server.requests(), 1);
    }

    void exceptionsGoDirectly()
    {
        Office office;
        office.manual();
        office.set(SettingKey::ProxyExceptions, QStringLiteral("intranet.example, .example.test"));
        office.open();
        QVERIFY(!office.get().ok());
        QCOMPARE(office.proxy.tunnels.size(), 0);
    }

    void theSystemIsAskedOnAnotherThread()
    {
        Office office;
        const SystemProxy system(office.proxy);
        office.open();
        const auto reply = office.get();
        QVERIFY2(reply.ok(), reply.ok() ? "" : qPrintable(reply.error().message));
        QCOMPARE(office.proxy.tunnels.size(), 1);
    }

    void aChangeOfTheSettingsIsFollowed()
    {
        Office office;
        office.set(SettingKey::ProxyMode, QStringLiteral("none"));
        office.open();
        QVERIFY(!office.get().ok());
        QSignalSpy changed(office.network.get(), &CompanyNetwork::changed);
        office.manual();
        QVERIFY(changed.count() >= 1);
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.proxy.tunnels.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
