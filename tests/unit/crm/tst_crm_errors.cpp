// SPDX-License-Identifier: Apache-2.0
#include "CrmErrors.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;
using Kind = CrmOperation::Kind;

namespace {

const CrmOperation search{Kind::List, QStringLiteral("Contacts"), {QStringLiteral("ZohoCRM.modules.contacts.READ")}};
const CrmOperation oneRecord{
    Kind::Record, QStringLiteral("Contacts"), {QStringLiteral("ZohoCRM.modules.contacts.READ")}};
const CrmOperation create{Kind::Create, QStringLiteral("Calls"), {QStringLiteral("ZohoCRM.modules.calls.CREATE")}};

HttpReply reply(int status, const char *body)
{
    return HttpReply{status, {}, QByteArray(body)};
}

} // namespace

class TestCrmErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_data();
    void table();
    void everyErrorIsASentence();
    void namesWhatIsMissing();
    void quotesTheCrmShortly();
    void keepsRetryAfter();
    void tellsManyErrors();
    void standsNestedErrors();
    void refusals();
};

void TestCrmErrors::table_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("operation"); // 0 search, 1 record, 2 create
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, int status, const char *body, int operation, ErrorKind kind, const char *code,
                        const char *detail) {
        QTest::newRow(name) << status << QByteArray(body) << operation << int(kind) << QString::fromLatin1(code)
                            << QString::fromLatin1(detail);
    };
    row("dead token", 401, R"({"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"})",
        0, ErrorKind::SignedOut, "INVALID_TOKEN", "");
    row("no header", 401, R"({"code":"AUTHENTICATION_FAILURE","details":{},"status":"error"})", 0, ErrorKind::SignedOut,
        "AUTHENTICATION_FAILURE", "");
    row("scope", 401,
        R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"message":"invalid oauth scope","status":"error"})", 0,
        ErrorKind::ScopeMissing, "OAUTH_SCOPE_MISMATCH", "ZohoCRM.modules.contacts.READ");
    row("scope as 400", 400, R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"status":"error"})", 2,
        ErrorKind::ScopeMissing, "OAUTH_SCOPE_MISMATCH", "ZohoCRM.modules.calls.CREATE");
    row("permission", 403,
        R"({"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_View_Leads"]},"status":"error"})", 0,
        ErrorKind::PermissionMissing, "NO_PERMISSION", "Crm_Implied_View_Leads");
    row("api access", 403,
        R"({"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_Api_Access"]},"status":"error"})", 0,
        ErrorKind::PermissionMissing, "NO_PERMISSION", "Crm_Implied_Api_Access");
    row("edition", 400, R"({"code":"LICENSE_LIMIT_EXCEEDED","details":{},"status":"error"})", 0,
        ErrorKind::PermissionMissing, "LICENSE_LIMIT_EXCEEDED", "");
    row("403 in HTML", 403, "<html>no</html>", 0, ErrorKind::PermissionMissing, "HTTP 403", "");
    row("rate", 429, R"({"code":"TOO_MANY_REQUESTS","details":{},"message":"x","status":"error"})", 0,
        ErrorKind::RateLimited, "TOO_MANY_REQUESTS", "");
    row("rate, old shape", 429, R"({"code":429,"error":"TOO_MANY_REQUESTS","error_info":"wait"})", 0,
        ErrorKind::RateLimited, "TOO_MANY_REQUESTS", "");
    row("rate, old shape at 200", 200, R"({"code":429,"error_info":"wait"})", 0, ErrorKind::RateLimited, "429", "");
    row("rate, empty", 429, "", 0, ErrorKind::RateLimited, "HTTP 429", "");
    row("module", 400, R"({"code":"INVALID_MODULE","details":{"resource_path_index":0},"status":"error"})", 0,
        ErrorKind::NotFound, "INVALID_MODULE", "Contacts");
    row("record gone", 400, R"({"code":"INVALID_DATA","details":{"resource_path_index":1},"status":"error"})", 1,
        ErrorKind::NotFound, "INVALID_DATA", "Contacts");
    row("record gone 404", 404, R"({"code":"INVALID_DATA","details":{},"message":"record not found","status":"error"})",
        1, ErrorKind::NotFound, "INVALID_DATA", "Contacts");
    row("relation gone", 400, R"({"code":"INVALID_DATA","details":{},"message":"relation name","status":"error"})", 1,
        ErrorKind::NotFound, "INVALID_DATA", "Contacts");
    row("404 empty", 404, "", 1, ErrorKind::NotFound, "NOT_FOUND", "Contacts");
    row("404 of some other server", 404, "<html>404</html>", 1, ErrorKind::BadReply, "HTTP 404", "");
    row("wrong path", 404, R"({"code":"INVALID_URL_PATTERN","details":{},"status":"error"})", 1, ErrorKind::BadReply,
        "INVALID_URL_PATTERN", "");
    row("bad value in a search", 400, R"({"code":"INVALID_DATA","details":{"api_name":"Phone"},"status":"error"})", 0,
        ErrorKind::Rejected, "INVALID_DATA", "Phone");
    row("bad path in a write is a refusal", 400, R"({"code":"INVALID_DATA","details":{"resource_path_index":1}})", 2,
        ErrorKind::Rejected, "INVALID_DATA", "");
    row("field of a record", 400,
        R"({"data":[{"code":"INVALID_DATA","details":{"expected_data_type":"phone","api_name":"Phone"},"status":"error"}]})",
        2, ErrorKind::Rejected, "INVALID_DATA", "Phone");
    row("mandatory", 400,
        R"({"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name","json_path":"$.data[0].Last_Name"},)"
        R"("message":"required field not found","status":"error"}]})",
        2, ErrorKind::Rejected, "MANDATORY_NOT_FOUND", "Last_Name");
    row("parameter", 400, R"({"code":"REQUIRED_PARAM_MISSING","details":{"param_name":"fields"},"status":"error"})", 0,
        ErrorKind::Rejected, "REQUIRED_PARAM_MISSING", "fields");
    row("parameters", 400,
        R"({"code":"EXPECTED_PARAM_MISSING","details":{"param_names":["phone","word"]},"status":"error"})", 0,
        ErrorKind::Rejected, "EXPECTED_PARAM_MISSING", "phone,word");
    row("query", 400, R"({"code":"INVALID_QUERY","details":{"column_name":"Fone"},"status":"error"})", 0,
        ErrorKind::Rejected, "INVALID_QUERY", "Fone");
    row("duplicate", 400, R"({"data":[{"code":"DUPLICATE_DATA","details":{"api_name":"Email"},"status":"error"}]})", 2,
        ErrorKind::Conflict, "DUPLICATE_DATA", "Email");
    row("modified", 412, R"({"code":"ALREADY_MODIFIED","details":{},"status":"error"})", 2, ErrorKind::Conflict,
        "ALREADY_MODIFIED", "");
    row("converted", 400, R"({"code":"ID_ALREADY_CONVERTED","details":{},"status":"error"})", 2, ErrorKind::Conflict,
        "ID_ALREADY_CONVERTED", "");
    row("500", 500, R"({"code":"INTERNAL_ERROR","details":{},"message":"x","status":"error"})", 2,
        ErrorKind::ServerError, "INTERNAL_ERROR", "");
    row("502 in HTML", 502, "<html><body>Bad gateway</body></html>", 2, ErrorKind::ServerError, "HTTP 502", "");
    row("503 empty", 503, "", 0, ErrorKind::ServerError, "HTTP 503", "");
    row("408", 408, "", 2, ErrorKind::ServerError, "HTTP 408", "");
    row("service behind", 400, R"({"code":"DEPENDENT_SERVICE_ERROR","details":{},"status":"error"})", 2,
        ErrorKind::ServerError, "DEPENDENT_SERVICE_ERROR", "");
    row("400 in HTML", 400, "<html>", 2, ErrorKind::Rejected, "HTTP 400", "");
    row("413", 413, "", 2, ErrorKind::Rejected, "HTTP 413", "");
    row("redirect", 302, "", 2, ErrorKind::BadReply, "HTTP 302", "");
    row("page of a hotel, read", 200, "<html>Welcome</html>", 0, ErrorKind::BadReply, "BAD_REPLY", "");
    row("page of a hotel, write", 200, "<html>Welcome</html>", 2, ErrorKind::ServerError, "BAD_REPLY", "");
    row("code of the wrong type", 400, R"({"code":["x"],"details":7,"message":{}})", 0, ErrorKind::Rejected, "", "");
    row("details of the wrong type", 403, R"({"code":"NO_PERMISSION","details":"x"})", 0, ErrorKind::PermissionMissing,
        "NO_PERMISSION", "");
    row("cut", 400, R"({"code":"INVALID_D)", 0, ErrorKind::Rejected, "HTTP 400", "");
    row("code of tomorrow", 400, R"({"code":"NEW_ONE","details":{},"message":"Moon too low","status":"error"})", 0,
        ErrorKind::Rejected, "NEW_ONE", "");
}

void TestCrmErrors::table()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, operation);
    QFETCH(int, kind);
    const CrmOperation &asked = operation == 0 ? search : operation == 1 ? oneRecord : create;
    const Error error = crmerrors::fromReply({status, {}, body}, asked);
    QCOMPARE(int(error.kind), kind);
    QTEST(error.code, "code");
    QTEST(error.detail, "detail");
    QVERIFY2(error.message.endsWith(QLatin1Char('.')), qPrintable(error.message));
    QVERIFY2(!error.message.contains(QLatin1Char('%')), qPrintable(error.message));
}

void TestCrmErrors::everyErrorIsASentence()
{
    for (const CrmOperation &operation : {search, oneRecord, create}) {
        for (int status = 100; status < 600; ++status) {
            const Error error = crmerrors::fromReply({status, {}, {}}, operation);
            QVERIFY2(error.message.endsWith(QLatin1Char('.')), qPrintable(QString::number(status)));
        }
    }
    QCOMPARE(crmerrors::signedOut().kind, ErrorKind::SignedOut);
}

void TestCrmErrors::namesWhatIsMissing()
{
    const Error scope = crmerrors::fromReply(reply(401, R"({"code":"OAUTH_SCOPE_MISMATCH"})"), search);
    QVERIFY(scope.message.contains(QLatin1String("ZohoCRM.modules.contacts.READ")));
    const Error field = crmerrors::fromReply(
        reply(400, R"({"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"}}]})"), create);
    QVERIFY(field.message.contains(QLatin1String("Last Name")));
    const Error length = crmerrors::fromReply(
        reply(400, R"({"data":[{"code":"INVALID_DATA","details":{"api_name":"Description","maximum_length":32000}}]})"),
        create);
    QVERIFY(length.message.contains(QLatin1String("32000")));
}

void TestCrmErrors::quotesTheCrmShortly()
{
    const QByteArray words = QByteArray("first\\nsecond ") + QByteArray(1000, 'x');
    const Error error =
        crmerrors::fromReply({400, {}, R"({"code":"NOT_ALLOWED","message":")" + words + R"("})"}, create);
    QVERIFY(error.message.contains(QLatin1String("first second x")));
    QVERIFY(error.message.size() < 350);
}

void TestCrmErrors::keepsRetryAfter()
{
    const auto wait = [](const QByteArray &value) {
        const HttpReply throttled{429, {{QByteArrayLiteral("retry-after"), value}}, {}};
        return crmerrors::fromReply(throttled, search).retryAfter;
    };
    QCOMPARE(wait("7"), 7000ms);
    QCOMPARE(wait(" 90 "), 90000ms);
    QCOMPARE(wait("-1"), 0ms);
    QCOMPARE(wait("soon"), 0ms);
    QCOMPARE(wait("99999999999999999"), std::chrono::milliseconds(24h));
}

void TestCrmErrors::tellsManyErrors()
{
    const Error error =
        crmerrors::fromReply(reply(400, R"({"data":[{"code":"MULTIPLE_OR_MULTI_ERRORS","details":{"errors":[
            {"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"}},
            {"code":"INVALID_DATA","details":{"api_name":"Email"}}, 7]},"status":"error"}]})"),
                             create);
    QCOMPARE(error.kind, ErrorKind::Rejected);
    QCOMPARE(error.code, QStringLiteral("MULTIPLE_OR_MULTI_ERRORS"));
    QCOMPARE(error.detail, QStringLiteral("Last_Name,Email"));
    QVERIFY(error.message.contains(QLatin1String("Last Name")));
    QVERIFY(error.message.contains(QLatin1String("Email")));
}

void TestCrmErrors::standsNestedErrors()
{
    QByteArray body = R"({"code":"A"})";
    for (int i = 0; i < 200; ++i)
        body = R"({"code":"A","details":{"errors":[)" + body + "]}}";
    const Error error = crmerrors::fromReply({400, {}, body}, create);
    QCOMPARE(error.kind, ErrorKind::Rejected);
    QVERIFY(!error.message.isEmpty());
}

void TestCrmErrors::refusals()
{
    const auto refused = [](const char *json) {
        return crmerrors::isRefusal(QJsonDocument::fromJson(QByteArray(json)).object());
    };
    QVERIFY(refused(R"({"status":"error"})"));
    QVERIFY(refused(R"({"code":"INVALID_DATA"})"));
    QVERIFY(refused(R"({"code":429})"));
    QVERIFY(!refused(R"({"code":"SUCCESS","status":"success"})"));
    QVERIFY(!refused(R"({"data":[]})"));
    QVERIFY(!refused("{}"));
}

QTEST_GUILESS_MAIN(TestCrmErrors)
#include "tst_crm_errors.moc"
