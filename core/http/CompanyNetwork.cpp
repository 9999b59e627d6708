// SPDX-License-Identifier: Apache-2.0
#include "CompanyNetwork.h"

#include "CertificateFile.h"
#include "Clock.h"
#include "Loopback.h"
#include "OutlivingPool.h"
#include "PacFile.h"
#include "ProxyCredentials.h"
#include "ProxyList.h"
#include "ProxySignIns.h"
#include "SecretStore.h"
#include "Settings.h"
#include "WhenReady.h"

#include <QHash>
#include <QNetworkProxyFactory>

#include <algorithm>
#include <vector>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr auto answerKept = 5min;
constexpr auto passedOver = 5min;
constexpr auto directKept = 1min; ///< Where nobody could say the way.

using Proxies = QList<QNetworkProxy>;
using Certificates = QList<QSslCertificate>;
using Promise = std::shared_ptr<QPromise<Result<Route>>>;

void finish(const Promise &promise, const Result<Route> &route)
{
    promise->addResult(route);
    promise->finish();
}

} // namespace

class CompanyNetwork::Private
{
public:
    Private(CompanyNetwork *owner, Settings &config, SecretStore &keychain, const Clock &timeSource)
        : q(owner), settings(config), secrets(keychain), clock(timeSource), credentials(config), signIns(timeSource)
    {
    }

    void read();
    void readPassword();
    void partRead();
    void answerWaiting();
    void answer(const QUrl &url, const Promise &promise);
    void find(const QUrl &url, const Promise &promise);
    void found(const QUrl &origin, const Result<Proxies> &proxies);
    void give(const Proxies &proxies, const QUrl &url, const Promise &promise);
    void tell(const QString &sentence);

    struct Known
    {
        Proxies proxies;
        std::chrono::milliseconds until;
    };

    CompanyNetwork *const q;
    Settings &settings;
    SecretStore &secrets;
    const Clock &clock;
    ProxyCredentials credentials;
    ProxySignIns signIns;
    int edition = 0; ///< Of user, password and settings: what routes of earlier ones report is no longer true.
    QString mode;
    Certificates roots;
    std::unique_ptr<PacFile> pac;
    std::unique_ptr<QObject> reading; ///< Receives what is being read; void once the settings change again.
    int partsToRead = 0;
    std::vector<std::pair<QUrl, Promise>> waiting; ///< For the settings, or for leave to open a tunnel.
    QHash<QUrl, std::vector<Promise>> asking;      ///< By origin: equal questions are asked once.
    QHash<QUrl, Known> known;
    QHash<QString, std::chrono::milliseconds> silent; ///< Proxies that did not answer, and until when they rest.
    QString told;
    QString toldOfWay; ///< What was told because nobody could say the way.
    const std::shared_ptr<QThreadPool> pool = makeOutlivingPool();
};

CompanyNetwork::CompanyNetwork(Settings &settings, SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, settings, secrets, clock))
{
    connect(&d->signIns, &ProxySignIns::leaveChanged, this, [this] { d->answerWaiting(); });
    d->read();
    connect(&settings, &Settings::changed, this, [this](SettingKey key) {
        switch (key) {
        case SettingKey::ProxyMode:
        case SettingKey::ProxyHost:
        case SettingKey::ProxyPort:
        case SettingKey::ProxyExceptions:
        case SettingKey::ProxyUser:
        case SettingKey::PacUrl:
        case SettingKey::RootCertificates:
            d->read();
            Q_EMIT changed();
            break;
        default:
            break;
        }
    });
}

CompanyNetwork::~CompanyNetwork() = default;

QFuture<Result<Route>> CompanyNetwork::routeTo(const QUrl &url)
{
    auto promise = std::make_shared<QPromise<Result<Route>>>();
    promise->start();
    if (d->partsToRead > 0)
        d->waiting.emplace_back(url, promise);
    else
        d->answer(url, promise);
    return promise->future();
}

void CompanyNetwork::reportReached(const Route &route)
{
    if (route.pass)
        d->signIns.reached(route.proxy, route.pass);
}

void CompanyNetwork::reportFailure(const QUrl &url, const Route &route, const Error &error)
{
    if (route.proxy.type() == QNetworkProxy::NoProxy)
        return;
    if (error.kind == ErrorKind::Cancelled) {
        d->signIns.givenUp(route.proxy, route.pass);
        return;
    }
    const bool refused = error.code == QLatin1String("proxy-password");
    if (refused)
        d->signIns.refused(route.proxy, error);
    else if (route.pass)
        d->signIns.broken(route.proxy);
    if (route.edition != d->edition)
        return;
    const bool hasOthers = d->known.take(originOf(url)).proxies.size() > 1;
    // One that drops packets looks like a server that is silent. Where there is another way, the next request takes it.
    const bool dropped = hasOthers && error.kind == ErrorKind::Timeout && error.code == QLatin1String("silence");
    if (dropped || error.code == QLatin1String("proxy-unreachable"))
        d->silent.insert(ProxyCredentials::nameOf(route.proxy), d->clock.monotonic() + passedOver);
    if (refused || error.code == QLatin1String("proxy-authentication"))
        d->credentials.asks(route.proxy);
    if (error.detail.startsWith(QLatin1String("network/")))
        d->tell(error.message);
}

QFuture<Result<void>> CompanyNetwork::storeProxyPassword(const Secret &password)
{
    ++d->edition;
    d->signIns.forget();
    d->tell({});
    if (const auto bound = d->credentials.enter(password); !bound)
        d->tell(bound.error().message);
    Q_EMIT changed();
    return password.isEmpty() ? d->secrets.remove(QLatin1String(secretKey::proxyPassword))
                              : d->secrets.write(QLatin1String(secretKey::proxyPassword), password);
}

void CompanyNetwork::Private::tell(const QString &sentence)
{
    if (sentence == told)
        return;
    told = sentence;
    Q_EMIT q->problem(sentence);
}

void CompanyNetwork::Private::read()
{
    ++edition;
    signIns.allBroken(); // changed() follows
    reading = std::make_unique<QObject>();
    for (auto questions = asking.cbegin(); questions != asking.cend(); ++questions) {
        for (const Promise &promise : questions.value())
            waiting.emplace_back(questions.key(), promise);
    }
    asking.clear();
    mode = settings.text(SettingKey::ProxyMode);
    known.clear();
    silent.clear();
    pac.reset();
    roots.clear();
    tell({});
    partsToRead = 1;
    const QString path = settings.text(SettingKey::RootCertificates);
    if (!path.isEmpty()) {
        ++partsToRead;
        const auto file = inBackground<Certificates>(pool, [path] { return readCertificateFile(path); });
        whenReady(reading.get(), file, [this](const Result<Certificates> &certificates) {
            if (certificates)
                roots = certificates.value();
            else
                tell(certificates.error().message);
            partRead();
        });
    }
    readPassword();
    partRead();
}

/// Only where one is wanted: a locked keychain must not keep a desk without proxy waiting.
void CompanyNetwork::Private::readPassword()
{
    if (!credentials.readUser())
        return;
    ++partsToRead;
    const auto kept = secrets.read(QLatin1String(secretKey::proxyPassword));
    whenReady(reading.get(), kept, [this, begun = edition](const Result<Secret> &read) {
        if (begun != edition) // Typed meanwhile, which counts more than what was kept.
            return partRead();
        if (read)
            credentials.setPassword(read.value());
        else if (read.error().kind != ErrorKind::NotFound)
            tell(read.error().message);
        partRead();
    });
}

void CompanyNetwork::Private::partRead()
{
    if (--partsToRead > 0)
        return;
    if (mode == QLatin1String("pac"))
        pac = std::make_unique<PacFile>(settings.url(SettingKey::PacUrl), roots, clock);
    answerWaiting();
}

void CompanyNetwork::Private::answerWaiting()
{
    if (partsToRead > 0)
        return;
    auto due = std::exchange(waiting, {});
    for (const auto &[url, promise] : due)
        answer(url, promise);
}

void CompanyNetwork::Private::answer(const QUrl &url, const Promise &promise)
{
    const Proxies direct{QNetworkProxy(QNetworkProxy::NoProxy)};
    if (isLoopbackHost(url.host()) || mode == QLatin1String("none"))
        return give(direct, url, promise);
    if (mode == QLatin1String("manual")) {
        const QNetworkProxy proxy = credentials.configured();
        const bool passes =
            proxy.hostName().isEmpty() || isProxyException(url.host(), settings.list(SettingKey::ProxyExceptions));
        return give(passes ? direct : Proxies{proxy}, url, promise);
    }
    const auto kept = known.constFind(originOf(url));
    if (kept != known.constEnd() && clock.monotonic() < kept->until)
        return give(kept->proxies, url, promise);
    find(url, promise);
}

void CompanyNetwork::Private::find(const QUrl &url, const Promise &promise)
{
    const QUrl origin = originOf(url);
    asking[origin].push_back(promise);
    if (asking[origin].size() > 1)
        return;
    const auto proxies = pac ? pac->proxiesFor(origin) : inBackground<Proxies>(pool, [origin] {
        return Result<Proxies>(QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(origin)));
    });
    whenReady(reading.get(), proxies, [this, origin](const Result<Proxies> &result) { found(origin, result); });
}

void CompanyNetwork::Private::found(const QUrl &origin, const Result<Proxies> &proxies)
{
    // Without a usable answer the direct way is tried: at home it works, in the company it fails and the sentence says
    // why.
    Known way{{QNetworkProxy(QNetworkProxy::NoProxy)}, clock.monotonic() + directKept};
    if (proxies.ok() && !proxies.value().isEmpty())
        way = {proxies.value(), clock.monotonic() + answerKept};
    known.insert(origin, way);
    if (!proxies.ok()) {
        toldOfWay = proxies.error().message;
        tell(toldOfWay);
    } else if (const QString before = std::exchange(toldOfWay, {}); !before.isEmpty() && told == before) {
        tell({});
    }
    const auto due = asking.take(origin);
    for (const Promise &promise : due)
        give(way.proxies, origin, promise);
}

void CompanyNetwork::Private::give(const Proxies &proxies, const QUrl &url, const Promise &promise)
{
    const auto answers = std::find_if(proxies.cbegin(), proxies.cend(), [this](const QNetworkProxy &proxy) {
        const auto rests = silent.constFind(ProxyCredentials::nameOf(proxy));
        return rests == silent.constEnd() || *rests <= clock.monotonic();
    });
    Route route{.proxy = credentials.signedIn(answers == proxies.cend() ? proxies.constFirst() : *answers),
                .roots = roots,
                .edition = edition};
    if (!route.proxy.user().isEmpty()) {
        if (promise->isCanceled())
            return;
        const auto leave = signIns.leaveFor(route.proxy, originOf(url));
        if (!leave) {
            tell(leave.error().message);
            return finish(promise, leave.error());
        }
        if (leave.value().wait) {
            waiting.emplace_back(url, promise);
            return;
        }
        route.pass = leave.value().pass;
    }
    finish(promise, route);
}

} // namespace ringside
