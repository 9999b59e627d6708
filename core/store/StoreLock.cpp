// SPDX-License-Identifier: Apache-2.0
#include "StoreLock.h"

#include "StoreErrors.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

namespace ringside {

QString StoreLock::lockPath(const QString &storePath)
{
    return storePath + QStringLiteral(".lock");
}

Result<std::unique_ptr<StoreLock>> StoreLock::take(const QString &storePath)
{
    const QString path = lockPath(storePath);
    if (!QFileInfo::exists(path)) {
        // Another program may make it in this very moment: then opening it below decides.
        QFile file(path);
        (void)file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    sqlite3 *handle = nullptr;
    int code = sqlite3_open_v2(path.toUtf8().constData(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (!handle)
        return storeError(SQLITE_NOMEM, path, QStringLiteral("out of memory"));
    std::unique_ptr<StoreLock> lock(new StoreLock(handle));
    if (code == SQLITE_OK)
        code = sqlite3_exec(handle, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
    if ((code & 0xff) == SQLITE_BUSY)
        return storeInUseError(storePath);
    if (code == SQLITE_CANTOPEN)
        return storeFolderError(QFileInfo(storePath).absolutePath());
    if (code != SQLITE_OK)
        return storeError(code, path, QString::fromUtf8(sqlite3_errmsg(handle)));
    return Result<std::unique_ptr<StoreLock>>(std::move(lock));
}

StoreLock::StoreLock(sqlite3 *handle) : m_handle(handle) {}

StoreLock::~StoreLock()
{
    sqlite3_close(m_handle);
}

} // namespace ringside
