// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <optional>

namespace ringside::sandbox {

/// The errors of the CRM by their code: the status they come with, their usual sentence, and whether they concern a
/// request or a record.
class ErrorCodes
{
public:
    struct Entry
    {
        QString code;
        QString message;
        int status = 400;
        bool ofRecord = false; ///< stands in data[] of a write
    };

    static std::optional<Entry> find(const QString &code);
    /// [{code, status, record, message}] of all.
    static QJsonArray all();
    /// The body that the CRM sends for it.
    static QJsonObject body(const Entry &entry, const QJsonObject &details);
};

} // namespace ringside::sandbox
