// SPDX-License-Identifier: Apache-2.0
#include "SecretStore.h"

#include "WhenReady.h"

namespace ringside {

QFuture<Result<Secret>> SessionSecretStore::read(const QString &key)
{
    const auto found = m_secrets.constFind(key);
    if (found == m_secrets.constEnd())
        return failedFuture<Secret>(Error{.kind = ErrorKind::NotFound});
    return readyFuture<Secret>(*found);
}

QFuture<Result<void>> SessionSecretStore::write(const QString &key, const Secret &secret)
{
    m_secrets.insert(key, secret);
    return readyFuture<void>({});
}

QFuture<Result<void>> SessionSecretStore::remove(const QString &key)
{
    m_secrets.remove(key);
    return readyFuture<void>({});
}

} // namespace ringside
