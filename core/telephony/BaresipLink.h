// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace ringside {

/// One connection to ctrl_tcp: netstrings of JSON in and out, and a watch on commands that are never answered. Does not
/// reconnect. After lost(), and after close(), nothing is emitted until the next open(). May be closed or deleted by
/// whoever handles its signals.
class BaresipLink final : public QObject
{
    Q_OBJECT

public:
    enum class Loss {
        Unreachable, ///< Nobody listens there, or nobody answers.
        Closed,      ///< baresip hung up: it ended, or another program took its only place.
        Silent,      ///< A command was not answered in time.
        Garbled,     ///< Not netstrings: something else is listening there.
    };

    struct Timing
    {
        std::chrono::milliseconds connecting{5000};
        std::chrono::milliseconds answering{5000};
    };

    explicit BaresipLink(Timing timing, QObject *parent = nullptr);
    ~BaresipLink() override;

    void open(const QString &host, quint16 port);
    void close();
    bool isOpen() const;

    /// Sends a command without parameters; `token` comes back with the answer. Parameters are left out on purpose: one
    /// of a wrong type ends baresip 1.0.0.
    void send(const QString &command, const QString &token);

Q_SIGNALS:
    void opened();
    void frameArrived(const QJsonObject &frame);
    void answer(const QString &token, const QString &text);
    void lost(ringside::BaresipLink::Loss loss);

private:
    void dispatch(void (BaresipLink::*handler)());
    void announce();
    void peerClosed();
    void readFrames();
    void handle(const QByteArray &payload);
    void fail(Loss loss);

    Timing m_timing;
    QPointer<QTcpSocket> m_socket; ///< A fresh one for each attempt, so that nothing of the last one arrives.
    QByteArray m_buffer;
    QSet<QString> m_unanswered;
    QTimer m_patience;
    bool m_open = false;   ///< This attempt reached the peer.
    int m_dispatching = 0; ///< Inside a signal of the socket, which must outlive it.
};

} // namespace ringside
