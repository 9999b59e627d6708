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
    explicit SingleInstance(const QString &socketName, QObject *parent = nullptr);

    /// Asks the running instance to show itself. decided() follows, within a second.
    void ask();

Q_SIGNALS:
    /// Once per ask(). When nobody answered, this program has taken the place.
    void decided(bool anotherRuns);
    /// A later program asked us to show ourselves.
    void showRequested();

private:
    void decide(bool anotherRuns);
    void listen();
    void takeConnections();
    void readRequest(QLocalSocket *socket);

    QString m_socketName;
    QLocalServer *m_server;
    QLocalSocket *m_question = nullptr;
};

} // namespace ringside
