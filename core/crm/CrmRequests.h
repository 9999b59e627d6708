// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmErrors.h"
#include "HttpMessage.h"
#include "Record.h"

#include <QUrl>

namespace ringside {

/// A request, and what is needed to read its answer. No URL: the request cannot be made from what was given (an API
/// name or id with other than letters, digits and underscores), so the thing is not there.
struct CrmRequest
{
    HttpRequest http;
    CrmOperation operation;
};

/// Which URL, query and scope each operation has. Pure. Values are percent-encoded whole: '+' as "%2B", since a bare
/// one is read as a space. Source: Zoho reference, sections 3.1 to 3.14 and 6.
namespace crmrequests {

constexpr int mostFields = 50;
constexpr int mostRows = 200;

CrmRequest currentUser(const QUrl &origin);
CrmRequest org(const QUrl &origin);
CrmRequest modules(const QUrl &origin);
CrmRequest fields(const QUrl &origin, const QString &module);
CrmRequest relatedLists(const QUrl &origin, const QString &module);

/// `key` is "phone", "email" or "word".
CrmRequest search(const QUrl &origin, const QString &module, const QString &key, const QString &value,
                  const QStringList &fields, int perPage);
CrmRequest record(const QUrl &origin, const RecordRef &ref, const QStringList &fields);
CrmRequest related(const QUrl &origin, const RecordRef &ref, const QString &list, const QString &listModule,
                   const QStringList &fields, int perPage);
CrmRequest query(const QUrl &origin, const QString &module, const QByteArray &body);
CrmRequest create(const QUrl &origin, const QString &module, const QByteArray &body);

/// The digits of a number as typed, those of other scripts as 0 to 9.
QString digitsOf(const QString &number);

} // namespace crmrequests

} // namespace ringside
