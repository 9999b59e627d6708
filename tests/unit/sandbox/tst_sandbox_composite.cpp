// SPDX-License-Identifier: Apache-2.0
#include "CompositeRunner.h"
#include "CrmBench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

class TestSandboxComposite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_crm = std::make_unique<CrmBench>(); }

    void partsAnswerInTheirOrder()
    {
        const HttpReply reply = run({part(u"c"_qs, u"GET"_qs, u"/crm/v8/Contacts/search"_qs,
                                          {{"phone"_L1, "501234567"_L1}, {"fields"_L1, "Full_Name"_L1}}),
                                     part(u"l"_qs, u"GET"_qs, u"/crm/v8/Leads/search?phone=999999999&fields=id"_qs)},
                                    {{"parallel_execution"_L1, true}});
        QCOMPARE(reply.status, 200);
        QCOMPARE(response(reply, 0).value("status_code"_L1).toInt(), 200);
        const QJsonObject found =
            response(reply, 0).value("body"_L1).toObject().value("data"_L1).toArray().at(0).toObject();
        QCOMPARE(found.value("Full_Name"_L1).toString(), u"Layla Haddad"_qs);
        QCOMPARE(response(reply, 1).value("status_code"_L1).toInt(), 204);
        QVERIFY(response(reply, 1).value("body"_L1).isNull());
        QCOMPARE(item(reply, 1).value("message"_L1).toString(), u"composite sub request executed successfully"_qs);
    }

    void partsReferToEarlierOnes()
    {
        const QJsonObject note{
            {"data"_L1, QJsonArray{QJsonObject{{"Note_Content"_L1, "about @{c:$.data[0].Full_Name}"_L1}}}}};
        QJsonObject second = part(u"n"_qs, u"POST"_qs, u"/crm/v8/Contacts/@{c:$.data[0].id}/Notes"_qs);
        second.insert("body"_L1, note);
        const HttpReply reply = run({part(u"c"_qs, u"GET"_qs, u"/crm/v8/Contacts/search?phone=501234567"_qs), second});
        QCOMPARE(reply.status, 200);
        QCOMPARE(response(reply, 1).value("status_code"_L1).toInt(), 201);
        const StoredRecord &stored = m_crm->store.all(u"Notes"_qs).back();
        QCOMPARE(stored.fields.value("Note_Content"_L1).toString(), u"about Layla Haddad"_qs);
        QCOMPARE(stored.fields.value("Parent_Id"_L1).toObject().value("id"_L1).toString(), m_crm->sample.knownId);
    }

    void referencesThatLeadNowhere()
    {
        const HttpReply reply = run({part(u"c"_qs, u"GET"_qs, u"/crm/v8/Contacts/search?phone=999999999"_qs),
                                     part(u"d"_qs, u"GET"_qs, u"/crm/v8/Contacts/@{c:$.data[0].id}"_qs)});
        QCOMPARE(reply.status, 207);
        QCOMPARE(item(reply, 1).value("code"_L1).toString(), u"INVALID_DATA"_qs);
    }

    void badRequests_data()
    {
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<QString>("code");
        const QJsonObject good = part(u"c"_qs, u"GET"_qs, u"/crm/v8/org"_qs);
        const auto body = [](const QJsonArray &parts, const QJsonObject &more = {}) {
            QJsonObject object = more;
            object.insert("__composite_requests"_L1, parts);
            return object;
        };
        const auto with = [&](const QString &key, const QJsonValue &value) {
            QJsonObject changed = good;
            changed.insert(key, value);
            return body({changed});
        };
        QTest::newRow("none") << body({}) << u"MANDATORY_NOT_FOUND"_qs;
        QTest::newRow("six") << body({good, good, good, good, good, good}) << u"INVALID_DATA"_qs;
        QTest::newRow("same id") << body({good, good}) << u"DUPLICATE_DATA"_qs;
        QTest::newRow("name") << with(u"sub_request_id"_qs, "a-b"_L1) << u"PATTERN_NOT_MATCHED"_qs;
        QTest::newRow("no method") << with(u"method"_qs, QJsonValue()) << u"MANDATORY_NOT_FOUND"_qs;
        QTest::newRow("version") << with(u"uri"_qs, "/crm/v6/org"_L1) << u"INVALID_DATA"_qs;
        QTest::newRow("itself") << with(u"uri"_qs, "/crm/v8/__composite_requests"_L1) << u"INVALID_DATA"_qs;
        QTest::newRow("itself, asked") << with(u"uri"_qs, "/crm/v8/__composite_requests?a=1"_L1) << u"INVALID_DATA"_qs;
        QJsonObject nameless = good;
        nameless.remove("sub_request_id"_L1);
        QTest::newRow("no ids") << body({nameless, nameless}) << u"MANDATORY_NOT_FOUND"_qs;
        QJsonObject removal = part(u"c"_qs, u"DELETE"_qs, u"/crm/v8/Leads"_qs);
        removal.insert("params"_L1, QJsonObject{{"ids"_L1, "1,2"_L1}});
        QTest::newRow("two removals") << body({removal}) << u"LIMIT_EXCEEDED"_qs;
        QTest::newRow("two removals, in the address")
            << body({part(u"c"_qs, u"DELETE"_qs, u"/crm/v8/Leads?ids=1,2"_qs)}) << u"LIMIT_EXCEEDED"_qs;
        QTest::newRow("header") << with(u"headers"_qs, QJsonObject{{"Authorization"_L1, "x"_L1}}) << u"NOT_ALLOWED"_qs;
        QTest::newRow("parallel reference")
            << body({good, part(u"d"_qs, u"GET"_qs, u"/crm/v8/Contacts/@{c:$.org[0].id}"_qs)},
                    {{"parallel_execution"_L1, true}})
            << u"NOT_ALLOWED"_qs;
        QTest::newRow("parallel undo") << body({good},
                                               {{"concurrent_execution"_L1, true}, {"rollback_on_fail"_L1, true}})
                                       << u"NOT_ALLOWED"_qs;
        QTest::newRow("two records")
            << body({QJsonObject{{"sub_request_id"_L1, "c"_L1},
                                 {"method"_L1, "POST"_L1},
                                 {"uri"_L1, "/crm/v8/Leads"_L1},
                                 {"body"_L1, QJsonObject{{"data"_L1, QJsonArray{QJsonObject(), QJsonObject()}}}}}})
            << u"LIMIT_EXCEEDED"_qs;
    }

    void badRequests()
    {
        QFETCH(QJsonObject, body);
        const HttpReply reply = m_crm->post(u"/crm/v8/__composite_requests"_qs, body);
        QCOMPARE(reply.status, 400);
        const QJsonObject object = CrmBench::json(reply);
        const QString code = object.contains("code"_L1) ? object.value("code"_L1).toString()
                                                        : item(reply, 0).value("code"_L1).toString();
        QTEST(code, "code");
    }

    void failureUndoesAllWhenAskedTo()
    {
        const auto lead = [](const QString &id, const QJsonObject &record) {
            QJsonObject one = part(id, u"POST"_qs, u"/crm/v8/Leads"_qs);
            one.insert("body"_L1, QJsonObject{{"data"_L1, QJsonArray{record}}});
            return one;
        };
        QJsonObject edit = part(u"edit"_qs, u"PUT"_qs, u"/crm/v8/Contacts/"_qs + m_crm->sample.knownId);
        edit.insert("body"_L1, QJsonObject{{"data"_L1, QJsonArray{QJsonObject{{"Title"_L1, "Changed"_L1}}}}});
        const QJsonObject good = lead(u"good"_qs, {{"Last_Name"_L1, "Undone"_L1}, {"Company"_L1, "C"_L1}});
        const QJsonObject bad = lead(u"bad"_qs, {{"Company"_L1, "C"_L1}});
        const QJsonObject remove =
            part(u"del"_qs, u"DELETE"_qs, u"/crm/v8/Contacts/"_qs + m_crm->sample.sharedIds.first());
        QCOMPARE(run({good, edit, remove, bad}, {{"rollback_on_fail"_L1, true}}).status, 400);
        QCOMPARE(m_crm->get(u"/crm/v8/Leads/search?word=Undone"_qs).status, 204);
        QCOMPARE(
            CrmBench::first(m_crm->get(u"/crm/v8/Contacts/"_qs + m_crm->sample.knownId)).value("Title"_L1).toString(),
            u"Operations Director"_qs);
        QCOMPARE(m_crm->get(u"/crm/v8/Contacts/"_qs + m_crm->sample.sharedIds.first()).status, 200);
        const qint64 before = used();
        QCOMPARE(run({good}, {{"rollback_on_fail"_L1, true}}).status, 200);
        QCOMPARE(used() - before, 2);           // one more, since it could have been undone
        QCOMPARE(run({edit, bad}).status, 207); // and without, what was good stays
        QCOMPARE(
            CrmBench::first(m_crm->get(u"/crm/v8/Contacts/"_qs + m_crm->sample.knownId)).value("Title"_L1).toString(),
            u"Changed"_qs);
    }

    void rowsAndCreditsAreLimited()
    {
        const qint64 before = used();
        const HttpReply reply =
            run({part(u"a"_qs, u"GET"_qs, u"/crm/v8/Contacts?fields=id&per_page=200"_qs), [] {
                     QJsonObject query = part(u"b"_qs, u"POST"_qs, u"/crm/v8/coql"_qs);
                     query.insert("body"_L1,
                                  QJsonObject{{"select_query"_L1, "select id from Contacts where id is not null"_L1}});
                     return query;
                 }()});
        QCOMPARE(response(reply, 0).value("body"_L1).toObject().value("data"_L1).toArray().size(), 25);
        QCOMPARE(response(reply, 1).value("body"_L1).toObject().value("data"_L1).toArray().size(), 25);
        QCOMPARE(used() - before, 1);
    }

    void scopesOfThePartsCount()
    {
        m_crm->signIn(u"ZohoCRM.composite_requests.CUSTOM,ZohoCRM.modules.contacts.READ"_qs);
        const HttpReply reply = run({part(u"a"_qs, u"GET"_qs, u"/crm/v8/Contacts?fields=id"_qs),
                                     part(u"b"_qs, u"GET"_qs, u"/crm/v8/Leads?fields=id"_qs)});
        QCOMPARE(reply.status, 207);
        QCOMPARE(response(reply, 1).value("status_code"_L1).toInt(), 401);
        m_crm->signIn(u"ZohoCRM.modules.ALL"_qs);
        QCOMPARE(run({part(u"a"_qs, u"GET"_qs, u"/crm/v8/Contacts?fields=id"_qs)}).status, 401);
    }

private:
    static QJsonObject part(const QString &id, const QString &method, const QString &uri,
                            const QJsonObject &parameters = {})
    {
        return {{"sub_request_id"_L1, id}, {"method"_L1, method},         {"uri"_L1, uri},
                {"params"_L1, parameters}, {"headers"_L1, QJsonObject()}, {"body"_L1, QJsonValue()}};
    }

    HttpReply run(const QJsonArray &parts, QJsonObject body = {})
    {
        body.insert("__composite_requests"_L1, parts);
        return m_crm->post(u"/crm/v8/__composite_requests"_qs, body);
    }

    static QJsonObject item(const HttpReply &reply, int position)
    {
        return CrmBench::json(reply).value("__composite_requests"_L1).toArray().at(position).toObject();
    }
    static QJsonObject response(const HttpReply &reply, int position)
    {
        return item(reply, position).value("details"_L1).toObject().value("response"_L1).toObject();
    }
    qint64 used() { return m_crm->server.limits().report().value("used"_L1).toInteger(); }

    std::unique_ptr<CrmBench> m_crm;
};

QTEST_GUILESS_MAIN(TestSandboxComposite)
#include "tst_sandbox_composite.moc"
