// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace ringside {

/// A future that is already finished.
template<typename T>
QFuture<Result<T>> readyFuture(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

template<typename T>
QFuture<Result<T>> failedFuture(Error error)
{
    return readyFuture<T>(Result<T>(std::move(error)));
}

namespace detail {

/// Cancels what it watches when its receiver dies first.
template<typename T>
class ReceiverBoundWatcher final : public QFutureWatcher<Result<T>>
{
public:
    using QFutureWatcher<Result<T>>::QFutureWatcher;
    ~ReceiverBoundWatcher() override
    {
        if (!this->isFinished())
            this->cancel();
    }
};

} // namespace detail

/// The one way to consume a QFuture<Result<T>>. Calls `handler(Result<T>)` once, on the receiver's thread, from its
/// event loop, never before this function returns. If the receiver dies first: no call, no leak, and the future is
/// cancelled upstream. A future that was cancelled elsewhere gives Error{Cancelled}.
template<typename T, typename Handler>
void whenReady(QObject *receiver, const QFuture<Result<T>> &future, Handler &&handler)
{
    auto *watcher = new detail::ReceiverBoundWatcher<T>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, handler = std::forward<Handler>(handler)]() mutable {
                         const QFuture<Result<T>> done = watcher->future();
                         watcher->deleteLater();
                         if (done.isValid() && done.resultCount() > 0)
                             handler(done.result());
                         else
                             handler(Result<T>(Error{.kind = ErrorKind::Cancelled}));
                     });
    watcher->setFuture(future);
}

} // namespace ringside
