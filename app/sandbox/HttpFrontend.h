// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

#include <functional>
#include <memory>

using SSL_CTX = struct ssl_ctx_st;

namespace ringside::sandbox {

using HttpHandler = std::function<HttpReply(const HttpRequest &)>;

/// cpp-httplib on threads of its own, with the sockets in our hands so that a reply can be cut short or the connection reset.
/// The handler is called from many threads at once. A connection is kept alive until the client or stop() closes it, so that no
/// client loses a request to an idle time-out.
class HttpFrontend
{
public:
    explicit HttpFrontend(HttpHandler handler);
    ~HttpFrontend();

    /// From the next listen() on, connections are encrypted. The context stays the caller's and must outlive this.
    void setTls(SSL_CTX *context) { m_tls = context; }

    /// Port 0 takes any free one. False with errorString() when the address cannot be had.
    bool listen(const QString &host, int port);
    int port() const { return m_port; }
    QString errorString() const { return m_error; }

    /// Closes every connection and returns when no handler runs any more.
    void stop();

private:
    class Server;

    HttpHandler m_handler;
    std::unique_ptr<Server> m_server;
    QString m_error;
    SSL_CTX *m_tls = nullptr;
    int m_port = 0;
};

} // namespace ringside::sandbox
