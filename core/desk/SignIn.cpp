// SPDX-License-Identifier: Apache-2.0
#include "SignIn.h"

#include "AuthorizationCodeFlow.h"
#include "BrowserLauncher.h"
#include "SecretStore.h"
#include "SelfClientFlow.h"
#include "Settings.h"
#include "SignInPrivate.h"
#include "SignInScopes.h"

namespace ringside {

namespace {

QString clientSecretKey()
{
    return QLatin1String(secretKey::clientSecret);
}

} // namespace

SignIn::SignIn(const Settings &settings, SecretStore &secrets, AccessTokenSource &tokens, TokenEndpoint &endpoint,
               BrowserLauncher &browser, CrmClient &crm, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, settings, secrets, tokens, endpoint, browser, crm))
{
    d->identityRetry.setSingleShot(true);
    d->newRound();
    connect(&settings, &Settings::changed, this, [this](SettingKey key) {
        if (signInScopes::concerns(key) && d->state == State::SignedIn)
            Q_EMIT changed(); // missingConsent() may be another.
    });
    connect(&d->identityRetry, &QTimer::timeout, this, [this] { d->readIdentity(); });
}

SignIn::~SignIn() = default;

void SignIn::restore()
{
    d->newRound();
    d->dropAttempt();
    d->become(State::Starting, {});
    d->readTable();
}

void SignIn::start()
{
    if (SignInAttempt *attempt = d->newAttempt()) {
        d->become(State::WaitingForBrowser, {});
        attempt->viaBrowser();
    }
}

void SignIn::startWithDeviceCode()
{
    if (SignInAttempt *attempt = d->newAttempt()) {
        d->become(State::WaitingForDevice, {});
        attempt->viaDevice(d->makeAlarm());
    }
}

void SignIn::startWithPastedCode(const QString &pasted)
{
    const Secret code = SelfClientFlow::cleaned(pasted);
    if (code.isEmpty())
        return d->become(d->state,
                         tr("There is no code to sign in with. Paste the one that Zoho's API console shows."));
    if (SignInAttempt *attempt = d->newAttempt())
        attempt->viaPastedCode(code);
}

void SignIn::openDevicePage()
{
    if (d->attempt && d->state == State::WaitingForDevice && !d->browser.open(d->attempt->page()))
        d->become(d->state, tr("No browser could be opened. Copy the address and open it on any device."));
}

void SignIn::cancel()
{
    if (d->attempt)
        d->attempt->cancel();
}

void SignIn::signOut()
{
    d->dropAttempt();
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
    return d->attempt ? d->attempt->page() : QUrl();
}

QString SignIn::deviceCode() const
{
    return d->attempt ? d->attempt->userCode() : QString();
}

std::chrono::minutes SignIn::deviceCodeLife() const
{
    return std::chrono::duration_cast<std::chrono::minutes>(d->attempt ? d->attempt->codeLife()
                                                                       : std::chrono::milliseconds(0));
}

void SignIn::setAccountGate(const std::function<bool(const AgentIdentity &)> &admits, bool hasOwner)
{
    d->admits = admits;
    d->deskHasOwner = hasOwner;
}

void SignIn::setAlarms(const AlarmMaker &make)
{
    d->makeAlarm = make;
}

QStringList SignIn::redirectUris(quint16 redirectPort)
{
    return AuthorizationCodeFlow::redirectUris(redirectPort);
}

bool SignIn::unproved() const
{
    return d->tokens.current() && d->isUnproved();
}

QString SignIn::missingConsent() const
{
    const bool signedIn = d->state == State::SignedIn && d->tokens.current();
    return signedIn ? signInScopes::missingSentence(d->tokens.current()->scope, d->settings) : QString();
}

QList<QPair<QString, QString>> SignIn::dataCentres() const
{
    QList<QPair<QString, QString>> names;
    const QList<DataCentre> all = d->centres ? d->centres->all() : QList<DataCentre>();
    for (const DataCentre &centre : all)
        names.append({centre.location, centre.name});
    return names;
}

const std::optional<AgentIdentity> &SignIn::identity() const
{
    return d->identity;
}

QStringList SignIn::grantedScopes() const
{
    const std::optional<TokenSet> &tokens = d->tokens.current();
    return tokens ? tokens->scope.split(QLatin1Char(' '), Qt::SkipEmptyParts) : QStringList();
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
