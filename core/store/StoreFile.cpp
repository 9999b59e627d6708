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

#include <array>
#include <utility>

namespace ringside {

namespace {

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

/// Makes the file if need be. True when there is something in it. SQLite gives -wal and -shm the file's permissions.
Result<bool> prepareFile(const QString &filePath)
{
    QFile file(filePath);
    if (!file.exists()) {
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
            return storeFolderError(QFileInfo(filePath).absolutePath());
        return false;
    }
    // No connection is open yet, so closing this handle drops no lock.
    if (!QFileInfo(filePath).isFile() || !file.open(QIODevice::ReadOnly))
        return storeFolderError(QFileInfo(filePath).absolutePath());
    const QByteArray header = file.read(16);
    if (isPlainSqlite(header))
        return storeUnencryptedError(filePath);
    return !header.isEmpty();
}

/// Integrity in full would compare every index with its table, which takes seconds at a million rows. quick_check reads
/// every page: each one's HMAC and the trees' structure are checked, which finds all that a disk can do to the file.
Result<void> inspect(const QString &filePath, const Secret &key)
{
    Result<std::unique_ptr<Database>> opened = Database::open(filePath, key, Database::Mode::ReadOnly);
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
        return storeDamagedError(filePath, verdict.value());
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
    const Result<bool> filled = prepareFile(filePath);
    if (!filled)
        return filled.error();
    if (filled.value()) {
        if (const Result<void> fine = inspect(filePath, key); !fine)
            return fine.error();
    }
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
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString aside = QStringLiteral("%1.set-aside-%2").arg(filePath, stamp);
    // The WAL goes first: without it the file is an older state, but without its file the WAL is nothing.
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

} // namespace ringside
