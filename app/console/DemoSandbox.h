// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "TokenSet.h"

#include <QObject>
#include <QProcess>
#include <QUrl>

namespace ringside {

class HttpClient;

/// The stand-in for Zoho and for a phone behind --demo: ringside-sandbox as a child process, with a client of its own
/// registered. The child ends with this object, and with this program.
class DemoSandbox final : public QObject
{
    Q_OBJECT

public:
    explicit DemoSandbox(HttpClient &http, QObject *parent = nullptr);
    ~DemoSandbox() override;

    void start();

    const QUrl &baseUrl() const { return m_baseUrl; }
    const QUrl &eventsUrl() const { return m_eventsUrl; }
    QUrl phonePage() const;
    const ClientCredentials &client() const { return m_client; }

Q_SIGNALS:
    /// Exactly once: listening and the client registered, or why not (Internal, Timeout).
    void started(const ringside::Result<void> &result);

    /// It ended after it had started: a sentence. The console goes on as if Zoho were away.
    void lost(const QString &sentence);

private:
    void readAddresses();
    void registerClient();
    void finish(const Result<void> &result);

    HttpClient &m_http;
    QProcess m_process;
    QUrl m_baseUrl;
    QUrl m_eventsUrl;
    ClientCredentials m_client;
    bool m_finished = false;
};

} // namespace ringside
