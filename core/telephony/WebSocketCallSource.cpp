// SPDX-License-Identifier: Apache-2.0
#include "WebSocketCallSource.h"

#include "Clock.h"
#include "Logging.h"
#include "WebSocketFrames.h"

#include <QPointer>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace ringside {

using namespace std::chrono_literals;

class WebSocketCallSource::Private
{
public:
    enum class Loss { Unreachable, Closed, Silent };

    Private(WebSocketCallSource *source, QUrl address, const Clock &time, const CallSourceTiming &patience)
        : q(source)
        , url(std::move(address))
        , clock(time)
        , timing(patience)
        , reconnect(patience.reconnect)
    {
        deadline.setSingleShot(true);
        pinging.setInterval(timing.asking);
    }

    template<typename Handler>
    void dispatch(Handler handler);
    void connectParts();
    void setState(State next);
    void open();
    void drop();
    void opened();
    void fail(Loss loss);
    void heard(const QByteArray &frame);
    QString reasonText() const;
    QString shownUrl() const;

    WebSocketCallSource *q;
    QUrl url;
    const Clock &clock;
    CallSourceTiming timing;
    Reconnect reconnect;
    QPointer<QWebSocket> socket; ///< A fresh one for each attempt, so that nothing of the last one arrives.
    QTimer deadline;             ///< For the connection, then for each ping.
    QTimer pinging;
    State state = State::Stopped;
    std::optional<Loss> lastLoss;
    qint64 skipped = 0;
    int dispatching = 0; ///< Inside a signal of the socket, which must outlive it.
};

CallSourceTiming WebSocketCallSource::defaultTiming()
{
    CallSourceTiming timing;
    timing.asking = 10s;
    return timing;
}

WebSocketCallSource::WebSocketCallSource(const QUrl &url, const Clock &clock, QObject *parent, const CallSourceTiming &timing)
    : CallSource(parent)
    , d(std::make_unique<Private>(this, url, clock, timing))
{
    d->connectParts();
}

WebSocketCallSource::~WebSocketCallSource()
{
    d->drop();
}

void WebSocketCallSource::start()
{
    if (d->state != State::Stopped)
        return;
    d->lastLoss.reset();
    d->open();
}

void WebSocketCallSource::stop()
{
    if (d->state == State::Stopped)
        return;
    d->reconnect.reset();
    d->drop();
    d->setState(State::Stopped);
}

QString WebSocketCallSource::id() const
{
    return QStringLiteral("websocket:%1").arg(d->shownUrl());
}

QString WebSocketCallSource::name() const
{
    return tr("WebSocket");
}

CallSource::State WebSocketCallSource::state() const
{
    return d->state;
}

QString WebSocketCallSource::statusText() const
{
    switch (d->state) {
    case State::Connected:
        return {};
    case State::Stopped:
        return tr("The connection to the phone is switched off. Choose the phone in Settings > Phone.");
    case State::Connecting:
        return d->lastLoss ? tr("%1 Ringside is trying again now.").arg(d->reasonText())
                           : tr("Ringside is connecting to the phone at %1.").arg(d->shownUrl());
    case State::Waiting:
        break;
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(d->reconnect.remaining());
    return tr("%1 Ringside tries again in %2 s.").arg(d->reasonText(), QString::number(std::max<qint64>(1, left.count())));
}

/// Whoever handles our signals may delete us.
template<typename Handler>
void WebSocketCallSource::Private::dispatch(Handler handler)
{
    const QPointer<WebSocketCallSource> source(q);
    ++dispatching;
    handler();
    if (source)
        --dispatching;
}

void WebSocketCallSource::Private::connectParts()
{
    QObject::connect(&reconnect, &Reconnect::due, q, [this] { open(); });
    QObject::connect(&deadline, &QTimer::timeout, q,
                     [this] { fail(state == State::Connected ? Loss::Silent : Loss::Unreachable); });
    QObject::connect(&pinging, &QTimer::timeout, q, [this] {
        if (!socket || deadline.isActive())
            return;
        deadline.start(timing.answering);
        socket->ping();
    });
}

void WebSocketCallSource::Private::setState(State next)
{
    state = next;
    Q_EMIT q->stateChanged();
}

void WebSocketCallSource::Private::open()
{
    drop();
    socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, q);
    socket->setMaxAllowedIncomingFrameSize(maximumMessage);
    socket->setMaxAllowedIncomingMessageSize(maximumMessage);
    const auto ended = [this] { fail(state == State::Connected ? Loss::Closed : Loss::Unreachable); };
    QObject::connect(socket, &QWebSocket::connected, q, [this] { dispatch([this] { opened(); }); });
    QObject::connect(socket, &QWebSocket::disconnected, q, [this, ended] { dispatch(ended); });
    QObject::connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), q,
                     [this, ended](QAbstractSocket::SocketError error) {
                         if (error != QAbstractSocket::RemoteHostClosedError || state != State::Connected)
                             dispatch(ended);
                     });
    QObject::connect(socket, &QWebSocket::pong, q, [this] { deadline.stop(); });
    QObject::connect(socket, &QWebSocket::textMessageReceived, q,
                     [this](const QString &text) { dispatch([this, &text] { heard(text.toUtf8()); }); });
    QObject::connect(socket, &QWebSocket::binaryMessageReceived, q,
                     [this](const QByteArray &frame) { dispatch([this, &frame] { heard(frame); }); });
    deadline.start(timing.connecting);
    const QPointer<WebSocketCallSource> source(q);
    setState(State::Connecting);
    if (source && socket && state == State::Connecting)
        socket->open(url);
}

/// Ends the connection without a word to anybody. The socket may be in the middle of telling us something.
void WebSocketCallSource::Private::drop()
{
    deadline.stop();
    pinging.stop();
    if (!socket)
        return;
    QWebSocket *old = socket;
    socket.clear();
    old->disconnect(q);
    old->abort();
    if (dispatching > 0)
        old->setParent(nullptr); // We may be deleted inside its signal; it must not go with us.
    old->deleteLater();
}

void WebSocketCallSource::Private::opened()
{
    deadline.stop();
    pinging.start();
    reconnect.succeeded();
    setState(State::Connected);
}

void WebSocketCallSource::Private::fail(Loss loss)
{
    if (!socket)
        return;
    drop();
    lastLoss = loss;
    reconnect.schedule();
    qCInfo(logTelephony) << "phone WebSocket: connection lost or not made; failures in a row:" << reconnect.failures();
    setState(State::Waiting);
}

void WebSocketCallSource::Private::heard(const QByteArray &frame)
{
    if (const std::optional<QStringList> live = websocketframes::parseSnapshot(frame)) {
        Q_EMIT q->snapshot(*live);
        return;
    }
    std::optional<CallEvent> event = websocketframes::parse(frame, clock.now(), clock.monotonic());
    if (!event) {
        ++skipped;
        qCWarning(logTelephony) << "phone WebSocket: skipped a frame that is no call event," << frame.size() << "bytes;" << skipped
                                << "so far";
        return;
    }
    event->sourceId = q->id();
    Q_EMIT q->callEvent(*event);
}

QString WebSocketCallSource::Private::reasonText() const
{
    switch (lastLoss.value_or(Loss::Unreachable)) {
    case Loss::Closed:
        return WebSocketCallSource::tr("The phone at %1 closed the connection. Check that it is still running.").arg(shownUrl());
    case Loss::Silent:
        return WebSocketCallSource::tr("The phone at %1 does not answer. Check that it is still running.").arg(shownUrl());
    case Loss::Unreachable:
        break;
    }
    return WebSocketCallSource::tr("The phone cannot be reached at %1. Start it or check Settings > Phone.").arg(shownUrl());
}

QString WebSocketCallSource::Private::shownUrl() const
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
}

} // namespace ringside
