// SPDX-License-Identifier: Apache-2.0
#include "OutboxModel.h"

#include "Await.h"

#include <QDir>
#include <QLoggingCategory>
#include <QSet>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype depth = 8;
constexpr qsizetype remembered = 2; // events before a state that tell it from the same state otherwise reached
constexpr auto wholeModel = "RINGSIDE_WHOLE_MODEL"; // set: no two trails are taken for one, which takes minutes

struct Explored
{
    QString failure; ///< What went wrong first; empty when nothing did.
    int states = 0;
    int mostSends = 0;
    QSet<OutboxModel::Event> events;
};

class Explorer
{
public:
    Explorer(Store &store, const ConfirmPolicy &policy) : m_model(store, policy) {}

    /// Breadth first, so that each state is reached with as much depth left as there can be.
    Explored run()
    {
        QList<OutboxModel::Trail> open{OutboxModel::Trail()};
        while (!open.isEmpty() && m_explored.failure.isEmpty()) {
            const OutboxModel::Trail trail = open.takeFirst();
            if (!m_model.replay(trail)) {
                fail(QStringLiteral("No rest"), trail);
                break;
            }
            const QList<OutboxModel::Event> events = m_model.enabled();
            for (const OutboxModel::Event event : events) {
                const OutboxModel::Trail next = trail + OutboxModel::Trail{event};
                if (visit(trail, event) && next.size() < depth)
                    open.append(next);
            }
        }
        return m_explored;
    }

private:
    /// True when it leads to a state that is new.
    bool visit(const OutboxModel::Trail &before, OutboxModel::Event event)
    {
        const OutboxModel::Trail trail = before + OutboxModel::Trail{event};
        if (!m_explored.failure.isEmpty())
            return false;
        if (!m_model.replay(before) || !m_model.apply(event)) {
            fail(QStringLiteral("No rest"), trail);
            return false;
        }
        m_explored.events.insert(event);
        m_explored.mostSends = std::max(m_explored.mostSends, m_model.sends());
        const QString state = qEnvironmentVariableIsSet(wholeModel)
                                  ? OutboxModel::names(trail)
                                  : m_model.state() + OutboxModel::names(trail.last(std::min(remembered, trail.size())));
        if (m_model.records() > 1)
            fail(QStringLiteral("Twice"), trail);
        else if (m_states.contains(state))
            return false;
        m_states.insert(state);
        m_explored.states = static_cast<int>(m_states.size());
        if (m_explored.failure.isEmpty() && (!m_model.finish() || m_model.records() != 1))
            fail(QStringLiteral("%1 records when all goes well after").arg(m_model.records()), trail);
        return m_explored.failure.isEmpty();
    }

    void fail(const QString &what, const OutboxModel::Trail &trail)
    {
        m_explored.failure = what + QLatin1String(": ") + OutboxModel::names(trail);
    }

    OutboxModel m_model;
    QSet<QString> m_states;
    Explored m_explored;
};

} // namespace

/// Every order of events to depth 8: answers, losses before and after the commit, commits that come late but within the
/// window, crashes, restarts, time. After each, no second record; and when nothing goes wrong any more, exactly one.
class TestOutboxModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyOrderOfEventsLogsOnce();
    void withoutConfirmingThereIsATwin();
    void withoutTheWindowThereIsATwin();

private:
    std::unique_ptr<Store> m_store;
};

void TestOutboxModel::initTestCase()
{
    // What a disk may lose is another test's; this one writes much, and to memory where there is a place for it.
    const QString memory = QStringLiteral("/dev/shm");
    if (QDir(memory).exists())
        qputenv("TMPDIR", memory.toLocal8Bit());
    QLoggingCategory::setFilterRules(QStringLiteral("ringside.desk.info=false"));
    m_store = std::make_unique<Store>();
    QVERIFY(await(m_store->openForThisRun()).ok());
}

void TestOutboxModel::everyOrderOfEventsLogsOnce()
{
    const Explored explored = Explorer(*m_store, {}).run();
    QVERIFY2(explored.failure.isEmpty(), qPrintable(explored.failure));
    qInfo("model: %d orders of events, 0 lost, 0 twice", explored.states);
    QVERIFY(explored.states > 300);
    QVERIFY(explored.mostSends > 1); // what is certainly not there is sent again
    QCOMPARE(explored.events.size(), static_cast<qsizetype>(OutboxModel::Event::TimePasses) + 1);
}

/// The test of the test.
void TestOutboxModel::withoutConfirmingThereIsATwin()
{
    const Explored explored = Explorer(*m_store, {.commitWindow = 60s, .absences = 0}).run();
    QVERIFY2(explored.failure.startsWith(QLatin1String("Twice: ")) ||
                 explored.failure.startsWith(QLatin1String("2 records")),
             qPrintable(explored.failure));
}

void TestOutboxModel::withoutTheWindowThereIsATwin()
{
    const Explored explored = Explorer(*m_store, {.commitWindow = 0s, .absences = 1}).run();
    QVERIFY2(explored.failure.startsWith(QLatin1String("Twice: ")) ||
                 explored.failure.startsWith(QLatin1String("2 records")),
             qPrintable(explored.failure));
}

QTEST_GUILESS_MAIN(TestOutboxModel)
#include "tst_outbox_model.moc"
