// SPDX-License-Identifier: Apache-2.0
#include "ProxyServer.h"

#include <QTcpSocket>

namespace ringside::test {

ProxyServer::ProxyServer()
{
    m_server.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    connect(&m_server, &QTcpServer::newConnection, this, &ProxyServer::accept);
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), 0))
        qFatal("no port for the proxy");
}

void ProxyServer::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QIODevice::readyRead, this, [this, client] {
            if (!client->property("tunnel").toBool())
                readHead(client);
        });
        connect(client, &QAbstractSocket::disconnected, client, &QObject::deleteLater);
    }
}

void ProxyServer::hangUp()
{
    const auto clients = m_server.findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly);
    for (QTcpSocket *client : clients)
        client->disconnectFromHost();
}

bool ProxyServer::mayPass(QTcpSocket *client, const QByteArray &head)
{
    if (user.isEmpty())
        return true;
    const QByteArray lower = head.toLower();
    const qsizetype at = lower.indexOf("proxy-authorization: basic ");
    if (at >= 0) {
        const qsizetype from = at + qsizetype(sizeof("proxy-authorization: basic ") - 1);
        const QByteArray given = QByteArray::fromBase64(head.mid(from, head.indexOf('\r', from) - from));
        if (given == user + ':' + password)
            return true;
        ++wrongSignIns;
    } else {
        ++challenges;
    }
    client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"company\"\r\n"
                  "Content-Length: 0\r\n\r\n");
    return false;
}

void ProxyServer::readHead(QTcpSocket *client)
{
    QByteArray received = client->property("received").toByteArray() + client->readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    client->setProperty("received", end < 0 ? received : QByteArray());
    if (end < 0)
        return;
    const QByteArray head = received.left(end + 2);
    const QByteArrayList words = head.left(head.indexOf('\r')).split(' ');
    ++heads;
    if (silent || !mayPass(client, head))
        return;
    if (!answer.isEmpty()) {
        client->write("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n");
    } else if (words.value(0) == "CONNECT") {
        tunnel(client, words.value(1));
    } else {
        ++plainRequests;
        client->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain");
    }
}

void ProxyServer::tunnel(QTcpSocket *client, const QByteArray &host)
{
    tunnels.append(host);
    client->setProperty("tunnel", true);
    auto *server = new QTcpSocket(client);
    server->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    connect(server, &QAbstractSocket::connected, client,
            [client] { client->write("HTTP/1.1 200 Established\r\n\r\n"); });
    connect(client, &QIODevice::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(server, &QIODevice::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(server, &QAbstractSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    connect(client, &QAbstractSocket::disconnected, server, [server] { server->disconnectFromHost(); });
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), target);
}

} // namespace ringside::test
