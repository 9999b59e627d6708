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
#include "TokenEndpoint.h"
#include "TokenStore.h"

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
