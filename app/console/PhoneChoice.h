// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>

namespace ringside {

class AgentSession;
class Clock;
class Settings;

/// Gives the session the call source that the settings name, and another when they change. Not before the session has its
/// store: what a phone tells of at once, calls of an earlier run among them, finds its notes there.
class PhoneChoice final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    PhoneChoice(const Settings &settings, const Clock &clock, AgentSession &session);

    /// The session has its store.
    void begin();
    /// The settings are what they should be; in a demo that is later than the start.
    void follow();

private:
    void choose();

    const Settings &m_settings;
    const Clock &m_clock;
    AgentSession &m_session;
    QStringList m_inUse; ///< Its settings; empty = none made yet.
    bool m_begun = false;
    bool m_follows = false;
};

} // namespace ringside
