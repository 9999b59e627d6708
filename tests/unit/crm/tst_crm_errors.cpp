// SPDX-License-Identifier: Apache-2.0
#include "CrmErrors.h"
#include "WholeSentence.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;
using Kind = CrmOperation::Kind;

namespace {

CrmOperation search()
{
    return {Kind::List, QStringLiteral("Contacts"), {QStringLiteral("ZohoCRM.modules.contacts.READ")}};
}

CrmOperation oneRecord()
{
    return {Kind::Record, QStringLiteral("Contacts"), {QStringLiteral("ZohoCRM.modules.contacts.READ")}};
}

CrmOperation create()
{
    return {Kind::Create, QStringLiteral("Calls"), {QStringLiteral("ZohoCRM.modules.calls.CREATE")}};
}

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
    void reference_data();
    void reference();
    void everyErrorIsASentence();
    void namesWhatIsMissing();
    void quotesTheCrmShortly();
    void keepsRetryAfter();
    void tellsManyErrors();
    void hidesNoneOfManyErrors();
    void namesTheRecordThatExists_data();
    void namesTheRecordThatExists();
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

// Section 5.2 of the reference, line by line, beyond what stands above.
void TestCrmErrors::reference_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("operation"); // 0 search, 1 record, 2 create
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const auto row = [](int status, const char *code, const char *details, int operation, ErrorKind kind, const char *says) {
        const QByteArray body = QByteArray(R"({"code":")") + code + R"(","details":)" + details +
                                R"(,"message":"their words","status":"error"})";
        QTest::addRow("%d %s %d", status, code, operation)
            << status << body << operation << int(kind) << QString::fromLatin1(says);
    };
    using enum ErrorKind;
    row(400, "INVALID_MODULE", R"({"param_name":"module"})", 0, NotFound, "no module named Contacts");
    row(400, "INVALID_DATA", R"({"expected_data_type":"phone","api_name":"Home_Phone"})", 2, Rejected, "Home Phone");
    row(400, "INVALID_DATA", R"({"api_name":"Description","maximum_length":32000})", 2, Rejected, "32000");
    row(400, "MANDATORY_NOT_FOUND", R"({"api_name":"Last_Name","json_path":"$.data[0].Last_Name"})", 2, Rejected, "Last Name");
    row(400, "MANDATORY_NOT_FOUND", "{}", 2, Rejected, "left empty");
    row(400, "DUPLICATE_DATA", R"({"api_name":"Email","duplicate_record":{"id":"1"}})", 2, Conflict, "the same Email");
    row(400, "DUPLICATE_DATA", R"({"column_name":"id"})", 0, Rejected, "fault of the program");
    row(400, "REQUIRED_PARAM_MISSING", R"({"param_name":"fields"})", 0, Rejected, "fault of the program");
    row(400, "EXPECTED_PARAM_MISSING", R"({"param_names":["word"]})", 0, Rejected, "fault of the program");
    row(400, "EXPECTED_FIELD_MISSING", R"({"api_name":"Note_Content"})", 2, Rejected, "Note Content");
    row(400, "DEPENDENT_FIELD_MISSING", R"({"api_name":"What_Id"})", 2, Rejected, "What Id");
    row(400, "DEPENDENT_MISMATCH", R"({"api_name":"$se_module"})", 2, Rejected, "does not go with");
    row(400, "MAPPING_MISMATCH", "{}", 2, Rejected, "together");
    row(400, "LIMIT_EXCEEDED", R"({"limit":50,"param_name":"fields"})", 0, Rejected, "fault of the program");
    row(400, "LIMIT_EXCEEDED", R"({"limit":10})", 2, Rejected, "their words");
    row(400, "LIMIT_REACHED", R"({"limit":"2000"})", 0, Rejected, "is not all");
    row(400, "CRITERIA_LIMIT_EXCEEDED", R"({"limit":15})", 0, Rejected, "fault of the program");
    row(400, "PAGINATION_LIMIT_EXCEEDED", "{}", 0, Rejected, "is not all");
    row(400, "DISCRETE_PAGINATION_LIMIT_EXCEEDED", "{}", 0, Rejected, "is not all");
    row(400, "EXPIRED_VALUE", R"({"param_name":"page_token"})", 0, Rejected, "open too long");
    row(400, "TOKEN_BOUND_DATA_MISMATCH", R"({"param_name":"page_token"})", 0, Rejected, "open too long");
    row(400, "INVALID_QUERY", R"({"column_name":"Fone"})", 0, Rejected, "fault of the program");
    row(400, "SYNTAX_ERROR", R"({"near":"wher"})", 0, Rejected, "fault of the program");
    row(400, "INVALID_ALIAS", "{}", 0, Rejected, "fault of the program");
    row(400, "PATTERN_NOT_MATCHED", R"({"api_name":"Website"})", 2, Rejected, "Website");
    row(400, "AMBIGUITY_DURING_PROCESSING", "{}", 0, Rejected, "fault of the program");
    row(400, "NOT_ALLOWED", "{}", 2, Rejected, "their words");
    row(400, "NOT_APPROVED", "{}", 2, Rejected, "approval");
    row(400, "RECORD_LOCKED", "{}", 2, Rejected, "locked");
    row(400, "RECORD_IN_BLUEPRINT", "{}", 2, Rejected, "process");
    row(400, "ID_ALREADY_CONVERTED", "{}", 2, Conflict, "converted");
    row(400, "DEPENDENT_SERVICE_ERROR", "{}", 0, ServerError, "problem of its own");
    row(400, "INVALID_REQUEST_METHOD", "{}", 0, Rejected, "fault of the program");
    row(405, "INVALID_REQUEST_METHOD", "{}", 2, Rejected, "fault of the program");
    row(400, "API_NOT_SUPPORTED", R"({"supported_version":8})", 0, BadReply, "version");
    row(400, "LICENSE_LIMIT_EXCEEDED", "{}", 2, PermissionMissing, "edition");
    row(400, "AUTHORIZATION_FAILED", "{}", 2, PermissionMissing, "profile");
    row(400, "FEATURE_NOT_SUPPORTED", "{}", 0, PermissionMissing, "edition");
    row(400, "FEATURE_NOT_ENABLED", "{}", 0, PermissionMissing, "edition");
    row(401, "INVALID_TOKEN", "{}", 0, SignedOut, "data centre");
    row(401, "INVALID_OAUTHTOKEN", "{}", 0, SignedOut, "data centre");
    row(401, "AUTHENTICATION_FAILURE", "{}", 0, SignedOut, "could not read the sign-in");
    row(401, "OAUTH_SCOPE_MISMATCH", "{}", 0, ScopeMissing, "ZohoCRM.modules.contacts.READ");
    row(401, "OAUTH_SCOPE_MISMATCH", "{}", 2, ScopeMissing, "ZohoCRM.modules.calls.CREATE");
    row(403, "NO_PERMISSION", R"({"permissions":["Crm_Implied_View_Leads"]})", 0, PermissionMissing, "\"View Leads\"");
    row(403, "NO_PERMISSION", R"({"permissions":["Crm_Implied_Api_Access"]})", 0, PermissionMissing, "API access");
    row(404, "INVALID_URL_PATTERN", "{}", 0, BadReply, "data centre");
    row(404, "INVALID_DATA", "{}", 1, NotFound, "any more");
    row(404, "RESOURCE_NOT_FOUND", "{}", 1, NotFound, "any more");
    row(412, "ALREADY_MODIFIED", "{}", 2, Conflict, "load it again");
    row(413, "REQUEST_ENTITY_TOO_LARGE", "{}", 2, Rejected, "too large");
    row(415, "UNSUPPORTED_MEDIA_TYPE", "{}", 2, Rejected, "fault of the program");
    row(429, "TOO_MANY_REQUESTS", "{}", 0, RateLimited, "in a minute");
    row(429, "RATE_LIMIT_EXCEEDED", "{}", 2, RateLimited, "in a minute");
    row(500, "INTERNAL_ERROR", "{}", 0, ServerError, "in a few minutes");
    row(500, "INTERNAL_SERVER_ERROR", "{}", 2, ServerError, "not known whether");
    row(503, "SERVICE_UNAVAILABLE", "{}", 2, ServerError, "not known whether");
    QTest::newRow("413 empty") << 413 << QByteArray() << 2 << int(Rejected) << QStringLiteral("too large");
    QTest::newRow("415 HTML") << 415 << QByteArray("<html>") << 2 << int(Rejected) << QStringLiteral("fault of the program");
    QTest::newRow("502 HTML") << 502 << QByteArray("<html>Bad gateway</html>") << 0 << int(ServerError) << QStringLiteral("in a few");
    QTest::newRow("504 empty") << 504 << QByteArray() << 2 << int(ServerError) << QStringLiteral("not known whether");
    QTest::newRow("401 HTML") << 401 << QByteArray("<html>") << 0 << int(SignedOut) << QStringLiteral("sign in again");
    QTest::newRow("412 empty") << 412 << QByteArray() << 2 << int(Conflict) << QStringLiteral("load it again");
    QTest::newRow("405 empty") << 405 << QByteArray() << 0 << int(BadReply) << QStringLiteral("proxy");
    QTest::newRow("raw code in their words")
        << 400 << QByteArray(R"({"code":"NOT_ALLOWED","details":{},"message":"see WORKFLOW_RULE_42","status":"error"})") << 2
        << int(Rejected) << QStringLiteral("check it");
    QTest::newRow("207, second refused")
        << 207
        << QByteArray(R"({"data":[{"code":"SUCCESS","details":{"id":"1"},"status":"success"},)"
                      R"({"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"},"status":"error"}]})")
        << 2 << int(Rejected) << QStringLiteral("Last Name");
    QTest::newRow("another wrapper")
        << 400 << QByteArray(R"({"users":[{"code":"NOT_APPROVED","details":{},"status":"error"}]})") << 2 << int(Rejected)
        << QStringLiteral("approval");
    QTest::newRow("many, as a list")
        << 400
        << QByteArray(R"({"code":"MULTIPLE_OR_MULTI_ERRORS","details":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"}},)"
                      R"({"code":"INVALID_DATA","details":{"api_name":"Email"}}],"status":"error"})")
        << 2 << int(Rejected) << QStringLiteral("the field Email");
    QTest::newRow("many, beside")
        << 400
        << QByteArray(R"({"data":[{"code":"MULTIPLE_OR_MULTI_ERRORS","errors":[{"code":"DUPLICATE_DATA","details":{"api_name":"Email"}}],)"
                      R"("details":{},"status":"error"}]})")
        << 2 << int(Conflict) << QStringLiteral("the same Email");
}

void TestCrmErrors::reference()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, operation);
    QFETCH(int, kind);
    QFETCH(QString, says);
    const CrmOperation &asked = operation == 0 ? search() : operation == 1 ? oneRecord() : create();
    const Error error = crmerrors::fromReply({status, {}, body}, asked);
    QCOMPARE(int(error.kind), kind);
    QVERIFY2(error.message.contains(says), qPrintable(error.message));
    QVERIFY2(test::isWholeSentence(error.message), qPrintable(error.message));
}

void TestCrmErrors::table()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, operation);
    QFETCH(int, kind);
    const CrmOperation &asked = operation == 0 ? search() : operation == 1 ? oneRecord() : create();
    const Error error = crmerrors::fromReply({status, {}, body}, asked);
    QCOMPARE(int(error.kind), kind);
    QTEST(error.code, "code");
    QTEST(error.detail, "detail");
    QVERIFY2(error.message.endsWith(QLatin1Char('.')), qPrintable(error.message));
    QVERIFY2(test::isWholeSentence(error.message), qPrintable(error.message));
}

void TestCrmErrors::everyErrorIsASentence()
{
    for (const CrmOperation &operation : {search(), oneRecord(), create()}) {
        for (int status = 100; status < 600; ++status) {
            const Error error = crmerrors::fromReply({status, {}, {}}, operation);
            QVERIFY2(test::isWholeSentence(error.message), qPrintable(QString::number(status)));
        }
    }
    QVERIFY(test::isWholeSentence(crmerrors::signedOut().message));
    QCOMPARE(crmerrors::signedOut().kind, ErrorKind::SignedOut);
}

void TestCrmErrors::namesWhatIsMissing()
{
    const Error scope = crmerrors::fromReply(reply(401, R"({"code":"OAUTH_SCOPE_MISMATCH"})"), search());
    QVERIFY(scope.message.contains(QLatin1String("ZohoCRM.modules.contacts.READ")));
    const Error field = crmerrors::fromReply(
        reply(400, R"({"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"}}]})"), create());
    QVERIFY(field.message.contains(QLatin1String("Last Name")));
    const Error length = crmerrors::fromReply(
        reply(400, R"({"data":[{"code":"INVALID_DATA","details":{"api_name":"Description","maximum_length":32000}}]})"),
        create());
    QVERIFY(length.message.contains(QLatin1String("32000")));
}

void TestCrmErrors::quotesTheCrmShortly()
{
    const QByteArray words = QByteArray("first\\nsecond ") + QByteArray(1000, 'x');
    const Error error =
        crmerrors::fromReply({400, {}, R"({"code":"NOT_ALLOWED","message":")" + words + R"("})"}, create());
    QVERIFY(error.message.contains(QLatin1String("first second x")));
    QVERIFY(error.message.size() < 400);
}

void TestCrmErrors::keepsRetryAfter()
{
    const auto wait = [](const QByteArray &value) {
        const HttpReply throttled{429, {{QByteArrayLiteral("retry-after"), value}}, {}};
        return crmerrors::fromReply(throttled, search()).retryAfter;
    };
    QCOMPARE(wait("7"), 7000ms);
    QCOMPARE(wait(" 90 "), 90000ms);
    QCOMPARE(wait("-1"), 0ms);
    QCOMPARE(wait("soon"), 0ms);
    QCOMPARE(wait("99999999999999999"), std::chrono::milliseconds(24h));
    const QDateTime inAnHour = QDateTime::currentDateTimeUtc().addSecs(3600);
    const QByteArray date = QLocale::c().toString(inAnHour, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss")).toLatin1() + " GMT";
    QVERIFY2(wait(date) > 59min && wait(date) <= 1h, date.constData());
}

void TestCrmErrors::tellsManyErrors()
{
    const Error error =
        crmerrors::fromReply(reply(400, R"({"data":[{"code":"MULTIPLE_OR_MULTI_ERRORS","details":{"errors":[
            {"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Last_Name"}},
            {"code":"INVALID_DATA","details":{"api_name":"Email"}}, 7]},"status":"error"}]})"),
                             create());
    QCOMPARE(error.kind, ErrorKind::Rejected);
    QCOMPARE(error.code, QStringLiteral("MULTIPLE_OR_MULTI_ERRORS"));
    QCOMPARE(error.detail, QStringLiteral("Last_Name,Email"));
    QVERIFY(error.message.contains(QLatin1String("Last Name")));
    QVERIFY(error.message.contains(QLatin1String("Email")));
}

void TestCrmErrors::hidesNoneOfManyErrors()
{
    const QStringList names{QStringLiteral("Last_Name"), QStringLiteral("Email"), QStringLiteral("Phone"),
                            QStringLiteral("Lead_Source"), QStringLiteral("Customer_Number")};
    QStringList parts;
    for (const QString &name : names)
        parts.append(QStringLiteral(R"({"code":"INVALID_DATA","details":{"api_name":"%1"}})").arg(name));
    parts.append(
        QStringLiteral(R"({"code":"DUPLICATE_DATA","details":{"api_name":"Code","duplicate_record":{"id":"9"}}})"));
    parts.append(QStringLiteral(R"({"code":"RECORD_LOCKED","details":{}})"));
    const QString body = QStringLiteral(R"({"data":[{"code":"MULTIPLE_OR_MULTI_ERRORS","details":{"errors":[%1]}}]})");
    const Error error = crmerrors::fromReply({400, {}, body.arg(parts.join(QLatin1Char(','))).toUtf8()}, create());
    QCOMPARE(error.fields.size(), 7);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString shown = QString(names.at(i)).replace(QLatin1Char('_'), QLatin1Char(' '));
        QCOMPARE(error.fields.at(i).field, names.at(i));
        QVERIFY(error.fields.at(i).message.contains(shown));
        for (const QString &other : names) // Each sentence is about its own field.
            QCOMPARE(error.fields.at(i).message.contains(QString(other).replace(QLatin1Char('_'), QLatin1Char(' '))),
                     other == names.at(i));
        QVERIFY2(error.message.contains(shown), qPrintable(error.message));
    }
    QCOMPARE(error.fields.at(5).field, QStringLiteral("Code"));
    QCOMPARE(error.existing,
             (ExistingRecord{.module = create().module, .id = QStringLiteral("9"), .field = QStringLiteral("Code")}));
    QCOMPARE(error.fields.at(6).field, QString());
    QVERIFY2(error.message.contains(QLatin1String("locked")), qPrintable(error.message));
    QVERIFY2(error.message.contains(QLatin1String("as well: Lead Source, Customer Number, Code.")),
             qPrintable(error.message));
    QVERIFY2(test::isWholeSentence(error.message), qPrintable(error.message));
}

void TestCrmErrors::namesTheRecordThatExists_data()
{
    QTest::addColumn<QByteArray>("details");
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const char *details, const char *module, const char *id) {
        QTest::newRow(name) << QByteArray(details) << QString::fromLatin1(module) << QString::fromLatin1(id);
    };
    row("today",
        R"({"api_name":"Code","duplicate_record":{"id":"57","module":{"api_name":"Leads","id":"3"},"owner":{"id":"4"}}})",
        "Leads", "57");
    row("the module's name alone", R"({"api_name":"Code","duplicate_record":{"id":"57","module":"Leads"}})", "Leads",
        "57");
    row("no module", R"({"api_name":"Code","duplicate_record":{"id":"57"}})", "Calls", "57");
    row("a number", R"({"api_name":"Code","duplicate_record":{"id":5725767000000524157}})", "Calls",
        "5725767000000524157");
    row("v2", R"({"api_name":"Code","id":"57"})", "Calls", "57");
    row("not told", R"({"api_name":"Code"})", "", "");
    row("nonsense", R"({"api_name":"Code","duplicate_record":[7]})", "", "");
}

void TestCrmErrors::namesTheRecordThatExists()
{
    QFETCH(QByteArray, details);
    const QByteArray body = R"({"data":[{"code":"DUPLICATE_DATA","details":)" + details + R"(,"status":"error"}]})";
    const Error error = crmerrors::fromReply({400, {}, body}, create());
    QCOMPARE(error.kind, ErrorKind::Conflict);
    QFETCH(QString, id);
    QCOMPARE(error.existing.isNull(), id.isEmpty());
    if (!error.existing.isNull()) {
        QTEST(error.existing.module, "module");
        QCOMPARE(error.existing.id, id);
        QCOMPARE(error.existing.field, QStringLiteral("Code"));
    }
    QCOMPARE(error.fields, (QList<FieldError>{{.field = QStringLiteral("Code"), .message = error.message}}));
    // A column twice in a query is not about a record.
    QVERIFY(crmerrors::fromReply({400, {}, body}, search()).existing.isNull());
}

void TestCrmErrors::standsNestedErrors()
{
    QByteArray body = R"({"code":"A"})";
    for (int i = 0; i < 200; ++i)
        body = R"({"code":"A","details":{"errors":[)" + body + "]}}";
    const Error error = crmerrors::fromReply({400, {}, body}, create());
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
