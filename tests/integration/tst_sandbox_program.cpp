// SPDX-License-Identifier: Apache-2.0
#include "SandboxProgram.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QWebSocket>

using namespace Qt::StringLiterals;
using ringside::test::SandboxProgram;

/// What ringside-sandbox --help says is what the program does.
class TestSandboxProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const Ended help = run({u"--help"_qs});
        QCOMPARE(help.status, 0);
        QVERIFY(help.error.isEmpty());
        m_help = help.output;
    }

    void shortFormsDoTheSame()
    {
        QCOMPARE(run({u"-h"_qs}).output, m_help);
        const Ended version = run({u"--version"_qs});
        QCOMPARE(version.status, 0);
        QVERIFY2(version.output.startsWith(u"ringside-sandbox "_qs), qPrintable(version.output));
        QCOMPARE(run({u"-v"_qs}).output, version.output);
    }

    /// Each option of the text is one of the program, and takes a value where the text names one.
    void everyOptionThatIsNamedExists()
    {
        static const QRegularExpression line(u"^  --([a-z-]+),? +(?:(-[a-z])|([A-Z]+) )?"_qs,
                                             QRegularExpression::MultilineOption);
        QStringList names;
        auto lines = line.globalMatch(m_help);
        while (lines.hasNext()) {
            const auto match = lines.next();
            names.append(match.captured(1));
            if (!match.captured(3).isEmpty()) {
                const Ended ended = run({u"--"_qs + match.captured(1)});
                QCOMPARE(ended.status, 2);
                QVERIFY2(ended.error.contains(u"Missing value"_qs), qPrintable(ended.error));
            }
        }
        names.sort();
        QCOMPARE(names, QStringList({u"credits"_qs, u"db"_qs, u"edition"_qs, u"help"_qs, u"index-lag"_qs, u"latency"_qs,
                                     u"port"_qs, u"records"_qs, u"require"_qs, u"seed"_qs, u"tls"_qs, u"version"_qs,
                                     u"ws-port"_qs}));
    }

    void wrongArgumentsAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("unknown") << QStringList{u"--speed"_qs} << u"speed"_qs;
        QTest::newRow("stray") << QStringList{u"now"_qs} << u"“now” is not an option"_qs;
        QTest::newRow("port") << QStringList{u"--port"_qs, u"70000"_qs}
                              << u"--port takes a whole number from 0 to 65535"_qs;
        QTest::newRow("records") << QStringList{u"--records"_qs, u"many"_qs} << u"--records takes a whole number"_qs;
        QTest::newRow("seed") << QStringList{u"--seed"_qs, u"-1"_qs} << u"--seed takes a whole number"_qs;
        QTest::newRow("latency") << QStringList{u"--latency"_qs, u"1s"_qs} << u"--latency takes a whole number"_qs;
        QTest::newRow("index lag") << QStringList{u"--index-lag"_qs, u"x"_qs} << u"--index-lag takes a whole number"_qs;
        QTest::newRow("credits") << QStringList{u"--credits"_qs, u"x"_qs} << u"--credits takes a whole number"_qs;
        QTest::newRow("edition") << QStringList{u"--edition"_qs, u"golden"_qs}
                                 << u"--edition is one of free, standard"_qs;
        QTest::newRow("require") << QStringList{u"--require"_qs, u"Calls.Colour"_qs} << u"--require takes a field"_qs;
        QTest::newRow("db") << QStringList{u"--db"_qs, u""_qs} << u"--db takes the name of a file"_qs;
    }

    void wrongArgumentsAreNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Ended ended = run(arguments);
        QCOMPARE(ended.status, 2);
        QCOMPARE(ended.error.count(u'\n'), 1);
        QVERIFY2(ended.error.contains(sentence), qPrintable(ended.error));
        QVERIFY(ended.output.isEmpty());
    }

    void whatItIsWithoutOptions()
    {
        SandboxProgram sandbox({});
        QVERIFY(sandbox.client);
        QCOMPARE(QUrl(sandbox.events).path(), u"/events"_qs);
        QCOMPARE(sandbox.control("records/Contacts").value("count"_L1).toInt(), 5000);
        const QJsonObject limits = sandbox.control("limits");
        QCOMPARE(limits.value("edition"_L1).toString(), u"enterprise"_qs);
        QCOMPARE(limits.value("credits"_L1).toInt(), 300'000);
        QCOMPARE(limits.value("concurrency"_L1).toInt(), 20);
        QCOMPARE(limits.value("heavy_concurrency"_L1).toInt(), 10);
        QWebSocket socket;
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(QUrl(sandbox.events));
        QVERIFY(connected.wait());
#ifdef Q_OS_UNIX
        QCOMPARE(sandbox.terminate(), 0);
#endif
    }

    void seedsMakeCompanies()
    {
        const auto company = [](const QStringList &arguments) {
            SandboxProgram sandbox(arguments + QStringList{u"--records"_qs, u"3"_qs});
            return sandbox.client ? sandbox.control("records/Contacts").value("data"_L1).toArray() : QJsonArray();
        };
        const QJsonArray usual = company({});
        QCOMPARE(usual.size(), 10); // at least
        QVERIFY(usual == company({u"--seed"_qs, u"1"_qs}));
        QVERIFY(usual != company({u"--seed"_qs, u"2"_qs}));
    }

    void takenPortsAreNamed()
    {
        SandboxProgram first({u"--records"_qs, u"10"_qs});
        QVERIFY(first.client);
        const QString port = QString::number(QUrl(QString::fromStdString(first.base)).port());
        const QString wsPort = QString::number(QUrl(first.events).port());
        QVERIFY(run({u"--records"_qs, u"10"_qs, u"--port"_qs, port}).error.contains(port));
        QVERIFY(run({u"--records"_qs, u"10"_qs, u"--ws-port"_qs, wsPort}).error.contains(wsPort));
    }

    void limitsAreSet()
    {
        SandboxProgram sandbox({u"--records"_qs, u"10"_qs, u"--edition"_qs, u"free"_qs, u"--credits"_qs, u"7"_qs});
        QVERIFY(sandbox.client);
        const QJsonObject limits = sandbox.control("limits");
        QCOMPARE(limits.value("edition"_L1).toString(), u"free"_qs);
        QCOMPARE(limits.value("credits"_L1).toInt(), 7);
        QCOMPARE(limits.value("concurrency"_L1).toInt(), 5);
    }

    void answersWaitAndTheIndexLags()
    {
        SandboxProgram sandbox(
            {u"--records"_qs, u"10"_qs, u"--latency"_qs, u"150"_qs, u"--index-lag"_qs, u"3600000"_qs});
        QVERIFY(sandbox.client);
        QElapsedTimer timer;
        timer.start();
        signIn(sandbox);
        QVERIFY2(timer.elapsed() >= 150, qPrintable(QString::number(timer.elapsed())));
        const auto added = sandbox.client->Post(
            "/crm/v8/Leads", m_headers, R"({"data":[{"Last_Name":"Lagging","Company":"Late"}]})", "application/json");
        QCOMPARE(added->status, 201);
        QCOMPARE(sandbox.client->Get("/crm/v8/Leads/search?word=Lagging", m_headers)->status, 204);
        sandbox.control("index_lag", {{"ms"_L1, 0}});
        QCOMPARE(sandbox.client
                     ->Post("/crm/v8/Leads", m_headers, R"({"data":[{"Last_Name":"Lagging","Company":"Now"}]})",
                            "application/json")
                     ->status,
                 201);
        QCOMPARE(sandbox.client->Get("/crm/v8/Leads/search?word=Lagging", m_headers)->status, 200);
    }

    void layoutsDemandWhatIsRequired()
    {
        SandboxProgram sandbox(
            {u"--records"_qs, u"10"_qs, u"--require"_qs, u"Leads.Email"_qs, u"--require"_qs, u"Calls.Reason_Code"_qs});
        QVERIFY(sandbox.client);
        signIn(sandbox);
        for (const auto &[module, record] :
             {std::pair{"Leads", R"({"data":[{"Last_Name":"x","Company":"x"}]})"},
              std::pair{
                  "Calls",
                  R"({"data":[{"Subject":"x","Call_Type":"Missed","Call_Start_Time":"2026-01-20T10:00:00Z"}]})"}}) {
            const auto reply =
                sandbox.client->Post((std::string("/crm/v8/") + module).c_str(), m_headers, record, "application/json");
            QCOMPARE(reply->status, 400);
            QVERIFY2(reply->body.find("MANDATORY_NOT_FOUND") != std::string::npos, reply->body.c_str());
        }
    }

    void encryptedWithAnAuthorityOfItsOwn()
    {
        const QTemporaryDir folder;
        const SandboxProgram sandbox({u"--records"_qs, u"10"_qs, u"--tls"_qs, folder.path()});
        QVERIFY2(sandbox.base.starts_with("https://127.0.0.1:"), sandbox.base.c_str());
        for (const QString &name : {u"ca.pem"_qs, u"server.pem"_qs, u"server.key"_qs})
            QVERIFY2(QFile::exists(folder.filePath(name)), qPrintable(name));
    }

    void theClientsThatAreNamedWork()
    {
        SandboxProgram sandbox({u"--records"_qs, u"10"_qs});
        QVERIFY(sandbox.client);
        static const QRegularExpression id(u"\\b100[04]\\.[A-Z0-9]+"_qs);
        int count = 0;
        auto ids = id.globalMatch(m_help);
        for (; ids.hasNext(); ++count) {
            const QString named = ids.next().captured();
            const QJsonObject granted =
                sandbox.control("grant", {{"client_id"_L1, named}, {"scope"_L1, "ZohoCRM.modules.ALL"_L1}});
            QVERIFY2(!granted.value("refresh_token"_L1).toString().isEmpty(), qPrintable(named));
        }
        QCOMPARE(count, 3);
    }

    void everyPartOfTheControlInterfaceThatIsNamedExists()
    {
        SandboxProgram sandbox({u"--records"_qs, u"10"_qs});
        QVERIFY(sandbox.client);
        static const QRegularExpression line(u"^  (GET|POST|DELETE) +([a-z_/A-Z]+)"_qs,
                                             QRegularExpression::MultilineOption);
        int count = 0;
        auto lines = line.globalMatch(m_help);
        for (; lines.hasNext(); ++count) {
            const auto match = lines.next();
            const std::string path = "/__sandbox/" + match.captured(2).replace(u"MODULE"_qs, u"Leads"_qs).toStdString();
            const auto reply = match.captured(1) == "GET"_L1 ? sandbox.client->Get(path.c_str())
                               : match.captured(1) == "POST"_L1
                                   ? sandbox.client->Post(path.c_str(), "{}", "application/json")
                                   : sandbox.client->Delete(path.c_str());
            QVERIFY(reply);
            QVERIFY2(reply->body.find("no such part") == std::string::npos && reply->status != 405, path.c_str());
        }
        QVERIFY2(count >= 25, qPrintable(QString::number(count)));
        QCOMPARE(sandbox.client->Get("/__sandbox/anything")->status, 404);
    }

private:
    struct Ended
    {
        int status = -1;
        QString output;
        QString error;
    };

    /// To its end, which must come by itself.
    static Ended run(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(RINGSIDE_SANDBOX_PROGRAM), arguments);
        const bool ended = process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit;
        return {ended ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    void signIn(SandboxProgram &sandbox)
    {
        const QString clientId = u"1000.PROGRAM"_qs;
        sandbox.control("client", {{"id"_L1, clientId}, {"secret"_L1, "s"_L1}});
        const QJsonObject granted =
            sandbox.control("grant", {{"client_id"_L1, clientId}, {"scope"_L1, "ZohoCRM.modules.ALL"_L1}});
        const auto reply = sandbox.client->Post(
            "/oauth/v2/token",
            httplib::Params{{"grant_type", "refresh_token"},
                            {"client_id", clientId.toStdString()},
                            {"client_secret", "s"},
                            {"refresh_token", granted.value("refresh_token"_L1).toString().toStdString()}});
        const QString token = SandboxProgram::object(reply).value("access_token"_L1).toString();
        QVERIFY(!token.isEmpty());
        m_headers = {{"Authorization", "Zoho-oauthtoken " + token.toStdString()}};
    }

    QString m_help;
    httplib::Headers m_headers;
};

QTEST_GUILESS_MAIN(TestSandboxProgram)
#include "tst_sandbox_program.moc"
