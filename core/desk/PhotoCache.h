// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QByteArray>
#include <QCache>
#include <QString>

#include <optional>

namespace ringside {

/// Photos that were read, each by its record and the CRM's name for the image (Record_Image), so that a new photo is
/// read anew. In memory alone: a face is read once a run for one credit, and lies on no disk. When they take too much,
/// those that were not looked at for longest go.
class PhotoCache final
{
public:
    static constexpr qsizetype largest = 5 * 1024 * 1024; ///< Of one photo; a larger one is not read.
    static constexpr qsizetype mostBytes = 4 * largest;   ///< Of all.

    /// Empty: it was read, and there is nothing to show. No value: it is not known.
    std::optional<QByteArray> photo(const RecordRef &ref, const QString &image) const;
    void keep(const RecordRef &ref, const QString &image, const QByteArray &photo);
    void forget(const RecordRef &ref);
    void clear();

private:
    QCache<QString, QByteArray> m_photos{mostBytes};
};

} // namespace ringside
