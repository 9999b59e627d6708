// SPDX-License-Identifier: Apache-2.0
#include "Theme.h"

#include "Palette.h"
#include "RingsideStyle.h"
#include "Settings.h"

#ifdef RINGSIDE_HAS_DBUS
#include "PortalColourScheme.h"
#endif

#include <QApplication>
#include <QToolTip>

namespace ringside {

Theme::Theme(QApplication &application, const Settings &settings, std::unique_ptr<ColourSchemeSource> source, QObject *parent)
    : QObject(parent), m_application(application), m_settings(settings), m_source(std::move(source))
{
    QApplication::setStyle(new RingsideStyle); // The application owns it.
    apply();
    if (m_source)
        connect(m_source.get(), &ColourSchemeSource::changed, this, &Theme::apply);
    connect(&settings, &Settings::changed, this, &Theme::settingChanged);
}

Theme::~Theme() = default;

bool Theme::wantsDark() const
{
    const QString wish = m_settings.text(SettingKey::ColourScheme);
    if (wish != QLatin1String("system"))
        return wish == QLatin1String("dark");
    return m_source && m_source->scheme() == ColourScheme::Dark;
}

void Theme::settingChanged(SettingKey key)
{
    if (key == SettingKey::ColourScheme)
        apply();
}

void Theme::apply()
{
    m_dark = wantsDark();
    const Palette &colours = m_dark ? Palette::darkness() : Palette::light();
    const QPalette palette = colours.toQPalette();
    if (QApplication::palette() == palette)
        return;
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

std::unique_ptr<ColourSchemeSource> Theme::systemSource()
{
#ifdef RINGSIDE_HAS_DBUS
    return std::make_unique<PortalColourScheme>();
#else
    return nullptr;
#endif
}

} // namespace ringside
