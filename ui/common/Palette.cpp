// SPDX-License-Identifier: Apache-2.0
#include "Palette.h"

#include <QWidget>

#include <algorithm>
#include <cmath>

namespace ringside {

namespace {

double luminance(const QColor &colour)
{
    const auto channel = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)}); // By value: the list form refers to no temporary.
    return (high + 0.05) / (low + 0.05);
}

const Palette &Palette::light()
{
    static const Palette palette{
        .dark = false,
        .bg = QColor(0xf4f5f7), .panel = QColor(0xffffff), .ink = QColor(0x1a1f2b), .mute = QColor(0x5f6a7e),
        .line = QColor(0xe3e6eb), .edge = QColor(0x838b9a), .accent = QColor(0x0b6bcb),
        .accentSoft = QColor(0xe7f1fb), .onAccent = QColor(0xffffff),
        .ok = QColor(0x12753f), .okSoft = QColor(0xe4f5ec), .warn = QColor(0xa15c00), .warnSoft = QColor(0xfdf1dc),
        .bad = QColor(0xb42318), .badSoft = QColor(0xfde8e6), .selected = QColor(0xeef4fb),
    };
    return palette;
}

const Palette &Palette::darkness()
{
    static const Palette palette{
        .dark = true,
        .bg = QColor(0x15181e), .panel = QColor(0x1d2129), .ink = QColor(0xe8eaee), .mute = QColor(0x98a2b3),
        .line = QColor(0x2d333d), .edge = QColor(0x6e7788), .accent = QColor(0x5aa9f5),
        .accentSoft = QColor(0x1d3247), .onAccent = QColor(0x0d1420),
        .ok = QColor(0x5cc98f), .okSoft = QColor(0x173427), .warn = QColor(0xe9b55c), .warnSoft = QColor(0x3a2d14),
        .bad = QColor(0xf58b81), .badSoft = QColor(0x41201d), .selected = QColor(0x222c39),
    };
    return palette;
}

const Palette &Palette::of(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkness() : light();
}

const Palette &Palette::of(const QWidget *widget)
{
    return widget ? of(widget->palette()) : light();
}

const QColor &Palette::text(Tone tone) const
{
    switch (tone) {
    case Tone::Mute:
        return mute;
    case Tone::Accent:
        return accent;
    case Tone::Ok:
        return ok;
    case Tone::Warn:
        return warn;
    case Tone::Bad:
        return bad;
    case Tone::Ink:
        break;
    }
    return ink;
}

const QColor &Palette::soft(Tone tone) const
{
    switch (tone) {
    case Tone::Accent:
        return accentSoft;
    case Tone::Ok:
        return okSoft;
    case Tone::Warn:
        return warnSoft;
    case Tone::Bad:
        return badSoft;
    case Tone::Mute:
    case Tone::Ink:
        break;
    }
    return bg;
}

QPalette Palette::toQPalette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, bg);
    palette.setColor(QPalette::WindowText, ink);
    palette.setColor(QPalette::Base, panel);
    palette.setColor(QPalette::AlternateBase, bg);
    palette.setColor(QPalette::Text, ink);
    palette.setColor(QPalette::PlaceholderText, mute);
    palette.setColor(QPalette::Button, panel);
    palette.setColor(QPalette::ButtonText, ink);
    palette.setColor(QPalette::BrightText, bad);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, onAccent);
    palette.setColor(QPalette::ToolTipBase, ink);
    palette.setColor(QPalette::ToolTipText, panel);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::Light, panel);
    palette.setColor(QPalette::Midlight, line);
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Dark, edge);
    palette.setColor(QPalette::Shadow, edge);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mute);
    return palette;
}

} // namespace ringside
