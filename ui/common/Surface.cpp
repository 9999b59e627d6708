// SPDX-License-Identifier: Apache-2.0
#include "Surface.h"

#include "Painting.h"

#include <QPainter>

namespace ringside {

Surface::Surface(Kind kind, QWidget *parent) : QWidget(parent), m_kind(kind) {}

void Surface::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Surface::setLines(Qt::Edges edges)
{
    m_lines = edges;
    update();
}

void Surface::paintEvent(QPaintEvent *)
{
    const Palette &colours = Palette::of(this);
    QPainter painter(this);
    if (m_kind == Kind::Card) {
        paintBox(painter, rect(), cardRadius, colours.panel, colours.line);
        return;
    }
    if (m_kind == Kind::Bar) {
        paintBox(painter, rect(), cardRadius - 2, colours.soft(m_tone), QColor());
        return;
    }
    painter.fillRect(rect(), colours.panel);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (m_lines & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, colours.line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, colours.line);
    if (m_lines & (mirrored ? Qt::RightEdge : Qt::LeftEdge))
        painter.fillRect(0, 0, 1, height(), colours.line);
    if (m_lines & (mirrored ? Qt::LeftEdge : Qt::RightEdge))
        painter.fillRect(width() - 1, 0, 1, height(), colours.line);
}

} // namespace ringside
