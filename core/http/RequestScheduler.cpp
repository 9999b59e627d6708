// SPDX-License-Identifier: Apache-2.0
#include "RequestScheduler.h"

#include "AccessTokens.h"
#include "Clock.h"
#include "CreditMeter.h"
#include "HttpClient.h"
#include "QuotaWatch.h"
#include "RateHints.h"
#include "RequestQueue.h"
#include "RetryPolicy.h"
#include "ScheduledRequest.h"
#include "WhenReady.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTimer>

#include <utility>

namespace ringside {

namespace {

using namespace std::chrono_literals;

/// The CRM's word for a token that is expired, evicted or revoked; the second spelling is from its pages.
bool refusesToken(const HttpReply &reply)
{
    if (reply.status != 401)
        return false;
    const QString code = QJsonDocument::fromJson(reply.body).object().value(QLatin1String("code")).toString();
    return code == QLatin1String("INVALID_TOKEN") || code == QLatin1String("INVALID_OAUTHTOKEN");
}

bool isUnreachable(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::Tls;
}

/// 401 and 429 are said before the CRM looks at the request; a lost connection mostly means that nothing arrived, and
/// an answer that was too large came all the same.
bool costsCredits(const Result<HttpReply> &outcome)
{
    if (!outcome.ok())
        return outcome.error().kind == ErrorKind::Timeout || outcome.error().kind == ErrorKind::BadReply;
    return outcome.value().status != 401 && outcome.value().status != 429;
}

} // namespace

class RequestScheduler::Private
{
public:
    Private(RequestScheduler *owner, HttpClient &httpClient, AccessTokens &accessTokens, const Clock &timeSource)
        : q(owner), client(httpClient), tokens(accessTokens), clock(timeSource), credits(timeSource)
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
    void refuseWaiting();
    void heard(const HttpReply &reply);
    void noteQuota(const HttpReply &reply, std::chrono::milliseconds pause);
    void noteDeadSignIn();
    Error spentError() const;
    void noteOnline(bool nowOnline);

    RequestScheduler *const q;
    HttpClient &client;
    AccessTokens &tokens;
    const Clock &clock;
    CreditMeter credits;
    QuotaWatch quota;
    RetryPolicy policy;
    std::function<double()> chance = [] { return QRandomGenerator::global()->generateDouble(); };
    RequestQueue queue;
    std::function<bool()> unproved;
    int inFlight = 0;
    int backgroundInFlight = 0;
    QTimer hold; ///< While it runs nothing is sent.
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

void RequestScheduler::setChance(std::function<double()> chance)
{
    d->chance = std::move(chance);
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

void RequestScheduler::setUnproved(std::function<bool()> unproved)
{
    d->unproved = std::move(unproved);
}

CreditMeter &RequestScheduler::credits()
{
    return d->credits;
}

void RequestScheduler::Private::setState(ScheduledRequest *request, ScheduledRequest::State state)
{
    const auto count = [this, request](int by) {
        inFlight += by;
        backgroundInFlight += RequestQueue::isBackground(request) ? by : 0;
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
    queue.add(request);
}

void RequestScheduler::Private::dispatch()
{
    while (!hold.isActive() && inFlight < maxInFlight && !queue.isEmpty()) {
        const auto now = clock.monotonic();
        if (quota.spent() && quota.untilProbe(now) > 0ms)
            return refuseWaiting();
        ScheduledRequest *request = queue.take(backgroundInFlight < maxInFlight - 1);
        if (!request)
            return;
        if (quota.spent())
            quota.probing(now);
        setState(request, ScheduledRequest::State::InFlight);
        begin(request);
    }
}

void RequestScheduler::Private::refuseWaiting()
{
    const QList<ScheduledRequest *> refused = queue.takeAll();
    for (ScheduledRequest *request : refused)
        conclude(request, spentError());
}

void RequestScheduler::Private::begin(ScheduledRequest *request)
{
    if (!request->request.authorized) {
        send(request, Secret());
        return;
    }
    if (unproved && unproved() && !request->request.provesIdentity) {
        conclude(request, Error{.kind = ErrorKind::SignedOut,
                                .message = tr("Ringside does not know yet whose sign-in this is and asks Zoho for nothing else "
                                              "until then. It tries again by itself.")});
        return;
    }
    whenReady(request, tokens.accessToken(), [this, request](const Result<Secret> &token) {
        if (request->state != ScheduledRequest::State::InFlight)
            return;
        if (!token) {
            tokenFailed(request, token.error());
            return;
        }
        send(request, token.value());
    });
}

void RequestScheduler::Private::tokenFailed(ScheduledRequest *request, const Error &error)
{
    if (isUnreachable(error.kind))
        noteOnline(false);
    conclude(request, error);
    if (error.kind == ErrorKind::SignedOut)
        noteDeadSignIn();
}

void RequestScheduler::Private::noteDeadSignIn()
{
    if (!std::exchange(signInAsked, true))
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

void RequestScheduler::Private::replied(ScheduledRequest *request, const Secret &token,
                                        const Result<HttpReply> &outcome)
{
    if (costsCredits(outcome))
        credits.spent(request->request);
    const bool tokenRefused = outcome.ok() && request->request.authorized && refusesToken(outcome.value());
    if (outcome.ok()) {
        heard(outcome.value());
        if (tokenRefused && !std::exchange(request->tokenRenewed, true)) {
            tokens.tokenRefused(token);
            begin(request);
            return;
        }
        if (request->request.authorized && !tokenRefused)
            signInAsked = false;
    }
    if (outcome.ok() && outcome.value().status == 429 && quota.spent()) {
        conclude(request, spentError());
        return;
    }
    if (backOff(request, outcome))
        return;
    if (!outcome.ok() && isUnreachable(outcome.error().kind))
        noteOnline(false);
    conclude(request, outcome);
    if (tokenRefused)
        noteDeadSignIn();
}

void RequestScheduler::Private::heard(const HttpReply &reply)
{
    noteOnline(true);
    credits.heard(reply);
    const auto pause = RateHints::of(reply, clock.now()).pause;
    noteQuota(reply, pause);
    if (pause > 0ms && policy.isShort(pause) && pause > hold.remainingTimeAsDuration())
        hold.start(pause);
}

void RequestScheduler::Private::noteQuota(const HttpReply &reply, std::chrono::milliseconds pause)
{
    if (reply.status == 429)
        quota.refused(clock.monotonic(), pause, RateHints::of(reply, clock.now()).remaining == 0);
    else if (reply.status != 401 && reply.status < 500) // The others say nothing about it.
        quota.accepted();
    credits.setExhausted(quota.spent());
}

Error RequestScheduler::Private::spentError() const
{
    return Error{.kind = ErrorKind::RateLimited,
                 .message = tr("Zoho CRM takes no more requests from your company for now: its daily allowance seems to "
                               "be used up. Calls and notes are kept and will be sent; Ringside asks again every few "
                               "minutes."),
                 .retryAfter = quota.untilProbe(clock.monotonic()),
                 .code = QStringLiteral("DAY_SPENT")};
}

bool RequestScheduler::Private::backOff(ScheduledRequest *request, const Result<HttpReply> &outcome)
{
    const auto delay = policy.delay(request->request, request->attempts, outcome, chance(), clock.now());
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
    queue.remove(request);
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

void RequestScheduler::Private::noteOnline(bool nowOnline)
{
    if (online == nowOnline)
        return;
    online = nowOnline;
    Q_EMIT q->onlineChanged(online);
}

} // namespace ringside
