// SPDX-License-Identifier: Apache-2.0
#include "CrmBench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

/// Credits, calls at once, permissions, and what layouts demand.
class TestSandboxLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_crm = std::make_unique<CrmBench>(); }

    void costs_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("credits");
        QTest::addColumn<bool>("heavy");
        const auto row = [](const char *method, const char *target, const QByteArray &body, const char *kind,
                            int credits, bool heavy) {
            QTest::addRow("%s %s %s", method, target, body.left(60).constData())
                << QString::fromLatin1(method) << QString::fromLatin1(target) << body << QString::fromLatin1(kind)
                << credits << heavy;
        };
        const auto records = [](int count) {
            return QByteArray("{\"data\":[" + QByteArray("{},").repeated(count - 1) + "{}]}");
        };
        row("GET", "/crm/v8/Contacts?fields=id", {}, "list", 1, false);
        row("GET", "/crm/v8/Contacts?fields=id&cvid=1", {}, "list", 3, true);
        row("GET", "/crm/v8/Contacts?fields=id&sort_by=id", {}, "list", 1, true);
        row("GET", "/crm/v8/Contacts/1", {}, "get", 1, false);
        row("GET", "/crm/v8/Contacts/1/Deals?fields=id", {}, "related", 1, false);
        row("GET", "/crm/v8/Contacts/1/photo", {}, "photo", 1, false);
        row("GET", "/crm/v2/Contacts/search?phone=123", {}, "search", 1, false);
        row("GET", "/crm/v8/Contacts/actions/count", {}, "count", 50, false);
        row("GET", "/crm/v8/settings/fields?module=Leads", {}, "metadata", 1, false);
        row("POST", "/crm/v8/Calls", records(1), "insert", 1, false);
        row("POST", "/crm/v8/Calls", records(10), "insert", 1, false);
        row("POST", "/crm/v8/Calls", records(11), "insert", 2, true);
        row("PUT", "/crm/v8/Calls", records(100), "update", 10, true);
        row("POST", "/crm/v8/Contacts/upsert", records(25), "upsert", 3, true);
        row("DELETE", "/crm/v8/Contacts?ids=1,2,3", {}, "delete", 1, false);
        row("POST", "/crm/v8/Leads/1/actions/convert", {}, "convert", 5, true);
        row("POST", "/crm/v8/__composite_requests", {}, "composite", 1, true);
        row("POST", "/crm/bulk/v8/read", {}, "bulk_read", 50, false);
        row("GET", "/crm/bulk/v8/read/1", {}, "bulk_read", 1, false);
        row("POST", "/crm/v8/coql", R"({"select_query":"select id from Leads where id is not null"})", "coql", 1, true);
        row("POST", "/crm/v8/coql", R"({"select_query":"select id from Leads where id is not null LIMIT 0, 1000"})",
            "coql", 2, true);
        row("POST", "/crm/v8/coql",
            R"({"select_query":"select id from Leads where id is not null limit 2000 offset 5"})", "coql", 3, true);
    }

    void costs()
    {
        QFETCH(QString, method);
        QFETCH(QString, target);
        QFETCH(QByteArray, body);
        HttpRequest request = m_crm->made(method, target);
        request.body = body;
        const ApiCost cost = ApiCost::of(request);
        QTEST(cost.kind, "kind");
        QTEST(cost.credits, "credits");
        QTEST(cost.heavy, "heavy");
    }

    void remainingCreditsAreToldFromHalfUseOn()
    {
        ApiLimits &limits = m_crm->server.limits();
        limits.setCredits(4);
        QVERIFY(CrmBench::header(org(), "X-API-CREDITS-REMAINING").isNull());
        QCOMPARE(CrmBench::header(org(), "X-API-CREDITS-REMAINING"), QByteArray("2"));
        org();
        QCOMPARE(CrmBench::header(org(), "X-API-CREDITS-REMAINING"), QByteArray("0"));
        const HttpReply refused = org();
        QCOMPARE(refused.status, 429);
        QCOMPARE(CrmBench::code(refused), u"TOO_MANY_REQUESTS"_qs);
        QCOMPARE(CrmBench::header(refused, "X-API-CREDITS-REMAINING"), QByteArray("0"));
        limits.setOldReply(true);
        QCOMPARE(CrmBench::json(org()).value("code"_L1).toInt(), 429);
        m_crm->now += 24LL * 3600 * 1000 - 60'000;
        QCOMPARE(org().status, 401); // the token is older than that
        m_crm->signIn(u"ZohoCRM.org.READ"_qs);
        QCOMPARE(org().status, 429);
        m_crm->now += 60'000; // a day after the first
        QCOMPARE(org().status, 200);
    }

    void oldHeadersComeWhenAskedFor()
    {
        QVERIFY(CrmBench::header(org(), "X-RATELIMIT-LIMIT").isNull());
        m_crm->server.limits().setOldHeaders(true);
        const HttpReply reply = org();
        QCOMPARE(CrmBench::header(reply, "X-RATELIMIT-LIMIT"), QByteArray("20"));
        QCOMPARE(CrmBench::header(reply, "X-RATELIMIT-REMAINING"), QByteArray("20"));
        QCOMPARE(CrmBench::header(reply, "X-RATELIMIT-DAY-LIMIT"), QByteArray("300000"));
        QCOMPARE(CrmBench::header(reply, "X-RATELIMIT-DAY-REMAINING"), QByteArray("299998"));
        QCOMPARE(CrmBench::header(reply, "X-ACCESSTOKEN-RESET"), QByteArray::number(m_crm->now + 3'600'000));
    }

    void editions_data()
    {
        QTest::addColumn<QString>("edition");
        QTest::addColumn<qint64>("credits");
        QTest::addColumn<int>("calls");
        QTest::newRow("free") << u"free"_qs << qint64(5'000) << 5;
        QTest::newRow("standard") << u"standard"_qs << qint64(100'000) << 10; // capped
        QTest::newRow("professional") << u"professional"_qs << qint64(175'000) << 15;
        QTest::newRow("enterprise") << u"enterprise"_qs << qint64(300'000) << 20;
        QTest::newRow("ultimate") << u"ultimate"_qs << qint64(550'000) << 25;
    }

    void editions()
    {
        QFETCH(QString, edition);
        QFETCH(int, calls);
        ApiLimits &limits = m_crm->server.limits();
        QVERIFY(limits.setEdition(edition));
        QVERIFY(!limits.setEdition(u"golden"_qs));
        QTEST(limits.report().value("credits"_L1).toInteger(), "credits");
        for (int i = 0; i < calls; ++i)
            QVERIFY(limits.enter(u"a"_qs, {u"get"_qs, 1, 1, false}));
        QVERIFY(!limits.enter(u"a"_qs, {u"get"_qs, 1, 1, false}));
        QVERIFY(limits.enter(u"b"_qs, {u"get"_qs, 1, 1, false})); // counted by client
        limits.leave(u"a"_qs, {u"get"_qs, 1, 1, false});
        QVERIFY(limits.enter(u"a"_qs, {u"get"_qs, 1, 1, false}));
    }

    void heavyCallsHaveALimitOfTheirOwn()
    {
        ApiLimits &limits = m_crm->server.limits();
        const ApiCost composite{u"composite"_qs, 1, 5, true};
        QVERIFY(limits.enter(u"a"_qs, composite));
        QVERIFY(limits.enter(u"a"_qs, composite));
        QVERIFY(!limits.enter(u"a"_qs, {u"coql"_qs, 1, 1, true})); // ten of ten
        QVERIFY(limits.enter(u"a"_qs, {u"get"_qs, 1, 1, false}));
        limits.leave(u"a"_qs, composite);
        QVERIFY(limits.enter(u"a"_qs, {u"coql"_qs, 1, 1, true}));
    }

    void permissionsAreNamed_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("permission");
        const QString contact = u"/crm/v8/Contacts/%1"_qs;
        QTest::newRow("api") << u"GET"_qs << u"/crm/v8/org"_qs << u"Crm_Implied_Api_Access"_qs;
        QTest::newRow("view") << u"GET"_qs << u"/crm/v8/Leads?fields=id"_qs << u"Crm_Implied_View_Leads"_qs;
        QTest::newRow("search") << u"GET"_qs << u"/crm/v8/Contacts/search?phone=5012345"_qs
                                << u"Crm_Implied_View_Contacts"_qs;
        QTest::newRow("related") << u"GET"_qs << QString(contact + u"/Deals?fields=id"_qs)
                                 << u"Crm_Implied_View_Deals"_qs;
        QTest::newRow("create") << u"POST"_qs << u"/crm/v8/Calls"_qs << u"Crm_Implied_Create_Calls"_qs;
        QTest::newRow("edit") << u"PUT"_qs << contact << u"Crm_Implied_Edit_Contacts"_qs;
        QTest::newRow("delete") << u"DELETE"_qs << contact << u"Crm_Implied_Delete_Contacts"_qs;
        QTest::newRow("photo") << u"DELETE"_qs << QString(contact + u"/photo"_qs) << u"Crm_Implied_Edit_Contacts"_qs;
        QTest::newRow("convert") << u"POST"_qs << u"/crm/v8/Leads/1/actions/convert"_qs
                                 << u"Crm_Implied_Convert_Leads"_qs;
    }

    void permissionsAreNamed()
    {
        QFETCH(QString, method);
        QFETCH(QString, target);
        QFETCH(QString, permission);
        if (target.contains(u"%1"_qs))
            target = target.arg(m_crm->sample.knownId);
        m_crm->server.profile().deny(permission);
        const HttpReply reply = m_crm->ask(method, target);
        QCOMPARE(reply.status, 403);
        QCOMPARE(CrmBench::code(reply), u"NO_PERMISSION"_qs);
        const QJsonArray named = CrmBench::json(reply).value("details"_L1).toObject().value("permissions"_L1).toArray();
        QCOMPARE(named, QJsonArray{permission});
        m_crm->server.profile().allow(permission);
        QVERIFY(m_crm->ask(method, target).status != 403);
    }

    void modulesTellWhatTheProfileAllows()
    {
        const auto leads = [this] {
            const HttpReply reply = m_crm->ask(u"GET"_qs, u"/crm/v8/settings/modules/Leads"_qs);
            return CrmBench::json(reply).value("modules"_L1).toArray().first().toObject();
        };
        QVERIFY(leads().value("deletable"_L1).toBool() && leads().value("editable"_L1).toBool());
        m_crm->server.profile().deny(u"Crm_Implied_Delete_Leads"_qs);
        QVERIFY(!leads().value("deletable"_L1).toBool());
        QVERIFY(leads().value("editable"_L1).toBool() && leads().value("creatable"_L1).toBool());
        m_crm->server.profile().allow(u"Crm_Implied_Delete_Leads"_qs);
        QVERIFY(leads().value("deletable"_L1).toBool());
    }

    void layoutsMayDemandAField()
    {
        const QJsonObject call{
            {"Subject"_L1, "x"_L1}, {"Call_Type"_L1, "Missed"_L1}, {"Call_Start_Time"_L1, "2026-01-20T10:00:00Z"_L1}};
        QCOMPARE(m_crm->insert(u"Calls"_qs, call).status, 201);
        QVERIFY(m_crm->catalog.setRequired(u"Calls"_qs, u"Reason_Code"_qs, true));
        QVERIFY(!m_crm->catalog.setRequired(u"Calls"_qs, u"Created_Time"_qs, true));
        const HttpReply reply = m_crm->insert(u"Calls"_qs, call);
        QCOMPARE(reply.status, 400);
        QCOMPARE(CrmBench::code(reply), u"MANDATORY_NOT_FOUND"_qs);
        QCOMPARE(CrmBench::details(reply).value("json_path"_L1).toString(), u"$.data[0].Reason_Code"_qs);
        QJsonObject good = call;
        good.insert("Reason_Code"_L1, "Service"_L1);
        QCOMPARE(m_crm->insert(u"Calls"_qs, good).status, 201);
        QJsonObject found;
        const QJsonArray sections = CrmBench::json(m_crm->get(u"/crm/v8/settings/layouts?module=Calls"_qs))
                                        .value("layouts"_L1)
                                        .toArray()
                                        .at(0)
                                        .toObject()
                                        .value("sections"_L1)
                                        .toArray();
        const QJsonArray fields = sections.at(0).toObject().value("fields"_L1).toArray();
        for (const QJsonValue &field : fields) {
            if (field.toObject().value("api_name"_L1).toString() == "Reason_Code"_L1)
                found = field.toObject();
        }
        QVERIFY(found.value("required"_L1).toBool());
        QVERIFY(!found.value("system_mandatory"_L1).toBool());
        QVERIFY(found.value("custom_field"_L1).toBool());
    }

    void picklistsMayShowOtherWords()
    {
        QVERIFY(m_crm->catalog.rename(u"Leads"_qs, u"Lead_Status"_qs, u"Contacted"_qs, u"Spoken to"_qs));
        QVERIFY(!m_crm->catalog.rename(u"Leads"_qs, u"Lead_Status"_qs, u"Spoken to"_qs, u"x"_qs));
        QVERIFY(!m_crm->catalog.rename(u"Leads"_qs, u"Last_Name"_qs, u"Contacted"_qs, u"x"_qs));
        QJsonObject renamed;
        const QJsonArray fields =
            CrmBench::json(m_crm->get(u"/crm/v8/settings/fields?module=Leads"_qs)).value("fields"_L1).toArray();
        for (const QJsonValue &field : fields) {
            const QJsonArray values = field.toObject().value("pick_list_values"_L1).toArray();
            for (const QJsonValue &value : values) {
                if (value.toObject().value("display_value"_L1).toString() == "Spoken to"_L1)
                    renamed = value.toObject();
            }
        }
        QCOMPARE(renamed.value("actual_value"_L1).toString(), u"Contacted"_qs);
        QCOMPARE(renamed.value("reference_value"_L1).toString(), u"Contacted"_qs);

        QJsonObject lead{{"Last_Name"_L1, "Renamed"_L1}, {"Company"_L1, "C"_L1}, {"Lead_Status"_L1, "Spoken to"_L1}};
        const HttpReply word = m_crm->insert(u"Leads"_qs, lead);
        QCOMPARE(CrmBench::code(word), u"INVALID_DATA"_qs);
        const QJsonArray supported = CrmBench::details(word).value("supported_values"_L1).toArray();
        QVERIFY(supported.contains("Contacted"_L1) && !supported.contains("Spoken to"_L1));
        lead.insert("Lead_Status"_L1, "Contacted"_L1);
        const QString path = u"/crm/v8/Leads/"_qs + m_crm->add(u"Leads"_qs, lead);
        QCOMPARE(CrmBench::first(m_crm->get(path)).value("Lead_Status"_L1).toString(), u"Contacted"_qs);
        const auto found = [&](const QString &status) {
            return m_crm->get(u"/crm/v8/Leads/search?criteria=((Last_Name:equals:Renamed)and(Lead_Status:equals:%1))"_qs.arg(status))
                .status;
        };
        QCOMPARE(found(u"Contacted"_qs), 200);
        QCOMPARE(found(u"Spoken to"_qs), 204);
    }

    void searchesMayNeedAScopeOfTheirOwn()
    {
        const auto asked = [&](const QString &scopes, bool needed) {
            m_crm->signIn(scopes);
            m_crm->server.setSearchScopeNeeded(needed);
            return m_crm->get(u"/crm/v8/Contacts/search?word=layla"_qs);
        };
        const QString without = u"ZohoCRM.modules.ALL,ZohoCRM.composite_requests.CUSTOM"_qs;
        QCOMPARE(asked(without, false).status, 200);
        QCOMPARE(asked(without + u",ZohoSearch.securesearch.READ"_qs, true).status, 200);
        QCOMPARE(asked(u"ZohoSearch.securesearch.READ"_qs, true).status, 401); // the module's is needed all the same
        const HttpReply refused = asked(without, true);
        QCOMPARE(refused.status, 401);
        QCOMPARE(CrmBench::code(refused), u"OAUTH_SCOPE_MISMATCH"_qs);
        QCOMPARE(m_crm->get(u"/crm/v8/Contacts?fields=id"_qs).status, 200); // a list is no search
        const QJsonObject part{{"sub_request_id"_L1, "s"_L1}, {"method"_L1, "GET"_L1},
                               {"uri"_L1, "/crm/v8/Contacts/search"_L1},
                               {"params"_L1, QJsonObject{{"word"_L1, "layla"_L1}}}};
        const HttpReply together =
            m_crm->post(u"/crm/v8/__composite_requests"_qs, {{"__composite_requests"_L1, QJsonArray{part}}});
        QCOMPARE(CrmBench::json(together)
                     .value("__composite_requests"_L1)
                     .toArray()
                     .at(0)
                     .toObject()
                     .value("details"_L1)
                     .toObject()
                     .value("response"_L1)
                     .toObject()
                     .value("status_code"_L1)
                     .toInt(),
                 401);
    }

    void customModulesHaveScopesOfTheirOwn()
    {
        QCOMPARE(CrmBench::data(
                     m_crm->get(u"/crm/v8/Contacts/%1/Service_Contracts?fields=Name"_qs.arg(m_crm->sample.knownId)))
                     .size(),
                 1);
        m_crm->signIn(u"ZohoCRM.modules.contacts.ALL"_qs);
        QCOMPARE(m_crm->get(u"/crm/v8/Service_Contracts?fields=Name"_qs).status, 401);
        m_crm->signIn(u"ZohoCRM.modules.custom.READ"_qs);
        QCOMPARE(m_crm->get(u"/crm/v8/Service_Contracts?fields=Name"_qs).status, 200);
        QCOMPARE(m_crm->get(u"/crm/v8/Contacts?fields=id"_qs).status, 401);
    }

private:
    HttpReply org() { return m_crm->get(u"/crm/v8/org"_qs); }

    std::unique_ptr<CrmBench> m_crm;
};

QTEST_GUILESS_MAIN(TestSandboxLimits)
#include "tst_sandbox_limits.moc"
