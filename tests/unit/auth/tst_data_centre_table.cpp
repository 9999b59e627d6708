// SPDX-License-Identifier: Apache-2.0
#include "DataCentreTable.h"
#include "Settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringside;

class TestDataCentreTable : public QObject
{
    Q_OBJECT

private:
    static Result<QList<DataCentre>> read(const QByteArray &text)
    {
        return dataCentreTable::parsed(text, QStringLiteral("centres.txt"));
    }

private Q_SLOTS:
    void readsRows()
    {
        const auto rows = read(
            "# a comment\r\n\r\n sg ; Singapore;https://accounts.zoho.sg;https://www.zohoapis.sg;https://crm.zoho.sg\n"
            "lab;Lab;http://127.0.0.1:8080;http://127.0.0.1:8080;http://localhost:8080;http://127.0.0.1:1;http://"
            "127.0.0.1:2");
        QVERIFY2(rows.ok(), rows.ok() ? "" : qPrintable(rows.error().message));
        QCOMPARE(rows.value().size(), 2);
        QCOMPARE(rows.value()[0].location, QStringLiteral("sg"));
        QCOMPARE(rows.value()[0].name, QStringLiteral("Singapore"));
        QCOMPARE(rows.value()[0].api, QUrl(QStringLiteral("https://www.zohoapis.sg")));
        QCOMPARE(rows.value()[0].apiOf(ZohoEnvironment::Sandbox), QUrl(QStringLiteral("https://sandbox.zohoapis.sg")));
        QCOMPARE(rows.value()[1].apiOf(ZohoEnvironment::Sandbox), QUrl(QStringLiteral("http://127.0.0.1:1")));
        QCOMPARE(rows.value()[1].apiOf(ZohoEnvironment::Developer), QUrl(QStringLiteral("http://127.0.0.1:2")));
    }

    void namesTheWrongLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *line, const char *says) {
            QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(says);
        };
        row("too few", "sg;Singapore;https://a.sg;https://b.sg", "three addresses");
        row("too many", "sg;S;https://a.sg;https://b.sg;https://c.sg;https://d.sg;https://e.sg;https://f.sg",
            "three addresses");
        row("location", "S G;S;https://a.sg;https://b.sg;https://c.sg", "not a location");
        row("custom", "custom;S;https://a.sg;https://b.sg;https://c.sg", "not a location");
        row("no name", "sg;;https://a.sg;https://b.sg;https://c.sg", "name is missing");
        row("plain", "sg;S;http://a.sg;https://b.sg;https://c.sg", "http://a.sg");
        row("path", "sg;S;https://a.sg/x;https://b.sg;https://c.sg", "https://a.sg/x");
        row("slash", "sg;S;https://a.sg;https://b.sg/;https://c.sg", "https://b.sg/");
        row("user", "sg;S;https://me@a.sg;https://b.sg;https://c.sg", "me@a.sg");
        row("no address", "sg;S;https://a.sg;;https://c.sg", "not an address");
        row("script", "sg;S;https://a.sg;https://b.sg;javascript:x", "javascript");
        row("twice", "eu;Again;https://a.sg;https://b.sg;https://c.sg", "already");
    }
    void namesTheWrongLine()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, says);
        const auto rows = read("# first\neu;Europe;https://a.eu;https://b.eu;https://c.eu\n" + line + '\n');
        QVERIFY(!rows.ok());
        QCOMPARE(rows.error().kind, ErrorKind::Configuration);
        QVERIFY2(rows.error().message.contains(QLatin1String("Line 3 of centres.txt")),
                 qPrintable(rows.error().message));
        QVERIFY2(rows.error().message.contains(says), qPrintable(rows.error().message));
    }

    void rowsReplaceAndAdd()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        QVERIFY(settings.set(SettingKey::DataCentre, QStringLiteral("sg")).ok());
        const auto without = DataCentres::fromSettings(settings);
        QVERIFY(!without.ok());
        QCOMPARE(without.error().detail, QStringLiteral("zoho/data-centre"));
        const auto with = DataCentres::fromSettings(
            settings, "sg;Singapore;https://accounts.zoho.sg;https://www.zohoapis.sg;https://crm.zoho.sg\n"
                      "eu;Our Europe;https://accounts.example.eu;https://www.example.eu;https://crm.example.eu");
        QVERIFY(with.ok());
        QCOMPARE(with.value().home().location, QStringLiteral("sg"));
        QCOMPARE(with.value().all().size(), DataCentres::builtIn().size() + 1);
        QVERIFY(with.value().byAccountsServer(QStringLiteral("https://accounts.zoho.sg")));
        QVERIFY(with.value().byAccountsServer(QStringLiteral("https://accounts.example.eu")));
        QVERIFY(!with.value().byAccountsServer(QStringLiteral("https://accounts.zoho.eu"))); // Replaced.
    }

    void environmentsHaveHostsOfTheirOwn()
    {
        for (const DataCentre &centre : DataCentres::builtIn()) {
            QVERIFY(centre.apiOf(ZohoEnvironment::Production).host().startsWith(QLatin1String("www.")));
            QVERIFY(centre.apiOf(ZohoEnvironment::Sandbox).host().startsWith(QLatin1String("sandbox.zohoapis.")));
            QVERIFY(centre.apiOf(ZohoEnvironment::Developer).host().startsWith(QLatin1String("developer.zohoapis.")));
            QVERIFY(centre.webOf(ZohoEnvironment::Sandbox).host().startsWith(QLatin1String("crmsandbox.")));
            QCOMPARE(centre.webOf(ZohoEnvironment::Developer), centre.web);
        }
    }
};

QTEST_APPLESS_MAIN(TestDataCentreTable)
#include "tst_data_centre_table.moc"
