// SPDX-License-Identifier: Apache-2.0
#include "OAuthServer.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

/// The sign-in of programs that no browser can call back, and the codes of a self client.
class TestSandboxDevice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = 1'000'000;
        m_ledger = std::make_unique<OAuthLedger>([this] { return m_now; });
        m_server = std::make_unique<OAuthServer>(*m_ledger, u"Mariam Al Amiri"_qs, u"mariam@northlight.example"_qs);
        m_server->setBaseUrl(u"http://127.0.0.1:8080"_qs);
        m_ledger->addClient({u"1004.DEVICE"_qs, u"secret"_qs, u"Desk"_qs, u"device"_qs, {}});
        m_ledger->addClient({u"1000.WEB"_qs, u"secret"_qs, u"Web"_qs, u"server"_qs, {u"http://127.0.0.1:1/x"_qs}});
        m_ledger->addClient({u"1000.SELF"_qs, u"secret"_qs, u"Self"_qs, u"self"_qs, {}});
    }

    void codesNameThePage()
    {
        const QJsonObject code = start();
        QCOMPARE(code.value("verification_url"_L1).toString(), u"http://127.0.0.1:8080/oauth/v3/device"_qs);
        QCOMPARE(QUrl(code.value("verification_uri_complete"_L1).toString()).query(),
                 QString(u"user_code="_qs + code.value("user_code"_L1).toString()));
        QCOMPARE(code.value("interval"_L1).toInt(), 30);
        QCOMPARE(code.value("expires_in"_L1).toInt(), 300);
        m_server->devices().setMilliseconds(true);
        QCOMPARE(start().value("expires_in"_L1).toInt(), 300'000);
    }

    void refusedRequests()
    {
        QCOMPARE(start({{u"client_id"_qs, u"1000.WEB"_qs}}).value("error"_L1).toString(), u"invalid_client"_qs);
        QCOMPARE(start({{u"scope"_qs, u"Everything"_qs}}).value("error"_L1).toString(), u"invalid_scope"_qs);
        QCOMPARE(start({{u"grant_type"_qs, u"device"_qs}}).value("error"_L1).toString(), u"invalid_grant_type"_qs);
        const QString code = start().value("device_code"_L1).toString();
        QCOMPARE(error(poll(code, {{u"client_secret"_qs, u"other"_qs}})), u"invalid_client_secret"_qs);
        QCOMPARE(error(poll(u"1004.x.y"_qs)), u"invalid_code"_qs);
    }

    void acceptedCodeGivesTokensOnce()
    {
        const QJsonObject code = start();
        const QString device = code.value("device_code"_L1).toString();
        QCOMPARE(error(poll(device)), u"authorization_pending"_qs);
        // Typed by a person: small letters and no dash.
        const QString typed = code.value("user_code"_L1).toString().toLower().remove(u'-');
        QVERIFY(ask(u"/oauth/v3/device"_qs, {{u"user_code"_qs, typed}}).body.contains("id=\"accept\""));
        const HttpReply told =
            ask(u"/oauth/v3/device/consent"_qs, {{u"user_code"_qs, typed}, {u"decision"_qs, u"accept"_qs}});
        QVERIFY(told.status == 200 && told.body.contains("You are signed in"));
        m_now += 30'000;
        const QJsonObject tokens = poll(device);
        QVERIFY(m_ledger->access(tokens.value("access_token"_L1).toString()));
        QVERIFY(tokens.value("refresh_token"_L1).toString().startsWith(u"1000."_qs));
        QCOMPARE(tokens.value("api_domain"_L1).toString(), u"http://127.0.0.1:8080"_qs);
        m_now += 30'000;
        QCOMPARE(error(poll(device)), u"invalid_code"_qs);
    }

    void onlineAccessGivesNoRefreshToken()
    {
        const QJsonObject code = start({{u"access_type"_qs, u"online"_qs}});
        QVERIFY(m_server->devices().decide(code.value("user_code"_L1).toString(), true));
        const QJsonObject tokens = poll(code.value("device_code"_L1).toString());
        QVERIFY(tokens.contains("access_token"_L1) && !tokens.contains("refresh_token"_L1));
    }

    void hastePatienceAndTime()
    {
        const QString device = start().value("device_code"_L1).toString();
        QCOMPARE(error(poll(device)), u"authorization_pending"_qs);
        m_now += 29'999;
        QCOMPARE(error(poll(device)), u"slow_down"_qs);
        m_now += 30'000;
        QCOMPARE(error(poll(device)), u"authorization_pending"_qs);
        m_now += 240'001;
        QCOMPARE(error(poll(device)), u"expired"_qs);
    }

    void refusalIsTold()
    {
        const QJsonObject code = start();
        QVERIFY(ask(u"/oauth/v3/device/consent"_qs,
                    {{u"user_code"_qs, code.value("user_code"_L1).toString()}, {u"decision"_qs, u"reject"_qs}})
                    .body.contains("You refused"));
        QCOMPARE(error(poll(code.value("device_code"_L1).toString())), u"access_denied"_qs);
    }

    void wrongUserCodesAreRefused()
    {
        const HttpReply reply = ask(u"/oauth/v3/device"_qs, {{u"user_code"_qs, u"<b>BBBB</b>"_qs}});
        QCOMPARE(reply.status, 400);
        QVERIFY(reply.body.contains("No program waits for this code"));
        QCOMPARE(
            ask(u"/oauth/v3/device/consent"_qs, {{u"user_code"_qs, u"BBBB-BBBB"_qs}, {u"decision"_qs, u"accept"_qs}})
                .status,
            400);
    }

    void otherDataCentreIsNamedAndKeepsTheCode()
    {
        const QJsonObject code = start();
        QVERIFY(m_server->devices().decide(code.value("user_code"_L1).toString(), true));
        m_server->devices().setOtherLocation(u"eu"_qs);
        const QJsonObject elsewhere = poll(code.value("device_code"_L1).toString());
        QCOMPARE(error(elsewhere), u"other_dc"_qs);
        QCOMPARE(elsewhere.value("user_location"_L1).toString(), u"eu"_qs);
        m_server->devices().setOtherLocation({});
        QVERIFY(poll(code.value("device_code"_L1).toString()).contains("access_token"_L1));
    }

    void selfClientCodesNeedNoRedirectUriAndLiveLonger()
    {
        OAuthCode code;
        code.clientId = u"1000.SELF"_qs;
        code.scopes = OAuthScopes(u"ZohoCRM.users.READ"_qs);
        code.offline = true;
        const QString text = m_ledger->issueCode(code, 10);
        m_now += 9 * 60 * 1000;
        const Parameters form{{u"grant_type"_qs, u"authorization_code"_qs},
                              {u"client_id"_qs, code.clientId},
                              {u"client_secret"_qs, u"secret"_qs},
                              {u"code"_qs, text}};
        QVERIFY(object(ask(u"/oauth/v2/token"_qs, form)).contains("refresh_token"_L1));
        HttpRequest browser{u"GET"_qs, u"/oauth/v2/auth"_qs, {}, {}, {}, {}, {}};
        browser.query = {{u"client_id"_qs, code.clientId}, {u"response_type"_qs, u"code"_qs}};
        QCOMPARE(m_server->handle(browser).status, 400);
    }

private:
    HttpReply ask(const QString &path, const Parameters &form)
    {
        HttpRequest request{u"POST"_qs, path, {}, {}, {}, {}, {}};
        request.form = form;
        return m_server->handle(request);
    }

    static QJsonObject object(const HttpReply &reply) { return QJsonDocument::fromJson(reply.body).object(); }
    static QString error(const QJsonObject &reply) { return reply.value("error"_L1).toString(); }

    static Parameters changed(Parameters form, const Parameters &changes)
    {
        for (const auto &change : changes) {
            for (auto &entry : form) {
                if (entry.first == change.first)
                    entry.second = change.second;
            }
        }
        return form;
    }

    QJsonObject start(const Parameters &changes = {})
    {
        return object(ask(u"/oauth/v3/device/code"_qs, changed({{u"client_id"_qs, u"1004.DEVICE"_qs},
                                                                {u"scope"_qs, u"ZohoCRM.users.READ"_qs},
                                                                {u"grant_type"_qs, u"device_request"_qs},
                                                                {u"access_type"_qs, u"offline"_qs}},
                                                               changes)));
    }

    QJsonObject poll(const QString &code, const Parameters &changes = {})
    {
        return object(ask(u"/oauth/v3/device/token"_qs, changed({{u"client_id"_qs, u"1004.DEVICE"_qs},
                                                                 {u"client_secret"_qs, u"secret"_qs},
                                                                 {u"grant_type"_qs, u"device_token"_qs},
                                                                 {u"code"_qs, code}},
                                                                changes)));
    }

    qint64 m_now = 0;
    std::unique_ptr<OAuthLedger> m_ledger;
    std::unique_ptr<OAuthServer> m_server;
};

QTEST_GUILESS_MAIN(TestSandboxDevice)
#include "tst_sandbox_device.moc"
