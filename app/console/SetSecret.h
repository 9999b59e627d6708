// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Profile.h"
#include "Result.h"

#include <QFuture>
#include <QObject>

namespace ringside {

/// `--set-secret NAME`: takes one line from standard input into the keychain under `key`. Errors: Configuration (nothing was
/// given), KeychainUnavailable. `parent` lives until the future is finished.
QFuture<Result<void>> setSecretFromStandardInput(const Profile &profile, const QString &key, QObject *parent);

} // namespace ringside
