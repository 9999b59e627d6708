// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DataCentres.h"
#include "Result.h"
#include "TokenSet.h"

#include <QObject>

#include <memory>

namespace ringside {

class BrowserLauncher;
class TokenEndpoint;

/// Sign-in through the system browser: opens the consent page, waits for the redirect on a loopback port, checks
/// state, exchanges the code with PKCE (S256) at the accounts server that the redirect named (allow-listed), and only
/// then answers the browser page.
///
/// Signals: stateChanged any number of times, then finished exactly once per start(). cancel() gives
/// finished(Cancelled). Destroying it cancels silently. A stray or foreign hit on the port never ends the flow.
class AuthorizationCodeFlow final : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Listening, WaitingForBrowser, Exchanging, Done };
    Q_ENUM(State)

    struct Options
    {
        DataCentres dataCentres;
        ClientCredentials client;
        QStringList scopes;       ///< Empty = signInScopes::least().
        quint16 redirectPort = 0; ///< 0 = the first free one of redirectPorts.
        std::chrono::milliseconds browserTimeout{std::chrono::minutes(5)};
    };

    static constexpr quint16 redirectPorts[] = {47811, 47812, 47813};
    static constexpr auto redirectPath = "/callback";

    /// The exact URIs to register in Zoho's API console.
    /// Those to register for this setting of Options::redirectPort.
    static QStringList redirectUris(quint16 redirectPort = 0);

    AuthorizationCodeFlow(Options options, TokenEndpoint &endpoint, BrowserLauncher &browser,
                          QObject *parent = nullptr);
    ~AuthorizationCodeFlow() override;

    void start();
    void cancel();

    State state() const;
    /// The consent page's address, for "copy the address" when no browser opens. Empty before WaitingForBrowser.
    QUrl authorizeUrl() const;
    /// False in WaitingForBrowser when no browser could be started: show the address to copy; the flow goes on waiting.
    bool browserOpened() const;

Q_SIGNALS:
    void stateChanged();
    /// Errors: Refused (the agent or Zoho said no), Busy (every redirect port is taken), Timeout (the browser never
    /// came back), Configuration (client id, secret or redirect refused), Network, Throttled, BadReply, Cancelled.
    void finished(const ringside::Result<ringside::TokenSet> &result);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
