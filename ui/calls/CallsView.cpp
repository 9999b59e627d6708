// SPDX-License-Identifier: Apache-2.0
#include "CallsView.h"

#include "CallDelegate.h"
#include "Label.h"
#include "TabStrip.h"

#include <QItemSelectionModel>
#include <QListView>
#include <QVBoxLayout>

namespace ringside {

namespace {
constexpr int foldedWidth = 56;
constexpr int leastWidth = 200;
} // namespace

CallsView::CallsView(QWidget *parent)
    : Surface(Kind::Panel, parent), m_model(new CallListModel(this)), m_delegate(new CallDelegate(this)),
      m_tabs(new TabStrip(TabStrip::Look::Pills)), m_list(new QListView),
      m_empty(new Label(TextSize::Body, weight::normal, Tone::Mute))
{
    setObjectName(QStringLiteral("callsView"));
    setMinimumWidth(leastWidth);
    m_tabs->setObjectName(QStringLiteral("callsFilter"));
    m_tabs->setAccessibleName(tr("Which calls are listed"));
    m_list->setObjectName(QStringLiteral("callsList"));
    m_list->setAccessibleName(tr("Calls"));
    m_list->setToolTip(tr("Calls (%1)").arg(QStringLiteral("Alt+1")));
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_empty->setContentsMargins(16, 8, 16, 8);
    m_empty->setObjectName(QStringLiteral("callsEmpty"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->setSpacing(2);
    auto *filters = new QVBoxLayout;
    filters->setContentsMargins(8, 0, 8, 2);
    filters->addWidget(m_tabs);
    layout->addLayout(filters);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    refreshTabs();
    refreshEmpty();

    connect(m_tabs, &TabStrip::currentChanged, this, &CallsView::showFilter);
    connect(m_model, &QAbstractItemModel::modelReset, this, &CallsView::restoreCurrent);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (m_settingCurrent || !index.isValid())
            return;
        m_current = index.data(CallListModel::KeyRole).toString();
        Q_EMIT chosen(m_current);
    });
    // A click on the call that is marked already brings it back, for instance from a profile found by hand.
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_current = index.data(CallListModel::KeyRole).toString();
        Q_EMIT chosen(m_current);
    });
}

void CallsView::setCalls(const QList<CallEntry> &calls)
{
    m_settingCurrent = true;
    m_model->setCalls(calls);
    m_settingCurrent = false;
    restoreCurrent();
    refreshTabs();
    refreshEmpty();
}

void CallsView::updateCall(const CallEntry &call)
{
    m_settingCurrent = true;
    m_model->update(call);
    m_settingCurrent = false;
    restoreCurrent();
    refreshTabs();
    refreshEmpty();
}

void CallsView::setNow(std::chrono::milliseconds monotonic, const QDateTime &now)
{
    m_model->setNow(monotonic, now);
}

void CallsView::setCurrent(const QString &key)
{
    m_current = key;
    restoreCurrent();
}

void CallsView::restoreCurrent()
{
    const QModelIndex index = m_model->indexOf(m_current);
    if (m_list->currentIndex() == index && (index.isValid() || !m_list->selectionModel()->hasSelection()))
        return;
    m_settingCurrent = true;
    if (index.isValid()) {
        m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        m_list->scrollTo(index);
    } else {
        m_list->selectionModel()->clear();
    }
    m_settingCurrent = false;
}

void CallsView::setFolded(bool folded)
{
    if (m_folded == folded)
        return;
    m_folded = folded;
    m_tabs->setVisible(!folded);
    m_delegate->setFolded(folded);
    setMinimumWidth(folded ? foldedWidth : leastWidth);
    setMaximumWidth(folded ? foldedWidth : QWIDGETSIZE_MAX);
    refreshEmpty();
    m_list->doItemsLayout();
}

void CallsView::focusList()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
}

void CallsView::showFilter(int tab)
{
    m_settingCurrent = true;
    m_model->setFilter(static_cast<CallListModel::Filter>(tab));
    m_settingCurrent = false;
    restoreCurrent();
    refreshEmpty();
}

void CallsView::refreshTabs()
{
    const int missed = m_model->count(CallListModel::Filter::Missed);
    const int toLog = m_model->count(CallListModel::Filter::ToLog);
    m_tabs->setTabs({tr("All"), missed > 0 ? tr("Missed %1").arg(missed) : tr("Missed"),
                     toLog > 0 ? tr("To log %1").arg(toLog) : tr("To log")});
}

void CallsView::refreshEmpty()
{
    const bool empty = m_model->rowCount() == 0;
    m_empty->setVisible(empty && !m_folded);
    switch (m_model->filter()) {
    case CallListModel::Filter::All:
        m_empty->setText(tr("No calls yet. When the phone rings, the caller shows here."));
        break;
    case CallListModel::Filter::Missed:
        m_empty->setText(tr("No missed calls."));
        break;
    case CallListModel::Filter::ToLog:
        m_empty->setText(tr("Every call is logged."));
        break;
    }
}

} // namespace ringside
