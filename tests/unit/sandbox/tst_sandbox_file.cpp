// SPDX-License-Identifier: Apache-2.0
#include "FullDisk.h"
#include "KeptCompany.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;
using ringside::test::FullDisk;

namespace {

QByteArray jpeg()
{
    return "\xff\xd8\xff\xe0 and so on";
}

QJsonObject call()
{
    return {{"Subject"_L1, "x"_L1}, {"Call_Type"_L1, "Missed"_L1}, {"Call_Start_Time"_L1, "2026-01-20T10:00:00Z"_L1}};
}

QJsonObject data(const QJsonObject &record)
{
    return {{"data"_L1, QJsonArray{record}}};
}

QString idIn(const HttpReply &reply)
{
    const QJsonObject item = QJsonDocument::fromJson(reply.body).object().value("data"_L1).toArray().at(0).toObject();
    return item.value("details"_L1).toObject().value("id"_L1).toString();
}

} // namespace

/// What --db keeps.
class TestSandboxFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_path = m_folder->filePath(u"company.db"_qs);
    }

    void everythingIsThereAgain()
    {
        QJsonObject before;
        QStringList answers;
        QString token;
        {
            KeptCompany company(m_path);
            QVERIFY2(company.isGood, qPrintable(company.file.errorString()));
            QVERIFY(company.signIn());
            workADay(company);
            before = company.everything();
            answers = answersOf(company);
            token = company.token;
        }
        KeptCompany again(m_path);
        QVERIFY2(again.isGood, qPrintable(again.file.errorString()));
        QVERIFY(!again.file.isNew());
        QCOMPARE(again.origin.records, 40);
        const QJsonObject after = again.everything();
        for (auto part = before.begin(); part != before.end(); ++part)
            QVERIFY2(part.value() == after.value(part.key()), qPrintable(part.key()));
        again.token = token; // it still lives
        QCOMPARE(answersOf(again), answers);
    }

    // The file and its journal as they lie on the disk while the sandbox runs: what a sandbox that was killed leaves
    // behind.
    void whatWasAnsweredIsOnTheDisk()
    {
        KeptCompany company(m_path);
        QVERIFY(company.signIn());
        const QString copy = m_folder->filePath(u"killed.db"_qs);
        for (int i = 0; i < 5; ++i) {
            const QString id = idIn(company.ask(u"POST"_qs, u"/crm/v8/Calls"_qs, data(call())));
            QVERIFY(!id.isEmpty());
            for (const QString &part : {u""_qs, u"-wal"_qs}) {
                QFile::remove(copy + part);
                QVERIFY(QFile::copy(m_path + part, copy + part));
            }
            KeptCompany killed(copy);
            QVERIFY2(killed.isGood, qPrintable(killed.file.errorString()));
            QVERIFY(killed.store.find(u"Calls"_qs, id));
            QCOMPARE(killed.ledger.saved(), company.ledger.saved());
        }
    }

    void idsGoOn()
    {
        QString last;
        {
            KeptCompany company(m_path);
            QVERIFY(company.signIn());
            last = undoneCall(company);
        }
        KeptCompany again(m_path);
        QVERIFY(again.signIn());
        const QString next = idIn(again.ask(u"POST"_qs, u"/crm/v8/Calls"_qs, data(call())));
        QVERIFY(!last.isEmpty());
        QVERIFY2(next.toLongLong() > last.toLongLong(), qPrintable(next + u" after "_qs + last));
    }

    void aCompositeThatWasUndoneIsNotKept()
    {
        QString undone;
        {
            KeptCompany company(m_path);
            QVERIFY(company.signIn());
            undone = undoneCall(company);
            QVERIFY(!company.store.find(u"Calls"_qs, undone));
        }
        KeptCompany again(m_path);
        QVERIFY(again.isGood);
        QVERIFY(!again.store.find(u"Calls"_qs, undone));
    }

    void writesThatFailChangeNothing_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QJsonObject>("body");
        const QString layla = u"/crm/v8/Contacts/%1"_qs;
        QTest::newRow("insert") << u"POST"_qs << u"/crm/v8/Calls"_qs << data(call());
        QTest::newRow("update") << u"PUT"_qs << layla << data({{"Title"_L1, "Director"_L1}});
        QTest::newRow("delete") << u"DELETE"_qs << layla << QJsonObject();
        QTest::newRow("photo") << u"POST"_qs << QString(layla + u"/photo"_qs) << QJsonObject();
        QTest::newRow("tags") << u"POST"_qs << QString(layla + u"/actions/add_tags"_qs)
                              << QJsonObject{{"tags"_L1, QJsonArray{QJsonObject{{"name"_L1, "Late"_L1}}}}};
        QTest::newRow("made tag") << u"POST"_qs << u"/crm/v8/settings/tags?module=Leads"_qs
                                  << QJsonObject{{"tags"_L1, QJsonArray{QJsonObject{{"name"_L1, "Late"_L1}}}}};
        QTest::newRow("convert") << u"POST"_qs << u"/crm/v8/Leads/%2/actions/convert"_qs
                                 << data({{"overwrite"_L1, true}});
        QTest::newRow("composite that undoes")
            << u"POST"_qs << u"/crm/v8/__composite_requests"_qs << composite({call()}, true);
    }

    void writesThatFailChangeNothing()
    {
        QFETCH(QString, method);
        QFETCH(QString, target);
        QFETCH(QJsonObject, body);
        KeptCompany company(m_path);
        QVERIFY(company.signIn());
        if (target.contains(u'%'))
            target = target.replace(u"%1"_qs, company.origin.sample.knownId).replace(u"%2"_qs, openLead(company));
        const QJsonObject before = company.everything();
        {
            const FullDisk full;
            QCOMPARE(company.ask(method, target, body, jpeg()).status, 500);
            QVERIFY2(company.file.errorString().contains(u"no room"_qs), qPrintable(company.file.errorString()));
        }
        QVERIFY(company.everything() == before);
        const HttpReply reply = company.ask(method, target, body, jpeg());
        QVERIFY2(reply.status == 200 || reply.status == 201, reply.body.constData());
        QVERIFY(company.everything() != before);
    }

    void signInsThatCannotBeKeptDoNotCount()
    {
        KeptCompany company(m_path);
        QVERIFY(company.signIn());
        const QJsonObject before = company.ledger.saved();
        {
            const FullDisk full;
            QVERIFY(!company.signIn());
        }
        QCOMPARE(company.ledger.saved(), before);
        QVERIFY(!company.ledger.access(company.token));
    }

    void readingNeedsNoRoom()
    {
        KeptCompany company(m_path);
        QVERIFY(company.signIn());
        const FullDisk full;
        QCOMPARE(company.ask(u"GET"_qs, u"/crm/v8/Contacts?fields=id"_qs).status, 200);
    }

private:
    static QJsonObject composite(const QJsonArray &calls, bool undo)
    {
        QJsonArray parts;
        for (const QJsonValue &one : calls)
            parts.append(QJsonObject{{"sub_request_id"_L1, u"r%1"_qs.arg(parts.size())},
                                     {"method"_L1, "POST"_L1},
                                     {"uri"_L1, "/crm/v8/Calls"_L1},
                                     {"body"_L1, data(one.toObject())}});
        return {{"rollback_on_fail"_L1, undo}, {"__composite_requests"_L1, parts}};
    }

    /// The id that a call had for a moment, until the composite was undone.
    static QString undoneCall(KeptCompany &company)
    {
        const HttpReply reply = company.ask(u"POST"_qs, u"/crm/v8/__composite_requests"_qs,
                                            composite({call(), QJsonObject{{"Subject"_L1, 1}}}, true));
        const QJsonObject first =
            QJsonDocument::fromJson(reply.body).object().value("__composite_requests"_L1).toArray().at(0).toObject();
        const QJsonObject body =
            first.value("details"_L1).toObject().value("response"_L1).toObject().value("body"_L1).toObject();
        return idIn({200, {}, QJsonDocument(body).toJson(), {}, Delivery::Whole});
    }

    static QString openLead(const KeptCompany &company)
    {
        for (const StoredRecord &lead : company.store.all(u"Leads"_qs)) {
            if (!lead.deleted && !lead.fields.value("Converted__s"_L1).toBool())
                return lead.id;
        }
        return {};
    }

    /// Writes of every kind.
    static void workADay(KeptCompany &company)
    {
        const QString layla = u"/crm/v8/Contacts/"_qs + company.origin.sample.knownId;
        const QString brother = company.origin.sample.sharedIds.first();
        const QJsonObject tag{{"tags"_L1, QJsonArray{QJsonObject{{"name"_L1, "Kept"_L1}}}}};
        QCOMPARE(company.ask(u"PUT"_qs, layla, data({{"Title"_L1, "Director"_L1}})).status, 200);
        QCOMPARE(company.ask(u"POST"_qs, layla + u"/Notes"_qs, data({{"Note_Content"_L1, "Grüße ☎ \"\\"_L1}})).status,
                 201);
        QCOMPARE(company.ask(u"POST"_qs, u"/crm/v8/Calls"_qs, data(call())).status, 201);
        QCOMPARE(company.ask(u"POST"_qs, layla + u"/actions/add_tags"_qs, tag).status, 200);
        QCOMPARE(company.ask(u"POST"_qs, u"/crm/v8/settings/tags?module=Leads"_qs, tag).status, 201);
        QCOMPARE(company
                     .ask(u"PUT"_qs, u"/crm/v8/settings/call_preferences"_qs,
                          {{"call_preferences"_L1, QJsonObject{{"show_to_number"_L1, false}}}})
                     .status,
                 200);
        QCOMPARE(company.ask(u"POST"_qs, layla + u"/photo"_qs, {}, jpeg()).status, 200);
        const QString other = u"/crm/v8/Contacts/%1/photo"_qs.arg(brother);
        QCOMPARE(company.ask(u"POST"_qs, other, {}, jpeg()).status, 200);
        QCOMPARE(company.ask(u"DELETE"_qs, other).status, 200);
        const QString lead = openLead(company);
        QCOMPARE(
            company.ask(u"POST"_qs, u"/crm/v8/Leads/%1/actions/convert"_qs.arg(lead), data({{"overwrite"_L1, true}}))
                .status,
            200);
        QCOMPARE(company.ask(u"DELETE"_qs, u"/crm/v8/Leads/%1"_qs.arg(openLead(company))).status, 200);
        QVERIFY(!undoneCall(company).isEmpty());
    }

    static QStringList answersOf(KeptCompany &company)
    {
        const QString layla = u"/crm/v8/Contacts/"_qs + company.origin.sample.knownId;
        QStringList answers;
        for (const QString &target :
             {layla, QString(layla + u"/__timeline"_qs), QString(layla + u"/photo"_qs),
              QString(layla + u"/Notes?fields=Note_Content"_qs), QString(layla + u"/Calls?fields=Subject"_qs),
              u"/crm/v8/Leads/deleted?type=all"_qs, u"/crm/v8/Contacts/search?word=Director"_qs,
              u"/crm/v8/Contacts/search?phone=1234567"_qs, u"/crm/v8/settings/tags?module=Leads"_qs,
              u"/crm/v8/settings/call_preferences"_qs,
              u"/crm/v8/Deals?fields=Deal_Name,Amount,Contact_Name&per_page=200"_qs}) {
            HttpReply reply = company.ask(u"GET"_qs, target);
            QJsonObject body = QJsonDocument::fromJson(reply.body).object();
            body.remove("info"_L1); // page tokens are drawn anew
            answers.append(target + u' ' + QString::number(reply.status) + u' ' +
                           (body.isEmpty() ? QString::fromLatin1(reply.body.toHex())
                                           : QString::fromUtf8(QJsonDocument(body).toJson())));
        }
        return answers;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestSandboxFile)
#include "tst_sandbox_file.moc"
