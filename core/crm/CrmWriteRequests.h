// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmRequests.h"
#include "RecordWrite.h"

namespace ringside {

/// Which URL, method, headers and scope each write has. Pure; none of them is ever repeated. Source: Zoho reference,
/// sections 3.3, 3.12, 3.16 and 6.
namespace crmrequests {

CrmRequest create(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body);
CrmRequest update(const CrmEndpoint &endpoint, const RecordRef &ref, const QByteArray &body,
                  const QDateTime &unchangedSince);
CrmRequest upsert(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body);
CrmRequest remove(const CrmEndpoint &endpoint, const RecordRef &ref, bool runWorkflows);
enum class TagChange { Add, Remove };
CrmRequest tags(const CrmEndpoint &endpoint, const RecordRef &ref, TagChange change, const QStringList &names);
CrmRequest convert(const CrmEndpoint &endpoint, const QString &leadId, const QByteArray &body);
CrmRequest bulkRead(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body);

} // namespace crmrequests

} // namespace ringside
