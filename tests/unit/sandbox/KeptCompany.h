// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CompanyFile.h"
#include "CompanyGenerator.h"
#include "CrmServer.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace ringside::sandbox {

/// A CRM whose company is kept in a file: made by seed 1 with 40 contacts where there is no file yet.
class KeptCompany
{
public:
    explicit KeptCompany(const QString &path)
        : store(catalog), ledger([] { return 1'000'000; }), server(store, ledger), file(store, ledger)
    {
        if (!file.open(path))
            return;
        if (file.isNew()) {
            origin = {1, 40, CompanyGenerator(store, 1, 40, QDate(2026, 1, 20)).fill()};
            isGood = file.create(origin);
        } else {
            isGood = file.load(&origin);
        }
    }

    /// The answer to a request whose changes were kept; status 500 when they could not be.
    HttpReply ask(const QString &method, const QString &target, const QJsonObject &body = {},
                  const QByteArray &picture = {})
    {
        HttpRequest request;
        request.method = method;
        request.path = target.section(QLatin1Char('?'), 0, 0);
        request.query = parseParameters(target.section(QLatin1Char('?'), 1).toUtf8());
        request.headers.insert("authorization", "Zoho-oauthtoken " + token.toLatin1());
        request.body = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson();
        if (!picture.isEmpty())
            request.files.insert(QStringLiteral("file"), picture);
        HttpReply reply;
        return file.keep([&] { reply = server.handle(request); }) ? reply : HttpReply::empty(500);
    }

    /// Registers a client and signs it in; false when that could not be kept.
    bool signIn()
    {
        const OAuthScopes scopes(
            QStringLiteral("ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.composite_requests.CUSTOM"));
        return file.keep([&] {
            ledger.addClient({clientId(),
                              QStringLiteral("secret"),
                              QStringLiteral("Desk"),
                              QStringLiteral("server"),
                              {QStringLiteral("http://127.0.0.1:1/a")}});
            refreshToken = ledger.issueRefreshToken(clientId(), scopes);
            OAuthAccess access;
            ledger.refresh(clientId(), refreshToken, &access);
            token = access.token;
        });
    }
    static QString clientId() { return QStringLiteral("1000.KEPT"); }

    /// All that a file should keep, to be compared.
    QJsonObject everything() const
    {
        QJsonObject all{{QStringLiteral("sign_in"), ledger.saved()},
                        {QStringLiteral("settings"), store.settings()},
                        {QStringLiteral("known"), origin.sample.knownId},
                        {QStringLiteral("shared"), QJsonArray::fromStringList(origin.sample.sharedIds)}};
        for (const ModuleSpec &module : catalog.modules()) {
            QJsonArray records;
            for (const StoredRecord &record : store.all(module.apiName)) {
                if (!record.deleted || record.deletedAt != 0) // what was undone leaves an empty place in memory only
                    records.append(toJson(record));
            }
            all.insert(module.apiName, records);
        }
        return all;
    }

    ModuleCatalog catalog;
    RecordStore store;
    OAuthLedger ledger;
    CrmServer server;
    CompanyFile file;
    CompanyFile::Origin origin;
    QString token;
    QString refreshToken;
    bool isGood = false;

private:
    QJsonObject toJson(const StoredRecord &record) const
    {
        return {{QStringLiteral("id"), record.id},
                {QStringLiteral("fields"), record.fields},
                {QStringLiteral("history"), record.history},
                {QStringLiteral("created"), record.createdAt},
                {QStringLiteral("modified"), record.modifiedAt},
                {QStringLiteral("indexed"), record.indexedAfter},
                {QStringLiteral("api"), record.throughApi},
                {QStringLiteral("deleted"), record.deletedAt},
                {QStringLiteral("photo"), QString::fromLatin1(store.photo(record.id).toHex())}};
    }
};

} // namespace ringside::sandbox
