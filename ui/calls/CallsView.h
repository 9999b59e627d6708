// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallListModel.h"
#include "Surface.h"

class QListView;

namespace ringside {

class CallDelegate;
class Label;
class TabStrip;

/// The calls column: three filters and the list. Takes plain values; says which call the agent chose.
class CallsView final : public Surface
{
    Q_OBJECT

public:
    explicit CallsView(QWidget *parent = nullptr);

    void setCalls(const QList<CallEntry> &calls);
    void updateCall(const CallEntry &call);
    void setNow(std::chrono::milliseconds monotonic, const QDateTime &now);

    /// Marks a call as the current one without a signal and without moving the focus. Empty = none.
    void setCurrent(const QString &key);
    QString current() const { return m_current; }

    /// A strip of 56 px: initials alone.
    void setFolded(bool folded);
    bool folded() const { return m_folded; }
    void focusList();

Q_SIGNALS:
    /// The agent picked this call with mouse or keys.
    void chosen(const QString &key);

private:
    void refreshTabs();
    void refreshEmpty();
    void restoreCurrent();
    void showFilter(int tab);

    CallListModel *m_model;
    CallDelegate *m_delegate;
    TabStrip *m_tabs;
    QListView *m_list;
    Label *m_empty;
    QString m_current;
    bool m_folded = false;
    bool m_settingCurrent = false;
};

} // namespace ringside
