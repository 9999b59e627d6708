// SPDX-License-Identifier: Apache-2.0
#include "CompanyGenerator.h"
#include "CrmServer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

class TestSandboxCrm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<RecordStore>(m_catalog);
        m_sample = CompanyGenerator(*m_store, 1, 60, QDate::currentDate()).fill();
        m_ledger = std::make_unique<OAuthLedger>([] { return qint64(1000); });
        m_server = std::make_unique<CrmServer>(*m_store, *m_ledger);
        m_token = m_ledger->issueAccess(u"c"_qs, {}, OAuthScopes(u"ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ,"
                                                                 "ZohoCRM.org.READ,ZohoCRM.coql.READ"_qs)).token;
    }

    void tokensAreAskedFor()
    {
        HttpRequest request = made(u"GET"_qs, u"/crm/v8/org"_qs);
        request.headers.clear();
        QCOMPARE(code(m_server->handle(request)), u"AUTHENTICATION_FAILURE"_qs);
        request.headers.insert("authorization", "Zoho-oauthtoken 1000.x.y");
        const HttpReply reply = m_server->handle(request);
        QCOMPARE(reply.status, 401);
        QCOMPARE(code(reply), u"INVALID_TOKEN"_qs);
        request.headers.insert("authorization", "Bearer " + m_token.toLatin1());
        QCOMPARE(m_server->handle(request).status, 200);
    }

    void scopesAreAskedFor_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::newRow("read") << u"GET"_qs << u"/crm/v8/Leads?fields=id"_qs;
        QTest::newRow("create") << u"POST"_qs << u"/crm/v8/Contacts"_qs;
        QTest::newRow("related module") << u"GET"_qs << u"/crm/v8/Contacts/%1/Deals?fields=id"_qs;
        QTest::newRow("users") << u"GET"_qs << u"/crm/v8/users?type=CurrentUser"_qs;
        QTest::newRow("fields") << u"GET"_qs << u"/crm/v8/settings/fields?module=Contacts"_qs;
        QTest::newRow("coql") << u"POST"_qs << u"/crm/v8/coql"_qs;
        QTest::newRow("note") << u"POST"_qs << u"/crm/v8/Contacts/%1/Notes"_qs;
    }

    void scopesAreAskedFor()
    {
        QFETCH(QString, method);
        QFETCH(QString, path);
        m_token = m_ledger->issueAccess(u"c"_qs, {}, OAuthScopes(u"ZohoCRM.modules.contacts.READ"_qs)).token;
        const HttpReply reply = ask(method, path.contains(u'%') ? path.arg(m_sample.knownId) : path);
        QCOMPARE(reply.status, 401);
        QCOMPARE(code(reply), u"OAUTH_SCOPE_MISMATCH"_qs);
        QCOMPARE(ask(u"GET"_qs, u"/crm/v8/Contacts/"_qs + m_sample.knownId).status, 200);
    }

    void wrongPaths()
    {
        QCOMPARE(ask(u"GET"_qs, u"/crm/v9/Contacts"_qs).status, 404);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Contacts/abc"_qs)), u"INVALID_URL_PATTERN"_qs);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Unicorns?fields=id"_qs)), u"INVALID_MODULE"_qs);
        QCOMPARE(code(ask(u"PATCH"_qs, u"/crm/v8/Contacts"_qs)), u"INVALID_REQUEST_METHOD"_qs);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/settings/fields?module=Unicorns"_qs)), u"INVALID_MODULE"_qs);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/settings/fields"_qs)), u"REQUIRED_PARAM_MISSING"_qs);
    }

    void fieldsTellPhonesAndPicklists()
    {
        const QJsonArray fields = json(ask(u"GET"_qs, u"/crm/v8/settings/fields?module=Contacts&"_qs)).value("fields"_L1).toArray();
        QStringList phones;
        for (const QJsonValue &field : fields) {
            if (field.toObject().value("data_type"_L1).toString() == "phone"_L1)
                phones.append(field.toObject().value("api_name"_L1).toString());
        }
        QVERIFY(phones.contains(u"Mobile"_qs));
        QVERIFY(phones.contains(u"WhatsApp_Number"_qs));
        const QJsonArray callFields = json(ask(u"GET"_qs, u"/crm/v8/settings/fields?module=Calls"_qs)).value("fields"_L1).toArray();
        const auto type = std::find_if(callFields.begin(), callFields.end(), [](const QJsonValue &field) {
            return field.toObject().value("api_name"_L1).toString() == "Call_Type"_L1;
        });
        QCOMPARE(type->toObject().value("pick_list_values"_L1).toArray().size(), 3);
        QVERIFY(type->toObject().value("system_mandatory"_L1).toBool());
    }

    void phoneSearchStandsFormats_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("status");
        QTest::newRow("e164") << u"phone=%2B971501234567"_qs << 200;
        QTest::newRow("raw plus") << u"phone=+971501234567"_qs << 200;
        QTest::newRow("spaces") << u"phone=50%20123%204567"_qs << 200;
        QTest::newRow("00") << u"phone=00971501234567"_qs << 200;
        QTest::newRow("last seven") << u"phone=1234567"_qs << 200;
        QTest::newRow("brackets") << u"phone=(50)-123.4567"_qs << 200;
        QTest::newRow("nobody") << u"phone=999999999"_qs << 204;
        QTest::newRow("too short") << u"phone=12"_qs << 400;
        QTest::newRow("letters") << u"phone=abc123"_qs << 400;
        QTest::newRow("nothing") << u"per_page=5"_qs << 400;
    }

    void phoneSearchStandsFormats()
    {
        QFETCH(QString, query);
        QFETCH(int, status);
        const HttpReply reply = ask(u"GET"_qs, u"/crm/v8/Contacts/search?fields=Full_Name&"_qs + query);
        QCOMPARE(reply.status, status);
        if (status == 200) {
            QCOMPARE(json(reply).value("data"_L1).toArray().size(), 1);
            QCOMPARE(first(reply).value("id"_L1).toString(), m_sample.knownId);
        } else if (status == 204) {
            QVERIFY(reply.contentType.isEmpty() && reply.body.isEmpty());
        }
    }

    void searchLooksIntoCustomPhoneFields()
    {
        const QString id = write(u"Contacts"_qs, {{"Last_Name"_L1, "Chat"_L1}, {"WhatsApp_Number"_L1, "+971 58 000 0001"_L1}});
        QCOMPARE(first(ask(u"GET"_qs, u"/crm/v8/Contacts/search?phone=580000001"_qs)).value("id"_L1).toString(), id);
    }

    void wordSearchFindsBeginnings()
    {
        const QString path = u"/crm/v8/Contacts/search?fields=Full_Name&word="_qs;
        QCOMPARE(first(ask(u"GET"_qs, path + u"layl%20interi"_qs)).value("id"_L1).toString(), m_sample.knownId);
        QCOMPARE(first(ask(u"GET"_qs, path + u"layla@haddad.example"_qs)).value("id"_L1).toString(), m_sample.knownId);
        QCOMPARE(ask(u"GET"_qs, path + u"ayla"_qs).status, 204);
        QCOMPARE(ask(u"GET"_qs, path + u"l"_qs).status, 400);
    }

    void emailAndCriteriaSearch()
    {
        QCOMPARE(first(ask(u"GET"_qs, u"/crm/v8/Contacts/search?email=LAYLA@haddad.example"_qs)).value("id"_L1).toString(), m_sample.knownId);
        QCOMPARE(first(ask(u"GET"_qs, u"/crm/v8/Contacts/search?criteria=((Last_Name:equals:Haddad)and(First_Name:starts_with:Lay))"_qs))
                     .value("id"_L1).toString(), m_sample.knownId);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Contacts/search?criteria=(Unicorn:equals:1)"_qs)), u"INVALID_QUERY"_qs);
    }

    void convertedLeadsHide()
    {
        const auto count = [this](const QString &converted) {
            return json(ask(u"GET"_qs, u"/crm/v8/Leads?fields=id"_qs + converted)).value("data"_L1).toArray().size();
        };
        const qsizetype both = count(u"&converted=both"_qs);
        QVERIFY(count({}) < both);
        QCOMPARE(count({}) + count(u"&converted=true"_qs), both);
    }

    void listsArePaged()
    {
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Contacts"_qs)), u"REQUIRED_PARAM_MISSING"_qs);
        QString ids;
        for (int i = 0; i < 51; ++i)
            ids += u"F%1,"_qs.arg(i);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Contacts?fields="_qs + ids)), u"LIMIT_EXCEEDED"_qs);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Contacts?fields=id&page=11"_qs)), u"DISCRETE_PAGINATION_LIMIT_EXCEEDED"_qs);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Contacts?fields=id&per_page=201"_qs)), u"INVALID_DATA"_qs);
        QSet<QString> seen;
        QString query = u"/crm/v8/Contacts?fields=Full_Name&per_page=25"_qs;
        QString token;
        int pages = 0;
        do {
            const QJsonObject page = json(ask(u"GET"_qs, token.isEmpty() ? query : QString(query + u"&page_token="_qs + token)));
            const QJsonArray data = page.value("data"_L1).toArray();
            for (const QJsonValue &record : data)
                seen.insert(record.toObject().value("id"_L1).toString());
            QCOMPARE(page.value("info"_L1).toObject().value("page"_L1).toInt(), ++pages);
            token = page.value("info"_L1).toObject().value("next_page_token"_L1).toString();
        } while (!token.isEmpty());
        QCOMPARE(pages, 3);
        QCOMPARE(seen.size(), 60);
        const QString used = json(ask(u"GET"_qs, query)).value("info"_L1).toObject().value("next_page_token"_L1).toString();
        QCOMPARE(code(ask(u"GET"_qs, query + u"&page=2&page_token="_qs + used)), u"AMBIGUITY_DURING_PROCESSING"_qs);
        QCOMPARE(code(ask(u"GET"_qs, query + u"&approved=both&page_token="_qs + used)), u"TOKEN_BOUND_DATA_MISMATCH"_qs);
        QCOMPARE(code(ask(u"GET"_qs, u"/crm/v8/Contacts?fields=Email&per_page=25&page_token="_qs + used)), u"TOKEN_BOUND_DATA_MISMATCH"_qs);
    }

    void unchangedListsAre304()
    {
        const QString path = u"/crm/v8/Contacts?fields=Full_Name"_qs;
        HttpRequest request = made(u"GET"_qs, path);
        const QByteArray now = QDateTime::currentDateTimeUtc().addSecs(1).toString(Qt::ISODate).toLatin1();
        request.headers.insert("if-modified-since", now);
        QCOMPARE(m_server->handle(request).status, 304);
        request.headers.insert("if-modified-since", "2001-01-01T00:00:00Z");
        QCOMPARE(m_server->handle(request).status, 200);
    }

    void relatedListsTellOpenFromClosed()
    {
        const QString base = u"/crm/v8/Contacts/"_qs + m_sample.knownId;
        QCOMPARE(json(ask(u"GET"_qs, base + u"/Deals?fields=Deal_Name"_qs)).value("data"_L1).toArray().size(), 2);
        QCOMPARE(code(ask(u"GET"_qs, base + u"/Deals"_qs)), u"REQUIRED_PARAM_MISSING"_qs);
        QCOMPARE(code(ask(u"GET"_qs, base + u"/Unicorns?fields=id"_qs)), u"INVALID_DATA"_qs);
        QCOMPARE(ask(u"GET"_qs, base + u"/Calls?fields=Subject"_qs).status, 204);
        const QJsonValue layla = QJsonObject{{"id"_L1, m_sample.knownId}};
        write(u"Calls"_qs, {{"Subject"_L1, "Later"_L1}, {"Call_Type"_L1, "Outbound"_L1}, {"Outgoing_Call_Status"_L1, "Scheduled"_L1},
                            {"Call_Start_Time"_L1, "2030-01-20T10:00:00Z"_L1}, {"Who_Id"_L1, layla}});
        QCOMPARE(first(ask(u"GET"_qs, base + u"/Calls?fields=Subject"_qs)).value("Subject"_L1).toString(), u"Later"_qs);
        const QString done = write(u"Calls"_qs, inbound());
        QCOMPARE(first(ask(u"GET"_qs, base + u"/Calls_History?fields=Subject"_qs)).value("id"_L1).toString(), done);
    }

    void callIsStoredAndRead()
    {
        const QString id = write(u"Calls"_qs, inbound());
        const QJsonObject call = first(ask(u"GET"_qs, u"/crm/v8/Calls/"_qs + id));
        QCOMPARE(call.value("Call_Start_Time"_L1).toString(), u"2026-01-20T19:00:00+04:00"_qs);
        QCOMPARE(call.value("Call_Duration_in_seconds"_L1).toInt(), 125);
        QCOMPARE(call.value("Who_Id"_L1).toObject().value("name"_L1).toString(), u"Layla Haddad"_qs);
        QCOMPARE(call.value("Owner"_L1).toObject().value("name"_L1).toString(), u"Mariam Al Amiri"_qs);
        QVERIFY(call.contains("Voice_Recording__s"_L1)); // null, yet there
    }

    void badCallsAreRefused_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, const QJsonObject &change, const QString &problem, const QString &field) {
            QTest::newRow(name) << change << problem << field;
        };
        const QString data = u"INVALID_DATA"_qs;
        const QString mandatory = u"MANDATORY_NOT_FOUND"_qs;
        row("no subject", {{"Subject"_L1, QJsonValue()}}, mandatory, u"Subject"_qs);
        row("empty subject", {{"Subject"_L1, ""_L1}}, mandatory, u"Subject"_qs);
        row("long subject", {{"Subject"_L1, QString(256, u'x')}}, data, u"Subject"_qs);
        row("number as text", {{"Subject"_L1, 5}}, data, u"Subject"_qs);
        row("unknown type", {{"Call_Type"_L1, "Sideways"_L1}}, data, u"Call_Type"_qs);
        row("milliseconds", {{"Call_Start_Time"_L1, "2026-01-20T10:00:00.000Z"_L1}}, data, u"Call_Start_Time"_qs);
        row("no offset", {{"Call_Start_Time"_L1, "2026-01-20T10:00:00"_L1}}, data, u"Call_Start_Time"_qs);
        row("zero", {{"Call_Duration"_L1, "00:00"_L1}}, data, u"Call_Duration"_qs);
        row("no duration", {{"Call_Duration"_L1, QJsonValue()}}, mandatory, u"Call_Duration"_qs);
        row("strange duration", {{"Call_Duration"_L1, "2 min"_L1}}, data, u"Call_Duration"_qs);
        row("half seconds", {{"Call_Duration_in_seconds"_L1, 1.5}}, data, u"Call_Duration_in_seconds"_qs);
        row("result", {{"Call_Result"_L1, "Delighted"_L1}}, data, u"Call_Result"_qs);
        row("nobody", {{"Who_Id"_L1, "5725767000000000001"_L1}}, data, u"Who_Id"_qs);
        row("status of inbound", {{"Outgoing_Call_Status"_L1, "Completed"_L1}}, data, u"Outgoing_Call_Status"_qs);
        row("what without module", {{"What_Id"_L1, "5725767000011356002"_L1}}, u"DEPENDENT_FIELD_MISSING"_qs, u"$se_module"_qs);
        row("what of wrong module", {{"What_Id"_L1, "5725767000011356002"_L1}, {"$se_module"_L1, "Deals"_L1}}, data, u"What_Id"_qs);
        row("contact as what", {{"What_Id"_L1, "5725767000011356019"_L1}, {"$se_module"_L1, "Contacts"_L1}}, data, u"What_Id"_qs);
        row("missed with duration", {{"Call_Type"_L1, "Missed"_L1}}, data, u"Call_Duration"_qs);
    }

    void badCallsAreRefused()
    {
        QFETCH(QJsonObject, change);
        QFETCH(QString, field);
        QJsonObject call = inbound();
        for (auto one = change.begin(); one != change.end(); ++one)
            call.insert(one.key(), one.value());
        const size_t before = m_store->all(u"Calls"_qs).size();
        const HttpReply reply = post(u"Calls"_qs, {call});
        QCOMPARE(reply.status, 400);
        const QJsonObject item = first(reply);
        QTEST(item.value("code"_L1).toString(), "code");
        QCOMPARE(item.value("details"_L1).toObject().value("api_name"_L1).toString(), field);
        QCOMPARE(item.value("details"_L1).toObject().value("json_path"_L1).toString(), QString(u"$.data[0]."_qs + field));
        QCOMPARE(m_store->all(u"Calls"_qs).size(), before);
    }

    void relatedToAnotherModule()
    {
        QJsonObject call = inbound();
        const QString lead = m_store->all(u"Leads"_qs).front().id;
        call.remove(u"Who_Id"_qs);
        call.insert("What_Id"_L1, QJsonObject{{"id"_L1, lead}});
        call.insert("$se_module"_L1, "Leads"_L1);
        const QJsonObject stored = first(ask(u"GET"_qs, u"/crm/v8/Calls/"_qs + write(u"Calls"_qs, call) + u"?fields=What_Id"_qs));
        QCOMPARE(stored.value("What_Id"_L1).toObject().value("id"_L1).toString(), lead);
        QCOMPARE(stored.value("$se_module"_L1).toString(), u"Leads"_qs);
    }

    void partlyGoodIs207()
    {
        QJsonObject bad = inbound();
        bad.insert("Call_Type"_L1, "x"_L1);
        const HttpReply reply = post(u"Calls"_qs, {inbound(), bad});
        QCOMPARE(reply.status, 207);
        const QJsonArray items = json(reply).value("data"_L1).toArray();
        QCOMPARE(items.at(0).toObject().value("status"_L1).toString(), u"success"_qs);
        QCOMPARE(items.at(1).toObject().value("details"_L1).toObject().value("json_path"_L1).toString(), u"$.data[1].Call_Type"_qs);
    }

    void badBodiesAreRefused()
    {
        HttpRequest request = made(u"POST"_qs, u"/crm/v8/Calls"_qs);
        request.body = "not json";
        QCOMPARE(code(m_server->handle(request)), u"INVALID_DATA"_qs);
        request.body = "{}";
        QCOMPARE(code(m_server->handle(request)), u"MANDATORY_NOT_FOUND"_qs);
        request.body = R"({"data":[]})";
        QCOMPARE(m_server->handle(request).status, 400);
        request.body = R"({"data":[{"Subject":"x"}],"trigger":["everything"]})";
        QCOMPARE(code(m_server->handle(request)), u"INVALID_DATA"_qs);
    }

    void callMayBeEditedExceptItsType()
    {
        const QString id = write(u"Calls"_qs, inbound());
        QCOMPARE(put(u"Calls/"_qs + id, {{"Description"_L1, "edited"_L1}}).status, 200);
        QCOMPARE(first(ask(u"GET"_qs, u"/crm/v8/Calls/"_qs + id)).value("Description"_L1).toString(), u"edited"_qs);
        const HttpReply reply = put(u"Calls/"_qs + id, {{"Call_Type"_L1, "Missed"_L1}, {"Call_Duration"_L1, QJsonValue()}});
        QCOMPARE(reply.status, 400);
        QCOMPARE(first(reply).value("code"_L1).toString(), u"NOT_ALLOWED"_qs);
        QCOMPARE(put(u"Calls/5725767000000000009"_qs, {{"Description"_L1, "x"_L1}}).status, 400);
    }

    void repointingMovesTheCall()
    {
        const QString id = write(u"Calls"_qs, inbound());
        QCOMPARE(put(u"Calls/"_qs + id, {{"Who_Id"_L1, QJsonObject{{"id"_L1, m_sample.sharedIds.first()}}}}).status, 200);
        QCOMPARE(first(ask(u"GET"_qs, u"/crm/v8/Contacts/"_qs + m_sample.sharedIds.first() + u"/Calls_History?fields=Subject"_qs)).value("id"_L1).toString(), id);
        QVERIFY(first(ask(u"GET"_qs, u"/crm/v8/Contacts/"_qs + m_sample.knownId + u"/Calls_History?fields=Subject"_qs)).value("id"_L1).toString() != id);
    }

    void editsAreGuardedByTime()
    {
        HttpRequest request = made(u"PUT"_qs, u"/crm/v8/Contacts/"_qs + m_sample.knownId);
        request.body = R"({"data":[{"Title":"Director"}]})";
        request.headers.insert("if-unmodified-since", "2001-01-01T00:00:00+00:00");
        const HttpReply reply = m_server->handle(request);
        QCOMPARE(reply.status, 412);
        QCOMPARE(first(reply).value("code"_L1).toString(), u"ALREADY_MODIFIED"_qs);
        request.headers.insert("if-unmodified-since", QDateTime::currentDateTimeUtc().addSecs(5).toString(Qt::ISODate).toLatin1());
        QCOMPARE(m_server->handle(request).status, 200);
    }

    void notesHangOnTheirParent()
    {
        const QJsonObject parent{{"id"_L1, m_sample.knownId}, {"module"_L1, QJsonObject{{"api_name"_L1, "Contacts"_L1}}}};
        const QString first_ = write(u"Notes"_qs, {{"Note_Content"_L1, "one"_L1}, {"Parent_Id"_L1, parent}});
        const QString second = write(u"Contacts/"_qs + m_sample.knownId + u"/Notes"_qs, {{"Note_Title"_L1, "two"_L1}});
        const QString third = write(u"Notes"_qs, {{"Note_Content"_L1, "three"_L1}, {"Parent_Id"_L1, m_sample.knownId}, {"se_module"_L1, "Contacts"_L1}});
        QStringList ids;
        const QJsonArray notes = json(ask(u"GET"_qs, u"/crm/v8/Contacts/"_qs + m_sample.knownId + u"/Notes?fields=Note_Content"_qs)).value("data"_L1).toArray();
        for (const QJsonValue &note : notes)
            ids.append(note.toObject().value("id"_L1).toString());
        QCOMPARE(ids.first(3), QStringList({third, second, first_}));
        QCOMPARE(first(post(u"Notes"_qs, {QJsonObject{{"Parent_Id"_L1, parent}}})).value("code"_L1).toString(), u"EXPECTED_FIELD_MISSING"_qs);
        QCOMPARE(post(u"Notes"_qs, {QJsonObject{{"Note_Title"_L1, QString(121, u'x')}, {"Parent_Id"_L1, parent}}}).status, 400);
    }

    void leadsNeedACompanyAndGoodNumbers()
    {
        QCOMPARE(first(post(u"Leads"_qs, {QJsonObject{{"Last_Name"_L1, "New"_L1}}})).value("details"_L1).toObject().value("api_name"_L1).toString(), u"Company"_qs);
        const QJsonObject bad = first(post(u"Leads"_qs, {QJsonObject{{"Last_Name"_L1, "New"_L1}, {"Company"_L1, "C"_L1}, {"Phone"_L1, "call me"_L1}}}));
        QCOMPARE(bad.value("details"_L1).toObject().value("expected_data_type"_L1).toString(), u"phone"_qs);
        const QString id = write(u"Leads"_qs, {{"First_Name"_L1, "A"_L1}, {"Last_Name"_L1, "New"_L1}, {"Company"_L1, "C"_L1}, {"Phone"_L1, "+971 58 123 0000"_L1}});
        QCOMPARE(first(ask(u"GET"_qs, u"/crm/v8/Leads/search?phone=581230000"_qs)).value("Full_Name"_L1).toString(), u"A New"_qs);
        QCOMPARE(ask(u"DELETE"_qs, u"/crm/v8/Leads?ids="_qs + id).status, 200);
        QCOMPARE(ask(u"GET"_qs, u"/crm/v8/Leads/"_qs + id).status, 204);
        QCOMPARE(ask(u"DELETE"_qs, u"/crm/v8/Leads/"_qs + id).status, 400);
    }

    void searchMayLagBehindCoql()
    {
        m_server->setIndexLag(600'000);
        write(u"Leads"_qs, {{"Last_Name"_L1, "Fresh"_L1}, {"Company"_L1, "C"_L1}, {"Phone"_L1, "+971581230001"_L1}});
        QCOMPARE(ask(u"GET"_qs, u"/crm/v8/Leads/search?phone=581230001"_qs).status, 204);
        const HttpReply reply = coql(u"select Last_Name from Leads where Phone = '+971581230001'"_qs);
        QCOMPARE(first(reply).value("Last_Name"_L1).toString(), u"Fresh"_qs);
    }

    void coqlErrors()
    {
        QCOMPARE(code(coql(u"select Unicorn from Leads where id is not null"_qs)), u"INVALID_QUERY"_qs);
        QCOMPARE(code(coql(u"select id from Unicorns where id is not null"_qs)), u"INVALID_MODULE"_qs);
        QCOMPARE(code(coql(u"select id from Leads"_qs)), u"SYNTAX_ERROR"_qs);
        QCOMPARE(code(coql(u"select id from Leads where id is not null limit 2001"_qs)), u"LIMIT_EXCEEDED"_qs);
        QCOMPARE(coql(u"select id from Leads where Last_Name = 'nobody at all'"_qs).status, 204);
        QCOMPARE(code(coql(u"select Phone as Email from Leads where id is not null"_qs)), u"INVALID_ALIAS"_qs);
        QCOMPARE(code(coql(u"select Phone as a, Mobile as a from Leads where id is not null"_qs)), u"DUPLICATE_ALIAS"_qs);
        QCOMPARE(code(coql(u"select Phone, Phone from Leads where id is not null"_qs)), u"DUPLICATE_DATA"_qs);
        QCOMPARE(code(coql(u"select id from Leads where Last_Name > 'A'"_qs)), u"INVALID_QUERY"_qs);
        QCOMPARE(code(coql(u"select id from Leads where Annual_Revenue like '1%'"_qs)), u"INVALID_QUERY"_qs);
        QCOMPARE(code(coql(u"select Phone, COUNT(id) from Leads where id is not null"_qs)), u"INVALID_QUERY"_qs);
        const QString phones = u"select id from Contacts where Mobile like '%123 4567'"_qs;
        QCOMPARE(coql(phones).status, 200);
        m_server->queries().setPhoneLike(false);
        QCOMPARE(code(coql(phones)), u"INVALID_QUERY"_qs);
    }

    void coqlGroupsAndCounts()
    {
        const QJsonObject all = first(coql(u"select COUNT(*) as Number, MAX(Amount) from Deals where id is not null"_qs));
        QCOMPARE(all.value("Number"_L1).toInt(), int(m_store->all(u"Deals"_qs).size()));
        QVERIFY(all.value("MAX(Amount)"_L1).toInt() >= 64'500);
        const QJsonArray stages = json(coql(u"select Stage, COUNT(id) as Number from Deals where id is not null group by Stage order by Number desc"_qs))
                                      .value("data"_L1).toArray();
        QVERIFY(stages.size() > 1);
        int sum = 0;
        int last = 1'000'000;
        for (const QJsonValue &stage : stages) {
            const int number = stage.toObject().value("Number"_L1).toInt();
            QVERIFY(number <= last);
            last = number;
            sum += number;
        }
        QCOMPARE(sum, all.value("Number"_L1).toInt());
    }

    void photosArePngOrNothing()
    {
        QCOMPARE(ask(u"GET"_qs, u"/crm/v8/Contacts/"_qs + m_sample.knownId + u"/photo"_qs).status, 204);
        const QString id = m_store->all(u"Contacts"_qs).back().id;
        m_store->update(u"Contacts"_qs, id, {{"Record_Image"_L1, "abc"_L1}}, 1);
        const HttpReply reply = ask(u"GET"_qs, u"/crm/v8/Contacts/"_qs + id + u"/photo"_qs);
        QCOMPARE(reply.contentType, QByteArray("image/png"));
        QVERIFY(reply.body.startsWith("\x89PNG"));
    }

private:
    QJsonObject inbound() const
    {
        return {{"Subject"_L1, "Inbound call"_L1}, {"Call_Type"_L1, "Inbound"_L1}, {"Call_Start_Time"_L1, "2026-01-20T10:00:00-05:00"_L1},
                {"Call_Duration"_L1, "02:05"_L1}, {"Who_Id"_L1, QJsonObject{{"id"_L1, m_sample.knownId}}}};
    }

    HttpRequest made(const QString &method, const QString &target) const
    {
        HttpRequest request;
        request.method = method;
        request.path = target.section(u'?', 0, 0);
        request.query = parseParameters(target.section(u'?', 1).toUtf8());
        request.headers.insert("authorization", "Zoho-oauthtoken " + m_token.toLatin1());
        return request;
    }

    HttpReply ask(const QString &method, const QString &target) const { return m_server->handle(made(method, target)); }

    HttpReply send(const QString &method, const QString &path, const QJsonArray &records) const
    {
        HttpRequest request = made(method, u"/crm/v8/"_qs + path);
        request.body = QJsonDocument(QJsonObject{{"data"_L1, records}}).toJson();
        return m_server->handle(request);
    }
    HttpReply post(const QString &path, const QJsonArray &records) const { return send(u"POST"_qs, path, records); }
    HttpReply put(const QString &path, const QJsonObject &record) const { return send(u"PUT"_qs, path, {record}); }

    QString write(const QString &path, const QJsonObject &record) const
    {
        const HttpReply reply = post(path, {record});
        if (reply.status != 201)
            qWarning("not written: %s", reply.body.constData());
        return first(reply).value("details"_L1).toObject().value("id"_L1).toString();
    }

    HttpReply coql(const QString &query) const
    {
        HttpRequest request = made(u"POST"_qs, u"/crm/v8/coql"_qs);
        request.body = QJsonDocument(QJsonObject{{"select_query"_L1, query}}).toJson();
        return m_server->handle(request);
    }

    static QJsonObject json(const HttpReply &reply) { return QJsonDocument::fromJson(reply.body).object(); }
    static QString code(const HttpReply &reply) { return json(reply).value("code"_L1).toString(); }
    static QJsonObject first(const HttpReply &reply) { return json(reply).value("data"_L1).toArray().at(0).toObject(); }

    ModuleCatalog m_catalog;
    DemoRecords::Numbers m_sample;
    QString m_token;
    std::unique_ptr<RecordStore> m_store;
    std::unique_ptr<OAuthLedger> m_ledger;
    std::unique_ptr<CrmServer> m_server;
};

QTEST_GUILESS_MAIN(TestSandboxCrm)
#include "tst_sandbox_crm.moc"
