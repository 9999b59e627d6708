// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RedirectRequest.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

class QTcpSocket;

namespace ringside {

class RedirectPage;

/// One connection to the redirect port: moves bytes and keeps the limits, and judges nothing. Owns its socket. Takes one
/// request, gives one response, closes. Deletes itself when the connection is gone.
class RedirectConnection final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds timeLimit{5000}; ///< For the whole request, and for closing.

    RedirectConnection(QTcpSocket *socket, std::chrono::milliseconds limit, QObject *parent);

    /// Answers and closes. What the socket does not take at once is dropped with this object.
    void respond(const RedirectPage &page);

    bool hasRequest() const { return m_hasRequest; }

Q_SIGNALS:
    /// Once, when a whole request came; the connection is then held open until respond().
    void requested(const ringside::RedirectRequest &request);

private:
    void read();

    QTcpSocket *m_socket;
    QTimer m_limit;
    QByteArray m_received;
    bool m_hasRequest = false;
    bool m_responded = false;
};

} // namespace ringside
