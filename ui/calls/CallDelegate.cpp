// SPDX-License-Identifier: Apache-2.0
#include "CallDelegate.h"

#include "Bidi.h"
#include "CallListModel.h"
#include "CallText.h"
#include "Painting.h"
#include "TextFont.h"

#include <QPainter>
#include <QStyle>

namespace ringside {

namespace {

int headingHeight() { return scaledToText(28); }
int rowHeight() { return scaledToText(52); }

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QRect &row, const Palette &colours)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(row, selected ? colours.selected : colours.bg);
    if (selected)
        painter.fillRect(QStyle::visualRect(option.direction, row, QRect(row.left(), row.top(), 3, row.height())), colours.accent);
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange))
        paintBox(painter, QRectF(row).adjusted(4, 1, -2, -1), controlRadius - 2, QColor(), colours.accent, 1.5);
}

} // namespace

QSize CallDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool headed = !m_folded && !index.data(CallListModel::HeadingRole).toString().isEmpty();
    return {m_folded ? 56 : 200, rowHeight() + (headed ? headingHeight() : 0)};
}

void CallDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const Palette &colours = Palette::of(option.palette);
    const bool leftToRight = option.direction == Qt::LeftToRight;
    const Qt::Alignment start = leftToRight ? Qt::AlignLeft : Qt::AlignRight;
    const Qt::Alignment end = leftToRight ? Qt::AlignRight : Qt::AlignLeft;
    QRect row = option.rect;
    const QString heading = index.data(CallListModel::HeadingRole).toString();
    if (!m_folded && !heading.isEmpty()) {
        QFont font = textFont(TextSize::Chip, weight::semibold);
        font.setLetterSpacing(QFont::AbsoluteSpacing, heading.at(0).script() == QChar::Script_Arabic ? 0 : 0.4);
        paintLine(*painter, QRect(row.left() + 16, row.top() + 4, row.width() - 32, headingHeight() - 4),
                  heading.toUpper(), font, colours.mute, start);
        row.setTop(row.top() + headingHeight());
    }
    paintGround(*painter, option, row, colours);
    if (m_folded) {
        paintFolded(painter, option, index, row);
        painter->restore();
        return;
    }

    const CallEntry call = index.data(CallListModel::EntryRole).value<CallEntry>();
    const auto place = [&](const QRect &logical) { return QStyle::visualRect(option.direction, row, logical); };
    const int half = row.height() / 2;
    const QRect upper(row.left() + 47, row.top() + 6, row.width() - 61, half - 5);
    const QRect lower(upper.left(), upper.bottom() + 1, upper.width(), half - 8);
    paintIcon(*painter, iconFor(call), place(QRect(row.left() + 17, upper.center().y() - 7, 16, 16)),
              colours.text(toneFor(call)), option.direction);

    const ChipText chip = chipFor(call);
    const QSize chipArea = chipSize(chip.text);
    paintChip(*painter, place(QRect(upper.right() - chipArea.width() + 1, upper.center().y() - chipArea.height() / 2,
                                    chipArea.width(), chipArea.height())), chip.text, chip.tone, colours);
    const QFont small = textFont(TextSize::Chip);
    const QString time = index.data(CallListModel::TimeRole).toString();
    const int timeWidth = QFontMetrics(small).horizontalAdvance(time) + 2;
    paintLine(*painter, place(lower.adjusted(lower.width() - timeWidth, 0, 0, 0)), time, small, colours.mute, end);

    const bool isNumber = call.personName.isEmpty() && call.remoteName.isEmpty();
    paintLine(*painter, place(upper.adjusted(0, 0, -chipArea.width() - 8, 0)),
              isNumber ? isolatedCode(call.title()) : isolatedText(call.title()), textFont(TextSize::Body, weight::semibold),
              colours.ink, start);
    const QString under = call.subtitle();
    paintLine(*painter, place(lower.adjusted(0, 0, -timeWidth - 8, 0)),
              under == call.number.display() ? isolatedCode(under) : isolatedText(under), small, colours.mute, start);
    painter->restore();
}

void CallDelegate::paintFolded(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                               const QRect &row) const
{
    const Palette &colours = Palette::of(option.palette);
    const CallEntry call = index.data(CallListModel::EntryRole).value<CallEntry>();
    const ChipText chip = chipFor(call);
    const QRect circle(row.center().x() - 15, row.center().y() - 15, 32, 32);
    paintBox(*painter, circle, 16, colours.soft(chip.tone), QColor());
    painter->setFont(textFont(TextSize::Small, weight::semibold));
    painter->setPen(colours.text(chip.tone));
    painter->drawText(circle, Qt::AlignCenter, initialsOf(call.personName.isEmpty() ? call.remoteName : call.personName));
    paintIcon(*painter, iconFor(call), QRect(circle.right() - 6, circle.bottom() - 8, 12, 12), colours.text(toneFor(call)),
              option.direction);
}

} // namespace ringside
