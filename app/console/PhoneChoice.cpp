// SPDX-License-Identifier: Apache-2.0
#include "PhoneChoice.h"

#include "AgentSession.h"
#include "BaresipCallSource.h"
#include "Clock.h"
#include "Settings.h"
#include "WebSocketCallSource.h"

#include <QUrl>

#include <memory>
#include <utility>

namespace ringside {

PhoneChoice::PhoneChoice(const Settings &settings, const Clock &clock, AgentSession &session)
    : m_settings(settings), m_clock(clock), m_session(session)
{
}

void PhoneChoice::begin()
{
    m_begun = true;
    choose();
}

void PhoneChoice::follow()
{
    m_follows = true;
    choose();
    connect(&m_settings, &Settings::changed, this, [this](SettingKey key) {
        const bool concerns = key == SettingKey::PhoneSource || key == SettingKey::PhoneWebSocketUrl ||
                              key == SettingKey::PhoneBaresipHost || key == SettingKey::PhoneBaresipPort;
        // One save may change several of these; the source is made once, after all of them.
        if (concerns)
            QMetaObject::invokeMethod(this, &PhoneChoice::choose, Qt::QueuedConnection);
    });
}

void PhoneChoice::choose()
{
    if (!m_begun || !m_follows)
        return;
    const QString source = m_settings.text(SettingKey::PhoneSource);
    QStringList wanted{source};
    if (source == QLatin1String("websocket"))
        wanted += m_settings.text(SettingKey::PhoneWebSocketUrl);
    else if (source == QLatin1String("baresip"))
        wanted += {m_settings.text(SettingKey::PhoneBaresipHost), m_settings.text(SettingKey::PhoneBaresipPort)};
    // A new source ends the calls of the old one: only what concerns the phone in use may do that.
    if (wanted == std::exchange(m_inUse, wanted))
        return;
    if (source == QLatin1String("websocket") && !m_settings.text(SettingKey::PhoneWebSocketUrl).isEmpty()) {
        m_session.setCallSource(
            std::make_unique<WebSocketCallSource>(m_settings.url(SettingKey::PhoneWebSocketUrl), m_clock));
    } else if (source == QLatin1String("baresip")) {
        m_session.setCallSource(std::make_unique<BaresipCallSource>(
            m_settings.text(SettingKey::PhoneBaresipHost),
            static_cast<quint16>(m_settings.integer(SettingKey::PhoneBaresipPort)), m_clock));
    } else {
        m_session.setCallSource(nullptr);
    }
}

} // namespace ringside
