// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QObject>
#include <memory>

class QWebSocket;
class QWebSocketServer;

namespace ringside::sandbox {

/// ws://…/events: sends each call event as one text frame to everyone connected at that moment. Who connects is told
/// what is in the air: the last event of each such call as an ordinary frame, oldest first, and then {"snapshot":
/// [their ids]}. It lives in a thread of its own, so that a caller who blocks its event loop still gets its events out.
class CallEventServer : public QObject
{
    Q_OBJECT

public:
    explicit CallEventServer(QObject *parent = nullptr);
    ~CallEventServer() override;

    /// False with errorString() when the port is taken. Port 0 takes any.
    bool listen(const QString &host, int port);
    int port() const;
    QString errorString() const { return m_error; }
    void close();

    /// How many were told.
    int broadcast(const QJsonObject &event);

    /// The event with its time filled in, ready to send; `wrong` says what is wrong with it otherwise.
    static QJsonObject checked(QJsonObject event, QString *wrong);

private:
    void accept();
    void keep(const QJsonObject &event);
    void tellWhatIsInTheAir(QWebSocket *socket) const;

    std::unique_ptr<QWebSocketServer> m_server;
    QList<QWebSocket *> m_listeners;
    QList<QJsonObject> m_inTheAir; ///< The last event of each call that has not ended, in the order of their beginning.
    QString m_error;
};

} // namespace ringside::sandbox
