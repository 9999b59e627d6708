// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmEndpoint.h"
#include "CrmRequests.h"

#include <QList>
#include <QPair>
#include <QString>

namespace ringside {

/// How the requests of the API are put together. Pure. Source: Zoho reference, sections 3 and 6.
namespace crmurl {

using Query = QList<QPair<QString, QString>>;

/// A GET. Without a URL when a part of the path is no plain name. Values are percent-encoded whole.
CrmRequest make(const CrmEndpoint &endpoint, const QStringList &path, const Query &query,
                const CrmOperation &operation);
/// The same below /crm/bulk/.
CrmRequest makeBulk(const CrmEndpoint &endpoint, const QStringList &path, const CrmOperation &operation);
/// `request` as one that sends `body` as JSON.
CrmRequest sending(CrmRequest request, HttpMethod method, const QByteArray &body);

/// At most 50 names, joined.
QString fieldList(const QStringList &fields);
QString rows(int perPage);
/// ISO 8601 as the CRM's conditional headers have it; no HTTP date.
QByteArray headerTime(const QDateTime &time);

} // namespace crmurl

} // namespace ringside
