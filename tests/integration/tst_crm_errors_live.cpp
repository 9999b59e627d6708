// SPDX-License-Identifier: Apache-2.0
#include "AccessTokenSource.h"
#include "Await.h"
#include "Clock.h"
#include "CreditMeter.h"
#include "CrmClient.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "SandboxServer.h"
#include "SecretStore.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"
#include "WholeSentence.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace ringside;
using namespace ringside::test;

namespace {

const QString contacts = QStringLiteral("Contacts");
const QString leads = QStringLiteral("Leads");
const QString allScopes =
    QStringLiteral("ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.coql.READ,"
                   "ZohoSearch.securesearch.READ,ZohoCRM.composite_requests.CUSTOM");

/// One run of the client's lower half, signed in by a refresh token.
struct Client
{
    Client()
        : endpoint(http, clock), store(secrets), tokens(endpoint, store, clock), scheduler(http, tokens, clock),
          crm(scheduler)
    {
        scheduler.setChance([] { return 0.0; }); // Repeats at once.
    }

    SystemClock clock;
    HttpClient http;
    SessionSecretStore secrets;
    TokenEndpoint endpoint;
    TokenStore store;
    AccessTokenSource tokens;
    RequestScheduler scheduler;
    CrmClient crm;
};

template <typename T> Error errorOf(const QFuture<Result<T>> &future)
{
    const Result<T> result = await(future);
    return result.ok() ? Error{.kind = ErrorKind::Internal,
                               .message = QStringLiteral("It worked."),
                               .code = QStringLiteral("OK")}
                       : result.error();
}

RecordQuery pageOf(const char *field, int page, int perPage = 200, const QString &pageToken = {})
{
    RecordQuery query;
    query.fields = {QString::fromLatin1(field)};
    query.page = page;
    query.perPage = perPage;
    query.pageToken = pageToken;
    return query;
}

} // namespace

/// Every error of the reference's section 5, provoked in the sandbox by what really causes it where it can be, else by
/// the very answer, and read through the client that ships: kind and sentence.
class TestCrmErrorsLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_client.reset(); }

    void byInput_data();
    void byInput();
    void byAnswer_data();
    void byAnswer();
    void permissionsAreNamed();
    void theMissingScopeIsNamedWithoutARenewal();
    void aDeadTokenIsRenewedOnceForAll();
    void aTokenThatStaysDeadEndsTheSignIn();
    void usedUpCreditsAreTheDaysQuota();
    void tokenEndpoint_data();
    void tokenEndpoint();

private:
    using Provoke = std::function<Error(TestCrmErrorsLive &)>;

    QJsonObject control(HttpMethod method, const QString &what, const QJsonObject &body = {});
    void signIn(const QString &scopes);
    void fault(const QString &path, int status, const QByteArray &body, const QByteArray &contentType = {},
               int times = -1);
    int arrivals(const QString &path);
    CrmClient &crm() { return m_client->crm; }
    RecordRef person() const { return {contacts, m_sample.value(QLatin1String("contact_id")).toString()}; }
    Error read() { return errorOf(crm().record(person(), {}, RequestPriority::Pop)); }
    Error searched(const QString &module)
    {
        return errorOf(
            crm().search(module, CrmClient::SearchBy::Word, QStringLiteral("any"), {}, RequestPriority::Search));
    }
    Error asked(const QString &query) { return errorOf(crm().query(contacts, query, RequestPriority::Search)); }
    Error created(const QVariantMap &values) { return errorOf(crm().createRecord(contacts, values)); }
    Error secondWithNumber(const QString &number);
    Error convertedTwice();
    Error listed(const RecordQuery &query) { return errorOf(crm().records(contacts, query, RequestPriority::Sync)); }
    QString nextPageToken();

    std::unique_ptr<sandbox::SandboxServer> m_sandbox;
    HttpClient m_http;
    QJsonObject m_sample;
    std::unique_ptr<Client> m_client;
};

Q_DECLARE_METATYPE(std::function<Error(TestCrmErrorsLive &)>)

QJsonObject TestCrmErrorsLive::control(HttpMethod method, const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = method;
    request.url = QUrl(m_sandbox->baseUrl() + QStringLiteral("/__sandbox/") + what);
    request.contentType = "application/json";
    request.body = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    const Result<HttpReply> reply = await(m_http.send(request));
    if (!reply.ok() || reply.value().status != 200) {
        qWarning("The sandbox did not take %s: %s", qPrintable(what),
                 reply.ok() ? reply.value().body.constData() : "-");
        return {};
    }
    return QJsonDocument::fromJson(reply.value().body).object();
}

void TestCrmErrorsLive::initTestCase()
{
    sandbox::SandboxOptions options;
    options.records = 3000; // More than pages reach.
    m_sandbox = std::make_unique<sandbox::SandboxServer>(options);
    QVERIFY2(m_sandbox->start(), qPrintable(m_sandbox->errorString()));
    m_sample = control(HttpMethod::Get, QStringLiteral("sample"));
    QVERIFY(!m_sample.isEmpty());
}

void TestCrmErrorsLive::init()
{
    control(HttpMethod::Delete, QStringLiteral("fault"));
    control(HttpMethod::Post, QStringLiteral("limits"), {{QStringLiteral("used"), 0}});
    signIn(allScopes);
    control(HttpMethod::Delete, QStringLiteral("requests"));
}

void TestCrmErrorsLive::signIn(const QString &scopes)
{
    const QString id = sandbox::SandboxServer::demoClientId();
    const QJsonObject granted = control(HttpMethod::Post, QStringLiteral("grant"),
                                        {{QStringLiteral("client_id"), id}, {QStringLiteral("scope"), scopes}});
    m_client = std::make_unique<Client>();
    m_client->tokens.setClient({.id = id, .secret = Secret(sandbox::SandboxServer::demoClientSecret().toUtf8())});
    TokenSet set;
    set.refreshToken = Secret(granted.value(QLatin1String("refresh_token")).toString().toUtf8());
    set.expiresAt = m_client->clock.now().addSecs(-60);
    set.accountsServer = set.apiDomain = QUrl(m_sandbox->baseUrl());
    QVERIFY(await(m_client->tokens.adopt(set)).ok());
    crm().setApiOrigin(QUrl(m_sandbox->baseUrl()));
    QVERIFY(await(crm().modules()).ok()); // The first access token.
}

void TestCrmErrorsLive::fault(const QString &path, int status, const QByteArray &body, const QByteArray &contentType,
                              int times)
{
    QJsonObject order{{QStringLiteral("path"), path},
                      {QStringLiteral("status"), status},
                      {QStringLiteral("times"), times},
                      {QStringLiteral("body"), QString::fromUtf8(body)}};
    if (!contentType.isEmpty())
        order.insert(QStringLiteral("content_type"), QString::fromLatin1(contentType));
    QVERIFY(!control(HttpMethod::Post, QStringLiteral("fault"), order).isEmpty());
}

int TestCrmErrorsLive::arrivals(const QString &path)
{
    const QJsonArray all =
        control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&path](const QJsonValue &one) {
        return one.toObject().value(QLatin1String("path")).toString().startsWith(path);
    }));
}

Error TestCrmErrorsLive::secondWithNumber(const QString &number)
{
    const auto values = [&number](const QString &name) {
        return QVariantMap{{QStringLiteral("Last_Name"), name}, {QStringLiteral("Customer_Number"), number}};
    };
    const Result<QString> first = await(crm().createRecord(contacts, values(QStringLiteral("First"))));
    return first.ok() ? created(values(QStringLiteral("Second"))) : first.error();
}

Error TestCrmErrorsLive::convertedTwice()
{
    const Result<QString> lead =
        await(crm().createRecord(leads, {{QStringLiteral("Last_Name"), QStringLiteral("Twice")},
                                         {QStringLiteral("Company"), QStringLiteral("Twice Ltd")}}));
    if (!lead.ok())
        return lead.error();
    const Result<ConvertedLead> once = await(crm().convertLead(lead.value(), {}));
    return once.ok() ? errorOf(crm().convertLead(lead.value(), {})) : once.error();
}

QString TestCrmErrorsLive::nextPageToken()
{
    const Result<RecordPage> page = await(crm().records(contacts, pageOf("Last_Name", 1, 5), RequestPriority::Sync));
    return page.ok() ? page.value().nextPageToken : QString();
}

void TestCrmErrorsLive::byInput_data()
{
    QTest::addColumn<Provoke>("provoke");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const Provoke &provoke, ErrorKind kind, const char *code, const char *says) {
        QTest::newRow(name) << provoke << int(kind) << QString::fromLatin1(code) << QString::fromLatin1(says);
    };
    using enum ErrorKind;
    using T = TestCrmErrorsLive;
    const auto id = [](const char *digits) { return RecordRef{contacts, QString::fromLatin1(digits)}; };
    row(
        "module", [](T &t) { return t.searched(QStringLiteral("Nonsense")); }, NotFound, "INVALID_MODULE", "Nonsense");
    row(
        "field",
        [](T &t) {
            return t.created({{QStringLiteral("Last_Name"), QStringLiteral("A")},
                              {QStringLiteral("Email"), QStringLiteral("no mail")}});
        },
        Rejected, "INVALID_DATA", "Email");
    row(
        "too long",
        [](T &t) {
            return t.created({{QStringLiteral("Last_Name"), QString(300, u'x')}});
        },
        Rejected, "INVALID_DATA", "Last Name");
    row(
        "mandatory",
        [](T &t) {
            return t.created({{QStringLiteral("First_Name"), QStringLiteral("A")}});
        },
        Rejected, "MANDATORY_NOT_FOUND", "Last Name");
    row(
        "duplicate", [](T &t) { return t.secondWithNumber(QStringLiteral("C-4711")); }, Conflict, "DUPLICATE_DATA",
        "Customer Number");
    row(
        "record gone",
        [id](T &t) { return errorOf(t.crm().record(id("5725767000999999999"), {}, RequestPriority::Pop)); }, NotFound,
        "NOT_FOUND", "any more");
    row(
        "list of a record that is gone",
        [id](T &t) {
            return errorOf(t.crm().related(id("5725767000999999999"), QStringLiteral("Deals"), QStringLiteral("Deals"),
                                           {}, RequestPriority::Pop));
        },
        NotFound, "INVALID_DATA", "any more");
    row(
        "no such list",
        [](T &t) {
            return errorOf(
                t.crm().related(t.person(), QStringLiteral("Nonsense"), QString(), {}, RequestPriority::Pop));
        },
        NotFound, "INVALID_DATA", "Nothing was changed");
    row(
        "page beyond", [](T &t) { return t.listed(pageOf("Last_Name", 11)); }, Rejected,
        "DISCRETE_PAGINATION_LIMIT_EXCEEDED", "is not all");
    row(
        "expired page",
        [](T &t) {
            const QString token = t.nextPageToken();
            t.control(HttpMethod::Post, QStringLiteral("expire"),
                      {{QStringLiteral("what"), QStringLiteral("page_tokens")}});
            return t.listed(pageOf("Last_Name", 1, 5, token));
        },
        Rejected, "EXPIRED_VALUE", "open too long");
    row(
        "page of another list", [](T &t) { return t.listed(pageOf("First_Name", 1, 7, t.nextPageToken())); }, Rejected,
        "TOKEN_BOUND_DATA_MISMATCH", "open too long");
    row(
        "syntax", [](T &t) { return t.asked(QStringLiteral("selekt id from Contacts")); }, Rejected, "SYNTAX_ERROR",
        "fault of the program");
    row(
        "query", [](T &t) { return t.asked(QStringLiteral("select Fone from Contacts where id is not null limit 1")); },
        Rejected, "INVALID_QUERY", "fault of the program");
    row(
        "changed meanwhile",
        [](T &t) {
            WriteOptions options;
            options.unchangedSince = QDateTime(QDate(2001, 1, 1), QTime(0, 0), Qt::UTC);
            return errorOf(
                t.crm().updateRecord(t.person(), {{QStringLiteral("Title"), QStringLiteral("Buyer")}}, options));
        },
        Conflict, "ALREADY_MODIFIED", "load it again");
    row(
        "converted", [](T &t) { return t.convertedTwice(); }, Conflict, "ID_ALREADY_CONVERTED", "has been converted");
}

void TestCrmErrorsLive::byInput()
{
    QFETCH(Provoke, provoke);
    QFETCH(QString, says);
    const Error error = provoke(*this);
    QTEST(error.code, "code");
    QTEST(int(error.kind), "kind");
    QVERIFY2(error.message.contains(says), qPrintable(error.message));
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
}

void TestCrmErrorsLive::byAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("write");
    QTest::addColumn<int>("kind");
    const auto row = [](int status, const QByteArray &body, bool write, ErrorKind kind, const char *name = nullptr) {
        const QJsonObject object = QJsonDocument::fromJson(body).object();
        const QByteArray code = object.value(QLatin1String("code")).toVariant().toString().toLatin1();
        QTest::addRow("%d %s%s", status, name ? name : code.constData(), write ? ", write" : "")
            << status << body << write << int(kind);
    };
    const auto refusal = [](const QByteArray &code, const QByteArray &details = "{}") {
        return QByteArray(R"({"code":")" + code + R"(","details":)" + details +
                          R"(,"message":"their words","status":"error"})");
    };
    using enum ErrorKind;
    for (const char *code :
         {"REQUIRED_PARAM_MISSING", "EXPECTED_PARAM_MISSING", "LIMIT_EXCEEDED", "CRITERIA_LIMIT_EXCEEDED",
          "LIMIT_REACHED", "PAGINATION_LIMIT_EXCEEDED", "AMBIGUITY_DURING_PROCESSING", "INVALID_REQUEST_METHOD"})
        row(400, refusal(code, R"({"param_name":"fields"})"), false, Rejected);
    for (const char *code :
         {"EXPECTED_FIELD_MISSING", "DEPENDENT_FIELD_MISSING", "DEPENDENT_MISMATCH", "MAPPING_MISMATCH",
          "PATTERN_NOT_MATCHED", "NOT_ALLOWED", "NOT_APPROVED", "RECORD_LOCKED", "RECORD_IN_BLUEPRINT"}) {
        row(400, refusal(code, R"({"api_name":"Last_Name"})"), true, Rejected);
        row(400, R"({"data":[)" + refusal(code) + "]}", true, Rejected, code);
    }
    for (const char *code :
         {"LICENSE_LIMIT_EXCEEDED", "AUTHORIZATION_FAILED", "FEATURE_NOT_SUPPORTED", "FEATURE_NOT_ENABLED"})
        row(400, refusal(code), false, PermissionMissing);
    row(400,
        R"({"data":[{"code":"MULTIPLE_OR_MULTI_ERRORS","details":{"errors":[)" +
            refusal("MANDATORY_NOT_FOUND", R"({"api_name":"Last_Name"})") + "," +
            refusal("INVALID_DATA", R"({"api_name":"Email"})") + R"(]},"message":"x","status":"error"}]})",
        true, Rejected, "MULTIPLE_OR_MULTI_ERRORS");
    row(400, refusal("DEPENDENT_SERVICE_ERROR"), false, ServerError);
    row(400, refusal("API_NOT_SUPPORTED", R"({"supported_version":8})"), false, BadReply);
    row(401, refusal("AUTHENTICATION_FAILURE"), false, SignedOut);
    row(401, "<html>log in</html>", false, SignedOut, "HTML");
    row(404, refusal("INVALID_URL_PATTERN"), false, BadReply);
    row(404, refusal("RESOURCE_NOT_FOUND"), false, NotFound);
    row(404, refusal("INVALID_DATA"), false, NotFound);
    row(412, refusal("ALREADY_MODIFIED"), true, Conflict);
    row(413, "<html>Request Entity Too Large</html>", true, Rejected, "HTML");
    row(415, "<html>Unsupported Media Type</html>", true, Rejected, "HTML");
    row(429, refusal("TOO_MANY_REQUESTS"), false, RateLimited);
    row(429, refusal("RATE_LIMIT_EXCEEDED"), true, RateLimited);
    row(429, R"({"code":429,"error":"TOO_MANY_REQUESTS","error_info":"wait"})", false, RateLimited);
    row(200, R"({"code":429,"error_info":"wait"})", false, RateLimited);
    row(500, refusal("INTERNAL_ERROR"), false, ServerError);
    row(500, refusal("INTERNAL_SERVER_ERROR"), true, ServerError);
    row(502, "<html><body>Bad gateway</body></html>", false, ServerError, "HTML");
    row(502, "<html><body>Bad gateway</body></html>", true, ServerError, "HTML");
    row(503, refusal("SERVICE_UNAVAILABLE"), false, ServerError);
    row(504, " ", true, ServerError, "empty");
    row(403, " ", false, PermissionMissing, "empty");
    row(404, " ", false, NotFound, "empty");
    row(200, " ", false, BadReply, "empty");
    row(200, " ", true, ServerError, "empty");
    row(200, "<html>Welcome to the hotel</html>", false, BadReply, "HTML");
    row(207, R"({"data":[)" + refusal("MANDATORY_NOT_FOUND", R"({"api_name":"Last_Name"})") + "]}", true, Rejected,
        "partial");
}

void TestCrmErrorsLive::byAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, write);
    fault(QStringLiteral("/crm/v8/Contacts"), status, body, body.startsWith('<') ? "text/html" : "");
    const Error error = write ? created({{QStringLiteral("Last_Name"), QStringLiteral("A")}}) : read();
    QTEST(int(error.kind), "kind");
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    if (write)
        QCOMPARE(arrivals(QStringLiteral("/crm/v8/Contacts")), 1);
}

void TestCrmErrorsLive::permissionsAreNamed()
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

void TestCrmErrorsLive::theMissingScopeIsNamedWithoutARenewal()
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

void TestCrmErrorsLive::aDeadTokenIsRenewedOnceForAll()
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

void TestCrmErrorsLive::aTokenThatStaysDeadEndsTheSignIn()
{
    fault(QStringLiteral("/crm/v8/Contacts"), 401,
          R"({"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"})");
    bool needed = false;
    connect(&m_client->scheduler, &RequestScheduler::signInNeeded, this, [&needed] { needed = true; });
    const Error error = read();
    QCOMPARE(error.kind, ErrorKind::SignedOut);
    QVERIFY2(error.message.contains(QLatin1String("data centre")),
             qPrintable(error.message)); // A fresh token: the wrong host?
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    QVERIFY(needed);
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 1);
    QCOMPARE(arrivals(QStringLiteral("/crm/v8/Contacts")), 2);
}

void TestCrmErrorsLive::usedUpCreditsAreTheDaysQuota()
{
    CreditMeter &credits = m_client->scheduler.credits();
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
    control(HttpMethod::Post, QStringLiteral("limits"),
            {{QStringLiteral("edition"), QStringLiteral("enterprise")}, {QStringLiteral("used"), 0}});
}

void TestCrmErrorsLive::tokenEndpoint_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, int status, const QByteArray &body, ErrorKind kind) {
        QTest::newRow(name) << status << body << int(kind);
    };
    const auto said = [](const char *code) { return QByteArray("{\"error\":\"") + code + "\"}"; };
    using enum ErrorKind;
    row("invalid_code", 200, said("invalid_code"), SignedOut);
    row("invalid_client", 200, said("invalid_client"), Configuration);
    row("invalid_client_secret", 200, said("invalid_client_secret"), Configuration);
    row("invalid_redirect_uri", 200, said("invalid_redirect_uri"), Configuration);
    row("invalid_scope", 200, said("invalid_scope"), Configuration);
    row("invalid_grant", 400, said("invalid_grant"), SignedOut);
    row("general_error", 200, said("general_error"), ServerError);
    row("server_error", 200, said("server_error"), ServerError);
    for (const int status : {200, 400}) {
        QTest::addRow("throttled %d", status)
            << status
            << QByteArray(
                   R"({"error":"Access Denied","error_description":"You have made too many requests continuously.","status":"failure"})")
            << int(Throttled);
        QTest::addRow("throttled in another language %d", status)
            << status
            << QByteArray("{\"error\":\"访问被拒绝\",\"error_description\":\"请求过于频繁\",\"status\":\"failure\"}")
            << int(Throttled);
    }
    row("HTML", 502, "<html>Bad gateway</html>", ServerError);
    row("empty 400", 400, " ", BadReply);
    row("empty 200", 200, " ", BadReply);
}

void TestCrmErrorsLive::tokenEndpoint()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    control(HttpMethod::Post, QStringLiteral("expire"), {{QStringLiteral("what"), QStringLiteral("access")}});
    fault(QStringLiteral("/oauth/v2/token"), status, body, body.startsWith('<') ? "text/html" : "");
    const Error error = read();
    QCOMPARE(int(error.kind), kind);
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    QCOMPARE(m_client->tokens.signedIn(), error.kind != ErrorKind::SignedOut); // Throttled or broken is not dead.
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 1);
}

QTEST_GUILESS_MAIN(TestCrmErrorsLive)
#include "tst_crm_errors_live.moc"
