// SPDX-License-Identifier: Apache-2.0
#include "ResultDelegate.h"

#include "Bidi.h"
#include "Painting.h"
#include "ResultModel.h"
#include "TextFont.h"

#include <QPainter>
#include <QStyle>

namespace ringside {

QSize ResultDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, scaledToText(48)};
}

void ResultDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const Palette &colours = Palette::of(option.palette);
    const auto candidate = index.data(ResultModel::CandidateRole).value<Candidate>();
    const QRect row = option.rect.adjusted(6, 1, -6, -1);
    const auto place = [&](const QRect &logical) { return QStyle::visualRect(option.direction, row, logical); };
    const Qt::Alignment start = option.direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver))
        paintBox(*painter, row, controlRadius, selected ? colours.accentSoft : colours.bg, QColor());
    const QRect circle = place(QRect(row.left() + 8, row.center().y() - 14, 30, 30));
    paintBox(*painter, circle, 15, selected ? colours.panel : colours.accentSoft, QColor());
    painter->setFont(textFont(TextSize::Chip, weight::semibold));
    painter->setPen(colours.accent);
    painter->drawText(circle, Qt::AlignCenter, initialsOf(candidate.name));

    const QSize chip = chipSize(candidate.moduleLabel);
    const QRect text(row.left() + 50, row.top() + 4, row.width() - 60, row.height() - 8);
    const QRect upper(text.left(), text.top(), text.width() - chip.width() - 8, text.height() / 2);
    const QRect lower(text.left(), upper.bottom() + 1, text.width(), text.height() / 2);
    paintChip(*painter, place(QRect(text.right() - chip.width() + 1, upper.center().y() - chip.height() / 2, chip.width(), chip.height())),
              candidate.moduleLabel, selected ? Tone::Mute : Tone::Accent, colours);
    paintLine(*painter, place(upper), isolatedText(candidate.name), textFont(TextSize::Body, weight::semibold), colours.ink, start);
    paintLine(*painter, place(lower), joinedParts({candidate.title, candidate.company, isolatedCode(candidate.email)}),
              textFont(TextSize::Chip), colours.mute, start);
    painter->restore();
}

} // namespace ringside
