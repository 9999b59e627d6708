// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "RecordStore.h"

#include <QMap>
#include <functional>
#include <optional>

namespace ringside::sandbox {

/// POST /__composite_requests: up to five requests in one, one after the other here. A later one may take values out of
/// the answers of earlier ones (`@{id:$.data[0].id}`) unless they were asked to run in parallel; with rollback_on_fail
/// a failure undoes all writes.
class CompositeRunner
{
public:
    using Run = std::function<HttpReply(const HttpRequest &)>;

    CompositeRunner(RecordStore &store, Run run) : m_store(store), m_run(std::move(run)) {}

    /// `rollbackSucceeded` is set when a run with rollback_on_fail succeeded, which costs one credit more.
    HttpReply handle(const CrmCall &call, bool *rollbackSucceeded);

    static constexpr qsizetype mostRequests = 5;
    static constexpr qsizetype mostRows = 25;

private:
    std::optional<HttpReply> check(const QJsonObject &body) const;
    std::optional<QJsonObject> checkOne(const QJsonObject &part, qsizetype position, const CrmCall &call) const;
    /// The value with its references filled in; none when one of them leads nowhere.
    std::optional<QJsonValue> resolve(const QJsonValue &value) const;
    std::optional<QString> resolveText(const QString &text) const;
    HttpReply runOne(const QJsonObject &part, const HttpRequest &outer, QJsonObject *problem, qsizetype position) const;

    RecordStore &m_store;
    Run m_run;
    QMap<QString, QJsonValue> m_answers; ///< by sub_request_id
};

} // namespace ringside::sandbox
