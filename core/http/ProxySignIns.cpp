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

} // namespace

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

Result<ProxySignIns::Leave> ProxySignIns::leaveFor(const QNetworkProxy &proxy)
{
    SignIn &signIn = of(proxy);
    if (signIn.refusal && m_clock.monotonic() < signIn.refusedUntil)
        return *signIn.refusal;
    if (signIn.works)
        return Leave{};
    if (!signIn.trial.expired())
        return Leave{.wait = true};
    // Queued: whoever lets go of it may be in the middle of something.
    const std::shared_ptr<void> trial(this, [self = QPointer<ProxySignIns>(this)](void *) {
        if (self)
            QMetaObject::invokeMethod(self, &ProxySignIns::trialEnded, Qt::QueuedConnection);
    });
    signIn.trial = trial;
    return Leave{.trial = trial};
}

void ProxySignIns::worked(const QNetworkProxy &proxy)
{
    if (proxy.user().isEmpty())
        return;
    SignIn &signIn = of(proxy);
    if (signIn.refusal && m_clock.monotonic() < signIn.refusedUntil)
        return; // Over a tunnel from before: the next one would be refused all the same.
    signIn.refusal.reset();
    if (!std::exchange(signIn.works, true))
        QMetaObject::invokeMethod(this, &ProxySignIns::trialEnded, Qt::QueuedConnection);
}

void ProxySignIns::refused(const QNetworkProxy &proxy, const Error &error)
{
    SignIn &signIn = of(proxy);
    signIn.works = false;
    signIn.refusal = error;
    signIn.refusedUntil = m_clock.monotonic() + silenceAfterRefusal;
}

void ProxySignIns::forget()
{
    m_signIns.clear();
}

} // namespace ringside
