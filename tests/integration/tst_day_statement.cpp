// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "Await.h"
#include "DayStatement.h"
#include "Ledger.h"
#include "LedgerKeeper.h"
#include "LedgerWitness.h"
#include "RetryPolicy.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// The day's statement against a CRM in which people delete, copy and move what was logged.
class TestDayStatement : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void init();
    void cleanup();

    void dayThatIsInTheCrmOnce();
    void deletedCallIsNamed();
    void copiedCallIsNamed();
    void callWithAnotherTimeIsNotMissing();
    void manyCallsArePaged();
    void checkThatFailsSaysWhy();
    void nobodySignedInIsSaid();
    void whatChangesSinceIsNotWhatWasChecked();
    void witnessTellsOfPopsAndSignIns();

private:
    QString loggedCall(const QString &id);
    RecordRef recordOf(const QString &key) const { return {QStringLiteral("Calls"), entry(key).crmCallId}; }
    /// Shows today and compares it with the CRM.
    void check();
    DayCall callOf(const QString &key) const;

    std::unique_ptr<Ledger> m_ledger;
    std::unique_ptr<LedgerKeeper> m_keeper;
    std::unique_ptr<LedgerWitness> m_witness;
    std::unique_ptr<DayStatement> m_day;
};

void TestDayStatement::init()
{
    makeProfile();
    m_ledger = std::make_unique<Ledger>(m_desk->store);
    m_keeper = std::make_unique<LedgerKeeper>(*m_ledger, *m_secrets, m_clock);
    m_witness = std::make_unique<LedgerWitness>(m_desk->session, m_desk->signIn, *m_ledger);
    m_day = std::make_unique<DayStatement>(DayStatement::Parts{m_desk->session, m_desk->callLog, *m_ledger, *m_keeper,
                                                               m_desk->crm, m_desk->settings, m_clock});
}

void TestDayStatement::cleanup()
{
    noFaults();
    m_day.reset();
    m_witness.reset();
    m_keeper.reset();
    m_ledger.reset();
    end();
}

QString TestDayStatement::loggedCall(const QString &id)
{
    const QString key = finishedCall(id, sample("known"));
    if (key.isEmpty())
        return {};
    m_desk->session.log(key);
    return QTest::qWaitFor([&] { return logState(key) == LogState::Logged; }, patience) ? key : QString();
}

void TestDayStatement::check()
{
    m_day->show(m_day->today());
    QTRY_VERIFY_WITH_TIMEOUT(m_day->loaded(), patience);
    m_day->checkCrm(m_desk->signIn.identity()->userId, {});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_day->check() == DayStatement::Check::Done || m_day->check() == DayStatement::Check::Failed, patience);
}

DayCall TestDayStatement::callOf(const QString &key) const
{
    for (const DayCall &call : m_day->report().calls) {
        if (call.entry.key == key)
            return call;
    }
    return {};
}

void TestDayStatement::dayThatIsInTheCrmOnce()
{
    const QString first = loggedCall(QStringLiteral("one"));
    const QString second = loggedCall(QStringLiteral("two"));
    const QString open = finishedCall(QStringLiteral("three"), sample("known"));
    QVERIFY(!first.isEmpty() && !second.isEmpty() && !open.isEmpty());
    check();
    QCOMPARE(m_day->check(), DayStatement::Check::Done);
    QCOMPARE(m_day->report().sentence(), QStringLiteral("3 calls, 2 logged, 0 twice, 0 missing, 0 waiting"));
    QCOMPARE(m_day->report().counts.notLogged, 1);
    QTRY_VERIFY_WITH_TIMEOUT(!m_day->ledgerText().isEmpty(), patience);
    QVERIFY2(m_day->ledgerHolds(), qPrintable(m_day->ledgerText()));
    const QByteArray file = m_day->csv();
    QVERIFY(file.contains(entry(first).crmCallId.toUtf8()));
    QVERIFY(!file.contains("Checked with Zoho CRM,no"));
    m_day->show(m_day->today().addDays(-1));
    QTRY_VERIFY_WITH_TIMEOUT(m_day->loaded(), patience);
    QCOMPARE(m_day->report().counts.calls, 0);
    QCOMPARE(m_day->check(), DayStatement::Check::NotAsked);
}

void TestDayStatement::deletedCallIsNamed()
{
    const QString kept = loggedCall(QStringLiteral("kept"));
    const QString gone = loggedCall(QStringLiteral("gone"));
    QVERIFY(!kept.isEmpty() && !gone.isEmpty());
    QVERIFY(await(m_desk->crm.removeRecord(recordOf(gone))).ok());
    check();
    QCOMPARE(m_day->report().sentence(), QStringLiteral("2 calls, 1 logged, 0 twice, 1 missing, 0 waiting"));
    QCOMPARE(callOf(gone).state, DayCall::State::Missing);
    QCOMPARE(callOf(kept).state, DayCall::State::Logged);
}

void TestDayStatement::copiedCallIsNamed()
{
    const QString key = loggedCall(QStringLiteral("copied"));
    QVERIFY(!key.isEmpty());
    const Record record = await(m_desk->crm.record(recordOf(key), {}, RequestPriority::Log)).value();
    CallActivity copy;
    copy.subject = record.text(QStringLiteral("Subject"));
    copy.start = record.dateTime(QStringLiteral("Call_Start_Time")).addSecs(90);
    copy.description = record.text(QStringLiteral("Description"));
    const Result<QString> made = await(m_desk->crm.createCall(copy));
    QVERIFY(made.ok());
    check();
    QCOMPARE(m_day->report().sentence(), QStringLiteral("1 calls, 1 logged, 1 twice, 0 missing, 0 waiting"));
    QCOMPARE(callOf(key).records, (QStringList{entry(key).crmCallId, made.value()}));
}

// Somebody has put the record under another time: it is not among the day's, and it is not missing either.
void TestDayStatement::callWithAnotherTimeIsNotMissing()
{
    const QString key = loggedCall(QStringLiteral("moved"));
    QVERIFY(!key.isEmpty());
    const Result<WrittenRecord> moved = await(m_desk->crm.updateRecord(
        recordOf(key), {{QStringLiteral("Call_Start_Time"), m_clock.now().addDays(-9).toOffsetFromUtc(0)}}));
    QVERIFY2(moved.ok(), moved.ok() ? "" : qPrintable(moved.error().message));
    check();
    QCOMPARE(m_day->report().sentence(), QStringLiteral("1 calls, 1 logged, 0 twice, 0 missing, 0 waiting"));
}

void TestDayStatement::manyCallsArePaged()
{
    constexpr int aPageAndMore = 205;
    for (int i = 0; i < aPageAndMore; ++i) {
        QVariantMap values{{QStringLiteral("Subject"), QStringLiteral("filler")},
                           {QStringLiteral("Call_Type"), QStringLiteral("Inbound")},
                           {QStringLiteral("Call_Start_Time"), m_clock.now().toOffsetFromUtc(0)},
                           {QStringLiteral("Call_Duration"), QStringLiteral("01:00")}};
        QVERIFY(await(m_desk->crm.createRecord(QStringLiteral("Calls"), values)).ok());
    }
    const QString key = loggedCall(QStringLiteral("paged"));
    QVERIFY(!key.isEmpty());
    control(HttpMethod::Delete, QStringLiteral("requests"));
    check();
    QCOMPARE(m_day->report().sentence(), QStringLiteral("1 calls, 1 logged, 0 twice, 0 missing, 0 waiting"));
    const auto questions = [this] {
        int count = 0;
        const QJsonArray all =
            control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
        for (const auto &one : all)
            count += one.toObject().value(QLatin1String("path")).toString() == QLatin1String("/crm/v8/coql");
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(questions(), 2, patience); // two pages, and nothing that had to be asked for by its id
}

void TestDayStatement::checkThatFailsSaysWhy()
{
    const QString key = loggedCall(QStringLiteral("offline"));
    QVERIFY(!key.isEmpty());
    RetryPolicy::Limits once;
    once.attempts = 1;
    m_desk->scheduler.setRetryPolicy(RetryPolicy(once));
    fault({{QStringLiteral("path"), QStringLiteral("/crm/v8/coql")},
           {QStringLiteral("status"), 500},
           {QStringLiteral("times"), -1}});
    check();
    QCOMPARE(m_day->check(), DayStatement::Check::Failed);
    QVERIFY(!m_day->checkMessage().isEmpty());
    QCOMPARE(m_day->report().counts.missing, 0); // what could not be asked is not missing
    noFaults();
    m_day->checkCrm(m_desk->signIn.identity()->userId, {});
    QTRY_COMPARE_WITH_TIMEOUT(m_day->check(), DayStatement::Check::Done, patience);
}

void TestDayStatement::nobodySignedInIsSaid()
{
    m_day->show(m_day->today());
    QTRY_VERIFY_WITH_TIMEOUT(m_day->loaded(), patience);
    m_day->checkCrm({}, {});
    QTRY_COMPARE_WITH_TIMEOUT(m_day->check(), DayStatement::Check::Failed, patience);
    QVERIFY(m_day->checkMessage().contains(QLatin1String("Sign in")));
}

void TestDayStatement::whatChangesSinceIsNotWhatWasChecked()
{
    const QString first = loggedCall(QStringLiteral("early"));
    check();
    QCOMPARE(m_day->check(), DayStatement::Check::Done);
    m_day->refresh();
    QSignalSpy changed(m_day.get(), &DayStatement::changed);
    QVERIFY(changed.wait(patience));
    QCOMPARE(m_day->check(), DayStatement::Check::Done);
    QVERIFY(!finishedCall(QStringLiteral("in between"), sample("known")).isEmpty());
    m_day->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(m_day->report().counts.notLogged, 1, patience);
    QCOMPARE(m_day->check(), DayStatement::Check::Done); // what was asked about is as it was
    const QString second = loggedCall(QStringLiteral("later"));
    QVERIFY(!first.isEmpty() && !second.isEmpty());
    m_day->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(m_day->report().counts.logged, 2, patience);
    QCOMPARE(m_day->check(), DayStatement::Check::NotAsked);
    QVERIFY(m_day->csv().contains("Checked with Zoho CRM,no"));
}

void TestDayStatement::witnessTellsOfPopsAndSignIns()
{
    QSignalSpy added(&m_desk->session, &AgentSession::callAdded);
    ring(QStringLiteral("look"), QStringLiteral("ringing"), sample("known"));
    QTRY_COMPARE_WITH_TIMEOUT(added.count(), 1, patience);
    const QString ringing = added.constFirst().constFirst().toString();
    const QString key = loggedCall(QStringLiteral("seen"));
    QVERIFY(!key.isEmpty());
    m_desk->signIn.expire(QStringLiteral("over"));
    QCOMPARE(m_desk->signIn.state(), SignIn::State::SignedOut);
    const auto kindsOf = [this](const QString &callKey) {
        const Result<QList<LedgerRow>> rows = await(m_desk->store.read<QList<LedgerRow>>(
            [](Database &database) { return ledgerChain::after(database, 0, 1000); }));
        QList<int> kinds;
        for (const LedgerRow &row : rows.value()) {
            if (row.callKey == callKey)
                kinds.append(row.kind);
        }
        return kinds;
    };
    const auto holds = [&](const QString &callKey, LedgerKind kind) {
        return kindsOf(callKey).contains(static_cast<int>(kind));
    };
    QTRY_VERIFY_WITH_TIMEOUT(holds({}, LedgerKind::SignedOut), patience);
    QVERIFY(holds({}, LedgerKind::SignedIn));
    QVERIFY(holds(key, LedgerKind::Heard));
    QVERIFY(holds(key, LedgerKind::Typed));
    QVERIFY(holds(key, LedgerKind::Queued));
    QVERIFY(holds(key, LedgerKind::Sent));
    QVERIFY(holds(key, LedgerKind::Confirmed));
    // The toast, and the card with who it is.
    QTRY_COMPARE_WITH_TIMEOUT(kindsOf(ringing).count(static_cast<int>(LedgerKind::Shown)), 2, patience);
}

QTEST_GUILESS_MAIN(TestDayStatement)
#include "tst_day_statement.moc"
