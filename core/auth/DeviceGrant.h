// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Secret.h"
#include "TokenSet.h"

#include <QString>
#include <QUrl>

#include <chrono>

namespace ringside {

/// What Zoho hands out for a sign-in on another device.
struct DeviceGrant
{
    Secret deviceCode;                     ///< Ours, for polling.
    QString userCode;                      ///< The person's, to be typed at Zoho's page.
    QUrl page;                             ///< Where; has the code in it already when Zoho gives such an address.
    std::chrono::milliseconds interval{0}; ///< Between polls, at least.
    std::chrono::milliseconds life{0};
};

/// One answer to a poll.
struct DevicePoll
{
    enum class Outcome { Granted, Pending, SlowDown, OtherDataCentre, Expired };

    Outcome outcome = Outcome::Pending;
    TokenSet tokens;  ///< When Granted.
    QString location; ///< When OtherDataCentre: the short name of the person's data centre.
};

} // namespace ringside
