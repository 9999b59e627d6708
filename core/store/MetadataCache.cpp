// SPDX-License-Identifier: Apache-2.0
#include "MetadataCache.h"

#include "Statement.h"
#include "Store.h"

namespace ringside {

namespace {

using Entries = QList<CachedMetadata>;

Result<Entries> readAll(Database &database, const QString &orgId)
{
    Entries entries;
    Statement select(database, "SELECT module, body, read_at FROM metadata WHERE org_id = ?1");
    select.bind(1, orgId);
    while (select.next())
        entries.append({.module = select.text(0), .text = select.blob(1), .readAt = select.time(2)});
    if (select.failed())
        return select.error();
    return entries;
}

} // namespace

MetadataCache::MetadataCache(Store &store, QObject *parent) : QObject(parent), m_store(store) {}

QFuture<Result<void>> MetadataCache::keep(const QString &orgId, const CachedMetadata &metadata)
{
    return m_store.write<void>(Store::WritePriority::Sync, [orgId, metadata](Database &database) {
        Statement insert(database,
                         "INSERT OR REPLACE INTO metadata (org_id, module, body, read_at) VALUES (?1, ?2, ?3, ?4)");
        return insert.bind(1, orgId).bind(2, metadata.module).bind(3, metadata.text).bind(4, metadata.readAt).run();
    });
}

QFuture<Result<QList<CachedMetadata>>> MetadataCache::load(const QString &orgId)
{
    return m_store.read<Entries>([orgId](Database &database) { return readAll(database, orgId); });
}

QFuture<Result<QString>> MetadataCache::lastOrg()
{
    return m_store.read<QString>([](Database &database) -> Result<QString> {
        Statement select(database, "SELECT org_id FROM metadata ORDER BY read_at DESC LIMIT 1");
        const QString org = select.next() ? select.text(0) : QString();
        if (select.failed())
            return select.error();
        return org;
    });
}

QFuture<Result<void>> MetadataCache::forgetOthers(const QString &orgId)
{
    return m_store.write<void>(Store::WritePriority::Sync, [orgId](Database &database) {
        return Statement(database, "DELETE FROM metadata WHERE org_id <> ?1").bind(1, orgId).run();
    });
}

} // namespace ringside
