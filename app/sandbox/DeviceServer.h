// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DeviceLedger.h"
#include "HttpMessage.h"
#include "OAuthLedger.h"

namespace ringside::sandbox {

/// /oauth/v3/device…: the sign-in of programs that no browser can call back. The program asks for a code, a person
/// types it on the page, the program polls until that is done. Not thread-safe: the owner locks.
class DeviceServer
{
public:
    DeviceServer(OAuthLedger &ledger, DeviceLedger::Clock clock, QString agentName, QString agentEmail);

    void setBaseUrl(const QString &url) { m_baseUrl = url; }
    void setTimes(int intervalSeconds, int lifeSeconds) { m_devices.setTimes(intervalSeconds, lifeSeconds); }
    /// Times in the replies as milliseconds: the examples of the documentation differ.
    void setMilliseconds(bool on) { m_milliseconds = on; }
    /// Polls answer that the user's data is at this data centre; empty switches it off.
    void setOtherLocation(const QString &location) { m_otherLocation = location; }
    /// What the buttons of the page do. False when no such code waits.
    bool decide(const QString &userCode, bool accepted) { return m_devices.decide(userCode, accepted); }

    HttpReply handle(const HttpRequest &request);

private:
    HttpReply code(const HttpRequest &request);
    HttpReply page(const QString &userCode) const;
    HttpReply answer(const HttpRequest &request);
    HttpReply token(const HttpRequest &request);
    HttpReply grant(const DeviceGrant &granted);

    OAuthLedger &m_ledger;
    DeviceLedger m_devices;
    QString m_agentName;
    QString m_agentEmail;
    QString m_baseUrl;
    QString m_otherLocation;
    bool m_milliseconds = false;
};

} // namespace ringside::sandbox
