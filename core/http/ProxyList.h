// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QNetworkProxy>
#include <QString>

namespace ringside {

/// What a proxy file answers, "PROXY proxy.example:8080; SOCKS5 other.example; DIRECT", in order of preference. Kinds
/// that Qt cannot speak (HTTPS to the proxy itself) are left out; SOCKS is taken for version 5. Nothing usable =
/// direct. Pure.
QList<QNetworkProxy> proxyList(const QString &answer);

/// Whether a host is one of the exceptions of a list: "intranet.example" (and what lies below it), ".example",
/// "*.example", "10.1.2.3". Pure.
bool isProxyException(const QString &host, const QStringList &exceptions);

} // namespace ringside
