// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace ringside::test {

/// An HTTP server below HTTP: it reads whole requests, counts them, and answers each with bytes, silence, FIN or RST.
class RawServer final : public QObject
{
    Q_OBJECT

public:
    struct Arrival
    {
        QByteArray method;
        QByteArray target;
        QByteArray head; ///< Header lines, as sent.
        QByteArray body;
        int connection = 0; ///< Counted from 1.

        QByteArray header(const QByteArray &name) const; ///< Null when there is none.
    };

    enum class Then { KeepOpen, Fin, Reset };

    struct Answer
    {
        QByteArray bytes;
        Then then = Then::KeepOpen;
    };

    using Script = std::function<Answer(const Arrival &)>;

    explicit RawServer(Script script);

    QUrl url(const QString &pathAndQuery = QStringLiteral("/")) const;
    quint16 port() const { return m_server.serverPort(); }
    const QList<Arrival> &arrivals() const { return m_arrivals; }
    int connections() const { return m_connections; }
    qsizetype openConnections() const { return m_open.size(); }
    void setScript(Script script) { m_script = std::move(script); }

    /// Hangs up on every open connection, as a server does with idle ones.
    void closeAll();
    /// Answers the oldest request that got silence.
    void sendLate(const QByteArray &bytes);

    /// A whole response with Content-Length.
    static QByteArray response(int status, const QByteArray &body = {}, const QByteArray &extraHeaders = {});

private:
    void accept();
    void read(QTcpSocket *socket, int connection);
    void answer(QTcpSocket *socket, const Answer &answer);

    Script m_script;
    QList<Arrival> m_arrivals;
    QList<QTcpSocket *> m_open;
    QList<QTcpSocket *> m_silent;
    int m_connections = 0;
    QTcpServer m_server; ///< Last: its sockets still report their end to the lists above.
};

} // namespace ringside::test
