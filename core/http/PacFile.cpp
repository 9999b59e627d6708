// SPDX-License-Identifier: Apache-2.0
#include "PacFile.h"

#include "Clock.h"
#include "Logging.h"
#include "OutlivingPool.h"
#include "PacQuestion.h"
#include "ProxyList.h"
#include "SmallFile.h"
#include "WhenReady.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTimer>

namespace ringside {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr qint64 largestScript = 1024 * 1024;
constexpr auto fetchTimeout = 10s;
constexpr auto keptFor = 1h;
constexpr auto failureKeptFor = 1min;

} // namespace

PacFile::PacFile(const QUrl &url, const QList<QSslCertificate> &roots, const Clock &clock, QObject *parent)
    : QObject(parent), m_url(url), m_roots(roots), m_clock(clock), m_manager(new QNetworkAccessManager(this)),
      m_pool(makeOutlivingPool())
{
    m_manager->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    m_manager->setRedirectPolicy(QNetworkRequest::NoLessSafeRedirectPolicy);
    m_manager->setTransferTimeout(static_cast<int>(std::chrono::milliseconds(fetchTimeout).count()));
    m_pool->setMaxThreadCount(1);
}

PacFile::~PacFile()
{
    for (const auto &weak : std::as_const(m_questions)) {
        if (const auto question = weak.lock())
            question->interrupt();
    }
}

QFuture<Result<QList<QNetworkProxy>>> PacFile::proxiesFor(const QUrl &url)
{
    Waiting waiting;
    waiting.url = url;
    waiting.promise.start();
    const auto future = waiting.promise.future();
    if (m_clock.monotonic() < m_fresh) {
        answer(std::move(waiting));
        return future;
    }
    m_waiting.push_back(std::move(waiting));
    if (!m_fetching)
        fetch();
    return future;
}

Error PacFile::unreachable(const QString &why) const
{
    return Error{
        .kind = ErrorKind::Configuration,
        .message =
            tr("The proxy file %1 cannot be read (%2), so servers are tried without a proxy. Check its address in "
               "the settings, and the network.")
                .arg(m_url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery), why),
        .code = QStringLiteral("pac"),
        .detail = QStringLiteral("network/pac-url")};
}

void PacFile::fetch()
{
    m_fetching = true;
    if (m_url.isLocalFile()) {
        const auto read = inBackground<QByteArray>(
            m_pool, [path = m_url.toLocalFile()] { return readSmallFile(path, QStringLiteral("network/pac-url")); });
        whenReady(this, read, [this](const Result<QByteArray> &script) { fetched(script); });
        return;
    }
    QNetworkRequest request(m_url);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.addCaCertificates(m_roots);
    request.setSslConfiguration(tls);
    QNetworkReply *reply = m_manager->get(request);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > largestScript)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        if (reply->error() != QNetworkReply::NoError)
            fetched(unreachable(reply->errorString()));
        else
            fetched(reply->readAll());
    });
}

void PacFile::fetched(const Result<QByteArray> &script)
{
    m_fetching = false;
    if (script.ok())
        m_script = QString::fromUtf8(script.value());
    else
        m_failure = script.error();
    m_fresh = m_clock.monotonic() + (script.ok() ? milliseconds(keptFor) : milliseconds(failureKeptFor));
    auto waiting = std::exchange(m_waiting, {});
    for (Waiting &each : waiting)
        answer(std::move(each));
}

void PacFile::answer(Waiting waiting)
{
    if (m_script) { // An old file is better than none.
        ask(std::move(waiting));
        return;
    }
    waiting.promise.addResult(*m_failure);
    waiting.promise.finish();
}

void PacFile::ask(Waiting waiting)
{
    auto question = std::make_shared<PacQuestion>(*m_script, waiting.url);
    m_questions.removeIf([](const auto &weak) { return weak.expired(); });
    m_questions.append(question);
    auto *watch = new QTimer(this);
    watch->setSingleShot(true);
    connect(watch, &QTimer::timeout, this, [question] { question->interrupt(); });
    auto promise = std::make_shared<QPromise<Result<QList<QNetworkProxy>>>>(std::move(waiting.promise));
    const auto begun = std::make_shared<QPromise<Result<void>>>();
    begun->start();
    whenReady(watch, begun->future(), [watch](const Result<void> &) { watch->start(longestQuestion); });
    const auto told = inBackground<QString>(m_pool, [question, begun] {
        begun->finish();
        return question->answer();
    });
    whenReady(this, told, [watch, promise, host = waiting.url.host()](const Result<QString> &answer) {
        watch->deleteLater();
        qCDebug(logHttp).noquote() << "the proxy file says for" << host
                                   << (answer.ok() ? answer.value() : answer.error().message);
        promise->addResult(answer.ok() ? Result<QList<QNetworkProxy>>(proxyList(answer.value()))
                                       : Result<QList<QNetworkProxy>>(answer.error()));
        promise->finish();
    });
}

} // namespace ringside
