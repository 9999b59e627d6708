// SPDX-License-Identifier: Apache-2.0
#include "RowsView.h"

#include "Painting.h"
#include "RowsModel.h"
#include "TextFont.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace ringside {

namespace {

class RowDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    bool firstIsLabel = false;
    bool marksCurrent = false;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int wanted = QStyledItemDelegate::sizeHint(option, index).width() + 24;
        return {std::min(wanted, scaledToText(260)), scaledToText(34)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Palette &colours = Palette::of(option.palette);
        if (marksCurrent && option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, colours.selected);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colours.line);
        const bool label = firstIsLabel && index.column() == 0;
        if (option.state.testFlag(QStyle::State_HasFocus))
            paintBox(*painter, QRectF(option.rect).adjusted(2, 2, -2, -3), controlRadius - 2, QColor(), colours.accent, 1.5);
        paintLine(*painter, option.rect.adjusted(16, 0, -8, 0), index.data().toString(),
                  textFont(label ? TextSize::Small : TextSize::Body), label ? colours.mute : colours.ink,
                  option.direction == Qt::LeftToRight ? Qt::AlignLeft : Qt::AlignRight);
    }
};

} // namespace

RowsView::RowsView(QWidget *parent) : QTreeView(parent), m_model(new RowsModel(this))
{
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setFont(textFont(TextSize::Small, weight::medium));
    header()->setHighlightSections(false);
}

void RowsView::setMarksCurrent(bool marks)
{
    static_cast<RowDelegate *>(itemDelegate())->marksCurrent = marks;
    viewport()->update();
}

void RowsView::setRows(const QStringList &columns, const QList<QStringList> &rows, bool firstIsLabel)
{
    static_cast<RowDelegate *>(itemDelegate())->firstIsLabel = firstIsLabel;
    setHeaderHidden(firstIsLabel);
    m_model->setRows(columns, rows);
}

} // namespace ringside
