// SPDX-License-Identifier: Apache-2.0
// The part of RecordStore that undoes what was written, or tells of it.
#include "RecordStore.h"

#include <QSet>
#include <algorithm>

namespace ringside::sandbox {

void RecordStore::remember(const QString &module, const QString &id)
{
    if (const StoredRecord *record = m_marks.empty() ? nullptr : find(module, id))
        m_before.push_back({module, *record, id});
}

void RecordStore::begin()
{
    m_marks.push_back({m_before.size(), m_photos, m_settings, m_nextId});
}

void RecordStore::commit()
{
    if (!m_marks.empty())
        m_marks.pop_back();
    if (m_marks.empty())
        m_before.clear();
}

void RecordStore::rollBack()
{
    if (m_marks.empty())
        return;
    const Mark mark = m_marks.back();
    for (; m_before.size() > mark.written; m_before.pop_back()) {
        const Before &before = m_before.back();
        Table &table = m_tables[before.module];
        const ModuleSpec &spec = *m_catalog.module(before.module);
        const size_t position = table.index.value(before.id);
        StoredRecord &record = table.records[position];
        unlink(table, spec, record, position);
        if (before.record) {
            record = *before.record;
            link(table, spec, record, position);
        } else { // its place stays taken, and its id is never given again
            record.deleted = true;
            record.throughApi = false;
        }
    }
    m_photos = mark.photos;
    m_settings = mark.settings;
    commit();
}

RecordStore::Changes RecordStore::changes() const
{
    Changes changes;
    if (m_marks.empty())
        return changes;
    QSet<QString> seen;
    for (const Before &before : m_before) {
        if (seen.contains(before.id))
            continue;
        seen.insert(before.id);
        const Table &table = *m_tables.constFind(before.module);
        changes.records.push_back({before.module, &table.records[table.index.value(before.id)]});
    }
    const Mark &mark = m_marks.front();
    for (auto photo = m_photos.cbegin(); photo != m_photos.cend(); ++photo) {
        if (mark.photos.value(photo.key()) != photo.value())
            changes.photos.append(photo.key());
    }
    for (auto photo = mark.photos.cbegin(); photo != mark.photos.cend(); ++photo) {
        if (!m_photos.contains(photo.key()))
            changes.photos.append(photo.key());
    }
    changes.settings = mark.settings != m_settings;
    changes.ids = mark.nextId != m_nextId;
    return changes;
}

bool RecordStore::restore(const QString &module, StoredRecord record)
{
    const auto table = m_tables.find(module);
    if (table == m_tables.end())
        return false;
    const size_t position = table->records.size();
    link(*table, *m_catalog.module(module), record, position);
    table->index.insert(record.id, position);
    table->records.push_back(std::move(record));
    return true;
}

} // namespace ringside::sandbox
