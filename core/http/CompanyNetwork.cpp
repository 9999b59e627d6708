// SPDX-License-Identifier: Apache-2.0
#include "CompanyNetwork.h"

#include "InBackground.h"
#include "Loopback.h"
#include "PacFile.h"
#include "ProxyList.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SmallFile.h"
#include "WhenReady.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QNetworkProxyFactory>

#include <algorithm>
#include <vector>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr auto answerKept = 5min;
constexpr auto passedOver = 5min;
constexpr auto silenceAfterRefusal = 10min;

using Proxies = QList<QNetworkProxy>;

Result<QList<QSslCertificate>> certificatesOf(const Result<QByteArray> &pem, const QString &path)
{
    if (!pem)
        return pem.error();
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(pem.value(), QSsl::Pem);
    if (certificates.isEmpty() ||
        std::any_of(certificates.cbegin(), certificates.cend(), [](const auto &one) { return one.isNull(); })) {
        return Error{
            .kind = ErrorKind::Configuration,
            .message = CompanyNetwork::tr("The file %1 has no certificates in PEM form, so none of it is trusted. Name "
                                          "another file in the settings.")
                           .arg(path),
            .detail = QStringLiteral("network/root-certificates")};
    }
    return certificates;
}

QString nameOf(const QNetworkProxy &proxy)
{
    return QStringLiteral("%1:%2").arg(proxy.hostName()).arg(proxy.port());
}

} // namespace

class CompanyNetwork::Private
{
public:
    Private(CompanyNetwork *owner, const Settings &config, SecretStore &keychain)
        : q(owner), settings(config), secrets(keychain)
    {
    }

    void read();
    void readPassword();
    void partRead();
    void answer(const QUrl &url, const std::shared_ptr<QPromise<Result<Route>>> &promise);
    void find(const QUrl &url, const std::shared_ptr<QPromise<Result<Route>>> &promise);
    void found(const QUrl &url, const Result<Proxies> &proxies,
               const std::shared_ptr<QPromise<Result<Route>>> &promise);
    Result<Route> routeThrough(const Proxies &proxies);
    void tell(const QString &sentence);

    struct Known
    {
        Proxies proxies;
        QDeadlineTimer until;
    };

    CompanyNetwork *const q;
    const Settings &settings;
    SecretStore &secrets;
    QString mode;
    QString user;
    Secret password;
    QList<QSslCertificate> roots;
    std::unique_ptr<PacFile> pac;
    std::unique_ptr<QObject> reading; ///< Receives what is being read; void once the settings change again.
    int partsToRead = 0;
    std::vector<std::pair<QUrl, std::shared_ptr<QPromise<Result<Route>>>>> waiting;
    QHash<QUrl, Known> known;
    QHash<QString, QDeadlineTimer> silent; ///< Proxies that did not answer.
    std::optional<Error> refusal;
    QDeadlineTimer refusalHolds{0};
    QString told;
    QThreadPool pool;
};

CompanyNetwork::CompanyNetwork(const Settings &settings, SecretStore &secrets, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, settings, secrets))
{
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

CompanyNetwork::~CompanyNetwork()
{
    d->pac.reset();
    d->pool.waitForDone(); // The system's resolver of proxies ends by itself.
}

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

void CompanyNetwork::reportFailure(const QUrl &url, const Route &route, const Error &error)
{
    if (route.proxy.type() == QNetworkProxy::NoProxy)
        return;
    d->known.remove(originOf(url));
    if (error.code == QLatin1String("proxy-unreachable"))
        d->silent.insert(nameOf(route.proxy), QDeadlineTimer(passedOver));
    if (error.code == QLatin1String("proxy-password")) {
        d->refusal = error;
        d->refusalHolds.setRemainingTime(silenceAfterRefusal);
    }
    if (error.detail.startsWith(QLatin1String("network/")))
        d->tell(error.message);
}

QFuture<Result<void>> CompanyNetwork::storeProxyPassword(const Secret &password)
{
    d->password = password;
    d->refusal.reset();
    d->tell({});
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
    reading = std::make_unique<QObject>();
    mode = settings.text(SettingKey::ProxyMode);
    known.clear();
    silent.clear();
    refusal.reset();
    pac.reset();
    roots.clear();
    tell({});
    partsToRead = 1;
    const QString path = settings.text(SettingKey::RootCertificates);
    if (!path.isEmpty()) {
        ++partsToRead;
        const auto file = inBackground<QByteArray>(
            pool, [path] { return readSmallFile(path, QStringLiteral("network/root-certificates")); });
        whenReady(reading.get(), file, [this, path](const Result<QByteArray> &pem) {
            const auto certificates = certificatesOf(pem, path);
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
    if (user != settings.text(SettingKey::ProxyUser))
        password = {};
    user = settings.text(SettingKey::ProxyUser);
    if (user.isEmpty() || mode == QLatin1String("none"))
        return;
    ++partsToRead;
    whenReady(reading.get(), secrets.read(QLatin1String(secretKey::proxyPassword)), [this](const Result<Secret> &read) {
        if (read)
            password = read.value();
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
        pac = std::make_unique<PacFile>(settings.url(SettingKey::PacUrl), roots);
    auto due = std::exchange(waiting, {});
    for (const auto &[url, promise] : due)
        answer(url, promise);
}

void CompanyNetwork::Private::answer(const QUrl &url, const std::shared_ptr<QPromise<Result<Route>>> &promise)
{
    const auto give = [&promise](const Result<Route> &route) {
        promise->addResult(route);
        promise->finish();
    };
    if (isLoopbackHost(url.host()) || mode == QLatin1String("none"))
        return give(Route{.proxy = QNetworkProxy(QNetworkProxy::NoProxy), .roots = roots});
    if (mode == QLatin1String("manual")) {
        const QString host = settings.text(SettingKey::ProxyHost);
        if (host.isEmpty() || isProxyException(url.host(), settings.list(SettingKey::ProxyExceptions)))
            return give(routeThrough({QNetworkProxy(QNetworkProxy::NoProxy)}));
        const auto port = static_cast<quint16>(settings.integer(SettingKey::ProxyPort));
        return give(routeThrough({QNetworkProxy(QNetworkProxy::HttpProxy, host, port)}));
    }
    const auto kept = known.constFind(originOf(url));
    if (kept != known.constEnd() && !kept->until.hasExpired())
        return give(routeThrough(kept->proxies));
    find(url, promise);
}

void CompanyNetwork::Private::find(const QUrl &url, const std::shared_ptr<QPromise<Result<Route>>> &promise)
{
    const auto proxies = pac ? pac->proxiesFor(url) : inBackground<Proxies>(pool, [url] {
        return Result<Proxies>(QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url)));
    });
    whenReady(q, proxies, [this, url, promise](const Result<Proxies> &result) { found(url, result, promise); });
}

void CompanyNetwork::Private::found(const QUrl &url, const Result<Proxies> &proxies,
                                    const std::shared_ptr<QPromise<Result<Route>>> &promise)
{
    if (!proxies.ok() && proxies.error().kind == ErrorKind::Cancelled) { // The settings changed meanwhile.
        if (partsToRead > 0)
            waiting.emplace_back(url, promise);
        else
            answer(url, promise);
        return;
    }
    // Without a usable answer the direct way is tried: at home it works, in the company it fails and the sentence says
    // why.
    Proxies usable{QNetworkProxy(QNetworkProxy::NoProxy)};
    if (proxies.ok() && !proxies.value().isEmpty()) {
        usable = proxies.value();
        known.insert(originOf(url), {usable, QDeadlineTimer(answerKept)});
    } else if (!proxies.ok()) {
        tell(proxies.error().message);
    }
    promise->addResult(routeThrough(usable));
    promise->finish();
}

Result<Route> CompanyNetwork::Private::routeThrough(const Proxies &proxies)
{
    const auto answers = std::find_if(proxies.cbegin(), proxies.cend(), [this](const QNetworkProxy &proxy) {
        return silent.value(nameOf(proxy), QDeadlineTimer(0)).hasExpired();
    });
    Route route{.proxy = answers == proxies.cend() ? proxies.constFirst() : *answers, .roots = roots};
    if (route.proxy.type() == QNetworkProxy::NoProxy)
        return route;
    if (refusal && !refusalHolds.hasExpired())
        return *refusal;
    if (route.proxy.user().isEmpty() && !user.isEmpty()) {
        route.proxy.setUser(user);
        route.proxy.setPassword(QString::fromUtf8(password.reveal()));
    }
    return route;
}

} // namespace ringside
