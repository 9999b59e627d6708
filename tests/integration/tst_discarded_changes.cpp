// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "OutboxDispatcher.h"
#include "RetryPolicy.h"
#include "WrapUp.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// An agent who goes on typing while what they changed of a logged call is being discarded.
class TestDiscardedChanges : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void init() { makeProfile(); }
    void cleanup() { end(); }

    void typedBeforeItIsBackNothingIsDiscarded();
    void typedRightAfterItIsBackIsANewChange_data();
    void typedRightAfterItIsBackIsANewChange();

private:
    QString loggedCall(const QString &id);
    QString descriptionOf(const QString &key);
};

QString TestDiscardedChanges::loggedCall(const QString &id)
{
    const QString key = finishedCall(id, sample("known"));
    if (key.isEmpty())
        return {};
    m_desk->session.log(key);
    return QTest::qWaitFor([&] { return logState(key) == LogState::Logged; }, patience) ? key : QString();
}

QString TestDiscardedChanges::descriptionOf(const QString &key)
{
    const Result<Record> record = await(m_desk->crm.record({QStringLiteral("Calls"), entry(key).crmCallId},
                                                           {QStringLiteral("Description")}, RequestPriority::Log));
    return record.ok() ? record.value().text(QStringLiteral("Description")) : QString();
}

void TestDiscardedChanges::typedBeforeItIsBackNothingIsDiscarded()
{
    const QString key = loggedCall(QStringLiteral("before"));
    QVERIFY(!key.isEmpty());
    AgentSession &session = m_desk->session;
    WrapUp &notes = session.wrapUp(key);
    notes.setNotes(QStringLiteral("A change"), 0);
    QSignalSpy problems(&session, &AgentSession::problem);
    session.discardChanges(key);
    notes.setNotes(QStringLiteral("A change, and a keystroke more"), 0);
    QTRY_COMPARE_WITH_TIMEOUT(problems.count(), 1, patience);
    QCOMPARE(problems.first().first().toString(), key);
    QCOMPARE(notes.draft().notes, QStringLiteral("A change, and a keystroke more"));
    QCOMPARE(logState(key), LogState::Draft);
    session.discardChanges(key); // and in peace
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QCOMPARE(notes.draft().notes, notesText + QStringLiteral("before"));
    QCOMPARE(problems.count(), 1);
}

void TestDiscardedChanges::typedRightAfterItIsBackIsANewChange_data()
{
    QTest::addColumn<bool>("queued");
    QTest::newRow("of a draft") << false;
    QTest::newRow("of a change that waited") << true;
}

void TestDiscardedChanges::typedRightAfterItIsBackIsANewChange()
{
    QFETCH(bool, queued);
    const QString id = queued ? QStringLiteral("queued") : QStringLiteral("draft");
    const QString key = loggedCall(id);
    QVERIFY(!key.isEmpty());
    AgentSession &session = m_desk->session;
    WrapUp &notes = session.wrapUp(key);
    notes.setNotes(QStringLiteral("A change"), 0);
    if (queued) {
        RetryPolicy::Limits once;
        once.attempts = 1;
        m_desk->scheduler.setRetryPolicy(RetryPolicy(once));
        fault({{QStringLiteral("path"), QStringLiteral("/crm/")},
               {QStringLiteral("reset"), true},
               {QStringLiteral("times"), -1}});
        session.log(key);
        QTRY_VERIFY_WITH_TIMEOUT(!session.dispatcher().lastProblem().isEmpty(), patience);
        QCOMPARE(logState(key), LogState::Queued);
    }
    const QString typed = notesText + id + QStringLiteral(", typed on");
    // After it was put back, and before the store has answered.
    connect(
        &notes, &WrapUp::draftLoaded, &notes,
        [&notes, typed] {
            QMetaObject::invokeMethod(
                &notes, [&notes, typed] { notes.setNotes(typed, 0); }, Qt::QueuedConnection);
        },
        Qt::SingleShotConnection);
    session.discardChanges(key);
    QTRY_COMPARE_WITH_TIMEOUT(notes.draft().notes, typed, patience);
    noFaults();
    QTRY_COMPARE_WITH_TIMEOUT(session.dispatcher().waiting(), 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Draft, patience);
    QVERIFY(entry(key).changedSinceLogged());
    QTRY_COMPARE_WITH_TIMEOUT(notes.saveState(), WrapUp::SaveState::Saved, patience);
    QCOMPARE(await(m_desk->drafts.unlogged()).value().size(), 1);
    QVERIFY(!descriptionOf(key).contains(QLatin1String("A change")));
    session.log(key);
    QTRY_COMPARE_WITH_TIMEOUT(logState(key), LogState::Logged, patience);
    QVERIFY(descriptionOf(key).contains(typed));
    QCOMPARE(posts(), 1);
}

QTEST_GUILESS_MAIN(TestDiscardedChanges)
#include "tst_discarded_changes.moc"
