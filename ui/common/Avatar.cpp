// SPDX-License-Identifier: Apache-2.0
#include "Avatar.h"

#include "InBackground.h"
#include "Palette.h"
#include "PhotoImage.h"
#include "WhenReady.h"

#include <QBrush>
#include <QPainter>

namespace ringside {

namespace {
constexpr int largestScale = 2; // Of the screens that there are; a smaller one scales down.
}

Avatar::Avatar(int diameter, TextSize size, QWidget *parent) : QWidget(parent), m_size(size)
{
    setFixedSize(diameter, diameter);
}

void Avatar::setInitials(const QString &initials)
{
    if (m_initials == initials)
        return;
    m_initials = initials;
    update();
}

void Avatar::setPhoto(const QByteArray &photo)
{
    if (m_photo == photo)
        return;
    m_photo = photo;
    m_image = {};
    update();
    if (photo.isEmpty())
        return;
    const auto decode = [photo, side = width() * largestScale]() -> Result<QImage> { return photoImage(photo, side); };
    whenReady(this, inBackground<QImage>(*QThreadPool::globalInstance(), decode),
              [this, photo](const Result<QImage> &image) {
                  if (!image || m_photo != photo) // Somebody else's by now.
                      return;
                  m_image = image.value();
                  update();
              });
}

void Avatar::paintEvent(QPaintEvent *)
{
    const Palette &colours = Palette::of(this);
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.accentSoft); // Also behind a photo, which may be transparent.
    painter.drawEllipse(rect());
    if (showsPhoto()) {
        QBrush face(m_image);
        face.setTransform(
            QTransform::fromScale(double(width()) / m_image.width(), double(height()) / m_image.height()));
        painter.setBrush(face);
        painter.drawEllipse(rect());
        return;
    }
    painter.setPen(colours.accent);
    painter.setFont(textFont(m_size, weight::semibold));
    painter.drawText(rect(), Qt::AlignCenter, m_initials);
}

} // namespace ringside
