// SPDX-License-Identifier: Apache-2.0
#include "ProxySignIns.h"

#include "Clock.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr auto silenceAfterRefusal = 10min;
constexpr auto idleTunnelTrusted = 1min; ///< Then servers, proxies and Qt itself begin to close them.

} // namespace

struct ProxySignIns::Pass
{
    Pass(ProxySignIns *owner, QUrl server) : signIns(owner), origin(std::move(server)) {}
    Pass(const Pass &) = delete;
    Pass &operator=(const Pass &) = delete;
    ~Pass()
    {
        // Queued: whoever lets go of it may be in the middle of something.
        if (signIns)
            QMetaObject::invokeMethod(signIns, &ProxySignIns::leaveChanged, Qt::QueuedConnection);
    }

    const QPointer<ProxySignIns> signIns;
    const QUrl origin;
};

ProxySignIns::ProxySignIns(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock) {}

ProxySignIns::SignIn &ProxySignIns::of(const QNetworkProxy &proxy)
{
    const auto known =
        std::find_if(m_signIns.begin(), m_signIns.end(), [&proxy](const SignIn &one) { return one.proxy == proxy; });
    if (known != m_signIns.end())
        return *known;
    m_signIns.append(SignIn{.proxy = proxy});
    return m_signIns.last();
}

bool ProxySignIns::refuses(const SignIn &signIn) const
{
    return signIn.refusal && m_clock.monotonic() < signIn.refusedUntil;
}

bool ProxySignIns::hasFreeTunnel(SignIn &signIn, const QUrl &origin) const
{
    signIn.underWay.removeIf([](const std::weak_ptr<Pass> &pass) { return pass.expired(); });
    const auto busy = std::count_if(signIn.underWay.cbegin(), signIn.underWay.cend(), [&origin](const auto &weak) {
        const std::shared_ptr<Pass> pass = weak.lock();
        return pass && pass->origin == origin;
    });
    Tunnels &tunnels = signIn.tunnels[origin];
    if (busy == 0 && m_clock.monotonic() - tunnels.lastUsed >= idleTunnelTrusted)
        tunnels.open = 0;
    return busy < tunnels.open;
}

Result<ProxySignIns::Leave> ProxySignIns::leaveFor(const QNetworkProxy &proxy, const QUrl &origin)
{
    SignIn &signIn = of(proxy);
    if (refuses(signIn))
        return *signIn.refusal;
    const bool free = hasFreeTunnel(signIn, origin);
    if (!free && !signIn.opening.expired())
        return Leave{.wait = true};
    const auto pass = std::make_shared<Pass>(this, origin);
    signIn.underWay.append(pass);
    if (!free)
        signIn.opening = pass;
    return Leave{.pass = pass};
}

void ProxySignIns::reached(const QNetworkProxy &proxy, const std::shared_ptr<void> &pass)
{
    SignIn &signIn = of(proxy);
    // One from before: over a tunnel that was open, while the next one would be refused all the same.
    if (!pass || refuses(signIn))
        return;
    const auto reached = std::static_pointer_cast<Pass>(pass);
    Tunnels &tunnels = signIn.tunnels[reached->origin];
    tunnels.lastUsed = m_clock.monotonic();
    if (signIn.opening.lock() != reached)
        return;
    signIn.refusal.reset();
    signIn.opening.reset();
    ++tunnels.open;
    QMetaObject::invokeMethod(this, &ProxySignIns::leaveChanged, Qt::QueuedConnection);
}

void ProxySignIns::givenUp(const QNetworkProxy &proxy, const std::shared_ptr<void> &pass)
{
    if (!pass)
        return;
    int &open = of(proxy).tunnels[std::static_pointer_cast<Pass>(pass)->origin].open;
    open = std::max(0, open - 1);
}

void ProxySignIns::refused(const QNetworkProxy &proxy, const Error &error)
{
    SignIn &signIn = of(proxy);
    signIn.tunnels.clear();
    signIn.refusal = error;
    signIn.refusedUntil = m_clock.monotonic() + silenceAfterRefusal;
}

void ProxySignIns::broken(const QNetworkProxy &proxy)
{
    of(proxy).tunnels.clear();
}

void ProxySignIns::allBroken()
{
    for (SignIn &signIn : m_signIns)
        signIn.tunnels.clear();
}

void ProxySignIns::forget()
{
    m_signIns.clear();
}

} // namespace ringside
