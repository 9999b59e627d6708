// SPDX-License-Identifier: Apache-2.0
#include "CrmWire.h"

#include <algorithm>

using namespace ringside;
using namespace ringside::test;

/// What CrmClient puts on the wire to read, to the byte, and what it makes of the answer. Searches, writes and version
/// 2 have files of their own beside this.
class TestCrmWire : public QObject, private CrmWire
{
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void scriptComplains();
    void usualHeaders();
    void identity();
    void metadata();
    void layouts();
    void users();
    void record();
    void related();
    void list();
    void listByToken();
    void listWhoseTokenIsSpent();
    void listOfWhatChanged();
    void deleted();
    void photo();
    void bulkRead();
};

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
    QVERIFY(unused.complaints().constFirst().contains(QLatin1String("never came")));
    WireScript pair;
    pair.expect("GET /a", "A");
    pair.expectAlongside("GET /b", "B");
    pair.expectAlongside("GET /c", "C");
    const auto get = [](const QByteArray &target) { return RawServer::Arrival{"GET", target, {}, {}, 1}; };
    QCOMPARE(pair.answer(get("/c")).bytes, QByteArray("C"));
    QCOMPARE(pair.answer(get("/a")).bytes, QByteArray("A"));
    QCOMPARE(pair.answer(get("/b")).bytes, QByteArray("B"));
    QVERIFY(pair.complaints().isEmpty());
    WireScript series;
    series.expect("GET /a", "A");
    series.expect("GET /b", "B");
    series.answer(get("/b"));
    series.answer(get("/a"));
    QCOMPARE(series.complaints().size(), 2);
    WireScript surprised;
    QCOMPARE(surprised.answer(arrival("/", head, {})).bytes, RawServer::response(599));
    QCOMPARE(surprised.complaints().size(), 1);
}

void TestCrmWire::metadata()
{
    expect(
        plain("GET /crm/v8/settings/modules"),
        json(
            200,
            R"({"modules":[{"api_name":"Sites","singular_label":"Site","plural_label":"Sites","generated_type":"custom",)"
            R"("creatable":true,"editable":false,"deletable":false,"common":{"search_supported":false}}]})"));
    expect(
        plain("GET /crm/v8/settings/fields?module=Calls"),
        json(
            200,
            R"({"fields":[{"api_name":"Call_Result","data_type":"picklist","custom_field":false,"pick_list_values":[)"
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
           json(200,
                R"({"layouts":[{"id":"571","name":"Standard","status":"active","sections":[{"display_label":"Lead",)"
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

void TestCrmWire::list()
{
    expect(
        plain("GET /crm/v8/Leads?fields=Last_Name%2CCompany&ids=571%2C572&cvid=9&converted=both&sort_by=Modified_Time"
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
    expect(
        plain("GET /crm/v8/Contacts?fields=Full_Name&sort_by=id&sort_order=desc&per_page=2"),
        json(200, R"({"data":[{"id":"572"},{"id":"571"}],"info":{"more_records":true,"next_page_token":"c85+82="}})"));
    expect(plain("GET /crm/v8/Contacts?fields=Full_Name&sort_by=id&sort_order=desc&per_page=2&page_token=c85%2B82%3D"),
           json(200, R"({"data":[{"id":"570"}],"info":{"more_records":false,"next_page_token":null}})"));
    RecordQuery query;
    query.fields = {QStringLiteral("Full_Name")};
    query.sortBy = RecordQuery::SortBy::Id;
    query.perPage = 2;
    const auto first = await(m_crm->records(contacts, query, RequestPriority::Sync));
    QVERIFY(first.ok());
    query.page = 11; // The token says it all; the two exclude each other.
    query.pageToken = first.value().nextPageToken;
    const auto last = await(m_crm->records(contacts, query, RequestPriority::Sync));
    QVERIFY(last.ok());
    QCOMPARE(last.value().records.first().ref(), (RecordRef{contacts, id("570")}));
    QVERIFY(!last.value().more && last.value().nextPageToken.isEmpty());
}

void TestCrmWire::listWhoseTokenIsSpent()
{
    expect(plain("GET /crm/v8/Contacts?fields=id&per_page=200&page_token=old"),
           json(400,
                R"({"code":"EXPIRED_VALUE","details":{"param_name":"page_token"},"message":"old","status":"error"})"));
    RecordQuery query;
    query.pageToken = id("old");
    QCOMPARE(await(m_crm->records(contacts, query, RequestPriority::Sync)).error().code, id("EXPIRED_VALUE"));
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
    expect(
        plain("GET /crm/v8/Contacts/deleted?type=recycle&per_page=200&page=2") +
            "\nif-modified-since: 2026-01-20T10:00:00-05:00",
        json(200,
             R"({"data":[{"id":"571","display_name":"Anna Kingsley","type":"recycle","deleted_by":{"name":"Agent One",)"
             R"("id":"1"},"deleted_time":"2026-01-21T10:00:00-05:00"}],"info":{"more_records":true}})"));
    expect(plain("GET /crm/v8/Contacts/deleted?type=all&per_page=200"), json(204, {}));
    expect(
        plain("GET /crm/v8/Leads/deleted?type=permanent&per_page=200"),
        json(200, R"({"data":[{"id":"572","display_name":null,"type":"permanent"}],"info":{"more_records":false}})"));
    expect(plain("GET /crm/v8/Leads/deleted?type=all&per_page=200") + "\nif-modified-since: 2026-01-20T10:00:00-05:00",
           json(304, {}));
    const auto page = await(m_crm->deletedRecords(contacts, CrmClient::Deleted::InRecycleBin, moment(), 2));
    QVERIFY(page.ok());
    QVERIFY(page.value().more);
    const DeletedRecord &anna = page.value().records.first();
    QCOMPARE(anna.ref, (RecordRef{contacts, id("571")}));
    QCOMPARE(anna.deletedBy, QStringLiteral("Agent One"));
    QVERIFY(!anna.permanent && anna.deletedAt.isValid());
    QVERIFY(await(m_crm->deletedRecords(contacts, CrmClient::Deleted::All)).value().records.isEmpty());
    const auto forGood = await(m_crm->deletedRecords(leads, CrmClient::Deleted::Permanently));
    QVERIFY(forGood.value().records.first().permanent);
    QCOMPARE(forGood.value().records.first().ref, (RecordRef{leads, id("572")}));
    QVERIFY(await(m_crm->deletedRecords(leads, CrmClient::Deleted::All, moment())).value().records.isEmpty());
}

void TestCrmWire::photo()
{
    expect(plain("GET /crm/v8/Contacts/57/photo"), other("image/png", QByteArray("\x89PNG\0bytes", 10)));
    expect(plain("GET /crm/v8/Contacts/57/photo"), RawServer::response(204));
    expect(plain("GET /crm/v8/Contacts/57/photo"), other("text/html", "<html>log in</html>"));
    const RecordRef anna{contacts, id("57")};
    QCOMPARE(await(m_crm->photo(anna)).value(), QByteArray("\x89PNG\0bytes", 10));
    QVERIFY(await(m_crm->photo(anna)).value().isEmpty());
    QCOMPARE(await(m_crm->photo(anna)).error().kind, ErrorKind::BadReply);
    expect(plain("GET /crm/v8/Contacts/57/photo"), "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
                                                   "Content-Length: 11\r\n\r\n"); // And not a byte of it.
    QCOMPARE(await(m_crm->photo(anna, 10)).error().code, QStringLiteral("too large"));
}

void TestCrmWire::bulkRead()
{
    expect(
        withBody(
            "POST /crm/bulk/v8/read",
            R"({"file_type":"csv","query":{"fields":["Last_Name","Phone"],"module":{"api_name":"Contacts"},"page":1}})"),
        json(201,
             R"({"data":[{"status":"success","code":"ADDED_SUCCESSFULLY","message":"Added successfully.","details":)"
             R"({"id":"99","operation":"read","state":"ADDED"}}],"info":{}})"));
    expect(plain("GET /crm/bulk/v8/read/99"),
           json(200,
                R"({"data":[{"id":"99","operation":"read","state":"COMPLETED","result":{"page":1,"count":2,)"
                R"("download_url":"/crm/bulk/v8/read/99/result","per_page":200000,"more_records":true}}],"info":{}})"));
    // A ZIP, stored: one file "99.csv" with "Last_Name,Phone\r\n\"Kingsley, A\",+1\r\n".
    const QByteArray zip =
        QByteArray::fromHex("504b0304140000000000000021000014133b23000000230000000600000039392e6373764c6173745f4e"
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

// What the script waives is pinned once: what the program says of itself, and nothing that betrays the computer.
void TestCrmWire::usualHeaders()
{
    expect(plain("GET /crm/v8/settings/modules"), json(204, {}));
    expect(withBody("POST /crm/v8/coql", R"({"select_query":"select id"})"), json(204, {}));
    expect(bare("DELETE /crm/v8/Contacts?ids=57&wf_trigger=true"), json(200, done));
    QVERIFY(await(m_crm->modules()).ok());
    QVERIFY(await(m_crm->query(contacts, QStringLiteral("select id"), RequestPriority::Pop)).ok());
    QVERIFY(await(m_crm->removeRecord({contacts, id("57")})).ok());
    const QByteArray host = "127.0.0.1:" + QByteArray::number(m_server->port());
    const auto usualOf = [this](qsizetype index) {
        QList<QByteArray> lines;
        const QList<QByteArray> sent = m_server->arrivals().at(index).head.split('\n');
        for (const QByteArray &line : sent) {
            const QByteArray name = line.left(line.indexOf(':')).trimmed().toLower();
            if (WireScript::isUsual(name) && name != "accept-encoding")
                lines.append(name + ": " + line.mid(line.indexOf(':') + 1).trimmed());
        }
        std::sort(lines.begin(), lines.end());
        return lines.join('\n');
    };
    const QByteArray always = "accept-language: en,*\nconnection: Keep-Alive\n";
    const QByteArray us = "host: " + host + "\nuser-agent: Ringside/" RINGSIDE_VERSION;
    QCOMPARE(usualOf(0), always + us);
    // Which others there are is for Qt to know.
    QVERIFY(m_server->arrivals().at(0).header("accept-encoding").endsWith("gzip, deflate"));
    QCOMPARE(usualOf(1), always + "content-length: 28\n" + us);
    QCOMPARE(usualOf(2), always + "content-length: 0\n" + us);
}

void TestCrmWire::identity()
{
    expect(plain("GET /crm/v8/users?type=CurrentUser"),
           json(200,
                R"({"users":[{"id":"571","full_name":"Agent One","email":"a@example.com","time_zone":"Asia/Dubai",)"
                R"("locale":"en_US"}],"info":{"more_records":false}})"));
    expectAlongside(plain("GET /crm/v8/org"),
                    json(200, R"({"org":[{"id":"572","zgid":"7001","company_name":"Northlight","iso_code":"AED"}]})"));
    const auto identity = await(m_crm->identity());
    QVERIFY(identity.ok());
    QCOMPARE(identity.value().userId, id("571"));
    QCOMPARE(identity.value().email, id("a@example.com"));
    QCOMPARE(identity.value().timeZone, id("Asia/Dubai"));
    QCOMPARE(identity.value().orgId, id("7001"));
    QCOMPARE(identity.value().orgName, id("Northlight"));
    QCOMPARE(identity.value().currency, id("AED"));
}

void TestCrmWire::record()
{
    const QByteArray anna =
        R"({"data":[{"id":"57","Full_Name":"Anna Kingsley","Account_Name":{"id":"11","name":"Bentley"}}]})";
    expect(plain("GET /crm/v8/Contacts/57"), json(200, anna));
    expect(plain("GET /crm/v8/Contacts/57?fields=Full_Name%2CAccount_Name"), json(200, anna));
    const RecordRef ref{contacts, id("57")};
    for (const QStringList &fields : {QStringList(), QStringList{id("Full_Name"), id("Account_Name")}}) {
        const auto record = await(m_crm->record(ref, fields, RequestPriority::Pop));
        QVERIFY(record.ok());
        QCOMPARE(record.value().ref(), ref);
        QCOMPARE(record.value().displayName(), QStringLiteral("Anna Kingsley"));
        QCOMPARE(record.value().lookup(QStringLiteral("Account_Name")).id, id("11"));
    }
    QStringList many;
    QByteArrayList asked;
    for (int i = 0; i < 60; ++i)
        many.append(QStringLiteral("F%1").arg(i));
    for (int i = 0; i < 50; ++i) // The CRM takes no more.
        asked.append("F" + QByteArray::number(i));
    expect(plain("GET /crm/v8/Contacts/57?fields=" + asked.join("%2C")), json(200, anna));
    QVERIFY(await(m_crm->record(ref, many, RequestPriority::Pop)).ok());
}

void TestCrmWire::related()
{
    expect(plain("GET /crm/v8/Contacts/57/Calls_History?fields=Subject%2CCall_Type&per_page=20"),
           json(200, R"({"data":[{"id":"81","Subject":"Call with Anna"}],"info":{"more_records":true}})"));
    expect(plain("GET /crm/v8/Contacts/57/Notes?fields=id&per_page=200"), json(204, {}));
    const RecordRef anna{contacts, id("57")};
    const auto calls = await(
        m_crm->related(anna, id("Calls_History"), id("Calls"), {id("Subject"), id("Call_Type")}, RequestPriority::Pop));
    QVERIFY(calls.ok());
    QVERIFY(calls.value().more);
    QCOMPARE(calls.value().records.first().ref(), (RecordRef{id("Calls"), id("81")}));
    const auto notes = await(m_crm->related(anna, id("Notes"), id("Notes"), {}, RequestPriority::Pop, 500));
    QVERIFY(notes.ok());
    QVERIFY(notes.value().records.isEmpty());
}

QTEST_GUILESS_MAIN(TestCrmWire)
#include "tst_crm_wire.moc"
