// SPDX-License-Identifier: Apache-2.0
#include "ProxyOffice.h"
#include "RawServer.h"

#include <QLoggingCategory>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// Requests the way that a proxy file (PAC) tells.
class TestProxyFile : public QObject
{
    Q_OBJECT

private:
    static inline int questions = 0; ///< Answered by proxy files, as the log has it.
    static inline QtMessageHandler previous = nullptr;

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("ringside.http.debug=true"));
        previous = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
            if (text.startsWith(QLatin1String("the proxy file says for")))
                ++questions;
            else
                previous(type, context, text);
        });
    }
    void cleanupTestCase() { qInstallMessageHandler(previous); }

    void aProxyFileTellsTheWay()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "pw";
        office.signInToProxy("anna", "pw");
        office.passwordIsFor(office.proxy);
        office.pac("function FindProxyForURL(url, host) {\n"
                   "  if (dnsDomainIs(host, '.example.test') && url === 'https://' + host + '/')\n"
                   "    return 'PROXY 127.0.0.1:" +
                   QByteArray::number(office.proxy.port()) + "';\n  return 'DIRECT';\n}\n");
        office.open();
        const auto reply = office.get();
        QVERIFY2(reply.ok(), reply.ok() ? "" : qPrintable(reply.error().message));
        QCOMPARE(office.proxy.tunnels, (QByteArrayList{"crm.example.test:443"}));
        QCOMPARE(code(office.get(office.server.url())), QStringLiteral("ok"));
        QCOMPARE(office.proxy.tunnels.size(), 1);
        QVERIFY(office.problems.isEmpty());
    }

    void theNextProxyOfTheFileIsTakenWhenOneIsSilent()
    {
        Office office;
        ProxyServer silent;
        const quint16 closed = silent.port();
        silent.close();
        office.pac("function FindProxyForURL() { return 'PROXY 127.0.0.1:" + QByteArray::number(closed) +
                   "; PROXY 127.0.0.1:" + QByteArray::number(office.proxy.port()) + "'; }");
        office.open();
        QCOMPARE(code(office.get()), QStringLiteral("proxy-unreachable"));
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
    }

    void aProxyFileComesOverHttpWithoutAProxy()
    {
        Office office;
        RawServer intranet([&office](const RawServer::Arrival &) {
            return RawServer::Answer{RawServer::response(200, "function FindProxyForURL(){return 'PROXY 127.0.0.1:" +
                                                                  QByteArray::number(office.proxy.port()) + "';}")};
        });
        office.set(SettingKey::PacUrl, intranet.url(QStringLiteral("/proxy.pac")).toString());
        office.set(SettingKey::ProxyMode, QStringLiteral("pac"));
        office.open();
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(code(office.get(QUrl(QStringLiteral("https://localhost.example.test/")))), QStringLiteral("tls-host"));
        QCOMPARE(intranet.arrivals().size(), 1); // Kept.
        QCOMPARE(office.proxy.plainRequests, 0);
    }

    void aBrokenProxyFileIsSaidOnceAndTheDirectWayTried_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("syntax") << QByteArray("function FindProxyForURL( {");
        QTest::newRow("no function") << QByteArray("var x = 1;");
        QTest::newRow("throws") << QByteArray("function FindProxyForURL() { throw 'no'; }");
        QTest::newRow("no text") << QByteArray("function FindProxyForURL() { return 7; }");
        QTest::newRow("endless") << QByteArray("function FindProxyForURL() { for (;;) {} }");
        QTest::newRow("endless at once") << QByteArray("while (true) {}");
    }
    void aBrokenProxyFileIsSaidOnceAndTheDirectWayTried()
    {
        QFETCH(QByteArray, script);
        Office office;
        office.pac(script);
        office.open();
        const auto reply = office.get();
        QVERIFY(!reply.ok());
        QCOMPARE(reply.error().kind, ErrorKind::Network); // No resolver knows that name.
        QCOMPARE(office.problems.size(), 1);
        QVERIFY(office.problems[0].contains(QLatin1String("proxy file")));
        QCOMPARE(code(office.get(office.server.url())), QStringLiteral("ok"));
    }

    void aMissingProxyFileIsSaid()
    {
        Office office;
        office.set(SettingKey::PacUrl,
                   QUrl::fromLocalFile(office.folder.filePath(QStringLiteral("none.pac"))).toString());
        office.set(SettingKey::ProxyMode, QStringLiteral("pac"));
        office.open();
        QVERIFY(!office.get().ok());
        QCOMPARE(office.problems.size(), 1);
        QVERIFY(office.problems[0].contains(QLatin1String("none.pac")));
    }

    void aFileThatCannotBeFetchedIsAskedForOnceAMinute()
    {
        Office office;
        RawServer intranet([](const RawServer::Arrival &) { return RawServer::Answer{RawServer::response(500)}; });
        office.set(SettingKey::PacUrl, intranet.url(QStringLiteral("/proxy.pac")).toString());
        office.set(SettingKey::ProxyMode, QStringLiteral("pac"));
        office.open();
        for (const char *host : {"crm", "crm", "accounts"})
            QVERIFY(!office.get(QUrl(QStringLiteral("https://%1.example.test/").arg(QLatin1String(host)))).ok());
        QCOMPARE(intranet.arrivals().size(), 1);
        QCOMPARE(office.problems.size(), 1);
        const QByteArray script =
            "function FindProxyForURL(){return 'PROXY 127.0.0.1:" + QByteArray::number(office.proxy.port()) + "';}";
        intranet.setScript(
            [&script](const RawServer::Arrival &) { return RawServer::Answer{RawServer::response(200, script)}; });
        office.clock.advance(1min);
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(intranet.arrivals().size(), 2);
        QCOMPARE(office.problems.size(), 2); // What was said is taken back.
        QCOMPARE(office.problems.last(), QString());
    }

    void aFileThatFailsIsQuestionedOnceAMinute()
    {
        Office office;
        office.pac("function FindProxyForURL() { throw 'no'; }");
        office.open();
        const int before = questions;
        QVERIFY(!office.get().ok());
        QVERIFY(!office.get().ok());
        QCOMPARE(questions, before + 1);
        office.clock.advance(1min);
        QVERIFY(!office.get().ok());
        QCOMPARE(questions, before + 2);
    }

    void equalQuestionsUnderWayAreOne()
    {
        Office office;
        office.pac("function FindProxyForURL() { return 'PROXY 127.0.0.1:" + QByteArray::number(office.proxy.port()) +
                   "'; }");
        office.open();
        const int before = questions;
        const auto first = office.send();
        const auto second = office.send(QUrl(QStringLiteral("https://crm.example.test/crm/v8/users?page=2")));
        const auto third = office.send();
        for (const auto &each : {first, second, third})
            QCOMPARE(code(await(each)), QStringLiteral("ok"));
        QCOMPARE(questions, before + 1);
    }

    /// Waiting for one's turn is no answering: the time of the second begins when the first is over.
    void aQuestionBehindAnEndlessOneIsAnswered()
    {
        Office office;
        office.pac("function FindProxyForURL(url, host) { while (host === 'accounts.example.test') {}\n"
                   "  return 'PROXY 127.0.0.1:" +
                   QByteArray::number(office.proxy.port()) + "'; }");
        office.open();
        const auto endless = office.send(QUrl(QStringLiteral("https://accounts.example.test/")));
        const auto good = office.send();
        QVERIFY(!await(endless).ok());
        QCOMPARE(code(await(good)), QStringLiteral("ok"));
    }

    void aProxyThatDropsPacketsIsPassedOverByTheNextRequest()
    {
        Office office;
        ProxyServer dropping;
        dropping.silent = true;
        office.pac("function FindProxyForURL() { return 'PROXY 127.0.0.1:" + QByteArray::number(dropping.port()) +
                   "; PROXY 127.0.0.1:" + QByteArray::number(office.proxy.port()) + "'; }");
        office.open();
        const auto lost = await(office.send(Office::crm(), HttpMethod::Post, 300ms));
        QVERIFY(!lost.ok());
        QCOMPARE(lost.error().kind, ErrorKind::Timeout);
        QCOMPARE(office.server.requests(), 0);
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.server.requests(), 1); // The write was not sent again.
        QCOMPARE(dropping.heads, 1);
    }

    void aServerThatIsSilentIsNotTheProxysFault()
    {
        Office office;
        ProxyServer other;
        other.target = office.server.serverPort();
        office.pac("function FindProxyForURL() { return 'PROXY 127.0.0.1:" + QByteArray::number(office.proxy.port()) +
                   "; PROXY 127.0.0.1:" + QByteArray::number(other.port()) + "'; }");
        office.open();
        office.server.silent = true;
        const auto lost = await(office.send(Office::crm(), HttpMethod::Post, 3s));
        QVERIFY(!lost.ok());
        QCOMPARE(lost.error().kind, ErrorKind::Timeout);
        QCOMPARE(office.server.requests(), 1);
        office.server.silent = false;
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.server.requests(), 2);
        QCOMPARE(other.heads, 0);
    }
};

QTEST_GUILESS_MAIN(TestProxyFile)
#include "tst_proxy_file.moc"
