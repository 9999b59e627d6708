// SPDX-License-Identifier: Apache-2.0
#include "Database.h"
#include "Directory.h"
#include "StoreTest.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <csignal>
#include <dlfcn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace ringside;
using namespace ringside::test;

namespace {

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

/// Everything the folder holds, in one.
QByteArray folderBytes(const QString &folder)
{
    QByteArray all;
    for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden))
        all += bytesOf(info.filePath());
    return all;
}

QByteArray utf16(const QString &text)
{
    return QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
}

} // namespace

class TestStoreFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void createsEncryptedOwnerOnlyFile();
    void pinsTheFormat();
    void keepsCanariesOffTheDisk();
    void keepsOurSqliteToItself();
    void leavesNoLogAfterNormalEnd();
    void refusesWrongKeyUntouched();
    void refusesWrongKeyBesideLiveWalUntouched();
    void refusesPlainSqlite();
    void refusesGarbage();
    void refusesNewer();
    void refusesSecondStore();
    void opensAfterRefusal();
    void startsAfreshOnEmptyFile();
    void keepsOrphanedLog();
    void saysWhenFolderCannotBe();
    void saysWhenPathIsAFolder();
    void survivesFullDisk();
    void setsAside();
    void leavesNothingBehindForThisRun();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("profile/store.db")); }
    void fill(const QString &notes = QStringLiteral("kept"));

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestStoreFile::cleanup()
{
    m_folder.reset();
}

void TestStoreFile::fill(const QString &notes)
{
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    NoteDrafts drafts(store);
    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), notes))));
}

void TestStoreFile::createsEncryptedOwnerOnlyFile()
{
    QVERIFY(!Store::exists(path()));
    Store store;
    QVERIFY(!store.isOpen());
    VERIFY_OK(await(store.open(path(), testKey())));
    QVERIFY(store.isOpen());
    QVERIFY(Store::exists(path()));
    NoteDrafts drafts(store);
    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("text")))));
    QVERIFY(!bytesOf(path() + QStringLiteral("-wal")).isEmpty());
#ifdef Q_OS_UNIX
    const auto mode = [](const QString &file) {
        struct stat info{};
        return stat(QFile::encodeName(file).constData(), &info) == 0 ? info.st_mode & 0777U : 0U;
    };
    QCOMPARE(mode(QFileInfo(path()).path()), 0700U);
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm"), QStringLiteral(".lock")})
        QCOMPARE(mode(path() + suffix), 0600U);
#endif
}

void TestStoreFile::pinsTheFormat()
{
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    const auto number = [&store](const char *sql) {
        const Result<qint64> result = await(store.write<qint64>(Store::WritePriority::Sync, [sql](Database &database) { return database.number(sql); }));
        return result ? result.value() : qint64(-1);
    };
    QCOMPARE(number("PRAGMA page_size"), 4096);
    QCOMPARE(number("PRAGMA synchronous"), 2);
    QCOMPARE(number("PRAGMA foreign_keys"), 1);
    QCOMPARE(number("PRAGMA temp_store"), 2);
    QCOMPARE(number("PRAGMA secure_delete"), 1);
    const auto journal = await(store.read<QString>([](Database &database) { return database.text("PRAGMA journal_mode"); }));
    VERIFY_OK(journal);
    QCOMPARE(journal.value(), QStringLiteral("wal"));
    // The reader cannot write, whatever a job tries.
    const auto written = await(store.read<void>([](Database &database) { return database.execute("DELETE FROM note_draft"); }));
    QVERIFY(!written.ok());
}

void TestStoreFile::keepsCanariesOffTheDisk()
{
    const QString canary = QStringLiteral("CanaryZwitschert8472");
    const QString folder = QFileInfo(path()).path();
    const auto checkFolder = [&](const char *when) {
        const QByteArray all = folderBytes(folder);
        QVERIFY2(all.size() > 4096, when);
        QVERIFY2(!all.contains(canary.toUtf8()), when);
        QVERIFY2(!all.contains(utf16(canary)), when);
        QVERIFY2(!all.contains("SQLite format 3"), when);
        QVERIFY2(!all.contains("note_draft"), when); // The schema is no one's business either.
    };
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        NoteDrafts drafts(store);
        CallLog calls(store);
        Outbox outbox(store);
        Directory directory(store);
        StoredCall call = callOf(QStringLiteral("k"));
        call.personName = canary;
        VERIFY_OK(await(calls.save(call)));
        for (int i = 0; i < 50; ++i)
            VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k%1").arg(i), canary.repeated(i + 1)))));
        VERIFY_OK(await(outbox.add(entryOf(QStringLiteral("k"), canary.toUtf8()))));
        DirectoryEntry entry;
        entry.module = QStringLiteral("Contacts");
        entry.recordId = QStringLiteral("1");
        entry.name = canary;
        VERIFY_OK(await(directory.remember(entry)));
        checkFolder("open, in the WAL");
        // So much that SQLite folds the WAL into the file.
        VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("long"), canary.repeated(300'000)))));
        QVERIFY(QFileInfo(path()).size() > 5'000'000);
        // A sort too large for memory would go to a temporary file.
        VERIFY_OK(await(store.write<void>(Store::WritePriority::Sync, [](Database &database) {
            return database.execute("CREATE TEMP TABLE sorted AS SELECT notes FROM note_draft ORDER BY notes");
        })));
        checkFolder("open, checkpointed");
    }
    checkFolder("closed");
}

void TestStoreFile::keepsOurSqliteToItself()
{
#ifdef Q_OS_LINUX
    // Another library in this process, Qt's SQLite plugin say, must not find our sqlite3_open instead of its own.
    QVERIFY(dlsym(RTLD_DEFAULT, "sqlite3_open_v2") != reinterpret_cast<void *>(&sqlite3_open_v2));
#else
    QSKIP("Symbols are resolved per library here.");
#endif
}

void TestStoreFile::leavesNoLogAfterNormalEnd()
{
    fill();
    QVERIFY(!QFileInfo::exists(path() + QStringLiteral("-wal")));
    QVERIFY(!QFileInfo::exists(path() + QStringLiteral("-shm")));
    Store store;
    VERIFY_OK(await(store.open(path(), testKey())));
    const auto draft = await(NoteDrafts(store).load(QStringLiteral("k")));
    VERIFY_OK(draft);
    QVERIFY(draft.value().has_value());
    QCOMPARE(draft.value()->notes, QStringLiteral("kept"));
}

void TestStoreFile::refusesWrongKeyUntouched()
{
    fill();
    const QByteArray before = bytesOf(path());
    Store store;
    const auto opened = await(store.open(path(), Secret(QByteArray(32, 'x'))));
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().kind, ErrorKind::StorageDamaged);
    QVERIFY(opened.error().message.contains(QStringLiteral("store.db")));
    QVERIFY(!store.isOpen());
    QCOMPARE(bytesOf(path()), before);
    // What comes after gets the same sentence.
    const auto saved = await(NoteDrafts(store).save(draftOf(QStringLiteral("k"), QStringLiteral("lost?"))));
    QCOMPARE(saved.error().message, opened.error().message);
}

void TestStoreFile::refusesWrongKeyBesideLiveWalUntouched()
{
    // As a kill leaves it: the file and a WAL that was not folded in.
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("copy"))));
    const QString copy = m_folder->filePath(QStringLiteral("copy/store.db"));
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        NoteDrafts drafts(store);
        VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("in the WAL")))));
        QVERIFY(QFile::copy(path(), copy));
        QVERIFY(QFile::copy(path() + QStringLiteral("-wal"), copy + QStringLiteral("-wal")));
    }
    const QByteArray file = bytesOf(copy);
    const QByteArray wal = bytesOf(copy + QStringLiteral("-wal"));
    {
        Store store;
        const auto opened = await(store.open(copy, Secret(QByteArray(32, 'x'))));
        QCOMPARE(opened.error().kind, ErrorKind::StorageDamaged);
    }
    QCOMPARE(bytesOf(copy), file);
    QCOMPARE(bytesOf(copy + QStringLiteral("-wal")), wal);
    Store store;
    VERIFY_OK(await(store.open(copy, testKey())));
    const auto draft = await(NoteDrafts(store).load(QStringLiteral("k")));
    VERIFY_OK(draft);
    QCOMPARE(draft.value().value_or(NoteDraft()).notes, QStringLiteral("in the WAL"));
}

void TestStoreFile::refusesPlainSqlite()
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    sqlite3 *plain = nullptr;
    QCOMPARE(sqlite3_open(path().toUtf8().constData(), &plain), SQLITE_OK);
    QCOMPARE(sqlite3_exec(plain, "CREATE TABLE t (x); INSERT INTO t VALUES ('plain')", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(plain);
    const QByteArray before = bytesOf(path());
    QVERIFY(before.startsWith("SQLite format 3"));
    Store store;
    const auto opened = await(store.open(path(), testKey()));
    QCOMPARE(opened.error().kind, ErrorKind::StorageDamaged);
    QCOMPARE(opened.error().code, QStringLiteral("NOT_ENCRYPTED"));
    QCOMPARE(bytesOf(path()), before);
}

void TestStoreFile::refusesGarbage()
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    for (const QByteArray &garbage : {QByteArray("x"), QByteArray("hello, this is a letter\n"), QByteArray(10000, 'q')}) {
        QVERIFY(writeBytes(path(), garbage));
        Store store;
        const auto opened = await(store.open(path(), testKey()));
        QVERIFY2(!opened.ok(), qPrintable(QString::number(garbage.size())));
        QCOMPARE(opened.error().kind, ErrorKind::StorageDamaged);
        QCOMPARE(bytesOf(path()), garbage);
    }
}

void TestStoreFile::refusesNewer()
{
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
        VERIFY_OK(await(store.write<void>(Store::WritePriority::Sync, [](Database &database) { return database.execute("PRAGMA user_version = 1000"); })));
    }
    const QByteArray before = bytesOf(path());
    Store store;
    const auto opened = await(store.open(path(), testKey()));
    QCOMPARE(opened.error().kind, ErrorKind::StorageDamaged);
    QCOMPARE(opened.error().code, QStringLiteral("NEWER"));
    QCOMPARE(bytesOf(path()), before);
}

void TestStoreFile::refusesSecondStore()
{
    auto first = std::make_unique<Store>();
    VERIFY_OK(await(first->open(path(), testKey())));
    Store second;
    const auto refused = await(second.open(path(), testKey()));
    QCOMPARE(refused.error().kind, ErrorKind::Storage);
    QCOMPARE(refused.error().code, QStringLiteral("IN_USE"));
    QVERIFY(refused.error().message.contains(QStringLiteral("already open in another Ringside")));
    // The first one is not disturbed, and opening one's own again is told apart.
    VERIFY_OK(await(NoteDrafts(*first).save(draftOf(QStringLiteral("k"), QStringLiteral("still")))));
    QCOMPARE(await(first->open(path(), testKey())).error().kind, ErrorKind::Busy);
    QCOMPARE(await(first->openForThisRun()).error().kind, ErrorKind::Busy);
    VERIFY_OK(await(NoteDrafts(*first).save(draftOf(QStringLiteral("k"), QStringLiteral("still")))));
    QCOMPARE(Store::setAside(path()).error().code, QStringLiteral("IN_USE"));
    first.reset();
    VERIFY_OK(await(second.open(path(), testKey())));
}

void TestStoreFile::opensAfterRefusal()
{
    fill();
    Store store;
    QVERIFY(!await(store.open(path(), Secret(QByteArray(32, 'x')))).ok());
    QCOMPARE(await(store.open(path(), Secret(QByteArray(16, 'x')))).error().kind, ErrorKind::Internal);
    VERIFY_OK(await(store.open(path(), testKey())));
    const auto drafts = await(NoteDrafts(store).unlogged());
    VERIFY_OK(drafts);
    QCOMPARE(drafts.value().size(), 1);
}

void TestStoreFile::startsAfreshOnEmptyFile()
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QVERIFY(writeBytes(path(), {}));
    QVERIFY(writeBytes(path() + QStringLiteral(".new"), "what a kill during creation left"));
    QVERIFY(!Store::exists(path()));
    fill();
    QVERIFY(Store::exists(path()));
    QVERIFY(!QFileInfo::exists(path() + QStringLiteral(".new")));
}

void TestStoreFile::keepsOrphanedLog()
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QVERIFY(writeBytes(path() + QStringLiteral("-wal"), QByteArray(5000, 'w')));
    fill();
    const QStringList aside = QDir(QFileInfo(path()).path()).entryList({QStringLiteral("store.db.set-aside-*-wal")});
    QCOMPARE(aside.size(), 1);
    QCOMPARE(bytesOf(QFileInfo(path()).dir().filePath(aside.first())), QByteArray(5000, 'w'));
}

void TestStoreFile::saysWhenFolderCannotBe()
{
    // A file where the folder should be: refused to root as well, unlike permissions.
    QVERIFY(writeBytes(m_folder->filePath(QStringLiteral("profile")), "in the way"));
    Store store;
    const auto opened = await(store.open(path(), testKey()));
    QCOMPARE(opened.error().kind, ErrorKind::Storage);
    QVERIFY(opened.error().message.contains(QStringLiteral("profile")));
#ifdef Q_OS_LINUX
    // A folder in which nobody may make a file.
    Store inProc;
    const auto refused = await(inProc.open(QStringLiteral("/proc/self/store.db"), testKey()));
    QCOMPARE(refused.error().kind, ErrorKind::Storage);
#endif
}

void TestStoreFile::saysWhenPathIsAFolder()
{
    QVERIFY(QDir().mkpath(path()));
    Store store;
    QCOMPARE(await(store.open(path(), testKey())).error().kind, ErrorKind::Storage);
}

void TestStoreFile::survivesFullDisk()
{
#ifdef Q_OS_UNIX
    Store store;
    QSignalSpy trouble(&store, &Store::troubleChanged);
    VERIFY_OK(await(store.open(path(), testKey())));
    NoteDrafts drafts(store);
    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("before")))));

    // A file may not grow past this; as a full disk, it meets root too. The signal that comes with it is ignored.
    const auto former = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlimit small = limit;
    small.rlim_cur = 256 * 1024;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto refused = await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("much").repeated(200'000))));
    const auto again = await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("much").repeated(200'000))));
    const auto read = await(drafts.load(QStringLiteral("k")));
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::signal(SIGXFSZ, former);

    QCOMPARE(refused.error().kind, ErrorKind::Storage);
    QVERIFY(refused.error().message.contains(QStringLiteral("still here")));
    QCOMPARE(again.error().kind, ErrorKind::Storage);
    VERIFY_OK(read);
    QCOMPARE(read.value().value_or(NoteDraft()).notes, QStringLiteral("before"));
    QTRY_COMPARE(trouble.size(), 1); // Once, however often it fails.
    QCOMPARE(trouble.at(0).at(0).toString(), refused.error().message);

    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("much").repeated(200'000)))));
    QTRY_COMPARE(trouble.size(), 2);
    QCOMPARE(trouble.at(1).at(0).toString(), QString());
    const auto saved = await(drafts.load(QStringLiteral("k")));
    QCOMPARE(saved.value().value_or(NoteDraft()).notes.size(), 800'000);
#else
    QSKIP("No limit on a file's size to simulate a full disk with.");
#endif
}

void TestStoreFile::setsAside()
{
    QCOMPARE(Store::setAside(path()).error().kind, ErrorKind::NotFound);
    fill();
    const QByteArray before = bytesOf(path());
    const Result<QString> aside = Store::setAside(path());
    VERIFY_OK(aside);
    QVERIFY(!Store::exists(path()));
    QCOMPARE(bytesOf(aside.value()), before);
    fill(QStringLiteral("afresh"));
    Store old;
    VERIFY_OK(await(old.open(aside.value(), testKey())));
    QCOMPARE(await(NoteDrafts(old).load(QStringLiteral("k"))).value().value_or(NoteDraft()).notes, QStringLiteral("kept"));
}

void TestStoreFile::leavesNothingBehindForThisRun()
{
    const QByteArray formerTemp = qgetenv("TMPDIR");
    qputenv("TMPDIR", QFile::encodeName(m_folder->path()));
    const QString canary = QStringLiteral("CanaryForThisRun");
    {
        Store store;
        VERIFY_OK(await(store.openForThisRun()));
        VERIFY_OK(await(NoteDrafts(store).save(draftOf(QStringLiteral("k"), canary))));
        const QStringList made = QDir(m_folder->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(made.size(), 1);
        const QByteArray all = folderBytes(m_folder->filePath(made.first()));
        QVERIFY(all.size() > 4096);
        QVERIFY(!all.contains(canary.toUtf8()));
        QCOMPARE(await(NoteDrafts(store).load(QStringLiteral("k"))).value().value_or(NoteDraft()).notes, canary);
    }
    qputenv("TMPDIR", formerTemp);
    if (formerTemp.isNull())
        qunsetenv("TMPDIR");
    QVERIFY(QDir(m_folder->path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

QTEST_GUILESS_MAIN(TestStoreFile)
#include "tst_storefile.moc"
