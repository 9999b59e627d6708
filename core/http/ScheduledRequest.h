// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

namespace ringside {

/// One request in the scheduler's hands, from enqueue to its one outcome. Belongs to the scheduler. Deleting it cancels
/// its future and whatever was being awaited for it.
class ScheduledRequest final : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, InFlight, BackingOff, Done };

    ScheduledRequest(const HttpRequest &request, QObject *parent);

    const HttpRequest request;
    State state = State::Waiting;
    int attempts = 0;
    qint64 number = 0;  ///< In the order of arrival.
    int overtaken = 0;  ///< By how many that came later.
    bool tokenRenewed = false; ///< The one refresh after INVALID_TOKEN is spent.

    QFuture<Result<HttpReply>> future() const { return m_promise.future(); }

    /// Gives the outcome; deletes itself later.
    void conclude(const Result<HttpReply> &outcome);

Q_SIGNALS:
    /// The consumer cancelled the future.
    void withdrawn();

private:
    QPromise<Result<HttpReply>> m_promise;
    QFutureWatcher<Result<HttpReply>> m_consumer;
};

} // namespace ringside
