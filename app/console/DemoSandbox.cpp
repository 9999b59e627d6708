// SPDX-License-Identifier: Apache-2.0
#include "DemoSandbox.h"

#include "AuthorizationCodeFlow.h"
#include "HttpClient.h"
#include "Logging.h"
#include "WhenReady.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTimer>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

namespace ringside {

namespace {

constexpr std::chrono::seconds startTimeout{20};

QByteArray randomHex(qsizetype bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    QRandomGenerator *generator = QRandomGenerator::system();
    for (char &byte : random)
        byte = static_cast<char>(generator->bounded(256));
    return random.toHex();
}

} // namespace

DemoSandbox::DemoSandbox(HttpClient &http, QObject *parent) : QObject(parent), m_http(http)
{
    m_client.id = QStringLiteral("1000.DEMO%1").arg(QString::fromLatin1(randomHex(10)).toUpper());
    m_client.secret = Secret(randomHex(21));
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
#ifdef Q_OS_LINUX
    // A console that is killed must not leave a server behind.
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
#endif
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &DemoSandbox::readAddresses);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            finish(
                Error{.kind = ErrorKind::Internal,
                      .message = tr("The demo needs the program ringside-sandbox beside ringside, and it could not be "
                                    "started (%1). Install it again or build it.")
                                     .arg(m_process.errorString())});
        }
    });
    connect(&m_process, &QProcess::finished, this, [this] {
        finish(Error{.kind = ErrorKind::Internal,
                     .message = tr("The demo's sandbox ended by itself. Close Ringside and start the demo again.")});
    });
}

DemoSandbox::~DemoSandbox()
{
    m_process.disconnect(this);
    m_process.kill(); // It keeps nothing worth a tidy end.
}

void DemoSandbox::start()
{
    QTimer::singleShot(startTimeout, this, [this] {
        if (m_finished)
            return;
        finish(Error{
            .kind = ErrorKind::Timeout,
            .message = tr("The demo's sandbox did not start in time. Close other programs and start the demo again.")});
    });
    m_process.start(QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("ringside-sandbox")),
                    {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--ws-port"), QStringLiteral("0")});
}

QUrl DemoSandbox::phonePage() const
{
    return m_baseUrl.resolved(QUrl(QStringLiteral("/__sandbox/phone")));
}

void DemoSandbox::readAddresses()
{
    if (!m_baseUrl.isEmpty() || !m_process.canReadLine())
        return;
    const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
    const QStringList addresses = line.split(QLatin1Char(' '));
    if (addresses.size() != 2) {
        finish(Error{.kind = ErrorKind::Internal,
                     .message =
                         tr("The demo's sandbox did not say where it listens. Install Ringside again or build it.")});
        return;
    }
    m_baseUrl = QUrl(addresses.at(0));
    m_eventsUrl = QUrl(addresses.at(1));
    // For whoever drives the demo from a script.
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
    registerClient();
}

void DemoSandbox::registerClient()
{
    const QJsonObject body{
        {QStringLiteral("id"), m_client.id},
        {QStringLiteral("secret"), QString::fromLatin1(m_client.secret.reveal())},
        {QStringLiteral("type"), QStringLiteral("mobile")},
        {QStringLiteral("redirect_uris"), QJsonArray::fromStringList(AuthorizationCodeFlow::redirectUris())}};
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = m_baseUrl.resolved(QUrl(QStringLiteral("/__sandbox/client")));
    request.contentType = "application/json";
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    request.authorized = false;
    whenReady(this, m_http.send(request), [this](const Result<HttpReply> &reply) {
        if (reply && reply.value().status / 100 == 2) {
            finish({});
            return;
        }
        finish(Error{.kind = ErrorKind::Internal,
                     .message = tr("The demo's sandbox did not take Ringside's registration. Start the demo again.")});
    });
}

void DemoSandbox::finish(const Result<void> &result)
{
    if (m_finished) {
        if (!result)
            Q_EMIT lost(result.error().message);
        return;
    }
    m_finished = true;
    Q_EMIT started(result);
}

} // namespace ringside
