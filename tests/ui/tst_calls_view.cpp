// SPDX-License-Identifier: Apache-2.0
#include "CallListModel.h"
#include "CallText.h"
#include "CallsView.h"
#include "Samples.h"
#include "TabStrip.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;

/// The calls column on made-up calls.
class TestCallsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headsEachDayOnce();
    void filters();
    void newCallMovesNothing();
    void clockTouchesLiveRowsOnly();
    void settingTheCurrentCallIsSilent();
    void clickAndKeysChoose();
    void newCallKeepsTheCurrentOne();
    void wordsForWhatBecameOfACall();
    void foldsToAStrip();

private:
    samples::StillClock m_clock;
};

void TestCallsView::headsEachDayOnce()
{
    CallListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setNow(m_clock.monotonic(), m_clock.now());
    model.setCalls(samples::calls(m_clock));
    QStringList headings;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString heading = model.index(row).data(CallListModel::HeadingRole).toString();
        if (!heading.isEmpty())
            headings.append(heading);
    }
    QCOMPARE(headings, (QStringList{QStringLiteral("Today"), QStringLiteral("Yesterday")}));
}

void TestCallsView::filters()
{
    CallListModel model;
    model.setCalls(samples::calls(m_clock));
    QCOMPARE(model.count(CallListModel::Filter::All), 8);
    QCOMPARE(model.count(CallListModel::Filter::Missed), 1);
    QCOMPARE(model.count(CallListModel::Filter::ToLog), 2);
    model.setFilter(CallListModel::Filter::Missed);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("+44 20 7946 0018"));
}

void TestCallsView::newCallMovesNothing()
{
    CallListModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCalls(samples::calls(m_clock));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.update(samples::ringingCall(m_clock));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(model.rowCount(), 9);
    CallEntry changed = samples::ringingCall(m_clock);
    changed.state = CallState::Connected;
    model.update(changed);
    QCOMPARE(model.rowCount(), 9);
    QCOMPARE(reset.count(), 0);
}

void TestCallsView::clockTouchesLiveRowsOnly()
{
    CallListModel model;
    model.setNow(m_clock.monotonic(), m_clock.now());
    model.setCalls(samples::calls(m_clock));
    QCOMPARE(model.index(0).data(CallListModel::TimeRole).toString(), QStringLiteral("03:42"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    samples::StillClock later;
    later.advance(std::chrono::seconds(1));
    model.setNow(later.monotonic(), later.now());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 0);
    QCOMPARE(model.index(0).data(CallListModel::TimeRole).toString(), QStringLiteral("03:43"));
}

void TestCallsView::settingTheCurrentCallIsSilent()
{
    CallsView view;
    QSignalSpy chosen(&view, &CallsView::chosen);
    view.setCalls(samples::calls(m_clock));
    view.setCurrent(QStringLiteral("call-21"));
    auto *list = view.findChild<QListView *>(QStringLiteral("callsList"));
    QCOMPARE(list->currentIndex().row(), 2);
    view.setCurrent({});
    QVERIFY(!list->selectionModel()->hasSelection());
    QCOMPARE(chosen.count(), 0);
}

void TestCallsView::clickAndKeysChoose()
{
    CallsView view;
    view.resize(268, 600);
    view.setCalls(samples::calls(m_clock));
    view.setCurrent(QStringLiteral("call-1"));
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    auto *list = view.findChild<QListView *>(QStringLiteral("callsList"));
    QSignalSpy chosen(&view, &CallsView::chosen);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(3, 0)).center());
    QVERIFY(chosen.count() >= 1);
    QCOMPARE(chosen.last().at(0).toString(), QStringLiteral("call-22"));
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(chosen.last().at(0).toString(), QStringLiteral("call-23"));
    QCOMPARE(view.current(), QStringLiteral("call-23"));
}

void TestCallsView::newCallKeepsTheCurrentOne()
{
    CallsView view;
    view.setCalls(samples::calls(m_clock));
    view.setCurrent(QStringLiteral("call-20"));
    QSignalSpy chosen(&view, &CallsView::chosen);
    view.updateCall(samples::ringingCall(m_clock));
    auto *list = view.findChild<QListView *>(QStringLiteral("callsList"));
    QCOMPARE(list->currentIndex().data(CallListModel::KeyRole).toString(), QStringLiteral("call-20"));
    // Under a filter that hides it, it is current all the same, and comes back with it.
    auto *tabs = view.findChild<TabStrip *>(QStringLiteral("callsFilter"));
    tabs->setCurrentIndex(1);
    QCOMPARE(view.current(), QStringLiteral("call-20"));
    tabs->setCurrentIndex(0);
    QCOMPARE(list->currentIndex().data(CallListModel::KeyRole).toString(), QStringLiteral("call-20"));
    QCOMPARE(chosen.count(), 0);
}

void TestCallsView::wordsForWhatBecameOfACall()
{
    CallEntry call = samples::liveCall(m_clock);
    QCOMPARE(chipFor(call).text, QStringLiteral("On call"));
    call.state = CallState::Held;
    QCOMPARE(chipFor(call).text, QStringLiteral("On hold"));
    call.state = CallState::Ended;
    call.reason = CallEndReason::Completed;
    call.logState = LogState::Draft;
    QCOMPARE(chipFor(call).text, QStringLiteral("Draft"));
    call.logState = LogState::Rejected;
    QCOMPARE(chipFor(call).text, QStringLiteral("Rejected"));
    call.reason = CallEndReason::Missed;
    call.logState = LogState::Draft;
    QCOMPARE(chipFor(call).text, QStringLiteral("Missed"));
    call.logState = LogState::Logged;
    QCOMPARE(chipFor(call).text, QStringLiteral("Logged"));
}

void TestCallsView::foldsToAStrip()
{
    CallsView view;
    view.setCalls(samples::calls(m_clock));
    view.setFolded(true);
    QCOMPARE(view.maximumWidth(), 56);
    QVERIFY(view.findChild<TabStrip *>(QStringLiteral("callsFilter"))->isHidden());
    view.setFolded(false);
    QVERIFY(view.maximumWidth() > 1000);
}

QTEST_MAIN(TestCallsView)
#include "tst_calls_view.moc"
