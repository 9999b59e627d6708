// SPDX-License-Identifier: Apache-2.0
#include "TimelineDelegate.h"

#include "Bidi.h"
#include "Icons.h"
#include "Painting.h"
#include "TextFont.h"
#include "TimelineModel.h"

#include <QPainter>
#include <QStyle>

namespace ringside {

namespace {

struct Sign
{
    IconName icon;
    Tone tone;
};

Sign signOf(const TimelineItem &item)
{
    using Kind = TimelineItem::Kind;
    switch (item.kind) {
    case Kind::Call:
        return item.incoming ? Sign{IconName::CallIn, Tone::Ok} : Sign{IconName::CallOut, Tone::Accent};
    case Kind::MissedCall:
        return {item.incoming ? IconName::CallIn : IconName::CallOut, Tone::Bad};
    case Kind::Task:
        return {IconName::Task, item.urgent ? Tone::Bad : Tone::Mute};
    case Kind::Event:
        return {IconName::Calendar, Tone::Mute};
    case Kind::Deal:
        return {IconName::Deal, Tone::Accent};
    case Kind::Case:
        return {IconName::Alert, item.urgent ? Tone::Bad : Tone::Mute};
    case Kind::Order:
        return {IconName::Order, Tone::Mute};
    case Kind::Email:
        return {IconName::Mail, Tone::Mute};
    case Kind::Note:
        break;
    }
    return {IconName::Note, Tone::Mute};
}

} // namespace

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, scaledToText(57)};
}

void TimelineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const Palette &colours = Palette::of(option.palette);
    const auto item = index.data(TimelineModel::ItemRole).value<TimelineItem>();
    const bool leftToRight = option.direction == Qt::LeftToRight;
    const Qt::Alignment start = leftToRight ? Qt::AlignLeft : Qt::AlignRight;
    const Qt::Alignment end = leftToRight ? Qt::AlignRight : Qt::AlignLeft;
    const QRect row = option.rect.adjusted(16, 0, -16, 0);
    const auto place = [&](const QRect &logical) { return QStyle::visualRect(option.direction, row, logical); };
    if (index.row() > 0)
        painter->fillRect(QRect(row.left(), row.top(), row.width(), 1), colours.line);
    if (option.state.testFlag(QStyle::State_HasFocus))
        paintBox(*painter, QRectF(option.rect).adjusted(6, 3, -6, -3), controlRadius, QColor(), colours.accent, 1.5);

    const QRect upper(row.left() + 34, row.top() + 7, row.width() - 34, row.height() / 2 - 6);
    const QRect lower(upper.left(), upper.bottom(), upper.width(), row.height() / 2 - 6);
    const Sign sign = signOf(item);
    paintIcon(*painter, sign.icon, place(QRect(row.left(), upper.center().y() - 7, 16, 16)), colours.text(sign.tone),
              option.direction);
    const QFont small = textFont(TextSize::Chip);
    const QString when = index.data(TimelineModel::WhenRole).toString();
    const int whenWidth = QFontMetrics(small).horizontalAdvance(when) + 2;
    paintLine(*painter, place(upper.adjusted(upper.width() - whenWidth, 0, 0, 0)), when, small, colours.mute, end);
    paintLine(*painter, place(upper.adjusted(0, 0, -whenWidth - 12, 0)), isolatedText(item.title.simplified()),
              textFont(TextSize::Body, weight::semibold), colours.ink, start);
    paintLine(*painter, place(lower), isolatedText(item.detail.simplified()), small, colours.mute, start);
    painter->restore();
}

} // namespace ringside
