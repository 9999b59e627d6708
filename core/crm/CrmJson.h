// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "CrmErrors.h"
#include "HttpMessage.h"
#include "Metadata.h"
#include "Record.h"
#include "Result.h"

#include <QSet>

namespace ringside {

/// What the org's own metadata says about writing a call; until it is read, the standard layout is assumed.
struct CallLayout
{
    int subjectLength = 255;
    QSet<QString> closedFields; ///< Read-only or absent: not sent where the call can do without.
};

/// The CRM's JSON, and the only place that knows it. Pure. Whatever a reply holds, the answer is a value or an Error:
/// unknown keys, wrong types, nulls and numbers for ids are tolerated. Sources: Zoho reference, sections 3.0 to 3.14.
namespace crmjson {

Result<RecordPage> page(const HttpReply &reply, const CrmOperation &operation, const QString &module);
Result<Record> oneRecord(const HttpReply &reply, const CrmOperation &operation, const QString &module);
Result<QList<Module>> modules(const HttpReply &reply, const CrmOperation &operation);
Result<QList<Field>> fields(const HttpReply &reply, const CrmOperation &operation);
Result<QList<RelatedList>> relatedLists(const HttpReply &reply, const CrmOperation &operation);
Result<AgentIdentity> user(const HttpReply &reply, const CrmOperation &operation);
Result<AgentIdentity> org(const HttpReply &reply, const CrmOperation &operation);

/// The id of the one record that was written. Statuses 200, 201, 202, 207 and 400 all carry data[].
Result<QString> createdId(const HttpReply &reply, const CrmOperation &operation);

CallLayout callLayout(const QList<Field> &fields);
QByteArray callBody(const CallActivity &call, const CallLayout &layout);
QByteArray recordBody(const QVariantMap &values);
QByteArray queryBody(const QString &selectQuery);

/// ISO 8601 with an offset and without milliseconds, which the CRM refuses.
QString dateTimeText(const QDateTime &time);

/// "mm:ss", minutes running on past the hour: "75:03". Sources differ on what follows 59:59 (section 3.10); a shipping
/// softphone plug-in writes minutes and seconds alone, and a third part would be read as hh:mm by others.
QString durationText(std::chrono::seconds duration);

} // namespace crmjson

} // namespace ringside
