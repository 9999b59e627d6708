// SPDX-License-Identifier: Apache-2.0
#include "AccessTokenSource.h"
#include "Await.h"
#include "BrowserLauncher.h"
#include "CrmClient.h"
#include "FakeAlarm.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "RawServer.h"
#include "RequestScheduler.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignIn.h"
#include "SignInScopes.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

class RecordingBrowser final : public BrowserLauncher
{
public:
    bool works = true;
    QList<QUrl> opened;

    bool open(const QUrl &url) override
    {
        opened.append(url);
        return works;
    }
};

QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

/// The ways of signing in as the window sees them: SignIn with everything below it, and a server that plays Zoho.
class TestSignInWays : public QObject
{
    Q_OBJECT

private:
    struct Desk
    {
        Desk()
            : server([this](const RawServer::Arrival &arrival) { return answer(arrival); }),
              settings(folder.filePath(QStringLiteral("settings.ini"))), endpoint(http, clock), store(secrets),
              tokens(endpoint, store, clock), scheduler(http, tokens, clock), crm(scheduler),
              signIn(settings, secrets, tokens, endpoint, browser, crm)
        {
            const QString base = server.url({}).toString();
            for (const auto &[key, value] : {std::pair(SettingKey::DataCentre, QStringLiteral("custom")),
                                             {SettingKey::CustomAccountsUrl, base},
                                             {SettingKey::CustomApiUrl, base},
                                             {SettingKey::CustomWebUrl, base},
                                             {SettingKey::ClientId, QStringLiteral("1000.ID")}})
                if (!settings.set(key, value))
                    qFatal("a setting was refused");
            signIn.setAlarms([this] { return std::make_unique<FakeAlarm>(alarm); });
        }

        RawServer::Answer answer(const RawServer::Arrival &arrival)
        {
            if (arrival.target.startsWith("/oauth/v3/device/code"))
                return {RawServer::response(
                    200, json("{'user_code':'ABCD','device_code':'d','verification_url':'https://a.example/device',"
                              "'expires_in':300}"))};
            if (arrival.target.startsWith("/oauth/v3/device/token") || arrival.target.startsWith("/oauth/v2/token"))
                return {RawServer::response(200, json(tokenReply))};
            if (arrival.target.startsWith("/crm/v8/users"))
                return {RawServer::response(
                    200, json("{'users':[{'id':'1','full_name':'Anna Kingsley','email':'anna@example.com'}]}"))};
            if (arrival.target.startsWith("/crm/v8/org"))
                return {RawServer::response(200,
                                            json("{'org':[{'zgid':'77','company_name':'Bentley','iso_code':'EUR'}]}"))};
            return {RawServer::response(204)};
        }

        bool signedOut()
        {
            (void)await(secrets.write(QLatin1String(secretKey::clientSecret), Secret("secret")));
            signIn.restore();
            return reaches(SignIn::State::SignedOut);
        }
        bool reaches(SignIn::State state)
        {
            return QTest::qWaitFor([this, state] { return signIn.state() == state; }, 10000);
        }

        QTemporaryDir folder;
        QByteArray tokenReply = "{'access_token':'1000.a.b','refresh_token':'1000.c.d','expires_in':3600}";
        RawServer server;
        Settings settings;
        FakeClock clock;
        HttpClient http;
        SessionSecretStore secrets;
        TokenEndpoint endpoint;
        TokenStore store;
        AccessTokenSource tokens;
        RequestScheduler scheduler;
        CrmClient crm;
        RecordingBrowser browser;
        AlarmRecord alarm;
        SignIn signIn;
    };

private Q_SLOTS:
    void aDeviceCodeSignsIn()
    {
        Desk desk;
        QVERIFY(desk.signedOut());
        desk.signIn.startWithDeviceCode();
        QCOMPARE(desk.signIn.state(), SignIn::State::WaitingForDevice);
        QCOMPARE(desk.signIn.deviceCode(), QString()); // Zoho has not answered yet.
        QTRY_COMPARE(desk.signIn.deviceCode(), QStringLiteral("ABCD"));
        QCOMPARE(desk.signIn.authorizeUrl(), QUrl(QStringLiteral("https://a.example/device")));
        QCOMPARE(desk.signIn.deviceCodeLife(), std::chrono::minutes(5));
        QVERIFY(desk.browser.opened.isEmpty());
        desk.signIn.openDevicePage();
        QCOMPARE(desk.browser.opened, (QList<QUrl>{desk.signIn.authorizeUrl()}));
        QVERIFY(desk.alarm.ring());
        QVERIFY(desk.reaches(SignIn::State::SignedIn));
        QTRY_VERIFY(desk.signIn.identity().has_value());
        QCOMPARE(desk.signIn.identity()->fullName, QStringLiteral("Anna Kingsley"));
        QCOMPARE(await(desk.store.load()).value().refreshToken.reveal(), QByteArray("1000.c.d"));
    }

    void aDeviceCodeIsCancelled()
    {
        Desk desk;
        QVERIFY(desk.signedOut());
        desk.signIn.startWithDeviceCode();
        QTRY_VERIFY(!desk.signIn.deviceCode().isEmpty());
        desk.signIn.cancel();
        QCOMPARE(desk.signIn.state(), SignIn::State::SignedOut);
        QVERIFY(!desk.alarm.act);
        desk.signIn.start(); // Another way at once.
        QVERIFY(desk.reaches(SignIn::State::WaitingForBrowser));
    }

    void aRefusedDeviceCodeIsSaid()
    {
        Desk desk;
        desk.tokenReply = "{'error':'access_denied'}";
        QVERIFY(desk.signedOut());
        desk.signIn.startWithDeviceCode();
        QTRY_VERIFY(desk.alarm.act != nullptr);
        desk.alarm.ring();
        QVERIFY(desk.reaches(SignIn::State::SignedOut));
        QVERIFY(desk.signIn.message().contains(QLatin1String("Accept")));
    }

    void withoutABrowserTheAddressIsOfferedToCopy()
    {
        Desk desk;
        desk.browser.works = false;
        QVERIFY(desk.signedOut());
        desk.signIn.startWithDeviceCode();
        QTRY_VERIFY(!desk.signIn.deviceCode().isEmpty());
        desk.signIn.openDevicePage();
        QCOMPARE(desk.signIn.state(), SignIn::State::WaitingForDevice);
        QVERIFY(desk.signIn.message().contains(QLatin1String("Copy")));
    }

    void aPastedCodeSignsIn()
    {
        Desk desk;
        QVERIFY(desk.signedOut());
        desk.signIn.startWithPastedCode(QStringLiteral(" 1000.x.y\n"));
        QCOMPARE(desk.signIn.state(), SignIn::State::Finishing);
        QVERIFY(desk.reaches(SignIn::State::SignedIn));
        QVERIFY(desk.server.arrivals()[0].body.endsWith("&code=1000.x.y"));
    }

    void anEmptyPastedCodeIsSaidAndNothingSent()
    {
        Desk desk;
        QVERIFY(desk.signedOut());
        desk.signIn.startWithPastedCode(QStringLiteral(" \n"));
        QCOMPARE(desk.signIn.state(), SignIn::State::SignedOut);
        QVERIFY(!desk.signIn.message().isEmpty());
        QCOMPARE(desk.server.arrivals().size(), 0);
    }

    void aFeatureThatIsSwitchedOnAsksForConsent()
    {
        Desk desk;
        desk.tokenReply = "{'access_token':'1000.a.b','refresh_token':'1000.c.d','expires_in':3600,'scope':'" +
                          signInScopes::least().join(QLatin1Char(' ')).toLatin1() + "'}";
        QVERIFY(desk.signedOut());
        QCOMPARE(desk.signIn.missingConsent(), QString());
        desk.signIn.startWithPastedCode(QStringLiteral("1000.x.y"));
        QVERIFY(desk.reaches(SignIn::State::SignedIn));
        QCOMPARE(desk.signIn.missingConsent(), QString());
        QSignalSpy changed(&desk.signIn, &SignIn::changed);
        QVERIFY(desk.settings.set(SettingKey::FeatureConvert, QStringLiteral("true")).ok());
        QCOMPARE(changed.count(), 1);
        QVERIFY(desk.signIn.missingConsent().contains(QLatin1String("ZohoCRM.modules.leads.UPDATE")));

        // Signing in again asks for more; to think better of it leaves the sign-in that there was.
        desk.signIn.start();
        QTRY_COMPARE(desk.browser.opened.size(), 1);
        QCOMPARE(desk.signIn.state(), SignIn::State::WaitingForBrowser);
        QVERIFY(desk.browser.opened.last()
                    .toString(QUrl::FullyDecoded)
                    .contains(QLatin1String("ZohoCRM.modules.leads.UPDATE")));
        desk.signIn.cancel();
        QCOMPARE(desk.signIn.state(), SignIn::State::SignedIn);
        QTRY_VERIFY(desk.signIn.identity().has_value());
        QVERIFY(!desk.signIn.missingConsent().isEmpty());
        QVERIFY(desk.tokens.signedIn());
    }

    void aDeskOfSomebodyElseIsNotOpened()
    {
        Desk desk;
        QStringList asked;
        desk.signIn.setAccountGate([&asked](const AgentIdentity &who) {
            asked.append(who.userId + QLatin1Char('@') + who.orgId);
            return false;
        }, true);
        QVERIFY(desk.signedOut());
        bool everSignedIn = false;
        connect(&desk.signIn, &SignIn::changed, this, [&] { everSignedIn = everSignedIn || desk.signIn.state() == SignIn::State::SignedIn; });
        desk.signIn.startWithPastedCode(QStringLiteral("1000.x.y"));
        QTRY_COMPARE(asked, (QStringList{QStringLiteral("1@77")}));
        QCOMPARE(desk.signIn.state(), SignIn::State::Finishing);
        QVERIFY(!everSignedIn);
        QVERIFY(!desk.signIn.identity().has_value());
    }

    void theOwnerNeedsProofOnlyOnce()
    {
        Desk desk;
        desk.signIn.setAccountGate([](const AgentIdentity &who) { return who.userId == QLatin1String("1"); }, true);
        QVERIFY(desk.signedOut());
        desk.signIn.startWithPastedCode(QStringLiteral("1000.x.y"));
        QVERIFY(desk.reaches(SignIn::State::SignedIn));
        const auto tokenCalls = [&desk] {
            const auto &all = desk.server.arrivals();
            return std::count_if(all.cbegin(), all.cend(), [](const auto &arrival) { return arrival.target.startsWith("/oauth/"); });
        };
        QCOMPARE(tokenCalls(), 1);
        QTRY_COMPARE(await(desk.store.load()).value().userId, QStringLiteral("1"));

        // Another start: no token call, and signed in at once, before the CRM has answered.
        AccessTokenSource tokens(desk.endpoint, desk.store, desk.clock);
        RequestScheduler scheduler(desk.http, tokens, desk.clock);
        CrmClient crm(scheduler);
        SignIn second(desk.settings, desk.secrets, tokens, desk.endpoint, desk.browser, crm);
        second.setAccountGate([](const AgentIdentity &) { return true; }, true);
        std::optional<bool> proved; // When it first was signed in.
        connect(&second, &SignIn::changed, &second, [&second, &proved] {
            if (second.state() == SignIn::State::SignedIn && !proved)
                proved = second.identity().has_value();
        });
        second.restore();
        QTRY_COMPARE(second.state(), SignIn::State::SignedIn);
        QTRY_VERIFY(second.identity().has_value());
        QCOMPARE(proved, std::optional<bool>(false));
        QCOMPARE(tokenCalls(), 1);
    }

    void aSandboxOfTheCrmIsSaid()
    {
        Desk desk;
        QVERIFY(desk.settings.set(SettingKey::DataCentre, QStringLiteral("eu")).ok());
        QVERIFY(desk.signedOut());
        TokenSet set{.accessToken = Secret("a"), .refreshToken = Secret("r"), .expiresAt = desk.clock.now().addSecs(3600),
                     .accountsServer = QUrl(QStringLiteral("https://accounts.zoho.eu")),
                     .apiDomain = QUrl(QStringLiteral("https://sandbox.zohoapis.eu")), .location = QStringLiteral("eu"), .scope = {}};
        QVERIFY(await(desk.store.save(set)).ok());
        desk.signIn.restore();
        QVERIFY(desk.reaches(SignIn::State::SignedIn));
        QVERIFY2(desk.signIn.message().contains(QLatin1String("sandbox")), qPrintable(desk.signIn.message()));
        QCOMPARE(desk.signIn.webOrigin(), QUrl(QStringLiteral("https://crmsandbox.zoho.eu")));
        QVERIFY(desk.settings.set(SettingKey::Environment, QStringLiteral("sandbox")).ok());
        desk.signIn.restore();
        QVERIFY(desk.reaches(SignIn::State::SignedIn));
        QCOMPARE(desk.signIn.message(), QString());
    }

    void furtherDataCentresComeFromAFile()
    {
        Desk desk;
        QFile file(desk.folder.filePath(QStringLiteral("centres.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("lab; Lab; " + desk.server.url({}).toString().toUtf8() + "; " + desk.server.url({}).toString().toUtf8() + "; "
                   + desk.server.url({}).toString().toUtf8());
        file.close();
        QVERIFY(desk.settings.set(SettingKey::DataCentre, QStringLiteral("lab")).ok());
        desk.signIn.restore();
        QVERIFY(desk.reaches(SignIn::State::NeedsSetup));
        QVERIFY(desk.signIn.message().contains(QLatin1String("lab")));
        QVERIFY(desk.settings.set(SettingKey::DataCentresFile, file.fileName()).ok());
        QVERIFY(desk.signedOut());
        QCOMPARE(desk.signIn.dataCentres().constLast(), qMakePair(QStringLiteral("lab"), QStringLiteral("Lab")));
        desk.signIn.startWithPastedCode(QStringLiteral("1000.x.y"));
        QVERIFY(desk.reaches(SignIn::State::SignedIn));
        QVERIFY(desk.settings.set(SettingKey::DataCentresFile, QStringLiteral("/nowhere/centres.txt")).ok());
        desk.signIn.restore();
        QVERIFY(desk.reaches(SignIn::State::NeedsSetup));
        QVERIFY(desk.signIn.message().contains(QLatin1String("centres.txt")));
    }

    void aSecondAttemptDoesNotDisturbTheFirst()
    {
        Desk desk;
        QVERIFY(desk.signedOut());
        desk.signIn.startWithDeviceCode();
        QTRY_VERIFY(!desk.signIn.deviceCode().isEmpty());
        desk.signIn.start();
        desk.signIn.startWithPastedCode(QStringLiteral("1000.x.y"));
        QCOMPARE(desk.signIn.state(), SignIn::State::WaitingForDevice);
        QCOMPARE(desk.server.arrivals().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSignInWays)
#include "tst_sign_in_ways.moc"
