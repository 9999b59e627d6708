// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "BulkRead.h"
#include "CrmErrors.h"
#include "CrmUser.h"
#include "DeletedRecord.h"
#include "HttpMessage.h"
#include "LeadConversion.h"
#include "RecordWrite.h"
#include "Result.h"

namespace ringside {

/// Reads what the CRM answers to writes, and to the questions that are about more than records; CrmJson.h reads those.
/// Pure, and as tolerant. Sources: Zoho reference, sections 3.3, 3.4, 3.7, 3.12, 3.13, 3.15 and 3.16.
namespace crmanswers {

/// Of create and upsert. Statuses 200, 201, 202, 207 and 400 all carry data[].
Result<WrittenRecord> written(const HttpReply &reply, const CrmOperation &operation);
/// Of what is done to one record, `id`: update, delete, tags. A record that is not there is NotFound.
Result<WrittenRecord> changed(const HttpReply &reply, const CrmOperation &operation, const QString &id);
Result<ConvertedLead> converted(const HttpReply &reply, const CrmOperation &operation);
Result<DeletedPage> deleted(const HttpReply &reply, const CrmOperation &operation, const QString &module);
Result<UserPage> users(const HttpReply &reply, const CrmOperation &operation);
/// The picture's bytes; empty when there is none.
Result<QByteArray> photo(const HttpReply &reply, const CrmOperation &operation);
/// The replies within the reply to a composite request, as if each had come by itself; always `parts` of them.
Result<QList<HttpReply>> together(const HttpReply &reply, const CrmOperation &operation, qsizetype parts);
Result<BulkReadJob> bulkJob(const HttpReply &reply, const CrmOperation &operation);
/// The rows of the one CSV in the ZIP that a completed job gives.
Result<BulkRows> bulkRows(const HttpReply &reply, const CrmOperation &operation);

} // namespace crmanswers

} // namespace ringside
