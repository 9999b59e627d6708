// SPDX-License-Identifier: Apache-2.0
#include "CrmWire.h"

using namespace ringside;
using namespace ringside::test;

/// What CrmClient puts on the wire when it is set to version 2, to the byte. Source: Zoho reference, section 3.18.
class TestCrmWireV2 : public QObject, private CrmWire
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(); }

    void reads();
    void lists();
    void records();
    void calls();
    void notesAndTasks();
    void convert();
    void tags();
    void bulkRead();
};

void TestCrmWireV2::init()
{
    open();
    m_crm->setApiVersion(CrmVersion::V2);
}

void TestCrmWireV2::reads()
{
    expect(plain("GET /crm/v2/users?type=CurrentUser"),
           json(200, R"({"users":[{"id":"571","full_name":"Agent One"}]})"));
    expectAlongside(plain("GET /crm/v2/org"), json(200, R"({"org":[{"zgid":"7001","company_name":"Northlight"}]})"));
    expect(plain("GET /crm/v2/settings/fields?module=Contacts"), json(204, {}));
    expect(plain("GET /crm/v2/Contacts/search?phone=15553344556&fields=Full_Name&per_page=20"), json(204, {}));
    expect(plain("GET /crm/v2/Leads/search?word=A%2BB&converted=false&per_page=20"), json(204, {}));
    expect(plain("GET /crm/v2/Contacts/57?fields=Full_Name"),
           json(200, R"({"data":[{"id":"57","Full_Name":"Anna"}]})"));
    expect(plain("GET /crm/v2/Contacts/57/Calls_History?fields=Subject&per_page=20"), json(204, {}));
    expect(plain("GET /crm/v2/Contacts/57/photo"), RawServer::response(204));
    expect(plain("GET /crm/v2/Contacts/deleted?type=all&per_page=200"), json(204, {}));
    expect(withBody("POST /crm/v2/coql", R"({"select_query":"select id from Leads where Phone = '+1'"})"),
           json(204, {}));
    QCOMPARE(await(m_crm->identity()).value().orgId, id("7001"));
    QVERIFY(await(m_crm->fields(contacts)).ok());
    using By = CrmClient::SearchBy;
    QVERIFY(await(m_crm->search(contacts, By::Phone, id("+1 (555) 334-4556"), {id("Full_Name")}, RequestPriority::Pop))
                .ok());
    QVERIFY(await(m_crm->search(leads, By::Word, id("A+B"), {}, RequestPriority::Search)).ok());
    const RecordRef anna{contacts, id("57")};
    QCOMPARE(await(m_crm->record(anna, {id("Full_Name")}, RequestPriority::Pop)).value().displayName(), id("Anna"));
    QVERIFY(await(m_crm->related(anna, id("Calls_History"), id("Calls"), {id("Subject")}, RequestPriority::Pop)).ok());
    QVERIFY(await(m_crm->photo(anna)).value().isEmpty());
    QVERIFY(await(m_crm->deletedRecords(contacts, CrmClient::Deleted::All)).ok());
    QVERIFY(await(m_crm->query(leads, id("select id from Leads where Phone = '+1'"), RequestPriority::Pop)).ok());
}

void TestCrmWireV2::lists()
{
    expect(plain("GET /crm/v2/Contacts?per_page=200&page=12"), json(204, {})); // No fields, no token, any page.
    RecordQuery query;
    query.page = 12;
    query.pageToken = id("not for v2");
    QVERIFY(await(m_crm->records(contacts, query, RequestPriority::Sync)).ok());
}

void TestCrmWireV2::records()
{
    expect(withBody("POST /crm/v2/Leads", R"({"data":[{"Last_Name":"X"}],"trigger":["workflow"]})"), json(201, done));
    expect(withBody("PUT /crm/v2/Contacts/57", R"({"data":[{"Fax":"2"}],"trigger":["workflow"]})",
                    "if-unmodified-since: 2026-01-20T10:00:00-05:00"),
           json(200, done));
    expect(
        withBody("POST /crm/v2/Contacts/upsert",
                 R"({"data":[{"Email":"a@example.com"}],"duplicate_check_fields":["Email"],"trigger":["workflow"]})"),
        json(200, done));
    expect(bare("DELETE /crm/v2/Contacts?ids=57&wf_trigger=true"), json(200, done));
    QCOMPARE(await(m_crm->createRecord(leads, {{QStringLiteral("Last_Name"), id("X")}})).value(), id("57"));
    WriteOptions options;
    options.unchangedSince = moment();
    QVERIFY(await(m_crm->updateRecord({contacts, id("57")}, {{QStringLiteral("Fax"), id("2")}}, options)).ok());
    options = {};
    options.duplicateCheckFields = {QStringLiteral("Email")};
    QVERIFY(await(m_crm->upsertRecord(contacts, {{QStringLiteral("Email"), id("a@example.com")}}, options)).ok());
    QVERIFY(await(m_crm->removeRecord({contacts, id("57")})).ok());
}

void TestCrmWireV2::calls()
{
    expect(withBody("POST /crm/v2/Calls",
                    R"({"data":[{"Call_Duration":"02:05","Call_Duration_in_seconds":125,"Call_Start_Time":)"
                    R"("2026-01-20T10:00:00-05:00","Call_Status":"Completed","Call_Type":"Outbound",)"
                    R"("Dialled_Number":"+15553344556","Subject":"Call with Anna"}],"trigger":["workflow"]})"),
           json(200, done));
    expect(withBody("PUT /crm/v2/Calls/57",
                    R"({"data":[{"$se_module":"Contacts","Call_Purpose":null,"Call_Result":null,"Description":null,)"
                    R"("Subject":"Call with Anna","What_Id":null,"Who_Id":{"id":"12"}}],"trigger":["workflow"]})"),
           json(200, done));
    QVERIFY(await(m_crm->createCall(call(CallActivity::Type::Outbound))).ok());
    CallActivity changed = call(CallActivity::Type::Outbound);
    changed.person = {contacts, id("12")};
    QVERIFY(await(m_crm->updateRecord({QStringLiteral("Calls"), id("57")}, m_crm->callValues(changed))).ok());
}

void TestCrmWireV2::notesAndTasks()
{
    expect(
        withBody("POST /crm/v2/Notes",
                 R"({"data":[{"Note_Content":"x","Parent_Id":"57","se_module":"Contacts"}],"trigger":["workflow"]})"),
        json(202, R"({"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Note_Title"},"status":"error"}]})"));
    expect(withBody(
               "POST /crm/v2/Tasks",
               R"({"data":[{"$se_module":"Contacts","Subject":"Quote","Who_Id":{"id":"57"}}],"trigger":["workflow"]})"),
           json(201, done));
    const auto refused = await(m_crm->createNote({{}, QStringLiteral("x"), {contacts, id("57")}}));
    QCOMPARE(refused.error().kind, ErrorKind::Rejected);
    QCOMPARE(refused.error().detail, QStringLiteral("Note_Title"));
    TaskActivity task;
    task.subject = QStringLiteral("Quote");
    task.person = {contacts, id("57")};
    QVERIFY(await(m_crm->createTask(task)).ok());
}

void TestCrmWireV2::convert()
{
    expect(withBody("POST /crm/v2/Leads/57/actions/convert",
                    R"({"data":[{"Contacts":"71","assign_to":"1","notify_lead_owner":false,)"
                    R"("notify_new_entity_owner":false,"overwrite":true}]})"),
           json(200, R"({"data":[{"Contacts":"71","Deals":null,"Accounts":"73"}]})"));
    LeadConversion conversion;
    conversion.contactId = id("71");
    conversion.overwrite = true;
    conversion.assignTo = id("1");
    const auto lead = await(m_crm->convertLead(id("57"), conversion));
    QVERIFY(lead.ok());
    QCOMPARE(lead.value().account, (RecordRef{QStringLiteral("Accounts"), id("73")}));
}

void TestCrmWireV2::tags()
{
    expect(withBody("POST /crm/v2/Contacts/57/actions/add_tags?tag_names=VIP%2CA%2BB", "{}"), json(200, done));
    expect(withBody("POST /crm/v2/Contacts/57/actions/remove_tags?tag_names=VIP", "{}"), json(200, done));
    QVERIFY(await(m_crm->addTags({contacts, id("57")}, {QStringLiteral("VIP"), QStringLiteral("A+B")})).ok());
    QVERIFY(await(m_crm->removeTags({contacts, id("57")}, {QStringLiteral("VIP")})).ok());
}

void TestCrmWireV2::bulkRead()
{
    expect(withBody("POST /crm/bulk/v2/read",
                    R"({"file_type":"csv","query":{"fields":["id"],"module":"Contacts","page":2}})"),
           json(401, R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"status":"error"})"));
    expect(plain("GET /crm/bulk/v2/read/99"),
           json(404, R"({"code":"RESOURCE_NOT_FOUND","details":{},"status":"error"})"));
    expect(plain("GET /crm/bulk/v2/read/99/result"),
           json(404, R"({"code":"RESOURCE_NOT_FOUND","details":{},"status":"error"})"));
    QCOMPARE(await(m_crm->startBulkRead(contacts, {QStringLiteral("id")}, 2)).error().kind, ErrorKind::ScopeMissing);
    QCOMPARE(await(m_crm->bulkRead(id("99"))).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(m_crm->bulkRows(id("99"))).error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestCrmWireV2)
#include "tst_crm_wire_v2.moc"
