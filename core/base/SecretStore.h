// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"

#include <QFuture>
#include <QHash>
#include <QString>

namespace ringside {

/// The names under which secrets are kept; the profile is added by the store.
namespace secretKey {
inline constexpr auto clientSecret = "client-secret";
inline constexpr auto proxyPassword = "proxy-password";
inline constexpr auto tokens = "tokens";
inline constexpr auto storeKey = "store-key";
inline constexpr auto ledgerHead = "ledger-head"; ///< No secret: kept there because the store is not.
} // namespace secretKey

/// A place for secrets, keyed by name. Implementations: KeychainSecretStore (the OS keychain) and
/// SessionSecretStore (memory only, gone with the program).
///
/// Errors: NotFound when there is no such entry; KeychainUnavailable for everything else, with a sentence that says
/// what to do. Never falls back to plain text.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    virtual QFuture<Result<Secret>> read(const QString &key) = 0;
    virtual QFuture<Result<void>> write(const QString &key, const Secret &secret) = 0;
    virtual QFuture<Result<void>> remove(const QString &key) = 0; ///< Removing what is not there succeeds.
};

class SessionSecretStore final : public SecretStore
{
public:
    QFuture<Result<Secret>> read(const QString &key) override;
    QFuture<Result<void>> write(const QString &key, const Secret &secret) override;
    QFuture<Result<void>> remove(const QString &key) override;

private:
    QHash<QString, Secret> m_secrets;
};

} // namespace ringside
