// SPDX-License-Identifier: Apache-2.0
#include "LoopbackProxyFactory.h"

#include "Loopback.h"

#include <QNetworkProxyQuery>

namespace ringside {

QList<QNetworkProxy> LoopbackProxyFactory::queryProxy(const QNetworkProxyQuery &query)
{
    if (isLoopbackHost(query.peerHostName()))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return QNetworkProxyFactory::proxyForQuery(query);
}

} // namespace ringside
