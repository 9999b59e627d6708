// SPDX-License-Identifier: Apache-2.0
#include "Logging.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;

class TestLogging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsAreHidden_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {
                 "1000.canary0123456789abcdef.canary0123456789",
                 "token 1004.canary0123456789abcdef",
                 "Authorization: Zoho-oauthtoken canary",
                 "authorization: Bearer canary",
                 "Authorization: Basic canary==",
                 "client_secret=canary&grant_type=refresh_token",
                 "grant_type=x&refresh_token=canary",
                 R"({"access_token":"canary","expires_in":3600})",
                 R"({"refresh_token" : "canary"})",
                 R"({"code": "canary"})",
                 "GET /callback?code=canary&state=x",
                 "http://127.0.0.1/callback?state=x&code=canary",
                 "code_verifier=canary",
                 "device_code=canary",
                 "password=canary",
                 "CLIENT_SECRET=canary",
             })
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void secretsAreHidden()
    {
        QFETCH(QString, text);
        const QString result = redacted(text);
        QVERIFY2(!result.contains(QLatin1String("canary")), qPrintable(result));
        QVERIFY(result.contains(QLatin1String("[hidden]")));
    }

    void theRestIsLeftAlone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "GET https://www.zohoapis.com/crm/v8/Contacts -> 200 in 80 ms", "the record 4876876000000624001 was written",
                                 "version 1000.5", "the country code is 971", "error code: INVALID_DATA", "1000 calls"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void theRestIsLeftAlone()
    {
        QFETCH(QString, text);
        QCOMPARE(redacted(text), text);
    }

    void theFileIsOwnersOnlyOneLineAMessageAndRedacted()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("ringside.log"));
        QVERIFY(startFileLog(path).ok());
        qCInfo(logHttp).noquote() << "first\nsecond line refresh_token=canary";
        qCDebug(logHttp) << "debug is off unless asked for";
        qInstallMessageHandler(nullptr);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QCOMPARE(content.count('\n'), 1);
        QVERIFY(content.contains("info ringside.http: first second line refresh_token=[hidden]"));
        QVERIFY(content.split(' ').first().endsWith('Z'));
        QVERIFY(!content.contains("canary") && !content.contains("debug"));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
        QVERIFY(!(QFileInfo(path).permissions() & others));
    }

    void fullFilesAreSetAsideAndTheOldestGoes()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("ringside.log"));
        QVERIFY(startFileLog(path, 1000, 5).ok());
        for (int i = 0; i < 200; ++i)
            qCInfo(logApp) << "line" << i << QString(60, QLatin1Char('x'));
        qCInfo(logApp) << "the last";
        qInstallMessageHandler(nullptr);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 5);
        QByteArray content;
        for (const char *suffix : {".4", ".3", ".2", ".1", ""}) {
            QFile file(path + QLatin1String(suffix));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.size() < 1200, suffix);
            QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
            content += file.readAll();
        }
        // The newest, without a gap and in order.
        const int first = content.mid(content.indexOf("line ") + 5).split(' ').first().toInt();
        QVERIFY(first > 100);
        qsizetype at = 0;
        for (int i = first; i < 200; ++i) {
            at = content.indexOf("line " + QByteArray::number(i) + ' ', at);
            QVERIFY2(at >= 0, qPrintable(QString::number(i)));
        }
        QVERIFY(content.endsWith("the last\n"));
    }

    void byItselfItTakesTenMegabytesAtMost()
    {
        QTemporaryDir folder;
        QVERIFY(startFileLog(folder.filePath(QStringLiteral("ringside.log"))).ok());
        for (int i = 0; i < 110; ++i)
            qCInfo(logApp).noquote() << QString(100 * 1024, QLatin1Char('x'));
        qInstallMessageHandler(nullptr);
        qint64 size = 0;
        const QFileInfoList files = QDir(folder.path()).entryInfoList(QDir::Files);
        for (const QFileInfo &file : files)
            size += file.size();
        QCOMPARE(files.size(), 5);
        QVERIFY2(size > 8 * 1024 * 1024 && size < 11 * 1024 * 1024, qPrintable(QString::number(size)));
    }

    void aFolderThatIsNotThereIsSaid()
    {
        QTemporaryDir folder;
        const auto started = startFileLog(folder.filePath(QStringLiteral("missing/ringside.log")));
        qInstallMessageHandler(nullptr);
        QVERIFY(!started.ok());
        QCOMPARE(started.error().kind, ErrorKind::Storage);
        QVERIFY(started.error().message.endsWith(QLatin1Char('.')));
    }
};

QTEST_APPLESS_MAIN(TestLogging)
#include "tst_logging.moc"
