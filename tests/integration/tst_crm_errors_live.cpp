// SPDX-License-Identifier: Apache-2.0
#include "LiveBench.h"

#include "WholeSentence.h"

#include <QJsonDocument>

using namespace ringside;
using namespace ringside::test;

namespace {

QByteArray refusal(const QByteArray &code, const QByteArray &details = "{}")
{
    return QByteArray(R"({"code":")" + code + R"(","details":)" + details +
                      R"(,"message":"their words","status":"error"})");
}

} // namespace

/// The errors of the reference's section 5 that the client itself gives no cause for, and what stands between it and
/// the CRM: by the very answer, over sockets, read through the client that ships: kind, code and sentence. The others
/// are tst_crm_error_causes'.
class TestCrmErrorsLive : public QObject, private LiveBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(20); }
    void init();
    void cleanup() { m_desk.reset(); }

    void byAnswer_data();
    void byAnswer();
    void aTokenThatStaysDeadEndsTheSignIn_data();
    void aTokenThatStaysDeadEndsTheSignIn();
    void tokenEndpoint_data();
    void tokenEndpoint();

private:
    static void addRow(int status, const QByteArray &body, bool write, ErrorKind kind, const char *code,
                       const char *says);
    static void addQuestions();
    static void addWrites();
    static void addAccess();
    static void addServers();
    void fault(const QString &path, int status, const QByteArray &body, const QByteArray &contentType = {},
               int times = -1);
    Error read() { return errorOf(crm().record(person(), {}, RequestPriority::Pop)); }
    Error created(const QVariantMap &values) { return errorOf(crm().createRecord(contacts, values)); }
};

void TestCrmErrorsLive::init()
{
    control(HttpMethod::Delete, QStringLiteral("fault"));
    signIn();
    control(HttpMethod::Delete, QStringLiteral("requests"));
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

void TestCrmErrorsLive::addRow(int status, const QByteArray &body, bool write, ErrorKind kind, const char *code,
                               const char *says)
{
    const char *form = body.startsWith('<') ? ", HTML" : (body.trimmed().isEmpty() ? ", empty" : "");
    const char *place = body.startsWith(R"({"data")") ? ", of a record" : "";
    QTest::addRow("%d %s%s%s%s", status, code, form, place, write ? ", write" : "")
        << status << body << write << int(kind) << QString::fromLatin1(code) << QString::fromLatin1(says);
}

void TestCrmErrorsLive::byAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("write");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    addQuestions();
    addWrites();
    addAccess();
    addServers();
}

/// What is wrong with a question.
void TestCrmErrorsLive::addQuestions()
{
    using enum ErrorKind;
    const char *const fault = "fault of the program";
    for (const char *code : {"REQUIRED_PARAM_MISSING", "EXPECTED_PARAM_MISSING", "LIMIT_EXCEEDED",
                             "CRITERIA_LIMIT_EXCEEDED", "AMBIGUITY_DURING_PROCESSING", "INVALID_REQUEST_METHOD"})
        addRow(400, refusal(code, R"({"param_name":"fields"})"), false, Rejected, code, fault);
    addRow(405, refusal("INVALID_REQUEST_METHOD"), false, Rejected, "INVALID_REQUEST_METHOD", fault);
    addRow(405, refusal("INVALID_REQUEST_METHOD"), true, Rejected, "INVALID_REQUEST_METHOD", fault);
    addRow(405, "<html>Method Not Allowed</html>", false, BadReply, "HTTP 405", "a proxy or a log-in page");
    for (const char *code : {"LIMIT_REACHED", "PAGINATION_LIMIT_EXCEEDED"})
        addRow(400, refusal(code, R"({"limit":"2000"})"), false, Rejected, code, "what is shown is not all");
    addRow(400, refusal("API_NOT_SUPPORTED", R"({"supported_version":8})"), false, BadReply, "API_NOT_SUPPORTED",
           "choose the newest version");
    addRow(404, refusal("INVALID_URL_PATTERN"), false, BadReply, "INVALID_URL_PATTERN", "a proxy or a log-in page");
    for (const char *code : {"RESOURCE_NOT_FOUND", "INVALID_DATA"})
        addRow(404, refusal(code), false, NotFound, code, "look the customer up again");
    addRow(404, " ", false, NotFound, "NOT_FOUND", "look the customer up again");
    addRow(304, "", false, BadReply, "HTTP 304", "does not understand"); // Nobody asked whether it had changed.
}

/// What is wrong with what was entered.
void TestCrmErrorsLive::addWrites()
{
    using enum ErrorKind;
    const auto both = [](const char *code, const char *withField, const char *without) {
        addRow(400, refusal(code, R"({"api_name":"Last_Name"})"), true, Rejected, code, withField);
        addRow(400, R"({"data":[)" + refusal(code) + "]}", true, Rejected, code, without);
    };
    both("EXPECTED_FIELD_MISSING", "needs the field Last Name", "a field that was left empty");
    both("DEPENDENT_FIELD_MISSING", "needs the field Last Name", "a field that was left empty");
    both("DEPENDENT_MISMATCH", "Last Name does not go with", "does not take these values together");
    both("MAPPING_MISMATCH", "Last Name does not go with", "does not take these values together");
    both("PATTERN_NOT_MATCHED", "the value of the field Last Name", "(their words)");
    both("NOT_ALLOWED", "the value of the field Last Name", "(their words)");
    addRow(400,
           R"({"data":[{"code":"MULTIPLE_OR_MULTI_ERRORS","details":{"errors":[)" +
               refusal("MANDATORY_NOT_FOUND", R"({"api_name":"Last_Name"})") + "," +
               refusal("INVALID_DATA", R"({"api_name":"Email"})") + R"(]},"message":"x","status":"error"}]})",
           true, Rejected, "MULTIPLE_OR_MULTI_ERRORS", "the value of the field Email");
    addRow(207, R"({"data":[)" + refusal("MANDATORY_NOT_FOUND", R"({"api_name":"Last_Name"})") + "]}", true, Rejected,
           "MANDATORY_NOT_FOUND", "needs the field Last Name");
    addRow(412, refusal("ALREADY_MODIFIED"), true, Conflict, "ALREADY_MODIFIED", "load it again");
    addRow(413, refusal("REQUEST_ENTITY_TOO_LARGE"), true, Rejected, "REQUEST_ENTITY_TOO_LARGE", "too large");
    addRow(413, "<html>Request Entity Too Large</html>", true, Rejected, "HTTP 413", "too large");
    addRow(415, refusal("UNSUPPORTED_MEDIA_TYPE"), true, Rejected, "UNSUPPORTED_MEDIA_TYPE", "fault of the program");
    addRow(415, "<html>Unsupported Media Type</html>", true, Rejected, "HTTP 415", "fault of the program");
}

/// Who may, and how often.
void TestCrmErrorsLive::addAccess()
{
    using enum ErrorKind;
    for (const char *code : {"LICENSE_LIMIT_EXCEEDED", "FEATURE_NOT_SUPPORTED", "FEATURE_NOT_ENABLED"})
        addRow(400, refusal(code), false, PermissionMissing, code, "edition of Zoho CRM");
    addRow(400, refusal("AUTHORIZATION_FAILED"), false, PermissionMissing, "AUTHORIZATION_FAILED",
           "Your Zoho CRM profile");
    addRow(401, "<html>log in</html>", false, SignedOut, "HTTP 401", "does not accept this sign-in");
    addRow(403, " ", false, PermissionMissing, "HTTP 403", "Your Zoho CRM profile");
    const char *const busy = "no more requests";
    addRow(429, refusal("TOO_MANY_REQUESTS"), false, RateLimited, "TOO_MANY_REQUESTS", busy);
    addRow(429, refusal("RATE_LIMIT_EXCEEDED"), true, RateLimited, "RATE_LIMIT_EXCEEDED", busy);
    addRow(429, "<html>slow down</html>", true, RateLimited, "HTTP 429", busy);
    addRow(200, R"({"code":429,"error_info":"wait"})", false, RateLimited, "429", busy);
}

/// Trouble on the other side, or on the way.
void TestCrmErrorsLive::addServers()
{
    using enum ErrorKind;
    const char *const read = "a problem of its own";
    const char *const write = "not known whether it was saved";
    addRow(400, refusal("DEPENDENT_SERVICE_ERROR"), false, ServerError, "DEPENDENT_SERVICE_ERROR", read);
    addRow(500, refusal("INTERNAL_ERROR"), false, ServerError, "INTERNAL_ERROR", read);
    addRow(500, refusal("INTERNAL_SERVER_ERROR"), true, ServerError, "INTERNAL_SERVER_ERROR", write);
    addRow(502, "<html><body>Bad gateway</body></html>", false, ServerError, "HTTP 502", read);
    addRow(502, "<html><body>Bad gateway</body></html>", true, ServerError, "HTTP 502", write);
    addRow(503, refusal("SERVICE_UNAVAILABLE"), false, ServerError, "SERVICE_UNAVAILABLE", read);
    addRow(504, " ", true, ServerError, "HTTP 504", write);
    addRow(200, " ", false, BadReply, "BAD_REPLY", "does not understand");
    addRow(200, " ", true, ServerError, "BAD_REPLY", "damaged on its way");
    addRow(200, "<html>Welcome to the hotel</html>", false, BadReply, "BAD_REPLY", "a log-in page");
}

void TestCrmErrorsLive::byAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, write);
    QFETCH(QString, says);
    fault(QStringLiteral("/crm/v8/Contacts"), status, body, body.startsWith('<') ? "text/html" : "");
    const Error error = write ? created({{QStringLiteral("Last_Name"), QStringLiteral("A")}}) : read();
    QTEST(int(error.kind), "kind");
    QTEST(error.code, "code");
    QVERIFY2(error.message.contains(says), qPrintable(error.message));
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    if (write)
        QCOMPARE(arrivals(QStringLiteral("/crm/v8/Contacts")), 1);
}

void TestCrmErrorsLive::aTokenThatStaysDeadEndsTheSignIn_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("as it is said") << QByteArray("INVALID_TOKEN");
    QTest::newRow("as the pages have it") << QByteArray("INVALID_OAUTHTOKEN");
}

void TestCrmErrorsLive::aTokenThatStaysDeadEndsTheSignIn()
{
    QFETCH(QByteArray, code);
    fault(QStringLiteral("/crm/v8/Contacts"), 401, refusal(code));
    bool needed = false;
    connect(&m_desk->scheduler, &RequestScheduler::signInNeeded, this, [&needed] { needed = true; });
    const Error error = read();
    QCOMPARE(error.kind, ErrorKind::SignedOut);
    QCOMPARE(error.code, QString::fromLatin1(code));
    QVERIFY2(error.message.contains(QLatin1String("data centre")),
             qPrintable(error.message)); // A fresh token: the wrong host?
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
    QVERIFY(needed);
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 1);
    QCOMPARE(arrivals(QStringLiteral("/crm/v8/Contacts")), 2);
}

void TestCrmErrorsLive::tokenEndpoint_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, int status, const QByteArray &body, ErrorKind kind) {
        QTest::newRow(name) << status << body << int(kind);
    };
    const auto said = [](const char *code) { return QByteArray(R"({"error":")") + code + R"("})"; };
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
    QCOMPARE(m_desk->tokens.signedIn(), error.kind != ErrorKind::SignedOut); // Throttled or broken is not dead.
    QCOMPARE(arrivals(QStringLiteral("/oauth/v2/token")), 1);
}

QTEST_GUILESS_MAIN(TestCrmErrorsLive)
#include "tst_crm_errors_live.moc"
