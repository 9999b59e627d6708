// SPDX-License-Identifier: Apache-2.0
#include "SqliteFile.h"

#include "SqliteStatement.h"

#include <sqlite3.h>

namespace ringside::sandbox {

void SqliteFile::Close::operator()(sqlite3 *handle) const
{
    sqlite3_close_v2(handle);
}

bool SqliteFile::open(const QString &path)
{
    sqlite3 *handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    const int opened = sqlite3_open_v2(path.toUtf8().constData(), &handle, flags, nullptr);
    m_handle.reset(handle); // there even when it failed, to tell why
    return opened == SQLITE_OK && run("PRAGMA locking_mode = EXCLUSIVE");
}

bool SqliteFile::run(const char *sql)
{
    return sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

qint64 SqliteFile::number(const char *sql, bool *failed)
{
    return text(sql, failed).toLongLong();
}

QString SqliteFile::text(const char *sql, bool *failed)
{
    SqliteStatement statement(*this, sql);
    const QString found = statement.next() ? QString::fromUtf8(statement.bytes(0)) : QString();
    if (failed && statement.failed())
        *failed = true;
    return found;
}

int SqliteFile::code() const
{
    return sqlite3_errcode(m_handle.get()) & 0xff;
}

QString SqliteFile::message() const
{
    return QString::fromUtf8(sqlite3_errmsg(m_handle.get()));
}

} // namespace ringside::sandbox
