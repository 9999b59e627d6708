// SPDX-License-Identifier: Apache-2.0
#include "DesktopBrowser.h"

#include "Logging.h"

#include <QDesktopServices>

namespace ringside {

bool DesktopBrowser::open(const QUrl &url)
{
    const QString host = url.host();
    const bool local = host == QLatin1String("127.0.0.1") || host == QLatin1String("localhost") || host == QLatin1String("::1");
    if (url.scheme() != QLatin1String("https") && !(local && url.scheme() == QLatin1String("http"))) {
        qCWarning(logApp) << "An address that is neither https nor on this computer was not opened.";
        return false;
    }
    return QDesktopServices::openUrl(url);
}

} // namespace ringside
