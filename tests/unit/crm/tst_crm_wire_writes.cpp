// SPDX-License-Identifier: Apache-2.0
#include "CrmWire.h"

using namespace ringside;
using namespace ringside::test;

/// Records as CrmClient writes them, to the byte.
class TestCrmWireWrites : public QObject, private CrmWire
{
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void createWithTriggers();
    void updateOfWhatChanged();
    void updateThatComesTooLate();
    void updateOfNothing();
    void updateOfWhatIsGone();
    void createOfWhatIsThere();
    void upsert();
    void upsertOfANewOne();
    void upsertRefused();
    void remove();
    void tags();
    void convert();
    void convertIntoWhatIsThere();
    void convertLater();
    void convertRefused();
    void convertOfWhatIsThere();
};

void TestCrmWireWrites::createWithTriggers()
{
    expect(
        withBody(
            "POST /crm/v8/Leads",
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

void TestCrmWireWrites::updateOfWhatChanged()
{
    expect(
        withBody("PUT /crm/v8/Contacts/57",
                 R"({"data":[{"Account_Name":{"id":"12"},"Fax":null,"Mobile":"+15553344556"}],"trigger":["workflow"]})",
                 "if-unmodified-since: 2026-01-20T10:00:00-05:00"),
        json(200, done));
    const Record before(
        {contacts, id("57")},
        {{QStringLiteral("Last_Name"), QStringLiteral("Kingsley")},
         {QStringLiteral("Fax"), id("1")},
         {QStringLiteral("Account_Name"), QVariantMap{{id("id"), id("11")}, {id("name"), id("Bentley")}}},
         {QStringLiteral("Owner"), QVariantMap{{id("id"), id("1")}, {id("name"), id("Agent")}}},
         {QStringLiteral("Called_On"), id("2026-01-20T15:00:00Z")},
         {QStringLiteral("Count"), 3.0}});
    const QVariantMap changes =
        before.changes({{QStringLiteral("Last_Name"), QStringLiteral("Kingsley")},
                        {QStringLiteral("Mobile"), id("+15553344556")},
                        {QStringLiteral("Fax"), QString()},
                        {QStringLiteral("Phone"), QString()},
                        {QStringLiteral("Called_On"), moment()},
                        {QStringLiteral("Count"), 3},
                        {QStringLiteral("Owner"), QVariant::fromValue(RecordRef{id("users"), id("1")})},
                        {QStringLiteral("Account_Name"), QVariant::fromValue(RecordRef{id("Accounts"), id("12")})}});
    WriteOptions options;
    options.unchangedSince = moment();
    const auto written = await(m_crm->updateRecord({contacts, id("57")}, changes, options));
    QVERIFY(written.ok());
    QCOMPARE(written.value().modifiedTime, QDateTime(QDate(2026, 1, 20), QTime(15, 0), Qt::UTC));
}

void TestCrmWireWrites::updateThatComesTooLate()
{
    expect(withBody("PUT /crm/v8/Contacts/57", R"({"data":[{"Fax":"2"}],"trigger":["workflow"]})",
                    "if-unmodified-since: 2026-01-20T10:00:00-05:00"),
           json(412, R"({"code":"ALREADY_MODIFIED","details":{},"message":"changed","status":"error"})"));
    WriteOptions options;
    options.unchangedSince = moment();
    const auto written = await(m_crm->updateRecord({contacts, id("57")}, {{QStringLiteral("Fax"), id("2")}}, options));
    QCOMPARE(written.error().kind, ErrorKind::Conflict);
}

void TestCrmWireWrites::updateOfNothing()
{
    WriteOptions options;
    options.unchangedSince = moment();
    const auto written = await(m_crm->updateRecord({contacts, id("57")}, {}, options));
    QVERIFY(written.ok());
    QCOMPARE(written.value().modifiedTime, moment());
}

void TestCrmWireWrites::updateOfWhatIsGone()
{
    expect(withBody("PUT /crm/v8/Contacts/58", R"({"data":[{"Fax":"2"}],"trigger":["workflow"]})"),
           json(400,
                R"({"data":[{"code":"INVALID_DATA","details":{"id":"58"},"message":"the id given seems to be invalid",)"
                R"("status":"error"}]})"));
    const auto written = await(m_crm->updateRecord({contacts, id("58")}, {{QStringLiteral("Fax"), id("2")}}));
    QCOMPARE(written.error().kind, ErrorKind::NotFound);
    QCOMPARE(await(m_crm->updateRecord({contacts, id("58/x")}, {{id("Fax"), id("2")}})).error().kind,
             ErrorKind::NotFound);
}

void TestCrmWireWrites::createOfWhatIsThere()
{
    expect(withBody("POST /crm/v8/Contacts", R"({"data":[{"Email":"a@example.com"}],"trigger":["workflow"]})"),
           json(400,
                R"({"data":[{"code":"DUPLICATE_DATA","details":{"api_name":"Email","json_path":"$.data[0].Email",)"
                R"("duplicate_record":{"id":"57","module":{"api_name":"Contacts","id":"9"}},"more_records":false},)"
                R"("message":"duplicate data","status":"error"}]})"));
    const auto made = await(m_crm->createRecord(contacts, {{QStringLiteral("Email"), id("a@example.com")}}));
    QCOMPARE(made.error().kind, ErrorKind::Conflict);
    QCOMPARE(made.error().existing, (ExistingRecord{contacts, id("57"), id("Email")}));
}

void TestCrmWireWrites::upsert()
{
    expect(
        withBody(
            "POST /crm/v8/Contacts/upsert",
            R"({"data":[{"Email":"a@example.com"}],"duplicate_check_fields":["Email","Phone"],"trigger":["workflow"]})"),
        json(200, R"({"data":[{"code":"SUCCESS","action":"update","duplicate_field":"Email","details":{"id":"57"},)"
                  R"("status":"success"}]})"));
    WriteOptions options;
    options.duplicateCheckFields = {QStringLiteral("Email"), QStringLiteral("Phone")};
    const auto written =
        await(m_crm->upsertRecord(contacts, {{QStringLiteral("Email"), id("a@example.com")}}, options));
    QVERIFY(written.ok());
    QVERIFY(!written.value().inserted);
    QCOMPARE(written.value().duplicateField, QStringLiteral("Email"));
}

void TestCrmWireWrites::upsertOfANewOne()
{
    // By the module's own fields, with other automations than the usual.
    expect(withBody("POST /crm/v8/Leads/upsert",
                    R"({"data":[{"Last_Name":"X","Phone":"+15553344556"}],"trigger":["workflow","blueprint"]})"),
           json(201, R"({"data":[{"code":"SUCCESS","action":"insert","duplicate_field":null,"details":{"id":"58",)"
                     R"("Modified_Time":"2026-01-20T10:00:00-05:00"},"status":"success"}]})"));
    WriteOptions options;
    options.triggers = {QStringLiteral("workflow"), QStringLiteral("blueprint")};
    const auto written = await(m_crm->upsertRecord(
        leads, {{QStringLiteral("Last_Name"), id("X")}, {QStringLiteral("Phone"), id("+15553344556")}}, options));
    QVERIFY(written.ok());
    QVERIFY(written.value().inserted && written.value().duplicateField.isEmpty());
    QCOMPARE(written.value().id, id("58"));
    QCOMPARE(written.value().modifiedTime, moment().addMSecs(-987));
}

void TestCrmWireWrites::upsertRefused()
{
    expect(withBody("POST /crm/v8/Contacts/upsert", R"({"data":[{"Email":"no"}],"trigger":["workflow"]})"),
           json(400, R"({"data":[{"code":"INVALID_DATA","details":{"api_name":"Email","json_path":"$.data[0].Email",)"
                     R"("expected_data_type":"email"},"message":"invalid data","status":"error"}]})"));
    const auto written = await(m_crm->upsertRecord(contacts, {{QStringLiteral("Email"), id("no")}}));
    QCOMPARE(written.error().kind, ErrorKind::Rejected);
    QCOMPARE(written.error().detail, QStringLiteral("Email"));
}

void TestCrmWireWrites::remove()
{
    expect(bare("DELETE /crm/v8/Contacts?ids=57&wf_trigger=true"), json(200, done));
    expect(
        bare("DELETE /crm/v8/Contacts?ids=57&wf_trigger=false"),
        json(403,
             R"({"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_Delete_Contacts"]},"status":"error"})"));
    QVERIFY(await(m_crm->removeRecord({contacts, id("57")})).ok());
    QCOMPARE(await(m_crm->removeRecord({contacts, id("57")}, false)).error().kind, ErrorKind::PermissionMissing);
    QCOMPARE(await(m_crm->removeRecord({contacts, id("57,58")})).error().kind, ErrorKind::NotFound); // and no request
}

void TestCrmWireWrites::tags()
{
    const QByteArray answer =
        R"({"data":[{"code":"SUCCESS","details":{"id":"57","tags":["VIP"]},"status":"success"}]})";
    expect(withBody("POST /crm/v8/Contacts/57/actions/add_tags", R"({"tags":[{"name":"VIP"},{"name":"Möbel"}]})"),
           json(200, answer));
    expect(withBody("POST /crm/v8/Contacts/57/actions/remove_tags", R"({"tags":[{"name":"VIP"}]})"), json(200, answer));
    const RecordRef anna{contacts, id("57")};
    QVERIFY(await(m_crm->addTags(anna, {QStringLiteral("VIP"), QStringLiteral("Möbel")})).ok());
    QVERIFY(await(m_crm->removeTags(anna, {QStringLiteral("VIP")})).ok());
    QVERIFY(await(m_crm->removeTags(anna, {})).ok());
    expect(withBody("POST /crm/v8/Leads/58/actions/add_tags", R"({"tags":[{"name":"A+B, \"C\""}]})"),
           json(400, R"({"data":[{"code":"INVALID_DATA","details":{"maximum_length":25,"api_name":"name"},)"
                     R"("message":"invalid data","status":"error"}]})"));
    QCOMPARE(await(m_crm->addTags({leads, id("58")}, {QStringLiteral("A+B, \"C\"")})).error().detail, id("name"));
}

void TestCrmWireWrites::convert()
{
    expect(withBody("POST /crm/v8/Leads/57/actions/convert",
                    R"({"data":[{"Accounts":{"id":"11"},"Deals":{"Closing_Date":"2026-09-30","Deal_Name":"Renewal"},)"
                    R"("assign_to":{"id":"1"},"carry_over_tags":{"Contacts":["VIP"]},"notify_lead_owner":true,)"
                    R"("notify_new_entity_owner":false,"overwrite":false}]})"),
           json(200,
                R"({"data":[{"code":"SUCCESS","details":{"Contacts":{"name":"Anna","id":"71"},"Deals":{"id":"72"},)"
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

void TestCrmWireWrites::convertIntoWhatIsThere()
{
    expect(withBody("POST /crm/v8/Leads/57/actions/convert",
                    R"({"data":[{"Contacts":{"id":"71"},"notify_lead_owner":false,"notify_new_entity_owner":true,)"
                    R"("overwrite":true}]})"),
           json(200, R"({"data":[{"code":"SUCCESS","details":{"Contacts":{"name":"Anna","id":"71"},"Deals":null,)"
                     R"("Accounts":{"name":"Bentley","id":"11"}},"message":"converted","status":"success"}]})"));
    LeadConversion conversion;
    conversion.contactId = id("71");
    conversion.overwrite = true;
    conversion.notifyNewOwner = true;
    const auto lead = await(m_crm->convertLead(id("57"), conversion));
    QVERIFY(lead.ok());
    QCOMPARE(lead.value().contact, (RecordRef{contacts, id("71")}));
    QCOMPARE(lead.value().account, (RecordRef{id("Accounts"), id("11")}));
    QVERIFY(lead.value().deal.isNull() && lead.value().jobId.isEmpty());
}

void TestCrmWireWrites::convertLater()
{
    expect(
        withBody("POST /crm/v8/Leads/57/actions/convert",
                 R"({"data":[{"notify_lead_owner":false,"notify_new_entity_owner":false,"overwrite":false}]})"),
        json(202, R"({"data":[{"code":"SCHEDULED","details":{"job_id":"99"},"message":"later","status":"success"}]})"));
    const auto lead = await(m_crm->convertLead(id("57"), {}));
    QVERIFY(lead.ok());
    QCOMPARE(lead.value().jobId, id("99"));
    QVERIFY(lead.value().contact.isNull());
}

void TestCrmWireWrites::convertOfWhatIsThere()
{
    expect(withBody("POST /crm/v8/Leads/57/actions/convert",
                    R"({"data":[{"notify_lead_owner":false,"notify_new_entity_owner":false,"overwrite":false}]})"),
           json(400, R"({"data":[{"code":"DUPLICATE_DATA","details":{"api_name":"Email",)"
                     R"("json_path":"$.data[0].Contacts.Email","duplicate_record":{"id":"71","module":)"
                     R"({"api_name":"Contacts","id":"9"}}},"message":"duplicate data","status":"error"}]})"));
    const Error error = await(m_crm->convertLead(id("57"), {})).error();
    QCOMPARE(error.kind, ErrorKind::Conflict);
    QCOMPARE(error.existing, (ExistingRecord{contacts, id("71"), id("Email")}));
}

void TestCrmWireWrites::convertRefused()
{
    expect(withBody("POST /crm/v8/Leads/57/actions/convert",
                    R"({"data":[{"notify_lead_owner":false,"notify_new_entity_owner":false,"overwrite":false}]})"),
           json(400, R"({"data":[{"code":"ID_ALREADY_CONVERTED","details":{},"message":"x","status":"error"}]})"));
    QCOMPARE(await(m_crm->convertLead(id("57"), {})).error().kind, ErrorKind::Conflict);
}

QTEST_GUILESS_MAIN(TestCrmWireWrites)
#include "tst_crm_wire_writes.moc"
