// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileData.h"
#include "Surface.h"

class QListView;
class QStackedWidget;

namespace ringside {

class Button;
class Label;
class RowsView;
class TabStrip;
class TimelineModel;

/// The card under the header: timeline, a tab a related list, every field under Details. A tab whose part failed says why.
class RecordCard final : public Surface
{
    Q_OBJECT

public:
    explicit RecordCard(QWidget *parent = nullptr);

    void setData(const ProfileData &person, const QDate &today);
    /// Back to the timeline: another person is shown.
    void reset();
    void focusTabs();

Q_SIGNALS:
    void retryRequested();
    /// The agent opened the tab of this related list.
    void listOpened(const QString &apiName);
    /// The agent wants the lists of the timeline that were not read.
    void restRequested();

private:
    void build();
    void refresh();
    void showState(const PartState &state, bool empty, const QString &emptyText);

    TabStrip *m_tabs;
    QStackedWidget *m_pages;
    QListView *m_timeline;
    TimelineModel *m_model;
    RowsView *m_rows;
    QWidget *m_notice;
    Label *m_noticeText;
    Button *m_retry;
    QWidget *m_timelinePage;
    Button *m_rest;
    ProfileData m_data;
    QDate m_today;
};

} // namespace ringside
