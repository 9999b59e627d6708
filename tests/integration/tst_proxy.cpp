// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "CertificateMint.h"
#include "CompanyNetwork.h"
#include "HttpClient.h"
#include "ProxyServer.h"
#include "RawServer.h"
#include "SecretStore.h"
#include "Settings.h"
#include "TlsServer.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

const CertificateMint &company()
{
    static const CertificateMint mint("Bentley Root");
    return mint;
}

} // namespace

/// Requests through a real proxy to a real TLS server. The name of the server is one that no resolver knows: only the
/// proxy can lead there.
class TestProxy : public QObject
{
    Q_OBJECT

private:
    struct Office
    {
        Office()
            : server(company().signedFor({"crm.example.test", "localhost", "127.0.0.1"})),
              settings(folder.filePath(QStringLiteral("settings.ini")))
        {
            proxy.target = server.serverPort();
            QFile pem(folder.filePath(QStringLiteral("company.pem")));
            if (!pem.open(QIODevice::WriteOnly) || pem.write(company().authority().certificatePem) < 0)
                qFatal("no certificate file");
            set(SettingKey::RootCertificates, pem.fileName());
        }

        void set(SettingKey key, const QString &value)
        {
            if (const auto done = settings.set(key, value); !done)
                qFatal("%s", qPrintable(done.error().message));
        }
        void manual()
        {
            set(SettingKey::ProxyMode, QStringLiteral("manual"));
            set(SettingKey::ProxyHost, QStringLiteral("127.0.0.1"));
            set(SettingKey::ProxyPort, QString::number(proxy.port()));
        }
        void pac(const QByteArray &script)
        {
            QFile file(folder.filePath(QStringLiteral("proxy.pac")));
            if (!file.open(QIODevice::WriteOnly) || file.write(script) < 0)
                qFatal("no proxy file");
            set(SettingKey::PacUrl, QUrl::fromLocalFile(file.fileName()).toString());
            set(SettingKey::ProxyMode, QStringLiteral("pac"));
        }
        void signInToProxy(const char *user, const char *password)
        {
            set(SettingKey::ProxyUser, QLatin1String(user));
            (void)await(secrets.write(QLatin1String(secretKey::proxyPassword), Secret(password)));
        }

        void open()
        {
            network = std::make_unique<CompanyNetwork>(settings, secrets);
            http = std::make_unique<HttpClient>();
            http->setRoutes(network.get());
            QObject::connect(network.get(), &CompanyNetwork::problem, http.get(),
                             [this](const QString &sentence) { problems.append(sentence); });
        }
        Result<HttpReply> get(const QUrl &url = QUrl(QStringLiteral("https://crm.example.test/crm/v8/org")))
        {
            HttpRequest request;
            request.url = url;
            return await(http->send(request));
        }

        QTemporaryDir folder;
        TlsServer server;
        ProxyServer proxy;
        Settings settings;
        SessionSecretStore secrets;
        std::unique_ptr<CompanyNetwork> network;
        std::unique_ptr<HttpClient> http;
        QStringList problems;
    };

    static QString code(const Result<HttpReply> &result)
    {
        return result.ok() ? QStringLiteral("ok") : result.error().code;
    }

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

    void signsInToTheProxy()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "se:cret \xe4"; // Latin 1, as Basic has it.
        office.manual();
        office.signInToProxy("anna", "se:cret \xc3\xa4");
        office.open();
        const auto reply = office.get();
        QVERIFY2(reply.ok(), reply.ok() ? "" : qPrintable(reply.error().message));
        QCOMPARE(office.proxy.tunnels.size(), 1);
        QCOMPARE(office.proxy.wrongSignIns, 0);
        QVERIFY(office.problems.isEmpty());
    }

    void aProxyThatWantsAUserIsNamed()
    {
        Office office;
        office.proxy.user = "anna";
        office.manual();
        office.open();
        const auto reply = office.get();
        QVERIFY(!reply.ok());
        QCOMPARE(reply.error().kind, ErrorKind::Configuration);
        QCOMPARE(reply.error().code, QStringLiteral("proxy-authentication"));
        QCOMPARE(reply.error().detail, QStringLiteral("network/proxy-user"));
        QVERIFY(reply.error().message.contains(QStringLiteral("127.0.0.1:%1").arg(office.proxy.port())));
        QCOMPARE(office.proxy.wrongSignIns, 0);
        QCOMPARE(office.server.requests(), 0);
        QCOMPARE(office.problems, (QStringList{reply.error().message}));
    }

    void aWrongPasswordIsTriedOnceAndNeverAgain()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "right";
        office.manual();
        office.signInToProxy("anna", "wrong");
        office.open();
        for (int i = 0; i < 3; ++i) {
            const auto reply = office.get();
            QCOMPARE(code(reply), QStringLiteral("proxy-password"));
            QVERIFY(!reply.error().message.contains(QLatin1String("wrong")));
        }
        QCOMPARE(office.proxy.wrongSignIns, 1);
        QCOMPARE(office.problems.size(), 1);
        // Corrected, it goes on at once, and what was said is taken back.
        QVERIFY(await(office.network->storeProxyPassword(Secret("right"))).ok());
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.proxy.wrongSignIns, 1);
        QCOMPARE(office.problems.last(), QString());
        QCOMPARE(await(office.secrets.read(QLatin1String(secretKey::proxyPassword))).value().reveal(),
                 QByteArray("right"));
        QFile file(office.settings.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly) && !file.readAll().contains("right"));
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

    void exceptionsGoDirectly()
    {
        Office office;
        office.manual();
        office.set(SettingKey::ProxyExceptions, QStringLiteral("intranet.example, .example.test"));
        office.open();
        QVERIFY(!office.get().ok());
        QCOMPARE(office.proxy.tunnels.size(), 0);
    }

    void aProxyFileTellsTheWay()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "pw";
        office.signInToProxy("anna", "pw");
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

    void theSystemIsAskedOnAnotherThread()
    {
        // libproxy reads the environment first.
        Office office;
        const QByteArray address = "http://127.0.0.1:" + QByteArray::number(office.proxy.port());
        qputenv("https_proxy", address);
        qputenv("no_proxy", "");
        office.open();
        const auto reply = office.get();
        qunsetenv("https_proxy");
        qunsetenv("no_proxy");
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
