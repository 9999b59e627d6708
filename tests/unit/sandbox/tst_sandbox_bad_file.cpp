// SPDX-License-Identifier: Apache-2.0
#include "FullDisk.h"
#include "KeptCompany.h"
#include "SandboxServer.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <httplib.h>
#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;
using ringside::test::FullDisk;

/// What --db does with a file that it cannot keep a company in.
class TestSandboxBadFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_path = m_folder->filePath(u"company.db"_qs);
    }

    void noRoomForTheCompany()
    {
        const FullDisk full;
        KeptCompany company(m_path);
        QVERIFY(!company.isGood);
        QVERIFY2(company.file.errorString().contains(u"no room"_qs), qPrintable(company.file.errorString()));
    }

    void filesThatAreNotOurs_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("another program's") << QByteArray("PRAGMA application_id = 7") << u"another program"_qs;
        QTest::newRow("newer") << QByteArray("PRAGMA user_version = 2") << u"newer"_qs;
        QTest::newRow("no company") << QByteArray("DELETE FROM state WHERE name = 'company'") << u"damaged"_qs;
        QTest::newRow("cut record") << QByteArray(
                                           "UPDATE records SET fields = substr(fields, 1, 20) WHERE module = 'Deals'")
                                    << u"damaged"_qs;
        QTest::newRow("unknown module") << QByteArray("UPDATE records SET module = 'Ships' WHERE module = 'Deals'")
                                        << u"damaged"_qs;
        QTest::newRow("ids from the start")
            << QByteArray(R"(UPDATE state SET value = '{"next":"1"}' WHERE name = 'ids')") << u"damaged"_qs;
        QTest::newRow("no table") << QByteArray("DROP TABLE photos") << u"no such table"_qs;
    }

    void filesThatAreNotOurs()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QString, sentence);
        QVERIFY(KeptCompany(m_path).isGood);
        change(sql);
        refused(sentence);
    }

    void noDatabase()
    {
        write("Dear diary, this is no database at all.");
        refused(u"is not a file of ringside-sandbox"_qs);
    }

    void brokenPages()
    {
        QVERIFY(KeptCompany(m_path).isGood);
        QByteArray bytes = read();
        bytes.replace(4096 * 4, 4096 * 8, QByteArray(4096 * 8, '\x5a'));
        write(bytes);
        refused(u"damaged"_qs);
    }

    void halfAFile()
    {
        QVERIFY(KeptCompany(m_path).isGood);
        write(read().left(4096 * 5));
        refused(u"damaged"_qs);
    }

    void anEmptyFileIsANewOne()
    {
        write({});
        KeptCompany company(m_path);
        QVERIFY2(company.isGood && company.file.isNew(), qPrintable(company.file.errorString()));
    }

    void oneSandboxAtATime()
    {
        const SandboxOptions options = small();
        SandboxServer first(options);
        QVERIFY2(first.start(), qPrintable(first.errorString()));
        SandboxServer second(options);
        QVERIFY(!second.start());
        QVERIFY2(second.errorString().contains(u"in use"_qs), qPrintable(second.errorString()));
        first.stop();
        QVERIFY2(second.start(), qPrintable(second.errorString()));
    }

    void anotherCompanyIsNamed()
    {
        SandboxOptions options = small();
        QVERIFY(SandboxServer(options).start());
        options.seed = 8;
        SandboxServer otherSeed(options);
        QVERIFY(!otherSeed.start());
        QVERIFY2(otherSeed.errorString().contains(u"--seed 7 --records 20"_qs), qPrintable(otherSeed.errorString()));
        options.seed = 7;
        options.records = 5000;
        QVERIFY(!SandboxServer(options).start());
        options.records.reset();
        QVERIFY(SandboxServer(options).start());
    }

    void failedWritesAreAnsweredAsZohoDoes()
    {
        SandboxServer sandbox(small());
        QVERIFY2(sandbox.start(), qPrintable(sandbox.errorString()));
        httplib::Client client(sandbox.baseUrl().toStdString());
        const std::string grant = QJsonDocument(QJsonObject{{"client_id"_L1, SandboxServer::demoClientId()},
                                                            {"scope"_L1, "ZohoCRM.modules.ALL"_L1}})
                                      .toJson()
                                      .toStdString();
        const auto granted = [&] { return client.Post("/__sandbox/grant", grant, "application/json"); };
        const std::string refreshToken = object(*granted()).value("refresh_token"_L1).toString().toStdString();
        const httplib::Params parameters{{"grant_type", "refresh_token"},
                                         {"client_id", SandboxServer::demoClientId().toStdString()},
                                         {"client_secret", SandboxServer::demoClientSecret().toStdString()},
                                         {"refresh_token", refreshToken}};
        const QString token = object(*client.Post("/oauth/v2/token", parameters)).value("access_token"_L1).toString();
        const httplib::Headers headers{{"Authorization", "Zoho-oauthtoken " + token.toStdString()}};
        const std::string call =
            R"({"data":[{"Subject":"x","Call_Type":"Missed","Call_Start_Time":"2026-01-20T10:00:00Z"}]})";
        const auto write = [&] { return client.Post("/crm/v8/Calls", headers, call, "application/json"); };
        {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no room left"_qs));
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no room left"_qs));
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no room left"_qs));
            const FullDisk full;
            const auto refused = write();
            QCOMPARE(refused->status, 500);
            QCOMPARE(object(*refused), (QJsonObject{{"code"_L1, "INTERNAL_ERROR"_L1},
                                                    {"details"_L1, QJsonObject()},
                                                    {"message"_L1, "Internal Server Error"_L1},
                                                    {"status"_L1, "error"_L1}}));
            QCOMPARE(client.Post("/oauth/v2/token", parameters)->status, 500);
            QCOMPARE(granted()->status, 500);
        }
        const auto created = [&] {
            return object(*client.Get("/__sandbox/records/Calls?created=1")).value("count"_L1).toInt();
        };
        QCOMPARE(created(), 0);
        QCOMPARE(write()->status, 201);
        QCOMPARE(created(), 1);
    }

private:
    static QJsonObject object(const httplib::Response &reply)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(reply.body)).object();
    }

    SandboxOptions small() const
    {
        SandboxOptions options;
        options.seed = 7;
        options.records = 20;
        options.databaseFile = m_path;
        return options;
    }

    QByteArray read() const
    {
        QFile file(m_path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

    void write(const QByteArray &bytes) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    void change(const QByteArray &sql) const
    {
        sqlite3 *handle = nullptr;
        QCOMPARE(sqlite3_open(m_path.toUtf8().constData(), &handle), SQLITE_OK);
        QCOMPARE(sqlite3_exec(handle, sql.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_close(handle), SQLITE_OK);
    }

    /// With one sentence, and not a byte of the file is changed.
    void refused(const QString &sentence) const
    {
        const QByteArray before = read();
        QVERIFY(!before.isEmpty());
        SandboxOptions options;
        options.databaseFile = m_path;
        SandboxServer sandbox(options);
        QVERIFY(!sandbox.start());
        QVERIFY2(sandbox.errorString().contains(sentence), qPrintable(sandbox.errorString()));
        QVERIFY2(sandbox.errorString().startsWith(m_path) && sandbox.errorString().endsWith(u'.'),
                 qPrintable(sandbox.errorString()));
        QCOMPARE(read(), before);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestSandboxBadFile)
#include "tst_sandbox_bad_file.moc"
