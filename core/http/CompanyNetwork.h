// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Routes.h"
#include "Secret.h"
#include "SettingsTable.h"

#include <QObject>

#include <memory>

namespace ringside {

class Clock;
class SecretStore;
class Settings;

/// The network of the company, as the settings describe it: no proxy, the system's, one, or a proxy file that tells;
/// the user and password that proxies want (the password from the keychain); root certificates besides the system's.
/// Never a proxy for this computer. Follows the settings; questions asked while they are read wait.
///
/// What the system or the proxy file says is kept for five minutes and asked anew after a failure; where neither can
/// say the way, servers are tried directly for a minute. Where several proxies are named, one that does not answer is
/// passed over for five minutes. The password goes only to the proxy for which it was entered (see ProxyCredentials),
/// over one new connection at a time; one that a proxy refused is not tried again for ten minutes, so that no account
/// gets locked, unless it or its user is changed (see ProxySignIns).
class CompanyNetwork final : public QObject, public Routes
{
    Q_OBJECT

public:
    /// Owns none of them; all must outlive it.
    CompanyNetwork(Settings &settings, SecretStore &secrets, const Clock &clock, QObject *parent = nullptr);
    ~CompanyNetwork() override;

    QFuture<Result<Route>> routeTo(const QUrl &url) override;
    void reportReached(const Route &route) override;
    void reportFailure(const QUrl &url, const Route &route, const Error &error) override;

    /// Into the keychain, and in use from now on, whatever is being read there; on KeychainUnavailable for this run
    /// only. It belongs to the proxy that is chosen or that asked for it.
    QFuture<Result<void>> storeProxyPassword(const Secret &password);

Q_SIGNALS:
    /// Other routes from now on: connections that are open were made under other rules.
    void changed();
    /// A sentence for people: a certificate file or proxy file that cannot be used, a proxy that wants or refuses a
    /// password. Once for each until something changes. Empty = what was said is no longer true.
    void problem(const QString &sentence);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
