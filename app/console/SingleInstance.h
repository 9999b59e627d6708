// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QLocalServer;
class QLocalSocket;

namespace ringside {

/// One program a profile: the first one listens on a per-user socket; a later one asks it to show itself and ends.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    enum class Answer {
        Alone,  ///< Nobody was there: this program has taken the place.
        Shown,  ///< The other one shows itself.
        Silent, ///< There is another one, and it does not answer: it hangs. The place is still its own.
    };
    Q_ENUM(Answer)

    explicit SingleInstance(const QString &socketName, QObject *parent = nullptr);

    /// Asks the running instance to show itself. decided() follows within three seconds.
    void ask();

Q_SIGNALS:
    /// Once per ask().
    void decided(ringside::SingleInstance::Answer answer);
    /// A later program asked us to show ourselves.
    void showRequested();

private:
    void decide(Answer answer);
    void listen();
    void takeConnections();
    void readRequest(QLocalSocket *socket);

    QString m_socketName;
    QLocalServer *m_server;
    QLocalSocket *m_question = nullptr;
    bool m_reached = false; ///< Somebody took the connection.
};

} // namespace ringside
