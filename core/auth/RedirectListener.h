// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RedirectParameters.h"
#include "RedirectRequest.h"
#include "Result.h"

#include <QObject>
#include <QPointer>
#include <QTcpServer>

#include <chrono>

namespace ringside {

class RedirectConnection;
class RedirectPage;

/// A door on 127.0.0.1 through which one browser redirect is let in. Everything else that knocks is answered or dropped
/// and changes nothing: garbage, other paths, foreign Host or Origin, a missing or wrong state, a second hit.
///
/// Signals: arrived, at most once per listen(). That connection is then held open until answer(); it may vanish meanwhile,
/// which changes nothing either. Destroying it closes everything.
class RedirectListener final : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostConnections = 16;

    explicit RedirectListener(QObject *parent = nullptr);
    ~RedirectListener() override;

    /// Takes the first free port and waits for a redirect to `path` with this state. Errors: Busy, naming the ports.
    Result<quint16> listen(const QList<quint16> &ports, const QByteArray &path, const Secret &state);

    /// Tells the browser that brought the redirect, then closes the port.
    void answer(const RedirectPage &page);
    void close();

    /// How long a connection may take to send its request; for tests.
    void setTimeLimit(std::chrono::milliseconds limit) { m_timeLimit = limit; }

Q_SIGNALS:
    void arrived(const ringside::RedirectParameters &parameters);

private:
    void acceptAll();
    void makeRoom();
    void judge(RedirectConnection *connection, const RedirectRequest &request);
    bool isOurHost(const QByteArray &host) const;

    QTcpServer m_server;
    QByteArray m_path;
    Secret m_state;
    std::chrono::milliseconds m_timeLimit;
    QList<QPointer<RedirectConnection>> m_connections; ///< Oldest first.
    QPointer<RedirectConnection> m_bringer;
    bool m_arrived = false;
};

} // namespace ringside
