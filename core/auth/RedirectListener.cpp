// SPDX-License-Identifier: Apache-2.0
#include "RedirectListener.h"

#include "Logging.h"
#include "Pkce.h"
#include "RedirectConnection.h"
#include "RedirectPage.h"

#include <QTcpSocket>

#include <algorithm>

namespace ringside {

RedirectListener::RedirectListener(QObject *parent) : QObject(parent), m_timeLimit(RedirectConnection::timeLimit)
{
    connect(&m_server, &QTcpServer::newConnection, this, &RedirectListener::acceptAll);
}

RedirectListener::~RedirectListener() = default;

Result<quint16> RedirectListener::listen(const QList<quint16> &ports, const QByteArray &path, const Secret &state)
{
    close();
    m_path = path;
    m_state = state;
    m_arrived = false;
    QStringList taken;
    for (const quint16 port : ports) {
        // Loopback only: nobody on the network may knock.
        if (m_server.listen(QHostAddress(QHostAddress::LocalHost), port))
            return m_server.serverPort();
        taken.append(QString::number(port));
    }
    return Error{.kind = ErrorKind::Busy,
                 .message = tr("Another program uses the port to which the browser should return (%1). Nothing was lost; close "
                               "that program or choose another redirect port in the settings, then sign in again.")
                                .arg(taken.join(QStringLiteral(", "))),
                 .detail = QStringLiteral("zoho/redirect-port")};
}

void RedirectListener::answer(const RedirectPage &page)
{
    if (m_bringer)
        m_bringer->respond(page);
    m_bringer.clear();
    close();
}

void RedirectListener::close()
{
    m_server.close();
    m_state = Secret();
    // Those that have their answer close by themselves; the rest has nothing to wait for.
    const auto connections = std::exchange(m_connections, {});
    for (const QPointer<RedirectConnection> &connection : connections) {
        if (connection)
            connection->respond(RedirectPage::notFound());
    }
}

void RedirectListener::acceptAll()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        makeRoom();
        auto *connection = new RedirectConnection(socket, m_timeLimit, this);
        m_connections.append(connection);
        connect(connection, &RedirectConnection::requested, this,
                [this, connection](const RedirectRequest &request) { judge(connection, request); });
    }
}

/// The oldest connection that has not said what it wants goes first, so that idle ones cannot lock the browser out.
void RedirectListener::makeRoom()
{
    m_connections.removeAll(nullptr);
    if (m_connections.size() < mostConnections)
        return;
    const auto idle = std::find_if(m_connections.cbegin(), m_connections.cend(),
                                   [](const QPointer<RedirectConnection> &connection) { return !connection->hasRequest(); });
    RedirectConnection *victim = idle == m_connections.cend() ? m_connections.constFirst() : *idle;
    m_connections.removeOne(victim);
    delete victim;
}

bool RedirectListener::isOurHost(const QByteArray &host) const
{
    // A name that an attacker's DNS points here is in Host; the redirect URI has the address.
    const QByteArray port = ':' + QByteArray::number(m_server.serverPort());
    return host == "127.0.0.1" + port || host == "localhost" + port;
}

void RedirectListener::judge(RedirectConnection *connection, const RedirectRequest &request)
{
    if (!isOurHost(request.host) || (!request.origin.isNull() && request.origin != "http://" + request.host)) {
        qCInfo(logAuth) << "a request with a foreign host or origin came to the redirect port and was refused";
        connection->respond(RedirectPage::refused(403));
        return;
    }
    if (request.path != m_path) {
        connection->respond(RedirectPage::notFound());
        return;
    }
    const auto parameters = RedirectParameters::parse(request.query);
    if (!parameters || !pkce::sameText(parameters->state.reveal(), m_state.reveal())) {
        qCInfo(logAuth) << "a redirect without the right state came and was refused";
        connection->respond(RedirectPage::notForUs());
        return;
    }
    if (m_arrived) {
        connection->respond(RedirectPage::alreadyUsed());
        return;
    }
    m_arrived = true;
    m_bringer = connection;
    Q_EMIT arrived(*parameters);
}

} // namespace ringside
