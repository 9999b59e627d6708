// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ColourSchemeSource.h"
#include "SettingsTable.h"

#include <QObject>

#include <memory>

class QApplication;

namespace ringside {

class Settings;

/// Dresses the application: our style, and the palette of the scheme that the setting look/colour-scheme or else the
/// desktop asks for. Follows both while the program runs. Make it before the first window; `settings` must outlive it.
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// Without a source the desktop's scheme counts as light.
    Theme(QApplication &application, const Settings &settings, std::unique_ptr<ColourSchemeSource> source,
          QObject *parent = nullptr);
    ~Theme() override;

    bool dark() const { return m_dark; }

    /// This platform's source.
    static std::unique_ptr<ColourSchemeSource> systemSource();

private:
    bool wantsDark() const;
    void settingChanged(ringside::SettingKey key);
    void apply();

    QApplication &m_application;
    const Settings &m_settings;
    std::unique_ptr<ColourSchemeSource> m_source;
    bool m_dark = false;
};

} // namespace ringside
