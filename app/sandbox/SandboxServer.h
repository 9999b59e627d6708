// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>
#include <memory>
#include <optional>

namespace ringside::sandbox {

struct SandboxOptions
{
    static constexpr quint64 usualSeed = 1;
    static constexpr int usualRecords = 5000;

    QString host = QStringLiteral("127.0.0.1");
    int port = 0; ///< of the CRM, consent pages and control interface; 0: any free one
    int wsPort = 0; ///< of the call events; 0: any free one
    std::optional<quint64> seed; ///< usualSeed when it is not named
    std::optional<int> records;  ///< contacts, usualRecords when not named; the other modules are in proportion
    QString databaseFile;        ///< keeps the company there, see CompanyFile; empty: in memory
    int latencyMs = 0; ///< every answer below /oauth and /crm waits that long
    int indexLagMs = 0; ///< search sees a written record only so much later
    QString edition = QStringLiteral("enterprise"); ///< one of ApiLimits::editions(): credits of a day and calls at once
    qint64 credits = -1; ///< of a day; -1: as the edition has them
    QStringList requiredFields; ///< "Module.Field": what the layout demands besides
    QString publicUrl; ///< its name for others, in redirects and token answers; empty: baseUrl()
    QString tlsFolder; ///< https with the certificates in that folder, which are made where they are missing; empty: http
};

/// A Zoho-compatible CRM on loopback with an invented company in it: sign-in pages, API, call events, and a control interface for
/// tests. Works in any thread and needs no event loop of the caller: HTTP and call events run in threads of their own.
class SandboxServer : public QObject
{
    Q_OBJECT

public:
    explicit SandboxServer(SandboxOptions options, QObject *parent = nullptr);
    ~SandboxServer() override;

    /// False with errorString(), a sentence for the user, when a port or the file cannot be had, or the file has
    /// another company than the one that the options name.
    bool start();
    QString errorString() const { return m_error; }
    /// Closes all connections; returns when all threads have ended.
    void stop();

    /// "http://127.0.0.1:P" (or https), without a slash at the end.
    QString baseUrl() const;
    /// "ws://127.0.0.1:P/events"
    QString eventsUrl() const;

    /// The client that is there from the start, as printed by --help.
    static QString demoClientId();
    static QString demoClientSecret();

private:
    class Parts;

    SandboxOptions m_options;
    std::unique_ptr<Parts> m_parts;
    QString m_error;
};

} // namespace ringside::sandbox
