// SPDX-License-Identifier: Apache-2.0
#include "StoreFile.h"

#include "Database.h"
#include "Migrations.h"
#include "SalvagedPages.h"
#include "StoreErrors.h"
#include "StoreLock.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
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

/// A whole store that is to take the place of a damaged one.
QString recoveredPath(const QString &filePath)
{
    return filePath + QStringLiteral(".recovered");
}

Result<std::unique_ptr<Database>> openWriter(const QString &filePath, const Secret &key,
                                             std::span<const Migration> steps = storeMigrations())
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
    if (const Result<void> migrated = migrate(database, steps); !migrated)
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

/// An empty file for a new store, for its owner only; SQLite gives -wal and -shm the file's permissions. Gives its
/// path.
Result<QString> makeDraftFile(const QString &filePath)
{
    const QString draft = filePath + QStringLiteral(".new");
    for (const QString &suffix :
         {QString(), QStringLiteral("-journal"), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(draft + suffix);
    QFile file(draft);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
        return storeFolderError(QFileInfo(filePath).absolutePath());
    return draft;
}

/// Makes an empty store under another name and gives it its own when it is whole: a kill in between leaves no half
/// file.
Result<void> createFile(const QString &filePath, const Secret &key)
{
    // A WAL whose file is gone would be taken for the new file's.
    if (QFileInfo::exists(filePath + QStringLiteral("-wal"))) {
        if (const Result<QString> aside = renameAside(filePath); !aside)
            return aside.error();
    }
    const Result<QString> draft = makeDraftFile(filePath);
    if (!draft)
        return draft.error();
    {
        const Result<std::unique_ptr<Database>> database = openWriter(draft.value(), key);
        if (!database)
            return database.error();
    }
    QFile::remove(filePath); // An empty one at most.
    if (!QFile::rename(draft.value(), filePath))
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
    // SQLite tells a damaged log from one that ends there by nothing. Looked at while no connection is open, as the
    // header.
    const bool logDamaged =
        QFileInfo(filePath + QStringLiteral("-wal")).size() > 0 && SalvagedPages(filePath, key).logDamaged();
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
    if (logDamaged)
        return storeDamagedError(filePath, QStringLiteral("LOG_DAMAGED"));
    return {};
}

/// A new store under another name, with what can be read of the damaged one. Its version is that of the damaged one
/// while the rows go in, so that they go through the same steps as others.
Result<StoreRecovery> makeRecovered(const QString &filePath, const Secret &key, const SalvagedPages &pages)
{
    const int version = salvagedVersion(pages);
    const auto all = storeMigrations();
    if (version > all.back().version)
        return storeNewerError(filePath);
    const auto known =
        std::count_if(all.begin(), all.end(), [version](const Migration &step) { return step.version <= version; });
    const Result<QString> draft = makeDraftFile(filePath);
    if (!draft)
        return draft.error();
    Result<StoreRecovery> mended = storeClosedError();
    {
        const auto steps = version > 0 ? all.first(static_cast<size_t>(known)) : all;
        const Result<std::unique_ptr<Database>> database = openWriter(draft.value(), key, steps);
        if (!database)
            return database.error();
        if (const Result<void> copied = recoverRows(pages, *database.value()); !copied)
            return copied.error();
        if (const Result<void> migrated = migrate(*database.value(), all); !migrated)
            return migrated.error();
        mended = mendRecovered(*database.value());
        // The file alone is to be the store, without a log beside it.
        const Result<qint64> folded = database.value()->number("PRAGMA wal_checkpoint(TRUNCATE)");
        if (mended && !folded)
            return folded.error();
    }
    if (mended && !QFile::rename(draft.value(), recoveredPath(filePath)))
        return storeFolderError(QFileInfo(filePath).absolutePath());
    return mended;
}

/// The damaged file goes aside, the new one takes its place. Gives the damaged one's name.
Result<QString> putRecovered(const QString &filePath)
{
    const Result<QString> aside = renameAside(filePath);
    if (aside && !QFile::rename(recoveredPath(filePath), filePath))
        return storeFolderError(QFileInfo(filePath).absolutePath());
    return aside;
}

/// An earlier run ended when the new one was whole and not in its place.
Result<std::optional<StoreRecovery>> finishRecovery(const QString &filePath, const Secret &key)
{
    const Result<QString> aside = putRecovered(filePath);
    if (!aside)
        return aside.error();
    const Result<std::unique_ptr<Database>> database = openWriter(filePath, key);
    if (!database)
        return database.error();
    Result<StoreRecovery> mended = mendRecovered(*database.value());
    if (!mended)
        return mended.error();
    mended.value().asidePath = aside.value();
    return std::optional(mended.value());
}

/// Nothing when the key is not proved to be right: then the file is left as it is.
Result<std::optional<StoreRecovery>> recover(const QString &filePath, const Secret &key)
{
    Result<StoreRecovery> made = storeClosedError();
    {
        const SalvagedPages pages(filePath, key);
        if (!pages.keyProved())
            return std::optional<StoreRecovery>();
        made = makeRecovered(filePath, key, pages);
    }
    if (!made)
        return made.error();
    const Result<QString> aside = putRecovered(filePath);
    if (!aside)
        return aside.error();
    made.value().asidePath = aside.value();
    return std::optional(made.value());
}

/// Whether there may be a store whose file is gone and whose log is not.
bool onlyLogLeft(const QString &filePath)
{
    return !storeFileExists(filePath) && QFileInfo(filePath + QStringLiteral("-wal")).size() > pageSize;
}

bool mayBeRecovered(const Error &error)
{
    return error.kind == ErrorKind::StorageDamaged && error.code != QLatin1String("NEWER") &&
           error.code != QLatin1String("NOT_ENCRYPTED");
}

/// Sees to it that there is a file that can be opened.
Result<std::optional<StoreRecovery>> makeReady(const QString &filePath, const Secret &key)
{
    if (QFileInfo::exists(recoveredPath(filePath)))
        return finishRecovery(filePath, key);
    if (onlyLogLeft(filePath)) {
        Result<std::optional<StoreRecovery>> recovered = recover(filePath, key);
        if (!recovered || recovered.value())
            return recovered;
    }
    const Result<void> ready = storeFileExists(filePath) ? inspect(filePath, key) : createFile(filePath, key);
    if (ready)
        return std::optional<StoreRecovery>();
    if (!mayBeRecovered(ready.error()))
        return ready.error();
    Result<std::optional<StoreRecovery>> recovered = recover(filePath, key);
    return recovered && !recovered.value() ? Result<std::optional<StoreRecovery>>(ready.error()) : recovered;
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
    const Result<std::optional<StoreRecovery>> ready = makeReady(filePath, key);
    if (!ready)
        return ready.error();
    file.recovered = ready.value();
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
