// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QNetworkProxy>
#include <QTcpServer>

class QTcpSocket;

namespace ringside::test {

/// An HTTP proxy on this computer: tunnels (CONNECT) and plain requests, with Basic sign-in when a user is set. A
/// tunnel to any host leads to `target`, so that a test may use names that no resolver knows. It counts all that comes.
class ProxyServer final : public QObject
{
    Q_OBJECT

public:
    ProxyServer();

    quint16 target = 0; ///< Port on this computer where tunnels lead.
    QByteArray user;    ///< Empty = anybody may pass.
    QByteArray password;
    bool silent = false; ///< Takes what comes and says nothing, like one behind which packets are dropped.
    QByteArray answer; ///< Instead of a tunnel, such as "403 Forbidden".

    quint16 port() const { return m_server.serverPort(); }
    QNetworkProxy proxy() const { return {QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), port()}; }
    void close() { m_server.close(); }
    void hangUp(); ///< On all that is open, as proxies do with what is idle.

    QByteArrayList tunnels; ///< "host:port" of those that were let through.
    int heads = 0; ///< All that was asked.
    int plainRequests = 0;
    int challenges = 0; ///< Without sign-in where one is wanted.
    int wrongSignIns = 0;

private:
    void accept();
    void readHead(QTcpSocket *client);
    void tunnel(QTcpSocket *client, const QByteArray &host);
    bool mayPass(QTcpSocket *client, const QByteArray &head);

    QTcpServer m_server;
};

} // namespace ringside::test
