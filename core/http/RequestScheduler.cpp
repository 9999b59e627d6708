// SPDX-License-Identifier: Apache-2.0
#include "RequestScheduler.h"

#include "AccessTokens.h"
#include "Clock.h"
#include "HttpClient.h"
#include "RetryPolicy.h"
#include "ScheduledRequest.h"
#include "WhenReady.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace ringside {

namespace {

/// The CRM's word for a token that is expired, evicted or revoked; the second spelling is from its pages.
bool refusesToken(const HttpReply &reply)
{
    if (reply.status != 401)
        return false;
    const QString code = QJsonDocument::fromJson(reply.body).object().value(QLatin1String("code")).toString();
    return code == QLatin1String("INVALID_TOKEN") || code == QLatin1String("INVALID_OAUTHTOKEN");
}

bool isBackground(const ScheduledRequest *request)
{
    return request->request.priority >= RequestPriority::Refresh;
}

bool isUnreachable(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Tls;
}

qint64 firstNumber(const HttpReply &reply, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        bool told = false;
        const qint64 number = reply.headers.value(name).trimmed().toLongLong(&told);
        if (told && number >= 0)
            return number;
    }
    return -1;
}

} // namespace

class RequestScheduler::Private
{
public:
    Private(RequestScheduler *owner, HttpClient &httpClient, AccessTokens &accessTokens, const Clock &timeSource)
        : q(owner), client(httpClient), tokens(accessTokens), clock(timeSource)
    {
    }

    void dispatch();
    void begin(ScheduledRequest *request);
    void send(ScheduledRequest *request, const Secret &token);
    void replied(ScheduledRequest *request, const Secret &token, const Result<HttpReply> &outcome);
    void tokenFailed(ScheduledRequest *request, const Error &error);
    bool backOff(ScheduledRequest *request, const Result<HttpReply> &outcome);
    void wait(ScheduledRequest *request);
    void withdraw(ScheduledRequest *request);
    void conclude(ScheduledRequest *request, const Result<HttpReply> &outcome);
    void setState(ScheduledRequest *request, ScheduledRequest::State state);
    void noteCredits(const HttpReply &reply);
    void noteOnline(bool nowOnline);

    RequestScheduler *const q;
    HttpClient &client;
    AccessTokens &tokens;
    const Clock &clock;
    RetryPolicy policy;
    QList<ScheduledRequest *> waiting; ///< By priority, then by age.
    int inFlight = 0;
    int backgroundInFlight = 0;
    QTimer hold; ///< While it runs nothing is sent.
    qint64 creditsRemaining = -1;
    qint64 creditsLimit = -1;
    bool online = true;
    bool signInAsked = false;
};

RequestScheduler::RequestScheduler(HttpClient &client, AccessTokens &tokens, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, client, tokens, clock))
{
    d->hold.setSingleShot(true);
    connect(&d->hold, &QTimer::timeout, this, [this] { d->dispatch(); });
}

RequestScheduler::~RequestScheduler()
{
    // While what they refer to is still alive.
    qDeleteAll(findChildren<ScheduledRequest *>(QString(), Qt::FindDirectChildrenOnly));
}

void RequestScheduler::setRetryPolicy(const RetryPolicy &policy)
{
    d->policy = policy;
}

QFuture<Result<HttpReply>> RequestScheduler::enqueue(const HttpRequest &request)
{
    auto *scheduled = new ScheduledRequest(request, this);
    connect(scheduled, &ScheduledRequest::withdrawn, this, [this, scheduled] { d->withdraw(scheduled); });
    const QFuture<Result<HttpReply>> future = scheduled->future();
    d->wait(scheduled);
    d->dispatch();
    return future;
}

qint64 RequestScheduler::creditsRemaining() const
{
    return d->creditsRemaining;
}

qint64 RequestScheduler::creditsLimit() const
{
    return d->creditsLimit;
}

void RequestScheduler::Private::setState(ScheduledRequest *request, ScheduledRequest::State state)
{
    const auto count = [this, request](int by) {
        inFlight += by;
        backgroundInFlight += isBackground(request) ? by : 0;
    };
    if (request->state == ScheduledRequest::State::InFlight)
        count(-1);
    if (state == ScheduledRequest::State::InFlight)
        count(+1);
    request->state = state;
}

void RequestScheduler::Private::wait(ScheduledRequest *request)
{
    setState(request, ScheduledRequest::State::Waiting);
    const auto place = std::upper_bound(waiting.begin(), waiting.end(), request, [](const auto *a, const auto *b) {
        return a->request.priority < b->request.priority;
    });
    waiting.insert(place, request);
}

void RequestScheduler::Private::dispatch()
{
    while (!hold.isActive() && inFlight < maxInFlight && !waiting.isEmpty()) {
        // By priority: where the first is background work, so is the rest.
        if (isBackground(waiting.first()) && backgroundInFlight >= maxInFlight - 1)
            return;
        ScheduledRequest *request = waiting.takeFirst();
        setState(request, ScheduledRequest::State::InFlight);
        begin(request);
    }
}

void RequestScheduler::Private::begin(ScheduledRequest *request)
{
    if (!request->request.authorized) {
        send(request, Secret());
        return;
    }
    whenReady(request, tokens.accessToken(), [this, request](const Result<Secret> &token) {
        if (request->state != ScheduledRequest::State::InFlight)
            return;
        if (!token) {
            tokenFailed(request, token.error());
            return;
        }
        signInAsked = false;
        send(request, token.value());
    });
}

void RequestScheduler::Private::tokenFailed(ScheduledRequest *request, const Error &error)
{
    if (isUnreachable(error.kind))
        noteOnline(false);
    const bool ask = error.kind == ErrorKind::SignedOut && !std::exchange(signInAsked, true);
    conclude(request, error);
    if (ask)
        Q_EMIT q->signInNeeded();
}

void RequestScheduler::Private::send(ScheduledRequest *request, const Secret &token)
{
    ++request->attempts;
    HttpRequest http = request->request;
    if (request->request.authorized)
        http.headers.append({QByteArrayLiteral("Authorization"), QByteArrayLiteral("Zoho-oauthtoken ") + token.reveal()});
    whenReady(request, client.send(http), [this, request, token](const Result<HttpReply> &outcome) {
        if (request->state == ScheduledRequest::State::InFlight)
            replied(request, token, outcome);
    });
}

void RequestScheduler::Private::replied(ScheduledRequest *request, const Secret &token, const Result<HttpReply> &outcome)
{
    if (outcome.ok()) {
        noteOnline(true);
        noteCredits(outcome.value());
        if (request->request.authorized && !request->tokenRenewed && refusesToken(outcome.value())) {
            request->tokenRenewed = true;
            tokens.tokenRefused(token);
            begin(request);
            return;
        }
    }
    if (backOff(request, outcome))
        return;
    if (!outcome.ok() && isUnreachable(outcome.error().kind))
        noteOnline(false);
    conclude(request, outcome);
}

bool RequestScheduler::Private::backOff(ScheduledRequest *request, const Result<HttpReply> &outcome)
{
    const auto delay = policy.delay(request->request.method, request->attempts, outcome,
                                    QRandomGenerator::global()->generateDouble(), clock.now());
    if (outcome.ok() && outcome.value().status == 429) {
        const auto told = RetryPolicy::retryAfter(outcome.value(), clock.now());
        if (policy.isShort(told) && told > hold.remainingTimeAsDuration())
            hold.start(told);
    }
    if (!delay)
        return false;
    setState(request, ScheduledRequest::State::BackingOff);
    QTimer::singleShot(*delay, request, [this, request] {
        if (request->state != ScheduledRequest::State::BackingOff)
            return;
        wait(request);
        dispatch();
    });
    dispatch();
    return true;
}

void RequestScheduler::Private::withdraw(ScheduledRequest *request)
{
    waiting.removeOne(request);
    conclude(request, Error{.kind = ErrorKind::Cancelled});
}

void RequestScheduler::Private::conclude(ScheduledRequest *request, const Result<HttpReply> &outcome)
{
    if (request->state == ScheduledRequest::State::Done)
        return;
    setState(request, ScheduledRequest::State::Done);
    request->conclude(outcome);
    dispatch();
}

void RequestScheduler::Private::noteCredits(const HttpReply &reply)
{
    const qint64 remaining = firstNumber(reply, {"x-api-credits-remaining", "x-ratelimit-day-remaining", "x-ratelimit-remaining"});
    const qint64 limit = firstNumber(reply, {"x-ratelimit-day-limit", "x-ratelimit-limit"});
    // Not every reply tells; what was told last stands.
    const qint64 newRemaining = remaining < 0 ? creditsRemaining : remaining;
    const qint64 newLimit = limit < 0 ? creditsLimit : limit;
    if (newRemaining == creditsRemaining && newLimit == creditsLimit)
        return;
    creditsRemaining = newRemaining;
    creditsLimit = newLimit;
    Q_EMIT q->creditsChanged();
}

void RequestScheduler::Private::noteOnline(bool nowOnline)
{
    if (online == nowOnline)
        return;
    online = nowOnline;
    Q_EMIT q->onlineChanged(online);
}

} // namespace ringside
