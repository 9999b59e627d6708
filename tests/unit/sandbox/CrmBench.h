// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CompanyGenerator.h"
#include "CrmServer.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace ringside::sandbox {

/// A CRM with the company of seed 1 and 60 contacts, a token with all scopes, a clock that stands still until it is
/// moved, and short ways to ask.
class CrmBench
{
public:
    CrmBench()
        : store(catalog), sample(CompanyGenerator(store, 1, 60, QDate::currentDate()).fill()),
          ledger([this] { return now; }), server(store, ledger)
    {
        signIn(QStringLiteral(
            "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.ALL,ZohoCRM.coql.READ,"
            "ZohoCRM.composite_requests.CUSTOM,ZohoCRM.bulk.ALL"));
    }

    void signIn(const QString &scopes)
    {
        token = ledger.issueAccess(QStringLiteral("client"), {}, OAuthScopes(scopes)).token;
    }

    HttpRequest made(const QString &method, const QString &target) const
    {
        HttpRequest request;
        request.method = method;
        request.path = target.section(QLatin1Char('?'), 0, 0);
        request.query = parseParameters(target.section(QLatin1Char('?'), 1).toUtf8());
        request.headers.insert("authorization", "Zoho-oauthtoken " + token.toLatin1());
        return request;
    }
    HttpReply ask(const QString &method, const QString &target) { return server.handle(made(method, target)); }
    HttpReply get(const QString &target) { return ask(QStringLiteral("GET"), target); }
    HttpReply send(const QString &method, const QString &target, const QJsonObject &body)
    {
        HttpRequest request = made(method, target);
        request.body = QJsonDocument(body).toJson();
        return server.handle(request);
    }
    HttpReply post(const QString &target, const QJsonObject &body)
    {
        return send(QStringLiteral("POST"), target, body);
    }
    HttpReply insert(const QString &module, const QJsonObject &record)
    {
        return post(QStringLiteral("/crm/v8/") + module, {{QStringLiteral("data"), QJsonArray{record}}});
    }
    /// The id of the new record; the test fails where it is used when there is none.
    QString add(const QString &module, const QJsonObject &record)
    {
        return details(insert(module, record)).value(QLatin1String("id")).toString();
    }

    static QJsonObject json(const HttpReply &reply) { return QJsonDocument::fromJson(reply.body).object(); }
    static QJsonArray data(const HttpReply &reply) { return json(reply).value(QLatin1String("data")).toArray(); }
    static QJsonObject first(const HttpReply &reply) { return data(reply).at(0).toObject(); }
    static QJsonObject details(const HttpReply &reply)
    {
        return first(reply).value(QLatin1String("details")).toObject();
    }
    /// Of the request, or of the first record when the request as such was good.
    static QString code(const HttpReply &reply)
    {
        const QJsonObject object = json(reply);
        return (object.contains(QLatin1String("code")) ? object : first(reply)).value(QLatin1String("code")).toString();
    }
    static QByteArray header(const HttpReply &reply, const QByteArray &wanted)
    {
        for (const auto &[name, value] : reply.headers) {
            if (name == wanted)
                return value;
        }
        return {};
    }

    qint64 now = 1'000'000;
    ModuleCatalog catalog;
    RecordStore store;
    DemoRecords::Numbers sample;
    OAuthLedger ledger;
    CrmServer server;
    QString token;
};

} // namespace ringside::sandbox
