// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPalette>

class QWidget;

namespace ringside {

/// What a colour says. Colour is never the only sign: whatever has a tone also has a word or a shape.
enum class Tone { Ink, Mute, Accent, Ok, Warn, Bad };

/// The colours of the two schemes. Text colours have at least 4.5:1 on every ground they are used on, `edge` (borders of
/// inputs and buttons, focus) at least 3:1; `line` only separates. A test holds both palettes to it.
struct Palette
{
    bool dark = false;
    QColor bg, panel, ink, mute, line, edge, accent, accentSoft, onAccent;
    QColor ok, okSoft, warn, warnSoft, bad, badSoft, selected;

    const QColor &text(Tone tone) const;
    const QColor &soft(Tone tone) const; ///< The ground of a chip or bar of this tone.

    static const Palette &light();
    static const Palette &darkness();
    /// The scheme that the widget is shown in, told by its QPalette: nothing global to keep in step.
    static const Palette &of(const QWidget *widget);
    static const Palette &of(const QPalette &palette);

    QPalette toQPalette() const;
};

/// WCAG 2 contrast ratio, 1 to 21.
double contrastRatio(const QColor &a, const QColor &b);

} // namespace ringside
