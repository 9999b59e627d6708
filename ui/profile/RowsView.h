// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

namespace ringside {

class RowsModel;

/// A quiet table: 34 px rows with lines between them.
class RowsView final : public QTreeView
{
    Q_OBJECT

public:
    explicit RowsView(QWidget *parent = nullptr);

    /// `firstIsLabel`: the first column is muted, no heading (the fields of a record).
    void setRows(const QStringList &columns, const QList<QStringList> &rows, bool firstIsLabel = false);
    /// The row that is read keeps a ground of its own, also while the keyboard is elsewhere.
    void setMarksCurrent(bool marks);

private:
    RowsModel *m_model;
};

} // namespace ringside
