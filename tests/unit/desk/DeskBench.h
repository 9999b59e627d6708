// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokens.h"
#include "Await.h"
#include "CrmClient.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "OrgMetadata.h"
#include "RawServer.h"
#include "RequestScheduler.h"
#include "RetryPolicy.h"
#include "Settings.h"
#include "Store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace ringside::test {

class GivenToken final : public AccessTokens
{
public:
    QFuture<Result<Secret>> accessToken() override { return readyFuture<Secret>(Secret(QByteArrayLiteral("token"))); }
    void tokenRefused(const Secret &) override {}
};

/// What the desk stands on: a real store in a temporary place, the real CRM client, and a server that answers as the test says.
struct DeskBench
{
    explicit DeskBench(RawServer::Script script)
        : server(std::move(script)), scheduler(http, tokens, clock), crm(scheduler),
          settings(folder.filePath(QStringLiteral("settings.ini"))), metadata(crm, store, clock)
    {
        RetryPolicy::Limits once;
        once.attempts = 1;
        scheduler.setRetryPolicy(RetryPolicy(once));
        crm.setApiOrigin(server.url(QString()));
    }

    bool open() { return await(store.openForThisRun()).ok(); }

    int count(const QByteArray &method, const QByteArray &pathPart) const
    {
        int number = 0;
        for (const RawServer::Arrival &arrival : server.arrivals()) {
            if (arrival.method == method && arrival.target.contains(pathPart))
                ++number;
        }
        return number;
    }

    QTemporaryDir folder;
    RawServer server;
    FakeClock clock;
    HttpClient http;
    GivenToken tokens;
    RequestScheduler scheduler;
    CrmClient crm;
    Settings settings;
    Store store;
    OrgMetadata metadata;
};

inline RawServer::Answer jsonAnswer(int status, const QJsonObject &body, const QByteArray &headers = {})
{
    const QByteArray text = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return {.bytes = RawServer::response(status, text, QByteArrayLiteral("Content-Type: application/json\r\n") + headers),
            .then = RawServer::Then::KeepOpen};
}

inline RawServer::Answer noRecords()
{
    return {.bytes = RawServer::response(204), .then = RawServer::Then::KeepOpen};
}

inline RawServer::Answer records(const QJsonArray &data)
{
    if (data.isEmpty())
        return noRecords();
    return jsonAnswer(200, {{QStringLiteral("data"), data},
                            {QStringLiteral("info"), QJsonObject{{QStringLiteral("count"), data.size()},
                                                                 {QStringLiteral("more_records"), false}}}});
}

inline RawServer::Answer hangUp()
{
    return {.bytes = {}, .then = RawServer::Then::Fin};
}

inline RawServer::Answer created(const QString &id)
{
    const QJsonObject one{{QStringLiteral("code"), QStringLiteral("SUCCESS")},
                          {QStringLiteral("details"), QJsonObject{{QStringLiteral("id"), id}}},
                          {QStringLiteral("message"), QStringLiteral("record added")},
                          {QStringLiteral("status"), QStringLiteral("success")}};
    return jsonAnswer(201, {{QStringLiteral("data"), QJsonArray{one}}});
}

inline RawServer::Answer refused(int status, const QString &code, const QJsonObject &details = {},
                                 const QByteArray &headers = {})
{
    return jsonAnswer(status,
                      {{QStringLiteral("code"), code},
                       {QStringLiteral("details"), details},
                       {QStringLiteral("message"), QStringLiteral("no")},
                       {QStringLiteral("status"), QStringLiteral("error")}},
                      headers);
}

} // namespace ringside::test
