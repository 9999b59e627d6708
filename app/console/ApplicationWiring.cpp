// SPDX-License-Identifier: Apache-2.0
#include "ApplicationPrivate.h"

#include "CreditLimit.h"
#include "CreditMeter.h"
#include "LossQuestion.h"
#include "StatusController.h"
#include "StoreKey.h"
#include "WhenReady.h"

#include <QTimer>

#include <algorithm>

namespace ringside {

void Application::Private::followSettings()
{
    phone.follow();
    QObject::connect(&settings, &Settings::changed, &guard, [this](SettingKey key) {
        static constexpr SettingKey concerning[] = {
            SettingKey::DataCentre,        SettingKey::DataCentresFile, SettingKey::Environment,  SettingKey::ApiUrl,
            SettingKey::CustomAccountsUrl, SettingKey::CustomApiUrl,    SettingKey::CustomWebUrl, SettingKey::ClientId};
        // One save may change several of these; the sign-in follows once, after all of them.
        if (std::find(std::begin(concerning), std::end(concerning), key) != std::end(concerning))
            QMetaObject::invokeMethod(
                &guard, [this] { signIn.restore(); }, Qt::QueuedConnection);
    });
}

void Application::Private::removeLocalData()
{
    window.setEnabled(false);
    const auto begun = std::make_shared<bool>(false);
    const auto go = [this, begun] {
        if (std::exchange(*begun, true))
            return;
        const auto afresh = [console = q] {
            QMetaObject::invokeMethod(console, &Application::beginAfresh, Qt::QueuedConnection);
        };
        // The key of a store that was not opened stays with it.
        if (!storeIsTheProfiles)
            return afresh();
        whenReady(&guard, accountSecrets.remove(QLatin1String(secretKey::ledgerHead)), [this, afresh](const Result<void> &) {
            whenReady(&guard, accountSecrets.remove(QLatin1String(secretKey::storeKey)),
                      [afresh](const Result<void> &) { afresh(); });
        });
    };
    QObject::connect(&tokens, &AccessTokenSource::revokeFinished, &guard, go);
    QTimer::singleShot(std::chrono::seconds(3), &guard, go);
}

void Application::Private::followNetwork()
{
    reachability = std::make_unique<SystemReachability>();
    session.followNetwork(*reachability);
    http.setRoutes(&network);
    QObject::connect(&network, &CompanyNetwork::changed, &guard, [this] { http.forgetConnections(); });
    QObject::connect(&network, &CompanyNetwork::problem, &guard,
                     [this](const QString &sentence) { window.showProblem(sentence, ProblemBar::About::Network); });
    QObject::connect(&window, &MainWindow::proxyPasswordEntered, &guard, [this](const QString &password) {
        whenReady(&guard, network.storeProxyPassword(Secret(password.toUtf8())), [this](const Result<void> &stored) {
            if (!stored)
                window.showProblem(stored.error().message, ProblemBar::About::Settings);
        });
    });
}

void Application::Private::followAccounts()
{
    keeper = std::make_unique<AccountKeeper>(accounts, secrets, signIn);
    const auto show = [this] {
        QList<QPair<QString, QString>> others;
        for (const Account &one : keeper->others())
            others.append({one.key, one.orgName.isEmpty() ? one.name : Application::tr("%1 (%2)").arg(one.name, one.orgName)});
        window.setAccounts(others);
    };
    show();
    QObject::connect(keeper.get(), &AccountKeeper::changed, &guard, show);
    QObject::connect(keeper.get(), &AccountKeeper::switched, &guard, [this](const QString &sentence) {
        const QString told = storeIsTheProfiles ? sentence : QString(); // It speaks of what is kept on this computer.
        // Queued: it is one of the objects that will be made anew that says so.
        window.lossQuestion().beforeAnotherAccount([console = q, told] {
            QMetaObject::invokeMethod(
                console, [console, told] { console->openAccount(told); }, Qt::QueuedConnection);
        });
    });
    QObject::connect(&window, &MainWindow::accountChosen, &guard, [this](const QString &key) {
        window.lossQuestion().beforeAnotherAccount([this, key] { keeper->choose(key); });
    });
    QObject::connect(&window, &MainWindow::anotherAccountRequested, &guard,
                     [this] { window.lossQuestion().beforeAnotherAccount([this] { keeper->addAnother(); }); });
}

void Application::Private::followSignIn()
{
    scheduler.setUnproved([this] { return signIn.unproved(); });
    if (!commandLine.demo) // what a demo leaves behind goes with its folder
        QObject::connect(&window, &MainWindow::signedOutByAgent, &guard, [this] { removeLocalData(); });
    QObject::connect(&scheduler, &RequestScheduler::signInNeeded, &guard, [this] {
        signIn.expire(Application::tr("Zoho no longer accepts this sign-in. Sign in again; calls and notes are kept."));
    });
    QObject::connect(&signIn, &SignIn::changed, &guard, [this] {
        if (demo && !phonePageOpened && signIn.state() == SignIn::State::SignedIn) {
            phonePageOpened = true;
            browser.open(demo->phonePage());
        }
    });
}

void Application::Private::followCredits()
{
    QObject::connect(&scheduler.credits(), &CreditMeter::changed, &guard,
                     [this] { window.status().setCredits(scheduler.credits().state()); });
    QObject::connect(&signIn, &SignIn::changed, &guard, [this] {
        const auto &identity = signIn.identity();
        if (!identity)
            return;
        scheduler.credits().setOrg(identity->orgId);
        scheduler.credits().setLimit(dailyCredits(identity->edition, identity->licences));
    });
}

} // namespace ringside
