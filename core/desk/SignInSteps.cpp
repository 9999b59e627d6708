// SPDX-License-Identifier: Apache-2.0
#include "SignInPrivate.h"

#include "BrowserLauncher.h"
#include "CrmClient.h"
#include "InBackground.h"
#include "Loopback.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignInOrigins.h"
#include "SignInScopes.h"
#include "SmallFile.h"

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

void SignIn::Private::readTable()
{
    const auto goOn = [this] {
        if (readDataCentres())
            await(secrets.read(QLatin1String(secretKey::clientSecret)),
                  [this](const Result<Secret> &secret) { secretRead(secret); });
    };
    const QString path = settings.text(SettingKey::DataCentresFile);
    dataCentreText.clear();
    if (path.isEmpty())
        return goOn();
    const auto file = inBackground<QByteArray>(*QThreadPool::globalInstance(), [path] {
        return readSmallFile(path, QStringLiteral("zoho/data-centres-file"));
    });
    await(file, [this, goOn](const Result<QByteArray> &text) {
        if (!text)
            return become(State::NeedsSetup, text.error().message);
        dataCentreText = text.value();
        goOn();
    });
}

bool SignIn::Private::readDataCentres()
{
    const Result<DataCentres> read = DataCentres::fromSettings(settings, dataCentreText);
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
        signedInOrProving(shownNote());
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
        signedInOrProving(shownNote());
        readIdentity();
    });
}

void SignIn::Private::signedInOrProving(const QString &sentence)
{
    become(isUnproved() ? State::Finishing : State::SignedIn, isUnproved() ? QString() : sentence);
}

bool SignIn::Private::applyOrigins()
{
    if (!tokens.current())
        return false;
    const DataCentre &centre = signInOrigins::dataCentreOf(*tokens.current(), *centres);
    const ZohoEnvironment wanted = signInOrigins::environmentOf(settings);
    const QUrl override = settings.url(SettingKey::ApiUrl);
    apiOrigin = override.isEmpty() ? signInOrigins::api(*tokens.current(), centre, wanted) : originOf(override);
    crm.setApiOrigin(apiOrigin);
    crm.setGrantedScope(tokens.current()->scope);
    const ZohoEnvironment environment =
        override.isEmpty() ? signInOrigins::environmentAt(apiOrigin, centre, wanted) : wanted;
    web = centre.webOf(environment);
    environmentNote.clear();
    if (environment != wanted && environment == ZohoEnvironment::Sandbox)
        environmentNote =
            tr("This sign-in is for the sandbox of your CRM, so calls are logged there and not in the real one. "
               "Sign in again to choose the other, or choose the sandbox in the settings.");
    else if (environment != wanted && environment == ZohoEnvironment::Developer)
        environmentNote =
            tr("This sign-in is for a developer edition of the CRM, so calls are logged there and not in the real "
               "one. Sign in again to choose the other, or choose it in the settings.");
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
        const AgentIdentity &who = answer.value();
        if (admits && !admits(who))
            return become(State::Finishing, {}); // Another account is being opened for them.
        tokens.setOwner(who.userId, who.orgId);
        identity = who;
        identityWait = firstIdentityRetry;
        return become(State::SignedIn, shownNote());
    }
    const Error &error = answer.error();
    // Renewed and refused all the same: the token is good, but not there.
    if (error.code == QLatin1String("INVALID_TOKEN") && tokens.signedIn()) {
        return become(
            State::SignedOut,
            tr("Zoho renews this sign-in, but the CRM at %1 does not accept it. Check the data centre, the environment "
               "(production, sandbox or developer) and the address of the API in the settings.")
                .arg(apiOrigin.host()));
    }
    if (error.kind == ErrorKind::SignedOut)
        return become(State::SignedOut, error.message);
    const bool lasting = error.kind == ErrorKind::ScopeMissing || error.kind == ErrorKind::PermissionMissing;
    if (lasting && isUnproved())
        return become(State::SignedOut, error.message);
    signedInOrProving(lasting ? error.message : shownNote());
    // Offline: signed in, and who it is will be told when the CRM answers.
    if (!lasting) {
        identityRetry.start(std::max(identityWait, error.retryAfter));
        identityWait = std::min(identityWait * 2, longestIdentityRetry);
    }
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
    options.scopes = signInScopes::wanted(settings);
    options.redirectPort = static_cast<quint16>(settings.integer(SettingKey::RedirectPort));
    tokens.setClient(options.client);
    // A child, so that one that waits for its deletion never outlives what it works with.
    attempt = std::make_unique<SignInAttempt>(options, endpoint, browser, q);
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
    // It was to allow more: the sign-in that there was is as good as before.
    if (tokens.signedIn() && applyOrigins()) {
        signedInOrProving(result.error().kind == ErrorKind::Cancelled ? shownNote() : result.error().message);
        return readIdentity();
    }
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
