// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CoqlQuery.h"
#include "CrmCall.h"
#include "FieldValues.h"

namespace ringside::sandbox {

/// POST /coql: checks the query against modules, fields and limits, and runs it over all records, written ones at once.
class CoqlEngine
{
public:
    explicit CoqlEngine(const RecordStore &store) : m_store(store), m_values(store) {}

    HttpReply run(const CrmCall &call) const;

private:
    using Records = QList<const StoredRecord *>;

    HttpReply runQuery(const CoqlQuery &query, const ModuleSpec &module) const;

    const RecordStore &m_store;
    FieldValues m_values;
};

} // namespace ringside::sandbox
