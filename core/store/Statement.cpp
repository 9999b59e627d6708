// SPDX-License-Identifier: Apache-2.0
#include "Statement.h"

#include "Database.h"

#include <sqlite3.h>

namespace ringside {

Statement::Statement(Database &database, const char *sql) : m_database(database)
{
    check(sqlite3_prepare_v2(database.handle(), sql, -1, &m_statement, nullptr));
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

void Statement::check(int code)
{
    if (code != SQLITE_OK && !m_error)
        m_error = m_database.error(code);
}

Statement &Statement::bind(int index, qint64 value)
{
    if (!m_error)
        check(sqlite3_bind_int64(m_statement, index, value));
    return *this;
}

Statement &Statement::bind(int index, const QString &value)
{
    // With the length given, text after a NUL is stored as well.
    const QByteArray utf8 = value.toUtf8();
    if (!m_error)
        check(sqlite3_bind_text64(m_statement, index, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
                                  SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bind(int index, const QByteArray &value)
{
    if (!m_error)
        check(sqlite3_bind_blob64(m_statement, index, value.constData(), static_cast<sqlite3_uint64>(value.size()),
                                  SQLITE_TRANSIENT));
    return *this;
}

Statement &Statement::bind(int index, const QDateTime &value)
{
    if (value.isValid())
        return bind(index, value.toMSecsSinceEpoch());
    if (!m_error)
        check(sqlite3_bind_null(m_statement, index));
    return *this;
}

Statement &Statement::bind(int index, const std::optional<QDateTime> &value)
{
    return bind(index, value.value_or(QDateTime()));
}

bool Statement::next()
{
    if (m_error)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        check(code);
    return false;
}

Result<void> Statement::run()
{
    while (next()) { }
    if (m_error)
        return *m_error;
    return {};
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString Statement::text(int column) const
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(bytes, sqlite3_column_bytes(m_statement, column));
}

QByteArray Statement::blob(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(bytes, sqlite3_column_bytes(m_statement, column));
}

QDateTime Statement::time(int column) const
{
    return isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(integer(column), Qt::UTC);
}

std::optional<QDateTime> Statement::optionalTime(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return time(column);
}

} // namespace ringside
