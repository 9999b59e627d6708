// SPDX-License-Identifier: Apache-2.0
#include "HttpClient.h"

#include "Connections.h"
#include "HttpExchange.h"
#include "Loopback.h"
#include "Routes.h"
#include "WhenReady.h"

namespace ringside {

HttpClient::HttpClient(QObject *parent) : QObject(parent)
{
    forgetConnections();
}

HttpClient::~HttpClient()
{
    // Each takes its reply along before its manager goes.
    qDeleteAll(findChildren<HttpExchange *>(QString(), Qt::FindDirectChildrenOnly));
}

QFuture<Result<HttpReply>> HttpClient::send(const HttpRequest &request)
{
    if (!isSafeHttpUrl(request.url)) {
        return failedFuture<HttpReply>(
            Error{.kind = ErrorKind::Configuration,
                  .message = tr("The address of %1 is not an encrypted one, so nothing was sent. Use https in the "
                                "settings; plain http is only for this computer.")
                                 .arg(request.url.host().isEmpty() ? tr("the server") : request.url.host())});
    }
    auto *exchange = new HttpExchange(request, this);
    const QFuture<Result<HttpReply>> future = exchange->future();
    follow(exchange);
    if (!m_routes || request.url.scheme() == QLatin1String("http")) { // That is this computer.
        exchange->start(m_connections, {});
        return future;
    }
    whenReady(exchange, m_routes->routeTo(request.url),
              [this, exchange, url = request.url](const Result<Route> &route) {
                  if (!route) {
                      exchange->giveUp(route.error());
                      return;
                  }
                  m_connections->proxies->setProxy(url, route.value().proxy);
                  exchange->start(m_connections, route.value());
              });
    return future;
}

void HttpClient::follow(HttpExchange *exchange)
{
    connect(exchange, &HttpExchange::heard, this, [this](const Route &route) {
        if (m_routes)
            m_routes->reportReached(route);
    });
    connect(exchange, &HttpExchange::failed, this, [this, exchange](const Route &route, const Error &error) {
        // Of several that met it together, the first one's is enough: others may be on new ones already.
        if (error.code == QLatin1String("silence") && exchange->isOver(*m_connections))
            forgetConnections();
        if (m_routes)
            m_routes->reportFailure(exchange->url(), route, error);
    });
}

void HttpClient::setRoutes(Routes *routes)
{
    m_routes = routes;
}

void HttpClient::forgetConnections()
{
    m_connections = std::make_shared<Connections>();
}

} // namespace ringside
