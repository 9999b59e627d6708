// SPDX-License-Identifier: Apache-2.0
#include "LiveBench.h"

#include <QJsonDocument>
#include <QTest>

namespace ringside::test {

const QString LiveBench::everyScope =
    QStringLiteral("ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.coql.READ,"
                   "ZohoSearch.securesearch.READ,ZohoCRM.composite_requests.CUSTOM,ZohoCRM.bulk.READ");
const QString LiveBench::contacts = QStringLiteral("Contacts");
const QString LiveBench::leads = QStringLiteral("Leads");
const QString LiveBench::calls = QStringLiteral("Calls");

CrmDesk::CrmDesk()
    : endpoint(http, clock), store(secrets), tokens(endpoint, store, clock), scheduler(http, tokens, clock),
      crm(scheduler)
{
    scheduler.setChance([] { return 0.0; });
}

void LiveBench::startSandbox(int people)
{
    sandbox::SandboxOptions options;
    options.records = people;
    m_sandbox = std::make_unique<sandbox::SandboxServer>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
    m_sample = control(HttpMethod::Get, QStringLiteral("sample"));
    QVERIFY(!m_sample.isEmpty());
}

void LiveBench::signIn(const QString &scopes)
{
    const QString id = sandbox::SandboxServer::demoClientId();
    const QJsonObject granted = control(HttpMethod::Post, QStringLiteral("grant"),
                                        {{QStringLiteral("client_id"), id}, {QStringLiteral("scope"), scopes}});
    m_desk = std::make_unique<CrmDesk>();
    m_desk->tokens.setClient({.id = id, .secret = Secret(sandbox::SandboxServer::demoClientSecret().toUtf8())});
    TokenSet set;
    set.refreshToken = Secret(granted.value(QLatin1String("refresh_token")).toString().toUtf8());
    set.expiresAt = m_desk->clock.now().addSecs(-60);
    set.accountsServer = set.apiDomain = QUrl(m_sandbox->baseUrl());
    QVERIFY(await(m_desk->tokens.adopt(set)).ok());
    QVERIFY(await(m_desk->tokens.accessToken()).ok());
    crm().setApiOrigin(QUrl(m_sandbox->baseUrl()));
}

QJsonObject LiveBench::control(HttpMethod method, const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.authorized = false;
    if (method == HttpMethod::Post) {
        request.contentType = "application/json";
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    const Result<HttpReply> reply = await(m_http.send(request));
    if (!reply.ok() || reply.value().status != 200) {
        qWarning("The sandbox did not take %s: %s", qPrintable(what),
                 reply.ok() ? reply.value().body.constData() : "-");
        return {};
    }
    return QJsonDocument::fromJson(reply.value().body).object();
}

QJsonArray LiveBench::requests()
{
    return control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
}

int LiveBench::arrivals(const QString &path, const QString &method)
{
    const QJsonArray all = requests();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const QJsonValue &one) {
        const QJsonObject request = one.toObject();
        return request.value(QLatin1String("path")).toString().startsWith(path) &&
               (method.isEmpty() || request.value(QLatin1String("method")).toString() == method);
    }));
}

QJsonObject LiveBench::stored(const RecordRef &ref)
{
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("records/") + ref.module).value(QLatin1String("data")).toArray();
    const auto found = std::find_if(all.begin(), all.end(), [&ref](const QJsonValue &one) {
        return one.toObject().value(QLatin1String("id")).toString() == ref.id;
    });
    return found == all.end() ? QJsonObject() : found->toObject();
}

} // namespace ringside::test
