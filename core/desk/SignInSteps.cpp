// SPDX-License-Identifier: Apache-2.0
#include "SignInPrivate.h"

#include "BrowserLauncher.h"
#include "CrmClient.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignInOrigins.h"

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto longestIdentityRetry = std::chrono::milliseconds(60s);

} // namespace

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

void SignIn::Private::dropAttempt()
{
    if (!attempt)
        return;
    attempt->disconnect(q);
    attempt.release()->deleteLater();
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
        return become(State::NeedsSetup, absent
                                             ? tr("Enter the client secret that belongs to the client ID to sign in.")
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
            return become(State::SignedOut,
                          tr("The kept sign-in cannot be used. Sign in again; calls and notes are kept."));
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

/// Nothing when one is under way, or something is missing for it (which is told).
SignInAttempt *SignIn::Private::newAttempt()
{
    if (attempt || state == State::Finishing || !readDataCentres())
        return nullptr;
    if (clientSecret.isEmpty()) {
        q->restore();
        return nullptr;
    }
    newRound();
    SignInAttempt::Options options;
    options.dataCentres = *centres;
    options.client = {.id = settings.text(SettingKey::ClientId), .secret = clientSecret};
    options.scopes = signInOrigins::scopes(settings);
    options.redirectPort = static_cast<quint16>(settings.integer(SettingKey::RedirectPort));
    tokens.setClient(options.client);
    attempt = std::make_unique<SignInAttempt>(options, endpoint, browser);
    QObject::connect(attempt.get(), &SignInAttempt::changed, q, [this] { attemptChanged(); });
    QObject::connect(attempt.get(), &SignInAttempt::finished, q,
                     [this](const Result<TokenSet> &result) { attemptFinished(result); });
    return attempt.get();
}

void SignIn::Private::attemptChanged()
{
    switch (attempt->stage()) {
    case SignInAttempt::Stage::Browser:
        return become(State::WaitingForBrowser, {});
    case SignInAttempt::Stage::Device:
        return become(State::WaitingForDevice, {});
    case SignInAttempt::Stage::Finishing:
        return become(State::Finishing, {});
    case SignInAttempt::Stage::Starting:
        break;
    }
}

void SignIn::Private::attemptFinished(const Result<TokenSet> &result)
{
    // It is its own signal that brought us here: it must outlive this call.
    attempt.release()->deleteLater();
    if (result)
        return adopt(result.value());
    if (result.error().kind == ErrorKind::Cancelled)
        return become(State::SignedOut, {});
    become(result.error().kind == ErrorKind::Configuration ? State::NeedsSetup : State::SignedOut,
           result.error().message);
}

void SignIn::Private::adopt(const TokenSet &set)
{
    become(State::Finishing, {});
    await(tokens.adopt(set), [this](const Result<void> &adopted) {
        note = adopted ? QString() : tr("%1 You are signed in until you close Ringside.").arg(adopted.error().message);
        if (!applyOrigins())
            return become(State::SignedOut, adopted ? QString() : adopted.error().message);
        readIdentity();
    });
}

} // namespace ringside
