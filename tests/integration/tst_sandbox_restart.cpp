// SPDX-License-Identifier: Apache-2.0
#include "SandboxProgram.h"

#include <QFile>
#include <QJsonArray>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using ringside::test::SandboxProgram;

namespace {

const QString clientId = u"1000.RESTART"_qs;
std::string call()
{
    return R"({"data":[{"Subject":"x","Call_Type":"Missed","Call_Start_Time":"2026-01-20T10:00:00Z"}]})";
}

const auto object = &SandboxProgram::object;

std::string idIn(const httplib::Result &reply)
{
    const QJsonObject item = object(reply).value("data"_L1).toArray().at(0).toObject();
    return item.value("details"_L1).toObject().value("id"_L1).toString().toStdString();
}

} // namespace

/// ringside-sandbox --db, over HTTP: killed in the middle of things, and started again.
class TestSandboxRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"company.db"_qs);
        m_refreshToken.clear();
        m_headers.clear();
    }

    void whatWasWrittenIsThereAfterAKill()
    {
        SandboxProgram first({u"--db"_qs, m_path, u"--records"_qs, u"60"_qs, u"--seed"_qs, u"3"_qs});
        QVERIFY(first.client);
        registerClient(first);
        signIn(first);
        const QJsonObject sample = object(first.client->Get("/__sandbox/sample"));
        const std::string contact = "/crm/v8/Contacts/" + sample.value("contact_id"_L1).toString().toStdString();
        const std::string callId = idIn(first.client->Post("/crm/v8/Calls", m_headers, call(), "application/json"));
        QVERIFY(!callId.empty());
        QCOMPARE(first.client->Put(contact.c_str(), m_headers, R"({"data":[{"Title":"Director"}]})", "application/json")
                     ->status,
                 200);
        const std::string noteId =
            idIn(first.client->Post((contact + "/Notes").c_str(), m_headers,
                                    R"({"data":[{"Note_Content":"Rang twice"}]})", "application/json"));
        QCOMPARE(first.client
                     ->Post((contact + "/actions/add_tags").c_str(), m_headers, R"({"tags":[{"name":"Kept"}]})",
                            "application/json")
                     ->status,
                 200);
        const httplib::MultipartFormDataItems photo{{"file", "\xff\xd8\xff\xe0 face", "face.jpg", "image/jpeg"}};
        QCOMPARE(first.client->Post((contact + "/photo").c_str(), m_headers, photo)->status, 200);
        const std::string gone = idIn(first.client->Post("/crm/v8/Calls", m_headers, call(), "application/json"));
        QCOMPARE(first.client->Delete(("/crm/v8/Calls/" + gone).c_str(), m_headers)->status, 200);
        const QJsonObject timeline = object(first.client->Get((contact + "/__timeline").c_str(), m_headers));
        first.kill();

        SandboxProgram second({u"--db"_qs, m_path});
        QVERIFY(second.client);
        QCOMPARE(second.client->Get("/crm/v8/Calls?fields=id", m_headers)->status, 200); // the old access token lives
        signIn(second);                                                                  // with the same refresh token
        QCOMPARE(object(second.client->Get("/__sandbox/sample")).value("contact_id"_L1), sample.value("contact_id"_L1));
        QCOMPARE(second.client->Get(("/crm/v8/Calls/" + callId).c_str(), m_headers)->status, 200);
        QCOMPARE(second.client->Get(("/crm/v8/Notes/" + noteId).c_str(), m_headers)->status, 200);
        const QJsonObject person = record(object(second.client->Get(contact.c_str(), m_headers)));
        QCOMPARE(person.value("Title"_L1).toString(), u"Director"_qs);
        QVERIFY(QJsonDocument(person.value("Tag"_L1).toArray()).toJson().contains("Kept"));
        QCOMPARE(second.client->Get((contact + "/photo").c_str(), m_headers)->body,
                 std::string("\xff\xd8\xff\xe0 face"));
        QCOMPARE(object(second.client->Get((contact + "/__timeline").c_str(), m_headers)).value("__timeline"_L1),
                 timeline.value("__timeline"_L1));
        QVERIFY(second.client->Get(("/crm/v8/Calls/" + gone).c_str(), m_headers)->status >= 400 ||
                second.client->Get(("/crm/v8/Calls/" + gone).c_str(), m_headers)->status == 204);
        QCOMPARE(record(object(second.client->Get("/crm/v8/Calls/deleted?type=all", m_headers)))
                     .value("id"_L1)
                     .toString()
                     .toStdString(),
                 gone);
        const std::string next = idIn(second.client->Post("/crm/v8/Calls", m_headers, call(), "application/json"));
        QVERIFY(std::stoll(next) > std::stoll(gone) && std::stoll(next) > std::stoll(noteId));
    }

    void aKillLosesNoAnswerAndNoIdComesTwice()
    {
        QSet<QString> answered;
        for (int round = 0; round < 3; ++round) {
            SandboxProgram sandbox({u"--db"_qs, m_path, u"--records"_qs, u"20"_qs});
            QVERIFY(sandbox.client);
            if (round == 0)
                registerClient(sandbox);
            signIn(sandbox);
            QVERIFY(isThere(sandbox, answered));
            // Writes without a break until the program is gone.
            std::atomic<int> count = 0;
            QStringList ids;
            std::thread writer([&, base = sandbox.base] {
                httplib::Client client(base);
                while (const auto reply = client.Post("/crm/v8/Calls", m_headers, call(), "application/json")) {
                    if (reply->status != 201)
                        break;
                    ids.append(QString::fromStdString(idIn(reply)));
                    ++count;
                }
            });
            QTRY_VERIFY(count >= 25);
            sandbox.kill();
            writer.join();
            for (const QString &id : ids) {
                QVERIFY2(!answered.contains(id), qPrintable(id));
                answered.insert(id);
            }
        }
        SandboxProgram last({u"--db"_qs, m_path});
        QVERIFY(last.client);
        QVERIFY(isThere(last, answered));
        // Of each round, the one write that was under way may be there without an answer.
        const int there = object(last.client->Get("/__sandbox/records/Calls?created=1")).value("count"_L1).toInt();
        QVERIFY2(there >= answered.size() && there <= answered.size() + 3,
                 qPrintable(u"%1 of %2"_qs.arg(there).arg(answered.size())));
    }

    void aFileThatIsNoneEndsIt()
    {
        QFile file(m_path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("Dear diary");
        file.close();
        complains({u"--db"_qs, m_path}, u"is not a file of ringside-sandbox"_qs);
        complains({u"--db"_qs, m_folder->filePath(u"no/such/folder.db"_qs)}, u"cannot be opened"_qs);
        complains({u"--db"_qs, u""_qs}, u"takes the name of a file"_qs);
    }

    void aFileInUseEndsTheSecond()
    {
        SandboxProgram first({u"--db"_qs, m_path, u"--records"_qs, u"20"_qs});
        QVERIFY(first.client);
        complains({u"--db"_qs, m_path}, u"in use"_qs);
        QCOMPARE(first.client->Get("/__sandbox/sample")->status, 200); // it did not notice
        first.kill();
        complains({u"--db"_qs, m_path, u"--records"_qs, u"21"_qs}, u"--seed 1 --records 20"_qs);
        QVERIFY(SandboxProgram({u"--db"_qs, m_path, u"--records"_qs, u"20"_qs, u"--seed"_qs, u"1"_qs}).client);
    }

private:
    static QJsonObject record(const QJsonObject &reply) { return reply.value("data"_L1).toArray().at(0).toObject(); }

    void registerClient(SandboxProgram &sandbox)
    {
        const QJsonObject client{{"id"_L1, clientId}, {"secret"_L1, "s"_L1}, {"type"_L1, "server"_L1}};
        const QJsonObject grant{{"client_id"_L1, clientId}, {"scope"_L1, "ZohoCRM.modules.ALL"_L1}};
        QVERIFY(sandbox.control("client", client).value("ok"_L1).toBool());
        m_refreshToken = sandbox.control("grant", grant).value("refresh_token"_L1).toString().toStdString();
        QVERIFY(!m_refreshToken.empty());
    }

    void signIn(SandboxProgram &sandbox)
    {
        const auto reply =
            sandbox.client->Post("/oauth/v2/token", httplib::Params{{"grant_type", "refresh_token"},
                                                                    {"client_id", clientId.toStdString()},
                                                                    {"client_secret", "s"},
                                                                    {"refresh_token", m_refreshToken}});
        const std::string token = object(reply).value("access_token"_L1).toString().toStdString();
        QVERIFY2(!token.empty(), reply ? reply->body.c_str() : "no answer");
        m_headers = {{"Authorization", "Zoho-oauthtoken " + token}};
    }

    static bool isThere(SandboxProgram &sandbox, const QSet<QString> &ids)
    {
        QSet<QString> missing = ids;
        const QJsonArray records = object(sandbox.client->Get("/__sandbox/records/Calls")).value("data"_L1).toArray();
        for (const QJsonValue &one : records)
            missing.remove(one["id"_L1].toString());
        for (const QString &id : std::as_const(missing))
            qWarning("%s was answered and is not there", qUtf8Printable(id));
        return missing.isEmpty();
    }

    /// Ends by itself, with one sentence on the standard error and a status that is not 0.
    static void complains(const QStringList &arguments, const QString &sentence)
    {
        QProcess process;
        process.start(QStringLiteral(RINGSIDE_SANDBOX_PROGRAM), arguments);
        QVERIFY(process.waitForFinished(60'000));
        const QString said = QString::fromUtf8(process.readAllStandardError());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 2);
        QCOMPARE(said.count(u'\n'), 1);
        QVERIFY2(said.contains(sentence), qPrintable(said));
        QVERIFY(process.readAllStandardOutput().isEmpty());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::string m_refreshToken;
    httplib::Headers m_headers;
};

QTEST_GUILESS_MAIN(TestSandboxRestart)
#include "tst_sandbox_restart.moc"
