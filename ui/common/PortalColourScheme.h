// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ColourSchemeSource.h"

#include <QVariant>

class QDBusVariant;

namespace ringside {

/// The XDG desktop portal's "color-scheme" (org.freedesktop.portal.Settings; 1 = dark, 2 = light, 0 = no preference).
/// Asked once, asynchronously, then follows SettingChanged. Stays Unknown where there is no session bus or no portal.
class PortalColourScheme final : public ColourSchemeSource
{
    Q_OBJECT

public:
    explicit PortalColourScheme(QObject *parent = nullptr);

    ColourScheme scheme() const override { return m_scheme; }

    /// The portal wraps values in one or two variants, by version. Pure.
    static ColourScheme fromReply(const QVariant &value);

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(ColourScheme scheme);
    void ask();

    ColourScheme m_scheme = ColourScheme::Unknown;
};

} // namespace ringside
