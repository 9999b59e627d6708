// SPDX-License-Identifier: Apache-2.0
#include "OAuthServer.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

namespace {

const QString redirectUri = u"http://127.0.0.1:47811/callback"_qs;
const QString verifier = u"a-verifier-that-is-long-enough-to-be-taken-for-one"_qs;

QString challengeOf(const QString &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

class TestSandboxOAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = 1'000'000;
        m_ledger = std::make_unique<OAuthLedger>([this] { return m_now; });
        m_server = std::make_unique<OAuthServer>(*m_ledger, u"Mariam <Al> Amiri"_qs, u"mariam@northlight.example"_qs);
        m_server->setBaseUrl(u"http://127.0.0.1:8080"_qs);
        m_ledger->addClient({u"1000.APP"_qs, u"secret"_qs, u"Ring<side"_qs, u"mobile"_qs, {redirectUri}});
        m_ledger->addClient({u"1000.WEB"_qs, u"web-secret"_qs, u"Web"_qs, u"server"_qs, {redirectUri}});
    }

    void consentNamesAppAgentAndScopesAsText()
    {
        const HttpReply page = ask();
        QCOMPARE(page.status, 200);
        const QString html = QString::fromUtf8(page.body);
        QVERIFY(html.contains(u"id=\"accept\""_qs));
        QVERIFY(html.contains(u"id=\"reject\""_qs));
        QVERIFY(html.contains(u"Ring&lt;side"_qs));
        QVERIFY(html.contains(u"Mariam &lt;Al&gt; Amiri"_qs));
        QVERIFY(html.contains(u"View contacts"_qs));
        QVERIFY(!html.contains(u"Ring<side"_qs));
    }

    void acceptRedirectsAsZohoDoes()
    {
        const QByteArray location = decide(ask(), u"accept"_qs);
        QVERIFY(location.startsWith("http://127.0.0.1:47811/callback?code=1000."));
        QVERIFY(location.contains("&location=us&accounts-server=http%3A%2F%2F127.0.0.1%3A8080&state=st%26ate%3D1"));
        QVERIFY(location.endsWith('&'));
    }

    void rejectTellsTheApplication()
    {
        QCOMPARE(decide(ask(), u"reject"_qs),
                 QByteArray("http://127.0.0.1:47811/callback?error=access_denied&state=st%26ate%3D1"));
    }

    void consentFormWorksOnce()
    {
        const HttpReply page = ask();
        QVERIFY(!decide(page, u"accept"_qs).isEmpty());
        QVERIFY(decide(page, u"accept"_qs).isEmpty());
    }

    void forgedConsentIsRefused()
    {
        HttpRequest request{u"POST"_qs, u"/oauth/v2/auth/consent"_qs, {}, {}, {}, {}, {}};
        request.form = {{u"request"_qs, u"guess"_qs}, {u"decision"_qs, u"accept"_qs}};
        QCOMPARE(m_server->handle(request).status, 400);
    }

    void wrongAuthorizeRequestsStayOnAPage_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("client") << u"client_id"_qs << u"1000.OTHER"_qs;
        QTest::newRow("redirect") << u"redirect_uri"_qs << QString(redirectUri + u'/');
        QTest::newRow("response type") << u"response_type"_qs << u"token"_qs;
        QTest::newRow("scope") << u"scope"_qs << u"ZohoCRM.modules.contacts.READ,ZohoCRM.modules.unicorns.READ"_qs;
        QTest::newRow("no scope") << u"scope"_qs << u""_qs;
        QTest::newRow("no challenge") << u"code_challenge"_qs << u""_qs;
        QTest::newRow("method") << u"code_challenge_method"_qs << u"S512"_qs;
        QTest::newRow("access type") << u"access_type"_qs << u"sometimes"_qs;
    }

    void wrongAuthorizeRequestsStayOnAPage()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const HttpReply reply = ask({{name, value}});
        QCOMPARE(reply.status, 400);
        QVERIFY(reply.contentType.startsWith("text/html"));
        for (const auto &[header, text] : reply.headers)
            QVERIFY(header != "Location");
    }

    void codeIsExchangedOnce()
    {
        const QString code = acceptedCode();
        const QJsonObject tokens = exchange(code);
        QVERIFY(tokens.value("access_token"_L1).toString().startsWith("1000."_L1));
        QVERIFY(tokens.value("refresh_token"_L1).toString().startsWith("1000."_L1));
        QCOMPARE(tokens.value("api_domain"_L1).toString(), u"http://127.0.0.1:8080"_qs);
        QCOMPARE(tokens.value("expires_in"_L1).toInt(), 3600);
        QVERIFY(m_ledger->access(tokens.value("access_token"_L1).toString()));
        QCOMPARE(exchange(code).value("error"_L1).toString(), u"invalid_code"_qs);
    }

    void codeDiesAfterTwoMinutes()
    {
        const QString code = acceptedCode();
        m_now += 120'000;
        QCOMPARE(exchange(code).value("error"_L1).toString(), u"invalid_code"_qs);
    }

    void exchangeErrors_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("error");
        QTest::newRow("client") << u"client_id"_qs << u"x"_qs << u"invalid_client"_qs;
        QTest::newRow("secret") << u"client_secret"_qs << u"x"_qs << u"invalid_client_secret"_qs;
        QTest::newRow("other secret") << u"client_secret"_qs << u"web-secret"_qs << u"invalid_client_secret"_qs;
        QTest::newRow("redirect") << u"redirect_uri"_qs << u"http://localhost:47811/callback"_qs << u"invalid_redirect_uri"_qs;
        QTest::newRow("verifier") << u"code_verifier"_qs << u"another"_qs << u"invalid_code"_qs;
        QTest::newRow("no verifier") << u"code_verifier"_qs << u""_qs << u"invalid_code"_qs;
        QTest::newRow("code") << u"code"_qs << u"1000.x.y"_qs << u"invalid_code"_qs;
    }

    void exchangeErrors()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, error);
        HttpReply reply;
        const QJsonObject body = exchange(acceptedCode(), {{name, value}}, &reply);
        QCOMPARE(reply.status, 200); // Zoho says 200 to failures, too
        QCOMPARE(body.value("error"_L1).toString(), error);
        QVERIFY(!body.contains("access_token"_L1));
    }

    void plainChallengeIsCompared()
    {
        const QString code = acceptedCode({{u"code_challenge"_qs, verifier}, {u"code_challenge_method"_qs, u"plain"_qs}});
        QVERIFY(exchange(code).contains("access_token"_L1));
    }

    void parametersMayStandInTheQuery()
    {
        const QString code = acceptedCode();
        HttpRequest request = exchangeRequest(code, {});
        std::swap(request.query, request.form);
        QVERIFY(QJsonDocument::fromJson(m_server->handle(request).body).object().contains("access_token"_L1));
    }

    void missingGrantTypeIsNoJson()
    {
        HttpRequest request{u"POST"_qs, u"/oauth/v2/token"_qs, {}, {}, {}, {}, {}};
        const HttpReply reply = m_server->handle(request);
        QCOMPARE(reply.status, 400);
        QVERIFY(reply.contentType.startsWith("text/html"));
    }

    void onlineAccessGivesNoRefreshToken()
    {
        QVERIFY(!exchange(acceptedCode({{u"access_type"_qs, u""_qs}})).contains("refresh_token"_L1));
    }

    void secondConsentNeedsThePromptForARefreshToken()
    {
        QVERIFY(exchange(acceptedCode()).contains("refresh_token"_L1));
        QVERIFY(exchange(acceptedCode()).contains("refresh_token"_L1));
        QVERIFY(!exchange(acceptedCode({{u"prompt"_qs, u""_qs}})).contains("refresh_token"_L1));
    }

    void refreshIsThrottledAfterTen()
    {
        const QString token = exchange(acceptedCode()).value("refresh_token"_L1).toString();
        for (int i = 0; i < 10; ++i) {
            const QJsonObject reply = refresh(token);
            QVERIFY(reply.contains("access_token"_L1));
            QVERIFY(!reply.contains("refresh_token"_L1));
        }
        HttpReply reply;
        const QJsonObject refused = refresh(token, &reply);
        QCOMPARE(reply.status, 400);
        QCOMPARE(refused.value("error"_L1).toString(), u"Access Denied"_qs);
        QCOMPARE(refused.value("status"_L1).toString(), u"failure"_qs);
        m_server->setThrottleReply(200, u"zh"_qs);
        QCOMPARE(refresh(token, &reply).value("error"_L1).toString(), u"访问被拒绝"_qs);
        QCOMPARE(reply.status, 200);
        m_now += 600'001;
        QVERIFY(refresh(token).contains("access_token"_L1));
    }

    void accessTokenLivesAnHour()
    {
        const QString token = exchange(acceptedCode()).value("access_token"_L1).toString();
        m_now += 3'599'999;
        QVERIFY(m_ledger->access(token));
        m_now += 1;
        QVERIFY(!m_ledger->access(token));
    }

    void sixteenthAccessTokenKillsTheOldest()
    {
        const QJsonObject first = exchange(acceptedCode());
        const QString token = first.value("refresh_token"_L1).toString();
        for (int i = 0; i < 14; ++i) {
            m_now += 61'000;
            QVERIFY(refresh(token).contains("access_token"_L1));
        }
        QVERIFY(m_ledger->access(first.value("access_token"_L1).toString()));
        m_now += 61'000;
        QVERIFY(refresh(token).contains("access_token"_L1));
        QVERIFY(!m_ledger->access(first.value("access_token"_L1).toString()));
    }

    void twentyFirstRefreshTokenKillsTheOldest()
    {
        const QJsonObject first = exchange(acceptedCode());
        for (int i = 0; i < 20; ++i)
            exchange(acceptedCode());
        QCOMPARE(refresh(first.value("refresh_token"_L1).toString()).value("error"_L1).toString(), u"invalid_code"_qs);
        QVERIFY(!m_ledger->access(first.value("access_token"_L1).toString()));
    }

    void revokingARefreshTokenKillsItsAccessTokens()
    {
        const QJsonObject tokens = exchange(acceptedCode());
        HttpRequest request{u"POST"_qs, u"/oauth/v2/token/revoke"_qs, {}, {}, {}, {}, {}};
        request.query = {{u"token"_qs, tokens.value("refresh_token"_L1).toString()}};
        QCOMPARE(m_server->handle(request).body, QByteArray(R"({"status":"success"})"));
        QVERIFY(!m_ledger->access(tokens.value("access_token"_L1).toString()));
        QCOMPARE(m_server->handle(request).status, 400);
    }

    void newerRevocationAsksForTheClient()
    {
        const QString token = exchange(acceptedCode()).value("refresh_token"_L1).toString();
        HttpRequest request{u"POST"_qs, u"/oauth/v2/revoke/token"_qs, {}, {}, {}, {}, {}};
        request.form = {{u"token"_qs, token}};
        QCOMPARE(m_server->handle(request).status, 401);
        request.headers.insert("authorization", "Basic " + QByteArray("1000.APP:wrong").toBase64());
        QCOMPARE(m_server->handle(request).status, 401);
        request.headers.insert("authorization", "Basic " + QByteArray("1000.APP:secret").toBase64());
        QCOMPARE(m_server->handle(request).status, 200);
    }

    void scopesCoverWhatTheySay()
    {
        const OAuthScopes narrow(u"ZohoCRM.modules.salesorders.READ,ZohoCRM.settings.fields.ALL"_qs);
        QVERIFY(narrow.allowsModule(u"Sales_Orders"_qs, u"READ"_qs));
        QVERIFY(!narrow.allowsModule(u"Sales_Orders"_qs, u"CREATE"_qs));
        QVERIFY(!narrow.allowsModule(u"Contacts"_qs, u"READ"_qs));
        QVERIFY(narrow.allows(u"settings.fields"_qs, u"READ"_qs));
        QVERIFY(!narrow.allows(u"settings.modules"_qs, u"READ"_qs));
        QVERIFY(!narrow.allows(u"users"_qs, u"READ"_qs));
        const OAuthScopes wide(u"ZohoCRM.modules.ALL ZohoCRM.settings.READ"_qs);
        QVERIFY(wide.allowsModule(u"Contacts"_qs, u"DELETE"_qs));
        QVERIFY(wide.allows(u"settings.layouts"_qs, u"READ"_qs));
        QVERIFY(OAuthScopes(u"ZohoCRM.modules.calls.WRITE"_qs).allowsModule(u"Calls"_qs, u"UPDATE"_qs));
        QVERIFY(!OAuthScopes(u"ZohoCRM.modules.calls.WRITE"_qs).allowsModule(u"Calls"_qs, u"READ"_qs));
    }

private:
    static void replace(Parameters *parameters, const Parameters &changes)
    {
        for (const auto &[name, value] : changes) {
            parameters->removeIf([&name = name](const auto &one) { return one.first == name; });
            parameters->append({name, value});
        }
    }

    HttpReply ask(const Parameters &changes = {})
    {
        HttpRequest request{u"GET"_qs, u"/oauth/v2/auth"_qs, {}, {}, {}, {}, {}};
        request.query = {{u"response_type"_qs, u"code"_qs},
                         {u"client_id"_qs, u"1000.APP"_qs},
                         {u"scope"_qs, u"ZohoCRM.modules.contacts.READ,ZohoCRM.users.READ"_qs},
                         {u"redirect_uri"_qs, redirectUri},
                         {u"access_type"_qs, u"offline"_qs},
                         {u"prompt"_qs, u"consent"_qs},
                         {u"state"_qs, u"st&ate=1"_qs},
                         {u"code_challenge"_qs, challengeOf(verifier)},
                         {u"code_challenge_method"_qs, u"S256"_qs}};
        replace(&request.query, changes);
        return m_server->handle(request);
    }

    QByteArray decide(const HttpReply &page, const QString &decision)
    {
        const qsizetype at = page.body.indexOf(QByteArrayLiteral("name='request' value='").replace('\'', '"')) + 22;
        HttpRequest request{u"POST"_qs, u"/oauth/v2/auth/consent"_qs, {}, {}, {}, {}, {}};
        request.form = {{u"request"_qs, QString::fromUtf8(page.body.mid(at, page.body.indexOf('"', at) - at))},
                        {u"decision"_qs, decision}};
        const HttpReply reply = m_server->handle(request);
        for (const auto &[name, value] : reply.headers) {
            if (name == "Location")
                return value;
        }
        return {};
    }

    QString acceptedCode(const Parameters &changes = {})
    {
        const QUrl url = QUrl::fromEncoded(decide(ask(changes), u"accept"_qs));
        return QUrlQuery(url).queryItemValue(u"code"_qs, QUrl::FullyDecoded);
    }

    HttpRequest exchangeRequest(const QString &code, const Parameters &changes) const
    {
        HttpRequest request{u"POST"_qs, u"/oauth/v2/token"_qs, {}, {}, {}, {}, {}};
        request.form = {{u"grant_type"_qs, u"authorization_code"_qs}, {u"client_id"_qs, u"1000.APP"_qs},
                        {u"client_secret"_qs, u"secret"_qs},          {u"redirect_uri"_qs, redirectUri},
                        {u"code_verifier"_qs, verifier},              {u"code"_qs, code}};
        replace(&request.form, changes);
        return request;
    }

    QJsonObject exchange(const QString &code, const Parameters &changes = {}, HttpReply *reply = nullptr)
    {
        const HttpReply got = m_server->handle(exchangeRequest(code, changes));
        if (reply)
            *reply = got;
        return QJsonDocument::fromJson(got.body).object();
    }

    QJsonObject refresh(const QString &token, HttpReply *reply = nullptr)
    {
        HttpRequest request{u"POST"_qs, u"/oauth/v2/token"_qs, {}, {}, {}, {}, {}};
        request.form = {{u"grant_type"_qs, u"refresh_token"_qs}, {u"client_id"_qs, u"1000.APP"_qs},
                        {u"client_secret"_qs, u"secret"_qs}, {u"refresh_token"_qs, token}};
        const HttpReply got = m_server->handle(request);
        if (reply)
            *reply = got;
        return QJsonDocument::fromJson(got.body).object();
    }

    qint64 m_now = 0;
    std::unique_ptr<OAuthLedger> m_ledger;
    std::unique_ptr<OAuthServer> m_server;
};

QTEST_GUILESS_MAIN(TestSandboxOAuth)
#include "tst_sandbox_oauth.moc"
