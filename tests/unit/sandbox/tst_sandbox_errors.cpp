// SPDX-License-Identifier: Apache-2.0
#include "CompositeRunner.h"
#include "CrmBench.h"
#include "ErrorCodes.h"
#include "FaultInjector.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

/// Every error that the CRM knows can be had here: most by doing what is wrong, all by ordering a fault.
class TestSandboxErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_crm = std::make_unique<CrmBench>();
        m_layla = m_crm->sample.knownId;
    }

    void everyCodeCanBeOrdered()
    {
        const QJsonArray all = ErrorCodes::all();
        QVERIFY(all.size() >= 45);
        for (const QJsonValue &value : all) {
            const QString code = value.toObject().value("code"_L1).toString();
            FaultInjector faults;
            const QString wrong = faults.add(
                {{"path"_L1, "/crm/"_L1}, {"code"_L1, code}, {"details"_L1, QJsonObject{{"api_name"_L1, "Phone"_L1}}}});
            QVERIFY2(wrong.isNull(), qPrintable(wrong));
            const HttpReply reply = FaultInjector::reply(*faults.take(u"GET"_qs, u"/crm/v8/org"_qs));
            QCOMPARE(reply.status, value.toObject().value("status"_L1).toInt());
            QCOMPARE(CrmBench::code(reply), code);
            QCOMPARE(CrmBench::json(reply).contains("data"_L1), value.toObject().value("record"_L1).toBool());
        }
        FaultInjector faults;
        QVERIFY(!faults.add({{"path"_L1, "/crm/"_L1}, {"code"_L1, "NO_SUCH_CODE"_L1}}).isNull());
        QVERIFY(!faults.add({{"path"_L1, "/crm/"_L1}, {"code"_L1, "INVALID_DATA"_L1}, {"reset"_L1, true}}).isNull());
        QVERIFY(faults
                    .add({{"path"_L1, "/crm/"_L1},
                          {"code"_L1, "INVALID_DATA"_L1},
                          {"status"_L1, 200},
                          {"delay"_L1, 5},
                          {"record"_L1, false}})
                    .isNull());
        const HttpReply chosen = FaultInjector::reply(*faults.take(u"GET"_qs, u"/crm/"_qs));
        QCOMPARE(chosen.status, 200);
        QVERIFY(!CrmBench::json(chosen).contains("data"_L1));
    }

    void lockedRecordsCannotBeWritten_data()
    {
        QTest::addColumn<QString>("code");
        for (const char *code : {"RECORD_LOCKED", "RECORD_IN_BLUEPRINT", "NOT_APPROVED"})
            QTest::newRow(code) << QString::fromLatin1(code);
    }

    void lockedRecordsCannotBeWritten()
    {
        QFETCH(QString, code);
        m_crm->store.setLock(m_layla, code);
        const HttpReply reply = edit({{"Title"_L1, "x"_L1}});
        QCOMPARE(reply.status, 400);
        QCOMPARE(CrmBench::code(reply), code);
        QCOMPARE(CrmBench::code(m_crm->ask(u"DELETE"_qs, u"/crm/v8/Contacts/"_qs + m_layla)), code);
        const QString path = u"/crm/v8/Contacts/%1/photo"_qs.arg(m_layla);
        HttpRequest upload = m_crm->made(u"POST"_qs, path);
        upload.files.insert(u"file"_qs, "\xff\xd8\xff\xe0 and so on");
        m_crm->store.setLock(m_layla, {});
        QCOMPARE(edit({{"Title"_L1, "x"_L1}}).status, 200);
        QCOMPARE(m_crm->server.handle(upload).status, 200);

        m_crm->store.setLock(m_layla, code);
        const QByteArray before = m_crm->get(path).body;
        upload.files.insert(u"file"_qs, "\xff\xd8\xff\xe0 and another");
        for (const HttpReply &refused : {m_crm->server.handle(upload), m_crm->ask(u"DELETE"_qs, path)}) {
            QCOMPARE(refused.status, 400);
            QCOMPARE(CrmBench::code(refused), code);
        }
        QCOMPARE(m_crm->get(path).body, before);
        m_crm->store.setLock(m_layla, {});
        QCOMPARE(m_crm->ask(u"DELETE"_qs, path).status, 200);
    }

    void pageTokensEnd()
    {
        const QString path = u"/crm/v8/Contacts?fields=id&per_page=5"_qs;
        const QString token =
            CrmBench::json(m_crm->get(path)).value("info"_L1).toObject().value("next_page_token"_L1).toString();
        QCOMPARE(m_crm->get(path + u"&page_token="_qs + token).status, 200);
        QCOMPARE(CrmBench::code(m_crm->get(path + u"&page_token=nonsense"_qs)), u"INVALID_DATA"_qs);
        m_crm->server.reader().pager().expireTokens();
        QCOMPARE(CrmBench::code(m_crm->get(path + u"&page_token="_qs + token)), u"EXPIRED_VALUE"_qs);
    }

    void wrongDoings_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("code");
        QString conditions = u"(Last_Name:equals:a)"_qs;
        for (int i = 0; i < 15; ++i)
            conditions += u"or(Last_Name:equals:a)"_qs;
        QTest::newRow("criteria") << QString(u"Contacts/search?criteria=("_qs + conditions + u')')
                                  << u"CRITERIA_LIMIT_EXCEEDED"_qs;
        QTest::newRow("search too far") << u"Contacts/search?word=la&page=11"_qs << u"LIMIT_REACHED"_qs;
        QTest::newRow("list too far") << u"Contacts?fields=id&page=11"_qs << u"DISCRETE_PAGINATION_LIMIT_EXCEEDED"_qs;
        QTest::newRow("module") << u"Unicorns?fields=id"_qs << u"INVALID_MODULE"_qs;
        QTest::newRow("relation") << u"Contacts/%1/Unicorns?fields=id"_qs << u"INVALID_DATA"_qs;
        QTest::newRow("parameter") << u"Contacts"_qs << u"REQUIRED_PARAM_MISSING"_qs;
        QTest::newRow("search") << u"Contacts/search"_qs << u"EXPECTED_PARAM_MISSING"_qs;
        QTest::newRow("fields") << QString(u"Contacts?fields="_qs + QString(u"a,"_qs).repeated(51))
                                << u"LIMIT_EXCEEDED"_qs;
        QTest::newRow("path") << u"Contacts/abc"_qs << u"INVALID_URL_PATTERN"_qs;
    }

    void wrongDoings()
    {
        QFETCH(QString, target);
        QFETCH(QString, code);
        QCOMPARE(
            CrmBench::code(m_crm->get(u"/crm/v8/"_qs + (target.contains(u"%1"_qs) ? target.arg(m_layla) : target))),
            code);
    }

    void triggersDecideWhatRuns()
    {
        const auto count = [this] { return m_crm->server.writer().workflows().size(); };
        const QJsonArray lead{QJsonObject{{"Last_Name"_L1, "A"_L1}, {"Company"_L1, "C"_L1}}};
        m_crm->post(u"/crm/v8/Leads"_qs, {{"data"_L1, lead}});
        QCOMPARE(count(), 1);
        m_crm->post(u"/crm/v8/Leads"_qs, {{"data"_L1, lead}, {"trigger"_L1, QJsonArray()}});
        m_crm->post(u"/crm/v8/Leads"_qs, {{"data"_L1, lead}, {"trigger"_L1, QJsonArray{u"approval"_qs}}});
        QCOMPARE(count(), 1);
        const HttpReply made =
            m_crm->post(u"/crm/v8/Leads"_qs, {{"data"_L1, lead}, {"trigger"_L1, QJsonArray{u"workflow"_qs}}});
        QCOMPARE(count(), 2);
        const QString id = CrmBench::details(made).value("id"_L1).toString();
        m_crm->ask(u"DELETE"_qs, u"/crm/v8/Leads?wf_trigger=false&ids="_qs + id);
        QCOMPARE(count(), 2);
        QCOMPARE(m_crm->server.writer().workflows().last().toObject(),
                 (QJsonObject{{"module"_L1, "Leads"_L1}, {"id"_L1, id}, {"event"_L1, "create"_L1}}));
    }

private:
    HttpReply edit(const QJsonObject &changes)
    {
        return m_crm->send(u"PUT"_qs, u"/crm/v8/Contacts/"_qs + m_layla, {{"data"_L1, QJsonArray{changes}}});
    }

    std::unique_ptr<CrmBench> m_crm;
    QString m_layla;
};

QTEST_GUILESS_MAIN(TestSandboxErrors)
#include "tst_sandbox_errors.moc"
