// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QNetworkProxyFactory>

namespace ringside {

/// The proxy that was found for a server, else the program's; but never one for this computer: a proxy could not reach
/// the loopback of this machine, and must not see what goes there.
class LoopbackProxyFactory final : public QNetworkProxyFactory
{
public:
    /// For all requests to the scheme, host and port of `url` from now on.
    void setProxy(const QUrl &url, const QNetworkProxy &proxy);

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;

private:
    QHash<QUrl, QNetworkProxy> m_found;
};

} // namespace ringside
