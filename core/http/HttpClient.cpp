// SPDX-License-Identifier: Apache-2.0
#include "HttpClient.h"

#include "HttpExchange.h"
#include "Loopback.h"
#include "LoopbackProxyFactory.h"
#include "WhenReady.h"

#include <QNetworkAccessManager>

namespace ringside {

HttpClient::HttpClient(QObject *parent) : QObject(parent), m_manager(new QNetworkAccessManager(this))
{
    m_manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_manager->setProxyFactory(new LoopbackProxyFactory); // Taken over by the manager.
}

HttpClient::~HttpClient()
{
    // Before the manager, which owns their replies.
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
    exchange->start(*m_manager);
    return future;
}

} // namespace ringside
