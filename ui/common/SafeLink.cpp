// SPDX-License-Identifier: Apache-2.0
#include "SafeLink.h"

#include <QDesktopServices>
#include <QUrl>

namespace ringside {

bool isSafeLink(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    if (url.scheme() == QLatin1String("https"))
        return true;
    const QString host = url.host();
    const bool here = host == QLatin1String("127.0.0.1") || host == QLatin1String("localhost") || host == QLatin1String("::1");
    return url.scheme() == QLatin1String("http") && here;
}

bool openSafeLink(const QUrl &url)
{
    return isSafeLink(url) && QDesktopServices::openUrl(url);
}

} // namespace ringside
