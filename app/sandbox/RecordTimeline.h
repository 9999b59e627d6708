// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordStore.h"

namespace ringside::sandbox {

/// What happened to a record and around it, newest first: its creation, each edit with old and new values, and the
/// notes, calls, tasks and other records that were added to it.
class RecordTimeline
{
public:
    explicit RecordTimeline(const RecordStore &store) : m_store(store) {}

    QJsonArray entries(const ModuleSpec &module, const StoredRecord &record) const;

private:
    struct Entry
    {
        qint64 at = 0;
        QJsonObject object;
    };

    QList<Entry> own(const ModuleSpec &module, const StoredRecord &record) const;
    QList<Entry> around(const ModuleSpec &module, const StoredRecord &record) const;
    QJsonArray fieldHistory(const ModuleSpec &module, const QJsonArray &changes) const;

    const RecordStore &m_store;
};

} // namespace ringside::sandbox
