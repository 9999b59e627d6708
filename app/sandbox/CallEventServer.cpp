// SPDX-License-Identifier: Apache-2.0
#include "CallEventServer.h"

#include <QDateTime>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketCorsAuthenticator>
#include <QWebSocketServer>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

QString frameOf(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

bool isLoopback(const QString &host)
{
    return host == "127.0.0.1"_L1 || host == "localhost"_L1 || host == "::1"_L1;
}

} // namespace

CallEventServer::CallEventServer(QObject *parent) : QObject(parent) {}

CallEventServer::~CallEventServer() = default;

bool CallEventServer::listen(const QString &host, int port)
{
    m_server = std::make_unique<QWebSocketServer>(u"ringside-sandbox"_qs, QWebSocketServer::NonSecureMode);
    connect(m_server.get(), &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator *authenticator) {
                // A page of the web must not listen to the calls of this desk; programs send no Origin.
                const QString origin = authenticator->origin();
                authenticator->setAllowed(origin.isEmpty() || isLoopback(QUrl(origin).host()));
            });
    connect(m_server.get(), &QWebSocketServer::newConnection, this, &CallEventServer::accept);
    if (m_server->listen(QHostAddress(host), static_cast<quint16>(port)))
        return true;
    m_error = u"Port %1 on %2 cannot be used for call events, since another program may hold it. "
              "Choose another with --ws-port, or 0 for any free one."_qs.arg(port).arg(host);
    return false;
}

int CallEventServer::port() const
{
    return m_server ? m_server->serverPort() : 0;
}

void CallEventServer::accept()
{
    while (QWebSocket *socket = m_server->nextPendingConnection()) {
        socket->setParent(this);
        if (socket->requestUrl().path() != "/events"_L1) {
            socket->close(QWebSocketProtocol::CloseCodePolicyViolated, u"Call events are at /events."_qs);
            socket->deleteLater();
            continue;
        }
        m_listeners.append(socket);
        tellWhatIsInTheAir(socket);
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            m_listeners.removeAll(socket);
            socket->deleteLater();
        });
    }
}

void CallEventServer::close()
{
    const QList<QWebSocket *> listeners = std::exchange(m_listeners, {});
    for (QWebSocket *socket : listeners) {
        socket->disconnect(this);
        socket->close(QWebSocketProtocol::CloseCodeGoingAway);
        delete socket;
    }
    m_server.reset();
}

int CallEventServer::broadcast(const QJsonObject &event)
{
    keep(event);
    const QString frame = frameOf(event);
    for (QWebSocket *socket : std::as_const(m_listeners)) {
        socket->sendTextMessage(frame);
        socket->flush();
    }
    return static_cast<int>(m_listeners.size());
}

void CallEventServer::keep(const QJsonObject &event)
{
    const QJsonValue id = event.value("id"_L1);
    const auto known = std::find_if(m_inTheAir.begin(), m_inTheAir.end(),
                                    [&id](const QJsonObject &other) { return other.value("id"_L1) == id; });
    if (event.value("state"_L1) == "ended"_L1) {
        if (known != m_inTheAir.end())
            m_inTheAir.erase(known);
    } else if (known != m_inTheAir.end()) {
        *known = event;
    } else {
        m_inTheAir.append(event);
    }
}

void CallEventServer::tellWhatIsInTheAir(QWebSocket *socket) const
{
    QJsonArray ids;
    for (const QJsonObject &event : m_inTheAir) {
        socket->sendTextMessage(frameOf(event));
        ids.append(event.value("id"_L1));
    }
    socket->sendTextMessage(frameOf({{"snapshot"_L1, ids}}));
    socket->flush();
}

QJsonObject CallEventServer::checked(QJsonObject event, QString *wrong)
{
    static const QStringList states{u"ringing"_qs, u"dialing"_qs, u"connected"_qs, u"held"_qs, u"ended"_qs};
    static const QStringList names{u"id"_qs, u"state"_qs, u"direction"_qs, u"from"_qs, u"to"_qs, u"name"_qs, u"time"_qs, u"reason"_qs};
    const QStringList given = event.keys();
    for (const QString &name : given) {
        if (!names.contains(name) || !event.value(name).isString())
            *wrong = u"“%1” is no part of a call event, or not a string. The parts are %2."_qs.arg(name, names.join(u", "_qs));
    }
    const QString direction = event.value("direction"_L1).toString();
    if (event.value("id"_L1).toString().isEmpty())
        *wrong = u"A call event needs an id."_qs;
    else if (!states.contains(event.value("state"_L1).toString()))
        *wrong = u"The state is one of %1."_qs.arg(states.join(u", "_qs));
    else if (direction != "in"_L1 && direction != "out"_L1)
        *wrong = u"The direction is in or out."_qs;
    else if (event.contains("time"_L1) && !QDateTime::fromString(event.value("time"_L1).toString(), Qt::ISODateWithMs).isValid())
        *wrong = u"The time is not in the form of ISO-8601."_qs;
    for (const QString &name : {u"from"_qs, u"to"_qs, u"name"_qs}) {
        if (!event.contains(name))
            event.insert(name, QString());
    }
    if (!event.contains("time"_L1))
        event.insert("time"_L1, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
    return event;
}

} // namespace ringside::sandbox
