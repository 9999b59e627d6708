// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "PageTokens.h"
#include "RecordStore.h"

#include <QJsonArray>
#include <optional>

namespace ringside::sandbox {

struct Paging
{
    qsizetype page = 1;
    qsizetype perPage = 200;
    qsizetype offset = 0;
    QString sortBy = QStringLiteral("id");
    bool descending = true;
    QString binding; ///< what a page token is bound to
};

/// Cuts long answers into pages: `page` up to 2,000 rows, `page_token` up to 100,000
/// unless set otherwise. Not thread-safe: the owner locks.
class CrmPager
{
public:
    using Records = QList<const StoredRecord *>;

    /// The refusal when the parameters cannot be followed. Searches say for themselves that 2,000 rows are the end.
    std::optional<HttpReply> read(const CrmCall &call, Paging *paging, bool searching = false) const;
    /// A page of records, newest first unless asked otherwise; 304 when nothing changed since If-Modified-Since, 204
    /// when it is empty.
    HttpReply page(const CrmCall &call, const ModuleSpec &module, Records records, const Paging &paging);
    /// A page of ready-made rows, in the order given, under that key.
    HttpReply rows(const CrmCall &call, const QString &key, const QJsonArray &all, const Paging &paging);
    /// All page tokens given out so far are too old from now on.
    void expireTokens() { m_pageTokens.expireAll(); }
    /// How far page tokens reach.
    void setMostRowsByToken(qsizetype rows) { m_mostRowsByToken = rows; }

    static QJsonObject project(const ModuleSpec &module, const StoredRecord &record, const QStringList &fields);

private:
    QJsonObject info(const CrmCall &call, const Paging &paging, qsizetype count, bool more);
    std::optional<HttpReply> readToken(const CrmCall &call, const QString &token, Paging *paging) const;

    PageTokens m_pageTokens;
    qsizetype m_mostRowsByToken = 100'000;
};

} // namespace ringside::sandbox
