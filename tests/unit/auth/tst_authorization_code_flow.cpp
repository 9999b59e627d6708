// SPDX-License-Identifier: Apache-2.0
#include "AuthorizationCodeFlow.h"
#include "Await.h"
#include "BrowserLauncher.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "Pkce.h"
#include "RawPeer.h"
#include "RawServer.h"
#include "Settings.h"
#include "SignInScopes.h"
#include "TokenEndpoint.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

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

} // namespace

class TestAuthorizationCodeFlow : public QObject
{
    Q_OBJECT

private:
    /// The flow, a browser that is the test, and an accounts server that gives what it is told.
    struct Rig
    {
        Rig() : server([this](const RawServer::Arrival &) { return answer; }), endpoint(client, clock)
        {
            options.client = {QStringLiteral("1000.ID"), Secret("the-secret")};
            Settings settings(folder.filePath(QStringLiteral("settings.ini")));
            const QString base = server.url({}).toString();
            for (const auto &[key, value] : {std::pair(SettingKey::DataCentre, QStringLiteral("custom")),
                                             {SettingKey::CustomAccountsUrl, base},
                                             {SettingKey::CustomApiUrl, base},
                                             {SettingKey::CustomWebUrl, base}})
                if (!settings.set(key, value))
                    qFatal("a setting was refused");
            options.dataCentres = DataCentres::fromSettings(settings).value();
        }

        void start()
        {
            flow = std::make_unique<AuthorizationCodeFlow>(options, endpoint, browser);
            connect(flow.get(), &AuthorizationCodeFlow::finished, flow.get(),
                    [this](const Result<TokenSet> &result) { outcomes.append(result); });
            connect(flow.get(), &AuthorizationCodeFlow::stateChanged, flow.get(),
                    [this] { states.append(flow->state()); });
            flow->start();
        }

        bool waits() const
        {
            return QTest::qWaitFor([this] { return flow->state() == AuthorizationCodeFlow::State::WaitingForBrowser; });
        }
        bool ends() const
        {
            return QTest::qWaitFor([this] { return !outcomes.isEmpty(); });
        }

        QString parameter(const char *name) const
        {
            return QUrlQuery(flow->authorizeUrl()).queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
        }
        QUrl redirect() const { return QUrl(parameter("redirect_uri")); }
        QByteArray request(const QByteArray &query) const
        {
            return RawPeer::get("/callback?state=" + parameter("state").toLatin1() + '&' + query,
                                "127.0.0.1:" + QByteArray::number(redirect().port()));
        }
        static QByteArray percent(const QByteArray &text) { return text.toPercentEncoding(); }

        QTemporaryDir folder;
        RawServer::Answer answer{RawServer::response(
            200, R"({"access_token":"1000.a.b","refresh_token":"1000.c.d","scope":"A","expires_in":3600})")};
        RawServer server;
        FakeClock clock;
        HttpClient client;
        TokenEndpoint endpoint;
        RecordingBrowser browser;
        AuthorizationCodeFlow::Options options;
        QList<Result<TokenSet>> outcomes;
        QList<AuthorizationCodeFlow::State> states;
        std::unique_ptr<AuthorizationCodeFlow> flow;
    };

private Q_SLOTS:
    void asksForTheRightThings()
    {
        Rig rig;
        rig.start();
        QVERIFY(rig.flow->authorizeUrl().isEmpty());
        QVERIFY(rig.waits());
        QCOMPARE(rig.browser.opened, (QList<QUrl>{rig.flow->authorizeUrl()}));
        QVERIFY(rig.flow->browserOpened());
        QCOMPARE(rig.flow->authorizeUrl().path(), QStringLiteral("/oauth/v2/auth"));
        QCOMPARE(rig.flow->authorizeUrl().port(), int(rig.server.port()));
        QCOMPARE(rig.parameter("response_type"), QStringLiteral("code"));
        QCOMPARE(rig.parameter("client_id"), QStringLiteral("1000.ID"));
        QCOMPARE(rig.parameter("access_type"), QStringLiteral("offline"));
        QCOMPARE(rig.parameter("prompt"), QStringLiteral("consent"));
        QCOMPARE(rig.parameter("code_challenge_method"), QStringLiteral("S256"));
        QCOMPARE(rig.parameter("scope").split(QLatin1Char(',')), signInScopes::least());
        QCOMPARE(rig.parameter("state").size(), 43);
        QVERIFY(AuthorizationCodeFlow::redirectUris().contains(rig.parameter("redirect_uri")));
        QVERIFY(!rig.flow->authorizeUrl().toString().contains(QLatin1String("the-secret")));
    }

    void signsIn()
    {
        Rig rig;
        rig.start();
        QVERIFY(rig.waits());
        RawPeer browser(static_cast<quint16>(rig.redirect().port()));
        browser.send(rig.request("code=1000.x%2Ey&location=us&accounts-server=" +
                                 Rig::percent(rig.server.url({}).toString().toUtf8()) + '&'));
        QVERIFY(rig.ends());
        QVERIFY(rig.outcomes.first().ok());
        const TokenSet &tokens = rig.outcomes.first().value();
        QCOMPARE(tokens.refreshToken.reveal(), QByteArray("1000.c.d"));
        QCOMPARE(tokens.accountsServer, rig.server.url({}));
        QCOMPARE(tokens.apiDomain, rig.server.url({})); // From the data centre, as the reply named none.
        QCOMPARE(tokens.location, QStringLiteral("custom"));
        QCOMPARE(tokens.expiresAt, rig.clock.now().addSecs(3600));
        QCOMPARE(RawPeer::status(browser.answer()), 200);

        QCOMPARE(rig.server.arrivals().size(), 1);
        const QUrlQuery form(QString::fromLatin1(rig.server.arrivals().first().body));
        QCOMPARE(form.queryItemValue(QStringLiteral("code"), QUrl::FullyDecoded), QStringLiteral("1000.x.y"));
        QCOMPARE(form.queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded), rig.redirect().toString());
        const Secret verifier(form.queryItemValue(QStringLiteral("code_verifier"), QUrl::FullyDecoded).toLatin1());
        QCOMPARE(QString::fromLatin1(pkce::challenge(verifier)), rig.parameter("code_challenge"));
        using State = AuthorizationCodeFlow::State;
        QCOMPARE(rig.states,
                 (QList<State>{State::Listening, State::WaitingForBrowser, State::Exchanging, State::Done}));
        QCOMPARE(rig.outcomes.size(), 1);
    }

    void theBrowserIsToldOnlyAfterTheExchange()
    {
        Rig rig;
        rig.answer = {};
        rig.start();
        QVERIFY(rig.waits());
        RawPeer browser(static_cast<quint16>(rig.redirect().port()));
        browser.send(rig.request("code=x"));
        QTRY_COMPARE(rig.server.arrivals().size(), 1);
        QVERIFY(browser.received().isEmpty());
        rig.server.sendLate(RawServer::response(200, R"({"error":"invalid_client_secret"})"));
        const QByteArray page = browser.answer();
        QCOMPARE(RawPeer::status(page), 200);
        QVERIFY(page.contains("not signed in"));
        QVERIFY(rig.ends());
        QCOMPARE(rig.outcomes.first().error().kind, ErrorKind::Configuration);
    }

    void aVanishedBrowserDoesNotStopTheExchange()
    {
        Rig rig;
        rig.answer = {};
        rig.start();
        QVERIFY(rig.waits());
        RawPeer browser(static_cast<quint16>(rig.redirect().port()));
        browser.send(rig.request("code=x"));
        QTRY_COMPARE(rig.server.arrivals().size(), 1);
        browser.vanish();
        rig.server.sendLate(RawServer::response(200, R"({"access_token":"1000.a.b","refresh_token":"1000.c.d"})"));
        QVERIFY(rig.ends());
        QVERIFY(rig.outcomes.first().ok());
    }

    void endsWithASentence_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("asksServer");
        const auto row = [](const char *name, const QByteArray &query, const QByteArray &reply, ErrorKind kind,
                            bool asksServer) { QTest::newRow(name) << query << reply << int(kind) << asksServer; };
        row("denied", "error=access_denied", {}, ErrorKind::Refused, false);
        row("other refusal", "error=%3Cb%3Ewhatever", {}, ErrorKind::Refused, false);
        row("refusal with a code", "error=access_denied&code=x", {}, ErrorKind::Refused, false);
        row("foreign server", "code=x&accounts-server=https%3A%2F%2Faccounts.zoho.example.com", {},
            ErrorKind::Configuration, false);
        row("Zoho's own, but not ours", "code=x&accounts-server=https%3A%2F%2Faccounts.zoho.com", {},
            ErrorKind::Configuration, false);
        row("no code", "location=us", {}, ErrorKind::BadReply, false);
        row("code used", "code=x", R"({"error":"invalid_code"})", ErrorKind::Refused, true);
        row("throttled", "code=x", R"({"error":"Access Denied","error_description":"x","status":"failure"})",
            ErrorKind::Throttled, true);
        row("html", "code=x", "<html>", ErrorKind::BadReply, true);
        row("no refresh token", "code=x", R"({"access_token":"1000.a.b"})", ErrorKind::BadReply, true);
    }
    void endsWithASentence()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, reply);
        QFETCH(int, kind);
        QFETCH(bool, asksServer);
        Rig rig;
        rig.answer = {RawServer::response(200, reply)};
        rig.start();
        QVERIFY(rig.waits());
        RawPeer browser(static_cast<quint16>(rig.redirect().port()));
        browser.send(rig.request(query));
        QVERIFY(rig.ends());
        QVERIFY(!rig.outcomes.first().ok());
        const Error error = rig.outcomes.first().error();
        QCOMPARE(int(error.kind), kind);
        QVERIFY(error.message.endsWith(QLatin1Char('.')));
        const QByteArray page = browser.answer();
        QVERIFY2(page.contains(error.message.toHtmlEscaped().toUtf8()), page.constData());
        QCOMPARE(rig.server.arrivals().size(), asksServer ? 1 : 0);
        QCOMPARE(rig.outcomes.size(), 1);
    }

    void aWrongStateIsWaitedOut()
    {
        Rig rig;
        rig.start();
        QVERIFY(rig.waits());
        const auto port = static_cast<quint16>(rig.redirect().port());
        RawPeer stranger(port);
        stranger.send(RawPeer::get("/callback?state=x&code=y", "127.0.0.1:" + QByteArray::number(port)));
        QCOMPARE(RawPeer::status(stranger.answer()), 400);
        QCOMPARE(rig.flow->state(), AuthorizationCodeFlow::State::WaitingForBrowser);
        RawPeer browser(port);
        browser.send(rig.request("code=x"));
        QVERIFY(rig.ends());
        QVERIFY(rig.outcomes.first().ok());
    }

    void whatIsMissingIsNamedBeforeTheBrowserOpens_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QString>("detail");
        QTest::newRow("id") << QString() << QByteArray("s") << QStringLiteral("zoho/client-id");
        QTest::newRow("secret") << QStringLiteral("i") << QByteArray() << QStringLiteral("zoho/client-secret");
    }
    void whatIsMissingIsNamedBeforeTheBrowserOpens()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, secret);
        QFETCH(QString, detail);
        Rig rig;
        rig.options.client = {id, Secret(secret)};
        rig.start();
        QVERIFY(rig.outcomes.isEmpty()); // Never before start() has returned.
        QVERIFY(rig.ends());
        QCOMPARE(rig.outcomes.first().error().kind, ErrorKind::Configuration);
        QCOMPARE(rig.outcomes.first().error().detail, detail);
        QVERIFY(rig.browser.opened.isEmpty());
    }

    void withoutABrowserItGoesOnWaiting()
    {
        Rig rig;
        rig.browser.works = false;
        rig.start();
        QVERIFY(rig.waits());
        QVERIFY(!rig.flow->browserOpened());
        RawPeer browser(static_cast<quint16>(rig.redirect().port()));
        browser.send(rig.request("code=x"));
        QVERIFY(rig.ends());
        QVERIFY(rig.outcomes.first().ok());
    }

    void aBrowserThatNeverComesBack()
    {
        Rig rig;
        rig.options.browserTimeout = 50ms;
        rig.start();
        QVERIFY(rig.ends());
        QCOMPARE(rig.outcomes.first().error().kind, ErrorKind::Timeout);
    }

    void busyPorts()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Rig rig;
        rig.options.redirectPort = other.serverPort();
        rig.start();
        QVERIFY(rig.ends());
        QCOMPARE(rig.outcomes.first().error().kind, ErrorKind::Busy);
        QVERIFY(rig.outcomes.first().error().message.contains(QString::number(other.serverPort())));
        QVERIFY(rig.browser.opened.isEmpty());
    }

    void allPortsBusyThenOneFree()
    {
        // Another program may hold one of them already, which is what this is about.
        std::vector<std::unique_ptr<QTcpServer>> others;
        for (const quint16 port : AuthorizationCodeFlow::redirectPorts) {
            auto other = std::make_unique<QTcpServer>();
            if (other->listen(QHostAddress::LocalHost, port))
                others.push_back(std::move(other));
        }
        Rig rig;
        rig.start();
        QVERIFY(rig.ends());
        const Error busy = rig.outcomes.first().error();
        QCOMPARE(busy.kind, ErrorKind::Busy);
        for (const quint16 port : AuthorizationCodeFlow::redirectPorts)
            QVERIFY(busy.message.contains(QString::number(port)));
        if (others.empty())
            QSKIP("every redirect port is held by another program");
        const int freed = others.back()->serverPort();
        others.pop_back();
        rig.flow->start();
        QVERIFY(rig.waits());
        QCOMPARE(rig.redirect().port(), freed);
    }

    void cancelling_data()
    {
        QTest::addColumn<bool>("exchanging");
        QTest::newRow("while waiting") << false;
        QTest::newRow("while exchanging") << true;
    }
    void cancelling()
    {
        QFETCH(bool, exchanging);
        Rig rig;
        rig.answer = {};
        rig.start();
        QVERIFY(rig.waits());
        RawPeer browser(static_cast<quint16>(rig.redirect().port()));
        QVERIFY(browser.connected());
        if (exchanging) {
            browser.send(rig.request("code=x"));
            QTRY_COMPARE(rig.server.arrivals().size(), 1);
        }
        rig.flow->cancel();
        QCOMPARE(rig.outcomes.size(), 1);
        QCOMPARE(rig.outcomes.first().error().kind, ErrorKind::Cancelled);
        rig.flow->cancel();
        QCOMPARE(rig.outcomes.size(), 1);
        // And it can be used again.
        rig.outcomes.clear();
        rig.answer = {RawServer::response(200, R"({"access_token":"1000.a.b","refresh_token":"1000.c.d"})")};
        rig.flow->start();
        QVERIFY(rig.waits());
        RawPeer again(static_cast<quint16>(rig.redirect().port()));
        again.send(rig.request("code=x"));
        QVERIFY(rig.ends());
        QVERIFY(rig.outcomes.first().ok());
    }

    void everyStartHasItsOwnSecrets()
    {
        Rig rig;
        rig.start();
        QVERIFY(rig.waits());
        const QString state = rig.parameter("state");
        const QString challenge = rig.parameter("code_challenge");
        rig.flow->cancel();
        rig.flow->start();
        QVERIFY(rig.waits());
        QVERIFY(rig.parameter("state") != state);
        QVERIFY(rig.parameter("code_challenge") != challenge);
    }

    void deletingItInItsOwnSignal()
    {
        Rig rig;
        rig.start();
        QVERIFY(rig.waits());
        connect(rig.flow.get(), &AuthorizationCodeFlow::finished, this, [&rig] { rig.flow.reset(); });
        RawPeer browser(static_cast<quint16>(rig.redirect().port()));
        browser.send(rig.request("code=x"));
        QTRY_VERIFY(!rig.flow);
        QCOMPARE(RawPeer::status(browser.answer()), 200);
    }
};

QTEST_GUILESS_MAIN(TestAuthorizationCodeFlow)
#include "tst_authorization_code_flow.moc"
