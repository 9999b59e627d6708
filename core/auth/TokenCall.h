// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "WhenReady.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <functional>

namespace ringside {

/// One call of the token endpoint: the reply goes through `read`, an error passes. Cancelling the future aborts the
/// request. Deletes itself when done; with its owner the future is cancelled.
template<typename T>
class TokenCall final : public QObject
{
public:
    using Read = std::function<Result<T>(const HttpReply &)>;

    static QFuture<Result<T>> make(QObject *owner, const QFuture<Result<HttpReply>> &reply, Read read)
    {
        auto *call = new TokenCall(owner, std::move(read));
        const QFuture<Result<T>> future = call->m_promise.future();
        call->await(reply);
        return future;
    }

private:
    TokenCall(QObject *owner, Read read) : QObject(owner), m_read(std::move(read)) { m_promise.start(); }

    void await(const QFuture<Result<HttpReply>> &reply)
    {
        connect(&m_consumer, &QFutureWatcherBase::canceled, this, &QObject::deleteLater);
        m_consumer.setFuture(m_promise.future());
        whenReady(this, reply, [this](const Result<HttpReply> &result) {
            m_promise.addResult(result.ok() ? m_read(result.value()) : Result<T>(result.error()));
            m_promise.finish();
            deleteLater();
        });
    }

    Read m_read;
    QPromise<Result<T>> m_promise;
    QFutureWatcher<Result<T>> m_consumer;
};

} // namespace ringside
