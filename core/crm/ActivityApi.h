// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallActivity.h"
#include "HttpMessage.h"
#include "NoteText.h"
#include "Record.h"
#include "RecordWrite.h"
#include "Result.h"
#include "TaskActivity.h"

#include <QFuture>

namespace ringside {

/// The part of the CRM through which a call's log is written, found again and changed. CrmClient is it, and says what
/// each of these does; whoever tries every order of answers and losses puts another in its place.
class ActivityApi
{
public:
    virtual ~ActivityApi() = default;

    virtual QFuture<Result<QString>> createCall(const CallActivity &call) = 0;
    virtual QVariantMap callValues(const CallActivity &call) const = 0;
    virtual QVariant callShown(const QString &field, const QVariant &stored) const = 0;
    virtual QFuture<Result<Record>> record(const RecordRef &ref, const QStringList &fields,
                                           RequestPriority priority) = 0;
    virtual QFuture<Result<RecordPage>> query(const QString &module, const QString &selectQuery,
                                              RequestPriority priority) = 0;
    virtual QFuture<Result<WrittenRecord>> updateRecord(const RecordRef &ref, const QVariantMap &changes,
                                                        const WriteOptions &options) = 0;
};

} // namespace ringside
