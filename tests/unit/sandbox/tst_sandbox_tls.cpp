// SPDX-License-Identifier: Apache-2.0
#include "SandboxServer.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <httplib.h>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

class TestSandboxTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_sandbox = started(m_folder->path());
        QVERIFY2(m_sandbox, qPrintable(m_error));
    }

    void cleanup()
    {
        m_sandbox.reset();
        m_folder.reset();
    }

    void trustIsNeededAndEnough()
    {
        QVERIFY(m_sandbox->baseUrl().startsWith(u"https://127.0.0.1:"_qs));
        auto trusting = client(u"127.0.0.1"_qs, m_folder->path());
        for (int i = 0; i < 3; ++i) { // over one connection
            const auto reply = trusting->Get("/oauth/serverinfo");
            QVERIFY(reply);
            QCOMPARE(reply->status, 200);
            QVERIFY(QByteArray::fromStdString(reply->body).contains(m_sandbox->baseUrl().toUtf8()));
        }
        QVERIFY(client(u"localhost"_qs, m_folder->path())->Get("/oauth/serverinfo"));
        httplib::SSLClient doubting("127.0.0.1", port());
        const auto refused = doubting.Get("/oauth/serverinfo");
        QVERIFY(!refused);
        QCOMPARE(refused.error(), httplib::Error::SSLServerVerification);
    }

    void anotherSandboxIsNotTrusted()
    {
        QTemporaryDir other;
        const auto impostor = started(other.path());
        QVERIFY2(impostor, qPrintable(m_error));
        httplib::SSLClient visitor("127.0.0.1", QUrl(impostor->baseUrl()).port());
        visitor.set_ca_cert_path(QString(m_folder->path() + u"/ca.pem"_qs).toStdString().c_str());
        QVERIFY(!visitor.Get("/oauth/serverinfo"));
    }

    void certificatesStayTheSame()
    {
        const QByteArray before = content(u"ca.pem"_qs);
        m_sandbox = started(m_folder->path());
        QVERIFY2(m_sandbox, qPrintable(m_error));
        QCOMPARE(content(u"ca.pem"_qs), before);
        QVERIFY(client(u"127.0.0.1"_qs, m_folder->path())->Get("/oauth/serverinfo"));
        const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QVERIFY(!(QFile::permissions(m_folder->filePath(u"server.key"_qs)) & others));
    }

    void faultsReachThroughTls()
    {
        auto visitor = client(u"127.0.0.1"_qs, m_folder->path());
        const auto order = [&](const char *fault) {
            return visitor
                ->Post("/__sandbox/fault", std::string(R"({"path":"/oauth/serverinfo",)") + fault + "}",
                       "application/json")
                ->status;
        };
        for (const char *fault : {R"("reset":true)", R"("truncate":true)", R"("drop_after_commit":true)"}) {
            QCOMPARE(order(fault), 200);
            QVERIFY2(!visitor->Get("/oauth/serverinfo"), fault);
            QVERIFY(visitor->Get("/oauth/serverinfo"));
        }
    }

    void plainSpeechIsNotAnswered()
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_qs, static_cast<quint16>(port()));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /oauth/serverinfo HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QVERIFY(socket.waitForDisconnected() || socket.state() == QAbstractSocket::UnconnectedState);
        QVERIFY(!socket.readAll().contains("serverinfo"));
        QVERIFY(client(u"127.0.0.1"_qs, m_folder->path())->Get("/oauth/serverinfo"));
    }

    void stopsWhileAPeerIsSilent()
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_qs, static_cast<quint16>(port()));
        QVERIFY(socket.waitForConnected());
        QVERIFY(client(u"127.0.0.1"_qs, m_folder->path())->Get("/oauth/serverinfo"));
        m_sandbox->stop();
        QVERIFY(m_sandbox->baseUrl().isEmpty());
    }

    void unusableFilesAreNamed()
    {
        m_sandbox.reset();
        QFile key(m_folder->filePath(u"server.key"_qs));
        QVERIFY(key.open(QIODevice::WriteOnly));
        key.write("no key");
        key.close();
        QVERIFY(!started(m_folder->path()));
        QVERIFY2(m_error.contains(u"server.key"_qs) && m_error.contains(m_folder->path()), qPrintable(m_error));
        QVERIFY(!started(m_folder->filePath(u"server.key/inside"_qs)));
        QVERIFY(!m_error.isEmpty());
    }

private:
    std::unique_ptr<SandboxServer> started(const QString &folder)
    {
        SandboxOptions options;
        options.records = 10;
        options.tlsFolder = folder;
        auto server = std::make_unique<SandboxServer>(options);
        const bool good = server->start();
        m_error = server->errorString();
        return good ? std::move(server) : nullptr;
    }

    int port() const { return QUrl(m_sandbox->baseUrl()).port(); }

    std::unique_ptr<httplib::SSLClient> client(const QString &host, const QString &folder) const
    {
        auto visitor = std::make_unique<httplib::SSLClient>(host.toStdString(), port());
        visitor->set_ca_cert_path(QString(folder + u"/ca.pem"_qs).toStdString().c_str());
        visitor->set_keep_alive(true);
        return visitor;
    }

    QByteArray content(const QString &name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SandboxServer> m_sandbox;
    QString m_error;
};

QTEST_GUILESS_MAIN(TestSandboxTls)
#include "tst_sandbox_tls.moc"
