// SPDX-License-Identifier: Apache-2.0
#include "KeychainSecretStore.h"

#include "KeychainRequest.h"

#include <qt6keychain/keychain.h>

namespace ringside {

KeychainSecretStore::KeychainSecretStore(const QString &service, QObject *parent) : QObject(parent), m_service(service)
{
}

void KeychainSecretStore::setTimeLimit(std::chrono::milliseconds limit)
{
    m_timeLimit = limit;
}

QFuture<Result<Secret>> KeychainSecretStore::read(const QString &key)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    job->setKey(key);
    return KeychainRequest<Secret>::run(
        job, m_timeLimit,
        [job](const QKeychain::Job &done) -> Result<Secret> {
            switch (done.error()) {
            case QKeychain::NoError:
                return Secret(job->binaryData());
            case QKeychain::EntryNotFound:
                return Error{.kind = ErrorKind::NotFound,
                             .message = tr("This computer's keychain has no such entry. Sign in to make it.")};
            default:
                return keychainUnavailable(done.errorString());
            }
        },
        this);
}

QFuture<Result<void>> KeychainSecretStore::write(const QString &key, const Secret &secret)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setKey(key);
    job->setBinaryData(secret.reveal());
    return KeychainRequest<void>::run(
        job, m_timeLimit,
        [](const QKeychain::Job &done) -> Result<void> {
            // "Not found" here means that there is no keychain to write to, such as a Secret Service without
            // collection.
            if (done.error() != QKeychain::NoError)
                return keychainUnavailable(done.errorString());
            return {};
        },
        this);
}

QFuture<Result<void>> KeychainSecretStore::remove(const QString &key)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    job->setKey(key);
    return KeychainRequest<void>::run(
        job, m_timeLimit,
        [](const QKeychain::Job &done) -> Result<void> {
            if (done.error() != QKeychain::NoError && done.error() != QKeychain::EntryNotFound)
                return keychainUnavailable(done.errorString());
            return {};
        },
        this);
}

} // namespace ringside
