// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Application.h"

#include "AccessTokenSource.h"
#include "AccountKeeper.h"
#include "AccountSecretStore.h"
#include "AgentSession.h"
#include "CallLog.h"
#include "Clock.h"
#include "CompanyNetwork.h"
#include "CreditHistory.h"
#include "CrmClient.h"
#include "CustomerSearch.h"
#include "DayStatement.h"
#include "DemoSandbox.h"
#include "DesktopBrowser.h"
#include "Directory.h"
#include "HttpClient.h"
#include "Ledger.h"
#include "LedgerKeeper.h"
#include "LedgerWitness.h"
#include "MainWindow.h"
#include "NewPersonQueue.h"
#include "NoteDrafts.h"
#include "OrgMetadata.h"
#include "Outbox.h"
#include "PhoneChoice.h"
#include "RequestScheduler.h"
#include "SessionFallbackSecretStore.h"
#include "Settings.h"
#include "SignIn.h"
#include "Store.h"
#include "SystemReachability.h"
#include "Theme.h"
#include "ToastStack.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"

namespace ringside {

/// All objects of one account at work, in the order in which they stand on one another; made anew after a sign-out and for
/// another account.
class Application::Private
{
public:
    Private(QApplication &application, const CommandLine &commandLine, const Profile &profile, SessionFallbackSecretStore &secrets,
            Application *q);

    void start();
    void startDemo();
    void useSandbox();
    void openStore();
    void openStoreForThisRun(const QString &why);
    void startSession();
    void followSettings();
    void followSignIn();
    void removeLocalData();
    void followCredits();
    void followNetwork();
    void followAccounts();
    QString storePath() const;

    Application *const q;
    const CommandLine commandLine;
    const Profile profile;
    SystemClock clock;
    Settings settings;
    Theme theme;
    SessionFallbackSecretStore &secrets; ///< The program's: what it keeps in memory outlives a change of accounts.
    Store store; ///< Before the scheduler, whose count of credits goes there to the last.
    CreditHistory creditHistory;
    Accounts accounts;
    AccountSecretStore accountSecrets; ///< Of the account in use.
    CompanyNetwork network;
    std::unique_ptr<SystemReachability> reachability; ///< Made once the window shows.
    HttpClient http;
    TokenEndpoint tokenEndpoint;
    TokenStore tokenStore;
    AccessTokenSource tokens;
    RequestScheduler scheduler;
    CrmClient crm;
    CallLog callLog;
    NoteDrafts drafts;
    Outbox outbox;
    NewPersonQueue newPersonQueue;
    Ledger ledger;
    LedgerKeeper ledgerKeeper;
    Directory directory;
    OrgMetadata metadata;
    DesktopBrowser browser;
    SignIn signIn;
    std::unique_ptr<AccountKeeper> keeper; ///< Not in a demo, which has one account and ends with it.
    AgentSession session;
    LedgerWitness witness;
    DayStatement day;
    PhoneChoice phone;
    CustomerSearch search;
    MainWindow window;
    ToastStack toasts;
    std::unique_ptr<DemoSandbox> demo;
    bool phonePageOpened = false;
    bool storeIsTheProfiles = false; ///< Not one for this run only.
    /// Receiver of all that is heard and answered here. The last member, so the first to go: nothing reaches what is being taken
    /// down, and a store or a keychain that answers late finds nobody.
    QObject guard;
};

} // namespace ringside
