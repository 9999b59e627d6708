// SPDX-License-Identifier: Apache-2.0
#include "AccessTokenSource.h"
#include "AuthorizationCodeFlow.h"
#include "Await.h"
#include "Clock.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "SandboxServer.h"
#include "ScriptedBrowser.h"
#include "SecretStore.h"
#include "SignInScopes.h"
#include "Settings.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// Signs in at the sandbox through the real flow, calls the CRM, renews, and signs out.
class TestSignIn : public QObject
{
    Q_OBJECT

private:
    struct Desk
    {
        Desk() : server(small()), endpoint(http, clock), store(secrets), source(endpoint, store, clock), scheduler(http, source, clock)
        {
            if (!server.start())
                qFatal("the sandbox does not start");
            options.client = {sandbox::SandboxServer::demoClientId(), Secret(sandbox::SandboxServer::demoClientSecret().toLatin1())};
            Settings settings(folder.filePath(QStringLiteral("settings.ini")));
            for (const auto &[key, value] :
                 {std::pair(SettingKey::DataCentre, QStringLiteral("custom")), {SettingKey::CustomAccountsUrl, server.baseUrl()},
                  {SettingKey::CustomApiUrl, server.baseUrl()}, {SettingKey::CustomWebUrl, server.baseUrl()}})
                if (!settings.set(key, value))
                    qFatal("a setting was refused");
            options.dataCentres = DataCentres::fromSettings(settings).value();
            source.setClient(options.client);
        }

        static sandbox::SandboxOptions small()
        {
            sandbox::SandboxOptions options;
            options.records = 50;
            return options;
        }

        Result<TokenSet> signIn()
        {
            AuthorizationCodeFlow flow(options, endpoint, browser);
            std::optional<Result<TokenSet>> outcome;
            connect(&flow, &AuthorizationCodeFlow::finished, &flow, [&outcome](const Result<TokenSet> &result) { outcome.emplace(result); });
            flow.start();
            if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20000))
                return Error{.kind = ErrorKind::Internal, .message = QStringLiteral("the flow did not end")};
            return *outcome;
        }

        Result<HttpReply> currentUser()
        {
            HttpRequest request;
            request.url = QUrl(server.baseUrl() + QStringLiteral("/crm/v8/users?type=CurrentUser"));
            return await(scheduler.enqueue(request));
        }

        sandbox::SandboxServer server;
        QTemporaryDir folder;
        SystemClock clock;
        HttpClient http;
        SessionSecretStore secrets;
        TokenEndpoint endpoint;
        TokenStore store;
        AccessTokenSource source;
        RequestScheduler scheduler;
        ScriptedBrowser browser;
        AuthorizationCodeFlow::Options options;
    };

private Q_SLOTS:
    void signsInCallsRenewsAndSignsOut()
    {
        Desk desk;
        const auto tokens = desk.signIn();
        QVERIFY2(tokens.ok(), tokens.ok() ? "" : qPrintable(tokens.error().message));
        QCOMPARE(tokens.value().accountsServer.toString(), desk.server.baseUrl());
        QCOMPARE(tokens.value().apiDomain.toString(), desk.server.baseUrl());
        for (const QString &scope : signInScopes::least())
            QVERIFY2(tokens.value().scope.contains(scope), qPrintable(scope));
        QTRY_VERIFY(desk.browser.done);
        QVERIFY(desk.browser.lastPage.contains("You are signed in"));

        QVERIFY(await(desk.source.adopt(tokens.value())).ok());
        const auto user = desk.currentUser();
        QVERIFY(user.ok());
        QCOMPARE(user.value().status, 200);
        QCOMPARE(QJsonDocument::fromJson(user.value().body)[QLatin1String("users")].toArray().size(), 1);

        // Refused once, renewed, and it goes on.
        const Secret first = tokens.value().accessToken;
        desk.source.tokenRefused(first);
        const auto renewed = await(desk.source.accessToken());
        QVERIFY2(renewed.ok(), renewed.ok() ? "" : qPrintable(renewed.error().message));
        QVERIFY(!(renewed.value() == first));
        QCOMPARE(desk.currentUser().value().status, 200);

        QVERIFY(await(desk.source.signOut()).ok());
        QCOMPARE(desk.currentUser().error().kind, ErrorKind::SignedOut);
        // Revoked at the other side too: the old refresh token is dead there.
        const auto refresh = [&] {
            return await(desk.endpoint.refresh(tokens.value().accountsServer, desk.options.client, tokens.value().refreshToken));
        };
        QTRY_COMPARE(refresh().ok() ? ErrorKind::Internal : refresh().error().kind, ErrorKind::SignedOut);
    }

    void aRevokedSignInIsNoticedAndToldOnce()
    {
        Desk desk;
        const auto tokens = desk.signIn();
        QVERIFY(tokens.ok());
        QVERIFY(await(desk.source.adopt(tokens.value())).ok());
        QVERIFY(await(desk.endpoint.revoke(tokens.value().accountsServer, tokens.value().refreshToken)).ok());
        int needed = 0;
        connect(&desk.scheduler, &RequestScheduler::signInNeeded, this, [&needed] { ++needed; });
        QCOMPARE(desk.currentUser().error().kind, ErrorKind::SignedOut);
        QCOMPARE(desk.currentUser().error().kind, ErrorKind::SignedOut);
        QCOMPARE(needed, 1);
        QVERIFY(!desk.source.signedIn());
    }

    void rejectingIsARefusal()
    {
        Desk desk;
        desk.browser.decision = QStringLiteral("reject");
        const auto tokens = desk.signIn();
        QVERIFY(!tokens.ok());
        QCOMPARE(tokens.error().kind, ErrorKind::Refused);
        QTRY_VERIFY(desk.browser.done);
        QVERIFY(desk.browser.lastPage.contains("not signed in"));
    }

    void aWrongSecretIsAConfigurationError()
    {
        Desk desk;
        desk.options.client.secret = Secret("wrong");
        const auto tokens = desk.signIn();
        QVERIFY(!tokens.ok());
        QCOMPARE(tokens.error().kind, ErrorKind::Configuration);
        QCOMPARE(tokens.error().code, QStringLiteral("invalid_client_secret"));
    }

    void anUnknownClientNeverComesBack()
    {
        Desk desk;
        desk.options.client.id = QStringLiteral("1000.UNKNOWN");
        desk.options.browserTimeout = std::chrono::milliseconds(500);
        const auto tokens = desk.signIn();
        QVERIFY(!tokens.ok());
        QCOMPARE(tokens.error().kind, ErrorKind::Timeout); // Zoho shows its own page and does not redirect.
        QVERIFY(!desk.browser.lastPage.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_sign_in.moc"
