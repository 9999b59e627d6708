// SPDX-License-Identifier: Apache-2.0
#pragma once

// The templates of Store.h; include that.

#include "Database.h"

#include <QPromise>

#include <memory>
#include <utility>

namespace ringside {

template<typename T>
QFuture<Result<T>> Store::write(WritePriority priority, std::function<Result<T>(Database &)> job)
{
    // std::function wants to be copied, a promise does not.
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QFuture<Result<T>> future = promise->future();
    // Cancelling is not looked at: what was accepted is written, also when nobody waits for it any more.
    enqueueWrite(priority, [this, promise, job = std::move(job)](Database *database, const Error *error) {
        Result<T> result = database ? database->inTransaction<T>(Database::Access::Write, job) : Result<T>(*error);
        if (database)
            noteWrite(result.ok() ? nullptr : &result.error());
        promise->addResult(std::move(result));
        promise->finish();
    });
    return future;
}

template<typename T>
QFuture<Result<T>> Store::read(std::function<Result<T>(Database &)> job)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QFuture<Result<T>> future = promise->future();
    enqueueRead([promise, job = std::move(job)](Database *database, const Error *error) {
        if (!promise->isCanceled())
            promise->addResult(database ? database->inTransaction<T>(Database::Access::Read, job) : Result<T>(*error));
        promise->finish();
    });
    return future;
}

} // namespace ringside
