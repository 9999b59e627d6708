// SPDX-License-Identifier: Apache-2.0
#include "LiveBench.h"

#include "CreditMeter.h"
#include "SignInScopes.h"
#include "WholeSentence.h"

#include <QScopeGuard>
#include <QUrlQuery>

using namespace ringside;
using namespace ringside::test;

/// What the CRM refuses for want of a permission, a scope, a live token, credits or room, provoked in the sandbox by
/// what really causes it and read through the client that ships.
class TestCrmLimitsLive : public QObject, private LiveBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(50); }
    void init();
    void cleanup() { m_desk.reset(); }

    void permissionsAreNamed();
    void theMissingScopeIsNamedWithoutARenewal();
    void theMissingScopeOfACustomModule();
    void theScopeOfTheSearchItself();
    void aDeadTokenIsRenewedOnceForAll();
    void usedUpCreditsAreTheDaysQuota();
    void oneMoreAtOnceThanAllowed_data();
    void oneMoreAtOnceThanAllowed();
    void throttledTokens_data();
    void throttledTokens();
    void oldHeadersTellTheQuota();

private:
    Error searched(const QString &module)
    {
        return errorOf(
            crm().search(module, CrmClient::SearchBy::Word, QStringLiteral("any"), {}, RequestPriority::Search));
    }
    Error read() { return errorOf(crm().record(person(), {}, RequestPriority::Pop)); }
    Error created(const QVariantMap &values) { return errorOf(crm().createRecord(contacts, values)); }
    void spendTheRefreshes();
};

void TestCrmLimitsLive::init()
{
    control(HttpMethod::Delete, QStringLiteral("fault"));
    control(HttpMethod::Post, QStringLiteral("throttle"), {});
    control(HttpMethod::Post, QStringLiteral("limits"),
            {{QStringLiteral("edition"), QStringLiteral("enterprise")},
             {QStringLiteral("used"), 0},
             {QStringLiteral("old_headers"), false},
             {QStringLiteral("old_reply"), false}});
    signIn();
    control(HttpMethod::Delete, QStringLiteral("requests"));
}

void TestCrmLimitsLive::permissionsAreNamed()
{
    for (const auto &[name, words] :
         {std::pair(QStringLiteral("Crm_Implied_View_Leads"), QStringLiteral("\"View Leads\"")),
          std::pair(QStringLiteral("Crm_Implied_Api_Access"), QStringLiteral("API access"))}) {
        control(HttpMethod::Post, QStringLiteral("permission"), {{QStringLiteral("deny"), QJsonArray{name}}});
        const Error error = searched(leads);
        control(HttpMethod::Post, QStringLiteral("permission"), {{QStringLiteral("allow"), QJsonArray{name}}});
        QCOMPARE(error.kind, ErrorKind::PermissionMissing);
        QCOMPARE(error.detail, name);
        QVERIFY2(error.message.contains(words), qPrintable(error.message));
        QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    }
}

void TestCrmLimitsLive::theMissingScopeIsNamedWithoutARenewal()
{
    signIn(QStringLiteral("ZohoCRM.modules.contacts.READ,ZohoCRM.settings.ALL,ZohoSearch.securesearch.READ"));
    control(HttpMethod::Delete, QStringLiteral("requests"));
    const Error error =
        errorOf(crm().createRecord(QStringLiteral("Calls"), {{QStringLiteral("Subject"), QStringLiteral("A")}}));
    QCOMPARE(error.kind, ErrorKind::ScopeMissing);
    QCOMPARE(error.detail, QStringLiteral("ZohoCRM.modules.calls.CREATE"));
    QVERIFY2(error.message.contains(error.detail), qPrintable(error.message));
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 0);
    QCOMPARE(arrivals(QStringLiteral("/crm/v8/Calls")), 1);
}

void TestCrmLimitsLive::theMissingScopeOfACustomModule()
{
    const QString contracts = QStringLiteral("Service_Contracts");
    const QString own = QStringLiteral("ZohoCRM.modules.contacts.READ,ZohoCRM.settings.ALL,ZohoSearch.securesearch.READ");
    signIn(own);
    const Error error = searched(contracts);
    QCOMPARE(error.kind, ErrorKind::ScopeMissing);
    const QString named = QStringLiteral("ZohoCRM.modules.custom.READ");
    QVERIFY2(error.detail.split(QLatin1Char(',')).contains(named), qPrintable(error.detail));
    QVERIFY2(error.message.contains(named), qPrintable(error.message));
    signIn(own + QLatin1Char(',') + named); // What the sentence named is what was missing.
    QCOMPARE(searched(contracts).code, QStringLiteral("OK"));
}

// Whether a search needs a scope of its own, Zoho's pages do not agree on: what the desk asks for is enough either way.
void TestCrmLimitsLive::theScopeOfTheSearchItself()
{
    const QString ofSearch = QStringLiteral("ZohoSearch.securesearch.READ");
    QStringList without = signInScopes::least();
    QVERIFY(without.removeOne(ofSearch));
    const auto need = [this](bool needed) {
        control(HttpMethod::Post, QStringLiteral("search"), {{QStringLiteral("scope"), needed}});
    };
    need(true);
    const auto over = qScopeGuard([&] { need(false); });
    signIn(signInScopes::least().join(QLatin1Char(',')));
    for (const QString &module : {contacts, leads, QStringLiteral("Accounts")})
        QCOMPARE(searched(module).code, QStringLiteral("OK"));

    signIn(without.join(QLatin1Char(',')));
    crm().setGrantedScope(without.join(QLatin1Char(' ')));
    control(HttpMethod::Delete, QStringLiteral("requests"));
    const Error error = searched(contacts);
    QCOMPARE(error.kind, ErrorKind::ScopeMissing);
    QCOMPARE(error.code, QStringLiteral("OAUTH_SCOPE_MISMATCH"));
    QCOMPARE(error.detail, ofSearch);
    QVERIFY2(error.message.contains(ofSearch) && isWholeSentence(error.message), qPrintable(error.message));
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 0); // No other token would have another scope.
    QCOMPARE(read().code, QStringLiteral("OK"));
    need(false);
    QCOMPARE(searched(contacts).code, QStringLiteral("OK"));
}

void TestCrmLimitsLive::aDeadTokenIsRenewedOnceForAll()
{
    control(HttpMethod::Post, QStringLiteral("expire"), {{QStringLiteral("what"), QStringLiteral("access")}});
    QList<QFuture<Result<Record>>> futures;
    for (int i = 0; i < 8; ++i)
        futures.append(crm().record(person(), {}, RequestPriority::Pop));
    for (const auto &future : std::as_const(futures))
        QVERIFY(await(future).ok());
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 1);
    QVERIFY(arrivals(QStringLiteral("/crm/v8/Contacts")) <= 8 + RequestScheduler::maxInFlight);
}

void TestCrmLimitsLive::usedUpCreditsAreTheDaysQuota()
{
    CreditMeter &credits = m_desk->scheduler.credits();
    control(HttpMethod::Post, QStringLiteral("limits"),
            {{QStringLiteral("credits"), 1000}, {QStringLiteral("used"), 600}});
    QVERIFY(await(crm().record(person(), {}, RequestPriority::Pop)).ok());
    QVERIFY(credits.state().told);
    QVERIFY2(credits.state().remaining <= 400 && credits.state().remaining > 390,
             qPrintable(QString::number(credits.state().remaining)));
    control(HttpMethod::Post, QStringLiteral("limits"), {{QStringLiteral("used"), 1000}});
    const Error error = read();
    QCOMPARE(error.kind, ErrorKind::RateLimited);
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
}

void TestCrmLimitsLive::oneMoreAtOnceThanAllowed_data()
{
    QTest::addColumn<bool>("old");
    QTest::newRow("as today") << false;
    QTest::newRow("as old versions say it") << true;
}

void TestCrmLimitsLive::oneMoreAtOnceThanAllowed()
{
    QFETCH(bool, old);
    control(HttpMethod::Post, QStringLiteral("limits"),
            {{QStringLiteral("concurrency"), 1}, {QStringLiteral("old_reply"), old}});
    control(HttpMethod::Post, QStringLiteral("fault"),
            {{QStringLiteral("path"), QStringLiteral("/crm/v8/Leads")}, {QStringLiteral("delay"), 3000}});
    const auto slow = crm().search(leads, CrmClient::SearchBy::Word, QStringLiteral("any"), {}, RequestPriority::Pop);
    const auto running = [this] {
        return control(HttpMethod::Get, QStringLiteral("limits")).value(QLatin1String("at_once")).toInt() == 1;
    };
    QTRY_VERIFY(running());
    const Error write = created({{QStringLiteral("Last_Name"), QStringLiteral("Refused")}});
    const Error read = errorOf(crm().record(person(), {}, RequestPriority::Pop));
    QVERIFY(!slow.isFinished());
    for (const Error &error : {write, read}) {
        QCOMPARE(error.kind, ErrorKind::RateLimited);
        QCOMPARE(error.code, QStringLiteral("TOO_MANY_REQUESTS"));
        QVERIFY2(error.message.contains(QLatin1String("no more requests")), qPrintable(error.message));
        QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    }
    QCOMPARE(arrivals(QStringLiteral("/crm/v8/Contacts"), QStringLiteral("POST")), 1); // A write is not repeated,
    QVERIFY(arrivals(QStringLiteral("/crm/v8/Contacts/")) > 1);                        // a read is.
    QVERIFY(await(slow).ok());
    QVERIFY(await(crm().record(person(), {}, RequestPriority::Pop)).ok());
}

void TestCrmLimitsLive::throttledTokens_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("code");
    for (const int status : {200, 400}) {
        QTest::addRow("English, %d", status) << status << QStringLiteral("en") << QStringLiteral("Access Denied");
        QTest::addRow("Chinese, %d", status) << status << QStringLiteral("zh") << QStringLiteral("访问被拒绝");
    }
}

void TestCrmLimitsLive::throttledTokens()
{
    QFETCH(int, status);
    QFETCH(QString, language);
    QFETCH(QString, code);
    control(HttpMethod::Post, QStringLiteral("throttle"),
            {{QStringLiteral("status"), status}, {QStringLiteral("language"), language}});
    spendTheRefreshes();
    control(HttpMethod::Post, QStringLiteral("expire"), {{QStringLiteral("what"), QStringLiteral("access")}});
    control(HttpMethod::Delete, QStringLiteral("requests"));
    const Error error = errorOf(crm().record(person(), {}, RequestPriority::Pop));
    QCOMPARE(error.kind, ErrorKind::Throttled);
    QCOMPARE(error.code, code);
    QVERIFY2(error.message.contains(QLatin1String("about ten minutes")), qPrintable(error.message));
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    QVERIFY(error.retryAfter >= std::chrono::minutes(10));
    QVERIFY(m_desk->tokens.signedIn()); // A pause is not the end.
    const QJsonArray all = requests();
    const auto refresh = std::find_if(all.begin(), all.end(), [](const QJsonValue &one) {
        return one.toObject().value(QLatin1String("path")).toString() == QLatin1String("/oauth/v2/token");
    });
    QVERIFY(refresh != all.end());
    QCOMPARE(refresh->toObject().value(QLatin1String("status")).toInt(), status);
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 1);
}

/// Another desk with the same sign-in: ours keeps a budget of its own and would never come so far.
void TestCrmLimitsLive::spendTheRefreshes()
{
    const Result<TokenSet> kept = await(m_desk->store.load());
    QVERIFY(kept.ok());
    QUrlQuery form;
    form.addQueryItem(QStringLiteral("grant_type"), QStringLiteral("refresh_token"));
    form.addQueryItem(QStringLiteral("client_id"), sandbox::SandboxServer::demoClientId());
    form.addQueryItem(QStringLiteral("client_secret"), sandbox::SandboxServer::demoClientSecret());
    form.addQueryItem(QStringLiteral("refresh_token"), QString::fromLatin1(kept.value().refreshToken.reveal()));
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/oauth/v2/token"));
    request.contentType = "application/x-www-form-urlencoded";
    request.body = form.toString(QUrl::FullyEncoded).toUtf8();
    request.authorized = false;
    for (int i = 0; i < 9; ++i) { // One was the desk's own.
        const Result<HttpReply> reply = await(m_http.send(request));
        QVERIFY(reply.ok());
        QVERIFY2(reply.value().body.contains("access_token"), reply.value().body.constData());
    }
}

void TestCrmLimitsLive::oldHeadersTellTheQuota()
{
    control(HttpMethod::Post, QStringLiteral("limits"),
            {{QStringLiteral("credits"), 1000}, {QStringLiteral("used"), 100}, {QStringLiteral("old_headers"), true}});
    QVERIFY(await(crm().record(person(), {}, RequestPriority::Pop)).ok());
    CreditMeter &credits = m_desk->scheduler.credits();
    QVERIFY(credits.state().told); // Below half use the other header is not sent.
    QCOMPARE(credits.state().limit, 1000);
    QVERIFY2(credits.state().remaining <= 900 && credits.state().remaining > 890,
             qPrintable(QString::number(credits.state().remaining)));
    QCOMPARE(credits.level(), CreditLevel::Plenty);
    control(HttpMethod::Post, QStringLiteral("limits"), {{QStringLiteral("used"), 990}});
    QVERIFY(await(crm().record(person(), {}, RequestPriority::Pop)).ok());
    QVERIFY(credits.level() >= CreditLevel::Scarce);
}

QTEST_GUILESS_MAIN(TestCrmLimitsLive)
#include "tst_crm_limits_live.moc"
