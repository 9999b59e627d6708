// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "OAuthScopes.h"

#include <QList>
#include <functional>

namespace ringside::sandbox {

struct DeviceGrant
{
    QString userCode;   ///< what a person types: "BCDF-GHJK"
    QString deviceCode; ///< what the program polls with
    QString clientId;
    OAuthScopes scopes;
    bool offline = false;
};

/// Device codes of non-browser clients: each lives five minutes, is answered once on the page, and handed out once. A
/// program that polls sooner than the interval allows is told to slow down. Not thread-safe: the owner locks.
class DeviceLedger
{
public:
    using Clock = std::function<qint64()>; ///< milliseconds
    enum class Poll { Granted, Pending, SlowDown, Denied, Expired, Unknown };

    explicit DeviceLedger(Clock clock) : m_clock(std::move(clock)) {}

    void setTimes(int intervalSeconds, int lifeSeconds);
    int intervalSeconds() const { return m_intervalSeconds; }
    int lifeSeconds() const { return m_lifeSeconds; }

    /// Fills in both codes.
    DeviceGrant issue(DeviceGrant grant);
    /// The unanswered grant of that user code, in whatever case and with or without the dash; null when there is none.
    const DeviceGrant *open(const QString &userCode) const;
    bool decide(const QString &userCode, bool accepted);
    /// `granted` is filled with the grant when it is Granted, which happens once.
    Poll poll(const QString &deviceCode, const QString &clientId, DeviceGrant *granted);

private:
    enum class State { Open, Accepted, Rejected };
    struct Entry
    {
        DeviceGrant grant;
        State state = State::Open;
        qint64 expiresAt = 0;
        qint64 lastPoll = 0;
    };

    static QString plain(const QString &userCode);
    qsizetype find(const QString &userCode) const;

    Clock m_clock;
    QList<Entry> m_entries;
    int m_intervalSeconds = 30;
    int m_lifeSeconds = 300;
};

} // namespace ringside::sandbox
