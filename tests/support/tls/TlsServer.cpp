// SPDX-License-Identifier: Apache-2.0
#include "TlsServer.h"

#include <QSslConfiguration>
#include <QTcpSocket>
#include <QUrl>

namespace ringside::test {

TlsServer::TlsServer(const Identity &identity)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(identity.certificate());
    tls.setPrivateKey(identity.key());
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    setSslConfiguration(tls);
    connect(this, &QTcpServer::pendingConnectionAvailable, this, &TlsServer::accept);
    if (!listen(QHostAddress(QHostAddress::LocalHost), 0))
        qFatal("no port for the TLS server");
}

QUrl TlsServer::url(const QString &host) const
{
    return QUrl(QStringLiteral("https://%1:%2/").arg(host).arg(serverPort()));
}

void TlsServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        connect(socket, &QIODevice::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
        read(socket);
    }
}

void TlsServer::read(QTcpSocket *socket)
{
    QByteArray received = socket->property("received").toByteArray() + socket->readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end >= 0) {
        ++m_requests;
        m_lastHead = received.left(end);
        received.clear();
        if (!silent)
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"fine\":true}");
    }
    socket->setProperty("received", received);
}

} // namespace ringside::test
