// SPDX-License-Identifier: Apache-2.0
#include "Button.h"

#include "Painting.h"
#include "TextFont.h"

#include <QKeySequence>
#include <QPainter>

namespace ringside {

namespace {
constexpr int iconSide = 16;
constexpr int gap = 6;
constexpr int hintGap = 8;

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(static_cast<float>(a.redF() + (b.redF() - a.redF()) * share),
                            static_cast<float>(a.greenF() + (b.greenF() - a.greenF()) * share),
                            static_cast<float>(a.blueF() + (b.blueF() - a.blueF()) * share));
}
} // namespace

Button::Button(const QString &text, Kind kind, QWidget *parent) : QPushButton(text, parent), m_kind(kind)
{
    setAttribute(Qt::WA_Hover);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFont(textFont(TextSize::Body, weight::medium));
    setCursor(Qt::ArrowCursor);
}

void Button::setHint(const QString &hint)
{
    m_hint = hint;
    updateGeometry();
    update();
}

void Button::setIconName(IconName name, bool afterText)
{
    m_icon = name;
    m_iconAfter = afterText;
    updateGeometry();
    update();
}

void Button::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Button::setCompact(bool compact)
{
    m_compact = compact;
    updateGeometry();
}

void Button::setHelp(const QString &help, const QKeySequence &keys)
{
    setToolTip(keys.isEmpty() ? help : tr("%1 (%2)").arg(help, keys.toString(QKeySequence::NativeText)));
    if (text().isEmpty())
        setAccessibleName(help);
    else
        setAccessibleDescription(help);
}

int Button::textWidth() const
{
    return text().isEmpty() ? 0 : fontMetrics().horizontalAdvance(text());
}

QSize Button::sizeHint() const
{
    const int height = scaledToText(m_compact ? 26 : 30);
    if (text().isEmpty())
        return {height, height};
    int width = textWidth() + 26;
    if (m_icon)
        width += iconSide + gap;
    if (!m_hint.isEmpty())
        width += hintGap + fontMetrics().horizontalAdvance(m_hint);
    return {width, height};
}

QSize Button::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), scaledToText(64)), sizeHint().height()};
}

QColor Button::inkOf(const Palette &colours) const
{
    if (!isEnabled())
        return colours.mute;
    return m_kind == Kind::Primary ? colours.onAccent : colours.text(m_tone);
}

void Button::paintGround(QPainter &painter, const Palette &colours) const
{
    QColor fill = m_kind == Kind::Plain ? colours.panel : QColor();
    QColor border = m_kind == Kind::Outline ? colours.text(m_tone) : colours.edge;
    if (m_kind == Kind::Primary) {
        fill = isEnabled() ? colours.accent : colours.bg;
        border = isEnabled() ? colours.accent : colours.line;
    } else if (m_kind == Kind::Quiet) {
        border = QColor();
    }
    if (!isEnabled() && m_kind == Kind::Plain)
        border = colours.line;
    if (isEnabled() && (isDown() || underMouse()))
        fill = mixed(fill.isValid() ? fill : colours.panel, colours.ink, isDown() ? 0.14 : 0.06);
    if (isChecked())
        fill = colours.panel;
    paintBox(painter, rect(), controlRadius, fill, border);
    if (!hasFocus())
        return;
    if (m_kind == Kind::Primary)
        paintBox(painter, QRectF(rect()).adjusted(3, 3, -3, -3), controlRadius - 3, QColor(), colours.onAccent, 1.5);
    else
        paintBox(painter, rect(), controlRadius, QColor(), colours.accent, 2);
}

void Button::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = Palette::of(this);
    paintGround(painter, colours);
    const QColor ink = inkOf(colours);
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;

    const int hintWidth = m_hint.isEmpty() ? 0 : hintGap + fontMetrics().horizontalAdvance(m_hint);
    const int iconWidth = m_icon ? iconSide + (text().isEmpty() ? 0 : gap) : 0;
    const int content = std::min(width() - 8, iconWidth + textWidth() + hintWidth);
    int start = (width() - content) / 2;
    const auto place = [&](int x, int span) {
        return leftToRight ? QRect(x, 0, span, height()) : QRect(width() - x - span, 0, span, height());
    };
    const auto icon = [&](int x) {
        const QRect where = place(x, iconSide);
        paintIcon(painter, *m_icon, QRectF(where.x(), (height() - iconSide) / 2.0, iconSide, iconSide), ink, layoutDirection());
    };
    const bool iconFirst = m_icon && (!m_iconAfter || text().isEmpty());
    if (iconFirst) {
        icon(start);
        start += iconWidth;
    }
    const int textSpan = std::min(textWidth(), content - iconWidth - hintWidth);
    if (!text().isEmpty())
        paintLine(painter, place(start, textSpan + 1), text(), font(), ink, leftToRight ? Qt::AlignLeft : Qt::AlignRight);
    start += textSpan;
    if (m_icon && !iconFirst)
        icon(start + gap);
    if (hintWidth > 0) {
        painter.setOpacity(0.85);
        paintLine(painter, place(start + hintGap, hintWidth - hintGap + 1), m_hint, font(), ink,
                  leftToRight ? Qt::AlignLeft : Qt::AlignRight);
    }
}

} // namespace ringside
