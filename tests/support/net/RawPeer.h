// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpSocket>
#include <QTest>

namespace ringside::test {

/// A client that sends what it likes to a port of this computer.
class RawPeer final : public QObject
{
    Q_OBJECT

public:
    explicit RawPeer(quint16 port)
    {
        connect(&m_socket, &QIODevice::readyRead, this, [this] { m_received += m_socket.readAll(); });
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }
    ~RawPeer() override { m_socket.disconnect(this); }

    bool connected()
    {
        return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; });
    }
    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    void vanish() { m_socket.abort(); }

    /// Everything up to the other side's close; null when it does not close.
    QByteArray answer(int milliseconds = 10000)
    {
        const bool closed =
            QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, milliseconds);
        return closed ? m_received + m_socket.readAll() : QByteArray();
    }
    QByteArray received() const { return m_received; }
    bool closed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

    /// The status of a GET, or 0.
    static int status(const QByteArray &response) { return response.split(' ').value(1).toInt(); }

    static QByteArray get(const QByteArray &target, const QByteArray &host, const QByteArray &more = {})
    {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n";
    }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

} // namespace ringside::test
