// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "BrowserLauncher.h"

namespace ringside {

/// The desktop's own browser. Opens https, and http on this computer, and nothing else.
class DesktopBrowser final : public BrowserLauncher
{
public:
    bool open(const QUrl &url) override;
};

} // namespace ringside
