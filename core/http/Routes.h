// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QFuture>
#include <QList>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QUrl>

#include <memory>

namespace ringside {

/// How a server is reached.
struct Route
{
    QNetworkProxy proxy{QNetworkProxy::NoProxy}; ///< With user and password where it wants them.
    QList<QSslCertificate> roots{};              ///< Trusted besides the system's.
    int edition = 0;                             ///< Of the rules by which it was found; theirs who gave it.
    std::shared_ptr<void> pass{};                ///< To be kept until the request has ended: others may wait for it.
};

/// Knows the way to a server; asked before each request that leaves this computer. May take its time, and never blocks.
class Routes
{
public:
    virtual ~Routes() = default;

    /// Errors: Configuration, when it is known already that the way is barred (a proxy that refused our password).
    virtual QFuture<Result<Route>> routeTo(const QUrl &url) = 0;

    /// A request over that route has reached its server.
    virtual void reportReached(const Route &route) = 0;
    /// A request over that route failed so, or was cancelled.
    virtual void reportFailure(const QUrl &url, const Route &route, const Error &error) = 0;
};

} // namespace ringside
