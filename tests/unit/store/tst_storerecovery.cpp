// SPDX-License-Identifier: Apache-2.0
#include "Database.h"
#include "FullDisk.h"
#include "Statement.h"
#include "StoreTest.h"
#include "TableShape.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

constexpr qsizetype pageSize = 4096;

/// By table and first columns: all its values as one text.
using Rows = QMap<QString, QString>;

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// So many rows in every table that there is, now or later. Numbers have no meaning to the store: they are from 1000
/// on.
Result<void> fillTables(Database &database, int rows)
{
    const Result<QList<TableShape>> tables = TableShape::all(database);
    if (!tables)
        return tables.error();
    for (const TableShape &table : tables.value()) {
        QByteArray marks;
        for (qsizetype i = 0; i < table.columns.size(); ++i)
            marks += (i ? ", ?" : "?") + QByteArray::number(i + 1);
        for (int row = 1000; row < 1000 + rows; ++row) {
            Statement insert(database, ("INSERT INTO \"" + table.name + "\" VALUES (" + marks + ')').constData());
            for (int i = 0; i < table.columns.size(); ++i) {
                const TableShape::Column &column = table.columns.at(i);
                const QString text = QStringLiteral("%1.%2 %3 \u0646")
                                         .arg(QString::fromUtf8(table.name), QString::fromUtf8(column.name))
                                         .arg(row);
                if (column.type == TableShape::Type::Integer)
                    insert.bind(i + 1, row);
                else if (column.type == TableShape::Type::Blob)
                    insert.bind(i + 1, text.toUtf8());
                else
                    insert.bind(i + 1, text);
            }
            if (Result<void> inserted = insert.run(); !inserted)
                return inserted;
        }
    }
    return {};
}

Result<Rows> dump(Database &database)
{
    const Result<QList<TableShape>> tables = TableShape::all(database);
    if (!tables)
        return tables.error();
    Rows rows;
    for (const TableShape &table : tables.value()) {
        Statement select(database, ("SELECT * FROM \"" + table.name + '"').constData());
        while (select.next()) {
            QStringList values;
            for (int i = 0; i < table.columns.size(); ++i)
                values.append(select.isNull(i) ? QStringLiteral("NULL") : QString::fromUtf8(select.blob(i)));
            // Calls that were made for notes whose own is lost, or never was.
            if (table.name == "call" && values.at(2).isEmpty())
                continue;
            const QString key = values.mid(0, table.withoutRowId ? 3 : 1).join(QLatin1Char('|'));
            rows.insert(QString::fromUtf8(table.name) + u' ' + key, values.join(QLatin1Char('|')));
        }
        if (select.failed())
            return select.error();
    }
    return rows;
}

QString longNotes(int number)
{
    QString notes;
    while (notes.size() < number)
        notes += QStringLiteral("%1 \u0646\u0639\u0645 ").arg(notes.size());
    return notes;
}

} // namespace

/// Real store files are damaged, and what the shipping code makes of them is looked at.
class TestStoreRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_folder.reset(); }

    void tellsTablesApart();
    void losesWhatLiesOnTheDamagedPageAlone();
    void anyDamageInManyPlaces_data();
    void anyDamageInManyPlaces();
    void fileCutShort();
    void headerThatIsGarbage_data();
    void headerThatIsGarbage();
    void notesThatAreCut();
    void logWithABadFrame();
    void logWithABadHeader();
    void logThatAPowerCutLeft();
    void logWhoseFileIsGone();
    void storeOfAnEarlierVersion();
    void wrongKeyLeavesItUntouched();
    void newerLeavesItUntouched();
    void looksUpBeforeSending();
    void notesWithoutTheirCall();
    void callsWithoutTheirLog();
    void saysWhatCameBack();
    void killedBeforeTheNewOneIsInPlace();
    void fullDiskLeavesItUntouched();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("profile/store.db")); }
    QString beside(const QString &pattern) const
    {
        const QStringList found = QFileInfo(path()).dir().entryList({pattern});
        return found.isEmpty() ? QString() : QFileInfo(path()).dir().filePath(found.first());
    }
    void removeAll() { QDir(QFileInfo(path()).path()).removeRecursively(); }
    bool put(const QByteArray &file, const QByteArray &log = {});
    /// A new store with rows in every table; gives what is in it.
    Rows fill(int rows);
    /// Opens what lies at path(), which must work, and gives what is in it.
    Rows opened();
    /// What a kill leaves: the file, and a log with `notes` commits that is not folded in.
    void liveCopy(int notes, QByteArray *file, QByteArray *log);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_sentence; ///< Of the last opened().
};

void TestStoreRecovery::init()
{
    m_folder = std::make_unique<QTemporaryDir>(quickFolder());
    QVERIFY(m_folder->isValid());
}

bool TestStoreRecovery::put(const QByteArray &file, const QByteArray &log)
{
    removeAll();
    return QDir().mkpath(QFileInfo(path()).path()) && writeBytes(path(), file) &&
           (log.isNull() || writeBytes(path() + QStringLiteral("-wal"), log));
}

Rows TestStoreRecovery::fill(int rows)
{
    Store store;
    if (!await(store.open(path(), testKey())).ok())
        return {};
    const auto written = await(store.write<void>(Store::WritePriority::Sync,
                                                 [rows](Database &database) { return fillTables(database, rows); }));
    if (!written.ok())
        qWarning("%ls", qUtf16Printable(written.error().code));
    return await(store.write<Rows>(Store::WritePriority::Sync, dump)).value();
}

Rows TestStoreRecovery::opened()
{
    m_sentence.clear();
    Store store;
    QSignalSpy recovered(&store, &Store::recovered);
    const auto open = await(store.open(path(), testKey()));
    if (!open.ok()) {
        qWarning("%ls", qUtf16Printable(open.error().code));
        return {};
    }
    const auto rows = await(store.read<Rows>(dump));
    QCoreApplication::processEvents();
    m_sentence = recovered.isEmpty() ? QString() : recovered.first().first().toString();
    return rows.ok() ? rows.value() : Rows();
}

void TestStoreRecovery::liveCopy(int notes, QByteArray *file, QByteArray *log)
{
    removeAll();
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    CallLog calls(store);
    NoteDrafts drafts(store);
    for (int i = 0; i < notes; ++i) {
        const QString key = QStringLiteral("k%1").arg(i);
        VERIFY_OK(await(calls.save(callOf(key))));
        VERIFY_OK(await(drafts.save(draftOf(key, QStringLiteral("note %1").arg(i)))));
    }
    *file = bytesOf(path());
    *log = bytesOf(path() + QStringLiteral("-wal"));
    QVERIFY(log->size() > notes * pageSize);
}

void TestStoreRecovery::tellsTablesApart()
{
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    const auto read = await(store.read<QList<TableShape>>(TableShape::all));
    VERIFY_OK(read);
    const QList<TableShape> &tables = read.value();
    QVERIFY(tables.size() >= 8);
    for (qsizetype i = 0; i < tables.size(); ++i) {
        QVERIFY(tables.at(i).confusable(tables.at(i)));
        for (qsizetype j = 0; j < i; ++j)
            QVERIFY2(!tables.at(i).confusable(tables.at(j)),
                     (tables.at(i).name + " and " + tables.at(j).name).constData());
    }
}

// Each row lies on one page. So with one page after the other damaged, each is missing exactly once, whatever else that
// page's neighbours, the root of its table or the list of tables may have become.
void TestStoreRecovery::losesWhatLiesOnTheDamagedPageAlone()
{
    const Rows all = fill(90);
    QVERIFY(all.size() >= 8 * 90);
    const QByteArray intact = bytesOf(path());
    QMap<QString, int> missing;
    for (qsizetype page = 0; page < intact.size() / pageSize; ++page) {
        QByteArray bytes = intact;
        bytes[page * pageSize + 2000] = static_cast<char>(bytes.at(page * pageSize + 2000) ^ 0x40); // One bit.
        QVERIFY(put(bytes));
        const Rows rows = opened();
        QVERIFY2(!m_sentence.isEmpty(), qPrintable(QStringLiteral("page %1").arg(page + 1)));
        QCOMPARE(bytesOf(beside(QStringLiteral("store.db.set-aside-*"))), bytes);
        for (auto row = all.cbegin(); row != all.cend(); ++row) {
            if (!rows.contains(row.key()))
                ++missing[row.key()];
            else
                QCOMPARE(rows.value(row.key()), row.value());
        }
    }
    for (auto row = all.cbegin(); row != all.cend(); ++row) {
        // The numbers of a directory entry go with it.
        const int most = row.key().startsWith(QLatin1String("directory_number")) ? 2 : 1;
        QVERIFY2(missing.value(row.key()) >= 1 && missing.value(row.key()) <= most,
                 qPrintable(QStringLiteral("%1 is missing %2 times").arg(row.key()).arg(missing.value(row.key()))));
    }
}

void TestStoreRecovery::anyDamageInManyPlaces_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 24; ++seed)
        QTest::newRow(qPrintable(QString::number(seed))) << seed;
}

void TestStoreRecovery::anyDamageInManyPlaces()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const Rows all = fill(60);
    const QByteArray intact = bytesOf(path());
    const qsizetype pages = intact.size() / pageSize;
    QByteArray bytes = intact;
    QSet<qsizetype> damaged;
    for (int i = 0; i < 1 + static_cast<int>(seed % 6); ++i) {
        const qsizetype page = 1 + random.bounded(static_cast<int>(pages) - 1);
        const int at = random.bounded(4000);
        damaged.insert(page);
        switch (random.bounded(3)) {
        case 0: // a bit
            bytes[page * pageSize + at] = static_cast<char>(bytes.at(page * pageSize + at) ^ (1 << random.bounded(8)));
            break;
        case 1: // a sector of zeros
            bytes.replace(page * pageSize + at / 512 * 512, 512, QByteArray(512, '\0'));
            break;
        default: // a page of noise
            for (qsizetype k = 0; k < pageSize; ++k)
                bytes[page * pageSize + k] = static_cast<char>(random.bounded(256));
        }
    }
    // What each page alone costs, all together cost.
    Rows expected = all;
    for (const qsizetype page : std::as_const(damaged)) {
        QByteArray one = intact;
        one.replace(page * pageSize, pageSize, QByteArray(pageSize, 'x'));
        QVERIFY(put(one));
        const Rows rows = opened();
        for (auto row = all.cbegin(); row != all.cend(); ++row) {
            if (!rows.contains(row.key()))
                expected.remove(row.key());
        }
    }
    QVERIFY(put(bytes));
    const Rows rows = opened();
    QVERIFY(!rows.isEmpty());
    QCOMPARE(rows, expected);
    // And it is a store like any other: what is written now is there the next time, and nothing is recovered again.
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        VERIFY_OK(await(NoteDrafts(store).save(draftOf(QStringLiteral("later"), QStringLiteral("later")))));
    }
    QVERIFY(opened().contains(QStringLiteral("note_draft later")));
    QCOMPARE(m_sentence, QString());
}

void TestStoreRecovery::fileCutShort()
{
    const Rows all = fill(60);
    const QByteArray intact = bytesOf(path());
    const qsizetype pages = intact.size() / pageSize;
    Rows before;
    for (const qsizetype kept : {qsizetype(1), pages / 4, pages / 2, pages - 3, pages - 1}) {
        QVERIFY(put(intact.left(kept * pageSize + 100)));
        const Rows rows = opened();
        QVERIFY2(!m_sentence.isEmpty(), qPrintable(QString::number(kept)));
        for (auto row = rows.cbegin(); row != rows.cend(); ++row)
            QCOMPARE(row.value(), all.value(row.key()));
        for (auto row = before.cbegin(); row != before.cend(); ++row) // More pages, more rows.
            QVERIFY(rows.contains(row.key()));
        before = rows;
    }
    QVERIFY(before.size() > all.size() / 2);
}

void TestStoreRecovery::headerThatIsGarbage_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<char>("garbage");
    for (const char garbage : {'\0', 'g', 'x', '\x93', '\xff'}) { // What it decrypts to is another each time.
        for (const int size : {16, 100, int(pageSize)})
            QTest::addRow("%d of %d", size, garbage) << size << garbage;
    }
}

// Without the salt no HMAC can be checked; without the first page nobody knows where a table begins.
void TestStoreRecovery::headerThatIsGarbage()
{
    QFETCH(int, size);
    QFETCH(char, garbage);
    const Rows all = fill(60);
    QByteArray bytes = bytesOf(path());
    bytes.replace(0, size, QByteArray(size, garbage));
    QVERIFY(put(bytes));
    QCOMPARE(opened(), all);
    QVERIFY(!m_sentence.isEmpty());
}

void TestStoreRecovery::notesThatAreCut()
{
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        VERIFY_OK(await(CallLog(store).save(callOf(QStringLiteral("k")))));
        VERIFY_OK(await(NoteDrafts(store).save(draftOf(QStringLiteral("k"), longNotes(20'000)))));
    }
    const QByteArray intact = bytesOf(path());
    int cut = 0;
    int lost = 0;
    for (qsizetype page = 0; page < intact.size() / pageSize; ++page) {
        QByteArray bytes = intact;
        bytes[page * pageSize + 1000] = static_cast<char>(bytes.at(page * pageSize + 1000) ^ 1);
        QVERIFY(put(bytes));
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        const auto drafts = await(NoteDrafts(store).unlogged());
        VERIFY_OK(drafts);
        if (drafts.value().isEmpty()) {
            ++lost;
            continue;
        }
        const QString notes = drafts.value().first().notes;
        QVERIFY(longNotes(20'000).startsWith(notes));
        QVERIFY(!notes.isEmpty());
        QVERIFY(!notes.contains(QChar::ReplacementCharacter));
        cut += notes.size() < longNotes(20'000).size() ? 1 : 0;
    }
    QCOMPARE(lost, 1); // The page where it begins.
    QVERIFY2(cut >= 5, qPrintable(QString::number(cut)));
}

void TestStoreRecovery::logWithABadFrame()
{
    constexpr int notes = 40;
    QByteArray file;
    QByteArray log;
    liveCopy(notes, &file, &log);
    // What lies behind the last commit but one could be what a power cut left.
    const qsizetype frames = (log.size() - 32) / (pageSize + 24);
    constexpr qsizetype ofTwoCommits = 16;
    for (qsizetype frame = 0; frame < frames - ofTwoCommits; frame += 7) {
        QByteArray bytes = log;
        bytes[32 + frame * (pageSize + 24) + 24 + 1500] =
            static_cast<char>(bytes.at(32 + frame * (pageSize + 24) + 24 + 1500) ^ 4);
        QVERIFY(put(file, bytes));
        const Rows rows = opened();
        // Each page was written again later, or the page before is there: nothing that was committed is missing.
        for (int i = 0; i < notes; ++i) {
            QVERIFY2(rows.value(QStringLiteral("note_draft k%1").arg(i)).contains(QStringLiteral("note %1").arg(i)),
                     qPrintable(QStringLiteral("frame %1 of %2, note %3").arg(frame).arg(frames).arg(i)));
        }
        QVERIFY(!m_sentence.isEmpty());
        QCOMPARE(bytesOf(beside(QStringLiteral("store.db.set-aside-*-wal"))), bytes);
    }
}

void TestStoreRecovery::logWithABadHeader()
{
    QByteArray file;
    QByteArray log;
    liveCopy(30, &file, &log);
    for (const int at : {0, 5, 9, 13, 17, 25}) {
        QByteArray bytes = log;
        bytes[at] = static_cast<char>(bytes.at(at) ^ 8);
        QVERIFY(put(file, bytes));
        const Rows rows = opened();
        for (int i = 0; i < 30; ++i)
            QVERIFY2(rows.contains(QStringLiteral("note_draft k%1").arg(i)),
                     qPrintable(QStringLiteral("byte %1, note %2").arg(at).arg(i)));
        QVERIFY(!m_sentence.isEmpty());
    }
}

// That is no damage: what was not committed is not there, and nothing is said.
void TestStoreRecovery::logThatAPowerCutLeft()
{
    QByteArray file;
    QByteArray log;
    liveCopy(30, &file, &log);
    for (const qsizetype missing : {qsizetype(1), qsizetype(3000), pageSize + 24, 5 * (pageSize + 24) + 100}) {
        QVERIFY(put(file, log.left(log.size() - missing)));
        const Rows rows = opened();
        QCOMPARE(m_sentence, QString());
        QVERIFY(rows.contains(QStringLiteral("note_draft k20")));
    }
    QByteArray torn = log;
    torn.replace(log.size() - 512, 512, QByteArray(512, '\0'));
    QVERIFY(put(file, torn));
    QVERIFY(opened().contains(QStringLiteral("note_draft k28")));
    QCOMPARE(m_sentence, QString());
    // A write of the last commit did not arrive, and in its place lies one of the round before, which was a commit.
    constexpr qsizetype frameSize = pageSize + 24;
    const qsizetype frames = (log.size() - 32) / frameSize;
    QByteArray left = log.mid(32 + (frames - 1) * frameSize, frameSize);
    left[8] = static_cast<char>(left.at(8) ^ 1); // its salt
    QByteArray mixed = log;
    mixed.replace(32 + (frames - 2) * frameSize, frameSize, left);
    QVERIFY(put(file, mixed));
    QVERIFY(opened().contains(QStringLiteral("note_draft k28")));
    QCOMPARE(m_sentence, QString());
    QVERIFY(put(file, log));
    QVERIFY(opened().contains(QStringLiteral("note_draft k29")));
    QCOMPARE(m_sentence, QString());
}

void TestStoreRecovery::logWhoseFileIsGone()
{
    QByteArray file;
    QByteArray log;
    liveCopy(30, &file, &log);
    QVERIFY(put({}, log));
    const Rows rows = opened();
    QVERIFY(rows.contains(QStringLiteral("note_draft k29")));
    QVERIFY(!m_sentence.isEmpty());
}

void TestStoreRecovery::storeOfAnEarlierVersion()
{
    for (const QString &name : QDir(QStringLiteral(STORE_DATA)).entryList({QStringLiteral("v*.db")})) {
        QByteArray bytes = bytesOf(QDir(QStringLiteral(STORE_DATA)).filePath(name));
        // The page where a table's last index begins: no row lies there.
        const qsizetype last = bytes.size() / pageSize - 1;
        QVERIFY(put(bytes));
        const Rows all = opened();
        QCOMPARE(m_sentence, QString());
        bytes[last * pageSize + 77] = static_cast<char>(bytes.at(last * pageSize + 77) ^ 1);
        QVERIFY(put(bytes));
        const Rows rows = opened();
        QVERIFY2(!m_sentence.isEmpty(), qPrintable(name));
        QVERIFY2(rows.contains(QStringLiteral("note_draft phone/1")), qPrintable(name));
        QCOMPARE(rows.value(QStringLiteral("note_draft phone/1")), all.value(QStringLiteral("note_draft phone/1")));
    }
}

void TestStoreRecovery::wrongKeyLeavesItUntouched()
{
    fill(30);
    QByteArray bytes = bytesOf(path());
    bytes[5000] = static_cast<char>(bytes.at(5000) ^ 1);
    for (const int garbage : {0, 16, 4096}) {
        bytes.replace(0, garbage, QByteArray(garbage, 'g'));
        QVERIFY(put(bytes));
        Store store;
        const auto refused = await(store.open(path(), Secret(QByteArray(32, 'x'))));
        QCOMPARE(refused.error().kind, ErrorKind::StorageDamaged);
        QCOMPARE(bytesOf(path()), bytes);
        QCOMPARE(beside(QStringLiteral("store.db.*-*")), QString());
        QCOMPARE(beside(QStringLiteral("store.db.recovered")), QString());
    }
}

void TestStoreRecovery::newerLeavesItUntouched()
{
    fill(30);
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        VERIFY_OK(await(store.write<void>(Store::WritePriority::Sync, [](Database &database) {
            return database.execute("PRAGMA user_version = 1000");
        })));
    }
    QByteArray bytes = bytesOf(path());
    bytes[9 * pageSize + 5] = static_cast<char>(bytes.at(9 * pageSize + 5) ^ 1);
    QVERIFY(put(bytes));
    Store store;
    QCOMPARE(await(store.open(path(), testKey())).error().code, QStringLiteral("NEWER"));
    QCOMPARE(bytesOf(path()), bytes);
}

void TestStoreRecovery::looksUpBeforeSending()
{
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        CallLog calls(store);
        Outbox outbox(store);
        for (const char *key : {"pending", "sent", "done"}) {
            VERIFY_OK(await(calls.save(callOf(QString::fromLatin1(key)))));
            VERIFY_OK(await(outbox.add(entryOf(QString::fromLatin1(key), "{}"))));
        }
        VERIFY_OK(await(outbox.complete(3, QStringLiteral("572"))));
        VERIFY_OK(await(outbox.setState(2, OutboxState::InFlight, {}, {})));
    }
    QByteArray bytes = bytesOf(path());
    bytes.replace(0, pageSize, QByteArray(pageSize, '\0'));
    QVERIFY(put(bytes));
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    const auto open = await(Outbox(store).open());
    VERIFY_OK(open);
    QCOMPARE(open.value().size(), 2);
    for (const OutboxEntry &entry : open.value()) {
        QCOMPARE(entry.state, OutboxState::Confirming);
        QVERIFY(entry.sentAt.isValid());
    }
    const auto done = await(CallLog(store).find(QStringLiteral("done")));
    VERIFY_OK(done);
    QCOMPARE(done.value().value_or(StoredCall()).logState, LogState::Logged);
    QCOMPARE(done.value().value_or(StoredCall()).crmCallId, QStringLiteral("572"));
}

void TestStoreRecovery::notesWithoutTheirCall()
{
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        VERIFY_OK(await(NoteDrafts(store).save(draftOf(QStringLiteral("alone"), QStringLiteral("wants a call")))));
    }
    QByteArray bytes = bytesOf(path());
    bytes.replace(0, pageSize, QByteArray(pageSize, '\0'));
    QVERIFY(put(bytes));
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    const auto calls = await(CallLog(store).unfinished());
    VERIFY_OK(calls);
    QCOMPARE(calls.value().size(), 1);
    QCOMPARE(calls.value().first().key, QStringLiteral("alone"));
    QCOMPARE(calls.value().first().logState, LogState::Draft);
    QVERIFY(calls.value().first().startedAt.isValid());
}

void TestStoreRecovery::callsWithoutTheirLog()
{
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        StoredCall call = callOf(QStringLiteral("k"));
        VERIFY_OK(await(CallLog(store).save(call)));
        VERIFY_OK(await(NoteDrafts(store).save(draftOf(QStringLiteral("k"), QStringLiteral("wants a call")))));
        VERIFY_OK(await(Outbox(store).add(entryOf(QStringLiteral("k"), "{}"))));
        VERIFY_OK(await(store.write<void>(Store::WritePriority::Sync,
                                          [](Database &database) { return database.execute("DELETE FROM outbox"); })));
    }
    QByteArray bytes = bytesOf(path());
    bytes.replace(0, pageSize, QByteArray(pageSize, '\0'));
    QVERIFY(put(bytes));
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    const auto call = await(CallLog(store).find(QStringLiteral("k")));
    VERIFY_OK(call);
    QCOMPARE(call.value().value_or(StoredCall()).logState, LogState::Rejected);
    QVERIFY(call.value().value_or(StoredCall()).logMessage.contains(QLatin1String("log it again")));
    QCOMPARE(await(NoteDrafts(store).unlogged()).value().size(), 1);
}

void TestStoreRecovery::saysWhatCameBack()
{
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        for (int i = 0; i < 12; ++i) {
            const QString key = QStringLiteral("k%1").arg(i);
            VERIFY_OK(await(CallLog(store).save(callOf(key))));
            if (i < 3)
                VERIFY_OK(await(NoteDrafts(store).save(draftOf(key, QStringLiteral("note")))));
            if (i < 1)
                VERIFY_OK(await(Outbox(store).add(entryOf(key, "{}"))));
        }
    }
    QByteArray bytes = bytesOf(path());
    bytes.replace(0, pageSize, QByteArray(pageSize, '\0'));
    QVERIFY(put(bytes));
    opened();
    QVERIFY2(m_sentence.contains(QLatin1String("12 calls, 3 notes and 1 waiting log were recovered")),
             qPrintable(m_sentence));
    QVERIFY2(m_sentence.contains(beside(QStringLiteral("store.db.set-aside-*"))), qPrintable(m_sentence));
}

void TestStoreRecovery::killedBeforeTheNewOneIsInPlace()
{
    const Rows all = fill(30);
    const QByteArray whole = bytesOf(path());
    QByteArray damaged = whole;
    damaged[4 * pageSize] = static_cast<char>(damaged.at(4 * pageSize) ^ 1);
    for (const bool asideAlready : {false, true}) {
        QVERIFY(put(damaged));
        if (asideAlready)
            QVERIFY(QFile::rename(path(), path() + QStringLiteral(".set-aside-earlier")));
        QVERIFY(writeBytes(path() + QStringLiteral(".recovered"), whole));
        QCOMPARE(opened(), all);
        QVERIFY(!m_sentence.isEmpty());
        QCOMPARE(beside(QStringLiteral("store.db.recovered")), QString());
        QCOMPARE(bytesOf(beside(QStringLiteral("store.db.set-aside-*"))), damaged);
    }
}

void TestStoreRecovery::fullDiskLeavesItUntouched()
{
    fill(30);
    QByteArray bytes = bytesOf(path());
    bytes[4 * pageSize] = static_cast<char>(bytes.at(4 * pageSize) ^ 1);
    QVERIFY(put(bytes));
    {
        const FullDisk full;
        Store store;
        const auto refused = await(store.open(path(), testKey()));
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QCOMPARE(bytesOf(path()), bytes);
        QCOMPARE(beside(QStringLiteral("store.db.recovered")), QString());
    }
    QVERIFY(!opened().isEmpty());
    QVERIFY(!m_sentence.isEmpty());
}

QTEST_GUILESS_MAIN(TestStoreRecovery)
#include "tst_storerecovery.moc"
