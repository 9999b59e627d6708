// SPDX-License-Identifier: Apache-2.0
#include "Avatar.h"

#include "Palette.h"

#include <QPainter>

namespace ringside {

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

void Avatar::paintEvent(QPaintEvent *)
{
    const Palette &colours = Palette::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.accentSoft);
    painter.drawEllipse(rect());
    painter.setPen(colours.accent);
    painter.setFont(textFont(m_size, weight::semibold));
    painter.drawText(rect(), Qt::AlignCenter, m_initials);
}

} // namespace ringside
