// SPDX-License-Identifier: Apache-2.0
#include "ApplicationPrivate.h"

#include "CreditLimit.h"
#include "CreditMeter.h"
#include "StoreKey.h"
#include "WhenReady.h"

#include <QTimer>

#include <algorithm>

namespace ringside {

void Application::Private::followSettings()
{
    phone.follow();
    QObject::connect(&settings, &Settings::changed, q, [this](SettingKey key) {
        static constexpr SettingKey concerning[] = {
            SettingKey::DataCentre,        SettingKey::DataCentresFile, SettingKey::Environment,  SettingKey::ApiUrl,
            SettingKey::CustomAccountsUrl, SettingKey::CustomApiUrl,    SettingKey::CustomWebUrl, SettingKey::ClientId};
        // One save may change several of these; the sign-in follows once, after all of them.
        if (std::find(std::begin(concerning), std::end(concerning), key) != std::end(concerning))
            QMetaObject::invokeMethod(
                q, [this] { signIn.restore(); }, Qt::QueuedConnection);
    });
}

void Application::Private::removeLocalData()
{
    window.setEnabled(false);
    const auto begun = std::make_shared<bool>(false);
    const auto go = [this, begun] {
        if (std::exchange(*begun, true))
            return;
        whenReady(q, accountSecrets.remove(QLatin1String(secretKey::storeKey)), [console = q](const Result<void> &) {
            QMetaObject::invokeMethod(console, &Application::beginAfresh, Qt::QueuedConnection);
        });
    };
    QObject::connect(&tokens, &AccessTokenSource::revokeFinished, q, go);
    QTimer::singleShot(std::chrono::seconds(3), q, go);
}

void Application::Private::followNetwork()
{
    http.setRoutes(&network);
    QObject::connect(&network, &CompanyNetwork::changed, q, [this] { http.forgetConnections(); });
    QObject::connect(&network, &CompanyNetwork::problem, q,
                     [this](const QString &sentence) { window.showProblem(sentence, ProblemBar::About::Network); });
    QObject::connect(&window, &MainWindow::proxyPasswordEntered, q, [this](const QString &password) {
        whenReady(q, network.storeProxyPassword(Secret(password.toUtf8())), [this](const Result<void> &stored) {
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
    QObject::connect(keeper.get(), &AccountKeeper::changed, q, show);
    // Queued: it is one of the objects that will be made anew that says so.
    QObject::connect(
        keeper.get(), &AccountKeeper::switched, q, [console = q](const QString &sentence) { console->openAccount(sentence); },
        Qt::QueuedConnection);
    QObject::connect(&window, &MainWindow::accountChosen, q, [this](const QString &key) { keeper->choose(key); });
    QObject::connect(&window, &MainWindow::anotherAccountRequested, q, [this] { keeper->addAnother(); });
}

void Application::Private::followSignIn()
{
    if (!commandLine.demo) // what a demo leaves behind goes with its folder
        QObject::connect(&window, &MainWindow::signedOutByAgent, q, [this] { removeLocalData(); });
    QObject::connect(&scheduler, &RequestScheduler::signInNeeded, q, [this] {
        signIn.expire(Application::tr("Zoho no longer accepts this sign-in. Sign in again; calls and notes are kept."));
    });
    QObject::connect(&signIn, &SignIn::changed, q, [this] {
        if (demo && !phonePageOpened && signIn.state() == SignIn::State::SignedIn) {
            phonePageOpened = true;
            browser.open(demo->phonePage());
        }
    });
}

void Application::Private::followCredits()
{
    CreditMeter &credits = scheduler.credits();
    QObject::connect(&credits, &CreditMeter::changed, q, [this, &credits] { window.setCredits(credits.state()); });
    QObject::connect(&signIn, &SignIn::changed, q, [this, &credits] {
        const auto &identity = signIn.identity();
        if (!identity)
            return;
        credits.setOrg(identity->orgId);
        credits.setLimit(dailyCredits(identity->edition, identity->licences));
    });
}

} // namespace ringside
