// SPDX-License-Identifier: Apache-2.0
#include "RawServer.h"

#include <QTcpSocket>

#include <memory>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace ringside::test {

namespace {

/// The next close sends RST instead of FIN.
void lingerZero(const QTcpSocket &socket)
{
#ifdef Q_OS_UNIX
    const linger option{1, 0};
    setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &option, sizeof(option));
#else
    Q_UNUSED(socket)
#endif
}

} // namespace

QByteArray RawServer::Arrival::header(const QByteArray &name) const
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

RawServer::RawServer(Script script) : m_script(std::move(script))
{
    connect(&m_server, &QTcpServer::newConnection, this, &RawServer::accept);
    m_server.listen(QHostAddress(QHostAddress::LocalHost), 0);
}

QUrl RawServer::url(const QString &pathAndQuery) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(port()).arg(pathAndQuery));
}

void RawServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        const int connection = ++m_connections;
        m_open.append(socket);
        connect(socket, &QIODevice::readyRead, this, [this, socket, connection] { read(socket, connection); });
        connect(socket, &QAbstractSocket::disconnected, this, [this, socket] {
            m_open.removeOne(socket);
            m_silent.removeOne(socket);
            socket->deleteLater();
        });
    }
}

void RawServer::read(QTcpSocket *socket, int connection)
{
    QByteArray received = socket->property("received").toByteArray() + socket->readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    Arrival arrival;
    if (end >= 0) {
        arrival.head = received.left(end);
        const QList<QByteArray> words = arrival.head.left(arrival.head.indexOf("\r\n")).split(' ');
        arrival.method = words.value(0);
        arrival.target = words.value(1);
        arrival.connection = connection;
        const qsizetype length = arrival.header("content-length").toLongLong();
        if (received.size() >= end + 4 + length) {
            arrival.body = received.mid(end + 4, length);
            socket->setProperty("received", received.mid(end + 4 + length));
            m_arrivals.append(arrival);
            answer(socket, m_script(arrival));
            return;
        }
    }
    socket->setProperty("received", received);
}

void RawServer::answer(QTcpSocket *socket, const Answer &answer)
{
    if (answer.bytes.isEmpty() && answer.then == Then::KeepOpen)
        m_silent.append(socket);
    socket->write(answer.bytes);
    socket->flush();
    if (answer.then == Then::Reset) {
        lingerZero(*socket);
        socket->abort();
    } else if (answer.then == Then::Fin) {
        socket->disconnectFromHost();
    }
}

void RawServer::closeAll()
{
    const auto open = m_open;
    for (QTcpSocket *socket : open)
        socket->disconnectFromHost();
}

void RawServer::sendLate(const QByteArray &bytes)
{
    if (!m_silent.isEmpty())
        m_silent.takeFirst()->write(bytes);
}

QByteArray RawServer::response(int status, const QByteArray &body, const QByteArray &extraHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Told\r\nContent-Type: application/json\r\n" + extraHeaders
           + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace ringside::test
