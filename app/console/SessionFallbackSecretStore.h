// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SecretStore.h"

#include <QObject>

namespace ringside {

/// The keychain, and behind it the memory of this run: when the keychain is missing or locked, what is written is kept
/// until the program ends and can be read back, and the KeychainUnavailable error is given all the same, so that whoever
/// wrote can tell the agent that it will be gone. Nothing ever goes to a file.
class SessionFallbackSecretStore final : public QObject, public SecretStore
{
    Q_OBJECT

public:
    /// Does not own the keychain, which must outlive it.
    explicit SessionFallbackSecretStore(SecretStore &keychain, QObject *parent = nullptr);

    QFuture<Result<Secret>> read(const QString &key) override;
    QFuture<Result<void>> write(const QString &key, const Secret &secret) override;
    QFuture<Result<void>> remove(const QString &key) override;

private:
    SecretStore &m_keychain;
    QHash<QString, Secret> m_session;
};

} // namespace ringside
