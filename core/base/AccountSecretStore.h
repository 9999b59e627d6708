// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SecretStore.h"

namespace ringside {

/// One account's view of a profile's secrets: its tokens and the key of its store stand under names of their own, what the
/// computer's accounts share (client secret, proxy password) under the common ones. The account with the empty name has
/// the common names for all.
class AccountSecretStore final : public SecretStore
{
public:
    /// Does not own `secrets`, which must outlive it.
    AccountSecretStore(SecretStore &secrets, const QString &account);

    QFuture<Result<Secret>> read(const QString &key) override;
    QFuture<Result<void>> write(const QString &key, const Secret &secret) override;
    QFuture<Result<void>> remove(const QString &key) override;

private:
    QString nameOf(const QString &key) const;

    SecretStore &m_secrets;
    const QString m_account;
};

} // namespace ringside
