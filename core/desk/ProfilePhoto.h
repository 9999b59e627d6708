// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileSource.h"

#include <QObject>

#include <memory>

namespace ringside {

/// The photo of one profile's record. It is decoration: read in the background's class of requests, only while credits
/// are plentiful, at most once for an image unless again() says so, and an error is told to nobody. Belongs to its
/// profile; deleting it cancels what is under way.
class ProfilePhoto final : public QObject
{
    Q_OBJECT

public:
    ProfilePhoto(const RecordRef &ref, std::shared_ptr<ProfileSource> source);

    /// The CRM's name for the record's image; empty when it has none. Says at once what is known of it here.
    void setImage(const QString &image);
    /// Reads it, if there is one that is not known here.
    void load();
    /// A bad moment may have passed: the next load() may ask again.
    void again();
    const QByteArray &bytes() const { return m_bytes; }

Q_SIGNALS:
    void arrived();

private:
    void take(const QString &image, const Result<QByteArray> &photo);

    const RecordRef m_ref;
    const std::shared_ptr<ProfileSource> m_source;
    QString m_image;
    QByteArray m_bytes;
    bool m_asked = false; ///< For this image.
};

} // namespace ringside
