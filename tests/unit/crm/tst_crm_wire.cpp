// SPDX-License-Identifier: Apache-2.0
#include "AccessTokens.h"
#include "Await.h"
#include "CrmClient.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "WireScript.h"

#include <memory>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

const QString contacts = QStringLiteral("Contacts");
const QString leads = QStringLiteral("Leads");

QString id(const char *digits)
{
    return QString::fromLatin1(digits);
}

class FixedToken final : public AccessTokens
{
public:
    QFuture<Result<Secret>> accessToken() override { return readyFuture<Secret>(Secret(QByteArrayLiteral("token"))); }
    void tokenRefused(const Secret &) override {}
};

QByteArray json(int status, const QByteArray &body)
{
    return RawServer::response(status, body);
}

/// An answer that is no JSON.
QByteArray other(const QByteArray &type, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + QByteArray::number(body.size())
           + "\r\n\r\n" + body;
}

QByteArray bare(const char *line)
{
    return QByteArray(line) + "\nauthorization: Zoho-oauthtoken token";
}

/// A GET, as it goes out: never from a cache on the way.
QByteArray plain(const char *line)
{
    return bare(line) + "\ncache-control: no-cache\npragma: no-cache";
}

QByteArray withBody(const char *line, const QByteArray &body, const QByteArray &extraHeader = {})
{
    return bare(line) + "\ncontent-type: application/json" + (extraHeader.isEmpty() ? QByteArray() : '\n' + extraHeader)
           + "\n\n" + body;
}

const QByteArray done = R"({"data":[{"code":"SUCCESS","details":{"id":"57","Modified_Time":"2026-01-20T10:00:00-05:00"},)"
                        R"("message":"done","status":"success"}]})";

QDateTime moment()
{
    return QDateTime(QDate(2026, 1, 20), QTime(10, 0, 0, 987), Qt::OffsetFromUTC, -5 * 3600);
}

Field field(const char *name, bool readOnly = false)
{
    Field out;
    out.apiName = QString::fromLatin1(name);
    out.readOnly = readOnly;
    return out;
}

} // namespace

/// What CrmClient puts on the wire, to the byte, and what it makes of the answer.
class TestCrmWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void scriptComplains();
    void metadata();
    void layouts();
    void users();
    void search();
    void searchByCriterion();
    void searchTogether();
    void searchTogetherInPart();
    void list();
    void listByToken();
    void listOfWhatChanged();
    void deleted();
    void photo();
    void query();
    void createWithTriggers();
    void updateOfWhatChanged();
    void updateThatComesTooLate();
    void updateOfNothing();
    void updateOfWhatIsGone();
    void upsert();
    void remove();
    void tags();
    void convert();
    void convertRefused();
    void inboundCall();
    void outboundCallByTheOrgsNames();
    void scheduledCall();
    void changesOfACall();
    void note();
    void task();
    void bulkRead();
    void olderVersion();

private:
    void expect(const QByteArray &request, const QByteArray &response) { m_wire.expect(request, response); }
    CallActivity call(CallActivity::Type type) const;

    WireScript m_wire;
    FakeClock m_clock;
    FixedToken m_tokens;
    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<RequestScheduler> m_scheduler;
    std::unique_ptr<CrmClient> m_crm;
};

void TestCrmWire::init()
{
    m_wire = {};
    m_server = std::make_unique<RawServer>([this](const RawServer::Arrival &arrival) { return m_wire.answer(arrival); });
    m_http = std::make_unique<HttpClient>();
    m_scheduler = std::make_unique<RequestScheduler>(*m_http, m_tokens, m_clock);
    m_crm = std::make_unique<CrmClient>(*m_scheduler);
    m_crm->setApiOrigin(m_server->url(QString()));
}

void TestCrmWire::cleanup()
{
    m_crm.reset();
    m_scheduler.reset();
    m_http.reset();
    m_server.reset();
    QVERIFY2(m_wire.complaints().isEmpty(), qPrintable(m_wire.complaints().join(QLatin1Char('\n'))));
}

// The counterpart itself: everything that it is for.
void TestCrmWire::scriptComplains()
{
    const auto arrival = [](const QByteArray &target, const QByteArray &head, const QByteArray &body) {
        return RawServer::Arrival{"POST", target, head, body, 1};
    };
    const QByteArray head = "Host: x\r\nAuthorization: Zoho-oauthtoken token\r\nContent-Type: application/json\r\n";
    const QByteArray expected = withBody("POST /crm/v8/coql", "{}");
    const auto complaintsOf = [&](const RawServer::Arrival &one) {
        WireScript script;
        script.expect(expected, "");
        script.answer(one);
        return script.complaints().size();
    };
    QCOMPARE(complaintsOf(arrival("/crm/v8/coql", head, "{}")), 0);
    QCOMPARE(complaintsOf(arrival("/crm/v8/coql?", head, "{}")), 1);
    QCOMPARE(complaintsOf(arrival("/crm/v8/coql", head + "X-More: 1\r\n", "{}")), 1);
    QCOMPARE(complaintsOf(arrival("/crm/v8/coql", head + "Content-Length: 3\r\n", "{}")), 1);
    QCOMPARE(complaintsOf(arrival("/crm/v8/coql", head, "{ }")), 1);
    WireScript unused;
    unused.expect(expected, "");
    QVERIFY(unused.complaints().first().contains(QLatin1String("never came")));
    WireScript surprised;
    QCOMPARE(surprised.answer(arrival("/", head, {})).bytes, RawServer::response(599));
    QCOMPARE(surprised.complaints().size(), 1);
}

void TestCrmWire::metadata()
{
    expect(plain("GET /crm/v8/settings/modules"),
           json(200, R"({"modules":[{"api_name":"Sites","singular_label":"Site","plural_label":"Sites","generated_type":"custom",)"
                     R"("creatable":true,"editable":false,"deletable":false,"common":{"search_supported":false}}]})"));
    expect(plain("GET /crm/v8/settings/fields?module=Calls"),
           json(200, R"({"fields":[{"api_name":"Call_Result","data_type":"picklist","custom_field":false,"pick_list_values":[)"
                     R"({"display_value":"-None-","actual_value":"-None-","sequence_number":1},)"
                     R"({"display_value":"Bought","actual_value":"Interested","sequence_number":3},)"
                     R"({"display_value":"Later","actual_value":"Requested call back","sequence_number":2}]},)"
                     R"({"api_name":"Site","data_type":"lookup","custom_field":true,"lookup":{"module":{"api_name":"Sites"}}}]})"));
    expect(plain("GET /crm/v8/settings/related_lists?module=Contacts"), json(204, {}));
    const auto modules = await(m_crm->modules());
    QVERIFY(modules.ok());
    QCOMPARE(modules.value().size(), 1);
    const Module &sites = modules.value().first();
    QVERIFY(sites.custom && sites.creatable && !sites.editable && !sites.deletable && !sites.searchable);
    const auto fields = await(m_crm->fields(QStringLiteral("Calls")));
    QVERIFY(fields.ok());
    QCOMPARE(fields.value().at(0).pickListValues, (QStringList{QStringLiteral("Later"), QStringLiteral("Bought")}));
    QCOMPARE(fields.value().at(0).pickListCodes,
             (QStringList{QStringLiteral("Requested call back"), QStringLiteral("Interested")}));
    QVERIFY(fields.value().at(1).custom);
    QCOMPARE(fields.value().at(1).lookupModule, QStringLiteral("Sites"));
    QVERIFY(await(m_crm->relatedLists(contacts)).value().isEmpty());
}

void TestCrmWire::layouts()
{
    expect(plain("GET /crm/v8/settings/layouts?module=Leads"),
           json(200, R"({"layouts":[{"id":"571","name":"Standard","status":"active","sections":[{"display_label":"Lead",)"
                     R"("fields":[{"api_name":"Company","field_label":"Company","required":true},)"
                     R"({"api_name":"Lead_Number","required":false,"read_only":true}]}]},)"
                     R"({"id":"572","name":"Old","status":"inactive","sections":[]}]})"));
    const auto read = await(m_crm->layouts(leads));
    QVERIFY(read.ok());
    QCOMPARE(read.value().size(), 2);
    QCOMPARE(read.value().at(0).fields.at(0).section, QStringLiteral("Lead"));
    QVERIFY(read.value().at(0).fields.at(0).required);
    QVERIFY(read.value().at(0).fields.at(1).readOnly);
    QVERIFY(!read.value().at(1).active);
}

void TestCrmWire::users()
{
    expect(plain("GET /crm/v8/users?type=ActiveUsers&page=2"),
           json(200, R"({"users":[{"id":"571","full_name":"Agent One","email":"a@example.com","status":"active",)"
                     R"("role":{"name":"Agent","id":"1"},"profile":{"name":"Standard","id":"2"}}],)"
                     R"("info":{"more_records":true}})"));
    const auto page = await(m_crm->users(QStringLiteral("ActiveUsers"), 2));
    QVERIFY(page.ok());
    QVERIFY(page.value().more);
    QCOMPARE(page.value().users.first().name, QStringLiteral("Agent One"));
    QCOMPARE(page.value().users.first().profile, QStringLiteral("Standard"));
    QVERIFY(page.value().users.first().active);
}

void TestCrmWire::search()
{
    expect(plain("GET /crm/v8/Contacts/search?phone=15553344556&fields=Full_Name%2CPhone&per_page=20"), json(204, {}));
    expect(plain("GET /crm/v8/Leads/search?phone=5553344556&converted=both&per_page=5"), json(204, {}));
    expect(plain("GET /crm/v8/Leads/search?word=A%2BB%20%26%20Co&converted=false&per_page=20"), json(204, {}));
    expect(plain("GET /crm/v8/Contacts/search?email=anna%2Bx%40example.com&per_page=20"), json(204, {}));
    using By = CrmClient::SearchBy;
    const QStringList fields{QStringLiteral("Full_Name"), QStringLiteral("Phone")};
    QVERIFY(await(m_crm->search(contacts, By::Phone, id("+1 (555) 334-4556"), fields, RequestPriority::Pop)).ok());
    QVERIFY(await(m_crm->search(leads, By::Phone, id("555 334 4556"), {}, RequestPriority::Pop, 5)).ok());
    QVERIFY(await(m_crm->search(leads, By::Word, QStringLiteral("A+B & Co"), {}, RequestPriority::Search)).ok());
    QVERIFY(await(m_crm->search(contacts, By::Email, id("anna+x@example.com"), {}, RequestPriority::Search)).ok());
}

void TestCrmWire::searchByCriterion()
{
    // ((Last_Name:equals:Burns\, B \(Sr\)\\)and(Created_Time:between:a,b))
    expect(plain("GET /crm/v8/Contacts/search?criteria=%28%28Last_Name%3Aequals%3ABurns%5C%2C%20B%20%5C%28Sr%5C%29%5C%5C%29and"
                 "%28Created_Time%3Abetween%3A2026-01-01T00%3A00%3A00%2B00%3A00%2C2026-02-01T00%3A00%3A00%2B00%3A00%29%29"
                 "&fields=id&per_page=200"),
           json(204, {}));
    const SearchCriterion both = SearchCriterion::equals(QStringLiteral("Last_Name"), QStringLiteral("Burns, B (Sr)\\"))
                                 && SearchCriterion::between(QStringLiteral("Created_Time"), id("2026-01-01T00:00:00+00:00"),
                                                             id("2026-02-01T00:00:00+00:00"));
    QCOMPARE(both.conditions(), 2);
    QVERIFY(await(m_crm->search(contacts, both, {QStringLiteral("id")}, RequestPriority::Search, 200)).ok());
    const SearchCriterion either = SearchCriterion::startsWith(QStringLiteral("Phone"), id("+1"))
                                   || SearchCriterion::oneOf(QStringLiteral("Phone"), {id("1"), id("2,3")});
    QCOMPARE(either.text(), QStringLiteral("((Phone:starts_with:+1)or(Phone:in:1,2\\,3))"));
}

void TestCrmWire::searchTogether()
{
    expect(withBody("POST /crm/v8/__composite_requests",
                    R"({"__composite_requests":[{"body":null,"headers":{},"method":"GET","params":{"fields":"Full_Name,Phone",)"
                    R"("per_page":"25","phone":"5553344556"},"sub_request_id":"part0","uri":"/crm/v8/Contacts/search"},)"
                    R"({"body":null,"headers":{},"method":"GET","params":{"converted":"both","per_page":"25",)"
                    R"("phone":"5553344556"},"sub_request_id":"part1","uri":"/crm/v8/Leads/search"}],)"
                    R"("parallel_execution":true,"rollback_on_fail":false})"),
           json(200, R"({"__composite_requests":[{"code":"SUCCESS","details":{"response":{"status_code":200,"headers":{},)"
                     R"("body":{"data":[{"id":"571","Full_Name":"Anna Kingsley"}],"info":{"count":1}}}},"status":"success"},)"
                     R"({"code":"SUCCESS","details":{"response":{"status_code":204,"headers":{},"body":null}},)"
                     R"("status":"success"}]})"));
    const auto pages = await(m_crm->searchTogether(
        {{contacts, id("555 334-4556"), {QStringLiteral("Full_Name"), QStringLiteral("Phone")}}, {leads, id("5553344556"), {}}},
        RequestPriority::Pop));
    QVERIFY(pages.ok());
    QCOMPARE(pages.value().size(), 2);
    QCOMPARE(pages.value().at(0).value().records.first().ref(), (RecordRef{contacts, id("571")}));
    QVERIFY(pages.value().at(1).value().records.isEmpty());
}

void TestCrmWire::searchTogetherInPart()
{
    const QByteArray answer =
        R"({"__composite_requests":[{"code":"SUCCESS","details":{"response":{"status_code":403,"headers":{},"body":{"code":)"
        R"("NO_PERMISSION","details":{"permissions":["Crm_Implied_View_Leads"]},"status":"error"}}},"status":"success"}]})";
    const QByteArray request = withBody(
        "POST /crm/v8/__composite_requests",
        R"({"__composite_requests":[{"body":null,"headers":{},"method":"GET","params":{"converted":"both","per_page":"25",)"
        R"("phone":"555"},"sub_request_id":"part0","uri":"/crm/v8/Leads/search"}],)"
        R"("parallel_execution":true,"rollback_on_fail":false})");
    expect(request, json(207, answer));
    expect(request, json(401, R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"message":"no","status":"error"})"));
    const auto pages = await(m_crm->searchTogether({{leads, id("555"), {}}}, RequestPriority::Pop));
    QVERIFY(pages.ok());
    QCOMPARE(pages.value().first().error().kind, ErrorKind::PermissionMissing);
    QCOMPARE(pages.value().first().error().detail, QStringLiteral("Crm_Implied_View_Leads"));
    const auto none = await(m_crm->searchTogether({{leads, id("555"), {}}}, RequestPriority::Pop));
    QCOMPARE(none.error().kind, ErrorKind::ScopeMissing);
    QVERIFY(none.error().detail.contains(QLatin1String("ZohoCRM.composite_requests.CUSTOM")));
}

void TestCrmWire::list()
{
    expect(plain("GET /crm/v8/Leads?fields=Last_Name%2CCompany&ids=571%2C572&cvid=9&converted=both&sort_by=Modified_Time"
                 "&sort_order=asc&per_page=50&page=3"),
           json(200, R"({"data":[{"id":"571"}],"info":{"more_records":true,"next_page_token":"c8582"}})"));
    RecordQuery query;
    query.fields = {QStringLiteral("Last_Name"), QStringLiteral("Company")};
    query.ids = {id("571"), id("572")};
    query.customView = id("9");
    query.converted = RecordQuery::Converted::Both;
    query.sortBy = RecordQuery::SortBy::ModifiedTime;
    query.order = Qt::AscendingOrder;
    query.perPage = 50;
    query.page = 3;
    const auto page = await(m_crm->records(leads, query, RequestPriority::Sync));
    QVERIFY(page.ok());
    QVERIFY(page.value().more);
    QCOMPARE(page.value().nextPageToken, QStringLiteral("c8582"));
}

void TestCrmWire::listByToken()
{
    expect(plain("GET /crm/v8/Contacts?fields=id&per_page=200&page_token=c85%2B82%3D"), json(204, {}));
    RecordQuery query;
    query.page = 11; // The token says it all; the two exclude each other.
    query.pageToken = id("c85+82=");
    QVERIFY(await(m_crm->records(contacts, query, RequestPriority::Sync)).ok());
}

void TestCrmWire::listOfWhatChanged()
{
    expect(plain("GET /crm/v8/Contacts?fields=id&per_page=200") + "\nif-modified-since: 2026-01-20T10:00:00-05:00",
           json(304, {}));
    RecordQuery query;
    query.modifiedSince = moment();
    const auto page = await(m_crm->records(contacts, query, RequestPriority::Sync));
    QVERIFY(page.ok());
    QVERIFY(page.value().records.isEmpty());
}

void TestCrmWire::deleted()
{
    expect(plain("GET /crm/v8/Contacts/deleted?type=recycle&per_page=200&page=2")
               + "\nif-modified-since: 2026-01-20T10:00:00-05:00",
           json(200, R"({"data":[{"id":"571","display_name":"Anna Kingsley","type":"recycle","deleted_by":{"name":"Agent One",)"
                     R"("id":"1"},"deleted_time":"2026-01-21T10:00:00-05:00"}],"info":{"more_records":true}})"));
    expect(plain("GET /crm/v8/Contacts/deleted?type=all&per_page=200"), json(204, {}));
    const auto page = await(m_crm->deletedRecords(contacts, CrmClient::Deleted::InRecycleBin, moment(), 2));
    QVERIFY(page.ok());
    QVERIFY(page.value().more);
    const DeletedRecord &anna = page.value().records.first();
    QCOMPARE(anna.ref, (RecordRef{contacts, id("571")}));
    QCOMPARE(anna.deletedBy, QStringLiteral("Agent One"));
    QVERIFY(!anna.permanent && anna.deletedAt.isValid());
    QVERIFY(await(m_crm->deletedRecords(contacts, CrmClient::Deleted::All)).value().records.isEmpty());
}

void TestCrmWire::photo()
{
    expect(plain("GET /crm/v8/Contacts/57/photo"),
           other("image/png", QByteArray("\x89PNG\0bytes", 10)));
    expect(plain("GET /crm/v8/Contacts/57/photo"), RawServer::response(204));
    expect(plain("GET /crm/v8/Contacts/57/photo"),
           other("text/html", "<html>log in</html>"));
    const RecordRef anna{contacts, id("57")};
    QCOMPARE(await(m_crm->photo(anna)).value(), QByteArray("\x89PNG\0bytes", 10));
    QVERIFY(await(m_crm->photo(anna)).value().isEmpty());
    QCOMPARE(await(m_crm->photo(anna)).error().kind, ErrorKind::BadReply);
}

void TestCrmWire::query()
{
    expect(withBody("POST /crm/v8/coql", R"({"select_query":"select id from Leads where Phone = '+1'"})"),
           json(200, R"({"data":[{"id":"571"}],"info":{"count":1,"more_records":false}})"));
    const auto rows = await(m_crm->query(leads, id("select id from Leads where Phone = '+1'"), RequestPriority::Pop));
    QCOMPARE(rows.value().records.first().ref(), (RecordRef{leads, id("571")}));
}

void TestCrmWire::createWithTriggers()
{
    expect(withBody("POST /crm/v8/Leads",
                    R"({"data":[{"Company":"Bentley & Söhne","Last_Name":"Kingsley","Owner":{"id":"1"}}],"trigger":["workflow"]})"),
           json(201, done));
    expect(withBody("POST /crm/v8/Leads", R"({"data":[{"Last_Name":"X"}],"trigger":[]})"), json(201, done));
    const QVariantMap lead{{QStringLiteral("Last_Name"), QStringLiteral("Kingsley")},
                           {QStringLiteral("Company"), QStringLiteral("Bentley & Söhne")},
                           {QStringLiteral("Owner"), QVariant::fromValue(RecordRef{id("users"), id("1")})}};
    QCOMPARE(await(m_crm->createRecord(leads, lead)).value(), id("57"));
    WriteOptions quiet;
    quiet.triggers.clear();
    QVERIFY(await(m_crm->createRecord(leads, {{QStringLiteral("Last_Name"), id("X")}}, quiet)).ok());
}

void TestCrmWire::updateOfWhatChanged()
{
    expect(withBody("PUT /crm/v8/Contacts/57",
                    R"({"data":[{"Account_Name":{"id":"12"},"Fax":null,"Mobile":"+15553344556"}],"trigger":["workflow"]})",
                    "if-unmodified-since: 2026-01-20T10:00:00-05:00"),
           json(200, done));
    const Record before({contacts, id("57")},
                        {{QStringLiteral("Last_Name"), QStringLiteral("Kingsley")},
                         {QStringLiteral("Fax"), id("1")},
                         {QStringLiteral("Account_Name"), QVariantMap{{id("id"), id("11")}, {id("name"), id("Bentley")}}},
                         {QStringLiteral("Owner"), QVariantMap{{id("id"), id("1")}, {id("name"), id("Agent")}}},
                         {QStringLiteral("Called_On"), id("2026-01-20T15:00:00Z")},
                         {QStringLiteral("Count"), 3.0}});
    const QVariantMap changes = before.changes({{QStringLiteral("Last_Name"), QStringLiteral("Kingsley")},
                                                {QStringLiteral("Mobile"), id("+15553344556")},
                                                {QStringLiteral("Fax"), QString()},
                                                {QStringLiteral("Phone"), QString()},
                                                {QStringLiteral("Called_On"), moment()},
                                                {QStringLiteral("Count"), 3},
                                                {QStringLiteral("Owner"), QVariant::fromValue(RecordRef{id("users"), id("1")})},
                                                {QStringLiteral("Account_Name"),
                                                 QVariant::fromValue(RecordRef{id("Accounts"), id("12")})}});
    WriteOptions options;
    options.unchangedSince = moment();
    const auto written = await(m_crm->updateRecord({contacts, id("57")}, changes, options));
    QVERIFY(written.ok());
    QCOMPARE(written.value().modifiedTime, QDateTime(QDate(2026, 1, 20), QTime(15, 0), Qt::UTC));
}

void TestCrmWire::updateThatComesTooLate()
{
    expect(withBody("PUT /crm/v8/Contacts/57", R"({"data":[{"Fax":"2"}],"trigger":["workflow"]})",
                    "if-unmodified-since: 2026-01-20T10:00:00-05:00"),
           json(412, R"({"code":"ALREADY_MODIFIED","details":{},"message":"changed","status":"error"})"));
    WriteOptions options;
    options.unchangedSince = moment();
    const auto written = await(m_crm->updateRecord({contacts, id("57")}, {{QStringLiteral("Fax"), id("2")}}, options));
    QCOMPARE(written.error().kind, ErrorKind::Conflict);
}

void TestCrmWire::updateOfNothing()
{
    WriteOptions options;
    options.unchangedSince = moment();
    const auto written = await(m_crm->updateRecord({contacts, id("57")}, {}, options));
    QVERIFY(written.ok());
    QCOMPARE(written.value().modifiedTime, moment());
}

void TestCrmWire::updateOfWhatIsGone()
{
    expect(withBody("PUT /crm/v8/Contacts/58", R"({"data":[{"Fax":"2"}],"trigger":["workflow"]})"),
           json(400, R"({"data":[{"code":"INVALID_DATA","details":{"id":"58"},"message":"the id given seems to be invalid",)"
                     R"("status":"error"}]})"));
    const auto written = await(m_crm->updateRecord({contacts, id("58")}, {{QStringLiteral("Fax"), id("2")}}));
    QCOMPARE(written.error().kind, ErrorKind::NotFound);
    QCOMPARE(await(m_crm->updateRecord({contacts, id("58/x")}, {{id("Fax"), id("2")}})).error().kind, ErrorKind::NotFound);
}

void TestCrmWire::upsert()
{
    expect(withBody("POST /crm/v8/Contacts/upsert",
                    R"({"data":[{"Email":"a@example.com"}],"duplicate_check_fields":["Email","Phone"],"trigger":["workflow"]})"),
           json(200, R"({"data":[{"code":"SUCCESS","action":"update","duplicate_field":"Email","details":{"id":"57"},)"
                     R"("status":"success"}]})"));
    WriteOptions options;
    options.duplicateCheckFields = {QStringLiteral("Email"), QStringLiteral("Phone")};
    const auto written = await(m_crm->upsertRecord(contacts, {{QStringLiteral("Email"), id("a@example.com")}}, options));
    QVERIFY(written.ok());
    QVERIFY(!written.value().inserted);
    QCOMPARE(written.value().duplicateField, QStringLiteral("Email"));
}

void TestCrmWire::remove()
{
    expect(bare("DELETE /crm/v8/Contacts?ids=57&wf_trigger=true"), json(200, done));
    expect(bare("DELETE /crm/v8/Contacts?ids=57&wf_trigger=false"),
           json(403, R"({"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_Delete_Contacts"]},"status":"error"})"));
    QVERIFY(await(m_crm->removeRecord({contacts, id("57")})).ok());
    QCOMPARE(await(m_crm->removeRecord({contacts, id("57")}, false)).error().kind, ErrorKind::PermissionMissing);
    QCOMPARE(await(m_crm->removeRecord({contacts, id("57,58")})).error().kind, ErrorKind::NotFound); // and no request
}

void TestCrmWire::tags()
{
    const QByteArray answer = R"({"data":[{"code":"SUCCESS","details":{"id":"57","tags":["VIP"]},"status":"success"}]})";
    expect(withBody("POST /crm/v8/Contacts/57/actions/add_tags", R"({"tags":[{"name":"VIP"},{"name":"Möbel"}]})"),
           json(200, answer));
    expect(withBody("POST /crm/v8/Contacts/57/actions/remove_tags", R"({"tags":[{"name":"VIP"}]})"), json(200, answer));
    const RecordRef anna{contacts, id("57")};
    QVERIFY(await(m_crm->addTags(anna, {QStringLiteral("VIP"), QStringLiteral("Möbel")})).ok());
    QVERIFY(await(m_crm->removeTags(anna, {QStringLiteral("VIP")})).ok());
    QVERIFY(await(m_crm->removeTags(anna, {})).ok());
}

void TestCrmWire::convert()
{
    expect(withBody("POST /crm/v8/Leads/57/actions/convert",
                    R"({"data":[{"Accounts":{"id":"11"},"Deals":{"Closing_Date":"2026-09-30","Deal_Name":"Renewal"},)"
                    R"("assign_to":{"id":"1"},"carry_over_tags":{"Contacts":["VIP"]},"notify_lead_owner":true,)"
                    R"("notify_new_entity_owner":false,"overwrite":false}]})"),
           json(200, R"({"data":[{"code":"SUCCESS","details":{"Contacts":{"name":"Anna","id":"71"},"Deals":{"id":"72"},)"
                     R"("Accounts":null},"message":"converted","status":"success"}]})"));
    LeadConversion conversion;
    conversion.accountId = id("11");
    conversion.assignTo = id("1");
    conversion.notifyLeadOwner = true;
    conversion.deal = {{QStringLiteral("Deal_Name"), QStringLiteral("Renewal")},
                       {QStringLiteral("Closing_Date"), QDate(2026, 9, 30)}};
    conversion.carryOverTags = {{contacts, {QStringLiteral("VIP")}}};
    const auto lead = await(m_crm->convertLead(id("57"), conversion));
    QVERIFY(lead.ok());
    QCOMPARE(lead.value().contact, (RecordRef{contacts, id("71")}));
    QCOMPARE(lead.value().deal.id, id("72"));
    QVERIFY(lead.value().account.isNull());
}

void TestCrmWire::convertRefused()
{
    expect(withBody("POST /crm/v8/Leads/57/actions/convert",
                    R"({"data":[{"notify_lead_owner":false,"notify_new_entity_owner":false,"overwrite":false}]})"),
           json(400, R"({"data":[{"code":"ID_ALREADY_CONVERTED","details":{},"message":"x","status":"error"}]})"));
    QCOMPARE(await(m_crm->convertLead(id("57"), {})).error().kind, ErrorKind::Conflict);
}

CallActivity TestCrmWire::call(CallActivity::Type type) const
{
    CallActivity activity;
    activity.subject = QStringLiteral("Call with Anna");
    activity.type = type;
    activity.start = moment();
    activity.duration = 125s;
    activity.callerNumber = id("+15553344556");
    return activity;
}

void TestCrmWire::inboundCall()
{
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"$se_module":"Accounts","Call_Agenda":"Renewal","Call_Duration":"02:05",)"
                    R"("Call_Duration_in_seconds":125,"Call_Purpose":"Demo","Call_Result":"Interested",)"
                    R"("Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Type":"Inbound","Caller_ID":"+15553344556",)"
                    R"("Description":"Asked about \"4711\"","Owner":{"id":"1"},"Subject":"Call with Anna",)"
                    R"("Tag":[{"name":"VIP"}],"Voice_Recording__s":"https://pbx.example/1","What_Id":{"id":"11"},)"
                    R"("Who_Id":{"id":"57"}}],"trigger":["workflow"]})"),
           json(201, done));
    CallActivity activity = call(CallActivity::Type::Inbound);
    activity.agenda = QStringLiteral("Renewal");
    activity.purpose = QStringLiteral("Demo");
    activity.result = QStringLiteral("Interested");
    activity.description = QStringLiteral("Asked about \"4711\"");
    activity.ownerId = id("1");
    activity.tags = {QStringLiteral("VIP")};
    activity.recordingUrl = QStringLiteral("https://pbx.example/1");
    activity.person = {contacts, id("57")};
    activity.relatedTo = {QStringLiteral("Accounts"), id("11")};
    QCOMPARE(await(m_crm->createCall(activity)).value(), id("57"));
}

void TestCrmWire::outboundCallByTheOrgsNames()
{
    Field result = field("Call_Result");
    result.pickListValues = {QStringLiteral("Bought")};
    result.pickListCodes = {QStringLiteral("Interested")};
    Field purpose = field("Call_Purpose");
    purpose.pickListValues = {QStringLiteral("Follow-up")};
    purpose.pickListCodes = {QStringLiteral("Negotiation")};
    m_crm->useCallFields({field("Subject"), field("Call_Duration_in_seconds", true), field("Outbound_Call_Status"), result,
                          purpose});
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"$se_module":"Leads","Call_Duration":"02:05","Call_Purpose":"Negotiation",)"
                    R"("Call_Result":"Interested","Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Type":"Outbound",)"
                    R"("Outbound_Call_Status":"Completed","Subject":"Call with Anna","What_Id":{"id":"57"}}],)"
                    R"("trigger":["workflow"]})"),
           json(201, done));
    CallActivity activity = call(CallActivity::Type::Outbound);
    activity.result = QStringLiteral("Bought");
    activity.purpose = QStringLiteral("Follow-up");
    activity.person = {leads, id("57")};
    QVERIFY(await(m_crm->createCall(activity)).ok());
}

void TestCrmWire::scheduledCall()
{
    expect(withBody("POST /crm/v8/Calls",
                    R"({"data":[{"Call_Start_Time":"2026-01-20T10:00:00-05:00","Call_Type":"Outbound",)"
                    R"("Dialled_Number":"+15553344556","Outgoing_Call_Status":"Scheduled","Reminder":"15 mins",)"
                    R"("Subject":"Call with Anna"}],"trigger":["workflow"]})"),
           json(201, done));
    CallActivity activity = call(CallActivity::Type::Outbound);
    activity.status = CallActivity::Status::Scheduled;
    activity.reminder = QStringLiteral("15 mins");
    QVERIFY(await(m_crm->createCall(activity)).ok());
}

void TestCrmWire::changesOfACall()
{
    expect(withBody("PUT /crm/v8/Calls/57",
                    R"({"data":[{"$se_module":"Leads","Call_Result":"Interested","Description":"","Subject":"Call with Anna",)"
                    R"("What_Id":{"id":"12"},"Who_Id":null}],"trigger":["workflow"]})"),
           json(200, done));
    CallActivity activity = call(CallActivity::Type::Inbound);
    activity.result = QStringLiteral("Interested");
    activity.person = {leads, id("12")};
    QVERIFY(await(m_crm->updateCall(id("57"), activity)).ok());
}

void TestCrmWire::note()
{
    expect(withBody("POST /crm/v8/Notes",
                    R"({"data":[{"Note_Content":"Asked\nagain","Note_Title":"Call 10:02","Parent_Id":{"id":"57","module":)"
                    R"({"api_name":"Contacts"}}}],"trigger":["workflow"]})"),
           json(201, done));
    QCOMPARE(await(m_crm->createNote({QStringLiteral("Call 10:02"), QStringLiteral("Asked\nagain"), {contacts, id("57")}})).value(),
             id("57"));
    QCOMPARE(await(m_crm->createNote({{}, QStringLiteral(" \n"), {contacts, id("57")}})).error().detail,
             QStringLiteral("Note_Content"));
}

void TestCrmWire::task()
{
    expect(withBody("POST /crm/v8/Tasks",
                    R"({"data":[{"$se_module":"Deals","Description":"Send it","Due_Date":"2026-01-21","Owner":{"id":"1"},)"
                    R"("Priority":"High","Recurring_Activity":{"RRULE":"FREQ=WEEKLY;INTERVAL=1"},"Remind_At":{"ALARM":)"
                    R"("FREQ=NONE;ACTION=POPUP;TRIGGER=DATE-TIME:2026-01-20T10:00:00-05:00"},"Send_Notification_Email":true,)"
                    R"("Status":"Not Started","Subject":"Quote for Anna","Tag":[{"name":"VIP"}],"What_Id":{"id":"8"},)"
                    R"("Who_Id":{"id":"57"}}],"trigger":["workflow"]})"),
           json(201, done));
    TaskActivity task;
    task.subject = QStringLiteral("Quote for\nAnna");
    task.due = QDate(2026, 1, 21);
    task.status = QStringLiteral("Not Started");
    task.priority = QStringLiteral("High");
    task.description = QStringLiteral("Send it");
    task.person = {contacts, id("57")};
    task.relatedTo = {QStringLiteral("Deals"), id("8")};
    task.ownerId = id("1");
    task.remindAt = moment();
    task.notify = true;
    task.recurrence = QStringLiteral("FREQ=WEEKLY;INTERVAL=1");
    task.tags = {QStringLiteral("VIP")};
    QVERIFY(await(m_crm->createTask(task)).ok());
    QCOMPARE(await(m_crm->createTask({})).error().detail, QStringLiteral("Subject"));
}

void TestCrmWire::bulkRead()
{
    expect(withBody("POST /crm/bulk/v8/read",
                    R"({"file_type":"csv","query":{"fields":["Last_Name","Phone"],"module":{"api_name":"Contacts"},"page":1}})"),
           json(201, R"({"data":[{"status":"success","code":"ADDED_SUCCESSFULLY","message":"Added successfully.","details":)"
                     R"({"id":"99","operation":"read","state":"ADDED"}}],"info":{}})"));
    expect(plain("GET /crm/bulk/v8/read/99"),
           json(200, R"({"data":[{"id":"99","operation":"read","state":"COMPLETED","result":{"page":1,"count":2,)"
                     R"("download_url":"/crm/bulk/v8/read/99/result","per_page":200000,"more_records":true}}],"info":{}})"));
    // A ZIP, stored: one file "99.csv" with "Last_Name,Phone\r\n\"Kingsley, A\",+1\r\n".
    const QByteArray zip = QByteArray::fromHex(
        "504b0304140000000000000021000014133b23000000230000000600000039392e6373764c6173745f4e"
        "616d652c50686f6e650d0a224b696e67736c65792c2041222c2b310d0a504b0102140314000000000000"
        "0021000014133b230000002300000006000000000000000000000080010000000039392e637376504b05"
        "06000000000100010034000000470000000000");
    expect(plain("GET /crm/bulk/v8/read/99/result"), other("application/zip", zip));
    const auto job = await(m_crm->startBulkRead(contacts, {QStringLiteral("Last_Name"), QStringLiteral("Phone")}));
    QVERIFY(job.ok());
    QCOMPARE(job.value().state, BulkReadJob::State::Waiting);
    const auto later = await(m_crm->bulkRead(job.value().id));
    QVERIFY(later.ok());
    QCOMPARE(later.value().state, BulkReadJob::State::Completed);
    QCOMPARE(later.value().rows, 2);
    QVERIFY(later.value().more);
    const auto rows = await(m_crm->bulkRows(job.value().id));
    QVERIFY(rows.ok());
    QCOMPARE(rows.value().columns, (QStringList{QStringLiteral("Last_Name"), QStringLiteral("Phone")}));
    QCOMPARE(rows.value().rows, (QList<QStringList>{{QStringLiteral("Kingsley, A"), QStringLiteral("+1")}}));
}

void TestCrmWire::olderVersion()
{
    m_crm->setApiVersion(CrmVersion::V2);
    expect(plain("GET /crm/v2/Contacts?per_page=200&page=12"), json(204, {}));
    expect(withBody("POST /crm/v2/Notes",
                    R"({"data":[{"Note_Content":"x","Parent_Id":"57","se_module":"Contacts"}],"trigger":["workflow"]})"),
           json(202, R"({"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Note_Title"},"status":"error"}]})"));
    expect(withBody("POST /crm/v2/Calls",
                    R"({"data":[{"Call_Duration":"02:05","Call_Duration_in_seconds":125,"Call_Start_Time":)"
                    R"("2026-01-20T10:00:00-05:00","Call_Status":"Completed","Call_Type":"Outbound",)"
                    R"("Dialled_Number":"+15553344556","Subject":"Call with Anna"}],"trigger":["workflow"]})"),
           json(200, done));
    expect(withBody("POST /crm/v2/Leads/57/actions/convert",
                    R"({"data":[{"Contacts":"71","notify_lead_owner":false,"notify_new_entity_owner":false,"overwrite":true}]})"),
           json(200, R"({"data":[{"Contacts":"71","Deals":null,"Accounts":"73"}]})"));
    expect(withBody("POST /crm/v2/Contacts/57/actions/add_tags?tag_names=VIP%2CA%2BB", "{}"), json(200, done));
    expect(withBody("POST /crm/bulk/v2/read", R"({"file_type":"csv","query":{"fields":["id"],"module":"Contacts","page":2}})"),
           json(401, R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"status":"error"})"));
    RecordQuery query;
    query.page = 12;
    query.pageToken = id("not for v2");
    QVERIFY(await(m_crm->records(contacts, query, RequestPriority::Sync)).ok());
    const auto refused = await(m_crm->createNote({{}, QStringLiteral("x"), {contacts, id("57")}}));
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QCOMPARE(refused.error().detail, QStringLiteral("Note_Title"));
    QVERIFY(await(m_crm->createCall(call(CallActivity::Type::Outbound))).ok());
    LeadConversion conversion;
    conversion.contactId = id("71");
    conversion.overwrite = true;
    const auto lead = await(m_crm->convertLead(id("57"), conversion));
    QVERIFY(lead.ok());
    QCOMPARE(lead.value().account, (RecordRef{QStringLiteral("Accounts"), id("73")}));
    QVERIFY(await(m_crm->addTags({contacts, id("57")}, {QStringLiteral("VIP"), QStringLiteral("A+B")})).ok());
    QCOMPARE(await(m_crm->startBulkRead(contacts, {QStringLiteral("id")}, 2)).error().kind, ErrorKind::ScopeMissing);
}

QTEST_GUILESS_MAIN(TestCrmWire)
#include "tst_crm_wire.moc"
