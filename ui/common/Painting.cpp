// SPDX-License-Identifier: Apache-2.0
#include "Painting.h"

#include "Bidi.h"
#include "TextFont.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace ringside {

void paintBox(QPainter &painter, const QRectF &where, double radius, const QColor &fill, const QColor &border,
              double borderWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double half = border.isValid() ? borderWidth / 2 : 0;
    painter.setPen(border.isValid() ? QPen(border, borderWidth) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(where.adjusted(half, half, -half, -half), radius - half, radius - half);
    painter.restore();
}

void paintLine(QPainter &painter, const QRect &where, const QString &text, const QFont &font, const QColor &colour,
               Qt::Alignment alignment)
{
    painter.setFont(font);
    painter.setPen(colour);
    const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, where.width());
    // The alignment is where it stands on the screen; the words run in their own direction.
    const Qt::LayoutDirection kept = painter.layoutDirection();
    painter.setLayoutDirection(directionOf(text, kept));
    painter.drawText(where, static_cast<int>(alignment | Qt::AlignVCenter | Qt::AlignAbsolute) | Qt::TextSingleLine, shown);
    painter.setLayoutDirection(kept);
}

QSize chipSize(const QString &text)
{
    const QFontMetrics metrics(textFont(TextSize::Chip, weight::medium));
    return {metrics.horizontalAdvance(text) + 14, metrics.height() + 4};
}

void paintChip(QPainter &painter, const QRect &where, const QString &text, Tone tone, const Palette &colours)
{
    paintBox(painter, where, where.height() / 2.0, colours.soft(tone), QColor());
    paintLine(painter, where.adjusted(7, 0, -6, 0), text, textFont(TextSize::Chip, weight::medium), colours.text(tone),
              Qt::AlignHCenter);
}

} // namespace ringside
