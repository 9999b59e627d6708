// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "DeviceCodeFlow.h"
#include "FakeAlarm.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "SelfClientFlow.h"
#include "TokenEndpoint.h"
#include "WireScript.h"

#include <memory>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

constexpr auto granted = R"({"access_token":"1000.a.b","refresh_token":"1000.c.d","scope":"A.READ B.ALL",)"
                           R"("api_domain":"https://www.zohoapis.eu","token_type":"Bearer","expires_in":3600})";
constexpr auto renewed = R"({"access_token":"1000.e.f","token_type":"Bearer","expires_in":3600})";

/// A form as it goes out: secrets in the body, nothing in the address, no authorization unless told.
QByteArray form(const QByteArray &path, const QByteArray &body, const QByteArray &extraHeader = {})
{
    return "POST " + path + "\ncontent-type: application/x-www-form-urlencoded" +
           (extraHeader.isEmpty() ? QByteArray() : '\n' + extraHeader) + "\n\n" + body;
}

} // namespace

/// What signing in puts on the wire, to the byte. Source: Zoho reference, sections 1.4 to 1.9.
class TestAuthWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void codeExchange();
    void codeExchangeAtAnotherDataCentre();
    void refresh();
    void refreshRefused();
    void revoke();
    void revokeAsClient();
    void deviceCode();
    void devicePoll();
    void deviceFlow();
    void selfClient();

private:
    void expect(const QByteArray &request, const QByteArray &body, int status = 200)
    {
        m_wire.expect(request, RawServer::response(status, body));
    }
    QUrl accounts() const { return m_server->url({}); }
    DataCentres here() const
    {
        return DataCentres::of({{QStringLiteral("eu"), QStringLiteral("Europe"), accounts(), accounts(), accounts()}},
                               0);
    }

    const ClientCredentials m_client{QStringLiteral("1000.CLIENT&ID"), Secret("se+cret=/&%")};
    WireScript m_wire;
    FakeClock m_clock;
    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<TokenEndpoint> m_endpoint;
};

void TestAuthWire::init()
{
    m_wire = {};
    m_server =
        std::make_unique<RawServer>([this](const RawServer::Arrival &arrival) { return m_wire.answer(arrival); });
    m_http = std::make_unique<HttpClient>();
    m_endpoint = std::make_unique<TokenEndpoint>(*m_http, m_clock);
}

void TestAuthWire::cleanup()
{
    m_endpoint.reset();
    m_http.reset();
    m_server.reset();
    QVERIFY2(m_wire.complaints().isEmpty(), qPrintable(m_wire.complaints().join(QLatin1Char('\n'))));
}

void TestAuthWire::codeExchange()
{
    expect(
        form("/oauth/v2/token",
             "grant_type=authorization_code&client_id=1000.CLIENT%26ID&client_secret=se%2Bcret%3D%2F%26%25"
             "&code=1000.x%2By.z&redirect_uri=http%3A%2F%2F127.0.0.1%3A47811%2Fcallback&code_verifier=ver-if_ier.~1"),
        granted);
    const auto tokens = await(m_endpoint->exchange({.accountsServer = accounts(),
                                                    .client = m_client,
                                                    .code = Secret("1000.x+y.z"),
                                                    .codeVerifier = Secret("ver-if_ier.~1"),
                                                    .redirectUri = QStringLiteral("http://127.0.0.1:47811/callback")}));
    QVERIFY(tokens.ok());
    QCOMPARE(tokens.value().refreshToken.reveal(), QByteArray("1000.c.d"));
    QCOMPARE(tokens.value().apiDomain, QUrl(QStringLiteral("https://www.zohoapis.eu")));
}

// The path of the server's address is not ours to keep.
void TestAuthWire::codeExchangeAtAnotherDataCentre()
{
    expect(form("/oauth/v2/token", "grant_type=authorization_code&client_id=1000.CLIENT%26ID"
                                   "&client_secret=se%2Bcret%3D%2F%26%25&code=1000.x"),
           R"({"error":"invalid_code"})");
    const auto tokens = await(m_endpoint->exchange({.accountsServer = m_server->url(QStringLiteral("/elsewhere")),
                                                    .client = m_client,
                                                    .code = Secret("1000.x"),
                                                    .codeVerifier = {},
                                                    .redirectUri = {}}));
    QVERIFY(!tokens.ok());
    QCOMPARE(tokens.error().kind, ErrorKind::Refused);
}

void TestAuthWire::refresh()
{
    expect(form("/oauth/v2/token", "grant_type=refresh_token&client_id=1000.CLIENT%26ID"
                                   "&client_secret=se%2Bcret%3D%2F%26%25&refresh_token=1000.c.d"),
           renewed);
    const auto tokens = await(m_endpoint->refresh(accounts(), m_client, Secret("1000.c.d")));
    QVERIFY(tokens.ok());
    QCOMPARE(tokens.value().accessToken.reveal(), QByteArray("1000.e.f"));
    QVERIFY(tokens.value().refreshToken.isEmpty());
}

void TestAuthWire::refreshRefused()
{
    expect(form("/oauth/v2/token", "grant_type=refresh_token&client_id=1000.CLIENT%26ID"
                                   "&client_secret=se%2Bcret%3D%2F%26%25&refresh_token=1000.c.d"),
           R"({"error":"Access Denied","error_description":"Too many.","status":"failure"})", 400);
    const auto tokens = await(m_endpoint->refresh(accounts(), m_client, Secret("1000.c.d")));
    QVERIFY(!tokens.ok());
    QCOMPARE(tokens.error().kind, ErrorKind::Throttled); // And no second request.
}

void TestAuthWire::revoke()
{
    expect(form("/oauth/v2/token/revoke", "token=1000.c%2Bd"), R"({"status":"success"})");
    QVERIFY(await(m_endpoint->revoke(accounts(), Secret("1000.c+d"))).ok());
}

void TestAuthWire::revokeAsClient()
{
    // The pair itself, in Base64, not percent-encoded.
    expect(form("/oauth/v2/revoke/token", "token=1000.c%2Bd&token_type=refresh_token",
                "authorization: Basic MTAwMC5DTElFTlQmSUQ6c2UrY3JldD0vJiU="),
           R"({"status":"success"})");
    QVERIFY(await(m_endpoint->revokeAsClient(accounts(), m_client, Secret("1000.c+d"))).ok());
}

void TestAuthWire::deviceCode()
{
    expect(
        form("/oauth/v3/device/code", "grant_type=device_request&client_id=1000.CLIENT%26ID"
                                      "&scope=A.READ%2CB.ALL&access_type=offline&prompt=consent"),
        R"({"user_code":"ABCD-EFGH","device_code":"1004.e.f","verification_url":"https://accounts.zoho.eu/oauth/v3/device",)"
        R"("verification_uri_complete":"https://accounts.zoho.eu/oauth/v3/device?user_code=ABCD-EFGH","interval":30,)"
        R"("expires_in":300})");
    const auto grant =
        await(m_endpoint->deviceCode(accounts(), m_client, {QStringLiteral("A.READ"), QStringLiteral("B.ALL")}));
    QVERIFY(grant.ok());
    QCOMPARE(grant.value().userCode, QStringLiteral("ABCD-EFGH"));
    QCOMPARE(grant.value().deviceCode.reveal(), QByteArray("1004.e.f"));
}

void TestAuthWire::devicePoll()
{
    const QByteArray poll = form("/oauth/v3/device/token", "grant_type=device_token&client_id=1000.CLIENT%26ID"
                                                           "&client_secret=se%2Bcret%3D%2F%26%25&code=1004.e.f");
    expect(poll, R"({"error":"authorization_pending"})");
    expect(poll, granted);
    const auto pending = await(m_endpoint->pollDevice(accounts(), m_client, Secret("1004.e.f")));
    QVERIFY(pending.ok());
    QCOMPARE(pending.value().outcome, DevicePoll::Outcome::Pending);
    const auto done = await(m_endpoint->pollDevice(accounts(), m_client, Secret("1004.e.f")));
    QVERIFY(done.ok());
    QCOMPARE(done.value().outcome, DevicePoll::Outcome::Granted);
    QCOMPARE(done.value().tokens.refreshToken.reveal(), QByteArray("1000.c.d"));
}

void TestAuthWire::deviceFlow()
{
    expect(form("/oauth/v3/device/code", "grant_type=device_request&client_id=1000.CLIENT%26ID"
                                         "&scope=A.READ&access_type=offline&prompt=consent"),
           R"({"user_code":"ABCD-EFGH","device_code":"1004.e.f","verification_uri_complete":)"
           R"("https://accounts.zoho.eu/oauth/v3/device?user_code=ABCD-EFGH","interval":30,"expires_in":300})");
    expect(form("/oauth/v3/device/token", "grant_type=device_token&client_id=1000.CLIENT%26ID"
                                          "&client_secret=se%2Bcret%3D%2F%26%25&code=1004.e.f"),
           granted);
    AlarmRecord alarm;
    DeviceCodeFlow flow({.dataCentres = here(), .client = m_client, .scopes = {QStringLiteral("A.READ")}}, *m_endpoint,
                        std::make_unique<FakeAlarm>(alarm));
    std::optional<Result<TokenSet>> outcome;
    connect(&flow, &DeviceCodeFlow::finished, &flow, [&](const Result<TokenSet> &result) { outcome.emplace(result); });
    flow.start();
    QTRY_COMPARE(flow.state(), DeviceCodeFlow::State::WaitingForPerson);
    QVERIFY(alarm.ring());
    QTRY_VERIFY(outcome.has_value());
    QVERIFY(outcome->ok());
}

void TestAuthWire::selfClient()
{
    expect(form("/oauth/v2/token", "grant_type=authorization_code&client_id=1000.CLIENT%26ID"
                                   "&client_secret=se%2Bcret%3D%2F%26%25&code=1000.p.q"),
           granted);
    SelfClientFlow flow(
        {.dataCentres = here(), .client = m_client, .code = SelfClientFlow::cleaned(QStringLiteral(" 1000.p.q\n"))},
        *m_endpoint);
    std::optional<Result<TokenSet>> outcome;
    connect(&flow, &SelfClientFlow::finished, &flow, [&](const Result<TokenSet> &result) { outcome.emplace(result); });
    flow.start();
    QTRY_VERIFY(outcome.has_value());
    QVERIFY(outcome->ok());
    QCOMPARE(outcome->value().location, QStringLiteral("eu"));
}

QTEST_GUILESS_MAIN(TestAuthWire)
#include "tst_auth_wire.moc"
