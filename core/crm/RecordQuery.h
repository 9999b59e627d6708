// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace ringside {

/// Which records of a module to list, and how. Source: Zoho reference, section 3.1.
struct RecordQuery
{
    enum class SortBy { Unsorted, Id, CreatedTime, ModifiedTime };
    enum class Converted { No, Yes, Both }; ///< Of Leads; the CRM hides converted ones unless asked.

    QStringList fields; ///< At most 50 API names; empty = the ids alone, since the request must name some.
    SortBy sortBy = SortBy::Unsorted; ///< The CRM's own order: by id, newest first.
    Qt::SortOrder order = Qt::DescendingOrder;
    int perPage = 200;  ///< 1 to 200.
    int page = 1;       ///< 1 to 10; what lies beyond 2,000 rows is reached by `pageToken` alone.
    QString pageToken;  ///< RecordPage::nextPageToken of the page before, asked with the same query; instead of `page`.
    QStringList ids;    ///< At most 100; only these.
    QString customView; ///< Id of a custom view, the org's own filter; costs 3 credits.
    Converted converted = Converted::No;
    QDateTime modifiedSince; ///< Only what was changed since; nothing changed is an empty page.
};

} // namespace ringside
