// SPDX-License-Identifier: Apache-2.0
#include "BaresipLink.h"

#include "Logging.h"
#include "Netstring.h"

#include <QJsonDocument>

namespace ringside {

BaresipLink::BaresipLink(Timing timing, QObject *parent)
    : QObject(parent)
    , m_timing(timing)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { fail(m_open ? Loss::Silent : Loss::Unreachable); });
}

BaresipLink::~BaresipLink()
{
    close();
}

void BaresipLink::open(const QString &host, quint16 port)
{
    close();
    m_socket = new QTcpSocket(this);
    m_socket->setReadBufferSize(netstring::maximumPayload);
    connect(m_socket, &QTcpSocket::connected, this, [this] { dispatch(&BaresipLink::announce); });
    connect(m_socket, &QTcpSocket::readyRead, this, [this] { dispatch(&BaresipLink::readFrames); });
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { dispatch(&BaresipLink::peerClosed); });
    connect(m_socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        // What came before the end is read first.
        if (error != QAbstractSocket::RemoteHostClosedError)
            dispatch(&BaresipLink::peerClosed);
    });
    m_patience.start(m_timing.connecting);
    m_socket->connectToHost(host, port);
}

void BaresipLink::close()
{
    m_patience.stop();
    m_unanswered.clear();
    m_buffer.clear();
    m_open = false;
    if (!m_socket)
        return;
    QTcpSocket *socket = m_socket;
    m_socket.clear();
    socket->disconnect(this);
    socket->abort();
    if (m_dispatching > 0)
        socket->setParent(nullptr); // We may be deleted inside its signal; it must not go with us.
    socket->deleteLater();
}

bool BaresipLink::isOpen() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void BaresipLink::send(const QString &command, const QString &token)
{
    if (!isOpen())
        return;
    const QJsonObject request{{QStringLiteral("command"), command}, {QStringLiteral("token"), token}};
    m_socket->write(netstring::encode(QJsonDocument(request).toJson(QJsonDocument::Compact)));
    m_unanswered.insert(token);
    if (!m_patience.isActive())
        m_patience.start(m_timing.answering);
}

void BaresipLink::dispatch(void (BaresipLink::*handler)())
{
    const QPointer<BaresipLink> self(this);
    ++m_dispatching;
    (this->*handler)();
    if (self)
        --m_dispatching;
}

void BaresipLink::announce()
{
    m_open = true;
    m_patience.stop();
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    Q_EMIT opened();
}

void BaresipLink::peerClosed()
{
    fail(m_open ? Loss::Closed : Loss::Unreachable);
}

/// A handler may close the link or delete it, so both are looked at after each frame.
void BaresipLink::readFrames()
{
    const QPointer<BaresipLink> self(this);
    const QPointer<QTcpSocket> socket = m_socket;
    while (self && socket && socket == m_socket && socket->bytesAvailable() > 0) {
        m_buffer += socket->readAll();
        qsizetype used = 0;
        auto parsed = netstring::parse(m_buffer);
        while (parsed.status == netstring::Status::Ok) {
            used += parsed.used;
            handle(parsed.payload.toByteArray());
            if (!self || socket != m_socket)
                return;
            parsed = netstring::parse(QByteArrayView(m_buffer).sliced(used));
        }
        m_buffer.remove(0, used);
        if (parsed.status == netstring::Status::Bad) {
            fail(Loss::Garbled);
            return;
        }
    }
}

void BaresipLink::handle(const QByteArray &payload)
{
    const QJsonDocument document = QJsonDocument::fromJson(payload);
    if (!document.isObject()) {
        qCDebug(logTelephony) << "baresip sent a frame that is no JSON object; skipped," << payload.size() << "bytes";
        return;
    }
    const QJsonObject frame = document.object();
    if (!frame.value(QLatin1String("response")).toBool()) {
        Q_EMIT frameArrived(frame);
        return;
    }
    const QString token = frame.value(QLatin1String("token")).toString();
    if (!m_unanswered.remove(token))
        return;
    if (m_unanswered.isEmpty())
        m_patience.stop();
    else
        m_patience.start(m_timing.answering);
    Q_EMIT answer(token, frame.value(QLatin1String("data")).toString());
}

void BaresipLink::fail(Loss loss)
{
    if (!m_socket)
        return;
    close();
    Q_EMIT lost(loss);
}

} // namespace ringside
