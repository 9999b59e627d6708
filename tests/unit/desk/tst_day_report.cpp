// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "CallLog.h"
#include "CallSubjects.h"
#include "DayCsv.h"
#include "DayReport.h"
#include "FakeClock.h"
#include "LedgerKeeper.h"
#include "SecretStore.h"
#include "Store.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace ringside;
using namespace std::chrono_literals;
using ringside::test::await;

namespace {

QDate day()
{
    return QDate(2026, 3, 29);
}

CallEntry entryOf(const QString &key, LogState state, const QString &crmId = {})
{
    CallEntry entry;
    entry.key = key;
    entry.startedAt = QDateTime(day(), QTime(9, 0), Qt::UTC);
    entry.answeredAt = entry.startedAt;
    entry.endedAt = entry.startedAt.addSecs(60);
    entry.talkTime = 60s;
    entry.reason = CallEndReason::Completed;
    entry.logState = state;
    entry.crmCallId = crmId;
    return entry;
}

/// A key whose reference is `word`.
QString keyOf(const QString &word)
{
    return word + QStringLiteral("-0000-4000-8000-000000000000");
}

Record rowOf(const QString &id, const QString &description, const QVariantMap &further = {})
{
    QVariantMap values = further;
    values.insert(QStringLiteral("Description"), description);
    return {{QStringLiteral("Calls"), id}, values};
}

QString lineOf(const QString &word)
{
    return callSubjects::reference(keyOf(word));
}

const DayCall &callIn(const DayReport &report, const QString &key)
{
    for (const DayCall &call : report.calls) {
        if (call.entry.key == key)
            return call;
    }
    static const DayCall none;
    return none;
}

} // namespace

class TestDayReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatBecameOfEachCall();
    void namesCallsThatOnlyTheLedgerKnows();
    void namesTwoRecordsThatTheLedgerSaw();
    void comparesByIdAndReference();
    void comparesByTheNamedField();
    void comparedDayCountsWhatTheCrmHas();

    void eachCallIsOfOneDay_data();
    void eachCallIsOfOneDay();
    void dayBeginsAndEndsAtMidnight();

    void cellsAreTexts_data();
    void cellsAreTexts();
    void fileHoldsTheDay();

    void sealedRowThatIsGoneLeavesAGap();
    void sealFollowsTheLedger();
};

void TestDayReport::countsWhatBecameOfEachCall()
{
    CallEntry goesOn = entryOf(QStringLiteral("on"), LogState::None);
    goesOn.state = CallState::Connected;
    CallEntry elsewhere = entryOf(QStringLiteral("elsewhere"), LogState::None);
    elsewhere.reason = CallEndReason::Elsewhere;
    CallEntry missed = entryOf(QStringLiteral("missed"), LogState::None);
    missed.answeredAt.reset();
    missed.reason = CallEndReason::Missed;
    const QList<CallEntry> calls{entryOf(QStringLiteral("logged"), LogState::Logged, QStringLiteral("1")),
                                 entryOf(QStringLiteral("changed"), LogState::Draft, QStringLiteral("2")),
                                 entryOf(QStringLiteral("change refused"), LogState::Rejected, QStringLiteral("3")),
                                 entryOf(QStringLiteral("queued"), LogState::Queued),
                                 entryOf(QStringLiteral("rejected"), LogState::Rejected),
                                 entryOf(QStringLiteral("draft"), LogState::Draft),
                                 entryOf(QStringLiteral("none"), LogState::None),
                                 goesOn,
                                 elsewhere,
                                 missed};
    const DayReport report = DayReport::of(day(), calls, {});
    QCOMPARE(report.counts.calls, 8);
    QCOMPARE(report.counts.logged, 3);
    QCOMPARE(report.counts.waiting, 1);
    QCOMPARE(report.counts.rejected, 1);
    QCOMPARE(report.counts.notLogged, 2);
    QCOMPARE(report.counts.goingOn, 1);
    QCOMPARE(report.counts.needNoLog, 2);
    QCOMPARE(report.counts.twice, 0);
    QCOMPARE(report.counts.missing, 0);
    QCOMPARE(report.sentence(), QStringLiteral("8 calls, 3 logged, 0 twice, 0 missing, 1 waiting"));
    QCOMPARE(report.more(),
             QStringLiteral("Rejected by Zoho CRM: 1. Not logged yet: 2. Going on: 1. Besides these, calls "
                            "that need no log: 2."));
    QVERIFY(callIn(report, QStringLiteral("changed")).changeWaits);
    QVERIFY(!callIn(report, QStringLiteral("logged")).changeWaits);
    QCOMPARE(DayReport::of(day(), {}, {}).sentence(),
             QStringLiteral("0 calls, 0 logged, 0 twice, 0 missing, 0 waiting"));
    QVERIFY(DayReport::of(day(), {}, {}).more().isEmpty());
}

void TestDayReport::namesCallsThatOnlyTheLedgerKnows()
{
    const QDateTime start(day(), QTime(21, 30), Qt::UTC); // half past eleven over there
    HeardCall lost{.callKey = QStringLiteral("lost"), .startedAt = start, .offsetSeconds = 7200};
    HeardCall known = lost;
    known.callKey = QStringLiteral("known");
    HeardCall removed = lost;
    removed.callKey = QStringLiteral("removed");
    removed.removed = true;
    HeardCall tomorrows = lost;
    tomorrows.callKey = QStringLiteral("tomorrow");
    tomorrows.offsetSeconds = 3 * 3600;
    const DayReport report =
        DayReport::of(day(), {entryOf(QStringLiteral("known"), LogState::Logged, QStringLiteral("1"))},
                      {lost, known, removed, tomorrows});
    QCOMPARE(report.calls.size(), 2);
    QCOMPARE(report.counts.missing, 1);
    QCOMPARE(report.removed, 1);
    QCOMPARE(report.more(), QStringLiteral("Taken off this computer since: 1."));
    const DayCall &missing = callIn(report, QStringLiteral("lost"));
    QCOMPARE(missing.state, DayCall::State::Missing);
    QVERIFY(missing.isProblem());
    QVERIFY(missing.remark().contains(QLatin1String("kept of it is gone")));
    QCOMPARE(report.compared().size(), 1);
}

void TestDayReport::namesTwoRecordsThatTheLedgerSaw()
{
    const HeardCall heard{.callKey = QStringLiteral("k"),
                          .startedAt = QDateTime(day(), QTime(9, 0), Qt::UTC),
                          .crmCallIds = {QStringLiteral("1"), QStringLiteral("2")}};
    DayReport report =
        DayReport::of(day(), {entryOf(QStringLiteral("k"), LogState::Logged, QStringLiteral("2"))}, {heard});
    QCOMPARE(report.counts.twice, 1);
    QCOMPARE(report.counts.logged, 1);
    report.compare({}); // the CRM has one only: somebody has removed the other
    QCOMPARE(report.counts.twice, 0);
}

void TestDayReport::comparesByIdAndReference()
{
    const QString here = QStringLiteral("aaaa1111");
    const QString gone = QStringLiteral("bbbb2222");
    const QString twin = QStringLiteral("cccc3333");
    const QString late = QStringLiteral("dddd4444");
    const QString edited = QStringLiteral("eeee5555");
    const QString never = QStringLiteral("ffff6666");
    const CallComparison found =
        compareCalls({{keyOf(here), QStringLiteral("1")},
                      {keyOf(gone), QStringLiteral("2")},
                      {keyOf(twin), QStringLiteral("30")},
                      {keyOf(late), {}},
                      {keyOf(edited), QStringLiteral("5")},
                      {keyOf(never), {}}},
                     {rowOf(QStringLiteral("1"), QStringLiteral("notes\n\n") + lineOf(here)),
                      rowOf(QStringLiteral("300"), lineOf(twin)), rowOf(QStringLiteral("30"), lineOf(twin)),
                      rowOf(QStringLiteral("4"), lineOf(late).toUpper().replace(QLatin1String("RINGSIDE REFERENCE"),
                                                                                QLatin1String("Ringside reference"))),
                      rowOf(QStringLiteral("5"), QStringLiteral("somebody wrote over the reference")),
                      rowOf(QStringLiteral("9"), QStringLiteral("a call of another program")),
                      rowOf(QStringLiteral("1"), lineOf(here))}, // a page that overlaps the one before
                     {});
    QCOMPARE(found.missing, QStringList{keyOf(gone)});
    QCOMPARE(found.twice.keys(), QStringList{keyOf(twin)});
    QCOMPARE(found.twice.value(keyOf(twin)), (QStringList{QStringLiteral("30"), QStringLiteral("300")}));
    QCOMPARE(found.there.keys(), QStringList{keyOf(late)});
    QCOMPARE(found.there.value(keyOf(late)), QStringLiteral("4"));
    QVERIFY(!found.agrees());
    QVERIFY(compareCalls({}, {}, {}).agrees());
}

void TestDayReport::comparesByTheNamedField()
{
    const QString word = QStringLiteral("aaaa1111");
    const QString field = QStringLiteral("Reference");
    const QList<Record> rows{rowOf(QStringLiteral("1"), {}, {{field, QStringLiteral(" AAAA1111 ")}}),
                             rowOf(QStringLiteral("2"), lineOf(word))};
    QCOMPARE(compareCalls({{keyOf(word), QStringLiteral("1")}}, rows, field).twice.size(), 1);
    QCOMPARE(compareCalls({{keyOf(word), {}}}, {rows.first()}, field).there.size(), 1);
    QCOMPARE(compareCalls({{keyOf(word), {}}}, {rows.first()}, {}).there.size(), 0);
}

void TestDayReport::comparedDayCountsWhatTheCrmHas()
{
    DayReport report =
        DayReport::of(day(),
                      {entryOf(keyOf(QStringLiteral("aaaa1111")), LogState::Logged, QStringLiteral("1")),
                       entryOf(keyOf(QStringLiteral("bbbb2222")), LogState::Logged, QStringLiteral("2")),
                       entryOf(keyOf(QStringLiteral("cccc3333")), LogState::Logged, QStringLiteral("3"))},
                      {});
    QCOMPARE(report.sentence(), QStringLiteral("3 calls, 3 logged, 0 twice, 0 missing, 0 waiting"));
    report.compare(compareCalls(report.compared(),
                                {rowOf(QStringLiteral("1"), lineOf(QStringLiteral("aaaa1111"))),
                                 rowOf(QStringLiteral("3"), lineOf(QStringLiteral("cccc3333"))),
                                 rowOf(QStringLiteral("4"), lineOf(QStringLiteral("cccc3333")))},
                                {}));
    QCOMPARE(report.sentence(), QStringLiteral("3 calls, 2 logged, 1 twice, 1 missing, 0 waiting"));
    const DayCall &gone = callIn(report, keyOf(QStringLiteral("bbbb2222")));
    QCOMPARE(gone.stateText(), QStringLiteral("Missing"));
    QVERIFY(gone.remark().contains(QLatin1String("no longer in Zoho CRM")));
    const DayCall &twice = callIn(report, keyOf(QStringLiteral("cccc3333")));
    QCOMPARE(twice.stateText(), QStringLiteral("Twice"));
    QCOMPARE(twice.records, (QStringList{QStringLiteral("3"), QStringLiteral("4")}));
}

void TestDayReport::eachCallIsOfOneDay_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QDate>("around");
    QTest::newRow("summer time begins, Berlin") << QByteArray("Europe/Berlin") << QDate(2026, 3, 29);
    QTest::newRow("summer time ends, Berlin") << QByteArray("Europe/Berlin") << QDate(2026, 10, 25);
    QTest::newRow("summer time begins at midnight, Santiago") << QByteArray("America/Santiago") << QDate(2026, 9, 6);
    QTest::newRow("half hours, St. John's") << QByteArray("America/St_Johns") << QDate(2026, 3, 8);
    QTest::newRow("quarters, Kathmandu") << QByteArray("Asia/Kathmandu") << QDate(2026, 3, 8);
    QTest::newRow("first on earth, Kiritimati") << QByteArray("Pacific/Kiritimati") << QDate(2026, 1, 1);
    QTest::newRow("last on earth, Pago Pago") << QByteArray("Pacific/Pago_Pago") << QDate(2026, 1, 1);
    QTest::newRow("Dubai") << QByteArray("Asia/Dubai") << QDate(2024, 2, 29);
}

void TestDayReport::eachCallIsOfOneDay()
{
    QFETCH(QByteArray, zone);
    QFETCH(QDate, around);
    const QTimeZone local(zone);
    QVERIFY(local.isValid());
    Store store;
    QVERIFY(await(store.openForThisRun()).ok());
    CallLog log(store);
    QHash<QString, QDate> expected;
    QFuture<Result<void>> kept;
    QRandomGenerator random(7);
    const QDateTime from(around.addDays(-1), QTime(0, 0), Qt::UTC);
    for (int i = 0; i < 120; ++i) {
        StoredCall call;
        call.key = QString::number(i);
        call.startedAt = from.addMSecs(random.bounded(qint64(3) * 86'400'000));
        call.offsetSeconds = local.offsetFromUtc(call.startedAt);
        expected.insert(call.key, call.startedAt.toTimeZone(local).date());
        kept = log.save(call);
    }
    QVERIFY(await(kept).ok()); // and all before it
    int found = 0;
    for (QDate date = around.addDays(-3); date <= around.addDays(4); date = date.addDays(1)) {
        const Result<QList<StoredCall>> calls = await(log.ofDay(date));
        QVERIFY(calls.ok());
        QDateTime before;
        for (const StoredCall &call : calls.value()) {
            QCOMPARE(expected.value(call.key), date);
            QVERIFY(!before.isValid() || before <= call.startedAt);
            before = call.startedAt;
            ++found;
        }
    }
    QCOMPARE(found, 120);
}

void TestDayReport::dayBeginsAndEndsAtMidnight()
{
    Store store;
    QVERIFY(await(store.openForThisRun()).ok());
    CallLog log(store);
    const int offset = 4 * 3600;
    const auto save = [&](const QString &key, const QDateTime &local) {
        StoredCall call;
        call.key = key;
        call.startedAt = local.toUTC();
        call.offsetSeconds = offset;
        QVERIFY(await(log.save(call)).ok());
    };
    const QDateTime midnight(day(), QTime(0, 0), Qt::OffsetFromUTC, offset);
    save(QStringLiteral("before"), midnight.addMSecs(-1));
    save(QStringLiteral("first"), midnight);
    save(QStringLiteral("last"), midnight.addDays(1).addMSecs(-1));
    save(QStringLiteral("after"), midnight.addDays(1));
    QStringList keys;
    const QList<StoredCall> found = await(log.ofDay(day())).value();
    for (const StoredCall &call : found)
        keys.append(call.key);
    QCOMPARE(keys, (QStringList{QStringLiteral("first"), QStringLiteral("last")}));
}

void TestDayReport::cellsAreTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("plain") << "Anna"
                           << "Anna";
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("comma") << "Müller, Söhne"
                           << "\"Müller, Söhne\"";
    QTest::newRow("quote") << "the \"Best\""
                           << R"("the ""Best""")";
    QTest::newRow("line") << "a\nb"
                          << "\"a\nb\"";
    QTest::newRow("formula") << "=1+1"
                             << "\"'=1+1\"";
    QTest::newRow("command") << "=cmd|' /C calc'!A0"
                             << "\"'=cmd|' /C calc'!A0\"";
    QTest::newRow("number") << "+971501112233"
                            << "\"'+971501112233\"";
    QTest::newRow("minus") << "-2"
                           << "\"'-2\"";
    QTest::newRow("at") << "@SUM(A1)"
                        << "\"'@SUM(A1)\"";
    QTest::newRow("tab") << "\t=1"
                         << "\"'\t=1\"";
    QTest::newRow("Arabic") << QString::fromUtf8("ليلى حسن") << QString::fromUtf8("ليلى حسن");
    QTest::newRow("inside") << "a=b"
                            << "a=b";
}

void TestDayReport::cellsAreTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, cell);
    QCOMPARE(dayCsv::cell(text), cell);
}

void TestDayReport::fileHoldsTheDay()
{
    CallEntry entry =
        entryOf(keyOf(QStringLiteral("aaaa1111")), LogState::Logged, QStringLiteral("5725767000000000001"));
    entry.personName = QStringLiteral("=HYPERLINK(\"http://evil\")");
    entry.offsetSeconds = 7200;
    entry.number = PhoneNumber::parse(QStringLiteral("+971501112233"), QStringLiteral("AE"), 6);
    const DayReport report = DayReport::of(day(), {entry}, {});
    const QByteArray file = dayCsv::of(report, {.sequence = 12, .hash = QByteArray("\xab\xcd")}, {});
    QVERIFY(file.startsWith("\xEF\xBB\xBFStart,"));
    QVERIFY(!file.contains("\n\n"));
    QCOMPARE(file.count('\n'), file.count("\r\n"));
    const QList<QByteArray> lines = file.split('\n');
    QCOMPARE(lines.at(1),
             QByteArray(R"x(2026-03-29T11:00:00+02:00,Inbound,"'=HYPERLINK(""http://evil"")","'+971501112233",60,)x"
                        "Logged,aaaa1111,5725767000000000001,\r"));
    QVERIFY(file.contains("Day,2026-03-29,"));
    QVERIFY(file.contains("\"1 calls, 1 logged, 0 twice, 0 missing, 0 waiting\""));
    QVERIFY(file.contains("Checked with Zoho CRM,no,"));
    QVERIFY(file.contains("Ledger up to,12 abcd,"));
    const QByteArray checked = dayCsv::of(report, {}, QDateTime(day(), QTime(12, 0), Qt::UTC));
    QVERIFY(checked.contains("Checked with Zoho CRM,2026-03-29T12:00:00Z,"));
}

void TestDayReport::sealedRowThatIsGoneLeavesAGap()
{
    Store store;
    QVERIFY(await(store.openForThisRun()).ok());
    Ledger ledger(store);
    SessionSecretStore secrets;
    const ringside::test::FakeClock clock;
    const auto began = [&] {
        LedgerKeeper keeper(ledger, secrets, clock);
        QSignalSpy sealed(&keeper, &LedgerKeeper::sealed);
        keeper.begin();
        return sealed.wait();
    };
    for (int i = 0; i < 5; ++i)
        QVERIFY(await(ledger.record({.kind = LedgerKind::SignedIn, .at = clock.now()})).ok());
    QVERIFY(began());
    QVERIFY(await(ledger.verify()).value().gaps.isEmpty());
    QVERIFY(began()); // nothing has happened
    QVERIFY(await(ledger.verify()).value().gaps.isEmpty());
    const auto cut = store.write<void>(Store::WritePriority::Sync, [](Database &database) {
        return database.execute("DELETE FROM ledger WHERE sequence > 3");
    });
    QVERIFY(await(cut).ok());
    QVERIFY(began());
    const LedgerReport report = await(ledger.verify()).value();
    QVERIFY(!report.firstBreak);
    QCOMPARE(report.gaps, QList<QDateTime>{clock.now()});
    QVERIFY(began()); // told once, and kept
    QCOMPARE(await(ledger.verify()).value().gaps.size(), 1);
}

void TestDayReport::sealFollowsTheLedger()
{
    Store store;
    QVERIFY(await(store.openForThisRun()).ok());
    Ledger ledger(store);
    SessionSecretStore secrets;
    const ringside::test::FakeClock clock;
    const QDateTime longAgo = clock.now().addDays(-LedgerKeeper::keptDays - 1);
    QVERIFY(await(ledger.record({.kind = LedgerKind::SignedIn, .at = longAgo})).ok());
    LedgerKeeper keeper(ledger, secrets, clock);
    QSignalSpy sealed(&keeper, &LedgerKeeper::sealed);
    keeper.seal(); // not begun: nothing is written
    keeper.begin();
    QVERIFY(sealed.wait());
    const LedgerReport report = await(ledger.verify()).value();
    QCOMPARE(report.rows, 1); // the old day is closed
    const Secret first = await(secrets.read(QLatin1String(secretKey::ledgerHead))).value();
    QVERIFY(first.reveal().contains(report.head.hash.toHex()));
    QVERIFY(await(ledger.record({.kind = LedgerKind::SignedOut, .at = clock.now()})).ok());
    keeper.seal();
    QVERIFY(sealed.wait());
    QVERIFY(!(await(secrets.read(QLatin1String(secretKey::ledgerHead))).value() == first));
}

QTEST_GUILESS_MAIN(TestDayReport)
#include "tst_day_report.moc"
