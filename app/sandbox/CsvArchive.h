// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

namespace ringside::sandbox {

/// The ZIP with one CSV that a bulk read ends in.
class CsvArchive
{
public:
    /// Quoted where a comma, a quote or a line break asks for it; CR LF ends each line.
    static QByteArray line(const QStringList &values);
    /// Empty when libzip refuses.
    static QByteArray pack(const QString &fileName, const QByteArray &csv);
};

} // namespace ringside::sandbox
