// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CoqlQuery.h"
#include "CrmMetadata.h"
#include "CrmWriter.h"
#include "OAuthLedger.h"
#include "PageTokens.h"
#include "RecordStore.h"

namespace ringside::sandbox {

/// /crm/v8/…: checks the token and its scopes, then routes and reads. Not thread-safe: the owner locks.
class CrmServer
{
public:
    CrmServer(RecordStore &store, const OAuthLedger &ledger);

    void setIndexLag(int milliseconds) { m_writer.setIndexLag(milliseconds); }

    HttpReply handle(const HttpRequest &request);

    /// The records with a phone field that contains these digits in a row.
    QList<const StoredRecord *> recordsWithPhone(const QString &module, const QString &digits) const;

private:
    using Records = QList<const StoredRecord *>;
    struct Paging
    {
        qsizetype page = 1;
        qsizetype perPage = 200;
        qsizetype offset = 0;
        QString sortBy = QStringLiteral("id");
        bool descending = true;
        QString binding; ///< what a page token is bound to
    };

    HttpReply route(const HttpRequest &request, const QStringList &path, const OAuthScopes &scopes);
    HttpReply routeModule(const HttpRequest &request, const QStringList &path, const OAuthScopes &scopes);
    HttpReply routeRecord(const HttpRequest &request, const ModuleSpec &module, const QStringList &path,
                          const OAuthScopes &scopes);
    HttpReply list(const HttpRequest &request, const ModuleSpec &module);
    HttpReply one(const HttpRequest &request, const ModuleSpec &module, const QString &id) const;
    HttpReply related(const HttpRequest &request, const ModuleSpec &module, const QStringList &path,
                      const OAuthScopes &scopes);
    HttpReply photo(const ModuleSpec &module, const QString &id) const;
    HttpReply search(const HttpRequest &request, const ModuleSpec &module);
    HttpReply coql(const HttpRequest &request, const OAuthScopes &scopes) const;
    HttpReply runQuery(const CoqlQuery &query, const ModuleSpec &module) const;

    std::optional<HttpReply> readPaging(const HttpRequest &request, const ModuleSpec &module, Paging *paging) const;
    HttpReply page(const HttpRequest &request, const ModuleSpec &module, Records records, const Paging &paging);
    QJsonObject info(const Paging &paging, qsizetype count, bool more);
    QJsonObject project(const ModuleSpec &module, const StoredRecord &record, const QStringList &fields) const;
    Records visible(const HttpRequest &request, const ModuleSpec &module, bool throughIndex) const;
    bool matchesWords(const ModuleSpec &module, const StoredRecord &record, const QStringList &words) const;
    TypedValue valueOf(const ModuleSpec &module, const StoredRecord &record, const QString &field) const;
    bool knowsColumn(const ModuleSpec &module, const QString &field) const;

    RecordStore &m_store;
    const OAuthLedger &m_ledger;
    CrmMetadata m_metadata;
    CrmWriter m_writer;
    PageTokens m_pageTokens;
};

} // namespace ringside::sandbox
