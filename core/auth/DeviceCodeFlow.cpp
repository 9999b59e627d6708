// SPDX-License-Identifier: Apache-2.0
#include "DeviceCodeFlow.h"

#include "GrantedTokens.h"
#include "Logging.h"
#include "TokenEndpoint.h"
#include "WhenReady.h"

namespace ringside {

namespace {

using namespace std::chrono_literals;

/// What may be different at the next poll.
bool passes(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Timeout || kind == ErrorKind::ServerError ||
           kind == ErrorKind::BadReply;
}

} // namespace

class DeviceCodeFlow::Private
{
public:
    Private(DeviceCodeFlow *owner, Options flowOptions, TokenEndpoint &tokenEndpoint, std::unique_ptr<Alarm> pollAlarm)
        : q(owner), options(std::move(flowOptions)), endpoint(tokenEndpoint), alarm(std::move(pollAlarm))
    {
    }

    void ask();
    void granted(const DeviceGrant &given);
    void waitForNext();
    void expire();
    void poll();
    void polled(const Result<DevicePoll> &result);
    void goTo(const QString &location);
    void finish(const Result<TokenSet> &result);
    void setState(State newState);

    DeviceCodeFlow *const q;
    const Options options;
    TokenEndpoint &endpoint;
    std::unique_ptr<Alarm> alarm;
    std::unique_ptr<QObject> asking; ///< Receiver of the request under way; its death aborts it.
    DataCentre centre;               ///< Where the next poll goes.
    DeviceGrant grant;
    std::chrono::milliseconds interval{0};
    std::chrono::milliseconds left{0}; ///< Of the code's life, as far as we waited for it.
    bool moved = false;                ///< To another data centre; once is enough.
    State state = State::Idle;
};

DeviceCodeFlow::DeviceCodeFlow(Options options, TokenEndpoint &endpoint, std::unique_ptr<Alarm> alarm, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(options), endpoint, std::move(alarm)))
{
}

DeviceCodeFlow::~DeviceCodeFlow()
{
    d->alarm->stop();
}

void DeviceCodeFlow::start()
{
    if (d->state != State::Idle && d->state != State::Done)
        return;
    d->grant = {};
    d->moved = false;
    d->centre = d->options.dataCentres.home();
    d->ask();
}

void DeviceCodeFlow::cancel()
{
    if (d->state != State::Idle && d->state != State::Done)
        d->finish(Error{.kind = ErrorKind::Cancelled,
                        .message = tr("The sign-in was cancelled. You can sign in again at any time.")});
}

DeviceCodeFlow::State DeviceCodeFlow::state() const
{
    return d->state;
}

QString DeviceCodeFlow::userCode() const
{
    return d->grant.userCode;
}

QUrl DeviceCodeFlow::page() const
{
    return d->grant.page;
}

std::chrono::milliseconds DeviceCodeFlow::life() const
{
    return d->grant.life;
}

void DeviceCodeFlow::Private::ask()
{
    asking = std::make_unique<QObject>();
    whenReady(asking.get(), endpoint.deviceCode(centre.accounts, options.client, options.scopes),
              [this](const Result<DeviceGrant> &result) {
                  asking.release()->deleteLater(); // It is the one that is calling.
                  if (result.ok())
                      granted(result.value());
                  else
                      finish(result.error());
              });
    setState(State::AskingForCode);
}

void DeviceCodeFlow::Private::granted(const DeviceGrant &given)
{
    grant = given;
    interval = given.interval;
    left = given.life;
    waitForNext();
    setState(State::WaitingForPerson);
}

void DeviceCodeFlow::Private::waitForNext()
{
    if (left <= 0ms)
        return expire();
    left -= interval;
    alarm->ringIn(interval, [this] { poll(); });
}

void DeviceCodeFlow::Private::expire()
{
    finish(Error{
        .kind = ErrorKind::Timeout,
        .message =
            tr("The code was not entered in time, so Zoho no longer takes it. Nothing was lost; ask for a new code.")});
}

void DeviceCodeFlow::Private::poll()
{
    asking = std::make_unique<QObject>();
    whenReady(asking.get(), endpoint.pollDevice(centre.accounts, options.client, grant.deviceCode),
              [this](const Result<DevicePoll> &result) {
                  asking.release()->deleteLater(); // It is the one that is calling.
                  polled(result);
              });
}

void DeviceCodeFlow::Private::polled(const Result<DevicePoll> &result)
{
    using Outcome = DevicePoll::Outcome;
    if (!result.ok()) {
        if (passes(result.error().kind))
            waitForNext();
        else
            finish(result.error());
        return;
    }
    switch (result.value().outcome) {
    case Outcome::Granted:
        finish(grantedTokens(result.value().tokens, centre));
        break;
    case Outcome::SlowDown:
        interval += slowDown;
        waitForNext();
        break;
    case Outcome::Pending:
        waitForNext();
        break;
    case Outcome::Expired:
        expire();
        break;
    case Outcome::OtherDataCentre:
        goTo(result.value().location);
        break;
    }
}

/// The person has accepted there already, so the poll is repeated at once.
void DeviceCodeFlow::Private::goTo(const QString &location)
{
    const DataCentre *other = options.dataCentres.byLocation(location);
    if (!other || moved) {
        finish(Error{
            .kind = ErrorKind::Configuration,
            .message =
                tr("Your account is at a data centre that Ringside does not know (%1), so the client secret was not "
                   "sent there. Choose the right data centre in the settings, then sign in again.")
                    .arg(location.left(16)),
            .detail = QStringLiteral("zoho/data-centre")});
        return;
    }
    moved = true;
    centre = *other;
    poll();
}

void DeviceCodeFlow::Private::finish(const Result<TokenSet> &result)
{
    alarm->stop();
    asking.reset();
    grant.deviceCode = {};
    if (!result.ok())
        qCInfo(logAuth).noquote() << "the sign-in by device code ended:" << result.error().code
                                  << result.error().message;
    setState(State::Done);
    Q_EMIT q->finished(result);
}

void DeviceCodeFlow::Private::setState(State newState)
{
    state = newState;
    Q_EMIT q->stateChanged();
}

} // namespace ringside
