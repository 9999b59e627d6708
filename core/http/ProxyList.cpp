// SPDX-License-Identifier: Apache-2.0
#include "ProxyList.h"

#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace ringside {

namespace {

QNetworkProxy proxyOf(const QString &kind, const QString &address)
{
    struct Kind
    {
        const char *word;
        QNetworkProxy::ProxyType type;
        int port;
    };
    static constexpr Kind kinds[] = {{"PROXY", QNetworkProxy::HttpProxy, 8080},
                                     {"HTTP", QNetworkProxy::HttpProxy, 8080},
                                     {"SOCKS", QNetworkProxy::Socks5Proxy, 1080},
                                     {"SOCKS5", QNetworkProxy::Socks5Proxy, 1080}};
    const auto known = std::find_if(std::begin(kinds), std::end(kinds),
                                    [&kind](const Kind &one) { return kind == QLatin1String(one.word); });
    const QUrl url(QStringLiteral("proxy://") + address, QUrl::StrictMode);
    if (known == std::end(kinds) || !url.isValid() || url.host().isEmpty() || !url.path().isEmpty() ||
        !url.userInfo().isEmpty())
        return QNetworkProxy(QNetworkProxy::DefaultProxy);
    return QNetworkProxy(known->type, url.host(), static_cast<quint16>(url.port(known->port)));
}

} // namespace

QList<QNetworkProxy> proxyList(const QString &answer)
{
    QList<QNetworkProxy> proxies;
    const QStringList parts = answer.split(QLatin1Char(';'), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QStringList words = part.simplified().split(QLatin1Char(' '));
        const QString kind = words.first().toUpper();
        if (kind == QLatin1String("DIRECT")) {
            proxies.append(QNetworkProxy(QNetworkProxy::NoProxy));
            continue;
        }
        const QNetworkProxy proxy = proxyOf(kind, words.value(1));
        if (words.size() == 2 && proxy.type() != QNetworkProxy::DefaultProxy)
            proxies.append(proxy);
    }
    if (proxies.isEmpty())
        proxies.append(QNetworkProxy(QNetworkProxy::NoProxy));
    return proxies;
}

bool isProxyException(const QString &host, const QStringList &exceptions)
{
    const QString name = host.toLower();
    return std::any_of(exceptions.cbegin(), exceptions.cend(), [&name](const QString &exception) {
        QString suffix = exception.trimmed().toLower();
        if (suffix.startsWith(QLatin1Char('*')))
            suffix.remove(0, 1);
        if (suffix.startsWith(QLatin1Char('.')))
            suffix.remove(0, 1);
        return !suffix.isEmpty() && (name == suffix || name.endsWith(QLatin1Char('.') + suffix));
    });
}

} // namespace ringside
