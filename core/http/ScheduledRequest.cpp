// SPDX-License-Identifier: Apache-2.0
#include "ScheduledRequest.h"

namespace ringside {

ScheduledRequest::ScheduledRequest(const HttpRequest &httpRequest, QObject *parent) : QObject(parent), request(httpRequest)
{
    m_promise.start();
    connect(&m_consumer, &QFutureWatcherBase::canceled, this, &ScheduledRequest::withdrawn);
    m_consumer.setFuture(m_promise.future());
}

void ScheduledRequest::conclude(const Result<HttpReply> &outcome)
{
    state = State::Done;
    m_promise.addResult(outcome);
    m_promise.finish();
    deleteLater();
}

} // namespace ringside
