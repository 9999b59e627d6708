// SPDX-License-Identifier: Apache-2.0
#include "SqliteStatement.h"

#include "SqliteFile.h"

#include <sqlite3.h>

namespace ringside::sandbox {

void SqliteStatement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

SqliteStatement::SqliteStatement(SqliteFile &file, const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    m_failed = sqlite3_prepare_v2(file.handle(), sql, -1, &statement, nullptr) != SQLITE_OK;
    m_statement.reset(statement);
}

SqliteStatement &SqliteStatement::bind(qint64 value)
{
    m_failed = m_failed || sqlite3_bind_int64(m_statement.get(), ++m_bound, value) != SQLITE_OK;
    return *this;
}

SqliteStatement &SqliteStatement::bindText(const QByteArray &utf8)
{
    m_values.push_back(utf8);
    const int size = static_cast<int>(utf8.size());
    m_failed =
        m_failed || sqlite3_bind_text(m_statement.get(), ++m_bound, utf8.constData(), size, SQLITE_STATIC) != SQLITE_OK;
    return *this;
}

SqliteStatement &SqliteStatement::bindBlob(const QByteArray &bytes)
{
    m_values.push_back(bytes);
    const int size = static_cast<int>(bytes.size());
    m_failed = m_failed ||
               sqlite3_bind_blob(m_statement.get(), ++m_bound, bytes.constData(), size, SQLITE_STATIC) != SQLITE_OK;
    return *this;
}

bool SqliteStatement::next()
{
    const int result = m_failed ? SQLITE_DONE : sqlite3_step(m_statement.get());
    m_failed = m_failed || (result != SQLITE_ROW && result != SQLITE_DONE);
    return result == SQLITE_ROW;
}

bool SqliteStatement::run()
{
    while (next()) {
    }
    m_bound = 0;
    if (!m_failed)
        sqlite3_reset(m_statement.get());
    m_values.clear();
    return !m_failed;
}

qint64 SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QByteArray SqliteStatement::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement.get(), column);
    return {static_cast<const char *>(data), sqlite3_column_bytes(m_statement.get(), column)};
}

} // namespace ringside::sandbox
