// SPDX-License-Identifier: Apache-2.0
#include "HttpExchange.h"

#include "Connections.h"
#include "HttpLog.h"
#include "Logging.h"
#include "NetworkErrors.h"
#include "OneWayBody.h"

#include <QSslConfiguration>

namespace ringside {

namespace {

/// Whether QNetworkReply's error only restates an HTTP status, which is a value here. ContentReSendError stands among
/// them but means a lost connection: Qt wanted to send the body again and could not.
bool isStatus(QNetworkReply::NetworkError error)
{
    if (error == QNetworkReply::NoError || error == QNetworkReply::ProtocolInvalidOperationError)
        return true;
    if (error == QNetworkReply::ContentReSendError)
        return false;
    return (error > QNetworkReply::UnknownProxyError && error <= QNetworkReply::UnknownContentError) ||
           error > QNetworkReply::ProtocolFailure;
}

} // namespace

HttpExchange::HttpExchange(const HttpRequest &request, QObject *parent) : QObject(parent), m_request(request)
{
    m_promise.start();
    connect(&m_consumer, &QFutureWatcherBase::canceled, this,
            [this] { abortWith(Error{.kind = ErrorKind::Cancelled}); });
    m_consumer.setFuture(m_promise.future());
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        abortWith(Error{.kind = ErrorKind::Timeout,
                        .message = tr("%1 did not answer in time. Nothing on this computer is lost; check the network "
                                      "and try again.")
                                       .arg(m_request.url.host()),
                        .code = m_reply && !m_heard ? QStringLiteral("silence") : QString()});
    });
    m_elapsed.start();
    m_timeout.start(m_request.timeout); // Finding the way counts.
}

HttpExchange::~HttpExchange()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void HttpExchange::start(std::shared_ptr<Connections> connections, const Route &route)
{
    if (m_promise.future().isFinished())
        return; // Too late: it was waiting for its route.
    m_connections = std::move(connections);
    m_route = route;
    const QNetworkRequest request = networkRequest();
    if (m_request.method == HttpMethod::Get) {
        m_reply = m_connections->manager.get(request);
    } else {
        auto *body = new OneWayBody(m_request.body);
        m_reply = m_connections->manager.sendCustomRequest(request, httplog::methodName(m_request.method), body);
        body->setParent(m_reply);
        m_upload = body;
    }
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::readSome);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::conclude);
    connect(m_reply, &QNetworkReply::encrypted, this, [this] {
        m_connections->tlsErrors.remove(m_request.url.host());
        hear();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::readHead);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        hear();
        if (m_tlsErrors.isEmpty())
            m_tlsErrors = errors;
        m_connections->tlsErrors.insert(m_request.url.host(), errors);
    });
}

void HttpExchange::hear()
{
    if (!std::exchange(m_heard, true))
        Q_EMIT heard(m_route);
}

void HttpExchange::giveUp(const Error &error)
{
    if (!m_promise.future().isFinished())
        finish(error);
}

QNetworkRequest HttpExchange::networkRequest() const
{
    QNetworkRequest request(m_request.url);
    // HTTP/2 would bring its own rules for repeating a request.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Ringside/" RINGSIDE_VERSION));
    for (const auto &[name, value] : m_request.headers)
        request.setRawHeader(name, value);
    if (!m_route.roots.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(m_route.roots);
        request.setSslConfiguration(tls);
    }
    if (m_request.method != HttpMethod::Get) {
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        if (!m_request.contentType.isEmpty())
            request.setRawHeader(QByteArrayLiteral("Content-Type"), m_request.contentType);
    }
    return request;
}

void HttpExchange::readHead()
{
    hear();
    bool told = false;
    const qint64 length = m_reply->rawHeader(QByteArrayLiteral("Content-Length")).toLongLong(&told);
    if (told && length > m_request.mostReplyBytes)
        abortWith(tooLarge());
}

void HttpExchange::readSome()
{
    m_body += m_reply->readAll();
    if (m_body.size() <= m_request.mostReplyBytes)
        return;
    m_body.clear();
    abortWith(tooLarge());
}

Error HttpExchange::tooLarge() const
{
    return Error{.kind = ErrorKind::BadReply,
                 .message = tr("The answer from %1 is far larger than expected and was not read. Nothing on this "
                               "computer is lost; tell your administrator if it happens again.")
                                .arg(m_request.url.host()),
                 .code = QStringLiteral("too large")};
}

void HttpExchange::abortWith(const Error &error)
{
    if (m_failure || m_promise.future().isFinished())
        return;
    if (!m_reply) {
        finish(error);
        return;
    }
    m_failure = error;
    m_reply->abort(); // Emits finished, which brings us to conclude().
}

void HttpExchange::conclude()
{
    if (!m_failure && m_reply->bytesAvailable() > 0)
        m_body += m_reply->readAll();
    if (m_failure) {
        finish(*m_failure);
        return;
    }
    if (!isStatus(m_reply->error())) {
        finish(networkError());
        return;
    }
    HttpReply reply = takeReply();
    if (reply.body.size() > m_request.mostReplyBytes)
        finish(tooLarge());
    else if (isWhole(reply))
        finish(std::move(reply));
    else
        finish(networkError());
}

HttpReply HttpExchange::takeReply()
{
    HttpReply reply;
    reply.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto headers = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : headers)
        reply.headers.insert(name.toLower(), value);
    reply.body = std::exchange(m_body, {});
    return reply;
}

/// A connection that ended early must never look like a short answer.
bool HttpExchange::isWhole(const HttpReply &reply) const
{
    if (reply.status == 0)
        return false;
    if (reply.status == 204 || reply.status == 304 || reply.headers.contains(QByteArrayLiteral("content-encoding")))
        return true;
    bool told = false;
    const qint64 length = reply.headers.value(QByteArrayLiteral("content-length")).toLongLong(&told);
    return !told || reply.body.size() == length;
}

Error HttpExchange::networkError() const
{
    const QString host = m_request.url.host();
    if (m_reply->error() == QNetworkReply::SslHandshakeFailedError) {
        const QList<QSslError> errors = m_tlsErrors.isEmpty() ? m_connections->tlsErrors.value(host) : m_tlsErrors;
        if (!errors.isEmpty())
            return NetworkErrors::ofTls(errors, host);
    }
    return NetworkErrors::of(m_reply->error(), m_reply->errorString(), host, m_route.proxy);
}

void HttpExchange::finish(Result<HttpReply> result)
{
    m_timeout.stop();
    if (!result.ok() && m_request.method != HttpMethod::Get) {
        Error error = result.error();
        error.nothingSent = !m_upload || m_upload->isUntouched();
        result = error;
    }
    m_upload = nullptr;
    qCDebug(logHttp).noquote() << httplog::line(m_request, result, std::chrono::milliseconds(m_elapsed.elapsed()));
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    if (!result.ok())
        Q_EMIT failed(m_route, result.error());
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace ringside
