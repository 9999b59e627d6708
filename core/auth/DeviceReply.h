// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DeviceGrant.h"
#include "HttpMessage.h"
#include "Result.h"

#include <QCoreApplication>

namespace ringside {

/// Reads what Zoho's two device endpoints answer. Examples of them differ in the unit of their times, so more than 3600
/// is taken for milliseconds, and less than 30 s between polls is never taken. Source: reference section 1.8. Pure.
class DeviceReply
{
    Q_DECLARE_TR_FUNCTIONS(ringside::DeviceReply)

public:
    static constexpr std::chrono::milliseconds leastInterval{std::chrono::seconds(30)};

    static Result<DeviceGrant> grant(const HttpReply &reply, const QDateTime &now);

    /// Errors: Refused (the person said no), and those of TokenReply.
    static Result<DevicePoll> poll(const HttpReply &reply, const QDateTime &now);
};

} // namespace ringside
