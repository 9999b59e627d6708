// SPDX-License-Identifier: Apache-2.0
#include "PortalColourScheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace ringside {

namespace {
QString service() { return QStringLiteral("org.freedesktop.portal.Desktop"); }
QString path() { return QStringLiteral("/org/freedesktop/portal/desktop"); }
QString interfaceName() { return QStringLiteral("org.freedesktop.portal.Settings"); }
QString group() { return QStringLiteral("org.freedesktop.appearance"); }
QString key() { return QStringLiteral("color-scheme"); }
} // namespace

PortalColourScheme::PortalColourScheme(QObject *parent) : ColourSchemeSource(parent)
{
    // Connecting to the bus takes a moment; the window comes first.
    QMetaObject::invokeMethod(this, &PortalColourScheme::ask, Qt::QueuedConnection);
}

ColourScheme PortalColourScheme::fromReply(const QVariant &value)
{
    QVariant inner = value;
    while (inner.userType() == qMetaTypeId<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant();
    bool isNumber = false;
    const uint preference = inner.toUInt(&isNumber);
    if (isNumber && preference == 1)
        return ColourScheme::Dark;
    return isNumber && preference == 2 ? ColourScheme::Light : ColourScheme::Unknown;
}

void PortalColourScheme::ask()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    // The service is named only in what is sent: naming it here would look up its owner, and wait.
    bus.connect(QString(), path(), interfaceName(), QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString,QString,QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(service(), path(), interfaceName(), QStringLiteral("Read"));
    question << group() << key();
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *finished) {
        const QDBusPendingReply<QVariant> reply = *finished;
        if (!reply.isError())
            take(fromReply(reply.value()));
        finished->deleteLater();
    });
}

void PortalColourScheme::settingChanged(const QString &changedGroup, const QString &changedKey, const QDBusVariant &value)
{
    if (changedGroup == group() && changedKey == key())
        take(fromReply(value.variant()));
}

void PortalColourScheme::take(ColourScheme scheme)
{
    if (m_scheme == scheme)
        return;
    m_scheme = scheme;
    Q_EMIT changed();
}

} // namespace ringside
