// SPDX-License-Identifier: Apache-2.0
#include "ToastPlacement.h"

#include <algorithm>

namespace ringside {

namespace {
constexpr int margin = 16;
}

QRect toastPlace(const QRect &workArea, const QRect &keepFree, const QSize &size, int offsetFromBottom,
                 Qt::LayoutDirection direction)
{
    const int left = workArea.left() + margin;
    const int right = workArea.right() + 1 - margin - size.width();
    const int bottom = workArea.bottom() + 1 - margin - size.height() - offsetFromBottom;
    const int top = workArea.top() + margin + offsetFromBottom;
    const bool leftToRight = direction == Qt::LeftToRight;
    const int beside = leftToRight ? keepFree.left() - margin - size.width() : keepFree.right() + 1 + margin;

    QList<QPoint> wishes{QPoint(leftToRight ? right : left, bottom)};
    if (!keepFree.isEmpty())
        wishes.append(QPoint(beside, bottom));
    wishes += {QPoint(leftToRight ? left : right, bottom), QPoint(leftToRight ? right : left, top),
               QPoint(leftToRight ? left : right, top)};
    for (const QPoint &wish : std::as_const(wishes)) {
        const QRect place(wish, size);
        if (workArea.contains(place) && !place.intersects(keepFree))
            return place;
    }
    // The notes fill the screen: the top corner farthest from Log call, pushed inside.
    const QRect last(QPoint(leftToRight ? left : right, top), size);
    return QRect(QPoint(std::clamp(last.left(), workArea.left(), std::max(workArea.left(), workArea.right() + 1 - size.width())),
                        std::clamp(last.top(), workArea.top(), std::max(workArea.top(), workArea.bottom() + 1 - size.height()))),
                 size);
}

} // namespace ringside
