// SPDX-License-Identifier: Apache-2.0
#include "LoopbackProxyFactory.h"

#include "Loopback.h"

#include <QNetworkProxyQuery>

namespace ringside {

void LoopbackProxyFactory::setProxy(const QUrl &url, const QNetworkProxy &proxy)
{
    m_found.insert(originOf(url), proxy);
}

QList<QNetworkProxy> LoopbackProxyFactory::queryProxy(const QNetworkProxyQuery &query)
{
    if (isLoopbackHost(query.peerHostName()))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    const auto found = m_found.constFind(originOf(query.url()));
    if (found != m_found.constEnd())
        return {*found};
    return QNetworkProxyFactory::proxyForQuery(query);
}

} // namespace ringside
