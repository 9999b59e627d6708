// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmEndpoint.h"
#include "CrmErrors.h"
#include "HttpMessage.h"
#include "Record.h"
#include "RecordQuery.h"

namespace ringside {

/// A request, and what is needed to read its answer. No URL: the request cannot be made from what was given (an API
/// name or id with other than letters, digits and underscores), so the thing is not there.
struct CrmRequest
{
    HttpRequest http;
    CrmOperation operation;
};

/// Which URL, query and scope each question has; CrmWriteRequests.h has those of the writes. Pure. Values are
/// percent-encoded whole: '+' as "%2B", since a bare one is read as a space. Source: Zoho reference, sections 3.1 to
/// 3.15 and 6.
namespace crmrequests {

constexpr int mostFields = 50;
constexpr int mostRows = 200;
constexpr int mostIds = 100;

CrmRequest currentUser(const CrmEndpoint &endpoint);
CrmRequest org(const CrmEndpoint &endpoint);
CrmRequest users(const CrmEndpoint &endpoint, const QString &type, int page);
CrmRequest modules(const CrmEndpoint &endpoint);
CrmRequest fields(const CrmEndpoint &endpoint, const QString &module);
CrmRequest layouts(const CrmEndpoint &endpoint, const QString &module);
CrmRequest relatedLists(const CrmEndpoint &endpoint, const QString &module);

/// `key` is "phone", "email", "word" or "criteria". Leads that were converted are left out unless `converted`.
CrmRequest search(const CrmEndpoint &endpoint, const QString &module, const QString &key, const QString &value,
                  const QStringList &fields, int perPage, bool converted = false);
CrmRequest records(const CrmEndpoint &endpoint, const QString &module, const RecordQuery &query);
CrmRequest record(const CrmEndpoint &endpoint, const RecordRef &ref, const QStringList &fields);
CrmRequest related(const CrmEndpoint &endpoint, const RecordRef &ref, const QString &list, const QString &listModule,
                   const QStringList &fields, int perPage);
CrmRequest query(const CrmEndpoint &endpoint, const QString &module, const QByteArray &body);
/// `type` is "all", "recycle" or "permanent".
CrmRequest deleted(const CrmEndpoint &endpoint, const QString &module, const QString &type, int page,
                   const QDateTime &since);
CrmRequest photo(const CrmEndpoint &endpoint, const RecordRef &ref);
CrmRequest bulkState(const CrmEndpoint &endpoint, const QString &jobId);
CrmRequest bulkResult(const CrmEndpoint &endpoint, const QString &jobId);

/// Several questions in one request, for one credit; at most five. The answers come in the order of `parts`.
CrmRequest together(const CrmEndpoint &endpoint, const QList<CrmRequest> &parts);

/// The digits of a number as typed, those of other scripts as 0 to 9.
QString digitsOf(const QString &number);

} // namespace crmrequests

} // namespace ringside
