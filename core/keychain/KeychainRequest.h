// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QTimer>

#include <chrono>
#include <functional>

namespace QKeychain {
class Job;
}

namespace ringside {

/// One QtKeychain job with a time limit. The job itself is never destroyed early: its backend holds a plain pointer to
/// it until the keychain answers, so a job that is given up is left to finish, and to delete itself, on its own.
/// Deletes itself when done; destroyed earlier, the future is cancelled.
template <typename T> class KeychainRequest final : public QObject
{
public:
    using Outcome = std::function<Result<T>(const QKeychain::Job &)>;

    /// Takes the job, unstarted.
    static QFuture<Result<T>> run(QKeychain::Job *job, std::chrono::milliseconds timeLimit, Outcome outcome,
                                  QObject *parent);

private:
    KeychainRequest(Outcome outcome, QObject *parent);
    void start(QKeychain::Job *job, std::chrono::milliseconds timeLimit);
    void finish(const Result<T> &result);

    Outcome m_outcome;
    QPromise<Result<T>> m_promise;
    QTimer m_limit;
};

extern template class KeychainRequest<Secret>;
extern template class KeychainRequest<void>;

/// What the agent is told when the keychain cannot be used; `reason` is the keychain's own words, for logs: they are no
/// sentence.
Error keychainUnavailable(const QString &reason);

} // namespace ringside
