// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"

#include <QNetworkProxy>
#include <QString>

namespace ringside {

class Settings;

/// User and password that proxies want, and which proxy may have them. Who writes proxy files or answers for the system
/// could name any proxy, so the password goes to the one alone for which it was entered; another one is reached without
/// user and password, and when it asks for them, people read its name and decide.
class ProxyCredentials
{
public:
    /// Owns not the settings, which must outlive it.
    explicit ProxyCredentials(Settings &settings);

    /// Takes the user from the settings; the password of another user is dropped. False = no proxy wants one.
    bool readUser();
    void setPassword(const Secret &password) { m_password = password; }

    /// A password that people entered; empty = none any more. It belongs to the proxy that is chosen in the settings,
    /// else to the one that asked; entered unasked, it replaces the one that was kept, for the same proxy. Kept as the
    /// setting ProxyPasswordFor. Errors: Storage.
    Result<void> enter(const Secret &password);

    /// That proxy refused what it got, or wants what it did not get.
    void asks(const QNetworkProxy &proxy);

    /// With user and password, where they may go there.
    QNetworkProxy signedIn(QNetworkProxy proxy) const;

    /// The proxy that is chosen in the settings. Without a host: none.
    QNetworkProxy configured() const;

    static QString nameOf(const QNetworkProxy &proxy); ///< "host:port"

private:
    bool isManual() const;
    bool mayHaveThem(const QNetworkProxy &proxy) const;

    Settings &m_settings;
    QString m_user;
    Secret m_password;
    QString m_asked;     ///< Name of the proxy that asked last.
    QString m_askedMode; ///< How proxies were found then.
};

} // namespace ringside
