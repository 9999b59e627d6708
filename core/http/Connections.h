// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "LoopbackProxyFactory.h"

#include <QHash>
#include <QList>
#include <QNetworkAccessManager>
#include <QSslError>

namespace ringside {

/// A manager, whose connections were all opened under the same rules, and what they met.
struct Connections
{
    Connections()
    {
        manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        manager.setProxyFactory(proxies);
    }

    LoopbackProxyFactory *const proxies = new LoopbackProxyFactory; ///< The manager's.
    QNetworkAccessManager manager;
    /// By host: what is wrong with its certificate. Where several requests wait for one connection, the manager tells
    /// it to one of them alone, and the others that the handshake failed.
    QHash<QString, QList<QSslError>> tlsErrors;
};

} // namespace ringside
