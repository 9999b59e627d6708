// SPDX-License-Identifier: Apache-2.0
#include "SessionFallbackSecretStore.h"

#include "WhenReady.h"

#include <memory>

namespace ringside {

namespace {

template<typename T>
std::shared_ptr<QPromise<Result<T>>> startedPromise()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template<typename T>
void settle(QPromise<Result<T>> &promise, Result<T> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

} // namespace

SessionFallbackSecretStore::SessionFallbackSecretStore(SecretStore &keychain, QObject *parent)
    : QObject(parent), m_keychain(keychain)
{
}

QFuture<Result<Secret>> SessionFallbackSecretStore::read(const QString &key)
{
    if (const auto kept = m_session.constFind(key); kept != m_session.constEnd())
        return readyFuture<Secret>(*kept);
    return m_keychain.read(key);
}

QFuture<Result<void>> SessionFallbackSecretStore::write(const QString &key, const Secret &secret)
{
    auto promise = startedPromise<void>();
    whenReady(this, m_keychain.write(key, secret), [this, promise, key, secret](const Result<void> &written) {
        if (written)
            m_session.remove(key);
        else
            m_session.insert(key, secret);
        settle(*promise, written);
    });
    return promise->future();
}

QFuture<Result<void>> SessionFallbackSecretStore::remove(const QString &key)
{
    m_session.remove(key);
    return m_keychain.remove(key);
}

} // namespace ringside
