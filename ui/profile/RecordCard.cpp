// SPDX-License-Identifier: Apache-2.0
#include "RecordCard.h"

#include "Button.h"
#include "Label.h"
#include "RowsView.h"
#include "TabStrip.h"
#include "TimelineDelegate.h"
#include "TimelineModel.h"

#include <QListView>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ringside {

RecordCard::RecordCard(QWidget *parent)
    : Surface(Kind::Card, parent), m_tabs(new TabStrip(TabStrip::Look::Underlined)), m_pages(new QStackedWidget),
      m_timeline(new QListView), m_model(new TimelineModel(this)), m_rows(new RowsView), m_notice(new QWidget),
      m_noticeText(new Label(TextSize::Body, weight::normal, Tone::Mute)), m_retry(new Button(tr("Try again"))),
      m_timelinePage(new QWidget), m_rest(new Button(tr("Show more")))
{
    m_tabs->setTabs({tr("Timeline"), tr("Details")});
    m_tabs->setObjectName(QStringLiteral("profileTabs"));
    m_tabs->setAccessibleName(tr("Parts of the profile"));
    m_timeline->setObjectName(QStringLiteral("timelineList"));
    m_timeline->setAccessibleName(tr("Timeline"));
    m_timeline->setModel(m_model);
    m_timeline->setItemDelegate(new TimelineDelegate(this));
    m_timeline->setFrameShape(QFrame::NoFrame);
    m_timeline->setUniformItemSizes(true);
    m_timeline->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_timeline->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_timeline->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setObjectName(QStringLiteral("profileRows"));
    m_noticeText->setObjectName(QStringLiteral("profilePartNotice"));
    m_noticeText->setWordWrap(true);
    m_retry->setObjectName(QStringLiteral("profileRetryButton"));
    m_retry->setIconName(IconName::Retry);
    m_retry->setHelp(tr("Load the parts that are missing again."), QKeySequence(Qt::Key_F5));
    build();
    connect(m_tabs, &TabStrip::currentChanged, this, &RecordCard::refresh);
    connect(m_retry, &Button::clicked, this, &RecordCard::retryRequested);
    m_rest->setObjectName(QStringLiteral("timelineRestButton"));
    m_rest->setHelp(tr("Read planned and older activities, too."), {});
    connect(m_rest, &Button::clicked, this, &RecordCard::restRequested);
}

void RecordCard::build()
{
    for (QAbstractScrollArea *area : {static_cast<QAbstractScrollArea *>(m_timeline), static_cast<QAbstractScrollArea *>(m_rows)}) {
        area->viewport()->setAutoFillBackground(false); // The card's round corners show through.
        area->setMinimumHeight(60);
    }
    auto *notice = new QVBoxLayout(m_notice);
    notice->setContentsMargins(16, 16, 16, 16);
    notice->setSpacing(10);
    notice->addWidget(m_noticeText);
    notice->addWidget(m_retry, 0, Qt::AlignLeading);
    notice->addStretch(1);
    auto *timeline = new QVBoxLayout(m_timelinePage);
    timeline->setContentsMargins(0, 0, 0, 0);
    timeline->setSpacing(4);
    timeline->addWidget(m_timeline, 1);
    timeline->addWidget(m_rest, 0, Qt::AlignHCenter);
    m_pages->addWidget(m_timelinePage);
    m_pages->addWidget(m_rows);
    m_pages->addWidget(m_notice);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 6);
    layout->setSpacing(6);
    auto *strip = new Surface(Kind::Panel);
    strip->setLines(Qt::BottomEdge);
    strip->setAttribute(Qt::WA_NoSystemBackground);
    auto *stripLayout = new QVBoxLayout(strip);
    stripLayout->setContentsMargins(6, 0, 6, 0);
    stripLayout->addWidget(m_tabs);
    layout->setContentsMargins(1, 6, 1, 6);
    layout->addWidget(strip);
    layout->addWidget(m_pages, 1);
}

void RecordCard::reset()
{
    m_tabs->setCurrentIndex(0);
    m_timeline->scrollToTop();
}

void RecordCard::focusTabs()
{
    m_tabs->setFocus(Qt::ShortcutFocusReason);
}

void RecordCard::setData(const ProfileData &person, const QDate &today)
{
    m_data = person;
    m_today = today;
    QStringList labels{tr("Timeline")};
    for (const RelatedTab &tab : person.tabs)
        labels.append(tab.count > 0 ? QStringLiteral("%1 %2").arg(tab.label, tr("%1%2").arg(tab.count).arg(tab.more ? QStringLiteral("+") : QString()))
                                    : tab.label);
    labels.append(tr("Details"));
    m_tabs->setTabs(labels);
    refresh();
}

void RecordCard::showState(const PartState &state, bool empty, const QString &emptyText)
{
    const bool failed = state.status == PartState::Status::Failed;
    const bool asks = state.status == PartState::Status::Waiting && !state.message.isEmpty();
    const bool loading = state.status == PartState::Status::Loading || state.status == PartState::Status::Waiting;
    m_retry->setVisible(failed || asks);
    m_retry->setText(asks ? tr("Read it now") : tr("Try again"));
    if (asks)
        m_noticeText->setText(state.message);
    else if (failed)
        m_noticeText->setText(state.message.isEmpty() ? tr("This part could not be loaded. The rest is complete.") : state.message);
    else
        m_noticeText->setText(loading ? tr("Loading…") : emptyText);
    m_noticeText->setTone(failed ? Tone::Bad : Tone::Mute);
    if (failed || empty)
        m_pages->setCurrentWidget(m_notice);
}

void RecordCard::refresh()
{
    const int tab = m_tabs->currentIndex();
    if (tab <= 0) {
        m_model->setItems(m_data.timeline, m_today);
        m_pages->setCurrentWidget(m_timelinePage);
        m_rest->setVisible(m_data.moreToRead);
        const bool failedAndEmpty = m_data.timeline.isEmpty();
        if (failedAndEmpty)
            showState(m_data.timelineState, true, tr("Nothing has happened yet. Your call will be the first entry."));
        return;
    }
    m_pages->setCurrentWidget(m_rows);
    if (tab == m_tabs->count() - 1) {
        QList<QStringList> rows;
        for (const ProfileField &field : m_data.details)
            rows.append({field.label, field.value});
        m_rows->setAccessibleName(tr("Details"));
        m_rows->setRows({tr("Field"), tr("Value")}, rows, true);
        showState(m_data.header, rows.isEmpty(), tr("This record has no fields that you may see."));
        return;
    }
    const RelatedTab related = m_data.tabs.value(tab - 1);
    m_rows->setAccessibleName(related.label);
    m_rows->setRows(related.columns, related.rows);
    showState(related.state, related.rows.isEmpty(), tr("There is nothing here for this person."));
    if (related.state.status == PartState::Status::Waiting || related.more)
        Q_EMIT listOpened(related.apiName);
}

} // namespace ringside
