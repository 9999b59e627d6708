// SPDX-License-Identifier: Apache-2.0
#include "CrmBench.h"

#include <QTest>
#include <zip.h>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

/// Bulk reads, tags, people, settings, and operations that Zoho has and this sandbox has not.
class TestSandboxMore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_crm = std::make_unique<CrmBench>();
        m_layla = m_crm->sample.knownId;
    }

    void bulkReadEndsInAZipWithOneCsv()
    {
        m_crm->add(u"Contacts"_qs, {{"Last_Name"_L1, "Quote \"d\", and\nbroken"_L1}});
        const HttpReply order = bulk({{"fields"_L1, QJsonArray{u"Last_Name"_qs, u"Account_Name"_qs,
                                                               u"Account_Name.Account_Name"_qs, u"Tag"_qs}}});
        QCOMPARE(order.status, 201);
        QCOMPARE(CrmBench::code(order), u"ADDED_SUCCESSFULLY"_qs);
        QCOMPARE(CrmBench::details(order).value("state"_L1).toString(), u"ADDED"_qs);
        const QString path = u"/crm/bulk/v8/read/"_qs + CrmBench::details(order).value("id"_L1).toString();
        QCOMPARE(m_crm->get(path + u"/result"_qs).status, 400); // not done
        QCOMPARE(CrmBench::first(m_crm->get(path)).value("state"_L1).toString(), u"IN PROGRESS"_qs);
        const QJsonObject done = CrmBench::first(m_crm->get(path));
        QCOMPARE(done.value("state"_L1).toString(), u"COMPLETED"_qs);
        const QJsonObject result = done.value("result"_L1).toObject();
        QCOMPARE(result.value("count"_L1).toInt(), 61);
        QCOMPARE(result.value("download_url"_L1).toString(), QString(path + u"/result"_qs));
        QVERIFY(!result.value("more_records"_L1).toBool());
        const HttpReply file = m_crm->get(path + u"/result"_qs);
        QCOMPARE(file.contentType, QByteArray("application/zip"));
        const QList<QByteArray> lines = unpacked(file.body).split('\n');
        QCOMPARE(lines.at(0), QByteArray("Id,Last_Name,Account_Name,Account_Name.Account_Name,Tag\r"));
        const QByteArray csv = unpacked(file.body);
        QVERIFY(csv.contains("\"Quote \"\"d\"\", and\nbroken\""));
        QVERIFY(csv.contains(m_layla.toUtf8() + ",Haddad,"));
        QVERIFY(csv.contains(",Haddad Interiors,VIP;Prefers Arabic\r\n"));
        m_crm->now += 24LL * 3600 * 1000;
        m_crm->signIn(u"ZohoCRM.bulk.READ"_qs);
        QCOMPARE(m_crm->get(path).status, 404); // kept for a day
    }

    void bulkReadsHavePagesCriteriaAndFailures()
    {
        m_crm->server.bulk().setRowsPerPage(25);
        m_crm->server.bulk().setPolls(0);
        const auto finished = [this](const HttpReply &order) {
            return CrmBench::first(
                m_crm->get(u"/crm/bulk/v8/read/"_qs + CrmBench::details(order).value("id"_L1).toString()));
        };
        QVERIFY(finished(bulk({{"page"_L1, 2}})).value("result"_L1).toObject().value("more_records"_L1).toBool());
        const QJsonObject last = finished(bulk({{"page"_L1, 3}})).value("result"_L1).toObject();
        QCOMPARE(last.value("count"_L1).toInt(), 10);
        const QJsonObject haddad{{"field"_L1, QJsonObject{{"api_name"_L1, "Last_Name"_L1}}},
                                 {"comparator"_L1, "equal"_L1},
                                 {"value"_L1, "Haddad"_L1}};
        const QJsonObject nobody{{"field"_L1, QJsonObject{{"api_name"_L1, "Mobile"_L1}}},
                                 {"comparator"_L1, "equal"_L1},
                                 {"value"_L1, "${EMPTY}"_L1}};
        const QJsonObject both{{"group_operator"_L1, "and"_L1}, {"group"_L1, QJsonArray{haddad, nobody}}};
        const int haddads =
            finished(bulk({{"criteria"_L1, haddad}})).value("result"_L1).toObject().value("count"_L1).toInt();
        QVERIFY(haddads >= 1);
        QVERIFY(finished(bulk({{"criteria"_L1, both}})).value("result"_L1).toObject().value("count"_L1).toInt() <
                haddads);
        m_crm->server.bulk().setFailing(true);
        QCOMPARE(finished(bulk({})).value("state"_L1).toString(), u"FAILURE"_qs);
    }

    void badBulkReads()
    {
        QCOMPARE(CrmBench::code(m_crm->ask(u"POST"_qs, u"/crm/bulk/v8/read"_qs)), u"REQUEST_BODY_IS_EMPTY"_qs);
        QCOMPARE(CrmBench::code(bulk({{"module"_L1, "Unicorns"_L1}})), u"MODULE_NOT_AVAILABLE"_qs);
        QCOMPARE(CrmBench::code(bulk({{"module"_L1, "Notes"_L1}})), u"MODULE_NOT_SUPPORTED"_qs);
        QCOMPARE(CrmBench::code(bulk({{"fields"_L1, QJsonArray{u"Unicorn"_qs}}})), u"FIELD_NOT_AVAILABLE"_qs);
        QCOMPARE(CrmBench::code(bulk({{"page"_L1, 0}})), u"PAGE_RANGE_EXCEEDED"_qs);
        QCOMPARE(CrmBench::code(bulk(
                     {{"criteria"_L1, QJsonObject{{"api_name"_L1, "Unicorn"_L1}, {"comparator"_L1, "equal"_L1}}}})),
                 u"FIELD_IN_CRITERIA_NOT_AVAILABLE"_qs);
        const HttpReply unknown = m_crm->get(u"/crm/bulk/v8/read/5725767000010009999"_qs);
        QCOMPARE(unknown.status, 404);
        QCOMPARE(CrmBench::code(unknown), u"RESOURCE_NOT_FOUND"_qs);
        m_crm->signIn(u"ZohoCRM.bulk.READ,ZohoCRM.modules.leads.READ"_qs);
        QCOMPARE(CrmBench::code(bulk({})), u"OAUTH_SCOPE_MISMATCH"_qs);
    }

    void tagsComeAndGo()
    {
        const QString path = u"/crm/v8/Contacts/%1/actions/"_qs.arg(m_layla);
        const HttpReply added = m_crm->post(path + u"add_tags"_qs, tags({u"Callback"_qs}));
        QCOMPARE(added.status, 200);
        QCOMPARE(CrmBench::details(added).value("tags"_L1).toArray().at(2).toObject().value("name"_L1).toString(), u"Callback"_qs);
        QCOMPARE(CrmBench::json(added).value("success_count"_L1).toString(), u"1"_qs);
        QCOMPARE(m_crm->post(path + u"remove_tags"_qs, tags({u"vip"_qs})).status, 200);
        QCOMPARE(tagsOf(m_layla), QStringList({u"Prefers Arabic"_qs, u"Callback"_qs}));
        QCOMPARE(m_crm
                     ->ask(u"POST"_qs,
                           u"/crm/v2/Contacts/%1/actions/add_tags?tag_names=Old,Form&over_write=true"_qs.arg(m_layla))
                     .status,
                 200);
        QCOMPARE(tagsOf(m_layla), QStringList({u"Old"_qs, u"Form"_qs}));
        QJsonObject many = tags({u"Group"_qs});
        many.insert("ids"_L1, QJsonArray{m_layla, m_crm->sample.sharedIds.first(), u"5725767000000000001"_qs});
        const HttpReply some = m_crm->post(u"/crm/v8/Contacts/actions/add_tags"_qs, many);
        QCOMPARE(some.status, 207);
        QCOMPARE(CrmBench::json(some).value("success_count"_L1).toString(), u"2"_qs);
        QCOMPARE(m_crm->post(path + u"add_tags"_qs, tags({QString(26, u'x')})).status, 400);
        QStringList eleven;
        for (int i = 0; i < 11; ++i)
            eleven.append(u"t%1"_qs.arg(i));
        QCOMPARE(CrmBench::code(m_crm->post(path + u"add_tags"_qs, tags(eleven))), u"LIMIT_EXCEEDED"_qs);
    }

    void tagsOfAModule()
    {
        const QString path = u"/crm/v8/settings/tags"_qs;
        const QString query = u"?module=Contacts"_qs;
        QCOMPARE(CrmBench::code(m_crm->get(path)), u"REQUIRED_PARAM_MISSING"_qs);
        QCOMPARE(m_crm->post(path + query, tags({u"New one"_qs})).status, 201);
        QCOMPARE(m_crm->post(path + query, tags({u"New one"_qs})).status, 400);
        const QString made = idOf(u"New one"_qs);
        const QString vip = idOf(u"VIP"_qs);
        QVERIFY(!made.isEmpty() && !vip.isEmpty());
        QVERIFY(CrmBench::json(m_crm->get(path + u"/"_qs + vip + u"/actions/records_count"_qs + query))
                    .value("count"_L1)
                    .toString()
                    .toInt() >= 1);
        QCOMPARE(m_crm->send(u"PUT"_qs, path + u"/"_qs + vip + query, tags({u"Very important"_qs})).status, 200);
        QVERIFY(tagsOf(m_layla).contains(u"Very important"_qs));
        const QJsonObject other{{"tags"_L1, QJsonArray{QJsonObject{{"conflict_id"_L1, idOf(u"Very important"_qs)}}}}};
        QCOMPARE(m_crm->post(path + u"/"_qs + made + u"/actions/merge"_qs, other).status, 200);
        QVERIFY(tagsOf(m_layla).contains(u"New one"_qs));
        QCOMPARE(m_crm->ask(u"DELETE"_qs, path + u"/"_qs + made).status, 200);
        QCOMPARE(tagsOf(m_layla), QStringList{u"Prefers Arabic"_qs});
        QCOMPARE(m_crm->ask(u"DELETE"_qs, path + u"/"_qs + made).status, 400);
    }

    void people_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("count");
        for (const auto &[type, count] : {std::pair("AllUsers", 7),
                                          {"ActiveUsers", 6},
                                          {"DeactiveUsers", 1},
                                          {"ConfirmedUsers", 6},
                                          {"NotConfirmedUsers", 1},
                                          {"DeletedUsers", 1},
                                          {"ActiveConfirmedUsers", 5},
                                          {"AdminUsers", 1},
                                          {"ActiveConfirmedAdmins", 1},
                                          {"CurrentUser", 1}})
            QTest::newRow(type) << QString::fromLatin1(type) << count;
    }

    void people()
    {
        QFETCH(QString, type);
        QFETCH(int, count);
        const QJsonObject reply = CrmBench::json(m_crm->get(u"/crm/v8/users?type="_qs + type));
        QCOMPARE(reply.value("users"_L1).toArray().size(), count);
        QCOMPARE(reply.value("info"_L1).toObject().value("count"_L1).toInt(), count);
        QCOMPARE(CrmBench::json(m_crm->get(u"/crm/v8/users/actions/count?type="_qs + type)).value("count"_L1).toInt(),
                 count);
    }

    void strangePeople()
    {
        QCOMPARE(m_crm->get(u"/crm/v8/users?type=Everybody"_qs).status, 400);
        QCOMPARE(m_crm->get(u"/crm/v8/users/5725767000000000001"_qs).status, 204);
        QCOMPARE(m_crm->get(u"/crm/v8/users/nobody"_qs).status, 400);
        QCOMPARE(CrmBench::json(m_crm->get(u"/crm/v8/users?per_page=2&page=4"_qs)).value("users"_L1).toArray().size(),
                 1);
    }

    void settingsByTheirIds()
    {
        for (const QString &area : {u"fields"_qs, u"layouts"_qs, u"related_lists"_qs}) {
            const QString path = u"/crm/v8/settings/"_qs + area;
            const QString id = CrmBench::json(m_crm->get(path + u"?module=Contacts"_qs))
                                   .value(area)
                                   .toArray()
                                   .at(0)
                                   .toObject()
                                   .value("id"_L1)
                                   .toString();
            QCOMPARE(
                CrmBench::json(m_crm->get(path + u"/"_qs + id + u"?module=Contacts"_qs)).value(area).toArray().size(),
                1);
            QCOMPARE(m_crm->get(path + u"/1?module=Contacts"_qs).status, 400);
        }
        QCOMPARE(m_crm->get(u"/crm/v8/settings/modules/"_qs + CrmMetadata::id(u"Calls"_qs)).status, 200);
        QCOMPARE(m_crm->get(u"/crm/v8/settings/fields?module=Contacts&type=unused"_qs).status, 204);
        QCOMPARE(m_crm
                     ->send(u"PUT"_qs, u"/crm/v8/settings/call_preferences"_qs,
                            {{"call_preferences"_L1, QJsonObject{{"show_to_number"_L1, false}}}})
                     .status,
                 200);
        const QJsonObject preferences =
            CrmBench::json(m_crm->get(u"/crm/v8/settings/call_preferences"_qs)).value("call_preferences"_L1).toObject();
        QCOMPARE(preferences, (QJsonObject{{"show_from_number"_L1, true}, {"show_to_number"_L1, false}}));
        QVERIFY(CrmBench::json(m_crm->get(u"/crm/v8/__apis"_qs)).value("__apis"_L1).toArray().size() > 5);
    }

    void unsupportedIsSaidAsZohoSaysIt_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        for (const auto &[method, path] : {std::pair("POST", "users"),
                                           {"PUT", "users/1"},
                                           {"POST", "org/photo"},
                                           {"POST", "settings/modules"},
                                           {"PATCH", "settings/fields"},
                                           {"DELETE", "settings/layouts/1"},
                                           {"POST", "settings/layouts/1/actions/activate"},
                                           {"POST", "Contacts/actions/mass_update"},
                                           {"POST", "Contacts/1/actions/clone"},
                                           {"PUT", "Contacts/1/Deals"}})
            QTest::addRow("%s %s", method, path)
                << QString::fromLatin1(method) << QString(u"/crm/v8/"_qs + QString::fromLatin1(path));
    }

    void unsupportedIsSaidAsZohoSaysIt()
    {
        QFETCH(QString, method);
        QFETCH(QString, path);
        const HttpReply reply = m_crm->ask(method, path);
        QCOMPARE(reply.status, 400);
        QCOMPARE(CrmBench::code(reply), u"API_NOT_SUPPORTED"_qs);
    }

    void recordsGoByAnExternalValueToo()
    {
        const QString id =
            m_crm->add(u"Contacts"_qs, {{"Last_Name"_L1, "Known"_L1}, {"Customer_Number"_L1, "C-77"_L1}});
        HttpRequest request = m_crm->made(u"GET"_qs, u"/crm/v8/Contacts/C-77"_qs);
        QCOMPARE(m_crm->server.handle(request).status, 404);
        request.headers.insert("x-external", "Contacts.Customer_Number");
        QCOMPARE(CrmBench::first(m_crm->server.handle(request)).value("id"_L1).toString(), id);
        request.headers.insert("x-external", "Contacts.Email");
        QCOMPARE(m_crm->server.handle(request).status, 400);
    }

private:
    HttpReply bulk(QJsonObject query)
    {
        if (!query.contains("module"_L1))
            query.insert("module"_L1, QJsonObject{{"api_name"_L1, "Contacts"_L1}});
        return m_crm->post(u"/crm/bulk/v8/read"_qs, {{"query"_L1, query}, {"file_type"_L1, "csv"_L1}});
    }

    static QByteArray unpacked(const QByteArray &archive)
    {
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t *source =
            zip_source_buffer_create(archive.constData(), static_cast<zip_uint64_t>(archive.size()), 0, &error);
        zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (!zip) {
            zip_source_free(source);
            return {};
        }
        QByteArray content;
        zip_stat_t stat;
        if (zip_get_num_entries(zip, 0) == 1 && zip_stat_index(zip, 0, 0, &stat) == 0) {
            content.resize(static_cast<qsizetype>(stat.size));
            zip_file_t *file = zip_fopen_index(zip, 0, 0);
            if (zip_fread(file, content.data(), stat.size) != content.size())
                content.clear();
            zip_fclose(file);
        }
        zip_discard(zip);
        return content;
    }

    static QJsonObject tags(const QStringList &names)
    {
        QJsonArray list;
        for (const QString &name : names)
            list.append(QJsonObject{{"name"_L1, name}});
        return {{"tags"_L1, list}};
    }
    QStringList tagsOf(const QString &id)
    {
        QStringList names;
        const QJsonArray tags = m_crm->store.find(u"Contacts"_qs, id)->fields.value("Tag"_L1).toArray();
        for (const QJsonValue &tag : tags)
            names.append(tag.toObject().value("name"_L1).toString());
        return names;
    }
    QString idOf(const QString &name)
    {
        const QJsonArray tags =
            CrmBench::json(m_crm->get(u"/crm/v8/settings/tags?module=Contacts"_qs)).value("tags"_L1).toArray();
        for (const QJsonValue &tag : tags) {
            if (tag.toObject().value("name"_L1).toString() == name)
                return tag.toObject().value("id"_L1).toString();
        }
        return {};
    }

    std::unique_ptr<CrmBench> m_crm;
    QString m_layla;
};

QTEST_GUILESS_MAIN(TestSandboxMore)
#include "tst_sandbox_more.moc"
