// SPDX-License-Identifier: Apache-2.0
#include "StatusPill.h"

#include "Painting.h"
#include "TextFont.h"

#include <QPainter>
#include <QStyle>

namespace ringside {

StatusPill::StatusPill(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusPill::setStatus(const QString &text, std::optional<Tone> tone, const QString &details)
{
    setToolTip(details.isEmpty() ? QString() : QStringLiteral("<span>%1</span>").arg(details.toHtmlEscaped()));
    setAccessibleName(details.isEmpty() ? text : tr("%1: %2").arg(text, details));
    setVisible(!text.isEmpty());
    if (m_text == text && m_tone == tone)
        return;
    m_text = text;
    m_tone = tone;
    updateGeometry();
    update();
}

QSize StatusPill::sizeHint() const
{
    const QFontMetrics metrics(textFont(TextSize::Small));
    return {metrics.horizontalAdvance(m_text) + 20 + (m_tone ? 14 : 0), scaledToText(24)};
}

void StatusPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = Palette::of(this);
    paintBox(painter, rect(), height() / 2.0, colours.bg, QColor());
    QRect text = rect().adjusted(10, 0, -9, 0);
    if (m_tone) {
        const QRect dot = QStyle::visualRect(layoutDirection(), rect(), QRect(9, height() / 2 - 4, 8, 8));
        if (*m_tone == Tone::Ok)
            paintBox(painter, dot, 4, colours.ok, QColor());
        else
            paintBox(painter, dot, 4, QColor(), colours.text(*m_tone), 2);
        text.setLeft(23);
    }
    paintLine(painter, QStyle::visualRect(layoutDirection(), rect(), text), m_text, textFont(TextSize::Small), colours.mute,
              layoutDirection() == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight);
}

} // namespace ringside
