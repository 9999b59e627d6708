// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Profile.h"
#include "Result.h"

#include <QFuture>
#include <QObject>

namespace ringside {

/// `--set-secret client`: takes one line from standard input into the keychain. Errors: Configuration (nothing was
/// given), KeychainUnavailable. `parent` lives until the future is finished.
QFuture<Result<void>> setClientSecretFromStandardInput(const Profile &profile, QObject *parent);

} // namespace ringside
