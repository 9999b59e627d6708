// SPDX-License-Identifier: Apache-2.0
#include "AccountButton.h"

#include "Icons.h"
#include "Painting.h"
#include "TextFont.h"

#include <QPainter>

namespace ringside {

AccountButton::AccountButton(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("accountButton"));
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void AccountButton::setInitials(const QString &initials)
{
    setText(initials);
}

QSize AccountButton::sizeHint() const
{
    return {scaledToText(34), scaledToText(34)};
}

void AccountButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = Palette::of(this);
    const QRectF circle = QRectF(rect()).adjusted(2, 2, -2, -2);
    paintBox(painter, circle, circle.height() / 2, colours.accent, QColor());
    if (hasFocus())
        paintBox(painter, rect(), height() / 2.0, QColor(), colours.ink, 2);
    if (text().isEmpty()) {
        paintIcon(painter, IconName::Person, QRectF(width() / 2.0 - 8, height() / 2.0 - 8, 16, 16), colours.onAccent);
        return;
    }
    painter.setPen(colours.onAccent);
    painter.setFont(textFont(TextSize::Small, weight::semibold));
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace ringside
