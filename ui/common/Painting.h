// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Palette.h"

#include <QRectF>

class QFont;
class QPainter;

namespace ringside {

inline constexpr int controlRadius = 7;
inline constexpr int cardRadius = 10;

/// A rounded rectangle with a border that lies inside `where` and is crisp at every scale factor.
void paintBox(QPainter &painter, const QRectF &where, double radius, const QColor &fill, const QColor &border,
              double borderWidth = 1.0);

/// One line of text, elided at its end. `alignment` is absolute: AlignLeft is the left of the screen.
void paintLine(QPainter &painter, const QRect &where, const QString &text, const QFont &font, const QColor &colour,
               Qt::Alignment alignment);

/// A word on a soft ground. The chip is as wide as its text; `anchor` is its edge at the end of the line of reading.
QSize chipSize(const QString &text);
void paintChip(QPainter &painter, const QRect &where, const QString &text, Tone tone, const Palette &colours);

} // namespace ringside
