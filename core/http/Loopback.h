// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

namespace ringside {

/// Whether a host, as QUrl::host() gives it, is this computer: "localhost", 127.0.0.0/8 or ::1. Asks no resolver.
bool isLoopbackHost(const QString &host);

/// Whether secrets may go there: https with a host, or plain http to this computer; never with a user in the address.
bool isSafeHttpUrl(const QUrl &url);

/// Scheme, host and port alone.
QUrl originOf(const QUrl &url);

} // namespace ringside
