// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Error.h"

#include <QString>

namespace ringside {

/// What an SQLite result code means to the agent. Storage and StorageDamaged as in Error.h; Internal for what only a
/// wrong statement can cause. `code` becomes Error::code, with SQLite's own words. Pure.
Error storeError(int extendedCode, const QString &filePath, const QString &sqliteMessage);

Error storeInUseError(const QString &filePath);      ///< Another program has the profile open. Storage, code "IN_USE".
Error storeUnencryptedError(const QString &filePath); ///< The file is plain SQLite. StorageDamaged.
Error storeNewerError(const QString &filePath);      ///< Made by a later version. StorageDamaged, code "NEWER".
Error storeDamagedError(const QString &filePath, const QString &code);
Error storeFolderError(const QString &folder);       ///< The folder cannot be made or written. Storage.
Error storeJournalError(const QString &filePath, const QString &mode); ///< The disk does not do write-ahead logs. Storage.
Error storeCipherError();                            ///< The linked library does not encrypt. Storage, code "NO_CIPHER".
Error storeClosedError();                            ///< Used before open(). Storage, code "CLOSED".

} // namespace ringside
