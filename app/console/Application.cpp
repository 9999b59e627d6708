// SPDX-License-Identifier: Apache-2.0
#include "ApplicationPrivate.h"

#include "CreditMeter.h"
#include "LossQuestion.h"
#include "OutboxDispatcher.h"
#include "StoreKey.h"
#include "WhenReady.h"

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QUrl>

namespace ringside {

Application::Private::Private(QApplication &application, const CommandLine &line, const Profile &openProfile,
                              SessionFallbackSecretStore &kept, Application *owner)
    : q(owner), commandLine(line), profile(openProfile), settings(profile.settingsPath()),
      theme(application, settings, Theme::systemSource()),
      secrets(kept), creditHistory(store), accounts(profile.folder()),
      accountSecrets(secrets, accounts.current().key), network(settings, secrets, clock), tokenEndpoint(http, clock), tokenStore(accountSecrets),
      tokens(tokenEndpoint, tokenStore, clock),
      scheduler(http, tokens, clock), crm(scheduler), callLog(store), drafts(store), outbox(store), newPersonQueue(store), ledger(store),
      ledgerKeeper(ledger, accountSecrets, clock), directory(store),
      metadata(crm, store, clock),
      signIn(settings, secrets, tokens, tokenEndpoint, browser, crm),
      session({settings, clock, crm, callLog, drafts, outbox, newPersonQueue, directory, signIn, metadata}),
      witness(session, signIn, ledger), day({session, callLog, ledger, ledgerKeeper, crm, settings, clock}),
      phone(settings, clock, session), search(crm, directory, settings, metadata),
      window(session, signIn, search, settings, clock), toasts(session, clock, window)
{
}

void Application::Private::start()
{
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/ringside/ringside.svg")));
    window.setDayStatement(day);
    window.show();
    for (const Error &problem : settings.problems())
        window.showProblem(problem.message, ProblemBar::About::Settings);
    // Empty once it works again: then the sentence goes by itself.
    QObject::connect(&store, &Store::troubleChanged, &guard,
                     [this](const QString &sentence) { window.showProblem(sentence, ProblemBar::About::Store); });
    QObject::connect(&store, &Store::recovered, &guard,
                     [this](const QString &sentence) { window.showProblem(sentence); });
    followCredits();
    QObject::connect(&scheduler, &RequestScheduler::onlineChanged, &guard, [this](bool online) {
        window.setOnline(online);
        if (online) // What could not be sent goes now, and not when its back-off is over.
            session.dispatcher().kick();
    });
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
    QObject::connect(demo.get(), &DemoSandbox::started, &guard, [this](const Result<void> &started) {
        if (!started) {
            Q_EMIT q->failed(started.error().message);
            return;
        }
        useSandbox();
    });
    QObject::connect(demo.get(), &DemoSandbox::lost, &guard,
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
    whenReady(&guard, accountSecrets.remove(QLatin1String(secretKey::tokens)), [this](const Result<void> &) {
        whenReady(&guard, secrets.write(QLatin1String(secretKey::clientSecret), demo->client().secret),
                  [this](const Result<void> &) {
                      const auto startOnce = std::make_shared<QMetaObject::Connection>();
                      *startOnce = QObject::connect(&signIn, &SignIn::changed, &guard, [this, startOnce] {
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
    whenReady(&guard, obtainStoreKey(accountSecrets, storePath(), &guard), [this](const Result<Secret> &key) {
        if (!key) {
            openStoreForThisRun(key.error().message);
            return;
        }
        whenReady(&guard, store.open(storePath(), key.value()), [this](const Result<void> &opened) {
            storeIsTheProfiles = opened.ok();
            if (opened && !commandLine.demo) // whose store goes with its folder, and leaves the keychain behind
                ledgerKeeper.begin();
            if (opened)
                startSession();
            else
                openStoreForThisRun(opened.error().message);
        });
    });
}

void Application::Private::openStoreForThisRun(const QString &why)
{
    window.lossQuestion().setForThisRunOnly();
    window.showProblem(Application::tr("%1 Until then, notes and calls are kept for this run only.").arg(why));
    whenReady(&guard, store.openForThisRun(), [this](const Result<void> &opened) {
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
    phone.begin();
}

// The agent has signed out: the sign-in is being revoked at Zoho, which gets three seconds. Then the key of the store goes out
// of the keychain, and the store off the disk.
QString Application::Private::storePath() const
{
    return accounts.folderOf(accounts.current().key) + QStringLiteral("/store.db");
}

Application::Application(QApplication &application, const CommandLine &commandLine, const Profile &profile,
                         QObject *parent)
    : QObject(parent), m_application(application), m_commandLine(commandLine), m_profile(profile),
      m_keychain(commandLine.demo && commandLine.profileFolder.isEmpty() ? QStringLiteral("Ringside (demo)")
                                                                         : profile.keychainService()),
      m_secrets(m_keychain), d(std::make_unique<Private>(application, commandLine, profile, m_secrets, this))
{
}

Application::~Application() = default;

void Application::start(const QString &trouble)
{
    d->start();
    if (!trouble.isEmpty())
        d->window.showProblem(trouble);
}

void Application::beginAfresh()
{
    const bool ownStore = d->storeIsTheProfiles;
    const QString storePath = d->storePath();
    QString sentence;
    QGuiApplication::setQuitOnLastWindowClosed(false);
    d.reset(); // closes the store
    if (!ownStore) {
        // It could not be opened in this run, so nobody was asked about what is in it.
        if (QFile::exists(storePath))
            sentence = tr("You are signed out. Calls and notes of earlier days could not be opened and are still on this computer.");
    } else if (const Result<void> removed = Store::remove(storePath); !removed) {
        sentence = removed.error().message;
    } else {
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
    d = std::make_unique<Private>(m_application, m_commandLine, m_profile, m_secrets, this);
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
