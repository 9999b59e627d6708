// SPDX-License-Identifier: Apache-2.0
#include "TimelineModel.h"

#include "Bidi.h"
#include "CallText.h"

#include <QLocale>

#include <algorithm>

namespace ringside {

namespace {

bool sameItem(const TimelineItem &a, const TimelineItem &b)
{
    return a.kind == b.kind && a.ref == b.ref && a.title == b.title && a.detail == b.detail && a.when == b.when
           && a.urgent == b.urgent;
}

} // namespace

void TimelineModel::setItems(const QList<TimelineItem> &items, const QDate &today)
{
    if (today == m_today && std::equal(items.begin(), items.end(), m_items.begin(), m_items.end(), sameItem))
        return;
    beginResetModel();
    m_items = items;
    m_today = today;
    endResetModel();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QString TimelineModel::whenText(const TimelineItem &item) const
{
    if (!item.when.isValid())
        return {};
    const QDateTime local = item.when.toLocalTime();
    const QString day = dayText(local.date(), m_today);
    if (item.dateOnly || local.date().daysTo(m_today) > 6)
        return day;
    return QStringLiteral("%1 %2").arg(day, isolatedCode(QLocale().toString(local.time(), QStringLiteral("HH:mm"))));
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_items.size())
        return {};
    const TimelineItem &item = m_items.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return item.title;
    case Qt::AccessibleTextRole:
        return withoutIsolates(joinedParts({item.title, item.detail, whenText(item)}));
    case Qt::ToolTipRole:
        return QStringLiteral("<p>%1</p><p>%2</p>")
            .arg(item.title.toHtmlEscaped(), item.detail.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
    case ItemRole:
        return QVariant::fromValue(item);
    case WhenRole:
        return whenText(item);
    default:
        return {};
    }
}

} // namespace ringside
