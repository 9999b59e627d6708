// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QRectF>

class QPainter;

namespace ringside {

/// The line icons: 24 px grid, 1.8 px stroke, one colour.
enum class IconName {
    Alert, Attach, Back, Calendar, CallIn, CallOut, Check, ChevronDown, Close, Copy, Deal, External, History, Keyboard, Mail, Note,
    Order, Pause, Person, Phone, Retry, Search, Settings, SignOut, Swap, Task, Warning, Wait,
};

/// Paints an icon in a colour. Those that point along the line of reading are mirrored right to left.
void paintIcon(QPainter &painter, IconName name, const QRectF &where, const QColor &colour,
               Qt::LayoutDirection direction = Qt::LeftToRight);

/// For menus: an icon in a fixed colour.
QIcon iconOf(IconName name, const QColor &colour, Qt::LayoutDirection direction = Qt::LeftToRight);

/// The program's own icon.
QIcon programIcon();

} // namespace ringside
