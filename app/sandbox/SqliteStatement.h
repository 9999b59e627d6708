// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <memory>
#include <vector>

using sqlite3_stmt = struct sqlite3_stmt;

namespace ringside::sandbox {

class SqliteFile;

/// One prepared statement of a file that outlives it. Values are bound in their order, columns count from 0.
class SqliteStatement
{
public:
    SqliteStatement(SqliteFile &file, const char *sql);

    SqliteStatement &bind(qint64 value);
    SqliteStatement &bindText(const QByteArray &utf8);
    SqliteStatement &bindBlob(const QByteArray &bytes);

    /// Goes to the next row; false after the last one, and when it failed.
    bool next();
    /// Goes to the end and makes ready for other values; false when it failed.
    bool run();
    bool failed() const { return m_failed; }

    qint64 integer(int column) const;
    QByteArray bytes(int column) const;

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    std::vector<QByteArray> m_values; ///< SQLite reads them where they are
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_bound = 0;
    bool m_failed = false;
};

} // namespace ringside::sandbox
