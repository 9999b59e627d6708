// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokenSource.h"
#include "DataCentres.h"
#include "Secret.h"
#include "SignIn.h"
#include "SignInAttempt.h"
#include "WhenReady.h"

#include <QTimer>

namespace ringside {

/// The state of SignIn; only its two source files include this. SignIn.cpp is what others call, SignInSteps.cpp the
/// way.
class SignIn::Private
{
public:
    static constexpr std::chrono::milliseconds firstIdentityRetry{std::chrono::seconds(3)};

    Private(SignIn *owner, const Settings &config, SecretStore &store, AccessTokenSource &source, TokenEndpoint &zoho,
            BrowserLauncher &launcher, CrmClient &client)
        : q(owner), settings(config), secrets(store), tokens(source), endpoint(zoho), browser(launcher), crm(client)
    {
    }

    void become(State newState, const QString &sentence);
    void secretRead(const Result<Secret> &secret);
    void loadTokens();
    bool applyOrigins();
    /// Whose the tokens are is not known yet, and the desk is somebody's.
    bool isUnproved() const { return deskHasOwner && (!tokens.current() || tokens.current()->userId.isEmpty()); }
    void signedInOrProving(const QString &sentence);
    void readIdentity();
    void identityRead(const Result<AgentIdentity> &answer);
    SignInAttempt *newAttempt();
    void attemptChanged();
    void attemptFinished(const Result<TokenSet> &result);
    void adopt(const TokenSet &set);
    void readTable();
    bool readDataCentres();
    void newRound();
    void dropAttempt();

    /// Like whenReady(), but void once a newer round has begun.
    template <typename T, typename Handler> void await(const QFuture<Result<T>> &future, Handler handler)
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
    QByteArray dataCentreText; ///< Of the file that the settings name.
    std::unique_ptr<SignInAttempt> attempt;
    AlarmMaker makeAlarm = [] { return std::make_unique<TimerAlarm>(); };
    std::unique_ptr<QObject> round; ///< Receives the answers of the newest restore() or sign-in; older ones are void.
    int generation = 0;
    Secret clientSecret; ///< Also the only copy, when the keychain is missing.
    QTimer identityRetry;
    std::chrono::milliseconds identityWait = firstIdentityRetry;
    std::optional<AgentIdentity> identity;
    std::function<bool(const AgentIdentity &)> admits; ///< See SignIn::setAccountGate().
    bool deskHasOwner = false;
    QUrl apiOrigin;
    QUrl web;
    QString message;
    QString shownNote() const { return note.isEmpty() ? environmentNote : note; }
    QString environmentNote; ///< Signed in to another CRM than the settings say.
    QString note;            ///< What stays worth knowing while signed in: no keychain.
    State state = State::Starting;
};

} // namespace ringside
