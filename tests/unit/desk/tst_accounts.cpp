// SPDX-License-Identifier: Apache-2.0
#include "AccessTokenSource.h"
#include "AccountKeeper.h"
#include "AccountSecretStore.h"
#include "Await.h"
#include "BrowserLauncher.h"
#include "CrmClient.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "RawServer.h"
#include "RequestScheduler.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignIn.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

class DeafBrowser final : public BrowserLauncher
{
public:
    bool open(const QUrl &) override { return true; }
};

AgentIdentity person(const char *user, const char *name, const char *org = "77")
{
    AgentIdentity identity;
    identity.userId = QLatin1String(user);
    identity.orgId = QLatin1String(org);
    identity.fullName = QLatin1String(name);
    identity.orgName = QStringLiteral("Bentley");
    return identity;
}

} // namespace

/// Several accounts on one desk: the list, the keychain entries, and a sign-in that turns out to be somebody else's.
class TestAccounts : public QObject
{
    Q_OBJECT

private:
    /// What a run of the program makes for the account in use, over a folder and a keychain that outlive it.
    struct Run
    {
        Run(const QString &folder, SecretStore &keychain, RawServer &server)
            : accounts(folder), secrets(keychain, accounts.current().key), settings(folder + QStringLiteral("/settings.ini")),
              endpoint(http, clock), store(secrets), tokens(endpoint, store, clock), scheduler(http, tokens, clock), crm(scheduler),
              signIn(settings, keychain, tokens, endpoint, browser, crm), keeper(accounts, keychain, signIn)
        {
            const QString base = server.url({}).toString();
            for (const auto &[key, value] : {std::pair(SettingKey::DataCentre, QStringLiteral("custom")), {SettingKey::CustomAccountsUrl, base},
                                             {SettingKey::CustomApiUrl, base}, {SettingKey::CustomWebUrl, base},
                                             {SettingKey::ClientId, QStringLiteral("1000.ID")}})
                if (!settings.set(key, value))
                    qFatal("a setting was refused");
            QObject::connect(&keeper, &AccountKeeper::switched, &keeper, [this](const QString &sentence) { switches.append(sentence); });
            signIn.restore();
        }

        bool reaches(SignIn::State state)
        {
            return QTest::qWaitFor([this, state] { return signIn.state() == state; }, 10000);
        }
        bool signInAs() // Whoever the server says.
        {
            if (!reaches(SignIn::State::SignedOut))
                return false;
            signIn.startWithPastedCode(QStringLiteral("1000.x.y"));
            return QTest::qWaitFor([this] { return signIn.state() == SignIn::State::SignedIn || !switches.isEmpty(); }, 10000);
        }

        Accounts accounts;
        AccountSecretStore secrets;
        Settings settings;
        FakeClock clock;
        HttpClient http;
        TokenEndpoint endpoint;
        TokenStore store;
        AccessTokenSource tokens;
        RequestScheduler scheduler;
        CrmClient crm;
        DeafBrowser browser;
        SignIn signIn;
        AccountKeeper keeper;
        QStringList switches;
    };

    RawServer::Answer answer(const RawServer::Arrival &arrival) const
    {
        const auto json = [](QByteArray text) { return RawServer::Answer{RawServer::response(200, text.replace('\'', '"'))}; };
        if (arrival.target.startsWith("/oauth/v2/token"))
            return json("{'access_token':'at-" + m_user + "','refresh_token':'rt-" + m_user + "','expires_in':3600}");
        if (arrival.target.startsWith("/crm/v8/users") && m_nameless)
            return {RawServer::response(403, R"({"code":"NO_PERMISSION","details":{},"message":"permission denied","status":"error"})")};
        if (arrival.target.startsWith("/crm/v8/users"))
            return json("{'users':[{'id':'" + m_user + "','full_name':'Agent " + m_user + "','email':'a@example.com'}]}");
        if (arrival.target.startsWith("/crm/v8/org"))
            return json("{'org':[{'zgid':'77','company_name':'Bentley','iso_code':'EUR'}]}");
        return {RawServer::response(204)};
    }

    static QByteArray kept(SecretStore &keychain, const char *entry)
    {
        const auto read = await(keychain.read(QLatin1String(entry)));
        return read.ok() ? read.value().reveal() : QByteArray();
    }

    QByteArray m_user = "1";
    bool m_nameless = false; ///< The CRM does not say who it is.

private Q_SLOTS:
    void theListIsKept()
    {
        QTemporaryDir folder;
        {
            Accounts accounts(folder.path());
            QCOMPARE(accounts.all().size(), 1);
            QVERIFY(accounts.current().key.isEmpty() && !accounts.current().hasOwner());
            QCOMPARE(accounts.vacant(), QString()); // The first one is still free.
            accounts.claim({}, person("1", "Anna, \"the\" first"));
            const QString second = accounts.vacant();
            QCOMPARE(second, QStringLiteral("2"));
            QCOMPARE(accounts.vacant(), second); // Not one more each time.
            accounts.claim(second, person("2", "Bob"));
            accounts.setCurrent(second);
            accounts.setCurrent(QStringLiteral("nonsense"));
        }
        Accounts left(folder.path());
        left.vacate();
        QVERIFY(!left.current().hasOwner());
        left.claim(left.current().key, person("2", "Bob"));
        Accounts again(folder.path());
        QCOMPARE(again.all().size(), 2);
        QCOMPARE(again.current().name, QStringLiteral("Bob"));
        QCOMPARE(again.of(person("1", ""))->name, QStringLiteral("Anna, \"the\" first"));
        QVERIFY(!again.of(person("1", "", "other org")));
        QCOMPARE(again.folderOf({}), folder.path());
        QCOMPARE(again.folderOf(QStringLiteral("2")), folder.filePath(QStringLiteral("account-2")));
    }

    void secretsAreApart()
    {
        SessionSecretStore keychain;
        AccountSecretStore first(keychain, {});
        AccountSecretStore second(keychain, QStringLiteral("2"));
        for (const char *own : {secretKey::tokens, secretKey::storeKey, secretKey::ledgerHead}) {
            QVERIFY(await(first.write(QLatin1String(own), Secret("one"))).ok());
            QVERIFY(!await(second.read(QLatin1String(own))).ok());
            QVERIFY(await(second.write(QLatin1String(own), Secret("two"))).ok());
            QCOMPARE(kept(first, own), QByteArray("one"));
            QVERIFY(await(second.remove(QLatin1String(own))).ok());
            QCOMPARE(kept(first, own), QByteArray("one"));
        }
        for (const char *common : {secretKey::clientSecret, secretKey::proxyPassword}) {
            QVERIFY(await(first.write(QLatin1String(common), Secret("shared"))).ok());
            QCOMPARE(kept(second, common), QByteArray("shared"));
        }
    }

    void aCancelledAttemptProvesNobody()
    {
        QTemporaryDir folder;
        SessionSecretStore keychain;
        (void)await(keychain.write(QLatin1String(secretKey::clientSecret), Secret("secret")));
        RawServer server([this](const RawServer::Arrival &arrival) { return answer(arrival); });
        m_user = "1";
        {
            Run run(folder.path(), keychain, server);
            QVERIFY(run.signInAs());
            QTRY_COMPARE(run.accounts.current().name, QStringLiteral("Agent 1"));
            QVERIFY(!run.signIn.unproved());
            run.tokens.signOut();
        }
        m_user = "2";
        m_nameless = true;
        Run run(folder.path(), keychain, server);
        QVERIFY(run.reaches(SignIn::State::SignedOut));
        run.signIn.startWithPastedCode(QStringLiteral("1000.x.y"));
        QVERIFY(run.reaches(SignIn::State::Finishing));
        QVERIFY(run.reaches(SignIn::State::SignedOut));
        QVERIFY(run.signIn.unproved());
        QList<SignIn::State> states;
        QObject::connect(&run.signIn, &SignIn::changed, &run.signIn, [&] { states.append(run.signIn.state()); });
        run.signIn.startWithDeviceCode();
        run.signIn.cancel();
        QTRY_COMPARE(run.signIn.state(), SignIn::State::SignedOut);
        QVERIFY(!states.contains(SignIn::State::SignedIn));
        QVERIFY(run.signIn.unproved());
        m_nameless = false;
    }

    void somebodyElseGetsAnAccountOfTheirOwn()
    {
        QTemporaryDir folder;
        SessionSecretStore keychain;
        (void)await(keychain.write(QLatin1String(secretKey::clientSecret), Secret("secret")));
        RawServer server([this](const RawServer::Arrival &arrival) { return answer(arrival); });
        m_user = "1";
        {
            Run run(folder.path(), keychain, server);
            QVERIFY(run.signInAs());
            QTRY_COMPARE(run.accounts.current().name, QStringLiteral("Agent 1"));
            QVERIFY(run.keeper.others().isEmpty());
            run.tokens.signOut();
        }
        m_user = "2";
        {
            Run run(folder.path(), keychain, server);
            QVERIFY(run.signInAs());
            QVERIFY(run.signIn.state() != SignIn::State::SignedIn);
            QCOMPARE(run.switches.size(), 1);
            QVERIFY2(run.switches[0].contains(QLatin1String("Agent 2")) && run.switches[0].contains(QLatin1String("Agent 1")),
                     qPrintable(run.switches[0]));
            QCOMPARE(run.accounts.current().key, QStringLiteral("2"));
        }
        QVERIFY(kept(keychain, "tokens").isEmpty());
        QVERIFY(kept(keychain, "tokens.2").contains("rt-2"));
        {
            Run run(folder.path(), keychain, server); // As the program starts it anew.
            QVERIFY(run.reaches(SignIn::State::SignedIn));
            QTRY_VERIFY(run.signIn.identity().has_value());
            QCOMPARE(run.signIn.identity()->userId, QStringLiteral("2"));
            QCOMPARE(run.keeper.others().size(), 1);
            QCOMPARE(run.keeper.others().at(0).name, QStringLiteral("Agent 1"));
            run.keeper.choose({});
            QCOMPARE(run.switches, (QStringList{QString()}));
        }
        m_user = "1";
        {
            Run run(folder.path(), keychain, server);
            QVERIFY(run.accounts.current().key.isEmpty());
            QVERIFY(run.signInAs()); // Back at the first desk, as its owner.
            QCOMPARE(run.signIn.state(), SignIn::State::SignedIn);
        }
    }

    void whoHasAnAccountIsTakenToIt()
    {
        QTemporaryDir folder;
        SessionSecretStore keychain;
        (void)await(keychain.write(QLatin1String(secretKey::clientSecret), Secret("secret")));
        RawServer server([this](const RawServer::Arrival &arrival) { return answer(arrival); });
        m_user = "1";
        {
            Run run(folder.path(), keychain, server);
            QVERIFY(run.signInAs());
            QTRY_VERIFY(run.accounts.current().hasOwner());
            run.keeper.addAnother();
            QCOMPARE(run.accounts.current().key, QStringLiteral("2"));
        }
        Run run(folder.path(), keychain, server);
        QVERIFY(run.signInAs()); // The same person again, on the free desk.
        QTRY_COMPARE(run.switches.size(), 1);
        QVERIFY(run.accounts.current().key.isEmpty());
        QCOMPARE(run.accounts.all().size(), 2);
        QVERIFY(!run.accounts.all()[1].hasOwner());
        QVERIFY(kept(keychain, "tokens").contains("rt-1"));
        QVERIFY(kept(keychain, "tokens.2").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
