// SPDX-License-Identifier: Apache-2.0
#include "SystemReachability.h"

#include <QNetworkInformation>

namespace ringside {

SystemReachability::SystemReachability(QObject *parent) : Reachability(parent)
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            &SystemReachability::look);
    look();
}

void SystemReachability::look()
{
    // Anything better than nothing is worth a try: a company's network may reach the CRM and not the rest of the world.
    const bool now = QNetworkInformation::instance()->reachability() != QNetworkInformation::Reachability::Disconnected;
    if (now == m_reachable)
        return;
    m_reachable = now;
    Q_EMIT changed(now);
}

} // namespace ringside
