// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmErrors.h"
#include "HttpMessage.h"
#include "Metadata.h"
#include "Record.h"
#include "Result.h"

namespace ringside {

/// Reads the CRM's JSON; CrmBodies.h writes it, and nothing else knows it. Pure. Whatever a reply holds, the answer is
/// a value or an Error: unknown keys, wrong types, nulls and numbers for ids are tolerated. Sources: Zoho reference,
/// sections 3.0 to 3.14.
namespace crmjson {

Result<RecordPage> page(const HttpReply &reply, const CrmOperation &operation, const QString &module);
Result<Record> oneRecord(const HttpReply &reply, const CrmOperation &operation, const QString &module);
Result<QList<Module>> modules(const HttpReply &reply, const CrmOperation &operation);
Result<QList<Field>> fields(const HttpReply &reply, const CrmOperation &operation);
Result<QList<Layout>> layouts(const HttpReply &reply, const CrmOperation &operation);
Result<QList<RelatedList>> relatedLists(const HttpReply &reply, const CrmOperation &operation);
Result<AgentIdentity> user(const HttpReply &reply, const CrmOperation &operation);
Result<AgentIdentity> org(const HttpReply &reply, const CrmOperation &operation);

/// The id of the one record that was written. Statuses 200, 201, 202, 207 and 400 all carry data[].
Result<QString> createdId(const HttpReply &reply, const CrmOperation &operation);

} // namespace crmjson

} // namespace ringside
