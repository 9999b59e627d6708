// SPDX-License-Identifier: Apache-2.0
#include "TimerText.h"

#include <QPainter>

namespace ringside {

TimerText::TimerText(TextSize size, int fontWeight, QWidget *parent) : QWidget(parent)
{
    setFont(textFont(size, fontWeight));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void TimerText::setTime(const QString &time)
{
    if (m_time == time)
        return;
    const bool sameWidth = m_time.size() == time.size();
    m_time = time;
    setAccessibleName(time);
    if (!sameWidth)
        updateGeometry();
    update();
}

void TimerText::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

int TimerText::cellWidth(QChar character) const
{
    if (!character.isDigit())
        return fontMetrics().horizontalAdvance(character) + 1;
    int widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit)
        widest = std::max(widest, fontMetrics().horizontalAdvance(QLatin1Char(digit)));
    return widest;
}

int TimerText::textWidth() const
{
    int width = 0;
    for (const QChar character : m_time)
        width += cellWidth(character);
    return width;
}

QSize TimerText::sizeHint() const
{
    return {std::max(1, textWidth()), fontMetrics().height()};
}

void TimerText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Palette::of(this).text(m_tone));
    int x = layoutDirection() == Qt::RightToLeft ? width() - textWidth() : 0;
    for (const QChar character : std::as_const(m_time)) {
        const int cell = cellWidth(character);
        painter.drawText(QRect(x, 0, cell, height()), Qt::AlignCenter, QString(character));
        x += cell;
    }
}

} // namespace ringside
