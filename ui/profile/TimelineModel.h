// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileData.h"

#include <QAbstractListModel>

namespace ringside {

class TimelineModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { ItemRole = Qt::UserRole + 1, WhenRole };

    using QAbstractListModel::QAbstractListModel;

    void setItems(const QList<TimelineItem> &items, const QDate &today);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString whenText(const TimelineItem &item) const;

    QList<TimelineItem> m_items;
    QDate m_today;
};

} // namespace ringside
