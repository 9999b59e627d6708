// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CoqlQuery.h"
#include "CrmCall.h"
#include "FieldValues.h"

#include <optional>

namespace ringside::sandbox {

/// POST /coql: checks the query against modules, fields, types and limits, and runs it over all records, written ones
/// at once.
class CoqlEngine
{
public:
    explicit CoqlEngine(const RecordStore &store) : m_store(store), m_values(store) {}

    /// Whether phone fields take `like`: sources differ. True at first.
    void setPhoneLike(bool allowed) { m_phoneLike = allowed; }

    /// The module that a query asks for, for the check of permissions; empty when it cannot be read.
    static QString moduleOf(const CrmCall &call);
    HttpReply run(const CrmCall &call) const;

private:
    using Records = QList<const StoredRecord *>;
    using Refusal = std::optional<HttpReply>;

    Refusal check(const CrmCall &call, const CoqlQuery &query, const ModuleSpec &module) const;
    Refusal checkLimits(const CrmCall &call, const CoqlQuery &query) const;
    Refusal checkColumns(const CoqlQuery &query, const ModuleSpec &module) const;
    Refusal checkConditions(const CoqlQuery &query, const ModuleSpec &module) const;
    QJsonArray plainRows(const CoqlQuery &query, const ModuleSpec &module, Records found) const;
    QJsonArray groupedRows(const CoqlQuery &query, const ModuleSpec &module, const Records &found) const;
    QJsonValue aggregate(const CoqlColumn &column, const ModuleSpec &module, const Records &group) const;
    QJsonValue shown(const ModuleSpec &module, const StoredRecord &record, const QString &field) const;

    const RecordStore &m_store;
    FieldValues m_values;
    bool m_phoneLike = true;
};

} // namespace ringside::sandbox
