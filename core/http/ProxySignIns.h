// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QHash>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace ringside {

class Clock;

/// Keeps accounts behind proxies from being locked by a wrong password. Every tunnel that is opened tries the password
/// anew, and the company may have changed it since the one before; so one request at a time may open one, and others
/// that would need one wait. A refused password is not tried again for ten minutes. A QNetworkProxy with its user and
/// password stands for what is tried: another password is another matter.
class ProxySignIns final : public QObject
{
    Q_OBJECT

public:
    /// Owns not the clock, which must outlive it.
    explicit ProxySignIns(const Clock &clock, QObject *parent = nullptr);

    struct Leave
    {
        bool wait = false;            ///< Another request opens a tunnel: ask again at leaveChanged().
        std::shared_ptr<void> pass{}; ///< To be kept until the request has ended.
    };

    /// For a request to a server. Errors: that of refused(), for ten minutes.
    Result<Leave> leaveFor(const QNetworkProxy &proxy, const QUrl &origin);

    /// The request with that pass has reached its server.
    void reached(const QNetworkProxy &proxy, const std::shared_ptr<void> &pass);
    /// It was given up on its way, and its tunnel with it.
    void givenUp(const QNetworkProxy &proxy, const std::shared_ptr<void> &pass);
    void refused(const QNetworkProxy &proxy, const Error &error);
    /// Whatever tunnels there were through it may be gone.
    void broken(const QNetworkProxy &proxy);
    /// The same of all proxies.
    void allBroken();
    /// Somebody entered the password: whatever is known may be wrong.
    void forget();

Q_SIGNALS:
    /// From the event loop, when who waited may have leave now.
    void leaveChanged();

private:
    struct Pass;
    struct Tunnels
    {
        int open = 0;
        std::chrono::milliseconds lastUsed{};
    };
    struct SignIn
    {
        QNetworkProxy proxy;
        QHash<QUrl, Tunnels> tunnels{}; ///< By server.
        QList<std::weak_ptr<Pass>> underWay{};
        std::weak_ptr<Pass> opening{}; ///< The one that may open a tunnel now.
        std::optional<Error> refusal{};
        std::chrono::milliseconds refusedUntil{};
    };

    SignIn &of(const QNetworkProxy &proxy);
    bool refuses(const SignIn &signIn) const;
    bool hasFreeTunnel(SignIn &signIn, const QUrl &origin) const;

    const Clock &m_clock;
    QList<SignIn> m_signIns;
};

} // namespace ringside
