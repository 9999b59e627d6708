// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>

namespace ringside {

/// Whether the Secret Service's default collection is locked. QtKeychain (0.13, libsecret) says "not found" when the
/// person dismissed the prompt or there is nobody to show one, and a locked keychain must not look like an empty one.
/// Calls back once, from the event loop or at once, unless the receiver dies first; false when there is no such service
/// (other platforms, KWallet) or it does not say within two seconds.
void askWhetherLocked(QObject *receiver, const std::function<void(bool locked)> &answer);

} // namespace ringside
