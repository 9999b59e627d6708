// SPDX-License-Identifier: Apache-2.0
#include "SecretServiceLock.h"

#ifdef RINGSIDE_SECRET_SERVICE
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace ringside {

#ifdef RINGSIDE_SECRET_SERVICE

void askWhetherLocked(QObject *receiver, const std::function<void(bool locked)> &answer)
{
    constexpr int patienceMs = 2000;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) { // A call on no bus is never said to be finished.
        answer(false);
        return;
    }
    QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets/aliases/default"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question.setArguments({QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    question.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, patienceMs), receiver);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, receiver, [watcher, answer] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        answer(!reply.isError() && reply.value().variant().toBool());
    });
}

#else

void askWhetherLocked(QObject * /*receiver*/, const std::function<void(bool locked)> &answer)
{
    answer(false);
}

#endif

} // namespace ringside
