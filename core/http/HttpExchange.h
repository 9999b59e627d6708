// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "Result.h"
#include "Routes.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QPromise>
#include <QSslError>
#include <QTimer>

#include <memory>
#include <optional>

namespace ringside {

struct Connections;
class OneWayBody;

/// One request under way: waits for its route, moves bytes, keeps the time and size limits, and turns the outcome into
/// a Result. Belongs to the HttpClient and deletes itself when done. Deleting it earlier aborts the request and cancels
/// the future.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    HttpExchange(const HttpRequest &request, QObject *parent);
    ~HttpExchange() override;

    QFuture<Result<HttpReply>> future() const { return m_promise.future(); }
    /// Keeps the connections alive until it is done.
    void start(std::shared_ptr<Connections> connections, const Route &route);
    /// Instead of start(): there is no way.
    void giveUp(const Error &error);

    const QUrl &url() const { return m_request.url; }
    bool isOver(const Connections &connections) const { return m_connections.get() == &connections; }

Q_SIGNALS:
    /// Something came from the server itself, such as its certificate. Once.
    void heard(const ringside::Route &route);
    /// Before the future is finished; with Cancelled when it was given up.
    void failed(const ringside::Route &route, const ringside::Error &error);

private:
    QNetworkRequest networkRequest() const;
    void hear();
    void readHead();
    void readSome();
    Error tooLarge() const;
    void abortWith(const Error &error);
    void conclude();
    void finish(Result<HttpReply> result);
    HttpReply takeReply();
    bool isWhole(const HttpReply &reply) const;
    Error networkError() const;

    const HttpRequest m_request;
    std::shared_ptr<Connections> m_connections;
    QNetworkReply *m_reply = nullptr;     ///< The manager's.
    const OneWayBody *m_upload = nullptr; ///< The reply's; of a write.
    QPromise<Result<HttpReply>> m_promise;
    QFutureWatcher<Result<HttpReply>> m_consumer;
    QTimer m_timeout;
    QElapsedTimer m_elapsed;
    QByteArray m_body;
    QList<QSslError> m_tlsErrors;
    bool m_heard = false;
    Route m_route;
    std::optional<Error> m_failure; ///< Why we aborted.
};

} // namespace ringside
