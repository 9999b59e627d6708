// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <QFuture>
#include <QObject>

class QNetworkAccessManager;

namespace ringside {

/// One request, one answer, over one QNetworkAccessManager. Any HTTP status is a value; an Error means that no whole
/// answer came (Network, Timeout, Tls, Cancelled; Configuration when the address is not allowed; BadReply above 32 MiB).
/// Never repeats a write: a body goes out from a sequential device that cannot rewind, because QNetworkAccessManager
/// otherwise sends a POST twice when the peer hangs up (Qt 6.4.2). Redirects are not followed. Cancelling the future
/// aborts the request. Plain http only to loopback, and never through a proxy there.
class HttpClient final : public QObject
{
    Q_OBJECT

public:
    explicit HttpClient(QObject *parent = nullptr);
    ~HttpClient() override;

    QFuture<Result<HttpReply>> send(const HttpRequest &request);

private:
    QNetworkAccessManager *m_manager;
};

} // namespace ringside
