// SPDX-License-Identifier: Apache-2.0
#include "RowsModel.h"

#include "Bidi.h"

namespace ringside {

void RowsModel::setRows(const QStringList &columns, const QList<QStringList> &rows)
{
    if (columns == m_columns && rows == m_rows)
        return;
    beginResetModel();
    m_columns = columns;
    m_rows = rows;
    endResetModel();
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    const QString text = m_rows.value(index.row()).value(index.column());
    if (role == Qt::DisplayRole)
        return isolatedText(text.simplified());
    if (role == Qt::AccessibleTextRole)
        return text;
    if (role == Qt::ToolTipRole && !text.isEmpty())
        return QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
    return {};
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        return m_columns.value(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeading | Qt::AlignVCenter);
    return {};
}

} // namespace ringside
