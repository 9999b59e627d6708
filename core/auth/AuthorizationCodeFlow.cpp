// SPDX-License-Identifier: Apache-2.0
#include "AuthorizationCodeFlow.h"

#include "BrowserLauncher.h"
#include "GrantedTokens.h"
#include "Logging.h"
#include "Pkce.h"
#include "RedirectListener.h"
#include "RedirectPage.h"
#include "SignInScopes.h"
#include "TokenEndpoint.h"
#include "WhenReady.h"

#include <QTimer>

#include <algorithm>

namespace ringside {

namespace {

QString redirectUri(quint16 port)
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(QLatin1String(AuthorizationCodeFlow::redirectPath));
}

} // namespace

class AuthorizationCodeFlow::Private
{
public:
    Private(AuthorizationCodeFlow *owner, Options flowOptions, TokenEndpoint &tokenEndpoint, BrowserLauncher &launcher)
        : q(owner), options(std::move(flowOptions)), endpoint(tokenEndpoint), browser(launcher)
    {
    }

    std::optional<Error> whatIsMissing() const;
    void run();
    QUrl consentPage() const;
    void takeRedirect(const RedirectParameters &parameters);
    const DataCentre *issuer(const RedirectParameters &parameters) const;
    void exchange(const DataCentre &centre, const Secret &code);
    void exchanged(const DataCentre &centre, const Result<TokenSet> &result);
    void finish(const Result<TokenSet> &result);
    void setState(State newState);

    AuthorizationCodeFlow *const q;
    const Options options;
    TokenEndpoint &endpoint;
    BrowserLauncher &browser;
    State state = State::Idle;
    bool browserOpened = false;
    QString redirect;
    QUrl authorizeUrl;
    Secret stateValue;
    Secret verifier;
    QTimer timeout;
    std::unique_ptr<RedirectListener> listener;
    std::unique_ptr<QObject> exchanging; ///< Receiver of the exchange; its death aborts it.
};

QStringList AuthorizationCodeFlow::redirectUris(quint16 redirectPort)
{
    if (redirectPort != 0)
        return {redirectUri(redirectPort)};
    QStringList uris;
    for (const quint16 port : redirectPorts)
        uris.append(redirectUri(port));
    return uris;
}

AuthorizationCodeFlow::AuthorizationCodeFlow(Options options, TokenEndpoint &endpoint, BrowserLauncher &browser,
                                             QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(options), endpoint, browser))
{
    d->timeout.setSingleShot(true);
    connect(&d->timeout, &QTimer::timeout, this, [this] {
        d->finish(
            Error{.kind = ErrorKind::Timeout,
                  .message =
                      tr("The browser did not come back from Zoho's page in time. Nothing was lost; sign in again, and "
                         "if Zoho's page shows an error, check the client ID and the registered redirect addresses.")});
    });
}

AuthorizationCodeFlow::~AuthorizationCodeFlow() = default;

AuthorizationCodeFlow::State AuthorizationCodeFlow::state() const
{
    return d->state;
}

QUrl AuthorizationCodeFlow::authorizeUrl() const
{
    return d->authorizeUrl;
}

bool AuthorizationCodeFlow::browserOpened() const
{
    return d->browserOpened;
}

void AuthorizationCodeFlow::start()
{
    if (d->state != State::Idle && d->state != State::Done)
        return;
    d->browserOpened = false;
    d->authorizeUrl.clear();
    d->setState(State::Listening);
    // finished() never comes before start() has returned.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (d->state == State::Listening && !d->listener)
                d->run();
        },
        Qt::QueuedConnection);
}

void AuthorizationCodeFlow::cancel()
{
    if (d->state != State::Idle && d->state != State::Done)
        d->finish(Error{.kind = ErrorKind::Cancelled,
                        .message = tr("The sign-in was cancelled. You can sign in again at any time.")});
}

std::optional<Error> AuthorizationCodeFlow::Private::whatIsMissing() const
{
    if (options.dataCentres.all().isEmpty()) {
        return Error{.kind = ErrorKind::Configuration,
                     .message = tr("No data centre is chosen. Choose one in the settings, then sign in again."),
                     .detail = QStringLiteral("zoho/data-centre")};
    }
    if (options.client.id.isEmpty()) {
        return Error{
            .kind = ErrorKind::Configuration,
            .message =
                tr("The client ID is missing. Enter the one that Zoho's API console shows for Ringside, then sign "
                   "in again."),
            .detail = QStringLiteral("zoho/client-id")};
    }
    if (options.client.secret.isEmpty()) {
        return Error{.kind = ErrorKind::Configuration,
                     .message = tr(
                         "The client secret is missing. Enter the one that Zoho's API console shows for Ringside, then "
                         "sign in again."),
                     .detail = QStringLiteral("zoho/client-secret")};
    }
    return std::nullopt;
}

void AuthorizationCodeFlow::Private::run()
{
    if (const auto missing = whatIsMissing()) {
        finish(*missing);
        return;
    }
    stateValue = pkce::randomToken();
    verifier = pkce::randomToken();
    listener = std::make_unique<RedirectListener>();
    QObject::connect(listener.get(), &RedirectListener::arrived, q,
                     [this](const RedirectParameters &parameters) { takeRedirect(parameters); });
    const QList<quint16> ports = options.redirectPort != 0
                                     ? QList<quint16>{options.redirectPort}
                                     : QList<quint16>(std::begin(redirectPorts), std::end(redirectPorts));
    const Result<quint16> port = listener->listen(ports, redirectPath, stateValue);
    if (!port) {
        finish(port.error());
        return;
    }
    redirect = redirectUri(port.value());
    authorizeUrl = consentPage();
    timeout.start(options.browserTimeout);
    // When no browser starts, the agent can still copy the address: the flow goes on waiting.
    browserOpened = browser.open(authorizeUrl);
    if (!browserOpened)
        qCWarning(logAuth) << "no browser could be started for the sign-in";
    if (state == State::Listening)
        setState(State::WaitingForBrowser);
}

QUrl AuthorizationCodeFlow::Private::consentPage() const
{
    const QStringList scopes = options.scopes.isEmpty() ? signInScopes::least() : options.scopes;
    const QPair<const char *, QString> parameters[] = {
        {"response_type", QStringLiteral("code")},
        {"client_id", options.client.id},
        {"scope", scopes.join(QLatin1Char(','))},
        {"redirect_uri", redirect},
        {"access_type", QStringLiteral("offline")},
        {"prompt", QStringLiteral("consent")}, // Without it only the first consent ever gives a refresh token.
        {"state", QString::fromLatin1(stateValue.reveal())},
        {"code_challenge", QString::fromLatin1(pkce::challenge(verifier))},
        {"code_challenge_method", QStringLiteral("S256")},
    };
    QStringList pairs;
    for (const auto &[name, value] : parameters)
        pairs.append(QLatin1String(name) + QLatin1Char('=') +
                     QString::fromLatin1(QUrl::toPercentEncoding(value, QByteArrayLiteral(","))));
    QUrl url = options.dataCentres.home().accounts;
    url.setPath(QStringLiteral("/oauth/v2/auth"));
    url.setQuery(pairs.join(QLatin1Char('&')), QUrl::StrictMode);
    return url;
}

void AuthorizationCodeFlow::Private::takeRedirect(const RedirectParameters &parameters)
{
    timeout.stop();
    if (!parameters.error.isEmpty()) {
        const bool denied = parameters.error == QLatin1String("access_denied");
        finish(Error{
            .kind = ErrorKind::Refused,
            .message = denied
                           ? tr("Zoho's page was told not to let Ringside in. Nothing was lost; sign in again and "
                                "choose Accept.")
                           : tr("Zoho refused the sign-in. Nothing was lost; check the client ID and the scopes in the "
                                "settings, then sign in again."),
            .code = parameters.error.left(64)});
        return;
    }
    const DataCentre *centre = issuer(parameters);
    if (!centre) {
        finish(Error{
            .kind = ErrorKind::Configuration,
            .message =
                tr("The browser came back from a sign-in server that Ringside does not know, so the client secret "
                   "was not sent there. Check the data centre in the settings, then sign in again."),
            .detail = QStringLiteral("zoho/data-centre")});
        return;
    }
    if (parameters.code.isEmpty()) {
        finish(Error{
            .kind = ErrorKind::BadReply,
            .message =
                tr("The browser came back from Zoho without the code that Ringside needs. Nothing was lost; sign in "
                   "again.")});
        return;
    }
    exchange(*centre, parameters.code);
}

/// Zoho names the accounts server of the agent's own data centre; where it does not, sign-in began at the right one.
const DataCentre *AuthorizationCodeFlow::Private::issuer(const RedirectParameters &parameters) const
{
    return parameters.accountsServer.isEmpty() ? &options.dataCentres.home()
                                               : options.dataCentres.byAccountsServer(parameters.accountsServer);
}

void AuthorizationCodeFlow::Private::exchange(const DataCentre &centre, const Secret &code)
{
    exchanging = std::make_unique<QObject>();
    const TokenEndpoint::Exchange exchange{.accountsServer = centre.accounts,
                                           .client = options.client,
                                           .code = code,
                                           .codeVerifier = verifier,
                                           .redirectUri = redirect};
    whenReady(exchanging.get(), endpoint.exchange(exchange), [this, centre](const Result<TokenSet> &result) {
        exchanging.release()->deleteLater(); // It is the one that is calling.
        exchanged(centre, result);
    });
    setState(State::Exchanging);
}

void AuthorizationCodeFlow::Private::exchanged(const DataCentre &centre, const Result<TokenSet> &result)
{
    if (!result.ok()) {
        finish(result.error());
        return;
    }
    finish(grantedTokens(result.value(), centre));
}

void AuthorizationCodeFlow::Private::finish(const Result<TokenSet> &result)
{
    timeout.stop();
    exchanging.reset();
    stateValue = Secret();
    verifier = Secret();
    if (listener) {
        listener->answer(result.ok() ? RedirectPage::signedIn() : RedirectPage::failed(result.error().message));
        // It may be the one that is calling.
        listener.release()->deleteLater();
    }
    if (!result.ok())
        qCInfo(logAuth).noquote() << "the sign-in ended:" << result.error().code << result.error().message;
    setState(State::Done);
    Q_EMIT q->finished(result);
}

void AuthorizationCodeFlow::Private::setState(State newState)
{
    state = newState;
    Q_EMIT q->stateChanged();
}

} // namespace ringside
