// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <memory>

using sqlite3 = struct sqlite3;

namespace ringside::sandbox {

/// One SQLite database that nobody else may have open meanwhile. Plain, without a key: what a sandbox keeps is
/// invented, and its developer may want to look at it. What failed last is asked for afterwards. Used by one thread at
/// a time.
class SqliteFile
{
public:
    /// Opens the file, or makes an empty one. Nothing of it is read yet.
    bool open(const QString &path);
    /// Statements that give no rows.
    bool run(const char *sql);
    /// The first column of the first row; 0 when there is none or the statement fails, which `failed` tells.
    qint64 number(const char *sql, bool *failed = nullptr);
    QString text(const char *sql, bool *failed = nullptr);

    /// SQLite's result codes: https://www.sqlite.org/rescode.html, the primary ones.
    int code() const;
    QString message() const;

    sqlite3 *handle() const { return m_handle.get(); }

private:
    struct Close
    {
        void operator()(sqlite3 *handle) const;
    };

    std::unique_ptr<sqlite3, Close> m_handle;
};

} // namespace ringside::sandbox
