// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SecretStore.h"

#include <QObject>

#include <chrono>

namespace ringside {

/// Secrets in the OS keychain: Secret Service or KWallet, macOS Keychain, Windows Credential Manager; the only user of
/// QtKeychain. Operations are carried out in the order in which they were asked for.
///
/// Errors: NotFound (read only) and KeychainUnavailable. A keychain that asks the person to unlock it may never answer,
/// so every operation has a time limit, after which it counts as locked. A write that was given up may still happen
/// when the keychain is unlocked later.
class KeychainSecretStore final : public QObject, public SecretStore
{
    Q_OBJECT

public:
    /// `service` is the namespace of the entries: one a profile.
    explicit KeychainSecretStore(const QString &service, QObject *parent = nullptr);

    static constexpr std::chrono::milliseconds defaultTimeLimit{20000};
    void setTimeLimit(std::chrono::milliseconds limit);

    QFuture<Result<Secret>> read(const QString &key) override;
    QFuture<Result<void>> write(const QString &key, const Secret &secret) override;
    QFuture<Result<void>> remove(const QString &key) override;

private:
    QString m_service;
    std::chrono::milliseconds m_timeLimit = defaultTimeLimit;
};

} // namespace ringside
