// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "WhenReady.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <functional>

namespace ringside {

/// A future made of another one: its value goes through `map`, its error passes. Cancelling the result cancels the
/// source; so does the owner's death, which leaves the result cancelled. Deletes itself when done.
template <typename In, typename Out> class MappedFuture final : public QObject
{
public:
    using Map = std::function<Result<Out>(const In &)>;

    static QFuture<Result<Out>> make(QObject *owner, const QFuture<Result<In>> &source, Map map)
    {
        auto *mapped = new MappedFuture(owner, std::move(map));
        mapped->watch(source);
        return mapped->m_promise.future();
    }

private:
    MappedFuture(QObject *owner, Map map) : QObject(owner), m_map(std::move(map)) { m_promise.start(); }

    void watch(const QFuture<Result<In>> &source)
    {
        connect(&m_consumer, &QFutureWatcherBase::canceled, this, &QObject::deleteLater);
        m_consumer.setFuture(m_promise.future());
        whenReady(this, source, [this](const Result<In> &result) {
            m_promise.addResult(result.ok() ? m_map(result.value()) : Result<Out>(result.error()));
            m_promise.finish();
            deleteLater();
        });
    }

    Map m_map;
    QPromise<Result<Out>> m_promise;
    QFutureWatcher<Result<Out>> m_consumer;
};

} // namespace ringside
