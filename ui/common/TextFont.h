// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>

namespace ringside {

/// The sizes of the design at a 13 px base. They scale with the platform's UI font, so that its size is followed.
enum class TextSize {
    Chip = 11,
    Small = 12,
    Body = 13,
    Title = 15,
    Figure = 17,
    Name = 20,
    Initials = 22,
};

namespace weight {
inline constexpr int normal = 400;
inline constexpr int medium = 500;
inline constexpr int semibold = 600;
inline constexpr int strong = 680; ///< The design's 650; where a font has 600 and 700 alone, the heavier is nearer to it.
inline constexpr int bold = 700;
} // namespace weight

/// `base` (the application's font, which stands for 13 px) at another size and weight.
QFont textFont(const QFont &base, TextSize size, int fontWeight = weight::normal);
/// The same of the application's font.
QFont textFont(TextSize size, int fontWeight = weight::normal);

/// `pixels` of the design, scaled as the text is: for heights that hold text.
int scaledToText(int pixels);

} // namespace ringside
