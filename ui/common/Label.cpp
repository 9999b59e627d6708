// SPDX-License-Identifier: Apache-2.0
#include "Label.h"

#include "Bidi.h"
#include "Painting.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace ringside {

Label::Label(TextSize size, int fontWeight, Tone tone, QWidget *parent)
    : QLabel(parent), m_size(size), m_weight(fontWeight), m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    applyFont();
}

void Label::setTone(Tone tone)
{
    if (m_tone == tone)
        return;
    m_tone = tone;
    update();
}

void Label::applyFont()
{
    const QFont wanted = textFont(m_size, m_weight);
    if (font() != wanted)
        setFont(wanted);
}

QSize Label::minimumSizeHint() const
{
    if (wordWrap())
        return QLabel::minimumSizeHint();
    return {std::min(QLabel::sizeHint().width(), fontMetrics().averageCharWidth() * 4), QLabel::sizeHint().height()};
}

void Label::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor colour = Palette::of(this).text(m_tone);
    const Qt::Alignment aligned = QStyle::visualAlignment(layoutDirection(), alignment());
    if (wordWrap()) {
        painter.setPen(colour);
        painter.setLayoutDirection(directionOf(text(), layoutDirection()));
        painter.drawText(contentsRect(), static_cast<int>(aligned | Qt::AlignAbsolute) | Qt::TextWordWrap, text());
        return;
    }
    paintLine(painter, contentsRect(), text(), font(), colour, aligned & Qt::AlignHorizontal_Mask);
}

bool Label::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && !wordWrap()) {
        if (fontMetrics().horizontalAdvance(text()) > contentsRect().width()) {
            // A tooltip guesses markup like a label does; an escaped text in a plain envelope does not.
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(),
                               QStringLiteral("<span>%1</span>").arg(text().toHtmlEscaped()), this);
            return true;
        }
    }
    return QLabel::event(event);
}

void Label::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        applyFont();
}

} // namespace ringside
