// SPDX-License-Identifier: Apache-2.0
#include "ChipRow.h"

#include "Painting.h"

#include <QPainter>
#include <QStyle>

namespace ringside {

namespace {
constexpr int gap = 6;
}

ChipRow::ChipRow(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipRow::setChips(const QList<ChipText> &chips)
{
    m_chips = chips;
    QStringList words;
    for (const ChipText &chip : chips)
        words.append(chip.text);
    setAccessibleName(words.join(QStringLiteral(", ")));
    setVisible(!chips.isEmpty());
    updateGeometry();
    update();
}

QList<QRect> ChipRow::placed(int width) const
{
    QList<QRect> rects;
    QPoint at;
    for (const ChipText &chip : m_chips) {
        const QSize size = chipSize(chip.text).boundedTo(QSize(std::max(width, 40), 1000));
        if (at.x() > 0 && at.x() + size.width() > width)
            at = QPoint(0, at.y() + size.height() + gap);
        rects.append(QRect(at, size));
        at.rx() += size.width() + gap;
    }
    return rects;
}

int ChipRow::heightForWidth(int width) const
{
    const QList<QRect> rects = placed(width);
    return rects.isEmpty() ? 0 : rects.constLast().bottom() + 1;
}

QSize ChipRow::sizeHint() const
{
    int width = 0;
    for (const ChipText &chip : m_chips)
        width += chipSize(chip.text).width() + gap;
    return {std::max(0, width - gap), heightForWidth(width)};
}

QSize ChipRow::minimumSizeHint() const
{
    return {60, m_chips.isEmpty() ? 0 : chipSize(QStringLiteral("X")).height()};
}

void ChipRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QList<QRect> rects = placed(width());
    for (int i = 0; i < rects.size(); ++i)
        paintChip(painter, QStyle::visualRect(layoutDirection(), rect(), rects.at(i)), m_chips.at(i).text, m_chips.at(i).tone,
                  Palette::of(this));
}

} // namespace ringside
