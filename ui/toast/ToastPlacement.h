// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QRect>

namespace ringside {

/// Where toasts go: inside the work area, in a corner, never over `keepFree` (the notes column of our own window, empty when
/// it is not to be seen). In order of preference: the bottom corner at the end of the line of reading, beside the notes
/// column, the bottom corner at its start, then the top corners. Pure.
QRect toastPlace(const QRect &workArea, const QRect &keepFree, const QSize &size, int offsetFromBottom,
                 Qt::LayoutDirection direction);

} // namespace ringside
