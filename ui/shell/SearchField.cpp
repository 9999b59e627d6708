// SPDX-License-Identifier: Apache-2.0
#include "SearchField.h"

#include "Icons.h"
#include "Painting.h"
#include "TextFont.h"

#include <QKeySequence>
#include <QPainter>
#include <QStyle>

namespace ringside {

SearchField::SearchField(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("lookupButton"));
    setText(tr("Find a customer: name, number, email, company"));
    setAccessibleName(tr("Find a customer"));
    setToolTip(tr("Find a customer (%1)").arg(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText)));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::IBeamCursor);
    setMaximumWidth(520);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize SearchField::sizeHint() const
{
    return {405, scaledToText(34)};
}

QSize SearchField::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void SearchField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = Palette::of(this);
    paintBox(painter, rect(), controlRadius + 1, colours.bg, hasFocus() ? colours.accent : colours.edge, hasFocus() ? 2 : 1);
    const auto place = [this](const QRect &logical) { return QStyle::visualRect(layoutDirection(), rect(), logical); };
    paintIcon(painter, IconName::Search, place(QRect(10, height() / 2 - 8, 16, 16)), colours.mute);
    const QString keys = QStringLiteral("Ctrl K");
    const QFont keyFont = textFont(TextSize::Chip);
    const QFontMetrics metrics(keyFont);
    const QSize cap(metrics.horizontalAdvance(keys) + 12, metrics.height() + 3);
    const QRect capRect = place(QRect(width() - cap.width() - 10, (height() - cap.height()) / 2, cap.width(), cap.height()));
    paintBox(painter, capRect, 4, colours.panel, colours.line);
    paintLine(painter, capRect, keys, keyFont, colours.mute, Qt::AlignHCenter);
    paintLine(painter, place(QRect(34, 0, width() - 54 - cap.width(), height())), text(), textFont(TextSize::Body), colours.mute,
              layoutDirection() == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight);
}

} // namespace ringside
