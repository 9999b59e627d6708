// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "CertificateMint.h"
#include "DeskParts.h"
#include "HttpExchange.h"
#include "OutboxDispatcher.h"
#include "ProxyServer.h"
#include "SandboxServer.h"
#include "ScreenPop.h"
#include "ScriptedBrowser.h"
#include "TestPhone.h"
#include "WrapUp.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

/// The way of those who stand outside of the company's network and trust its root.
class WayOutside final : public Routes
{
public:
    explicit WayOutside(const CertificateMint &mint) : m_route{.roots = {mint.authority().certificate()}} {}

    QFuture<Result<Route>> routeTo(const QUrl &) override { return readyFuture<Route>(m_route); }
    void reportReached(const Route &) override {}
    void reportFailure(const QUrl &, const Route &, const Error &) override {}

private:
    const Route m_route;
};

} // namespace

/// A whole desk in a company's network: the CRM behind a proxy that wants a password, with a certificate of the
/// company's own root. The CRM's name is one that no resolver knows, so that only the proxy can lead there.
class TestCompanyNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void signInRefreshReadAndCallGoThroughTheProxy();
    void anotherRootIsNamedAndTheCallWaits();

private:
    static constexpr int patience = 20000;
    static QString crmUrl() { return QStringLiteral("https://crm.example.test"); }

    void set(SettingKey key, const QString &value) { QVERIFY(m_desk->settings.set(key, value).ok()); }
    void trust(const CertificateMint &mint);
    void signIn();
    QString endedCall(const QString &id, const QString &notes);
    QJsonObject control(const QString &what);
    QList<QJsonObject> arrivals(const QString &method, const QString &path);
    qsizetype callsWith(const QString &notes);
    LogState logState(const QString &key) const { return m_desk->session.call(key)->logState; }
    /// Every new tunnel is let through after one question for the password, and leads to the CRM.
    void tunnelsAreRight() const;

    const CertificateMint m_company{"Bentley Root"};
    const CertificateMint m_stranger{"NetSpy Inspection CA"};
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<sandbox::SandboxServer> m_sandbox;
    std::unique_ptr<ProxyServer> m_proxy;
    std::unique_ptr<WayOutside> m_outside;
    std::unique_ptr<HttpClient> m_control;
    std::unique_ptr<ScriptedBrowser> m_browser;
    SessionSecretStore m_secrets;
    std::unique_ptr<DeskParts> m_desk;
    TestPhone *m_phone = nullptr; ///< The session's.
    int m_roots = 0;
};

void TestCompanyNetwork::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const Identity identity = m_company.signedFor({"crm.example.test", "127.0.0.1"});
    const QDir tls(m_folder->filePath(QStringLiteral("tls")));
    QVERIFY(tls.mkpath(QStringLiteral(".")));
    for (const auto &[name, pem] :
         {std::pair("ca.pem", m_company.authority().certificatePem), std::pair("server.pem", identity.certificatePem),
          std::pair("server.key", identity.keyPem)}) {
        QFile file(tls.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pem) == pem.size());
    }
    sandbox::SandboxOptions options;
    options.records = 100;
    options.tlsFolder = tls.path();
    options.publicUrl = crmUrl();
    m_sandbox = std::make_unique<sandbox::SandboxServer>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));

    m_proxy = std::make_unique<ProxyServer>();
    m_proxy->target = static_cast<quint16>(QUrl(m_sandbox->baseUrl()).port());
    m_proxy->user = "anna";
    m_proxy->password = "right";
    m_outside = std::make_unique<WayOutside>(m_company);
    m_control = std::make_unique<HttpClient>();
    m_control->setRoutes(m_outside.get());
    m_browser = std::make_unique<ScriptedBrowser>();
    m_browser->client.setRoutes(m_outside.get());
    m_browser->whereIs = [this](QUrl url) {
        if (url.host() == QUrl(crmUrl()).host()) {
            const QUrl sandbox(m_sandbox->baseUrl());
            url.setHost(sandbox.host());
            url.setPort(sandbox.port());
        }
        return url;
    };

    const Secret secret(sandbox::SandboxServer::demoClientSecret().toUtf8());
    QVERIFY(await(m_secrets.write(QLatin1String(secretKey::clientSecret), secret)).ok());
    QVERIFY(await(m_secrets.write(QLatin1String(secretKey::proxyPassword), Secret("right"))).ok());
    QVERIFY(await(m_secrets.remove(QLatin1String(secretKey::tokens))).ok());
    m_desk = std::make_unique<DeskParts>(m_folder->path(), m_secrets, m_clock, true, m_browser.get());
    for (const SettingKey key : {SettingKey::CustomAccountsUrl, SettingKey::CustomApiUrl, SettingKey::CustomWebUrl})
        set(key, crmUrl());
    set(SettingKey::DataCentre, QStringLiteral("custom"));
    set(SettingKey::ClientId, sandbox::SandboxServer::demoClientId());
    set(SettingKey::ProxyMode, QStringLiteral("manual"));
    set(SettingKey::ProxyHost, QStringLiteral("127.0.0.1"));
    set(SettingKey::ProxyPort, QString::number(m_proxy->port()));
    set(SettingKey::ProxyUser, QStringLiteral("anna"));
    trust(m_company);

    QVERIFY(
        await(m_desk->store.open(m_folder->filePath(QStringLiteral("store.db")), Secret(QByteArray(32, 'k')))).ok());
    QSignalSpy reset(&m_desk->session, &AgentSession::reset);
    m_desk->session.start();
    QTRY_COMPARE_WITH_TIMEOUT(reset.count(), 1, patience);
    auto phone = std::make_unique<TestPhone>(m_clock);
    m_phone = phone.get();
    m_desk->session.setCallSource(std::move(phone));
    m_desk->signIn.restore();
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->signIn.state(), SignIn::State::SignedOut, patience);
}

void TestCompanyNetwork::cleanup()
{
    m_desk.reset();
    m_browser.reset();
    m_control.reset();
    m_proxy.reset();
    m_sandbox.reset();
}

void TestCompanyNetwork::trust(const CertificateMint &mint)
{
    QFile file(m_folder->filePath(QStringLiteral("root-%1.pem").arg(++m_roots)));
    const QByteArray pem = mint.authority().certificatePem;
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pem) == pem.size());
    file.close();
    set(SettingKey::RootCertificates, file.fileName());
}

void TestCompanyNetwork::signIn()
{
    m_desk->signIn.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->signIn.identity().has_value(), patience);
    QCOMPARE(m_desk->signIn.state(), SignIn::State::SignedIn);
}

QString TestCompanyNetwork::endedCall(const QString &id, const QString &notes)
{
    const QString number = control(QStringLiteral("sample")).value(QLatin1String("known")).toString();
    AgentSession &session = m_desk->session;
    QSignalSpy added(&session, &AgentSession::callAdded);
    m_phone->tell(id, CallState::Ringing, number);
    if (!QTest::qWaitFor([&] { return added.count() == 1; }, patience))
        return {};
    const QString key = added.first().first().toString();
    m_phone->tell(id, CallState::Connected, number);
    session.wrapUp(key).setNotes(notes, 0);
    m_phone->tell(id, CallState::Ended, number, CallEndReason::Completed);
    const bool over = QTest::qWaitFor(
        [&] {
            const PopResult::Status status = session.screenPop().result(key).status;
            return !session.call(key)->live() && status != PopResult::Status::Searching;
        },
        patience);
    return over ? key : QString();
}

QJsonObject TestCompanyNetwork::control(const QString &what)
{
    HttpRequest request;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.authorized = false;
    const Result<HttpReply> reply = await(m_control->send(request));
    return reply.ok() ? QJsonDocument::fromJson(reply.value().body).object() : QJsonObject();
}

QList<QJsonObject> TestCompanyNetwork::arrivals(const QString &method, const QString &path)
{
    QList<QJsonObject> found;
    const QJsonArray all = control(QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    for (const auto &one : all) {
        const QJsonObject request = one.toObject();
        if (request.value(QLatin1String("method")).toString() == method &&
            request.value(QLatin1String("path")).toString() == path)
            found.append(request);
    }
    return found;
}

qsizetype TestCompanyNetwork::callsWith(const QString &notes)
{
    const QJsonArray all = control(QStringLiteral("records/Calls?created=1")).value(QLatin1String("data")).toArray();
    return std::count_if(all.begin(), all.end(), [&notes](const QJsonValue &call) {
        return call.toObject().value(QLatin1String("Description")).toString().contains(notes);
    });
}

void TestCompanyNetwork::tunnelsAreRight() const
{
    QCOMPARE(m_proxy->tunnels.count("crm.example.test:443"), m_proxy->tunnels.size());
    QCOMPARE(m_proxy->challenges, m_proxy->tunnels.size());
    QCOMPARE(m_proxy->wrongSignIns, 0);
    QCOMPARE(m_proxy->plainRequests, 0);
}

void TestCompanyNetwork::signInRefreshReadAndCallGoThroughTheProxy()
{
    const QString tokenPath = QStringLiteral("/oauth/v2/token");
    signIn();
    QVERIFY(!m_proxy->tunnels.isEmpty());
    QCOMPARE(arrivals(QStringLiteral("POST"), tokenPath).size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(m_browser->done, patience); // The redirect came to this computer without the proxy.
    QCOMPARE(m_desk->signIn.webOrigin(), QUrl(crmUrl()));

    // Each of these over a connection of its own, so that the proxy sees it.
    qsizetype before = m_proxy->tunnels.size();
    m_desk->http.forgetConnections();
    const Secret first = await(m_desk->tokens.accessToken()).value();
    m_desk->tokens.tokenRefused(first);
    const auto renewed = await(m_desk->tokens.accessToken());
    QVERIFY2(renewed.ok(), renewed.ok() ? "" : qPrintable(renewed.error().message));
    QVERIFY(!(renewed.value() == first));
    QVERIFY(m_proxy->tunnels.size() > before);
    QCOMPARE(arrivals(QStringLiteral("POST"), tokenPath).size(), 2);

    before = m_proxy->tunnels.size();
    m_desk->http.forgetConnections();
    const auto user = await(m_desk->crm.identity());
    QVERIFY2(user.ok(), user.ok() ? "" : qPrintable(user.error().message));
    QVERIFY(m_proxy->tunnels.size() > before);

    const QString notes = QStringLiteral("Through the tunnel.");
    const QString key = endedCall(QStringLiteral("tunnel"), notes);
    QVERIFY(!m_desk->session.call(key)->person.isNull());
    before = m_proxy->tunnels.size();
    m_desk->http.forgetConnections();
    m_desk->session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(m_proxy->tunnels.size() > before);
    QCOMPARE(arrivals(QStringLiteral("POST"), QStringLiteral("/crm/v8/Calls")).size(), 1);
    QCOMPARE(callsWith(notes), 1);
    tunnelsAreRight();

    // What is on this computer is not asked for at the proxy.
    before = m_proxy->heads;
    HttpRequest here;
    here.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/oauth/serverinfo"));
    here.authorized = false;
    const auto direct = await(m_desk->http.send(here));
    QVERIFY2(direct.ok(), direct.ok() ? "" : qPrintable(direct.error().message));
    QCOMPARE(m_proxy->heads, before);
}

void TestCompanyNetwork::anotherRootIsNamedAndTheCallWaits()
{
    signIn();
    const QString notes = QStringLiteral("Kept while somebody listens.");
    const QString key = endedCall(QStringLiteral("intercepted"), notes);
    const auto asked = [this] {
        return control(QStringLiteral("requests")).value(QLatin1String("requests")).toArray().size();
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_browser->done, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->http.findChildren<HttpExchange *>().isEmpty(),
                             patience); // Those end as they began.
    trust(m_stranger);                  // So that the CRM's own certificate is a stranger's.
    const qsizetype before = asked();
    m_desk->session.log(key);
    OutboxDispatcher &dispatcher = m_desk->session.dispatcher();
    QTRY_VERIFY_WITH_TIMEOUT(!dispatcher.lastProblem().isEmpty(), patience);
    QVERIFY2(dispatcher.lastProblem().contains(QLatin1String("Bentley Root")), qPrintable(dispatcher.lastProblem()));
    QVERIFY(dispatcher.lastProblem().contains(QLatin1String("Nothing was sent")));
    const auto refused = await(m_desk->crm.identity());
    QCOMPARE(refused.ok() ? QString() : refused.error().code, QStringLiteral("tls-intercepted"));
    QCOMPARE(asked(), before);
    QCOMPARE(logState(key), LogState::Queued);
    const auto waiting = await(m_desk->outbox.open());
    QVERIFY(waiting.ok());
    QCOMPARE(waiting.value().size(), 1);
    QCOMPARE(waiting.value().constFirst().state, OutboxState::Pending);
    QVERIFY(waiting.value().constFirst().payload.contains(notes.toUtf8()));

    trust(m_company);
    dispatcher.kick();
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(arrivals(QStringLiteral("POST"), QStringLiteral("/crm/v8/Calls")).size(), 1);
    QCOMPARE(callsWith(notes), 1);
    QCOMPARE(m_proxy->tunnels.count("crm.example.test:443"), m_proxy->tunnels.size());
}

QTEST_GUILESS_MAIN(TestCompanyNetwork)
#include "tst_company_network.moc"
