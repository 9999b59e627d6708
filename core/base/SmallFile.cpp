// SPDX-License-Identifier: Apache-2.0
#include "SmallFile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace ringside {

Result<QByteArray> readSmallFile(const QString &path, const QString &settingName)
{
    constexpr qint64 largest = 4 * 1024 * 1024;
    const auto failure = [&](const QString &why) {
        return Error{.kind = ErrorKind::Configuration,
                     .message = QCoreApplication::translate(
                                    "ringside::SmallFile",
                                    "The file %1 cannot be used (%2). Correct %3 in the settings, or the file.")
                                    .arg(QDir::toNativeSeparators(path), why, settingName),
                     .detail = settingName};
    };
    QFile file(path);
    if (!QFileInfo(path).isFile())
        return failure(QCoreApplication::translate("ringside::SmallFile", "there is no such file"));
    if (file.size() > largest)
        return failure(QCoreApplication::translate("ringside::SmallFile", "it is too large"));
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.errorString());
    return file.readAll();
}

} // namespace ringside
