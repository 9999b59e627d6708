// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

struct sqlite3_stmt;

namespace ringside {

class Database;

/// One prepared statement. Values are always bound, never written into the SQL. The first thing that goes wrong is
/// kept: bind and step freely, then ask failed().
///
///     Statement statement(database, "SELECT name FROM person WHERE id = ?1");
///     statement.bind(1, id);
///     while (statement.next())
///         names.append(statement.text(0));
///     if (statement.failed())
///         return statement.error();
class Statement final
{
public:
    /// `sql` is one statement; the database must outlive this.
    Statement(Database &database, const char *sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    // Indexes count from 1. A null QString is stored as an empty text and a null QByteArray as an empty blob, so that
    // columns can be NOT NULL; an invalid QDateTime is stored as NULL, a valid one as milliseconds since 1970, UTC.
    Statement &bind(int index, qint64 value);
    Statement &bind(int index, int value) { return bind(index, qint64(value)); }
    Statement &bind(int index, bool value) { return bind(index, qint64(value ? 1 : 0)); }
    Statement &bind(int index, const QString &value);
    Statement &bind(int index, const QByteArray &value);
    Statement &bind(int index, const QDateTime &value);
    Statement &bind(int index, const std::optional<QDateTime> &value);
    Statement &bind(int index, const char *value) = delete; // Would become a bool.

    /// Steps to the next row; false at the end and after an error.
    bool next();

    /// Steps to the end, for statements without rows.
    Result<void> run();

    bool failed() const { return m_error.has_value(); }
    const Error &error() const { return *m_error; }

    // Columns count from 0, and are those of the row that next() stands on.
    bool isNull(int column) const;
    qint64 integer(int column) const;
    int smallInteger(int column) const { return static_cast<int>(integer(column)); }
    bool boolean(int column) const { return integer(column) != 0; }
    QString text(int column) const;
    QByteArray blob(int column) const;
    QDateTime time(int column) const; ///< Invalid for NULL.
    std::optional<QDateTime> optionalTime(int column) const;

private:
    void check(int code);

    Database &m_database;
    sqlite3_stmt *m_statement = nullptr;
    std::optional<Error> m_error;
};

} // namespace ringside
