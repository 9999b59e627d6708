// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"

#include <QAbstractListModel>
#include <QTimeZone>

namespace ringside {

/// The calls list: newest first, filtered, with a day heading above the first call of each day. Changes touch only the
/// rows that they concern.
class CallListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Filter { All, Missed, ToLog };
    enum Role { KeyRole = Qt::UserRole + 1, EntryRole, HeadingRole, TimeRole };

    explicit CallListModel(QObject *parent = nullptr);

    /// All calls, newest first. Rows that stay keep their place and selection.
    void setCalls(const QList<CallEntry> &calls);
    /// One call that is new (put first) or changed.
    void update(const CallEntry &call);
    void setFilter(Filter filter);
    Filter filter() const { return m_filter; }
    /// The time to count from: the monotonic one for live calls, the day for headings. Repaints what changed.
    void setNow(std::chrono::milliseconds monotonic, const QDateTime &now);

    int count(Filter filter) const;
    QModelIndex indexOf(const QString &key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    static bool passes(const CallEntry &call, Filter filter);
    QList<CallEntry> filtered() const;
    void refilter();
    QDate dayOf(const CallEntry &call) const;
    QString headingOf(int row) const;
    QString timeOf(const CallEntry &call) const;

    QList<CallEntry> m_all;
    QList<CallEntry> m_shown;
    Filter m_filter = Filter::All;
    std::chrono::milliseconds m_monotonic{0};
    QDate m_today;
};

} // namespace ringside
