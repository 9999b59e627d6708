// SPDX-License-Identifier: Apache-2.0
#pragma once

// The way of every request of CrmClient; its source files alone include this.

#include "CrmClient.h"
#include "CrmRequests.h"
#include "MappedFuture.h"
#include "RequestScheduler.h"
#include "WhenReady.h"

namespace ringside {

template <typename T>
QFuture<Result<T>> CrmClient::send(const CrmRequest &request, std::function<Result<T>(const HttpReply &)> read)
{
    if (!m_endpoint.origin.isValid() || m_endpoint.origin.host().isEmpty())
        return failedFuture<T>(crmerrors::signedOut());
    if (request.http.url.isEmpty())
        return failedFuture<T>(crmerrors::gone(request.operation));
    return MappedFuture<HttpReply, T>::make(this, m_scheduler.enqueue(request.http), std::move(read));
}

/// A reader of crmjson or crmanswers bound to the operation that it reads the answer of.
template <typename T>
std::function<Result<T>(const HttpReply &)> reader(Result<T> (*read)(const HttpReply &, const CrmOperation &),
                                                   const CrmOperation &operation)
{
    return [read, operation](const HttpReply &reply) { return read(reply, operation); };
}

} // namespace ringside
