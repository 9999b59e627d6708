// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"

#include <QFuture>
#include <QObject>

namespace ringside {

class SecretStore;

/// The store's key from the keychain; made (32 random bytes) and kept there when there is neither key nor file.
/// Errors: KeychainUnavailable; StorageDamaged when a file exists but its key is gone: never a silent new key.
QFuture<Result<Secret>> obtainStoreKey(SecretStore &secrets, const QString &storePath, QObject *context);

} // namespace ringside
