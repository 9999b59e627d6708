// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QList>
#include <QNetworkProxy>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace ringside {

class Clock;

/// Keeps accounts behind proxies from being locked by a wrong password. Until a user and password have worked at a
/// proxy, one request at a time may carry them there; a refused one is not tried again for ten minutes. A QNetworkProxy
/// with its user and password stands for what is tried: another password is another matter.
class ProxySignIns final : public QObject
{
    Q_OBJECT

public:
    /// Owns not the clock, which must outlive it.
    explicit ProxySignIns(const Clock &clock, QObject *parent = nullptr);

    struct Leave
    {
        bool wait = false;             ///< Another request tries it: ask again at trialEnded().
        std::shared_ptr<void> trial{}; ///< To be kept until the request has ended. Null = it is known to work.
    };

    /// Errors: that of refused(), for ten minutes.
    Result<Leave> leaveFor(const QNetworkProxy &proxy);

    void worked(const QNetworkProxy &proxy);
    void refused(const QNetworkProxy &proxy, const Error &error);
    /// Somebody entered the password: whatever is known may be wrong.
    void forget();

Q_SIGNALS:
    /// From the event loop, once the last copy of a trial is gone or its user and password have worked.
    void trialEnded();

private:
    struct SignIn
    {
        QNetworkProxy proxy;
        bool works = false;
        std::weak_ptr<void> trial{};
        std::optional<Error> refusal{};
        std::chrono::milliseconds refusedUntil{};
    };

    SignIn &of(const QNetworkProxy &proxy);

    const Clock &m_clock;
    QList<SignIn> m_signIns;
};

} // namespace ringside
