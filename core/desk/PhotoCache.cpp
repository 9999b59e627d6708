// SPDX-License-Identifier: Apache-2.0
#include "PhotoCache.h"

#include <algorithm>

namespace ringside {

namespace {

constexpr qsizetype leastCost = 256; // Of knowing that there is none.

QString keyOf(const RecordRef &ref, const QString &image)
{
    return ref.module + QLatin1Char('/') + ref.id + QLatin1Char('/') + image;
}

} // namespace

std::optional<QByteArray> PhotoCache::photo(const RecordRef &ref, const QString &image) const
{
    const QByteArray *kept = m_photos.object(keyOf(ref, image));
    return kept ? std::optional(*kept) : std::nullopt;
}

void PhotoCache::keep(const RecordRef &ref, const QString &image, const QByteArray &photo)
{
    m_photos.insert(keyOf(ref, image), new QByteArray(photo), std::max(leastCost, photo.size()));
}

void PhotoCache::forget(const RecordRef &ref)
{
    const QString own = keyOf(ref, {});
    const QList<QString> keys = m_photos.keys();
    for (const QString &key : keys) {
        if (key.startsWith(own))
            m_photos.remove(key);
    }
}

void PhotoCache::clear()
{
    m_photos.clear();
}

} // namespace ringside
