// SPDX-License-Identifier: Apache-2.0
#include "ProfilePhoto.h"

#include "CrmClient.h"
#include "WhenReady.h"

#include <utility>

namespace ringside {

ProfilePhoto::ProfilePhoto(const RecordRef &ref, std::shared_ptr<ProfileSource> source)
    : m_ref(ref), m_source(std::move(source))
{
}

void ProfilePhoto::setImage(const QString &image)
{
    if (std::exchange(m_image, image) == image)
        return;
    const std::optional<QByteArray> kept = m_source->photos().photo(m_ref, image);
    m_asked = kept.has_value();
    m_bytes = kept.value_or(QByteArray());
}

void ProfilePhoto::load()
{
    if (m_image.isEmpty() || m_asked || m_source->level() != CreditLevel::Plenty)
        return;
    m_asked = true;
    whenReady(this, m_source->crm().photo(m_ref, PhotoCache::largest),
              [this, image = m_image](const Result<QByteArray> &photo) { take(image, photo); });
}

void ProfilePhoto::take(const QString &image, const Result<QByteArray> &photo)
{
    if (photo || isLasting(photo.error().kind))
        m_source->photos().keep(m_ref, image, photo ? photo.value() : QByteArray());
    const std::optional<QByteArray> kept = m_source->photos().photo(m_ref, image);
    if (image != m_image || !kept || kept->isEmpty())
        return;
    m_bytes = *kept;
    Q_EMIT arrived();
}

void ProfilePhoto::again()
{
    m_asked = m_source->photos().photo(m_ref, m_image).has_value();
}

} // namespace ringside
