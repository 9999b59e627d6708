// SPDX-License-Identifier: Apache-2.0
#include "DataCentres.h"
#include "Settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringside;

class TestDataCentres : public QObject
{
    Q_OBJECT

private:
    static Result<DataCentres> centres(const QList<std::pair<SettingKey, QString>> &values)
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        for (const auto &[key, value] : values) {
            if (const auto stored = settings.set(key, value); !stored)
                return stored.error();
        }
        return DataCentres::fromSettings(settings);
    }

    static QList<std::pair<SettingKey, QString>> custom(const QString &accounts)
    {
        return {{SettingKey::DataCentre, QStringLiteral("custom")},
                {SettingKey::CustomAccountsUrl, accounts},
                {SettingKey::CustomApiUrl, QStringLiteral("https://api.example.com")},
                {SettingKey::CustomWebUrl, QStringLiteral("https://crm.example.com/")}};
    }

private Q_SLOTS:
    void tenBuiltIn()
    {
        QStringList locations;
        for (const DataCentre &centre : DataCentres::builtIn()) {
            locations.append(centre.location);
            QVERIFY(!centre.name.isEmpty());
            for (const QUrl &url : {centre.accounts, centre.api, centre.web}) {
                QVERIFY(url.isValid());
                QCOMPARE(url.scheme(), QStringLiteral("https"));
                QVERIFY(url.path().isEmpty());
            }
        }
        QCOMPARE(locations.join(QLatin1Char('|')), QStringLiteral("us|eu|in|au|jp|cn|ca|sa|uk|ae"));
        const QString choices = QLatin1String(settingSpec(SettingKey::DataCentre).choices);
        QCOMPARE(choices, locations.join(QLatin1Char('|')) + QStringLiteral("|custom"));
    }

    void homeIsTheChosenOne()
    {
        QCOMPARE(centres({}).value().home().location, QStringLiteral("us"));
        QCOMPARE(centres({{SettingKey::DataCentre, QStringLiteral("cn")}}).value().home().accounts,
                 QUrl(QStringLiteral("https://accounts.zoho.com.cn")));
    }

    void everyBuiltInServerIsKnownWhereverSignInBegan()
    {
        const auto all = centres({}).value();
        const DataCentre *india = all.byAccountsServer(QStringLiteral("https://accounts.zoho.in"));
        QVERIFY(india);
        QCOMPARE(india->api, QUrl(QStringLiteral("https://www.zohoapis.in")));
    }

    void lookAlikesAreNot_data()
    {
        QTest::addColumn<QString>("server");
        for (const char *server :
             {"", "http://accounts.zoho.in", "https://accounts.zoho.in.example.com", "https://example.com/accounts.zoho.in",
              "https://accounts.zoho.in/", "https://accounts.zoho.in/x", "https://accounts.zoho.in?x", "https://accounts.zoho.in#x",
              "https://accounts.zoho.in@example.com", "https://user@accounts.zoho.in", "https://accounts.zoho.in:444", "accounts.zoho.in",
              "//accounts.zoho.in", "https://accounts.zoho.in\\@example.com", "https://accounts.zoho.in%2eexample.com",
              "https://xaccounts.zoho.in", "https://accounts.zoho.in ", " https://accounts.zoho.in", "https://accounts.zoho.in.",
              "https://accounts.zoho.\xd1\x96n", "https://accounts.zoho.in\r\nHost: example.com", "https://www.zohoapis.in"})
            QTest::newRow(server) << QString::fromUtf8(server);
    }
    void lookAlikesAreNot()
    {
        QFETCH(QString, server);
        QVERIFY(!centres({}).value().byAccountsServer(server));
    }

    void aCustomOneStandsAlone()
    {
        const auto result = centres(custom(QStringLiteral("http://127.0.0.1:8080/")));
        QVERIFY(result.ok());
        const DataCentres &one = result.value();
        QCOMPARE(one.all().size(), 1);
        QCOMPARE(one.home().location, QStringLiteral("custom"));
        QCOMPARE(one.home().accounts, QUrl(QStringLiteral("http://127.0.0.1:8080")));
        QCOMPARE(one.home().web, QUrl(QStringLiteral("https://crm.example.com")));
        QVERIFY(one.byAccountsServer(QStringLiteral("http://127.0.0.1:8080")));
        QVERIFY(!one.byAccountsServer(QStringLiteral("http://127.0.0.1:8081")));
        QVERIFY(!one.byAccountsServer(QStringLiteral("https://accounts.zoho.com")));
    }

    void aWrongCustomOneIsNamed_data()
    {
        QTest::addColumn<QString>("accounts");
        QTest::newRow("missing") << QString();
        QTest::newRow("path") << QStringLiteral("https://accounts.example.com/oauth");
        QTest::newRow("query") << QStringLiteral("https://accounts.example.com?a=b");
        QTest::newRow("socket") << QStringLiteral("wss://accounts.example.com");
    }
    void aWrongCustomOneIsNamed()
    {
        QFETCH(QString, accounts);
        const auto result = centres(custom(accounts));
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Configuration);
        QCOMPARE(result.error().detail, QStringLiteral("zoho/custom-accounts-url"));
        QVERIFY(!result.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDataCentres)
#include "tst_data_centres.moc"
