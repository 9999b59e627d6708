// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "CallSource.h"
#include "ScreenPop.h"
#include "WebSocketCallSource.h"
#include "WrapUp.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

namespace ringside::test {

const QString FlowBench::notesText = QStringLiteral("Driver arrives Thursday 09:00.\nيفضل العربية");

namespace {

Secret storeKey()
{
    return Secret(QByteArray(32, 'k'));
}

} // namespace

QJsonObject FlowBench::control(HttpMethod method, const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.authorized = false;
    if (method == HttpMethod::Post) {
        request.contentType = "application/json";
        request.body = QJsonDocument(body).toJson();
    }
    const Result<HttpReply> reply = await(m_http.send(request));
    if (!reply.ok() || reply.value().status != 200) {
        qWarning("The sandbox did not take %s.", qPrintable(what));
        return {};
    }
    return QJsonDocument::fromJson(reply.value().body).object();
}

void FlowBench::startSandbox()
{
    sandbox::SandboxOptions options;
    options.records = 300;
    m_sandbox = std::make_unique<sandbox::SandboxServer>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
    m_sample = control(HttpMethod::Get, QStringLiteral("sample"));
    QVERIFY(!m_sample.isEmpty());
}

void FlowBench::makeProfile()
{
    control(HttpMethod::Delete, QStringLiteral("fault"));
    control(HttpMethod::Delete, QStringLiteral("requests"));
    m_folder = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<SessionSecretStore>();

    Settings settings(m_folder->filePath(QStringLiteral("settings.ini")));
    const QString base = m_sandbox->baseUrl();
    for (const auto &[key, value] :
         {std::pair(SettingKey::DataCentre, QStringLiteral("custom")), std::pair(SettingKey::CustomAccountsUrl, base),
          std::pair(SettingKey::CustomApiUrl, base), std::pair(SettingKey::CustomWebUrl, base),
          std::pair(SettingKey::ClientId, sandbox::SandboxServer::demoClientId())}) {
        const Result<void> set = settings.set(key, value);
        QVERIFY2(set.ok(), qPrintable(value));
    }
    TokenStore store(*m_secrets);
    QVERIFY(await(store.save(grantedTokens())).ok());
    const Secret secret(sandbox::SandboxServer::demoClientSecret().toUtf8());
    QVERIFY(await(m_secrets->write(QLatin1String(secretKey::clientSecret), secret)).ok());
    begin();
}

/// A sign-in that the sandbox has just granted; its access token has run out already.
TokenSet FlowBench::grantedTokens()
{
    const QString base = m_sandbox->baseUrl();
    const QString scope = QStringLiteral("ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,"
                                         "ZohoCRM.coql.READ,ZohoSearch.securesearch.READ,"
                                         "ZohoCRM.composite_requests.CUSTOM");
    const QJsonObject granted = control(
        HttpMethod::Post, QStringLiteral("grant"),
        {{QStringLiteral("client_id"), sandbox::SandboxServer::demoClientId()}, {QStringLiteral("scope"), scope}});
    TokenSet tokens;
    tokens.refreshToken = Secret(granted.value(QLatin1String("refresh_token")).toString().toUtf8());
    tokens.expiresAt = m_clock.now().addSecs(-60);
    tokens.accountsServer = QUrl(base);
    tokens.apiDomain = QUrl(base);
    tokens.location = QStringLiteral("custom");
    tokens.scope = scope;
    return tokens;
}

void FlowBench::begin()
{
    m_desk.reset(); // an earlier run ends before the next one begins
    m_desk = std::make_unique<DeskParts>(m_folder->path(), *m_secrets, m_clock);
    const Result<void> opened = await(m_desk->store.open(m_folder->filePath(QStringLiteral("store.db")), storeKey()));
    QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(opened.error().message));
    QSignalSpy reset(&m_desk->session, &AgentSession::reset);
    m_desk->session.start();
    QTRY_COMPARE_WITH_TIMEOUT(reset.count(), 1, patience);
    m_desk->signIn.restore();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->signIn.identity().has_value(), patience);
    QCOMPARE(m_desk->signIn.state(), SignIn::State::SignedIn);
    m_desk->session.setCallSource(std::make_unique<WebSocketCallSource>(QUrl(m_sandbox->eventsUrl()), m_clock));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->session.callSource()->state(), CallSource::State::Connected, patience);
}

void FlowBench::ring(const QString &id, const QString &state, const QString &number, const QString &reason)
{
    QJsonObject event{{QStringLiteral("id"), id},
                      {QStringLiteral("state"), state},
                      {QStringLiteral("direction"), QStringLiteral("in")},
                      {QStringLiteral("from"), number},
                      {QStringLiteral("to"), QStringLiteral("+97144000000")}};
    if (!reason.isEmpty())
        event.insert(QStringLiteral("reason"), reason);
    QVERIFY(!control(HttpMethod::Post, QStringLiteral("ring"), event).isEmpty());
}

QString FlowBench::finishedCall(const QString &id, const QString &number)
{
    AgentSession &session = m_desk->session;
    QSignalSpy added(&session, &AgentSession::callAdded);
    ring(id, QStringLiteral("ringing"), number);
    if (!QTest::qWaitFor([&] { return added.count() == 1; }, patience))
        return {};
    const QString key = added.first().first().toString();
    ring(id, QStringLiteral("connected"), number);
    session.wrapUp(key).setNotes(notesText + id, 3);
    ring(id, QStringLiteral("ended"), number, QStringLiteral("completed"));
    const bool over = QTest::qWaitFor(
        [&] { return !entry(key).live() && session.screenPop().result(key).status != PopResult::Status::Searching; },
        patience);
    return over ? key : QString();
}

QJsonArray FlowBench::callsWith(const QString &text)
{
    QJsonArray found;
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("records/Calls?created=1")).value(QLatin1String("data")).toArray();
    for (const auto &one : all) {
        if (one.toObject().value(QLatin1String("Description")).toString().contains(text))
            found.append(one);
    }
    return found;
}

int FlowBench::posts()
{
    int count = 0;
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    for (const auto &one : all) {
        const QJsonObject request = one.toObject();
        if (request.value(QLatin1String("method")).toString() == QLatin1String("POST") &&
            request.value(QLatin1String("path")).toString() == QLatin1String("/crm/v8/Calls"))
            ++count;
    }
    return count;
}

void FlowBench::fault(QJsonObject what)
{
    what.insert(QStringLiteral("path"), what.value(QLatin1String("path")).toString(QStringLiteral("/crm/v8/Calls")));
    QVERIFY(!control(HttpMethod::Post, QStringLiteral("fault"), what).isEmpty());
}

} // namespace ringside::test
