// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "RawServer.h"
#include "TokenEndpoint.h"
#include "TokenReply.h"

#include <QTest>
#include <QUrlQuery>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

QDateTime now()
{
    return QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
}

/// JSON with single quotes, which moc can read; it stumbles over raw strings.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

HttpReply reply(const QByteArray &body, int status = 200)
{
    HttpReply made;
    made.status = status;
    made.body = body;
    return made;
}

ErrorKind kindOf(const Result<TokenSet> &result)
{
    return result.ok() ? ErrorKind::Internal : result.error().kind;
}

} // namespace

class TestTokenEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTokens_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("seconds");
        const auto row = [](const char *name, const QByteArray &body, int seconds) { QTest::newRow(name) << body << seconds; };
        row("usual", json("{'access_token':'1000.a.b','expires_in':3600}"), 3600);
        row("as text", json("{'access_token':'1000.a.b','expires_in':'1800'}"), 1800);
        row("old milliseconds", json("{'access_token':'1000.a.b','expires_in':3600000,'expires_in_sec':3600}"), 3600);
        row("not told", json("{'access_token':'1000.a.b'}"), 3600);
        row("nonsense", json("{'access_token':'1000.a.b','expires_in':'soon'}"), 3600);
        row("negative", json("{'access_token':'1000.a.b','expires_in':-5}"), 0);
        row("absurd", json("{'access_token':'1000.a.b','expires_in':1e18}"), 86400);
        row("with an error beside it", json("{'access_token':'1000.a.b','expires_in':60,'error':'x'}"), 60);
    }
    void readsTokens()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, seconds);
        const auto result = TokenReply::parse(reply(body), TokenReply::Grant::RefreshToken, now());
        QVERIFY(result.ok());
        QCOMPARE(result.value().accessToken.reveal(), QByteArray("1000.a.b"));
        QCOMPARE(result.value().expiresAt, now().addSecs(seconds));
        QVERIFY(result.value().refreshToken.isEmpty());
    }

    void classifiesErrors_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("onExchange");
        QTest::addColumn<int>("onRefresh");
        const auto row = [](const char *name, const QByteArray &body, int status, ErrorKind onExchange, ErrorKind onRefresh) {
            QTest::newRow(name) << body << status << int(onExchange) << int(onRefresh);
        };
        using enum ErrorKind;
        row("invalid_code", json("{'error':'invalid_code'}"), 200, Refused, SignedOut);
        row("invalid_code, 400", json("{'error':'invalid_code'}"), 400, Refused, SignedOut);
        row("invalid_grant", json("{'error':'invalid_grant','error_description':'x'}"), 400, Refused, SignedOut);
        row("invalid_client", json("{'error':'invalid_client'}"), 200, Configuration, Configuration);
        row("invalid_client_secret", json("{'error':'invalid_client_secret'}"), 200, Configuration, Configuration);
        row("invalid_redirect_uri", json("{'error':'invalid_redirect_uri'}"), 200, Configuration, Configuration);
        row("invalid_scope", json("{'error':'invalid_scope'}"), 200, Configuration, Configuration);
        row("throttled", json("{'error':'Access Denied','error_description':'You have made too many requests','status':'failure'}"), 400, Throttled,
            Throttled);
        row("throttled, 200, localised", json("{'error':'\xe8\xae\xbf','error_description':'\xe8\xaf\xb7','status':'failure'}"), 200,
            Throttled, Throttled);
        row("429", "", 429, Throttled, Throttled);
        row("general_error", json("{'error':'general_error'}"), 200, ServerError, ServerError);
        row("unknown error", json("{'error':'something_new'}"), 200, ServerError, ServerError);
        row("500", "<html>", 500, ServerError, ServerError);
        row("502 empty", "", 502, ServerError, ServerError);
        row("html", "<html>Sign in to the hotel's network</html>", 200, BadReply, BadReply);
        row("empty", "", 200, BadReply, BadReply);
        row("array", json("['access_token']"), 200, BadReply, BadReply);
        row("empty token", json("{'access_token':''}"), 200, BadReply, BadReply);
        row("token of another type", json("{'access_token':7}"), 200, BadReply, BadReply);
        row("plain API", json("{'access_token':'1000.a.b','api_domain':'http://www.zohoapis.com'}"), 200, BadReply, BadReply);
        row("API that is no address", json("{'access_token':'1000.a.b','api_domain':'javascript:x'}"), 200, BadReply, BadReply);
    }
    void classifiesErrors()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(int, onExchange);
        QFETCH(int, onRefresh);
        const auto exchanged = TokenReply::parse(reply(body, status), TokenReply::Grant::AuthorizationCode, now());
        const auto refreshed = TokenReply::parse(reply(body, status), TokenReply::Grant::RefreshToken, now());
        QCOMPARE(int(kindOf(exchanged)), onExchange);
        QCOMPARE(int(kindOf(refreshed)), onRefresh);
        QVERIFY(exchanged.error().message.endsWith(QLatin1Char('.')));
        if (kindOf(refreshed) == ErrorKind::Throttled)
            QVERIFY(refreshed.error().retryAfter >= 10min);
        if (kindOf(refreshed) == ErrorKind::Configuration)
            QVERIFY(refreshed.error().detail.startsWith(QLatin1String("zoho/")));
    }

    void secretsGoIntoTheBody()
    {
        RawServer server([](const RawServer::Arrival &arrival) {
            if (arrival.target.contains("revoke"))
                return RawServer::Answer{RawServer::response(200, json("{'status':'success'}"))};
            return RawServer::Answer{RawServer::response(
                200, json("{'access_token':'1000.a.b','refresh_token':'1000.c.d','scope':'A B','api_domain':'https://www.zohoapis.in','expires_in':3600,'new':[]}"))};
        });
        HttpClient client;
        FakeClock clock;
        TokenEndpoint endpoint(client, clock);
        const ClientCredentials credentials{QStringLiteral("1000.ID"), Secret("s&e=c%r+et")};
        const auto exchanged = await(endpoint.exchange({.accountsServer = server.url({}),
                                                        .client = credentials,
                                                        .code = Secret("1000.code"),
                                                        .codeVerifier = Secret("verifier"),
                                                        .redirectUri = QStringLiteral("http://127.0.0.1:47811/callback")}));
        QVERIFY(exchanged.ok());
        QCOMPARE(exchanged.value().refreshToken.reveal(), QByteArray("1000.c.d"));
        QCOMPARE(exchanged.value().scope, QStringLiteral("A B"));
        QCOMPARE(exchanged.value().apiDomain, QUrl(QStringLiteral("https://www.zohoapis.in")));
        const RawServer::Arrival arrival = server.arrivals().constFirst();
        QCOMPARE(arrival.method, QByteArray("POST"));
        QCOMPARE(arrival.target, QByteArray("/oauth/v2/token"));
        QCOMPARE(arrival.header("content-type"), QByteArray("application/x-www-form-urlencoded"));
        QVERIFY(arrival.header("authorization").isNull());
        const QUrlQuery form(QString::fromLatin1(arrival.body));
        const auto field = [&form](const char *name) { return form.queryItemValue(QLatin1String(name), QUrl::FullyDecoded); };
        QCOMPARE(field("grant_type"), QStringLiteral("authorization_code"));
        QCOMPARE(field("client_id"), QStringLiteral("1000.ID"));
        QCOMPARE(field("client_secret"), QStringLiteral("s&e=c%r+et"));
        QCOMPARE(field("code"), QStringLiteral("1000.code"));
        QCOMPARE(field("code_verifier"), QStringLiteral("verifier"));
        QCOMPARE(field("redirect_uri"), QStringLiteral("http://127.0.0.1:47811/callback"));

        QVERIFY(await(endpoint.refresh(server.url({}), credentials, Secret("1000.c.d"))).ok());
        QCOMPARE(server.arrivals().at(1).body,
                 QByteArray("grant_type=refresh_token&client_id=1000.ID&client_secret=s%26e%3Dc%25r%2Bet&refresh_token=1000.c.d"));
        QVERIFY(await(endpoint.revoke(server.url({}), Secret("1000.c.d"))).ok());
        QCOMPARE(server.arrivals().at(2).target, QByteArray("/oauth/v2/token/revoke"));
        QCOMPARE(server.arrivals().at(2).body, QByteArray("token=1000.c.d"));
    }

    void revokingWhatIsDeadSucceeds()
    {
        int status = 400;
        RawServer server([&status](const RawServer::Arrival &) {
            return RawServer::Answer{RawServer::response(status, json("{'error':'invalid_token'}"))};
        });
        HttpClient client;
        FakeClock clock;
        TokenEndpoint endpoint(client, clock);
        QVERIFY(await(endpoint.revoke(server.url({}), Secret("x"))).ok());
        status = 503;
        QCOMPARE(await(endpoint.revoke(server.url({}), Secret("x"))).error().kind, ErrorKind::ServerError);
    }

    void lostConnectionsPass()
    {
        RawServer server([](const RawServer::Arrival &) { return RawServer::Answer{{}, RawServer::Then::Fin}; });
        HttpClient client;
        FakeClock clock;
        TokenEndpoint endpoint(client, clock);
        const auto result = await(endpoint.refresh(server.url({}), {QStringLiteral("a"), Secret("b")}, Secret("c")));
        QCOMPARE(kindOf(result), ErrorKind::Network);
        QCOMPARE(server.arrivals().size(), 1);
    }

    void aDeadReceiverAbortsTheRequest()
    {
        RawServer server([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        HttpClient client;
        FakeClock clock;
        TokenEndpoint endpoint(client, clock);
        {
            QObject receiver;
            whenReady(&receiver, endpoint.revoke(server.url({}), Secret("x")), [](const Result<void> &) { QFAIL("the receiver is gone"); });
            QTRY_COMPARE(server.arrivals().size(), 1);
        }
        QTRY_VERIFY(endpoint.children().isEmpty());
        QTRY_VERIFY(std::none_of(client.children().cbegin(), client.children().cend(),
                                 [](const QObject *child) { return child->inherits("ringside::HttpExchange"); }));
    }
};

QTEST_GUILESS_MAIN(TestTokenEndpoint)
#include "tst_token_endpoint.moc"
