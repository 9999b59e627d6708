// SPDX-License-Identifier: Apache-2.0
#include "CrmWire.h"

using namespace ringside;
using namespace ringside::test;

/// Searches and what goes together in one request, to the byte.
class TestCrmWireSearch : public QObject, private CrmWire
{
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void search();
    void searchByCriterion();
    void searchTogether();
    void searchTogetherInPart();
    void relatedTogether();
    void query();
    void queryTogether();
};

void TestCrmWireSearch::search()
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

void TestCrmWireSearch::searchByCriterion()
{
    // ((Last_Name:equals:Burns\, B \(Sr\)\\)and(Created_Time:between:a,b))
    expect(
        plain("GET "
              "/crm/v8/Contacts/search?criteria=%28%28Last_Name%3Aequals%3ABurns%5C%2C%20B%20%5C%28Sr%5C%29%5C%5C%29and"
              "%28Created_Time%3Abetween%3A2026-01-01T00%3A00%3A00%2B00%3A00%2C2026-02-01T00%3A00%3A00%2B00%3A00%29%29"
              "&fields=id&per_page=200"),
        json(204, {}));
    const SearchCriterion both =
        SearchCriterion::equals(QStringLiteral("Last_Name"), QStringLiteral("Burns, B (Sr)\\")) &&
        SearchCriterion::between(QStringLiteral("Created_Time"), id("2026-01-01T00:00:00+00:00"),
                                 id("2026-02-01T00:00:00+00:00"));
    QCOMPARE(both.conditions(), 2);
    QVERIFY(await(m_crm->search(contacts, both, {QStringLiteral("id")}, RequestPriority::Search, 200)).ok());
    const SearchCriterion either = SearchCriterion::startsWith(QStringLiteral("Phone"), id("+1")) ||
                                   SearchCriterion::oneOf(QStringLiteral("Phone"), {id("1"), id("2,3")});
    QCOMPARE(either.text(), QStringLiteral("((Phone:starts_with:+1)or(Phone:in:1,2\\,3))"));
}

void TestCrmWireSearch::searchTogether()
{
    expect(
        withBody(
            "POST /crm/v8/__composite_requests",
            R"({"__composite_requests":[{"body":null,"headers":{},"method":"GET","params":{"fields":"Full_Name,Phone",)"
            R"("per_page":"25","phone":"5553344556"},"sub_request_id":"part0","uri":"/crm/v8/Contacts/search"},)"
            R"({"body":null,"headers":{},"method":"GET","params":{"converted":"both","per_page":"25",)"
            R"("phone":"5553344556"},"sub_request_id":"part1","uri":"/crm/v8/Leads/search"}],)"
            R"("parallel_execution":true,"rollback_on_fail":false})"),
        json(200,
             R"({"__composite_requests":[{"code":"SUCCESS","details":{"response":{"status_code":200,"headers":{},)"
             R"("body":{"data":[{"id":"571","Full_Name":"Anna Kingsley"}],"info":{"count":1}}}},"status":"success"},)"
             R"({"code":"SUCCESS","details":{"response":{"status_code":204,"headers":{},"body":null}},)"
             R"("status":"success"}]})"));
    const auto pages = await(
        m_crm->searchTogether({{contacts, id("555 334-4556"), {QStringLiteral("Full_Name"), QStringLiteral("Phone")}},
                               {leads, id("5553344556"), {}}},
                              RequestPriority::Pop));
    QVERIFY(pages.ok());
    QCOMPARE(pages.value().size(), 2);
    QCOMPARE(pages.value().at(0).value().records.first().ref(), (RecordRef{contacts, id("571")}));
    QVERIFY(pages.value().at(1).value().records.isEmpty());
}

void TestCrmWireSearch::searchTogetherInPart()
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

    // What was granted is known: only what is missing is named.
    m_crm->setGrantedScope(id("ZohoCRM.composite_requests.CUSTOM ZohoCRM.modules.leads.ALL"));
    expect(request, json(401, R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"message":"no","status":"error"})"));
    const auto search = await(m_crm->searchTogether({{leads, id("555"), {}}}, RequestPriority::Pop));
    QCOMPARE(search.error().detail, id("ZohoSearch.securesearch.READ"));
    QVERIFY(search.error().message.contains(search.error().detail));
    QVERIFY(!search.error().message.contains(id("composite")));
    m_crm->setGrantedScope(id("ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ,ZohoCRM.composite_requests.CUSTOM"));
    expect(request, json(401, R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"message":"no","status":"error"})"));
    const auto odd = await(m_crm->searchTogether({{leads, id("555"), {}}}, RequestPriority::Pop));
    QCOMPARE(odd.error().detail, none.error().detail); // nothing that is known to be missing
}

void TestCrmWireSearch::query()
{
    expect(withBody("POST /crm/v8/coql", R"({"select_query":"select id from Leads where Phone = '+1'"})"),
           json(200, R"({"data":[{"id":"571"}],"info":{"count":1,"more_records":false}})"));
    const auto rows = await(m_crm->query(leads, id("select id from Leads where Phone = '+1'"), RequestPriority::Pop));
    QCOMPARE(rows.value().records.first().ref(), (RecordRef{leads, id("571")}));
}

void TestCrmWireSearch::queryTogether()
{
    expect(
        withBody(
            "POST /crm/v8/__composite_requests",
            R"({"__composite_requests":[{"body":{"select_query":"select id from Contacts where Phone = '+1'"},"headers":{},)"
            R"("method":"POST","params":{},"sub_request_id":"part0","uri":"/crm/v8/coql"},)"
            R"({"body":{"select_query":"select id from Leads where Phone = '+1'"},"headers":{},"method":"POST",)"
            R"("params":{},"sub_request_id":"part1","uri":"/crm/v8/coql"}],)"
            R"("parallel_execution":true,"rollback_on_fail":false})"),
        json(207,
             R"({"__composite_requests":[{"code":"SUCCESS","details":{"response":{"status_code":400,"headers":{},)"
             R"("body":{"code":"INVALID_QUERY","details":{"column_name":"Phone"},"message":"no","status":"error"}}},)"
             R"("status":"success"},{"code":"SUCCESS","details":{"response":{"status_code":200,"headers":{},)"
             R"("body":{"data":[{"id":"571"}],"info":{"count":1}}}},"status":"success"}]})"));
    const auto pages = await(m_crm->queryTogether({{contacts, id("select id from Contacts where Phone = '+1'")},
                                                   {leads, id("select id from Leads where Phone = '+1'")}},
                                                  RequestPriority::Pop));
    QVERIFY(pages.ok());
    QCOMPARE(pages.value().at(0).error().code, id("INVALID_QUERY"));
    QCOMPARE(pages.value().at(1).value().records.first().ref(), (RecordRef{leads, id("571")}));
}

void TestCrmWireSearch::relatedTogether()
{
    expect(
        withBody(
            "POST /crm/v8/__composite_requests",
            R"({"__composite_requests":[{"body":null,"headers":{},"method":"GET","params":{"fields":"Subject,Call_Type",)"
            R"("per_page":"25"},"sub_request_id":"part0","uri":"/crm/v8/Contacts/57/Calls_History"},)"
            R"({"body":null,"headers":{},"method":"GET","params":{"fields":"id","per_page":"25"},)"
            R"("sub_request_id":"part1","uri":"/crm/v8/Contacts/57/Notes"}],)"
            R"("parallel_execution":true,"rollback_on_fail":false})"),
        json(
            207,
            R"({"__composite_requests":[{"code":"SUCCESS","details":{"response":{"status_code":200,"headers":{},)"
            R"("body":{"data":[{"id":"81","Subject":"Call with Anna"}],"info":{"count":1}}}},"status":"success"},)"
            R"({"code":"SUCCESS","details":{"response":{"status_code":403,"headers":{},"body":{"code":"NO_PERMISSION",)"
            R"("details":{"permissions":["Crm_Implied_View_Notes"]},"status":"error"}}},"status":"success"}]})"));
    const auto pages = await(m_crm->relatedTogether(
        {contacts, id("57")},
        {{id("Calls_History"), id("Calls"), {id("Subject"), id("Call_Type")}}, {id("Notes"), id("Notes"), {}}},
        RequestPriority::Pop));
    QVERIFY(pages.ok());
    QCOMPARE(pages.value().at(0).value().records.first().ref(), (RecordRef{id("Calls"), id("81")}));
    QCOMPARE(pages.value().at(1).error().kind, ErrorKind::PermissionMissing);
}

QTEST_GUILESS_MAIN(TestCrmWireSearch)
#include "tst_crm_wire_search.moc"
