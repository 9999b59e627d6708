// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "OAuthLedger.h"

namespace ringside::sandbox {

/// What --help prints, and the client that it names.
class SandboxHelp
{
public:
    static OAuthClient demoClient();
    static OAuthClient demoDeviceClient();
    static OAuthClient demoSelfClient();
    static QString text();
};

} // namespace ringside::sandbox
