// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QObject>
#include <memory>

class QWebSocket;
class QWebSocketServer;

namespace ringside::sandbox {

/// ws://…/events: sends each call event as one text frame to everyone connected at that moment; nothing is replayed.
/// It lives in a thread of its own, so that a caller who blocks its event loop still gets its events out.
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

    std::unique_ptr<QWebSocketServer> m_server;
    QList<QWebSocket *> m_listeners;
    QString m_error;
};

} // namespace ringside::sandbox
