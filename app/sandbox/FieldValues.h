// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordFilter.h"
#include "RecordStore.h"

namespace ringside::sandbox {

/// Fields by the names that queries use: `Phone`, `id`, and through lookups `Account_Name.Phone`.
class FieldValues
{
public:
    explicit FieldValues(const RecordStore &store) : m_store(store) {}

    TypedValue of(const ModuleSpec &module, const StoredRecord &record, const QString &field) const;
    bool knows(const ModuleSpec &module, const QString &field) const;
    /// The data_type of that column; empty when it is not known.
    QString type(const ModuleSpec &module, const QString &field) const;

private:
    const RecordStore &m_store;
};

} // namespace ringside::sandbox
