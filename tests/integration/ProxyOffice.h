// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Await.h"
#include "CertificateMint.h"
#include "CompanyNetwork.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "ProxyServer.h"
#include "SecretStore.h"
#include "Settings.h"
#include "TlsServer.h"

#include <QFile>
#include <QTemporaryDir>

namespace ringside::test {

inline const CertificateMint &company()
{
    static const CertificateMint mint("Bentley Root");
    return mint;
}

/// A desk in a company's network: a real TLS server behind a real proxy. The name of the server is one that no resolver
/// knows, so that only the proxy can lead there.
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
    /// As kept from an earlier run.
    void signInToProxy(const char *user, const char *password)
    {
        set(SettingKey::ProxyUser, QLatin1String(user));
        (void)await(secrets.write(QLatin1String(secretKey::proxyPassword), Secret(password)));
    }

    void passwordIsFor(const ProxyServer &one) { set(SettingKey::ProxyPasswordFor, nameOf(one)); }
    static QString nameOf(const ProxyServer &one) { return QStringLiteral("127.0.0.1:%1").arg(one.port()); }

    void open(SecretStore *keychain = nullptr)
    {
        network = std::make_unique<CompanyNetwork>(settings, keychain ? *keychain : secrets, clock);
        http = std::make_unique<HttpClient>();
        http->setRoutes(network.get());
        QObject::connect(network.get(), &CompanyNetwork::changed, http.get(), [this] { http->forgetConnections(); });
        QObject::connect(network.get(), &CompanyNetwork::problem, http.get(),
                         [this](const QString &sentence) { problems.append(sentence); });
    }
    QFuture<Result<HttpReply>> send(const QUrl &url = crm(), HttpMethod method = HttpMethod::Get,
                                    std::chrono::milliseconds timeout = HttpRequest().timeout)
    {
        HttpRequest request;
        request.url = url;
        request.method = method;
        request.body = method == HttpMethod::Get ? "" : "{}";
        request.timeout = timeout;
        return http->send(request);
    }
    Result<HttpReply> get(const QUrl &url = crm()) { return await(send(url)); }
    static QUrl crm() { return QUrl(QStringLiteral("https://crm.example.test/crm/v8/org")); }

    QTemporaryDir folder;
    TlsServer server;
    ProxyServer proxy;
    Settings settings;
    SessionSecretStore secrets;
    FakeClock clock;
    std::unique_ptr<CompanyNetwork> network;
    std::unique_ptr<HttpClient> http;
    QStringList problems;
};

/// What the system says its proxy is, for as long as this lives: the environment is what is read first.
class SystemProxy
{
public:
    explicit SystemProxy(const ProxyServer &proxy, const QByteArray &user = {})
    {
        qputenv("https_proxy", "http://" + user + "127.0.0.1:" + QByteArray::number(proxy.port()));
        qputenv("no_proxy", "");
    }
    ~SystemProxy()
    {
        qunsetenv("https_proxy");
        qunsetenv("no_proxy");
    }
    SystemProxy(const SystemProxy &) = delete;
    SystemProxy &operator=(const SystemProxy &) = delete;
};

inline QString code(const Result<HttpReply> &result)
{
    return result.ok() ? QStringLiteral("ok") : result.error().code;
}

} // namespace ringside::test
