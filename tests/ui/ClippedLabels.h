// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QWidget;

namespace ringside::test {

/// Every visible label of the window of which a line is cut off: lower than its text needs at its width, or sticking
/// out of what holds it (a scroll area may be scrolled, but only up and down). One line for each, with its name and the
/// sizes; empty = all is to be read. One-line labels may be elided at the end of the line, which is no fault.
QString clippedLabels(const QWidget &window);

} // namespace ringside::test
