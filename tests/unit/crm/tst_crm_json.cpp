// SPDX-License-Identifier: Apache-2.0
#include "CrmJson.h"

#include <QTest>

using namespace ringside;
using Kind = CrmOperation::Kind;

namespace {

const CrmOperation metadata{Kind::Metadata, {}, {}};
CrmOperation list()
{
    return {Kind::List, QStringLiteral("Contacts"), {}};
}

CrmOperation oneRecord()
{
    return {Kind::Record, QStringLiteral("Contacts"), {}};
}

CrmOperation create()
{
    return {Kind::Create, QStringLiteral("Calls"), {}};
}

HttpReply reply(int status, const QByteArray &body)
{
    return HttpReply{status, {}, body};
}

Result<RecordPage> contacts(const QByteArray &body)
{
    return crmjson::page(reply(200, body), list(), QStringLiteral("Contacts"));
}

/// As section 3.2 of the reference shows it.
QByteArray anna()
{
    return R"({"data":[{"id":"5725767000011356002",
 "Owner":{"name":"Agent One","id":"5725767000000411001","email":"agent1@example.com"},
 "First_Name":"Anna","Last_Name":"Kingsley","Full_Name":"Anna Kingsley","Phone":"+1 555-334-4556","Mobile":null,
 "Email":"anna@example.com","Account_Name":{"name":"Bentley Ltd","id":"5725767000011373001"},
 "Tag":[{"name":"VIP","id":"5725767000000500001","color_code":"#57B1FD"}],"Amount":84500.5,"Email_Opt_Out":false,
 "$currency_symbol":"$","Created_Time":"2026-01-02T10:00:00-05:00"}]})";
}

} // namespace

class TestCrmJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsARecord();
    void readsAPage();
    void nothingFoundIsAnEmptyPage();
    void keepsIdsThatCameAsNumbers();
    void standsHostilePages_data();
    void standsHostilePages();
    void standsDeepNesting();
    void standsFiveMegabytes();
    void readsCoqlRows();
    void recordThatIsGone_data();
    void recordThatIsGone();
    void readsModules();
    void readsFields();
    void readsRelatedLists();
    void readsIdentity();
    void refusesAnIdentityWithoutId();
    void metadataWithoutContentIsEmpty();
    void createdId_data();
    void createdId();
};

void TestCrmJson::readsARecord()
{
    const Result<Record> result = crmjson::oneRecord(reply(200, anna()), oneRecord(), QStringLiteral("Contacts"));
    QVERIFY(result.ok());
    const Record &record = result.value();
    QCOMPARE(record.ref(), (RecordRef{QStringLiteral("Contacts"), QStringLiteral("5725767000011356002")}));
    QCOMPARE(record.displayName(), QStringLiteral("Anna Kingsley"));
    QCOMPARE(record.lookup(QStringLiteral("Account_Name")).id, QStringLiteral("5725767000011373001"));
    QCOMPARE(record.text(QStringLiteral("Account_Name")), QStringLiteral("Bentley Ltd"));
    QCOMPARE(record.names(QStringLiteral("Tag")), QStringList{QStringLiteral("VIP")});
    QCOMPARE(record.number(QStringLiteral("Amount")), 84500.5);
    QCOMPARE(record.values().value(QStringLiteral("Amount")).typeId(), int(QMetaType::Double));
    QCOMPARE(record.dateTime(QStringLiteral("Created_Time")).offsetFromUtc(), -5 * 3600);
    QVERIFY(!record.has(QStringLiteral("Mobile")));
    QVERIFY(record.has(QStringLiteral("$currency_symbol")));
    QVERIFY(record.has(QStringLiteral("Email_Opt_Out")));
}

void TestCrmJson::readsAPage()
{
    const Result<RecordPage> page = contacts(R"({"data":[{"id":"1"},{"id":"2"}],"info":{"call":false,"per_page":2,
        "next_page_token":"c8582xx9e7c7","count":2,"page":1,"previous_page_token":null,"more_records":true}})");
    QVERIFY(page.ok());
    QCOMPARE(page.value().records.size(), 2);
    QVERIFY(page.value().more);
    QCOMPARE(page.value().nextPageToken, QStringLiteral("c8582xx9e7c7"));
}

void TestCrmJson::nothingFoundIsAnEmptyPage()
{
    for (const HttpReply &none : {reply(204, {}), reply(200, R"({"data":[],"info":{"more_records":false}})")}) {
        const Result<RecordPage> page = crmjson::page(none, list(), QStringLiteral("Contacts"));
        QVERIFY(page.ok());
        QVERIFY(page.value().records.isEmpty());
        QVERIFY(!page.value().more);
    }
}

void TestCrmJson::keepsIdsThatCameAsNumbers()
{
    const Result<RecordPage> page = contacts(R"({"data":[{"id":5725767000011356003,"Big":9007199254740993,
        "Owner":{"id":5725767000000411001,"name":"A"},"List":[{"id":12}]},{"id":1e30},{"id":-4},{"id":1.5}]})");
    QVERIFY(page.ok());
    const Record &record = page.value().records.first();
    QCOMPARE(record.ref().id, QStringLiteral("5725767000011356003"));
    QCOMPARE(record.text(QStringLiteral("Big")), QStringLiteral("9007199254740993"));
    QCOMPARE(record.lookup(QStringLiteral("Owner")).id, QStringLiteral("5725767000000411001"));
    for (int i = 1; i < 4; ++i)
        QVERIFY(page.value().records.at(i).ref().isNull());
}

void TestCrmJson::standsHostilePages_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("ok");
    QTest::addColumn<int>("records");
    QTest::newRow("empty") << QByteArray() << false << 0;
    QTest::newRow("html") << QByteArray("<html><body>Sign in to the hotel</body></html>") << false << 0;
    QTest::newRow("truncated") << anna().left(anna().size() - 20) << false << 0;
    QTest::newRow("array at the top") << QByteArray("[1,2]") << false << 0;
    QTest::newRow("no data") << QByteArray(R"({"info":{}})") << false << 0;
    QTest::newRow("data is an object") << QByteArray(R"({"data":{"id":"1"}})") << false << 0;
    QTest::newRow("data is null") << QByteArray(R"({"data":null})") << false << 0;
    QTest::newRow("rows that are not objects") << QByteArray(R"({"data":[1,"x",null,[],{"id":"1"}]})") << true << 1;
    QTest::newRow("info of the wrong type") << QByteArray(R"({"data":[{"id":"1"}],"info":[true]})") << true << 1;
    QTest::newRow("flags of the wrong type")
        << QByteArray(R"({"data":[{"id":"1"}],"info":{"more_records":"yes","next_page_token":7}})") << true << 1;
    QTest::newRow("id of the wrong type") << QByteArray(R"({"data":[{"id":{"id":"1"}}]})") << true << 1;
    QTest::newRow("invalid UTF-8") << QByteArray("{\"data\":[{\"id\":\"\xff\xfe\"}]}") << false << 0;
    QTest::newRow("refusal with status 200")
        << QByteArray(R"({"code":"INVALID_MODULE","details":{},"status":"error"})") << false << 0;
}

void TestCrmJson::standsHostilePages()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, ok);
    QFETCH(int, records);
    const Result<RecordPage> page = contacts(body);
    QCOMPARE(page.ok(), ok);
    if (ok) {
        QCOMPARE(page.value().records.size(), records);
        QVERIFY(!page.value().more);
    } else {
        QVERIFY(page.error().kind == ErrorKind::BadReply || page.error().kind == ErrorKind::NotFound);
        QVERIFY(!page.error().message.isEmpty());
    }
}

void TestCrmJson::standsDeepNesting()
{
    const auto nested = [](int depth) {
        return QByteArray(R"({"data":[{"id":"1","Deep":)") + QByteArray(depth, '[') + QByteArray(depth, ']') + "}]}";
    };
    QVERIFY(contacts(nested(500)).ok());
    const Result<RecordPage> beyond = contacts(nested(100000));
    QVERIFY(!beyond.ok());
    QCOMPARE(beyond.error().kind, ErrorKind::BadReply);
}

void TestCrmJson::standsFiveMegabytes()
{
    const QByteArray text(5 * 1024 * 1024, 'n');
    const Result<RecordPage> page = contacts(R"({"data":[{"id":"1","Description":")" + text + R"("}]})");
    QVERIFY(page.ok());
    QCOMPARE(page.value().records.first().text(QStringLiteral("Description")).size(), text.size());
}

void TestCrmJson::readsCoqlRows()
{
    const Result<RecordPage> page = contacts(
        R"({"data":[{"Full_Name":"Anna Kingsley","id":"57","Account_Name.Account_Name":"Bentley Ltd"},{"Full_Name":"No Id"}],
            "info":{"count":2,"more_records":false}})");
    QVERIFY(page.ok());
    QCOMPARE(page.value().records.at(0).text(QStringLiteral("Account_Name.Account_Name")),
             QStringLiteral("Bentley Ltd"));
    QVERIFY(page.value().records.at(1).ref().isNull());
}

void TestCrmJson::recordThatIsGone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("204") << 204 << QByteArray();
    QTest::newRow("empty list") << 200 << QByteArray(R"({"data":[]})");
    QTest::newRow("404") << 404 << QByteArray(R"({"code":"INVALID_DATA","details":{},"message":"record not found"})");
    QTest::newRow("400") << 400 << QByteArray(R"({"code":"INVALID_DATA","details":{"resource_path_index":1}})");
}

void TestCrmJson::recordThatIsGone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const Result<Record> record = crmjson::oneRecord(reply(status, body), oneRecord(), QStringLiteral("Contacts"));
    QVERIFY(!record.ok());
    QCOMPARE(record.error().kind, ErrorKind::NotFound);
}

void TestCrmJson::readsModules()
{
    const auto modules = crmjson::modules(reply(200, R"({"modules":[
        {"api_name":"Contacts","module_name":"Contacts","singular_label":"Contact","plural_label":"Contacts",
         "api_supported":true,"visible":true,"viewable":true,"common":{"search_supported":true}},
        {"api_name":"Home","api_supported":false},
        {"api_name":"Hidden","visible":false},
        {"api_name":"Forbidden","viewable":false},
        {"api_name":"Visits","module_name":"CustomModule4","common":{"search_supported":false}},
        {"singular_label":"nameless"}, 7]})"),
                                          metadata);
    QVERIFY(modules.ok());
    QCOMPARE(modules.value().size(), 2);
    QCOMPARE(modules.value().at(0).singularLabel, QStringLiteral("Contact"));
    QVERIFY(modules.value().at(0).searchable);
    QCOMPARE(modules.value().at(1).pluralLabel, QStringLiteral("CustomModule4"));
    QVERIFY(!modules.value().at(1).searchable);
}

void TestCrmJson::readsFields()
{
    const auto fields = crmjson::fields(reply(200, R"({"fields":[
        {"id":"5725767000000002571","api_name":"Call_Result","field_label":"Call Result","display_label":"Outcome",
         "data_type":"picklist","system_mandatory":true,"read_only":false,"length":120,"visible":true,"pick_list_values":[
          {"display_value":"-None-","actual_value":"-None-","sequence_number":1,"type":"used"},
          {"display_value":"Second","actual_value":"2","sequence_number":3,"type":"used"},
          {"display_value":"First","actual_value":"1","sequence_number":2,"type":"used"},
          {"display_value":"Retired","actual_value":"R","sequence_number":4,"type":"unused"},
          {"actual_value":"Bare"}, null]},
        {"api_name":"Phone","data_type":"phone","field_read_only":true,"visible":false,"length":"30"},
        {"field_label":"nameless"}]})"),
                                        metadata);
    QVERIFY(fields.ok());
    QCOMPARE(fields.value().size(), 2);
    const Field &result = fields.value().at(0);
    QCOMPARE(result.label, QStringLiteral("Outcome"));
    QVERIFY(result.mandatory && !result.readOnly && result.visible);
    QCOMPARE(result.length, 120);
    QCOMPARE(result.pickListValues,
             QStringList({QStringLiteral("Bare"), QStringLiteral("First"), QStringLiteral("Second")}));
    const Field &phone = fields.value().at(1);
    QCOMPARE(phone.label, QStringLiteral("Phone"));
    QVERIFY(!phone.mandatory && phone.readOnly && !phone.visible);
    QCOMPARE(phone.length, 0);
}

void TestCrmJson::readsRelatedLists()
{
    const auto lists = crmjson::relatedLists(reply(200, R"({"related_lists":[
        {"api_name":"Deals","display_label":"Deals","module":{"api_name":"Deals","id":"1"},"href":"Contacts/{ENTITYID}/Deals"},
        {"api_name":"Notes","name":"Notes","module":"Notes"},
        {"api_name":"Emails","module":null}]})"),
                                             metadata);
    QVERIFY(lists.ok());
    QCOMPARE(lists.value().size(), 3);
    QCOMPARE(lists.value().at(0).module, QStringLiteral("Deals"));
    QCOMPARE(lists.value().at(1).module, QStringLiteral("Notes"));
    QCOMPARE(lists.value().at(2).label, QStringLiteral("Emails"));
    QVERIFY(lists.value().at(2).module.isEmpty());
}

void TestCrmJson::readsIdentity()
{
    const auto user = crmjson::user(reply(200, R"({"users":[{"id":"5725767000000411001","full_name":"Agent One",
        "email":"agent1@example.com","time_zone":"America/New_York","phone":null}]})"),
                                    metadata);
    QVERIFY(user.ok());
    QCOMPARE(user.value().userId, QStringLiteral("5725767000000411001"));
    QCOMPARE(user.value().timeZone, QStringLiteral("America/New_York"));
    const auto org =
        crmjson::org(reply(200, R"({"org":[{"id":"1","zgid":60021,"company_name":"Bentley","currency":"US Dollar",
        "iso_code":"USD","license_details":{"paid":true,"paid_type":"enterprise","users_license_purchased":12}}]})"),
                     metadata);
    QVERIFY(org.ok());
    QCOMPARE(org.value().edition, QStringLiteral("enterprise"));
    QCOMPARE(org.value().licences, 12);
    QCOMPARE(org.value().orgId, QStringLiteral("60021"));
    QCOMPARE(org.value().currency, QStringLiteral("USD"));
    const auto named =
        crmjson::user(reply(200, R"({"users":[{"id":"1","first_name":"Agent","last_name":"Two"}]})"), metadata);
    QCOMPARE(named.value().fullName, QStringLiteral("Agent Two"));
}

void TestCrmJson::refusesAnIdentityWithoutId()
{
    for (const char *body : {R"({"users":[]})", R"({"users":[{"id":null}]})", R"({"users":[7]})", R"({"users":{}})"}) {
        const auto user = crmjson::user(reply(200, body), metadata);
        QVERIFY(!user.ok());
        QCOMPARE(user.error().kind, ErrorKind::BadReply);
    }
    QVERIFY(!crmjson::user(reply(204, {}), metadata).ok());
    QVERIFY(!crmjson::org(reply(204, {}), metadata).ok());
}

void TestCrmJson::metadataWithoutContentIsEmpty()
{
    QVERIFY(crmjson::modules(reply(204, {}), metadata).ok());
    QVERIFY(crmjson::fields(reply(204, {}), metadata).value().isEmpty());
    QVERIFY(crmjson::relatedLists(reply(204, {}), metadata).value().isEmpty());
    QCOMPARE(crmjson::fields(reply(403, R"({"code":"NO_PERMISSION","details":{}})"), metadata).error().kind,
             ErrorKind::PermissionMissing);
}

void TestCrmJson::createdId_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("kind");
    const QByteArray good =
        R"({"data":[{"code":"SUCCESS","details":{"id":"5725767000000524157"},"status":"success"}]})";
    const QByteArray bad =
        R"({"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Subject"},"message":"x","status":"error"}]})";
    const QString id = QStringLiteral("5725767000000524157");
    const auto row = [](const char *name, int status, const QByteArray &body, const QString &wanted, ErrorKind kind) {
        QTest::newRow(name) << status << body << wanted << int(kind);
    };
    for (int status : {200, 201, 202, 207})
        row(qPrintable(QStringLiteral("success %1").arg(status)), status, good, id, ErrorKind::Internal);
    for (int status : {200, 202, 207, 400})
        row(qPrintable(QStringLiteral("refused %1").arg(status)), status, bad, {}, ErrorKind::Rejected);
    row("id as a number", 201, R"({"data":[{"code":"SUCCESS","details":{"id":5725767000000524157}}]})", id,
        ErrorKind::Internal);
    row("success without id", 201, R"({"data":[{"code":"SUCCESS","details":{}}]})", {}, ErrorKind::ServerError);
    row("success cut short", 201, good.left(40), {}, ErrorKind::ServerError);
    row("success without body", 201, {}, {}, ErrorKind::ServerError);
    row("no content", 204, {}, {}, ErrorKind::ServerError);
    row("empty list", 201, R"({"data":[]})", {}, ErrorKind::ServerError);
    row("refused as a whole at 200", 200, R"({"code":"INVALID_MODULE","details":{},"status":"error"})", {},
        ErrorKind::NotFound);
    row("refused as a whole", 400, R"({"code":"INVALID_DATA","details":{},"message":"body","status":"error"})", {},
        ErrorKind::Rejected);
    row("duplicate", 400, R"({"data":[{"code":"DUPLICATE_DATA","details":{"api_name":"Email"},"status":"error"}]})", {},
        ErrorKind::Conflict);
    row("server error", 500, good, {}, ErrorKind::ServerError);
    row("gateway", 502, "<html>", {}, ErrorKind::ServerError);
    row("redirect", 302, {}, {}, ErrorKind::BadReply);
}

void TestCrmJson::createdId()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, id);
    QFETCH(int, kind);
    const Result<QString> result = crmjson::createdId(reply(status, body), create());
    QCOMPARE(result.ok(), !id.isEmpty());
    if (result.ok())
        QCOMPARE(result.value(), id);
    else
        QCOMPARE(int(result.error().kind), kind);
}

QTEST_GUILESS_MAIN(TestCrmJson)
#include "tst_crm_json.moc"
