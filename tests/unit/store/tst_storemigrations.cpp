// SPDX-License-Identifier: Apache-2.0
#include "CreditHistory.h"
#include "Database.h"
#include "Directory.h"
#include "LedgerChain.h"
#include "MetadataCache.h"
#include "Migrations.h"
#include "NewPersonQueue.h"
#include "Statement.h"
#include "StoreTest.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstdio>

using namespace ringside;
using namespace ringside::test;

namespace {

constexpr auto makeArgument = "--make-fixture";

constexpr CreditUse fixtureCredits{.slot = 1'764'000'000, .kind = CreditKind::Search, .requests = 3, .credits = 3};
constexpr int creditsSince = 3; ///< The version that first kept them.

StoredCall fixtureCall()
{
    StoredCall call = callOf(QStringLiteral("phone/1"));
    call.personName = QString::fromUtf8("ليلى حسن");
    call.e164 = QStringLiteral("+971501112233");
    call.answeredAt = call.startedAt.addSecs(4);
    call.endedAt = call.startedAt.addSecs(64);
    call.talkTime = std::chrono::milliseconds(60'000);
    return call;
}

constexpr int metadataSince = 4;
constexpr int fieldValuesSince = 5;
constexpr int ledgerSince = 6;
constexpr int noteVersionsSince = 7;
constexpr int newPeopleSince = 8;

QString fixtureEarlierNotes()
{
    return QString::fromUtf8("2 pallets, لا");
}

NoteDraft fixtureDraft()
{
    NoteDraft draft = draftOf(QStringLiteral("phone/1"), QString::fromUtf8("3 pallets, نعم"));
    draft.values = {{QStringLiteral("Reason_Code"), QString::fromUtf8("فاتورة")}};
    return draft;
}

CachedMetadata fixtureMetadata()
{
    return {.module = QStringLiteral("Contacts"), .text = "{}", .readAt = fixtureCall().startedAt};
}

/// Fills every table with what the test below looks for. Run by hand once for each version of the schema, with
/// `tst_storemigrations --make-fixture tests/data/store/vN.db`; the files are never made again.
Result<void> makeFixture(const QString &path)
{
    Store store;
    if (Result<void> opened = await(store.open(path, testKey())); !opened)
        return opened;
    if (Result<void> saved = await(CallLog(store).save(fixtureCall())); !saved)
        return saved;
    if (Result<void> saved = await(NoteDrafts(store).save(fixtureDraft(), {fixtureEarlierNotes()})); !saved)
        return saved;
    if (const Result<qint64> added =
            await(Outbox(store).add(entryOf(QStringLiteral("phone/1"), R"({"Subject":"Call"})")));
        !added)
        return added.error();
    DirectoryEntry entry;
    entry.module = QStringLiteral("Contacts");
    entry.recordId = QStringLiteral("5725767000000012345");
    entry.name = QString::fromUtf8("ليلى حسن");
    entry.numbers = QStringList{QStringLiteral("+971501112233")};
    entry.numberLabels = QStringList{QStringLiteral("Mobile")};
    entry.seenAt = fixtureCall().startedAt;
    Directory directory(store);
    if (Result<void> remembered = await(directory.remember(entry)); !remembered)
        return remembered;
    if (Result<void> chosen =
            await(directory.rememberChoice(QStringLiteral("+971501112233"), entry.module, entry.recordId));
        !chosen)
        return chosen;
    if (Result<void> saved = await(CreditHistory(store).save(QStringLiteral("60001234567"), {fixtureCredits}, 0)); !saved)
        return saved;
    if (Result<void> kept = await(MetadataCache(store).keep(QStringLiteral("60001234567"), fixtureMetadata())); !kept)
        return kept;
    return await(NewPersonQueue(store).save({.callKey = QStringLiteral("phone/1"), .payload = "{}"}));
}

std::unique_ptr<Database> openDatabase(const QString &path)
{
    QFile file(path);
    if (!file.exists() && !file.open(QIODevice::WriteOnly))
        return nullptr;
    file.close();
    auto database = Database::open(path, testKey(), Database::Mode::ReadWrite);
    return database ? std::move(database).value() : nullptr;
}

QStringList schemaOf(Database &database)
{
    QStringList schema;
    Statement select(database, "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_master ORDER BY name");
    while (select.next())
        schema.append(select.text(0));
    return schema;
}

constexpr std::array<Migration, 3> steps{Migration{.version = 1, .sql = "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)"},
                                         Migration{.version = 2, .sql = "ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'y'"},
                                         Migration{.version = 3, .sql = "CREATE TABLE b (z TEXT); INSERT INTO b SELECT y FROM a"}};

} // namespace

class TestStoreMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }
    void areNumberedWithoutGaps();
    void reachTheSameSchemaFromEveryVersion();
    void runFromEveryVersion();
    void leaveTheStepBeforeWhenOneFails();
    void refuseNewer();
    void opensStoresOfEveryVersion_data();
    void opensStoresOfEveryVersion();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreMigrations::areNumberedWithoutGaps()
{
    const auto migrations = storeMigrations();
    QVERIFY(!migrations.empty());
    for (size_t i = 0; i < migrations.size(); ++i)
        QCOMPARE(migrations[i].version, static_cast<int>(i) + 1);
}

void TestStoreMigrations::reachTheSameSchemaFromEveryVersion()
{
    const auto all = storeMigrations();
    const auto fresh = openDatabase(m_folder->filePath(QStringLiteral("fresh.db")));
    QVERIFY(fresh);
    VERIFY_OK(migrate(*fresh, all));
    const QStringList expected = schemaOf(*fresh);
    QVERIFY(expected.size() >= 7);
    for (size_t from = 1; from <= all.size(); ++from) {
        const auto database = openDatabase(m_folder->filePath(QStringLiteral("from%1.db").arg(from)));
        QVERIFY(database);
        VERIFY_OK(migrate(*database, all.first(from)));
        VERIFY_OK(migrate(*database, all));
        QCOMPARE(schemaOf(*database), expected);
        QCOMPARE(database->number("PRAGMA user_version").value(), qint64(all.size()));
    }
}

void TestStoreMigrations::runFromEveryVersion()
{
    const std::span<const Migration> all(steps);
    for (size_t from = 0; from <= all.size(); ++from) {
        const auto database = openDatabase(m_folder->filePath(QStringLiteral("step%1.db").arg(from)));
        QVERIFY(database);
        VERIFY_OK(migrate(*database, all.first(from)));
        QCOMPARE(database->number("PRAGMA user_version").value(), qint64(from));
        VERIFY_OK(migrate(*database, all));
        QCOMPARE(database->number("PRAGMA user_version").value(), 3);
        QCOMPARE(database->number("SELECT count(*) FROM a").value(), 1); // No step twice.
        QCOMPARE(database->text("SELECT z FROM b").value(), QStringLiteral("y"));
    }
}

void TestStoreMigrations::leaveTheStepBeforeWhenOneFails()
{
    const auto database = openDatabase(m_folder->filePath(QStringLiteral("failing.db")));
    QVERIFY(database);
    std::array<Migration, 3> failing = steps;
    failing[1].sql = "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)";
    QCOMPARE(migrate(*database, failing).error().kind, ErrorKind::Internal);
    QCOMPARE(database->number("PRAGMA user_version").value(), 1);
    QCOMPARE(schemaOf(*database).size(), 1);
    VERIFY_OK(migrate(*database, steps)); // A mended program goes on from there.
    QCOMPARE(database->number("PRAGMA user_version").value(), 3);
}

void TestStoreMigrations::refuseNewer()
{
    const auto database = openDatabase(m_folder->filePath(QStringLiteral("newer.db")));
    QVERIFY(database);
    VERIFY_OK(migrate(*database, steps));
    const auto refused = migrate(*database, std::span<const Migration>(steps).first(2));
    QCOMPARE(refused.error().kind, ErrorKind::StorageDamaged);
    QCOMPARE(refused.error().code, QStringLiteral("NEWER"));
    QCOMPARE(database->number("PRAGMA user_version").value(), 3);
}

void TestStoreMigrations::opensStoresOfEveryVersion_data()
{
    QTest::addColumn<QString>("fixture");
    QTest::addColumn<int>("version");
    for (const Migration &step : storeMigrations())
        QTest::addRow("v%d", step.version) << QStringLiteral(STORE_DATA "/v%1.db").arg(step.version) << step.version;
}

void TestStoreMigrations::opensStoresOfEveryVersion()
{
    QFETCH(QString, fixture);
    const QString path = m_folder->filePath(QStringLiteral("store.db"));
    QVERIFY2(QFile::copy(fixture, path), qPrintable(fixture));
    Store store;
    VERIFY_OK(await(store.open(path, testKey())));
    const auto call = await(CallLog(store).find(QStringLiteral("phone/1")));
    VERIFY_OK(call);
    QVERIFY(call.value().has_value());
    QCOMPARE(call.value()->personName, fixtureCall().personName);
    QCOMPARE(call.value()->endedAt.value_or(QDateTime()), fixtureCall().endedAt.value_or(QDateTime()));
    QCOMPARE(call.value()->logState, LogState::Queued);
    const auto draft = await(NoteDrafts(store).load(QStringLiteral("phone/1")));
    VERIFY_OK(draft);
    QFETCH(int, version);
    const auto head = await(store.read<LedgerHead>([](Database &database) { return ledgerChain::head(database); }));
    VERIFY_OK(head);
    QCOMPARE(head.value().sequence, version < ledgerSince ? 0 : 3);
    QCOMPARE(draft.value().value_or(NoteDraft()).notes, fixtureDraft().notes);
    const QMap<QString, QString> none;
    QCOMPARE(draft.value().value_or(NoteDraft()).values, version < fieldValuesSince ? none : fixtureDraft().values);
    const auto earlier = await(NoteDrafts(store).versions(QStringLiteral("phone/1")));
    VERIFY_OK(earlier);
    QCOMPARE(earlier.value().size(), version < noteVersionsSince ? 0 : 1);
    VERIFY_OK(await(NoteDrafts(store).save(fixtureDraft(), {fixtureEarlierNotes()}))); // Old stores take it, too.
    QCOMPARE(await(NoteDrafts(store).versions(QStringLiteral("phone/1"))).value().constFirst().notes, fixtureEarlierNotes());
    QCOMPARE(await(NoteDrafts(store).load(QStringLiteral("phone/1"))).value().value_or(NoteDraft()).values,
             fixtureDraft().values);
    const auto open = await(Outbox(store).open());
    VERIFY_OK(open);
    QCOMPARE(open.value().size(), 1);
    QCOMPARE(open.value().first().payload, QByteArray("{\"Subject\":\"Call\"}"));
    Directory directory(store);
    const auto people = await(directory.byNumber(QStringLiteral("+971501112233")));
    VERIFY_OK(people);
    QCOMPARE(people.value().size(), 1);
    QCOMPARE(people.value().first().numberLabels, QStringList{QStringLiteral("Mobile")});
    QCOMPARE(await(directory.choiceFor(QStringLiteral("+971501112233"))).value(), QStringLiteral("Contacts/5725767000000012345"));
    CreditHistory credits(store);
    const auto kept = await(credits.load(QStringLiteral("60001234567"), 0));
    VERIFY_OK(kept);
    QCOMPARE(kept.value(), version < creditsSince ? QList<CreditUse>() : QList<CreditUse>{fixtureCredits});
    VERIFY_OK(await(credits.save(QStringLiteral("60001234567"), {fixtureCredits}, 0))); // Old stores take it, too.
    QCOMPARE(await(credits.load(QStringLiteral("60001234567"), 0)).value(), QList<CreditUse>{fixtureCredits});
    MetadataCache metadata(store);
    const auto modules = await(metadata.load(QStringLiteral("60001234567")));
    VERIFY_OK(modules);
    QCOMPARE(modules.value().size(), version < metadataSince ? 0 : 1);
    VERIFY_OK(await(metadata.keep(QStringLiteral("60001234567"), fixtureMetadata()))); // Old stores take it, too.
    QCOMPARE(await(metadata.load(QStringLiteral("60001234567"))).value().first().text, QByteArray("{}"));
    NewPersonQueue newPeople(store);
    QCOMPARE(await(newPeople.all()).value().size(), version < newPeopleSince ? 0 : 1);
    VERIFY_OK(await(newPeople.save({.callKey = QStringLiteral("phone/1"), .payload = "{}"}))); // Old stores take it, too.
    QCOMPARE(await(newPeople.all()).value().size(), 1);
    VERIFY_OK(await(newPeople.remove(QStringLiteral("phone/1"))));
    QVERIFY(await(newPeople.all()).value().isEmpty());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String(makeArgument)) {
        const Result<void> made = makeFixture(arguments.at(2));
        if (!made)
            std::fprintf(stderr, "%s\n", qPrintable(made.error().message));
        return made.ok() ? 0 : 1;
    }
    TestStoreMigrations test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storemigrations.moc"
