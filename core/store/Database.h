// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>

struct sqlite3;

namespace ringside {

/// One connection to an encrypted database. Used by one thread at a time, without locks of its own.
///
/// The file format is pinned, whatever the linked SQLCipher's defaults: raw 256-bit key, pages of 4096 bytes, the HMAC
/// and key derivation of SQLCipher 3 (https://www.zetetic.net/sqlcipher/sqlcipher-api/, "cipher_compatibility").
class Database final
{
public:
    enum class Mode { ReadOnly, ReadWrite };
    enum class Access { Read, Write };

    /// Opens an existing file (an empty one is a new database). `key` is 32 bytes. Nothing is read yet, so that a wrong
    /// key shows at the first statement. Errors: Storage, Internal (a key of another length).
    static Result<std::unique_ptr<Database>> open(const QString &filePath, const Secret &key, Mode mode);

    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Runs fixed statements that give no rows.
    Result<void> execute(const char *sql);

    /// The first column of the first row: 0 and an empty text when there is none.
    Result<qint64> number(const char *sql);
    Result<QString> text(const char *sql);

    /// Runs `job` between BEGIN and COMMIT; rolls back when it gives an error. A Write one takes the write lock at once.
    template<typename T>
    Result<T> inTransaction(Access access, const std::function<Result<T>(Database &)> &job);

    qint64 lastInsertId() const;
    int changedRows() const; ///< By the last INSERT, UPDATE or DELETE.

    /// The file's first bytes as they lie on the disk, read through SQLite's own handle: opening and closing the file
    /// another way would drop this process's POSIX locks on it. Empty for an empty file.
    QByteArray fileHeader() const;

    /// The error that a result code of the last call means.
    Error error(int code) const;

    sqlite3 *handle() const { return m_handle; }
    const QString &filePath() const { return m_filePath; }

private:
    Database(sqlite3 *handle, const QString &filePath);
    Result<void> unlock(const Secret &key);
    Result<void> configure(Mode mode);
    Result<void> begin(Access access);
    Result<void> commit();
    void rollBack();

    sqlite3 *m_handle;
    QString m_filePath;
};

template<typename T>
Result<T> Database::inTransaction(Access access, const std::function<Result<T>(Database &)> &job)
{
    if (const Result<void> begun = begin(access); !begun)
        return begun.error();
    Result<T> result = job(*this);
    if (!result.ok()) {
        rollBack();
        return result;
    }
    if (const Result<void> committed = commit(); !committed)
        return committed.error();
    return result;
}

} // namespace ringside
