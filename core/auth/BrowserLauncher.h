// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QUrl>

namespace ringside {

/// Opens the system browser. QDesktopServices is in QtGui, so app implements this.
class BrowserLauncher
{
public:
    virtual ~BrowserLauncher() = default;

    /// False when no browser could be started.
    virtual bool open(const QUrl &url) = 0;
};

} // namespace ringside
