// SPDX-License-Identifier: Apache-2.0
#include "RandomBench.h"

#include "RetryPolicy.h"

#include <QJsonDocument>

namespace ringside::test {

namespace {

using namespace std::chrono_literals;

constexpr int faultPerMille = 80;

} // namespace

bool RandomBench::start(quint32 seed)
{
    random.seed(seed);
    sandbox::SandboxOptions options;
    options.records = 200;
    server = std::make_unique<sandbox::SandboxServer>(options);
    if (!server->start()) {
        fail(server->errorString());
        return false;
    }
    http = std::make_unique<HttpClient>();
    steering = std::make_unique<HttpClient>();
    scheduler = std::make_unique<RequestScheduler>(*http, tokens, clock);
    RetryPolicy::Limits quick;
    quick.attempts = triesOfARead;
    quick.first = 1ms;
    quick.longest = 4ms;
    scheduler->setRetryPolicy(RetryPolicy(quick));
    crm = std::make_unique<CrmClient>(*scheduler);
    const QString clientId = sandbox::SandboxServer::demoClientId();
    const QJsonObject granted = control(
        HttpMethod::Post, QStringLiteral("grant"),
        {{QStringLiteral("client_id"), clientId},
         {QStringLiteral("scope"), QStringLiteral("ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL,"
                                                  "ZohoCRM.settings.ALL,ZohoCRM.coql.READ,ZohoSearch.securesearch.READ,"
                                                  "ZohoCRM.composite_requests.CUSTOM")}});
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = QUrl(server->baseUrl() + QStringLiteral("/oauth/v2/token"));
    request.contentType = "application/x-www-form-urlencoded";
    request.body = "grant_type=refresh_token&client_id=" + clientId.toUtf8() +
                   "&client_secret=" + sandbox::SandboxServer::demoClientSecret().toUtf8() +
                   "&refresh_token=" + granted.value(QLatin1String("refresh_token")).toString().toUtf8();
    request.authorized = false;
    const Result<HttpReply> reply = awaited(http->send(request));
    if (!reply.ok()) {
        fail(reply.error().message);
        return false;
    }
    tokens.set(QJsonDocument::fromJson(reply.value().body).object().value(QLatin1String("access_token")).toString());
    crm->setApiOrigin(QUrl(server->baseUrl()));
    return failures.isEmpty();
}

QJsonObject RandomBench::control(HttpMethod method, const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(server->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.authorized = false;
    if (method == HttpMethod::Post) {
        request.contentType = "application/json";
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    const Result<HttpReply> reply = awaited(steering->send(request));
    if (!reply.ok() || reply.value().status != 200)
        fail(QStringLiteral("The sandbox did not take %1: %2")
                 .arg(what, reply.ok() ? QString::number(reply.value().status) : reply.error().message));
    return reply.ok() ? QJsonDocument::fromJson(reply.value().body).object() : QJsonObject();
}

void RandomBench::disturb()
{
    if (random.bounded(1000) >= faultPerMille)
        return;
    ++faults;
    const int times = 1 + random.bounded(3);
    QJsonObject fault{{QStringLiteral("path"), QStringLiteral("/crm/")}, {QStringLiteral("times"), times}};
    m_mostToCome += times;
    switch (random.bounded(6)) {
    case 0:
        fault.insert(QLatin1String("reset"), true);
        break;
    case 1:
        fault.insert(QLatin1String("truncate"), true);
        break;
    case 2:
    case 3:
        fault.insert(QLatin1String("drop_after_commit"), true);
        break;
    case 4:
        fault.insert(QLatin1String("status"), random.bounded(2) ? 500 : 503);
        break;
    default:
        fault.insert(QLatin1String("delay"), 1 + random.bounded(10));
        break;
    }
    control(HttpMethod::Post, QStringLiteral("fault"), fault);
}

int RandomBench::strikesToCome()
{
    if (m_mostToCome == 0)
        return 0;
    const QJsonArray pending =
        control(HttpMethod::Get, QStringLiteral("fault")).value(QLatin1String("faults")).toArray();
    int strikes = 0;
    m_mostToCome = 0;
    for (const auto &item : pending) {
        const QJsonObject fault = item.toObject();
        const int times = fault.value(QLatin1String("times")).toInt();
        m_mostToCome += times;
        strikes += fault.contains(QLatin1String("delay")) ? 0 : times;
    }
    return strikes;
}

Result<QStringList> RandomBench::idsWith(const QString &module, const QString &marker)
{
    const QString query =
        QStringLiteral("select id from %1 where %2 = '%3' limit 0, 10").arg(module, Held::markerField(module), marker);
    for (int i = 0; i < mostTries; ++i) {
        const Result<RecordPage> rows = awaited(crm->query(module, query, RequestPriority::Log));
        if (!rows.ok() && uncertain(rows.error()))
            continue;
        if (!rows.ok())
            return rows.error();
        QStringList ids;
        for (const Record &record : rows.value().records)
            ids.append(record.ref().id);
        return ids;
    }
    return Error{.kind = ErrorKind::Network};
}

Result<Record> RandomBench::there(const RecordRef &ref)
{
    Result<Record> record = Error{.kind = ErrorKind::Network};
    for (int i = 0; i < mostTries && !record.ok() && uncertain(record.error()); ++i)
        record = awaited(crm->record(ref, {}, RequestPriority::Log));
    return record;
}

} // namespace ringside::test
