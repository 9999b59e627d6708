// SPDX-License-Identifier: Apache-2.0
#include "AccountSecretStore.h"

namespace ringside {

AccountSecretStore::AccountSecretStore(SecretStore &secrets, const QString &account) : m_secrets(secrets), m_account(account) {}

QString AccountSecretStore::nameOf(const QString &key) const
{
    const bool own = key == QLatin1String(secretKey::tokens) || key == QLatin1String(secretKey::storeKey) ||
                     key == QLatin1String(secretKey::ledgerHead);
    return own && !m_account.isEmpty() ? key + QLatin1Char('.') + m_account : key;
}

QFuture<Result<Secret>> AccountSecretStore::read(const QString &key)
{
    return m_secrets.read(nameOf(key));
}

QFuture<Result<void>> AccountSecretStore::write(const QString &key, const Secret &secret)
{
    return m_secrets.write(nameOf(key), secret);
}

QFuture<Result<void>> AccountSecretStore::remove(const QString &key)
{
    return m_secrets.remove(nameOf(key));
}

} // namespace ringside
