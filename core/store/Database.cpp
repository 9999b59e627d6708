// SPDX-License-Identifier: Apache-2.0
#include "Database.h"

#include "Statement.h"
#include "StoreErrors.h"

#include <array>

#include <sqlite3.h>

namespace ringside {

namespace {

constexpr qsizetype keyBytes = 32;
constexpr int busyTimeoutMs = 2000; // Ours are the only connections; a scanner or a backup may hold the file briefly.

} // namespace

Result<std::unique_ptr<Database>> Database::open(const QString &filePath, const Secret &key, Mode mode)
{
    if (key.reveal().size() != keyBytes)
        return storeError(SQLITE_MISUSE, filePath, QStringLiteral("the key is not 32 bytes"));
    // NOMUTEX: a connection is never used by two threads at once. No CREATE: who makes the file sets its permissions.
    const int flags = (mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(filePath.toUtf8().constData(), &handle, flags, nullptr);
    if (!handle)
        return storeError(SQLITE_NOMEM, filePath, QStringLiteral("out of memory"));
    std::unique_ptr<Database> database(new Database(handle, filePath));
    if (code != SQLITE_OK)
        return database->error(code);
    if (const Result<void> unlocked = database->unlock(key); !unlocked)
        return unlocked.error();
    if (const Result<void> configured = database->configure(mode); !configured)
        return configured.error();
    return Result<std::unique_ptr<Database>>(std::move(database));
}

Database::Database(sqlite3 *handle, const QString &filePath) : m_handle(handle), m_filePath(filePath)
{
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, busyTimeoutMs);
}

Database::~Database()
{
    sqlite3_close(m_handle);
}

Result<void> Database::unlock(const Secret &key)
{
    // x'…' tells SQLCipher that this is the key itself and no passphrase to stretch.
    constexpr auto digits = "0123456789abcdef";
    std::array<char, 2 * keyBytes + 3> blob{};
    size_t at = 0;
    blob[at++] = 'x';
    blob[at++] = '\'';
    for (const char byte : key.reveal()) {
        blob[at++] = digits[(static_cast<unsigned char>(byte) >> 4) & 0xf];
        blob[at++] = digits[static_cast<unsigned char>(byte) & 0xf];
    }
    blob[at++] = '\'';
    const int code = sqlite3_key(m_handle, blob.data(), static_cast<int>(at));
    volatile char *wiped = blob.data();
    for (size_t i = 0; i < blob.size(); ++i)
        wiped[i] = 0;
    if (code != SQLITE_OK)
        return error(code);

    // An SQLite without encryption takes a key without complaint and then writes plain text.
    const Result<QString> version = text("PRAGMA cipher_version");
    if (!version || version.value().isEmpty())
        return storeCipherError();
    if (version.value().section(QLatin1Char('.'), 0, 0).toInt() >= 4) {
        if (const Result<QString> pinned = text("PRAGMA cipher_compatibility = 3"); !pinned)
            return pinned.error();
    }
    if (const Result<QString> pinned = text("PRAGMA cipher_page_size = 4096"); !pinned)
        return pinned.error();
    return {};
}

Result<void> Database::configure(Mode mode)
{
    // MEMORY: no temporary file ever holds a row in plain text.
    if (Result<void> done = execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY"); !done)
        return done;
    if (mode == Mode::ReadOnly)
        return execute("PRAGMA query_only = ON");
    // FULL: a commit in the WAL is on the disk when it returns. fullfsync matters on macOS alone, where fsync does not
    // empty the drive's cache. secure_delete: what was removed is gone even for who gets the key later.
    return execute("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;"
                   "PRAGMA secure_delete = ON");
}

Result<void> Database::execute(const char *sql)
{
    const int code = sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return error(code);
    return {};
}

Result<qint64> Database::number(const char *sql)
{
    Statement statement(*this, sql);
    const bool found = statement.next();
    if (statement.failed())
        return statement.error();
    return found ? statement.integer(0) : qint64(0);
}

Result<QString> Database::text(const char *sql)
{
    Statement statement(*this, sql);
    const bool found = statement.next();
    if (statement.failed())
        return statement.error();
    return found ? statement.text(0) : QString();
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

int Database::changedRows() const
{
    return sqlite3_changes(m_handle);
}

QByteArray Database::fileHeader() const
{
    sqlite3_file *file = nullptr;
    if (sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file || !file->pMethods)
        return {};
    QByteArray header(16, '\0');
    if (file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0) != SQLITE_OK)
        return {};
    return header;
}

Error Database::error(int code) const
{
    return storeError(code, m_filePath, QString::fromUtf8(sqlite3_errmsg(m_handle)));
}

Result<void> Database::begin(Access access)
{
    return execute(access == Access::Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Result<void> Database::commit()
{
    Result<void> committed = execute("COMMIT");
    if (!committed)
        rollBack();
    return committed;
}

void Database::rollBack()
{
    // A full disk or an input error may have rolled back already; another ROLLBACK would only be an error.
    if (!sqlite3_get_autocommit(m_handle))
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace ringside
