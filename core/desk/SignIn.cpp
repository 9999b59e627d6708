// SPDX-License-Identifier: Apache-2.0
#include "SignIn.h"

#include "AccessTokenSource.h"
#include "AuthorizationCodeFlow.h"
#include "CrmClient.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignInOrigins.h"
#include "WhenReady.h"

#include <QTimer>

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto firstIdentityRetry = std::chrono::milliseconds(3s);
constexpr auto longestIdentityRetry = std::chrono::milliseconds(60s);

QString clientSecretKey()
{
    return QLatin1String(secretKey::clientSecret);
}

} // namespace

class SignIn::Private
{
public:
    Private(SignIn *owner, const Settings &config, SecretStore &store, AccessTokenSource &source, TokenEndpoint &zoho,
            BrowserLauncher &launcher, CrmClient &client)
        : q(owner), settings(config), secrets(store), tokens(source), endpoint(zoho), browser(launcher), crm(client)
    {
    }

    void become(State newState, const QString &sentence);
    void secretRead(const Result<Secret> &secret);
    void loadTokens();
    bool applyOrigins();
    void readIdentity();
    void identityRead(const Result<AgentIdentity> &answer);
    void flowFinished(const Result<TokenSet> &result);
    void adopt(const TokenSet &set);
    bool readDataCentres();
    void newRound();
    void dropFlow();

    /// Like whenReady(), but void once a newer round has begun.
    template<typename T, typename Handler>
    void await(const QFuture<Result<T>> &future, Handler handler)
    {
        whenReady(round.get(), future, [this, handler, mine = generation](const Result<T> &result) {
            if (mine == generation)
                handler(result);
        });
    }

    SignIn *q;
    const Settings &settings;
    SecretStore &secrets;
    AccessTokenSource &tokens;
    TokenEndpoint &endpoint;
    BrowserLauncher &browser;
    CrmClient &crm;
    std::optional<DataCentres> centres;
    std::unique_ptr<AuthorizationCodeFlow> flow;
    std::unique_ptr<QObject> round; ///< Receives the answers of the newest restore() or sign-in; older ones are void.
    int generation = 0;
    Secret clientSecret;            ///< Also the only copy, when the keychain is missing.
    QTimer identityRetry;
    std::chrono::milliseconds identityWait = firstIdentityRetry;
    std::optional<AgentIdentity> identity;
    QUrl web;
    QString message;
    QString note; ///< What stays worth knowing while signed in: no keychain.
    State state = State::Starting;
};

void SignIn::Private::become(State newState, const QString &sentence)
{
    state = newState;
    message = sentence;
    if (newState != State::SignedIn) {
        identityRetry.stop();
        identity.reset();
        web = QUrl();
    }
    Q_EMIT q->changed();
}

// Answers of the round before may be on their way, and one of them may be what brought us here.
void SignIn::Private::newRound()
{
    ++generation;
    if (round)
        round.release()->deleteLater();
    round = std::make_unique<QObject>();
}

void SignIn::Private::dropFlow()
{
    if (!flow)
        return;
    flow->disconnect(q);
    flow.release()->deleteLater();
}

bool SignIn::Private::readDataCentres()
{
    const Result<DataCentres> read = DataCentres::fromSettings(settings);
    if (!read) {
        become(State::NeedsSetup, read.error().message);
        return false;
    }
    centres = read.value();
    if (settings.text(SettingKey::ClientId).isEmpty()) {
        become(State::NeedsSetup, tr("Enter the client ID and secret of your company's Zoho client to sign in."));
        return false;
    }
    return true;
}

void SignIn::Private::secretRead(const Result<Secret> &secret)
{
    if (secret)
        clientSecret = secret.value();
    if (clientSecret.isEmpty()) {
        const bool absent = secret || secret.error().kind == ErrorKind::NotFound;
        return become(State::NeedsSetup, absent ? tr("Enter the client secret that belongs to the client ID to sign in.")
                                                : secret.error().message);
    }
    tokens.setClient({.id = settings.text(SettingKey::ClientId), .secret = clientSecret});
    loadTokens();
}

void SignIn::Private::loadTokens()
{
    if (tokens.signedIn()) { // settings changed while signed in
        applyOrigins();
        become(State::SignedIn, note);
        return readIdentity();
    }
    await(tokens.load(), [this](const Result<void> &loaded) {
        if (!loaded) {
            const bool nobody = loaded.error().kind == ErrorKind::NotFound;
            return become(State::SignedOut, nobody ? QString() : loaded.error().message);
        }
        if (!applyOrigins())
            return become(State::SignedOut, tr("The kept sign-in cannot be used. Sign in again; calls and notes are kept."));
        become(State::SignedIn, note);
        readIdentity();
    });
}

bool SignIn::Private::applyOrigins()
{
    if (!tokens.current())
        return false;
    const DataCentre &centre = signInOrigins::dataCentreOf(*tokens.current(), *centres);
    crm.setApiOrigin(signInOrigins::api(*tokens.current(), centre));
    web = centre.web;
    return true;
}

void SignIn::Private::readIdentity()
{
    identityRetry.stop();
    await(crm.identity(), [this](const Result<AgentIdentity> &answer) { identityRead(answer); });
}

void SignIn::Private::identityRead(const Result<AgentIdentity> &answer)
{
    if (state != State::SignedIn && state != State::Finishing)
        return;
    if (answer) {
        identity = answer.value();
        identityWait = firstIdentityRetry;
        return become(State::SignedIn, note);
    }
    const Error &error = answer.error();
    if (error.kind == ErrorKind::SignedOut)
        return become(State::SignedOut, error.message);
    const bool lasting = error.kind == ErrorKind::ScopeMissing || error.kind == ErrorKind::PermissionMissing;
    // Offline: signed in, and who it is will be told when the CRM answers.
    if (!lasting) {
        identityRetry.start(std::max(identityWait, error.retryAfter));
        identityWait = std::min(identityWait * 2, longestIdentityRetry);
    }
    become(State::SignedIn, lasting ? error.message : note);
}

void SignIn::Private::flowFinished(const Result<TokenSet> &result)
{
    // It is its own signal that brought us here: it must outlive this call.
    flow.release()->deleteLater();
    if (result)
        return adopt(result.value());
    if (result.error().kind == ErrorKind::Cancelled)
        return become(State::SignedOut, {});
    become(result.error().kind == ErrorKind::Configuration ? State::NeedsSetup : State::SignedOut, result.error().message);
}

void SignIn::Private::adopt(const TokenSet &set)
{
    become(State::Finishing, {});
    await(tokens.adopt(set), [this](const Result<void> &adopted) {
        note = adopted ? QString()
                       : tr("%1 You are signed in until you close Ringside.").arg(adopted.error().message);
        if (!applyOrigins())
            return become(State::SignedOut, adopted ? QString() : adopted.error().message);
        readIdentity();
    });
}

SignIn::SignIn(const Settings &settings, SecretStore &secrets, AccessTokenSource &tokens, TokenEndpoint &endpoint,
               BrowserLauncher &browser, CrmClient &crm, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, settings, secrets, tokens, endpoint, browser, crm))
{
    d->identityRetry.setSingleShot(true);
    d->newRound();
    connect(&d->identityRetry, &QTimer::timeout, this, [this] { d->readIdentity(); });
}

SignIn::~SignIn() = default;

void SignIn::restore()
{
    d->newRound();
    d->dropFlow();
    d->become(State::Starting, {});
    if (!d->readDataCentres())
        return;
    d->await(d->secrets.read(clientSecretKey()), [this](const Result<Secret> &secret) { d->secretRead(secret); });
}

void SignIn::start()
{
    if (d->flow || d->state == State::Finishing)
        return;
    if (!d->readDataCentres())
        return;
    if (d->clientSecret.isEmpty())
        return restore();
    d->newRound();
    const auto port = static_cast<quint16>(d->settings.integer(SettingKey::RedirectPort));
    const ClientCredentials client{.id = d->settings.text(SettingKey::ClientId), .secret = d->clientSecret};
    d->tokens.setClient(client);
    AuthorizationCodeFlow::Options options;
    options.dataCentres = *d->centres;
    options.client = client;
    options.scopes = signInOrigins::scopes(d->settings);
    options.redirectPort = port;
    d->flow = std::make_unique<AuthorizationCodeFlow>(options, d->endpoint, d->browser);
    connect(d->flow.get(), &AuthorizationCodeFlow::stateChanged, this, [this] {
        if (!d->flow)
            return;
        if (d->flow->state() == AuthorizationCodeFlow::State::WaitingForBrowser)
            d->become(State::WaitingForBrowser, {});
        else if (d->flow->state() == AuthorizationCodeFlow::State::Exchanging)
            d->become(State::Finishing, {});
    });
    connect(d->flow.get(), &AuthorizationCodeFlow::finished, this,
            [this](const Result<TokenSet> &result) { d->flowFinished(result); });
    d->become(State::WaitingForBrowser, {});
    d->flow->start();
}

void SignIn::cancel()
{
    if (d->flow)
        d->flow->cancel();
}

void SignIn::signOut()
{
    d->dropFlow();
    d->newRound();
    d->note.clear();
    d->await(d->tokens.signOut(), [this](const Result<void> &done) {
        if (!done) // signed out all the same, but the agent must know what is left behind
            d->become(State::SignedOut, done.error().message);
    });
    d->become(State::SignedOut, {});
}

void SignIn::expire(const QString &sentence)
{
    if (d->state != State::SignedIn && d->state != State::Finishing)
        return;
    d->become(State::SignedOut, sentence);
}

SignIn::State SignIn::state() const
{
    return d->state;
}

QString SignIn::message() const
{
    return d->message;
}

QUrl SignIn::authorizeUrl() const
{
    return d->flow ? d->flow->authorizeUrl() : QUrl();
}

QStringList SignIn::redirectUris(quint16 redirectPort)
{
    return AuthorizationCodeFlow::redirectUris(redirectPort);
}

const std::optional<AgentIdentity> &SignIn::identity() const
{
    return d->identity;
}

QUrl SignIn::webOrigin() const
{
    return d->web;
}

void SignIn::storeClientSecret(const QString &secret)
{
    d->clientSecret = Secret(secret.toUtf8());
    d->newRound();
    d->await(d->secrets.write(clientSecretKey(), d->clientSecret), [this](const Result<void> &written) {
        if (written)
            return restore();
        // For this run it is known all the same, and never kept in plain text.
        if (d->readDataCentres()) {
            d->note = written.error().message;
            d->tokens.setClient({.id = d->settings.text(SettingKey::ClientId), .secret = d->clientSecret});
            d->become(State::SignedOut, written.error().message);
        }
    });
}

} // namespace ringside
