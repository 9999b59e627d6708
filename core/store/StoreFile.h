// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"
#include "StoreRecovery.h"

#include <QString>

#include <memory>
#include <optional>

namespace ringside {

class Database;
class StoreLock;

/// A store's two connections, and the lock that makes them the only ones. Close the reader before the writer: the last
/// connection folds the WAL into the file, which a reader cannot.
struct StoreFile
{
    StoreFile();
    StoreFile(StoreFile &&) noexcept;
    StoreFile &operator=(StoreFile &&) noexcept;
    ~StoreFile();

    std::unique_ptr<StoreLock> lock;
    std::unique_ptr<Database> writer;
    std::unique_ptr<Database> reader;
    std::optional<StoreRecovery> recovered; ///< Set when the file was damaged: this is a new one.
};

/// Opens or creates the file and its folder, for the owner only; checks and migrates. An existing file is first looked
/// at through a read-only connection, so that one with another key or another version is not touched. A damaged one
/// whose key is right is set aside, and a new one takes its place with all that can be read; killed in the middle of
/// that, it is finished at the next start. Blocks; for the writer's thread. Errors: as Store::open.
Result<StoreFile> openStoreFile(const QString &filePath, const Secret &key);

/// Whether there is anything in the file. An empty one is what a crash right after creation leaves.
bool storeFileExists(const QString &filePath);

/// Renames the file and what belongs to it to a name with the time in it, and gives that name. Errors: NotFound,
/// Storage (in use, or not renamed; then everything is as before).
Result<QString> setStoreFileAside(const QString &filePath);

/// Removes the file and what belongs to it. Errors: Storage (in use, or not removed). What is not there is no error.
Result<void> removeStoreFile(const QString &filePath);

} // namespace ringside
