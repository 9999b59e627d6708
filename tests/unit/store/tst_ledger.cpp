// SPDX-License-Identifier: Apache-2.0
#include "Database.h"
#include "Ledger.h"
#include "StoreTest.h"
#include "WhenReady.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace ringside;
using namespace ringside::test;

namespace {

constexpr auto writerArgument = "--log-until-killed";
constexpr int patienceMs = 30'000;

QDateTime moment(int seconds)
{
    return QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + qint64(seconds) * 1000, Qt::UTC);
}

/// For what needs this thread's event loop.
template <typename T> Result<T> inLoop(const QFuture<Result<T>> &future)
{
    QObject receiver;
    std::optional<Result<T>> got;
    whenReady(&receiver, future, [&got](const Result<T> &result) { got.emplace(result); });
    if (!QTest::qWaitFor([&got] { return got.has_value(); }, patienceMs))
        return Error{.kind = ErrorKind::Internal, .message = QStringLiteral("no outcome in time")};
    return *got;
}

Result<void> logOneCall(Store &store, const QString &callKey, const std::function<void()> &step)
{
    if (Result<void> saved = await(CallLog(store).save(callOf(callKey))); !saved)
        return saved;
    step();
    if (Result<void> saved = await(NoteDrafts(store).save(draftOf(callKey, QStringLiteral("notes")))); !saved)
        return saved;
    step();
    if (const Result<qint64> added = await(Outbox(store).add(entryOf(callKey, "{}"))); !added)
        return added.error();
    step();
    const auto taken = await(Outbox(store).takeNext(moment(1)));
    if (!taken)
        return taken.error();
    step();
    Result<void> done = await(Outbox(store).complete(taken.value()->id, QStringLiteral("crm-") + callKey));
    step();
    return done;
}

/// The other program: logs one call after another and prints a line after each step.
int logUntilKilled(const QString &path)
{
    Store store;
    if (!await(store.open(path, testKey())).ok())
        return 2;
    for (int number = 0;; ++number) {
        const QString callKey = QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(number);
        const Result<void> logged = logOneCall(store, callKey, [] {
            std::puts("step");
            std::fflush(stdout);
        });
        if (!logged)
            return 3;
    }
}

} // namespace

class TestLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsOfALogFromRingToRecord();
    void tellsOfAnswersThatDidNotCome();
    void tellsOfEachStateOnce();
    void tellsOfTypingNowAndThen();
    void tellsOfNothingThatWasRefused();
    void doesNotHoldUpNotes();
    void holdsNoPersonalData();

    void findsWhatWasTamperedWith_data();
    void findsWhatWasTamperedWith();
    void newestRowsThatAreGoneShowAgainstAnEarlierHead();
    void rowsSayDifferentThingsInDifferentHashes();

    void closesOldDays();
    void closedRowsThatWereTamperedWithShow();
    void closesNothingYoung();

    void knowsTheCallsOfADay();
    void isAsTheOtherTablesAreAfterAKill();

private:
    void execute(const char *sql);
    qint64 number(const char *sql);
    QList<LedgerRow> rows();
    QList<LedgerKind> kinds();
    LedgerReport report() { return inLoop(m_ledger->verify()).value(); }
    /// Rows that tell of calls heard, a minute apart.
    void fill(int count, int firstSecond = 0);

    const QString key = QStringLiteral("5c1f6a1e-0000-4000-8000-000000000001");
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Ledger> m_ledger;
};

void TestLedger::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>();
    VERIFY_OK(await(m_store->open(m_folder->filePath(QStringLiteral("store.db")), testKey())));
    m_ledger = std::make_unique<Ledger>(*m_store);
}

void TestLedger::cleanup()
{
    m_ledger.reset();
    m_store.reset();
    m_folder.reset();
}

void TestLedger::execute(const char *sql)
{
    VERIFY_OK(await(
        m_store->write<void>(Store::WritePriority::Sync, [sql](Database &database) { return database.execute(sql); })));
}

qint64 TestLedger::number(const char *sql)
{
    return await(m_store->read<qint64>([sql](Database &database) { return database.number(sql); })).value();
}

QList<LedgerRow> TestLedger::rows()
{
    return await(m_store->read<QList<LedgerRow>>(
                     [](Database &database) { return ledgerChain::after(database, 0, 100'000); }))
        .value();
}

QList<LedgerKind> TestLedger::kinds()
{
    QList<LedgerKind> kinds;
    for (const LedgerRow &row : rows())
        kinds.append(static_cast<LedgerKind>(row.kind));
    return kinds;
}

void TestLedger::fill(int count, int firstSecond)
{
    const auto filled =
        m_store->write<void>(Store::WritePriority::Sync, [count, firstSecond](Database &database) -> Result<void> {
            for (int i = 0; i < count; ++i) {
                const QDateTime at = moment(firstSecond + i * 60);
                const Result<void> appended = ledgerChain::append(
                    database,
                    {.kind = LedgerKind::Heard,
                     .callKey = QStringLiteral("call-%1").arg(firstSecond + i),
                     .detail = {{QStringLiteral("start"), at.toMSecsSinceEpoch()}, {QStringLiteral("offset"), 14400}},
                     .at = at});
                if (!appended)
                    return appended;
            }
            return {};
        });
    VERIFY_OK(await(filled));
}

void TestLedger::tellsOfALogFromRingToRecord()
{
    VERIFY_OK(logOneCall(*m_store, key, [] {}));
    QCOMPARE(kinds(), (QList<LedgerKind>{LedgerKind::Heard, LedgerKind::Typed, LedgerKind::Queued, LedgerKind::Sent,
                                         LedgerKind::Confirmed}));
    for (const LedgerRow &row : rows())
        QCOMPARE(row.callKey, key);
    QVERIFY(rows().at(1).detail.contains(R"("length":5)"));
    QVERIFY(rows().at(4).detail.contains("crm-" + key.toUtf8()));
    const LedgerReport found = report();
    QVERIFY(!found.firstBreak);
    QCOMPARE(found.rows, 5);
    QCOMPARE(found.head, await(m_ledger->head()).value());
    // Said once more, as after a lost write; it is no second record.
    VERIFY_OK(await(Outbox(*m_store).complete(1, QStringLiteral("crm-") + key)));
    QCOMPARE(rows().size(), 5);
}

void TestLedger::tellsOfAnswersThatDidNotCome()
{
    Outbox outbox(*m_store);
    const qint64 id = await(outbox.add(entryOf(key, "{}"))).value();
    const auto sendIt = [&] { return await(outbox.takeNext(moment(1))).value().has_value(); };
    QVERIFY(sendIt());
    VERIFY_OK(await(outbox.setState(id, OutboxState::Pending, {}, {})));
    QVERIFY(sendIt());
    VERIFY_OK(await(outbox.setState(id, OutboxState::Confirming, {}, {})));
    VERIFY_OK(await(outbox.setState(id, OutboxState::Confirming, {}, {})));
    VERIFY_OK(await(outbox.setState(id, OutboxState::Pending, {}, {})));
    VERIFY_OK(await(outbox.setState(id, OutboxState::Pending, {}, {})));
    QVERIFY(sendIt());
    VERIFY_OK(await(outbox.reject(id, QStringLiteral("no"))));
    QCOMPARE(kinds(),
             (QList<LedgerKind>{LedgerKind::Queued, LedgerKind::Sent, LedgerKind::Unsent, LedgerKind::Sent,
                                LedgerKind::Unanswered, LedgerKind::Absent, LedgerKind::Sent, LedgerKind::Rejected}));
    QVERIFY(rows().at(6).detail.contains(R"("attempt":3)"));
}

void TestLedger::tellsOfEachStateOnce()
{
    CallLog calls(*m_store);
    StoredCall call = callOf(key);
    VERIFY_OK(await(calls.save(call)));
    VERIFY_OK(await(calls.save(call)));
    call.state = 1;
    call.answeredAt = moment(5);
    VERIFY_OK(await(calls.save(call)));
    call.talkTime = std::chrono::seconds(5); // how long it has lasted so far
    VERIFY_OK(await(calls.save(call)));
    call.personName = QStringLiteral("Anna");
    VERIFY_OK(await(calls.save(call)));
    QCOMPARE(rows().size(), 2);
}

void TestLedger::tellsOfTypingNowAndThen()
{
    NoteDrafts drafts(*m_store);
    QString text;
    for (int i = 0; i < 50; ++i) {
        text.append(QLatin1Char('x'));
        VERIFY_OK(await(drafts.save(draftOf(key, text))));
    }
    QCOMPARE(rows().size(), 1);
    NoteDraft moved = draftOf(key, text);
    moved.cursor = 3;
    VERIFY_OK(await(drafts.save(moved)));
    QCOMPARE(rows().size(), 1);
    VERIFY_OK(await(drafts.save(draftOf(key, {}))));
    QCOMPARE(rows().size(), 2);
    QVERIFY(rows().at(1).detail.contains(R"("length":0)"));
    VERIFY_OK(await(drafts.save(draftOf(key, QStringLiteral("again")))));
    QCOMPARE(rows().size(), 3);
}

void TestLedger::tellsOfNothingThatWasRefused()
{
    VERIFY_OK(logOneCall(*m_store, key, [] {}));
    QCOMPARE(await(Outbox(*m_store).add(entryOf(key, "{}"))).error().kind, ErrorKind::Conflict);
    QCOMPARE(await(Outbox(*m_store).complete(77, QStringLiteral("1"))).error().kind, ErrorKind::NotFound);
    QCOMPARE(rows().size(), 5);
}

void TestLedger::doesNotHoldUpNotes()
{
    execute("DROP TABLE ledger");
    VERIFY_OK(logOneCall(*m_store, key, [] {}));
    QCOMPARE(await(CallLog(*m_store).find(key)).value()->logState, LogState::Logged);
}

void TestLedger::holdsNoPersonalData()
{
    StoredCall call = callOf(key);
    call.rawNumber = call.e164 = call.displayNumber = QStringLiteral("+971501112233");
    call.remoteName = call.personName = QStringLiteral("Zenobia");
    call.company = QStringLiteral("Palmyra");
    call.logMessage = QStringLiteral("Zenobia said so");
    call.recordId = QStringLiteral("900100");
    VERIFY_OK(await(CallLog(*m_store).save(call)));
    NoteDraft draft = draftOf(key, QStringLiteral("Zenobia of Palmyra, +971501112233"));
    draft.subject = QStringLiteral("Palmyra");
    draft.relatedId = QStringLiteral("900100");
    VERIFY_OK(await(NoteDrafts(*m_store).save(draft)));
    const qint64 id = await(Outbox(*m_store).add(entryOf(key, R"({"name":"Zenobia"})"))).value();
    VERIFY_OK(await(Outbox(*m_store).takeNext(moment(1))));
    VERIFY_OK(await(Outbox(*m_store).setState(id, OutboxState::Confirming, {}, QStringLiteral("Zenobia"))));
    VERIFY_OK(await(Outbox(*m_store).reject(id, QStringLiteral("Zenobia"))));
    QCOMPARE(rows().size(), 6);
    for (const char *word : {"Zenobia", "Palmyra", "501112233", "900100"}) {
        const QByteArray sql = QByteArray("SELECT count(*) FROM ledger WHERE call_key LIKE '%") + word +
                               "%' OR detail LIKE '%" + word + "%'";
        QCOMPARE(number(sql.constData()), 0);
    }
}

void TestLedger::findsWhatWasTamperedWith_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("kind");
    QTest::addColumn<qint64>("sequence");
    const int changed = static_cast<int>(LedgerBreak::Kind::Changed);
    const int severed = static_cast<int>(LedgerBreak::Kind::Severed);
    const int beginning = static_cast<int>(LedgerBreak::Kind::Beginning);
    const auto row = [](const char *name, const char *sql, int kind, qint64 sequence) {
        QTest::newRow(name) << QByteArray(sql) << kind << sequence;
    };
    row("time", "UPDATE ledger SET at = at + 1 WHERE sequence = 4", changed, 4);
    row("kind", "UPDATE ledger SET kind = 9 WHERE sequence = 4", changed, 4);
    row("call", "UPDATE ledger SET call_key = 'other' WHERE sequence = 4", changed, 4);
    row("detail", "UPDATE ledger SET detail = replace(detail, '14400', '14401') WHERE sequence = 4", changed, 4);
    row("blank in the detail", "UPDATE ledger SET detail = detail || ' ' WHERE sequence = 4", changed, 4);
    row("hash", "UPDATE ledger SET hash = x'00' WHERE sequence = 4", changed, 4);
    row("hash before", "UPDATE ledger SET previous = x'00' WHERE sequence = 4", severed, 4);
    row("newest", "UPDATE ledger SET kind = 9 WHERE sequence = 10", changed, 10);
    row("first", "UPDATE ledger SET kind = 9 WHERE sequence = 1", changed, 1);
    row("removed", "DELETE FROM ledger WHERE sequence = 4", severed, 5);
    row("removed, and the rest moved up",
        "DELETE FROM ledger WHERE sequence = 4; UPDATE ledger SET sequence = sequence - 1 WHERE sequence > 4", severed,
        4);
    row("removed from the start", "DELETE FROM ledger WHERE sequence <= 3", beginning, 4);
    row("removed from the start, made to look like it",
        "DELETE FROM ledger WHERE sequence <= 3; UPDATE ledger SET previous = x'' WHERE sequence = 4", changed, 4);
    row("all counted anew", "DELETE FROM ledger WHERE sequence <= 3; UPDATE ledger SET sequence = sequence - 3",
        changed, 1);
    row("put in",
        "UPDATE ledger SET sequence = -sequence WHERE sequence > 4;"
        "INSERT INTO ledger SELECT 5, at, kind, call_key, detail, hash, hash FROM ledger WHERE sequence = 4;"
        "UPDATE ledger SET sequence = 1 - sequence WHERE sequence < 0",
        changed, 5);
    row("put in twice",
        "UPDATE ledger SET sequence = -sequence WHERE sequence > 4;"
        "INSERT INTO ledger SELECT 5, at, kind, call_key, detail, previous, hash FROM ledger WHERE sequence = 4;"
        "UPDATE ledger SET sequence = 1 - sequence WHERE sequence < 0",
        severed, 5);
    row("swapped",
        "UPDATE ledger SET sequence = -4 WHERE sequence = 4; UPDATE ledger SET sequence = 4 WHERE sequence = 5;"
        "UPDATE ledger SET sequence = 5 WHERE sequence = -4",
        severed, 4);
}

void TestLedger::findsWhatWasTamperedWith()
{
    QFETCH(QByteArray, sql);
    QFETCH(int, kind);
    QFETCH(qint64, sequence);
    fill(10);
    QVERIFY(!report().firstBreak);
    execute(sql.constData());
    const LedgerReport found = report();
    QVERIFY(found.firstBreak.has_value());
    QCOMPARE(static_cast<int>(found.firstBreak->kind), kind);
    QCOMPARE(found.firstBreak->sequence, sequence);
}

void TestLedger::newestRowsThatAreGoneShowAgainstAnEarlierHead()
{
    fill(5);
    const LedgerHead five = await(m_ledger->head()).value();
    fill(5, 1000);
    const LedgerHead ten = await(m_ledger->head()).value();
    QVERIFY(await(m_ledger->holds({})).value());
    QVERIFY(await(m_ledger->holds(five)).value());
    QVERIFY(await(m_ledger->holds(ten)).value());
    execute("DELETE FROM ledger WHERE sequence > 7");
    QVERIFY(!report().firstBreak); // which the chain alone cannot know
    QVERIFY(await(m_ledger->holds(five)).value());
    QVERIFY(!await(m_ledger->holds(ten)).value());
    fill(5, 2000); // written on: there is a tenth again, and it is another
    QVERIFY(!await(m_ledger->holds(ten)).value());
    QVERIFY(await(m_ledger->holds(five)).value());
    execute("DELETE FROM ledger");
    QVERIFY(!await(m_ledger->holds(five)).value());
}

void TestLedger::rowsSayDifferentThingsInDifferentHashes()
{
    const LedgerRow row{
        .sequence = 1, .at = 2, .kind = 3, .callKey = QStringLiteral("ab"), .detail = "c", .previous = "d", .hash = {}};
    LedgerRow other = row;
    other.callKey = QStringLiteral("a");
    other.detail = "bc";
    QVERIFY(ledgerChain::hashOf(row) != ledgerChain::hashOf(other));
    QCOMPARE(ledgerChain::hashOf(row), ledgerChain::hashOf(LedgerRow(row)));
    QCOMPARE(ledgerChain::hashOf(row).size(), 32);
}

void TestLedger::closesOldDays()
{
    fill(1200);
    const LedgerHead early = await(m_ledger->head()).value();
    fill(10, 1'000'000);
    QCOMPARE(inLoop(m_ledger->closeBefore(moment(1'000'000))).value(), 1200);
    QList<LedgerRow> left = rows();
    QCOMPARE(left.size(), 10 + 3); // in slices, each with its Closed row
    QCOMPARE(left.constFirst().sequence, 1201);
    QCOMPARE(ledgerChain::closedAt(left.constLast()).hash, early.hash);
    QVERIFY(left.at(10).detail.contains(R"("counts":{"1":500})"));
    LedgerReport found = report();
    QVERIFY(!found.firstBreak);
    QCOMPARE(found.since, moment(1'000'000));
    QVERIFY(await(m_ledger->holds(early)).value());
    // All of it, as on a desk that was away for long.
    QCOMPARE(inLoop(m_ledger->closeBefore(QDateTime::currentDateTimeUtc().addDays(1))).value(), 13);
    left = rows();
    QCOMPARE(left.size(), 1);
    QVERIFY(!report().firstBreak);
    fill(3, 2'000'000);
    QVERIFY(!report().firstBreak);
}

void TestLedger::closedRowsThatWereTamperedWithShow()
{
    fill(20);
    fill(5, 1'000'000);
    VERIFY_OK(inLoop(m_ledger->closeBefore(moment(1'000'000))));
    QVERIFY(!report().firstBreak);
    execute("DELETE FROM ledger WHERE sequence <= 22"); // two that were never closed
    LedgerReport found = report();
    QVERIFY(found.firstBreak.has_value());
    QCOMPARE(found.firstBreak->kind, LedgerBreak::Kind::Beginning);
    QCOMPARE(found.firstBreak->sequence, 23);
    execute(R"(UPDATE ledger SET detail = replace(detail, '"upTo":20', '"upTo":22') WHERE kind = 15)");
    found = report();
    QVERIFY(found.firstBreak.has_value());
    QCOMPARE(found.firstBreak->kind, LedgerBreak::Kind::Changed);
}

void TestLedger::closesNothingYoung()
{
    QCOMPARE(inLoop(m_ledger->closeBefore(moment(0))).value(), 0);
    fill(3);
    QCOMPARE(inLoop(m_ledger->closeBefore(moment(0))).value(), 0);
    QCOMPARE(rows().size(), 3);
    QVERIFY(await(m_ledger->holds({})).value());
}

void TestLedger::knowsTheCallsOfADay()
{
    CallLog calls(*m_store);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    StoredCall answered = callOf(key, now.toMSecsSinceEpoch());
    answered.offsetSeconds = 14400;
    VERIFY_OK(await(calls.save(answered)));
    answered.state = 1;
    answered.answeredAt = now;
    VERIFY_OK(await(calls.save(answered)));
    VERIFY_OK(await(calls.save(callOf(QStringLiteral("old"), now.addDays(-3).toMSecsSinceEpoch()))));
    for (const char *id : {"11", "12", "12"})
        VERIFY_OK(await(m_ledger->record({.kind = LedgerKind::Confirmed,
                                          .callKey = key,
                                          .detail = {{QStringLiteral("crmId"), QLatin1String(id)}}})));
    const QList<HeardCall> heard = await(m_ledger->heardBetween(now.addSecs(-3600), now.addSecs(3600))).value();
    QCOMPARE(heard.size(), 1);
    QCOMPARE(heard.constFirst().callKey, key);
    QVERIFY(heard.constFirst().answered);
    QCOMPARE(heard.constFirst().offsetSeconds, 14400);
    QCOMPARE(heard.constFirst().crmCallIds, (QStringList{QStringLiteral("11"), QStringLiteral("12")}));
    QVERIFY(!heard.constFirst().removed);
    VERIFY_OK(await(m_ledger->record({.kind = LedgerKind::Removed, .callKey = key})));
    QVERIFY(await(m_ledger->heardBetween(now.addSecs(-3600), now.addSecs(3600))).value().constFirst().removed);
}

void TestLedger::isAsTheOtherTablesAreAfterAKill()
{
    m_ledger.reset();
    m_store.reset();
    const QString path = m_folder->filePath(QStringLiteral("killed.db"));
    qint64 before = 0;
    for (const int steps : {1, 2, 3, 4, 5, 6, 13, 29, 48}) {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(), {QLatin1String(writerArgument), path});
        int seen = 0;
        while (seen < steps && writer.waitForReadyRead(patienceMs))
            seen += static_cast<int>(writer.readAll().count('\n'));
        writer.kill();
        QVERIFY(writer.waitForFinished(patienceMs));
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
        m_store = std::make_unique<Store>();
        VERIFY_OK(await(m_store->open(path, testKey())));
        m_ledger = std::make_unique<Ledger>(*m_store);
        const LedgerReport found = report();
        QVERIFY(!found.firstBreak);
        QVERIFY(found.rows >= before + steps);
        before = found.rows;
        QCOMPARE(number("SELECT count(*) FROM ledger WHERE kind = 1"), number("SELECT count(*) FROM call"));
        QCOMPARE(number("SELECT count(*) FROM ledger WHERE kind = 3"), number("SELECT count(*) FROM note_draft"));
        QCOMPARE(number("SELECT count(*) FROM ledger WHERE kind = 4"), number("SELECT count(*) FROM outbox"));
        QCOMPARE(number("SELECT count(*) FROM ledger WHERE kind = 5"), number("SELECT total(attempts) FROM outbox"));
        QCOMPARE(number("SELECT count(*) FROM ledger WHERE kind = 9"),
                 number("SELECT count(*) FROM call WHERE crm_call_id <> ''"));
        m_ledger.reset();
        m_store.reset();
    }
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String(writerArgument))
        return logUntilKilled(arguments.at(2));
    TestLedger test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ledger.moc"
