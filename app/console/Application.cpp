// SPDX-License-Identifier: Apache-2.0
#include "Application.h"

#include "AccessTokenSource.h"
#include "AccountKeeper.h"
#include "AccountSecretStore.h"
#include "AgentSession.h"
#include "BaresipCallSource.h"
#include "CallLog.h"
#include "Clock.h"
#include "CompanyNetwork.h"
#include "CreditHistory.h"
#include "CreditLimit.h"
#include "CreditMeter.h"
#include "CrmClient.h"
#include "CustomerSearch.h"
#include "DemoSandbox.h"
#include "DesktopBrowser.h"
#include "Directory.h"
#include "HttpClient.h"
#include "KeychainSecretStore.h"
#include "Logging.h"
#include "MainWindow.h"
#include "NoteDrafts.h"
#include "OrgMetadata.h"
#include "Outbox.h"
#include "OutboxDispatcher.h"
#include "RequestScheduler.h"
#include "SessionFallbackSecretStore.h"
#include "Settings.h"
#include "SignIn.h"
#include "Store.h"
#include "StoreKey.h"
#include "Theme.h"
#include "ToastStack.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"
#include "WebSocketCallSource.h"
#include "WhenReady.h"

#include <QApplication>
#include <QIcon>
#include <QTimer>
#include <QUrl>

namespace ringside {

class Application::Private
{
public:
    Private(QApplication &application, const CommandLine &commandLine, const Profile &profile, Application *q);

    void start();
    void startDemo();
    void useSandbox();
    void openStore();
    void openStoreForThisRun(const QString &why);
    void startSession();
    void setPhone();
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
    KeychainSecretStore keychain;
    SessionFallbackSecretStore secrets;
    Store store; ///< Before the scheduler, whose count of credits goes there to the last.
    CreditHistory creditHistory;
    Accounts accounts;
    AccountSecretStore accountSecrets; ///< Of the account in use.
    CompanyNetwork network;
    HttpClient http;
    TokenEndpoint tokenEndpoint;
    TokenStore tokenStore;
    AccessTokenSource tokens;
    RequestScheduler scheduler;
    CrmClient crm;
    CallLog callLog;
    NoteDrafts drafts;
    Outbox outbox;
    Directory directory;
    OrgMetadata metadata;
    DesktopBrowser browser;
    SignIn signIn;
    std::unique_ptr<AccountKeeper> keeper; ///< Not in a demo, which has one account and ends with it.
    AgentSession session;
    CustomerSearch search;
    MainWindow window;
    ToastStack toasts;
    std::unique_ptr<DemoSandbox> demo;
    QStringList phoneInUse; ///< Its settings; empty = none made yet.
    bool phonePageOpened = false;
    bool storeIsTheProfiles = false; ///< Not one for this run only.
    bool sessionStarted = false;
    bool settingsFollowed = false;
};

Application::Private::Private(QApplication &application, const CommandLine &line, const Profile &openProfile,
                              Application *owner)
    : q(owner), commandLine(line), profile(openProfile), settings(profile.settingsPath()),
      theme(application, settings, Theme::systemSource()),
      keychain(line.demo && line.profileFolder.isEmpty() ? QStringLiteral("Ringside (demo)")
                                                         : profile.keychainService()),
      secrets(keychain), creditHistory(store), accounts(profile.folder()),
      accountSecrets(secrets, accounts.current().key), network(settings, secrets), tokenEndpoint(http, clock), tokenStore(accountSecrets),
      tokens(tokenEndpoint, tokenStore, clock),
      scheduler(http, tokens, clock), crm(scheduler), callLog(store), drafts(store), outbox(store), directory(store),
      metadata(crm, store, clock),
      signIn(settings, secrets, tokens, tokenEndpoint, browser, crm),
      session({settings, clock, crm, callLog, drafts, outbox, directory, signIn, metadata}),
      search(crm, directory, settings, metadata),
      window(session, signIn, search, settings, clock), toasts(session, clock, window)
{
}

void Application::Private::start()
{
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/ringside/ringside.svg")));
    window.show();
    for (const Error &problem : settings.problems())
        window.showProblem(problem.message, ProblemBar::About::Settings);
    // Empty once it works again: then the sentence goes by itself.
    QObject::connect(&store, &Store::troubleChanged, q,
                     [this](const QString &sentence) { window.showProblem(sentence, ProblemBar::About::Store); });
    followCredits();
    QObject::connect(&scheduler, &RequestScheduler::onlineChanged, q,
                     [this](bool online) { window.setOnline(online); });
    followNetwork();
    followSignIn();
    openStore();
    if (commandLine.demo) {
        startDemo();
        return;
    }
    followAccounts();
    followSettings();
    signIn.restore();
}

void Application::Private::startDemo()
{
    demo = std::make_unique<DemoSandbox>(http);
    QObject::connect(demo.get(), &DemoSandbox::started, q, [this](const Result<void> &started) {
        if (!started) {
            Q_EMIT q->failed(started.error().message);
            return;
        }
        useSandbox();
    });
    QObject::connect(demo.get(), &DemoSandbox::lost, q,
                     [this](const QString &sentence) { window.showProblem(sentence); });
    demo->start();
}

void Application::Private::useSandbox()
{
    const QString base = demo->baseUrl().toString(QUrl::RemovePath | QUrl::StripTrailingSlash);
    const std::pair<SettingKey, QString> values[] = {
        {SettingKey::DataCentre, QStringLiteral("custom")},
        {SettingKey::CustomAccountsUrl, base},
        {SettingKey::CustomApiUrl, base},
        {SettingKey::CustomWebUrl, base},
        {SettingKey::ClientId, demo->client().id},
        {SettingKey::PhoneSource, QStringLiteral("websocket")},
        {SettingKey::PhoneWebSocketUrl, demo->eventsUrl().toString()},
        {SettingKey::DefaultRegion, QStringLiteral("AE")},
    };
    for (const auto &[key, value] : values) {
        if (const auto stored = settings.set(key, value); !stored)
            window.showProblem(stored.error().message, ProblemBar::About::Settings);
    }
    followSettings();
    // What an earlier demo left in the keychain belongs to a sandbox that is gone.
    whenReady(q, accountSecrets.remove(QLatin1String(secretKey::tokens)), [this](const Result<void> &) {
        whenReady(q, secrets.write(QLatin1String(secretKey::clientSecret), demo->client().secret),
                  [this](const Result<void> &) {
                      const auto startOnce = std::make_shared<QMetaObject::Connection>();
                      *startOnce = QObject::connect(&signIn, &SignIn::changed, q, [this, startOnce] {
                          if (signIn.state() == SignIn::State::Starting)
                              return;
                          QObject::disconnect(*startOnce);
                          if (signIn.state() == SignIn::State::SignedOut)
                              signIn.start();
                      });
                      signIn.restore();
                  });
    });
}

void Application::Private::openStore()
{
    whenReady(q, obtainStoreKey(accountSecrets, storePath(), q), [this](const Result<Secret> &key) {
        if (!key) {
            openStoreForThisRun(key.error().message);
            return;
        }
        whenReady(q, store.open(storePath(), key.value()), [this](const Result<void> &opened) {
            storeIsTheProfiles = opened.ok();
            if (opened)
                startSession();
            else
                openStoreForThisRun(opened.error().message);
        });
    });
}

void Application::Private::openStoreForThisRun(const QString &why)
{
    window.setForThisRunOnly();
    window.showProblem(Application::tr("%1 Until then, notes and calls are kept for this run only.").arg(why));
    whenReady(q, store.openForThisRun(), [this](const Result<void> &opened) {
        if (!opened)
            window.showProblem(opened.error().message);
        startSession();
    });
}

// The phone comes after the store: what it tells of at once, calls of an earlier run among them, finds its notes there.
void Application::Private::startSession()
{
    session.start();
    scheduler.credits().keepIn(creditHistory);
    sessionStarted = true;
    setPhone();
}

void Application::Private::setPhone()
{
    if (!sessionStarted || !settingsFollowed)
        return;
    const QString source = settings.text(SettingKey::PhoneSource);
    QStringList wanted{source};
    if (source == QLatin1String("websocket"))
        wanted += settings.text(SettingKey::PhoneWebSocketUrl);
    else if (source == QLatin1String("baresip"))
        wanted += {settings.text(SettingKey::PhoneBaresipHost), settings.text(SettingKey::PhoneBaresipPort)};
    // A new source ends the calls of the old one: only what concerns the phone in use may do that.
    if (wanted == std::exchange(phoneInUse, wanted))
        return;
    if (source == QLatin1String("websocket") && !settings.text(SettingKey::PhoneWebSocketUrl).isEmpty()) {
        session.setCallSource(
            std::make_unique<WebSocketCallSource>(settings.url(SettingKey::PhoneWebSocketUrl), clock));
    } else if (source == QLatin1String("baresip")) {
        session.setCallSource(std::make_unique<BaresipCallSource>(
            settings.text(SettingKey::PhoneBaresipHost),
            static_cast<quint16>(settings.integer(SettingKey::PhoneBaresipPort)), clock));
    } else {
        session.setCallSource(nullptr);
    }
}

void Application::Private::followSettings()
{
    settingsFollowed = true;
    setPhone();
    QObject::connect(&settings, &Settings::changed, q, [this](SettingKey key) {
        switch (key) {
        case SettingKey::PhoneSource:
        case SettingKey::PhoneWebSocketUrl:
        case SettingKey::PhoneBaresipHost:
        case SettingKey::PhoneBaresipPort:
            // One save may change several of these; the source is made once, after all of them.
            QMetaObject::invokeMethod(
                q, [this] { setPhone(); }, Qt::QueuedConnection);
            break;
        case SettingKey::DataCentre:
        case SettingKey::DataCentresFile:
        case SettingKey::Environment:
        case SettingKey::ApiUrl:
        case SettingKey::CustomAccountsUrl:
        case SettingKey::CustomApiUrl:
        case SettingKey::CustomWebUrl:
        case SettingKey::ClientId:
            QMetaObject::invokeMethod(
                q, [this] { signIn.restore(); }, Qt::QueuedConnection);
            break;
        default:
            break;
        }
    });
}

// The agent has signed out: the sign-in is being revoked at Zoho, which gets three seconds. Then the key of the store goes out
// of the keychain, and the store off the disk.
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

QString Application::Private::storePath() const
{
    return accounts.folderOf(accounts.current().key) + QStringLiteral("/store.db");
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

Application::Application(QApplication &application, const CommandLine &commandLine, const Profile &profile,
                         QObject *parent)
    : QObject(parent), m_application(application), m_commandLine(commandLine), m_profile(profile),
      d(std::make_unique<Private>(application, commandLine, profile, this))
{
}

Application::~Application() = default;

void Application::start()
{
    d->start();
}

void Application::beginAfresh()
{
    const bool ownStore = d->storeIsTheProfiles;
    const QString storePath = d->storePath();
    QString sentence;
    QGuiApplication::setQuitOnLastWindowClosed(false);
    d.reset(); // closes the store
    if (ownStore) {
        if (const Result<void> removed = Store::remove(storePath); !removed)
            sentence = removed.error().message;
        else
            Accounts(m_profile.folder()).vacate(); // Nothing of anybody is left there.
    }
    makeAnew(sentence);
}

void Application::openAccount(const QString &sentence)
{
    QGuiApplication::setQuitOnLastWindowClosed(false); // There is no window for a moment.
    d.reset();
    makeAnew(sentence);
}

void Application::makeAnew(const QString &sentence)
{
    d = std::make_unique<Private>(m_application, m_commandLine, m_profile, this);
    d->start();
    if (!sentence.isEmpty())
        d->window.showProblem(sentence);
    QGuiApplication::setQuitOnLastWindowClosed(true);
}

void Application::showWindow()
{
    d->window.showNormal();
    d->window.raise();
    d->window.activateWindow();
}

} // namespace ringside
