// SPDX-License-Identifier: Apache-2.0
#include "StoreFile.h"

#include "Database.h"
#include "Migrations.h"
#include "StoreErrors.h"
#include "StoreLock.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace ringside {

namespace {

constexpr qint64 pageSize = 4096;
constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

bool isPlainSqlite(const QByteArray &header)
{
    return header.startsWith("SQLite format 3");
}

Result<void> prepareFolder(const QString &filePath)
{
    const QString folder = QFileInfo(filePath).absolutePath();
    if (QFileInfo(folder).isDir())
        return {};
    const QFileInfo info(folder);
    if (!QDir().mkpath(info.absolutePath())
        || !QDir(info.absolutePath()).mkdir(info.fileName(), ownerOnly | QFileDevice::ExeOwner))
        return storeFolderError(folder);
    return {};
}

Result<std::unique_ptr<Database>> openWriter(const QString &filePath, const Secret &key)
{
    Result<std::unique_ptr<Database>> opened = Database::open(filePath, key, Database::Mode::ReadWrite);
    if (!opened)
        return opened;
    Database &database = *opened.value();
    const Result<QString> journal = database.text("PRAGMA journal_mode = WAL");
    if (!journal)
        return journal.error();
    if (journal.value() != QLatin1String("wal"))
        return storeJournalError(filePath, journal.value());
    if (isPlainSqlite(database.fileHeader()))
        return storeCipherError();
    if (const Result<void> migrated = migrate(database, storeMigrations()); !migrated)
        return migrated.error();
    return opened;
}

/// Renames what there is of the store to a name with the time in it.
Result<QString> renameAside(const QString &filePath)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString aside = QStringLiteral("%1.set-aside-%2").arg(filePath, stamp);
    QStringList renamed;
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm"), QString()}) {
        if (!QFileInfo::exists(filePath + suffix))
            continue;
        if (!QFile::rename(filePath + suffix, aside + suffix)) {
            for (const QString &done : std::as_const(renamed))
                QFile::rename(aside + done, filePath + done);
            return storeFolderError(QFileInfo(filePath).absolutePath());
        }
        renamed.append(suffix);
    }
    return aside;
}

/// Makes an empty store under another name and gives it its own when it is whole: a kill in between leaves no half file.
/// SQLite gives -wal and -shm the file's permissions.
Result<void> createFile(const QString &filePath, const Secret &key)
{
    // A WAL whose file is gone would be taken for the new file's.
    if (QFileInfo::exists(filePath + QStringLiteral("-wal"))) {
        if (const Result<QString> aside = renameAside(filePath); !aside)
            return aside.error();
    }
    const QString draft = filePath + QStringLiteral(".new");
    for (const QString &suffix : {QString(), QStringLiteral("-journal"), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(draft + suffix);
    {
        QFile file(draft);
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
            return storeFolderError(QFileInfo(filePath).absolutePath());
    }
    {
        const Result<std::unique_ptr<Database>> database = openWriter(draft, key);
        if (!database)
            return database.error();
    }
    QFile::remove(filePath); // An empty one at most.
    if (!QFile::rename(draft, filePath))
        return storeFolderError(QFileInfo(filePath).absolutePath());
    return {};
}

/// What can be told without the key. No connection is open yet, so that closing this handle drops no lock of SQLite's.
Result<void> inspectHeader(const QString &filePath)
{
    QFile file(filePath);
    if (!QFileInfo(filePath).isFile() || !file.open(QIODevice::ReadOnly))
        return storeFolderError(QFileInfo(filePath).absolutePath());
    if (isPlainSqlite(file.read(16)))
        return storeUnencryptedError(filePath);
    if (file.size() < pageSize) // SQLite would take it for an empty file, and write over it.
        return storeDamagedError(filePath, QStringLiteral("TOO_SHORT"));
    return {};
}

/// Integrity in full would compare every index with its table, which takes seconds at a million rows. quick_check reads
/// every page: each one's HMAC and the trees' structure are checked, which finds all that a disk can do to the file.
Result<void> inspect(const QString &filePath, const Secret &key)
{
    if (Result<void> header = inspectHeader(filePath); !header)
        return header;
    const Result<std::unique_ptr<Database>> opened = Database::open(filePath, key, Database::Mode::ReadOnly);
    if (!opened)
        return opened.error();
    Database &database = *opened.value();
    const Result<qint64> schema = database.number("SELECT count(*) FROM sqlite_master");
    if (!schema)
        return schema.error();
    const Result<qint64> version = database.number("PRAGMA user_version");
    if (!version)
        return version.error();
    if (version.value() > storeMigrations().back().version)
        return storeNewerError(filePath);
    const Result<QString> verdict = database.text("PRAGMA quick_check(1)");
    if (!verdict)
        return verdict.error().kind == ErrorKind::Internal ? storeDamagedError(filePath, verdict.error().code) : verdict.error();
    if (verdict.value() != QLatin1String("ok"))
        return storeDamagedError(filePath, verdict.value().simplified());
    return {};
}

} // namespace

StoreFile::StoreFile() = default;
StoreFile::StoreFile(StoreFile &&) noexcept = default;
StoreFile &StoreFile::operator=(StoreFile &&) noexcept = default;
StoreFile::~StoreFile() = default;

Result<StoreFile> openStoreFile(const QString &filePath, const Secret &key)
{
    if (const Result<void> folder = prepareFolder(filePath); !folder)
        return folder.error();
    StoreFile file;
    Result<std::unique_ptr<StoreLock>> lock = StoreLock::take(filePath);
    if (!lock)
        return lock.error();
    file.lock = std::move(lock).value();
    if (const Result<void> ready = storeFileExists(filePath) ? inspect(filePath, key) : createFile(filePath, key); !ready)
        return ready.error();
    QFile::setPermissions(filePath, ownerOnly);
    Result<std::unique_ptr<Database>> writer = openWriter(filePath, key);
    if (!writer)
        return writer.error();
    file.writer = std::move(writer).value();
    Result<std::unique_ptr<Database>> reader = Database::open(filePath, key, Database::Mode::ReadOnly);
    if (!reader)
        return reader.error();
    file.reader = std::move(reader).value();
    return Result<StoreFile>(std::move(file));
}

bool storeFileExists(const QString &filePath)
{
    return QFileInfo(filePath).size() > 0;
}

Result<QString> setStoreFileAside(const QString &filePath)
{
    if (!QFileInfo::exists(filePath)) {
        return Error{.kind = ErrorKind::NotFound,
                     .message = QCoreApplication::translate("ringside::Store", "There is no local data to set aside; nothing was changed.")};
    }
    const Result<std::unique_ptr<StoreLock>> lock = StoreLock::take(filePath);
    if (!lock)
        return lock.error();
    return renameAside(filePath);
}

Result<void> removeStoreFile(const QString &filePath)
{
    const Result<std::unique_ptr<StoreLock>> lock = StoreLock::take(filePath);
    if (!lock)
        return lock.error();
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        if (QFileInfo::exists(filePath + suffix) && !QFile::remove(filePath + suffix))
            return storeFolderError(QFileInfo(filePath).absolutePath());
    }
    return {};
}

} // namespace ringside
