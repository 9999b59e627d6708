// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QCoreApplication>
#include <QList>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslError>

namespace ringside {

/// Turns what the network says into an Error that tells apart what people can do about it. Pure.
///
/// Codes of Tls: "tls-intercepted" (a certificate of an authority that this computer does not trust; the sentence names
/// it), "tls-host" (a certificate for another server), "tls-expired", "tls-not-yet-valid", "tls-revoked", "tls". Codes
/// of the others: "proxy-authentication" (Configuration: the proxy wants a user), "proxy-password" (Configuration: it
/// refuses the one it got), "proxy-unreachable" (Network), "proxy" (Network: it will not let us through).
class NetworkErrors
{
    Q_DECLARE_TR_FUNCTIONS(ringside::NetworkErrors)

public:
    static Error of(QNetworkReply::NetworkError error, const QString &text, const QString &host,
                    const QNetworkProxy &proxy);

    /// Nothing was sent. `errors` must not be empty.
    static Error ofTls(const QList<QSslError> &errors, const QString &host);

private:
    static Error ofProxy(QNetworkReply::NetworkError error, const QString &text, const QString &host,
                         const QNetworkProxy &proxy);
};

} // namespace ringside
