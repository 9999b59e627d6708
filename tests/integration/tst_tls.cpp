// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "CertificateMint.h"
#include "Clock.h"
#include "CompanyNetwork.h"
#include "HttpClient.h"
#include "RawServer.h"
#include "SandboxServer.h"
#include "SecretStore.h"
#include "Settings.h"
#include "TlsServer.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// Who is trusted, and what is said of who is not: real handshakes with certificates of authorities made for the test.
class TestTls : public QObject
{
    Q_OBJECT

private:
    struct Desk
    {
        Desk() : settings(folder.filePath(QStringLiteral("settings.ini"))), network(settings, secrets, clock)
        {
            http.setRoutes(&network);
            QObject::connect(&network, &CompanyNetwork::changed, &http, [this] { http.forgetConnections(); });
            QObject::connect(&network, &CompanyNetwork::problem, &http,
                             [this](const QString &sentence) { problems.append(sentence); });
        }

        void trust(const QByteArray &pem)
        {
            QFile file(folder.filePath(QStringLiteral("roots-%1.pem").arg(++files)));
            if (!file.open(QIODevice::WriteOnly) || file.write(pem) < 0)
                qFatal("no certificate file");
            file.close();
            trustFile(file.fileName());
        }
        void trustFile(const QString &path)
        {
            if (!settings.set(SettingKey::RootCertificates, path))
                qFatal("a setting was refused");
        }

        Result<HttpReply> get(const QUrl &url) { return await(send(url)); }
        QFuture<Result<HttpReply>> send(const QUrl &url)
        {
            HttpRequest request;
            request.url = url;
            request.headers = {{"Authorization", "Zoho-oauthtoken canary"}};
            return http.send(request);
        }

        QTemporaryDir folder;
        int files = 0;
        Settings settings;
        SessionSecretStore secrets;
        SystemClock clock;
        CompanyNetwork network;
        HttpClient http;
        QStringList problems;
    };

    static QString code(const Result<HttpReply> &result)
    {
        return result.ok() ? QStringLiteral("ok") : result.error().code;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(QSslSocket::supportsSsl()); }

    void aStrangersAuthorityIsNamedAndNothingSent()
    {
        const CertificateMint stranger("NetSpy Inspection CA");
        TlsServer server(stranger.signedFor({"localhost"}));
        Desk desk;
        const auto reply = desk.get(server.url());
        QVERIFY(!reply.ok());
        QCOMPARE(reply.error().kind, ErrorKind::Tls);
        QCOMPARE(reply.error().code, QStringLiteral("tls-intercepted"));
        QVERIFY2(reply.error().message.contains(QLatin1String("NetSpy Inspection CA")),
                 qPrintable(reply.error().message));
        QVERIFY(reply.error().message.contains(QLatin1String("localhost")));
        QCOMPARE(server.requests(), 0);
    }

    void severalAtOnceAreAllToldWhoItIs()
    {
        const CertificateMint stranger("NetSpy Inspection CA");
        TlsServer server(stranger.signedFor({"localhost"}));
        Desk desk;
        QList<QFuture<Result<HttpReply>>> sent;
        for (int i = 0; i < 8; ++i)
            sent.append(desk.send(server.url()));
        for (const auto &each : std::as_const(sent)) {
            const auto reply = await(each);
            QCOMPARE(code(reply), QStringLiteral("tls-intercepted"));
            QVERIFY(reply.error().message.contains(QLatin1String("NetSpy Inspection CA")));
        }
        QCOMPARE(server.requests(), 0);
    }

    void theCompanysRootIsTrustedOnceItIsNamed()
    {
        const CertificateMint company("Bentley Root");
        const CertificateMint other("Other Root");
        TlsServer server(company.signedFor({"localhost"}));
        TlsServer strange(other.signedFor({"localhost"}));
        Desk desk;
        QCOMPARE(code(desk.get(server.url())), QStringLiteral("tls-intercepted"));
        desk.trust(company.authority().certificatePem);
        QCOMPARE(code(desk.get(server.url())), QStringLiteral("ok"));
        QCOMPARE(server.requests(), 1);
        QCOMPARE(code(desk.get(strange.url())), QStringLiteral("tls-intercepted")); // It and no other.
        // Taken away, it is not trusted any more, on connections that are open neither.
        desk.trustFile({});
        QCOMPARE(code(desk.get(server.url())), QStringLiteral("tls-intercepted"));
        QCOMPARE(server.requests(), 1);
    }

    void severalRootsInOneFile()
    {
        const CertificateMint first("First Root");
        const CertificateMint second("Second Root");
        TlsServer one(first.signedFor({"localhost"}));
        TlsServer two(second.signedFor({"localhost"}));
        Desk desk;
        desk.trust("Some words before it\n" + first.authority().certificatePem + '\n' +
                   second.authority().certificatePem);
        QCOMPARE(code(desk.get(one.url())), QStringLiteral("ok"));
        QCOMPARE(code(desk.get(two.url())), QStringLiteral("ok"));
    }

    void aSelfSignedServerIsNotAccepted()
    {
        const CertificateMint mint("router.local");
        TlsServer server(mint.authority());
        Desk desk;
        const auto reply = desk.get(server.url());
        QCOMPARE(code(reply), QStringLiteral("tls-intercepted"));
        QVERIFY(reply.error().message.contains(QLatin1String("router.local")));
        QCOMPARE(server.requests(), 0);
    }

    void troublesAreToldApart_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("fromDays");
        QTest::addColumn<int>("toDays");
        QTest::addColumn<QString>("code");
        QTest::newRow("fine") << QByteArray("localhost") << -1 << 1 << QStringLiteral("ok");
        QTest::newRow("expired") << QByteArray("localhost") << -9 << -2 << QStringLiteral("tls-expired");
        QTest::newRow("not yet") << QByteArray("localhost") << 2 << 9 << QStringLiteral("tls-not-yet-valid");
        QTest::newRow("other host") << QByteArray("crm.example.test") << -1 << 1 << QStringLiteral("tls-host");
    }
    void troublesAreToldApart()
    {
        QFETCH(QByteArray, host);
        QFETCH(int, fromDays);
        QFETCH(int, toDays);
        QFETCH(QString, code);
        const CertificateMint company("Bentley Root");
        const QDateTime now = QDateTime::currentDateTimeUtc();
        TlsServer server(company.signedFor({host}, now.addDays(fromDays), now.addDays(toDays)));
        Desk desk;
        desk.trust(company.authority().certificatePem);
        const auto reply = desk.get(server.url());
        QCOMPARE(TestTls::code(reply), code);
        QCOMPARE(server.requests(), code == QLatin1String("ok") ? 1 : 0);
        if (code == QLatin1String("tls-host"))
            QVERIFY(reply.error().message.contains(QString::fromLatin1(host)));
        if (!reply.ok())
            QVERIFY(reply.error().message.contains(QLatin1String("nothing was sent")));
    }

    void offlineIsNotATlsError()
    {
        quint16 port = 0;
        {
            RawServer gone([](const RawServer::Arrival &) { return RawServer::Answer{}; });
            port = gone.port();
        }
        Desk desk;
        const auto reply = desk.get(QUrl(QStringLiteral("https://localhost:%1/").arg(port)));
        QCOMPARE(reply.error().kind, ErrorKind::Network);
        QVERIFY(!reply.error().code.startsWith(QLatin1String("tls")));
    }

    void aFileWithoutCertificatesIsSaidAndTrustsNothing_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("cut") << QByteArray("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    }
    void aFileWithoutCertificatesIsSaidAndTrustsNothing()
    {
        QFETCH(QByteArray, contents);
        const CertificateMint company("Bentley Root");
        TlsServer server(company.signedFor({"localhost"}));
        Desk desk;
        desk.trust(contents);
        QCOMPARE(code(desk.get(server.url())), QStringLiteral("tls-intercepted"));
        QCOMPARE(desk.problems.size(), 1);
        QVERIFY(desk.problems[0].contains(QLatin1String("roots-1.pem")));
    }

    void aMissingFileIsSaid()
    {
        Desk desk;
        desk.trustFile(QStringLiteral("/nowhere/company.pem"));
        QTRY_COMPARE(desk.problems.size(), 1);
        QVERIFY(desk.problems[0].contains(QLatin1String("company.pem")));
    }

    void theSandboxIsTrustedByItsOwnRootAlone()
    {
        Desk desk;
        sandbox::SandboxOptions options;
        options.records = 10;
        options.tlsFolder = desk.folder.filePath(QStringLiteral("tls"));
        sandbox::SandboxServer server(options);
        QVERIFY2(server.start(), qPrintable(server.errorString()));
        QVERIFY(server.baseUrl().startsWith(QLatin1String("https://")));
        const QUrl url(server.baseUrl() + QStringLiteral("/oauth/serverinfo"));
        QCOMPARE(code(desk.get(url)), QStringLiteral("tls-intercepted"));
        desk.trustFile(options.tlsFolder + QStringLiteral("/ca.pem"));
        const auto reply = desk.get(url);
        QVERIFY2(reply.ok(), reply.ok() ? "" : qPrintable(reply.error().message));
        QCOMPARE(reply.value().status, 200);
    }
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
