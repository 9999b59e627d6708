// SPDX-License-Identifier: Apache-2.0
#include "BaresipCallSource.h"

#include "BaresipEvents.h"
#include "BaresipLink.h"
#include "Clock.h"
#include "Logging.h"

#include <QPointer>

#include <algorithm>

namespace ringside {

using namespace std::chrono_literals;

namespace {

/// A connection that baresip closed sooner was taken by another program, if it happens again and again.
constexpr auto shortLife = 3s;
constexpr int suspicious = 3;

} // namespace

class BaresipCallSource::Private
{
public:
    Private(BaresipCallSource *source, QString hostName, quint16 portNumber, const Clock &time, const CallSourceTiming &timing)
        : q(source)
        , host(std::move(hostName))
        , port(portNumber)
        , clock(time)
        , link({.connecting = timing.connecting, .answering = timing.answering})
        , reconnect(timing.reconnect)
    {
        polling.setInterval(timing.asking);
    }

    /// One set of questions and what was answered so far.
    struct Round
    {
        int pending = 0;
        bool overtaken = false; ///< A call began, changed or ended meanwhile: the list may be older than that.
        std::optional<int> accounts;
        std::optional<QList<baresip::ListedCall>> calls;
        std::optional<baresip::CallStatus> status;
    };

    void connectParts();
    void setState(State next);
    void opened();
    void lost(BaresipLink::Loss loss);
    void heard(const QJsonObject &frame);
    void answered(const QString &token, const QString &text);
    void ask();
    void finishRound();
    bool report(CallEvent event);
    void reportSnapshot(const QStringList &ids);
    QString reasonText() const;
    QString address() const { return QStringLiteral("%1:%2").arg(host).arg(port); }

    BaresipCallSource *q;
    QString host;
    quint16 port;
    const Clock &clock;
    BaresipLink link;
    Reconnect reconnect;
    QTimer polling;
    BaresipEvents events;
    State state = State::Stopped;
    std::optional<BaresipLink::Loss> lastLoss;
    std::chrono::milliseconds openedAt{0};
    int shortLives = 0;
    bool snapshotDue = false;
    Round round;
};

BaresipCallSource::BaresipCallSource(const QString &host, quint16 port, const Clock &clock, QObject *parent, const CallSourceTiming &timing)
    : CallSource(parent)
    , d(std::make_unique<Private>(this, host, port, clock, timing))
{
    d->connectParts();
}

BaresipCallSource::~BaresipCallSource()
{
    d->link.disconnect(this);
    d->reconnect.disconnect(this);
}

void BaresipCallSource::start()
{
    if (d->state != State::Stopped)
        return;
    d->lastLoss.reset();
    d->shortLives = 0;
    d->link.open(d->host, d->port);
    d->setState(State::Connecting);
}

void BaresipCallSource::stop()
{
    if (d->state == State::Stopped)
        return;
    d->polling.stop();
    d->reconnect.reset();
    d->link.close();
    d->setState(State::Stopped);
}

QString BaresipCallSource::id() const
{
    return QStringLiteral("baresip:%1").arg(d->address());
}

QString BaresipCallSource::name() const
{
    return tr("baresip");
}

CallSource::State BaresipCallSource::state() const
{
    return d->state;
}

QString BaresipCallSource::statusText() const
{
    switch (d->state) {
    case State::Connected:
        return {};
    case State::Stopped:
        return tr("The connection to baresip is switched off. Choose the phone in Settings > Phone.");
    case State::Connecting:
        return d->lastLoss ? tr("%1 Ringside is trying again now.").arg(d->reasonText())
                           : tr("Ringside is connecting to baresip at %1.").arg(d->address());
    case State::Waiting:
        break;
    }
    const auto left = std::chrono::ceil<std::chrono::seconds>(d->reconnect.remaining());
    return tr("%1 Ringside tries again in %2 s.").arg(d->reasonText(), QString::number(std::max<qint64>(1, left.count())));
}

void BaresipCallSource::Private::connectParts()
{
    QObject::connect(&link, &BaresipLink::opened, q, [this] { opened(); });
    QObject::connect(&link, &BaresipLink::lost, q, [this](BaresipLink::Loss loss) { lost(loss); });
    QObject::connect(&link, &BaresipLink::frameArrived, q, [this](const QJsonObject &frame) { heard(frame); });
    QObject::connect(&link, &BaresipLink::answer, q,
                     [this](const QString &token, const QString &text) { answered(token, text); });
    QObject::connect(&reconnect, &Reconnect::due, q, [this] {
        link.open(host, port);
        setState(State::Connecting);
    });
    QObject::connect(&polling, &QTimer::timeout, q, [this] {
        if (snapshotDue || events.anyTalking() || events.anyUnclear())
            ask();
    });
}

void BaresipCallSource::Private::setState(State next)
{
    state = next;
    Q_EMIT q->stateChanged();
}

void BaresipCallSource::Private::opened()
{
    openedAt = clock.monotonic();
    reconnect.succeeded();
    round = {};
    snapshotDue = true;
    polling.start();
    ask();
    setState(State::Connected);
}

void BaresipCallSource::Private::lost(BaresipLink::Loss loss)
{
    const bool brief = state == State::Connected && loss == BaresipLink::Loss::Closed && clock.monotonic() - openedAt < shortLife;
    if (state == State::Connected)
        shortLives = brief ? shortLives + 1 : 0;
    lastLoss = loss;
    polling.stop();
    reconnect.schedule();
    qCInfo(logTelephony) << "baresip: connection lost or not made; failures in a row:" << reconnect.failures();
    setState(State::Waiting);
}

void BaresipCallSource::Private::heard(const QJsonObject &frame)
{
    const bool unclear = events.anyUnclear();
    std::optional<CallEvent> event = events.translate(frame);
    if (!event)
        return;
    round.overtaken = true;
    if (report(std::move(*event)) && !unclear && events.anyUnclear())
        ask();
}

/// Asks for what no event tells. A round that is still out is waited for: the link watches over it.
void BaresipCallSource::Private::ask()
{
    if (round.pending > 0)
        return;
    round = {};
    QStringList questions{QStringLiteral("listcalls")};
    if (snapshotDue)
        questions = {QStringLiteral("reginfo"), QStringLiteral("listcalls"), QStringLiteral("callstat")};
    for (const QString &question : std::as_const(questions)) {
        ++round.pending;
        link.send(question, question);
    }
}

void BaresipCallSource::Private::answered(const QString &token, const QString &text)
{
    if (token == u"reginfo")
        round.accounts = baresip::parseUserAgentCount(text);
    else if (token == u"listcalls")
        round.calls = baresip::parseListCalls(text);
    else if (token == u"callstat")
        round.status = baresip::parseCallStat(text);
    if (--round.pending == 0)
        finishRound();
}

void BaresipCallSource::Private::finishRound()
{
    if (round.overtaken)
        return; // Asked again at the next turn, while it matters.
    if (!round.calls) {
        qCDebug(logTelephony) << "baresip: the list of calls is not understood; holds cannot be seen";
        snapshotDue = false;
        return;
    }
    QList<baresip::ListedCall> calls = *round.calls;
    const bool judge = snapshotDue && round.accounts == 1;
    QList<CallEvent> news;
    if (round.status) {
        for (baresip::ListedCall &call : calls) {
            if (call.current && call.peerUri == round.status->peerUri)
                call.id = round.status->id;
        }
        if (std::optional<CallEvent> joined = events.applyStatus(*round.status, calls))
            news.append(std::move(*joined));
    }
    news += events.applyList(calls);
    const std::optional<QStringList> ids = judge ? events.identified(calls) : std::nullopt;
    if (ids)
        events.forgetOthers(*ids);
    if (ids || !judge)
        snapshotDue = false;
    for (CallEvent &event : news) {
        if (!report(std::move(event)))
            return;
    }
    if (ids)
        reportSnapshot(*ids);
}

/// False when the handler stopped or deleted us.
bool BaresipCallSource::Private::report(CallEvent event)
{
    const QPointer<BaresipCallSource> source(q);
    event.sourceId = q->id();
    event.time = clock.now();
    event.monotonic = clock.monotonic();
    Q_EMIT q->callEvent(event);
    return source && source->d->state == State::Connected;
}

void BaresipCallSource::Private::reportSnapshot(const QStringList &ids)
{
    Q_EMIT q->snapshot(ids);
}

QString BaresipCallSource::Private::reasonText() const
{
    if (shortLives >= suspicious)
        return BaresipCallSource::tr("Another program keeps taking the control connection of baresip at %1, which serves only one "
                                     "program at a time. Close the other program or check Settings > Phone.")
            .arg(address());
    switch (lastLoss.value_or(BaresipLink::Loss::Unreachable)) {
    case BaresipLink::Loss::Closed:
        return BaresipCallSource::tr("baresip at %1 closed the connection. Check that it is still running.").arg(address());
    case BaresipLink::Loss::Silent:
        return BaresipCallSource::tr("baresip at %1 does not answer. Check that it is still running.").arg(address());
    case BaresipLink::Loss::Garbled:
        return BaresipCallSource::tr("What answers at %1 is not baresip. Check Settings > Phone.").arg(address());
    case BaresipLink::Loss::Unreachable:
        break;
    }
    return BaresipCallSource::tr("baresip is not running at %1. Start it with its ctrl_tcp module or check Settings > Phone.")
        .arg(address());
}

} // namespace ringside
