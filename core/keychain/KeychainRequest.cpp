// SPDX-License-Identifier: Apache-2.0
#include "KeychainRequest.h"

#include "SecretServiceLock.h"

#include <QCoreApplication>

#include <qt6keychain/keychain.h>

namespace ringside {

namespace {

Error keychainSilent()
{
    return Error{.kind = ErrorKind::KeychainUnavailable,
                 .message = QCoreApplication::translate(
                     "ringside::Keychain", "This computer's keychain does not answer; it is probably locked. "
                                           "Nothing was stored outside it. Unlock it and try again, or sign "
                                           "in for this run only."),
                 .code = QStringLiteral("TIMEOUT")};
}

/// A locked Secret Service passes for an empty one, for one from which the entry was removed, or for a broken one
/// (QtKeychain 0.13.2 with libsecret 0.20: measured against a gnome-keyring that nobody unlocks).
bool mayHideLock(const QKeychain::Job &job)
{
    return job.error() != QKeychain::NoError || qobject_cast<const QKeychain::DeletePasswordJob *>(&job);
}

Error keychainLocked()
{
    return Error{.kind = ErrorKind::KeychainUnavailable,
                 .message = QCoreApplication::translate(
                     "ringside::Keychain", "This computer's keychain is locked. Nothing was stored outside it. "
                                           "Unlock it and try again, or sign in for this run only."),
                 .code = QStringLiteral("LOCKED")};
}

} // namespace

Error keychainUnavailable(const QString &reason)
{
    return Error{.kind = ErrorKind::KeychainUnavailable,
                 .message = QCoreApplication::translate(
                     "ringside::Keychain", "This computer's keychain is missing or cannot be used. Nothing was "
                                           "stored outside it. Start a keychain service and try again, or sign "
                                           "in for this run only."),
                 .code = reason};
}

template <typename T>
KeychainRequest<T>::KeychainRequest(Outcome outcome, QObject *parent) : QObject(parent), m_outcome(std::move(outcome))
{
    m_promise.start();
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { finish(keychainSilent()); });
}

template <typename T>
QFuture<Result<T>> KeychainRequest<T>::run(QKeychain::Job *job, std::chrono::milliseconds timeLimit, Outcome outcome,
                                           QObject *parent)
{
    auto *request = new KeychainRequest(std::move(outcome), parent);
    const QFuture<Result<T>> future = request->m_promise.future();
    request->start(job, timeLimit);
    return future;
}

template <typename T> void KeychainRequest<T>::start(QKeychain::Job *job, std::chrono::milliseconds timeLimit)
{
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    connect(job, &QKeychain::Job::finished, this, [this](QKeychain::Job *done) {
        const Result<T> outcome = m_outcome(*done);
        if (!mayHideLock(*done)) {
            finish(outcome);
            return;
        }
        askWhetherLocked(this,
                         [this, outcome](bool locked) { finish(locked ? Result<T>(keychainLocked()) : outcome); });
    });
    m_limit.start(timeLimit);
    job->start();
}

template <typename T> void KeychainRequest<T>::finish(const Result<T> &result)
{
    if (m_promise.future().isFinished()) // Answered after it was given up.
        return;
    m_limit.stop();
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

template class KeychainRequest<Secret>;
template class KeychainRequest<void>;

} // namespace ringside
