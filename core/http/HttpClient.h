// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace ringside {

class HttpExchange;
class Routes;
struct Connections;

/// One request, one answer, over one QNetworkAccessManager at a time. Any HTTP status is a value; an Error means that
/// no whole answer came (those of NetworkErrors and of Routes; Timeout, with the code "silence" when nothing at all was
/// heard; Cancelled; Configuration when the address is not allowed; BadReply with the code "too large" for an answer of
/// more bytes than the request wants, which is left off where it says so or has said so much). Never repeats a write: a
/// body goes out from a sequential device that cannot rewind, because QNetworkAccessManager otherwise sends a POST
/// twice when the peer hangs up (Qt 6.4.2). Redirects are not followed. Cancelling the future aborts the request. Plain
/// http only to loopback, and never through a proxy there.
class HttpClient final : public QObject
{
    Q_OBJECT

public:
    explicit HttpClient(QObject *parent = nullptr);
    ~HttpClient() override;

    QFuture<Result<HttpReply>> send(const HttpRequest &request);

    /// Who knows the way to servers that are not on this computer; must outlive the client. Without: the direct one.
    void setRoutes(Routes *routes);

    /// Later requests open connections of their own: what is trusted has changed. Those under way end on theirs. Comes
    /// by itself when one met silence: connections die unnoticed while a computer sleeps, and behind a proxy that drops
    /// packets, and whatever is sent after it would queue up behind them.
    void forgetConnections();

private:
    void follow(HttpExchange *exchange);

    /// Shared with the exchanges that it serves: one that is no longer wanted goes with the last of them, since to
    /// clear its connections would leave them without an answer.
    std::shared_ptr<Connections> m_connections;
    Routes *m_routes = nullptr;
};

} // namespace ringside
