// SPDX-License-Identifier: Apache-2.0
#include "CreditMeter.h"

#include "Clock.h"
#include "CreditForecast.h"
#include "CreditWindow.h"
#include "HttpMessage.h"
#include "Logging.h"
#include "RateHints.h"
#include "WhenReady.h"

#include <QTimer>

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr auto keepAfter = 1s;
/// The CRM tells what is left only while more than half is used; when it stops, the last word is soon no longer true.
constexpr qint64 wordHoldsSeconds = 10 * 60;

} // namespace

class CreditMeter::Private
{
public:
    Private(CreditMeter *owner, const Clock &timeSource) : q(owner), clock(timeSource) {}

    void load();
    void keep();
    void renew();
    qint64 limit() const;

    CreditMeter *const q;
    const Clock &clock;
    CreditStore *store = nullptr;
    std::unique_ptr<QObject> loading; ///< Receives what is kept; another company's is not waited for any more.
    QString orgId;
    CreditWindow window;
    CreditForecast forecast;
    QTimer keepTimer;
    QDateTime toldAt;
    qint64 told = -1;
    qint64 mostTold = -1;
    qint64 toldLimit = -1;
    qint64 givenLimit = -1;
    qint64 oldestUnkept = -1; ///< Slot; -1 = all is kept.
    bool loaded = false;
    bool exhausted = false;
    CreditState state;
};

void CreditMeter::Private::load()
{
    loaded = false;
    if (!store || orgId.isEmpty())
        return;
    loading = std::make_unique<QObject>();
    const qint64 since = CreditWindow::oldestSlot(clock.now());
    whenReady(loading.get(), store->load(orgId, since), [this](const Result<QList<CreditUse>> &kept) {
        if (!kept) { // And none is kept: it would replace what is there by less.
            qCWarning(logHttp) << "the credits of earlier runs are not known:" << kept.error().code;
            return;
        }
        loaded = true;
        window.add(kept.value(), clock.now());
        keep();
        renew();
    });
}

// Not before the kept ones are here: a slot that both know of is kept as the sum.
void CreditMeter::Private::keep()
{
    keepTimer.stop();
    if (!loaded || oldestUnkept < 0)
        return;
    QList<CreditUse> uses = window.all();
    uses.removeIf([this](const CreditUse &use) { return use.slot < oldestUnkept; });
    oldestUnkept = -1;
    // Nobody waits for it: a slot that could not be kept makes the next run's count a little too small, no more.
    store->save(orgId, uses, CreditWindow::oldestSlot(clock.now()));
}

qint64 CreditMeter::Private::limit() const
{
    return toldLimit >= 0 ? toldLimit : givenLimit;
}

void CreditMeter::Private::renew()
{
    const QDateTime now = clock.now();
    CreditState next;
    next.used = window.total(now).credits;
    next.limit = limit();
    next.told = told >= 0;
    next.remaining = next.told ? told : next.limit >= 0 ? std::max<qint64>(next.limit - next.used, 0) : -1;
    next.lastsUntil = forecast.lastsUntil(next.remaining, window.hourlyRate(now, CreditForecast::span), now);
    // The CRM starts to tell at half: twice the most that it told is a fair guess at the whole.
    const qint64 whole = next.limit >= 0 ? next.limit : 2 * mostTold;
    next.level = exhausted ? CreditLevel::Exhausted
                           : CreditForecast::level(next.remaining, whole, next.lastsUntil, now);
    if (next == state)
        return;
    const CreditLevel before = std::exchange(state, next).level;
    if (before != next.level)
        Q_EMIT q->levelChanged(next.level);
    Q_EMIT q->changed();
}

CreditMeter::CreditMeter(const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, clock))
{
    d->keepTimer.setSingleShot(true);
    d->keepTimer.setInterval(keepAfter);
    connect(&d->keepTimer, &QTimer::timeout, this, [this] { d->keep(); });
}

CreditMeter::~CreditMeter()
{
    d->keep();
}

void CreditMeter::keepIn(CreditStore &store)
{
    d->store = &store;
    d->load();
}

void CreditMeter::setOrg(const QString &orgId)
{
    if (orgId.isEmpty() || orgId == d->orgId)
        return;
    if (!d->orgId.isEmpty()) {
        d->keep();
        d->window.clear();
        d->forecast.clear();
        d->told = d->mostTold = d->toldLimit = d->givenLimit = -1;
    }
    d->orgId = orgId;
    d->load();
    d->renew();
}

void CreditMeter::setLimit(qint64 credits)
{
    d->givenLimit = credits;
    d->renew();
}

void CreditMeter::spent(const HttpRequest &request)
{
    const QDateTime now = d->clock.now();
    d->window.add(creditCost(request), now);
    if (d->oldestUnkept < 0)
        d->oldestUnkept = CreditWindow::slotOf(now);
    if (!d->keepTimer.isActive())
        d->keepTimer.start();
    d->renew();
}

void CreditMeter::heard(const HttpReply &reply)
{
    const QDateTime now = d->clock.now();
    const RateHints hints = RateHints::of(reply, now);
    if (hints.limit >= 0)
        d->toldLimit = hints.limit;
    if (hints.remaining >= 0) {
        d->told = hints.remaining;
        d->mostTold = std::max(d->mostTold, hints.remaining);
        d->toldAt = now;
        d->forecast.told(hints.remaining, now);
    } else if (d->told >= 0 && d->toldAt.secsTo(now) > wordHoldsSeconds) {
        d->told = -1;
        d->forecast.clear();
    }
    d->renew();
}

void CreditMeter::setExhausted(bool exhausted)
{
    d->exhausted = exhausted;
    d->renew();
}

const CreditState &CreditMeter::state() const
{
    return d->state;
}

CreditUse CreditMeter::used(CreditKind kind) const
{
    return d->window.total(kind, d->clock.now());
}

} // namespace ringside
