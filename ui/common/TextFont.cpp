// SPDX-License-Identifier: Apache-2.0
#include "TextFont.h"

#include <QApplication>
#include <QFontInfo>

#include <algorithm>
#include <cmath>

namespace ringside {

namespace {
constexpr double basePixels = 13.0;
}

QFont textFont(const QFont &base, TextSize size, int fontWeight)
{
    QFont font = base;
    const double factor = static_cast<int>(size) / basePixels;
    if (base.pixelSize() > 0)
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(base.pixelSize() * factor))));
    else
        font.setPointSizeF(base.pointSizeF() * factor);
    font.setWeight(static_cast<QFont::Weight>(fontWeight));
    return font;
}

QFont textFont(TextSize size, int fontWeight)
{
    return textFont(QApplication::font(), size, fontWeight);
}

int scaledToText(int pixels)
{
    const double base = QFontInfo(QApplication::font()).pixelSize();
    return static_cast<int>(std::lround(pixels * std::max(1.0, base / basePixels)));
}

} // namespace ringside
