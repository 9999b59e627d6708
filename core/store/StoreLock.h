// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QString>

#include <memory>

struct sqlite3;

namespace ringside {

/// Keeps a second program, and a second Store of this one, from the same file. Held by the operating system on an empty
/// file beside it, through SQLite's own locking: the lock goes with the process however that ends, with no stale file,
/// process number or host name to judge. The empty file stays behind; removing it would race with the next program.
class StoreLock final
{
public:
    /// Takes the lock for `storePath`, at once or not at all. Errors: Storage (code "IN_USE" when it is taken).
    static Result<std::unique_ptr<StoreLock>> take(const QString &storePath);

    static QString lockPath(const QString &storePath);

    ~StoreLock();
    StoreLock(const StoreLock &) = delete;
    StoreLock &operator=(const StoreLock &) = delete;

private:
    explicit StoreLock(sqlite3 *handle);

    sqlite3 *m_handle;
};

} // namespace ringside
