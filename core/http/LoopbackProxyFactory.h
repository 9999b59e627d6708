// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkProxyFactory>

namespace ringside {

/// The program's proxies, but never one for this computer: a proxy could not reach the loopback of this machine, and
/// must not see what goes there.
class LoopbackProxyFactory final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;
};

} // namespace ringside
