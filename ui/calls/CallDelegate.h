// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace ringside {

/// One line of the calls list: arrow, name and what stands under it, chip and time; a day heading above where one is due.
/// Folded, the arrow and initials alone.
class CallDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setFolded(bool folded) { m_folded = folded; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintFolded(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const QRect &row) const;

    bool m_folded = false;
};

} // namespace ringside
