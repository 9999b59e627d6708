// SPDX-License-Identifier: Apache-2.0
#include "CrmBench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

/// What happens to records beyond reading and writing them: upsert, deletion, conversion, photos, timelines, counts,
/// old versions.
class TestSandboxRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_crm = std::make_unique<CrmBench>();
        m_layla = m_crm->sample.knownId;
    }

    void upsertFindsByFieldOrAdds()
    {
        const HttpReply added = upsert({{"Last_Name"_L1, "New"_L1}, {"Email"_L1, "new@example.com"_L1}});
        QCOMPARE(added.status, 201);
        QCOMPARE(CrmBench::first(added).value("action"_L1).toString(), u"insert"_qs);
        const HttpReply updated = upsert({{"Last_Name"_L1, "Newer"_L1}, {"Email"_L1, "NEW@example.com"_L1}});
        QCOMPARE(updated.status, 200);
        QCOMPARE(CrmBench::first(updated).value("action"_L1).toString(), u"update"_qs);
        QCOMPARE(CrmBench::first(updated).value("duplicate_field"_L1).toString(), u"Email"_qs);
        QCOMPARE(CrmBench::details(updated).value("id"_L1), CrmBench::details(added).value("id"_L1));
        const HttpReply byPhone = upsert(
            {{"Last_Name"_L1, "Haddad"_L1}, {"Mobile"_L1, field(m_layla, u"Mobile"_qs)}, {"Department"_L1, "Sales"_L1}},
            {u"Mobile"_qs});
        QCOMPARE(CrmBench::details(byPhone).value("id"_L1).toString(), m_layla);
        QCOMPARE(field(m_layla, u"Department"_qs).toString(), u"Sales"_qs);
        QCOMPARE(upsert({{"Last_Name"_L1, "x"_L1}}, {u"Unicorn"_qs}).status, 400);
        QCOMPARE(upsert({{"Email"_L1, "nobody@example.com"_L1}}).status, 400);
    }

    void uniqueFieldsRefuseTwins()
    {
        const QString id = m_crm->add(u"Contacts"_qs, {{"Last_Name"_L1, "A"_L1}, {"Customer_Number"_L1, "C-1"_L1}});
        const HttpReply reply =
            m_crm->insert(u"Contacts"_qs, {{"Last_Name"_L1, "B"_L1}, {"Customer_Number"_L1, "c-1"_L1}});
        QCOMPARE(reply.status, 400);
        QCOMPARE(CrmBench::code(reply), u"DUPLICATE_DATA"_qs);
        const QJsonObject details = CrmBench::details(reply);
        QCOMPARE(details.value("api_name"_L1).toString(), u"Customer_Number"_qs);
        QCOMPARE(details.value("json_path"_L1).toString(), u"$.data[0].Customer_Number"_qs);
        const QJsonObject twin = details.value("duplicate_record"_L1).toObject();
        QCOMPARE(twin.value("id"_L1).toString(), id);
        QCOMPARE(twin.value("module"_L1).toObject().value("api_name"_L1).toString(), u"Contacts"_qs);
        QVERIFY(!twin.value("owner"_L1).toObject().value("name"_L1).toString().isEmpty());
        QCOMPARE(details.value("more_records"_L1), QJsonValue(false));
        QCOMPARE(edit(id, {{"Customer_Number"_L1, "C-1"_L1}}).status, 200); // its own number is no twin
    }

    void deletedRecordsAreListed()
    {
        const QString id = m_crm->add(u"Leads"_qs, {{"Last_Name"_L1, "Gone"_L1}, {"Company"_L1, "C"_L1}});
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/deleted?type=all"_qs).status, 204);
        QCOMPARE(m_crm->ask(u"DELETE"_qs, u"/crm/v8/Leads?ids=%1&wf_trigger=maybe"_qs.arg(id)).status, 400);
        QCOMPARE(
            m_crm->ask(u"DELETE"_qs, u"/crm/v8/Leads?ids=%1,5725767000000000001&wf_trigger=false"_qs.arg(id)).status,
            207);
        const HttpReply list = m_crm->get(u"/crm/v8/Leads/deleted?type=recycle"_qs);
        const QJsonObject gone = CrmBench::first(list);
        QCOMPARE(gone.value("id"_L1).toString(), id);
        QCOMPARE(gone.value("display_name"_L1).toString(), u"Gone"_qs);
        QCOMPARE(gone.value("type"_L1).toString(), u"recycle"_qs);
        QCOMPARE(gone.value("deleted_by"_L1).toObject().value("name"_L1).toString(), u"Mariam Al Amiri"_qs);
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/deleted?type=permanent"_qs).status, 204);
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/deleted?type=some"_qs).status, 400);
        HttpRequest later = m_crm->made(u"GET"_qs, u"/crm/v8/Leads/deleted?type=all"_qs);
        later.headers.insert("if-modified-since", "2100-01-01T00:00:00Z");
        QCOMPARE(m_crm->server.handle(later).status, 204); // and not 304, as lists of records
        QString ids = id;
        for (int i = 0; i < 100; ++i)
            ids += u",1"_qs;
        QCOMPARE(CrmBench::code(m_crm->ask(u"DELETE"_qs, u"/crm/v8/Leads?ids="_qs + ids)), u"LIMIT_EXCEEDED"_qs);
        QCOMPARE(CrmBench::code(m_crm->get(u"/crm/v8/Leads?fields=id&ids="_qs + ids)), u"LIMIT_EXCEEDED"_qs);
        QCOMPARE(CrmBench::code(m_crm->ask(u"DELETE"_qs, u"/crm/v8/Leads"_qs)), u"REQUIRED_PARAM_MISSING"_qs);
    }

    void leadsBecomeContacts()
    {
        const QString lead = newLead();
        m_crm->insert(
            u"Notes"_qs,
            {{"Note_Content"_L1, "moves along"_L1},
             {"Parent_Id"_L1, QJsonObject{{"id"_L1, lead}, {"module"_L1, QJsonObject{{"api_name"_L1, "Leads"_L1}}}}}});
        const QJsonObject deal{{"Deal_Name"_L1, "Renewal"_L1},
                               {"Closing_Date"_L1, "2026-09-30"_L1},
                               {"Stage"_L1, "Qualification"_L1},
                               {"Pipeline"_L1, "Standard (Standard)"_L1}};
        const HttpReply reply =
            convert(lead, {{"overwrite"_L1, true},
                           {"Deals"_L1, deal},
                           {"carry_over_tags"_L1, QJsonObject{{"Contacts"_L1, QJsonArray{u"VIP"_qs}}}}});
        QCOMPARE(reply.status, 200);
        const QJsonObject details = CrmBench::details(reply);
        const QString contact = details.value("Contacts"_L1).toObject().value("id"_L1).toString();
        QCOMPARE(field(contact, u"Full_Name"_qs).toString(), u"Nora Lead"_qs);
        QCOMPARE(field(contact, u"Tag"_qs).toArray().size(), 1);
        QCOMPARE(field(contact, u"Account_Name"_qs).toObject().value("name"_L1).toString(), u"Nora GmbH"_qs);
        QCOMPARE(details.value("Deals"_L1).toObject().value("name"_L1).toString(), u"Renewal"_qs);
        QCOMPARE(CrmBench::data(m_crm->get(u"/crm/v8/Contacts/%1/Notes?fields=id"_qs.arg(contact))).size(), 1);
        QCOMPARE(CrmBench::data(m_crm->get(u"/crm/v8/Contacts/%1/Deals?fields=id"_qs.arg(contact))).size(), 1);
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/search?word=Nora"_qs).status, 204);
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/search?word=Nora&converted=both"_qs).status, 200);
        QCOMPARE(CrmBench::code(convert(lead, {})), u"ID_ALREADY_CONVERTED"_qs);
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/%1/__conversion_options"_qs.arg(lead)).status, 400);
    }

    void leadsMergeIntoWhatIsThere()
    {
        const QString lead = newLead(u"layla@haddad.example"_qs);
        const QJsonObject options = CrmBench::json(m_crm->get(u"/crm/v8/Leads/%1/__conversion_options"_qs.arg(lead)))
                                        .value("__conversion_options"_L1)
                                        .toObject();
        QCOMPARE(options.value("Contacts"_L1).toArray().at(0).toObject().value("id"_L1).toString(), m_layla);
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/%1/__conversion_options"_qs.arg(newLead())).status, 204);
        const size_t before = m_crm->store.all(u"Contacts"_qs).size();
        const HttpReply reply = convert(lead, {{"Contacts"_L1, m_layla}}); // version 2 took bare ids
        QCOMPARE(CrmBench::details(reply).value("Contacts"_L1).toObject().value("id"_L1).toString(), m_layla);
        QCOMPARE(m_crm->store.all(u"Contacts"_qs).size(), before);
        QCOMPARE(field(m_layla, u"Last_Name"_qs).toString(), u"Haddad"_qs); // not overwritten
    }

    void badConversions()
    {
        const QString lead = newLead();
        QCOMPARE(CrmBench::code(convert(lead, {{"Contacts"_L1, QJsonObject{{"id"_L1, "5725767000000000001"_L1}}}})),
                 u"INVALID_DATA"_qs);
        QCOMPARE(CrmBench::code(convert(lead, {{"assign_to"_L1, QJsonObject{{"id"_L1, "1"_L1}}}})), u"INVALID_DATA"_qs);
        QJsonObject deal{{"Deal_Name"_L1, "x"_L1}, {"Closing_Date"_L1, "2026-09-30"_L1}};
        QCOMPARE(CrmBench::code(convert(lead, {{"Deals"_L1, deal}})), u"MANDATORY_NOT_FOUND"_qs);
        deal.insert("Stage"_L1, "Somewhere"_L1);
        QCOMPARE(CrmBench::code(convert(lead, {{"Deals"_L1, deal}})), u"MAPPING_MISMATCH"_qs);
        QCOMPARE(CrmBench::code(convert(u"5725767000000000001"_qs, {})), u"INVALID_DATA"_qs);
        QVERIFY(!m_crm->store.find(u"Leads"_qs, lead)->fields.value("Converted__s"_L1).toBool());
    }

    void photosComeAndGo()
    {
        const QString path = u"/crm/v8/Contacts/%1/photo"_qs.arg(m_layla);
        QCOMPARE(m_crm->get(path).status, 204);
        HttpRequest request = m_crm->made(u"POST"_qs, path);
        QCOMPARE(CrmBench::code(m_crm->server.handle(request)), u"REQUIRED_PARAM_MISSING"_qs);
        request.files.insert(u"file"_qs, "no picture");
        QCOMPARE(CrmBench::code(m_crm->server.handle(request)), u"INVALID_DATA"_qs);
        const QByteArray jpeg = "\xff\xd8\xff\xe0 and so on";
        request.files.insert(u"file"_qs, jpeg);
        QCOMPARE(CrmBench::code(m_crm->server.handle(request)), u"SUCCESS"_qs);
        const HttpReply reply = m_crm->get(path);
        QCOMPARE(reply.contentType, QByteArray("image/jpeg"));
        QCOMPARE(reply.body, jpeg);
        QVERIFY(!field(m_layla, u"Record_Image"_qs).toString().isEmpty());
        QCOMPARE(m_crm->ask(u"DELETE"_qs, path).status, 200);
        QCOMPARE(m_crm->get(path).status, 204);
        QCOMPARE(m_crm->get(u"/crm/v8/Deals/%1/photo"_qs.arg(m_crm->store.all(u"Deals"_qs).front().id)).status, 404);
    }

    void timelinesTellOldAndNew()
    {
        edit(m_layla, {{"Title"_L1, "Director"_L1}});
        const QJsonObject reply = CrmBench::json(m_crm->get(u"/crm/v8/Contacts/%1/__timeline"_qs.arg(m_layla)));
        const QJsonArray entries = reply.value("__timeline"_L1).toArray();
        const QJsonObject newest = entries.first().toObject();
        QCOMPARE(newest.value("action"_L1).toString(), u"updated"_qs);
        const QJsonObject change = newest.value("field_history"_L1).toArray().at(0).toObject();
        QCOMPARE(change.value("api_name"_L1).toString(), u"Title"_qs);
        QCOMPARE(change.value("_value"_L1).toObject(),
                 (QJsonObject{{"old"_L1, "Operations Director"_L1}, {"new"_L1, "Director"_L1}}));
        bool withCall = false;
        for (const QJsonValue &entry : entries) {
            const QJsonObject other = entry.toObject().value("related_record"_L1).toObject();
            withCall = withCall || other.value("module"_L1).toObject().value("api_name"_L1).toString() == "Calls"_L1;
        }
        QVERIFY(withCall);
        QVERIFY(reply.value("info"_L1).toObject().contains("next_page_token"_L1));
    }

    void recordsAreCounted()
    {
        const auto count = [this](const QString &query) {
            return CrmBench::json(m_crm->get(u"/crm/v8/Contacts/actions/count"_qs + query)).value("count"_L1).toInt();
        };
        QCOMPARE(count({}), 60);
        QCOMPARE(count(u"?phone=501234567"_qs), 1);
        QCOMPARE(m_crm->get(u"/crm/v8/Contacts/actions/count?criteria=(x"_qs).status, 400);
    }

    void relatedRecordsAreCounted()
    {
        const QString path = u"/crm/v8/Contacts/%1/actions/get_related_records_count"_qs.arg(m_layla);
        const auto asked = [](const QStringList &names) {
            QJsonArray list;
            for (const QString &name : names)
                list.append(QJsonObject{{"related_list"_L1, QJsonObject{{"api_name"_L1, name}}}});
            return QJsonObject{{"get_related_records_count"_L1, list}};
        };
        const HttpReply reply = m_crm->post(path, asked({u"Deals"_qs, u"Calls_History"_qs}));
        QCOMPARE(reply.status, 200);
        const QJsonArray counts = CrmBench::json(reply).value("get_related_records_count"_L1).toArray();
        QCOMPARE(counts.at(0).toObject().value("count"_L1).toInt(), 2);
        QCOMPARE(counts.at(1).toObject().value("related_list"_L1).toObject().value("api_name"_L1).toString(),
                 u"Calls_History"_qs);
        QCOMPARE(m_crm->post(path, asked({u"Deals"_qs, u"Unicorns"_qs})).status, 207);
        QCOMPARE(m_crm->post(path, asked({})).status, 400);
        QCOMPARE(CrmBench::code(m_crm->post(path, asked(QStringList(21, u"Deals"_qs)))), u"LIMIT_EXCEEDED"_qs);
    }

    void versionTwoIsOlder()
    {
        const HttpReply list = m_crm->get(u"/crm/v2/Contacts?page=12&per_page=5"_qs); // no fields needed, any page
        QCOMPARE(list.status, 200);
        QVERIFY(CrmBench::first(list).contains("Mobile"_L1));
        QCOMPARE(CrmBench::json(list).value("info"_L1).toObject().keys(),
                 QStringList({u"count"_qs, u"more_records"_qs, u"page"_qs, u"per_page"_qs}));
        QCOMPARE(m_crm->get(u"/crm/v2/Contacts/%1/Deals"_qs.arg(m_layla)).status, 200);
        QJsonObject call{{"Subject"_L1, "x"_L1},
                         {"Call_Type"_L1, "Outbound"_L1},
                         {"Call_Status"_L1, "Scheduled"_L1},
                         {"Call_Start_Time"_L1, "2030-01-20T10:00:00Z"_L1}};
        const HttpReply made = m_crm->post(u"/crm/v2/Calls"_qs, {{"data"_L1, QJsonArray{call}}});
        QCOMPARE(made.status, 201);
        const QString id = CrmBench::details(made).value("id"_L1).toString();
        QCOMPARE(CrmBench::first(m_crm->get(u"/crm/v2/Calls/"_qs + id)).value("Call_Status"_L1).toString(),
                 u"Scheduled"_qs);
        QCOMPARE(CrmBench::first(m_crm->get(u"/crm/v8/Calls/"_qs + id)).value("Outgoing_Call_Status"_L1).toString(),
                 u"Scheduled"_qs);
        QVERIFY(m_crm->get(u"/crm/v2/settings/fields?module=Calls"_qs).body.contains("\"api_name\":\"Call_Status\""));
        call.remove("Subject"_L1);
        QCOMPARE(m_crm->post(u"/crm/v2/Calls"_qs, {{"data"_L1, QJsonArray{call}}}).status, 202);
        QCOMPARE(CrmBench::code(m_crm->post(u"/crm/v2/__composite_requests"_qs, {})), u"API_NOT_SUPPORTED"_qs);
        for (const QString &version : {u"v2.1"_qs, u"v3"_qs, u"v4"_qs, u"v5"_qs, u"v6"_qs, u"v7"_qs})
            QCOMPARE(m_crm->get(u"/crm/%1/Contacts/%2"_qs.arg(version, m_layla)).status, 200);
        QCOMPARE(m_crm->get(u"/crm/v9/Contacts/"_qs + m_layla).status, 404);
    }

private:
    HttpReply upsert(const QJsonObject &record, const QStringList &fields = {})
    {
        QJsonObject body{{"data"_L1, QJsonArray{record}}};
        if (!fields.isEmpty())
            body.insert("duplicate_check_fields"_L1, QJsonArray::fromStringList(fields));
        return m_crm->post(u"/crm/v8/Contacts/upsert"_qs, body);
    }
    HttpReply edit(const QString &id, const QJsonObject &changes)
    {
        return m_crm->send(u"PUT"_qs, u"/crm/v8/Contacts/"_qs + id, {{"data"_L1, QJsonArray{changes}}});
    }
    HttpReply convert(const QString &id, const QJsonObject &order)
    {
        return m_crm->post(u"/crm/v8/Leads/%1/actions/convert"_qs.arg(id), {{"data"_L1, QJsonArray{order}}});
    }
    QString newLead(const QString &email = u"nora@example.com"_qs)
    {
        return m_crm->add(u"Leads"_qs, {{"First_Name"_L1, "Nora"_L1},
                                        {"Last_Name"_L1, "Lead"_L1},
                                        {"Company"_L1, "Nora GmbH"_L1},
                                        {"Email"_L1, email},
                                        {"Tag"_L1, QJsonArray{QJsonObject{{"name"_L1, "VIP"_L1}},
                                                              QJsonObject{{"name"_L1, "Cold"_L1}}}}});
    }
    QJsonValue field(const QString &contact, const QString &name)
    {
        return m_crm->store.find(u"Contacts"_qs, contact)->fields.value(name);
    }

    std::unique_ptr<CrmBench> m_crm;
    QString m_layla;
};

QTEST_GUILESS_MAIN(TestSandboxRecords)
#include "tst_sandbox_records.moc"
