// SPDX-License-Identifier: Apache-2.0
#include "ProxyCredentials.h"

#include "Settings.h"

#include <utility>

namespace ringside {

ProxyCredentials::ProxyCredentials(Settings &settings) : m_settings(settings) {}

QString ProxyCredentials::nameOf(const QNetworkProxy &proxy)
{
    return QStringLiteral("%1:%2").arg(proxy.hostName().toLower()).arg(proxy.port());
}

bool ProxyCredentials::isManual() const
{
    return m_settings.text(SettingKey::ProxyMode) == QLatin1String("manual");
}

bool ProxyCredentials::readUser()
{
    const QString user = m_settings.text(SettingKey::ProxyUser);
    if (std::exchange(m_user, user) != user)
        m_password = {};
    return !user.isEmpty() && m_settings.text(SettingKey::ProxyMode) != QLatin1String("none");
}

Result<void> ProxyCredentials::enter(const Secret &password)
{
    m_password = password;
    const QString asked = std::exchange(m_asked, {});
    QString name = m_settings.text(SettingKey::ProxyPasswordFor);
    if (password.isEmpty())
        name.clear();
    else if (isManual())
        name = nameOf(configured());
    else if (!asked.isEmpty() && m_askedMode == m_settings.text(SettingKey::ProxyMode))
        name = asked;
    return m_settings.set(SettingKey::ProxyPasswordFor, name);
}

void ProxyCredentials::asks(const QNetworkProxy &proxy)
{
    m_asked = nameOf(proxy);
    m_askedMode = m_settings.text(SettingKey::ProxyMode);
}

QNetworkProxy ProxyCredentials::signedIn(QNetworkProxy proxy) const
{
    if (proxy.type() == QNetworkProxy::NoProxy || !proxy.user().isEmpty() || m_user.isEmpty() || !mayHaveThem(proxy))
        return proxy;
    proxy.setUser(m_user);
    proxy.setPassword(QString::fromUtf8(m_password.reveal()));
    return proxy;
}

bool ProxyCredentials::mayHaveThem(const QNetworkProxy &proxy) const
{
    const QString name = m_settings.text(SettingKey::ProxyPasswordFor);
    if (name.isEmpty()) // Set beforehand, in a roll-out: for the proxy beside it, if there is one.
        return isManual();
    return name.compare(nameOf(proxy), Qt::CaseInsensitive) == 0;
}

QNetworkProxy ProxyCredentials::configured() const
{
    return {QNetworkProxy::HttpProxy, m_settings.text(SettingKey::ProxyHost),
            static_cast<quint16>(m_settings.integer(SettingKey::ProxyPort))};
}

} // namespace ringside
