// SPDX-License-Identifier: Apache-2.0
#include "CallListModel.h"

#include "Bidi.h"
#include "CallText.h"

#include <QLocale>

#include <algorithm>

namespace ringside {

namespace {

bool sameKeys(const QList<CallEntry> &a, const QList<CallEntry> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const CallEntry &left, const CallEntry &right) { return left.key == right.key; });
}

} // namespace

CallListModel::CallListModel(QObject *parent) : QAbstractListModel(parent), m_today(QDate::currentDate()) {}

bool CallListModel::passes(const CallEntry &call, Filter filter)
{
    switch (filter) {
    case Filter::Missed:
        return call.missed();
    case Filter::ToLog:
        return call.toLog();
    case Filter::All:
        break;
    }
    return true;
}

QList<CallEntry> CallListModel::filtered() const
{
    QList<CallEntry> shown;
    for (const CallEntry &call : m_all) {
        if (passes(call, m_filter))
            shown.append(call);
    }
    return shown;
}

void CallListModel::setCalls(const QList<CallEntry> &calls)
{
    m_all = calls;
    refilter();
}

void CallListModel::update(const CallEntry &call)
{
    const auto known = std::find_if(m_all.begin(), m_all.end(), [&](const CallEntry &other) { return other.key == call.key; });
    if (known == m_all.end())
        m_all.prepend(call);
    else
        *known = call;
    refilter();
}

void CallListModel::refilter()
{
    QList<CallEntry> shown = filtered();
    if (sameKeys(shown, m_shown)) {
        m_shown = std::move(shown);
        if (!m_shown.isEmpty())
            Q_EMIT dataChanged(index(0), index(static_cast<int>(m_shown.size()) - 1));
        return;
    }
    // The usual change is one call more at the top: nothing else moves, the selection stays.
    if (shown.size() == m_shown.size() + 1 && sameKeys(shown.mid(1), m_shown)) {
        beginInsertRows({}, 0, 0);
        m_shown = std::move(shown);
        endInsertRows();
        if (m_shown.size() > 1)
            Q_EMIT dataChanged(index(1), index(1)); // Its day heading may have gone to the new row.
        return;
    }
    beginResetModel();
    m_shown = std::move(shown);
    endResetModel();
}

void CallListModel::setFilter(Filter filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    refilter();
}

void CallListModel::setNow(std::chrono::milliseconds monotonic, const QDateTime &now)
{
    m_monotonic = monotonic;
    const QDate today = now.toLocalTime().date();
    if (today != m_today) {
        m_today = today;
        if (!m_shown.isEmpty())
            Q_EMIT dataChanged(index(0), index(static_cast<int>(m_shown.size()) - 1));
        return;
    }
    for (int row = 0; row < m_shown.size(); ++row) {
        if (m_shown.at(row).live())
            Q_EMIT dataChanged(index(row), index(row), {TimeRole});
    }
}

int CallListModel::count(Filter filter) const
{
    return static_cast<int>(std::count_if(m_all.begin(), m_all.end(),
                                          [filter](const CallEntry &call) { return passes(call, filter); }));
}

QModelIndex CallListModel::indexOf(const QString &key) const
{
    for (int row = 0; row < m_shown.size(); ++row) {
        if (m_shown.at(row).key == key)
            return index(row);
    }
    return {};
}

int CallListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QDate CallListModel::dayOf(const CallEntry &call) const
{
    return call.startedAt.toLocalTime().date();
}

QString CallListModel::headingOf(int row) const
{
    const QDate day = dayOf(m_shown.at(row));
    if (row > 0 && dayOf(m_shown.at(row - 1)) == day)
        return {};
    return dayText(day, m_today);
}

QString CallListModel::timeOf(const CallEntry &call) const
{
    if (call.live() && call.answeredAt)
        return durationText(talkedSoFar(call, m_monotonic));
    return QLocale().toString(call.startedAt.toLocalTime().time(), QStringLiteral("HH:mm"));
}

QVariant CallListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const CallEntry &call = m_shown.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return call.title();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        const QStringList parts{call.title(), call.subtitle(), chipFor(call).text, timeOf(call), call.logMessage};
        return withoutIsolates(joinedParts(parts));
    }
    case KeyRole:
        return call.key;
    case EntryRole:
        return QVariant::fromValue(call);
    case HeadingRole:
        return headingOf(index.row());
    case TimeRole:
        return timeOf(call);
    default:
        return {};
    }
}

} // namespace ringside
