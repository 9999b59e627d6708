// SPDX-License-Identifier: Apache-2.0
#include "AccessTokenSource.h"

#include "Clock.h"
#include "Logging.h"
#include "RefreshBudget.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"
#include "WhenReady.h"

#include <QPromise>

#include <functional>
#include <vector>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr qint64 refreshBeforeSeconds = 60;
constexpr auto longestSilence = 1h;

} // namespace

class AccessTokenSource::Private
{
public:
    Private(AccessTokenSource *owner, TokenEndpoint &tokenEndpoint, TokenStore &tokenStore, const Clock &timeSource)
        : q(owner), endpoint(tokenEndpoint), store(tokenStore), clock(timeSource)
    {
    }

    void set(const std::optional<TokenSet> &newTokens);
    bool lives(qint64 seconds) const;
    bool isOfAnotherClient(const TokenSet &stored) const
    {
        return !stored.clientId.isEmpty() && !client.id.isEmpty() && stored.clientId != client.id;
    }
    std::optional<Error> refreshForbidden() const;
    void refresh();
    void refreshed(const Result<TokenSet> &result);
    void answerAll(const Result<Secret> &answer);
    void save();
    void revoke(const TokenSet &old, const std::function<void()> &done);
    void restoreBudget();

    AccessTokenSource *const q;
    TokenEndpoint &endpoint;
    TokenStore &store;
    const Clock &clock;
    ClientCredentials client;
    std::optional<TokenSet> tokens;
    std::optional<TokenSet> shown; ///< The same without the tokens.
    std::optional<TokenSet> replaced; ///< The sign-in before this one, until it is known whose this one is.
    RefreshBudget budget;
    std::vector<QPromise<Result<Secret>>> waiting;
    std::unique_ptr<QObject> refreshing; ///< The receiver of the refresh under way; its death abandons it.
    bool refused = false;                ///< The CRM refused the access token that we have.
    bool dead = false;                   ///< Zoho refused the refresh token.
};

AccessTokenSource::AccessTokenSource(TokenEndpoint &endpoint, TokenStore &store, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, endpoint, store, clock))
{
}

AccessTokenSource::~AccessTokenSource() = default;

QFuture<Result<void>> AccessTokenSource::load()
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    whenReady(this, d->store.load(), [this, promise](const Result<TokenSet> &result) {
        if (result.ok() && d->isOfAnotherClient(result.value())) {
            d->set(std::nullopt);
            promise->addResult(Error{.kind = ErrorKind::SignedOut,
                                     .message = tr("The kept sign-in belongs to another client ID than the settings name. Sign "
                                                   "in again; calls and notes are kept.")});
            promise->finish();
            return;
        }
        if (result.ok()) {
            d->set(result.value());
            d->restoreBudget();
        } else if (result.error().kind == ErrorKind::NotFound) {
            d->set(std::nullopt);
        }
        promise->addResult(result.ok() ? Result<void>() : Result<void>(result.error()));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<void>> AccessTokenSource::adopt(const TokenSet &tokens)
{
    TokenSet owned = tokens;
    owned.clientId = d->client.id;
    if (d->tokens && !d->dead && d->tokens->refreshToken != owned.refreshToken)
        d->replaced = d->tokens;
    d->set(owned);
    d->answerAll(owned.accessToken);
    return d->store.save(owned);
}

QFuture<Result<void>> AccessTokenSource::signOut()
{
    if (d->tokens && !d->dead)
        d->revoke(*d->tokens, [this] { Q_EMIT revokeFinished(); });
    else
        QMetaObject::invokeMethod(this, &AccessTokenSource::revokeFinished, Qt::QueuedConnection);
    d->replaced.reset();
    d->set(std::nullopt);
    d->answerAll(Error{.kind = ErrorKind::SignedOut, .message = tr("You are signed out. Sign in to reach the CRM; calls and notes are kept.")});
    return d->store.clear();
}

void AccessTokenSource::setOwner(const QString &userId, const QString &orgId)
{
    if (const auto before = std::exchange(d->replaced, std::nullopt);
        before && d->tokens && before->userId == userId && before->orgId == orgId &&
        before->accountsServer == d->tokens->accountsServer)
        d->revoke(*before, [] {});
    if (!d->tokens || (d->tokens->userId == userId && d->tokens->orgId == orgId))
        return;
    d->tokens->userId = userId;
    d->tokens->orgId = orgId;
    d->shown->userId = userId;
    d->shown->orgId = orgId;
    d->save();
}

void AccessTokenSource::setClient(const ClientCredentials &client)
{
    d->client = client;
}

bool AccessTokenSource::signedIn() const
{
    return d->tokens.has_value() && !d->dead;
}

const std::optional<TokenSet> &AccessTokenSource::current() const
{
    return d->shown;
}

QFuture<Result<Secret>> AccessTokenSource::accessToken()
{
    if (!d->refused && d->lives(refreshBeforeSeconds))
        return readyFuture<Secret>(d->tokens->accessToken);
    if (!d->refreshing) {
        if (const auto forbidden = d->refreshForbidden()) {
            // The last minute of a token is as good as any other when no new one can be had.
            if (!d->refused && d->lives(0))
                return readyFuture<Secret>(d->tokens->accessToken);
            return failedFuture<Secret>(*forbidden);
        }
    }
    QPromise<Result<Secret>> &promise = d->waiting.emplace_back();
    promise.start();
    const QFuture<Result<Secret>> future = promise.future();
    d->refresh();
    return future;
}

void AccessTokenSource::tokenRefused(const Secret &token)
{
    if (d->tokens && d->tokens->accessToken == token)
        d->refused = true;
}

void AccessTokenSource::Private::set(const std::optional<TokenSet> &newTokens)
{
    refreshing.reset();
    const bool was = q->signedIn();
    tokens = newTokens;
    shown = newTokens;
    if (shown) {
        shown->accessToken = {};
        shown->refreshToken = {};
    }
    refused = false;
    dead = false;
    if (was != q->signedIn())
        Q_EMIT q->signedInChanged();
}

bool AccessTokenSource::Private::lives(qint64 seconds) const
{
    return tokens && !dead && !tokens->accessToken.isEmpty() && clock.now().secsTo(tokens->expiresAt) > seconds;
}

std::optional<Error> AccessTokenSource::Private::refreshForbidden() const
{
    if (!tokens || dead) {
        return Error{.kind = ErrorKind::SignedOut,
                     .message = dead ? tr("Zoho no longer accepts this sign-in. Sign in again; calls and notes are kept.")
                                     : tr("Nobody is signed in. Sign in to reach the CRM; calls and notes are kept.")};
    }
    if (client.id.isEmpty() || client.secret.isEmpty()) {
        return Error{.kind = ErrorKind::Configuration,
                     .message = tr("The client ID or the client secret is missing, so the sign-in cannot be renewed. Enter "
                                   "them in the settings; calls and notes are kept."),
                     .detail = client.id.isEmpty() ? QStringLiteral("zoho/client-id") : QStringLiteral("zoho/client-secret")};
    }
    const auto wait = budget.wait(clock.monotonic());
    if (wait > 0ms) {
        return Error{.kind = ErrorKind::Throttled,
                     .message = tr("The sign-in was renewed too often in the last ten minutes, so Ringside waits before it asks "
                                   "Zoho again. The sign-in is still good and nothing is lost."),
                     .retryAfter = wait};
    }
    return std::nullopt;
}

void AccessTokenSource::Private::refresh()
{
    if (refreshing)
        return;
    refreshing = std::make_unique<QObject>();
    budget.spend(clock.monotonic());
    tokens->refreshedAt.append(clock.now());
    if (tokens->refreshedAt.size() > RefreshBudget::mostRefreshes)
        tokens->refreshedAt.removeFirst();
    save(); // Before the answer: a program that is started again and again must not ask each time.
    qCDebug(logAuth) << "renewing the access token";
    whenReady(refreshing.get(), endpoint.refresh(tokens->accountsServer, client, tokens->refreshToken),
              [this](const Result<TokenSet> &result) {
                  refreshing.release()->deleteLater(); // It is the one that is calling.
                  refreshed(result);
              });
}

void AccessTokenSource::Private::refreshed(const Result<TokenSet> &result)
{
    if (result.ok()) {
        const TokenSet &fresh = result.value();
        tokens->accessToken = fresh.accessToken;
        tokens->expiresAt = fresh.expiresAt;
        if (!fresh.refreshToken.isEmpty())
            tokens->refreshToken = fresh.refreshToken;
        if (!fresh.apiDomain.isEmpty())
            tokens->apiDomain = fresh.apiDomain;
        if (!fresh.scope.isEmpty())
            tokens->scope = fresh.scope;
        set(TokenSet(*tokens));
        save();
        answerAll(tokens->accessToken);
        return;
    }
    const Error &error = result.error();
    qCInfo(logAuth).noquote() << "the access token was not renewed:" << error.code << error.message;
    if (error.nothingSent) { // An outage must not use up what is needed at its end.
        budget.takeBack();
        tokens->refreshedAt.removeLast();
        save();
    }
    if (error.kind == ErrorKind::Throttled) {
        budget.holdUntil(clock.monotonic() + error.retryAfter);
        tokens->silentUntil = clock.now().addMSecs(error.retryAfter.count());
        save();
    }
    if (error.kind == ErrorKind::SignedOut) {
        dead = true;
        answerAll(error);
        Q_EMIT q->signedInChanged();
        return;
    }
    if (!refused && lives(0))
        answerAll(tokens->accessToken);
    else
        answerAll(error);
}

void AccessTokenSource::Private::answerAll(const Result<Secret> &answer)
{
    auto answered = std::exchange(waiting, {});
    for (QPromise<Result<Secret>> &promise : answered) {
        promise.addResult(answer);
        promise.finish();
    }
}

/// The wall clock may have jumped between two runs; the budget never waits longer than Zoho counts for that.
void AccessTokenSource::Private::restoreBudget()
{
    const QDateTime now = clock.now();
    for (const QDateTime &time : std::as_const(tokens->refreshedAt)) {
        const std::chrono::milliseconds age(std::max<qint64>(0, time.msecsTo(now)));
        if (time.isValid() && age < RefreshBudget::window)
            budget.spend(clock.monotonic() - age);
    }
    const std::chrono::milliseconds silence(tokens->silentUntil.isValid() ? now.msecsTo(tokens->silentUntil) : 0);
    if (silence > 0ms)
        budget.holdUntil(clock.monotonic() + std::min<std::chrono::milliseconds>(silence, longestSilence));
}

/// Best effort, in the background: what Zoho answers changes nothing here.
void AccessTokenSource::Private::revoke(const TokenSet &old, const std::function<void()> &done)
{
    const auto finish = [done](const Result<void> &revoked) {
        if (!revoked)
            qCInfo(logAuth).noquote() << "the sign-in could not be revoked:" << revoked.error().code << revoked.error().message;
        done();
    };
    whenReady(q, endpoint.revoke(old.accountsServer, old.refreshToken), [this, old, finish](const Result<void> &first) {
        if (first)
            return finish(first);
        const auto again = endpoint.revokeAsClient(old.accountsServer, client, old.refreshToken);
        whenReady(q, again, [this, old, finish](const Result<void> &second) {
            if (second)
                return finish(second);
            // The refresh token lives on; the access token need not.
            whenReady(q, endpoint.revoke(old.accountsServer, old.accessToken), finish);
        });
    });
}

void AccessTokenSource::Private::save()
{
    whenReady(q, store.save(*tokens), [](const Result<void> &saved) {
        if (!saved)
            qCWarning(logAuth).noquote() << "the renewed token is kept for this run only:" << saved.error().message;
    });
}

} // namespace ringside
