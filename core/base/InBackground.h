// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace ringside {

/// Runs what blocks (a file, a resolver, a script) on a pool's thread. A job whose future was cancelled before its turn
/// is skipped. What the job uses must live until the pool is done.
template<typename T>
QFuture<Result<T>> inBackground(QThreadPool &pool, std::function<Result<T>()> job)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const QFuture<Result<T>> future = promise->future();
    pool.start([promise, job = std::move(job)] {
        if (!promise->isCanceled())
            promise->addResult(job());
        promise->finish();
    });
    return future;
}

} // namespace ringside
