// SPDX-License-Identifier: Apache-2.0
#include "Settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace ringside;

class TestSettings : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString file(const QByteArray &content = {})
    {
        const QString path = m_folder.filePath(QStringLiteral("%1.ini").arg(QLatin1String(QTest::currentTestFunction())));
        QFile::remove(path);
        if (!content.isNull()) {
            QFile written(path);
            if (!written.open(QIODevice::WriteOnly) || written.write(content) != content.size())
                qFatal("no settings file");
        }
        return path;
    }

private Q_SLOTS:
    void everyDefaultIsValidAndNamedOnce()
    {
        QSet<QString> names;
        for (const SettingSpec &spec : settingsTable()) {
            QVERIFY2(Settings::check(spec.key, QString::fromUtf8(spec.defaultValue)).ok(), spec.name);
            QVERIFY2(!names.contains(QLatin1String(spec.name)), spec.name);
            names.insert(QLatin1String(spec.name));
            QCOMPARE(&settingSpec(spec.key), &spec);
            QVERIFY2(QString::fromLatin1(spec.meaning).endsWith(QLatin1Char('.')), spec.name);
            QCOMPARE(spec.sensitive, spec.scope == SettingScope::Keychain);
        }
        QVERIFY(names.contains(QStringLiteral("zoho/client-id")));
    }

    void theTableIsPrinted()
    {
        const QStringList lines = settingsTableText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), qsizetype(settingsTable().size()) + 1);
        for (const QString &line : lines)
            QCOMPARE(line.count(QLatin1Char('\t')), 5);
        QCOMPARE(lines.first(), QStringLiteral("key\ttype\tdefault\tscope\tsensitive\tmeaning"));
    }

    void whatIsSetIsThereForTheNextRun()
    {
        const QString path = file();
        {
            Settings settings(path);
            QSignalSpy changed(&settings, &Settings::changed);
            QVERIFY(settings.set(SettingKey::ClientId, QStringLiteral("1000.ID")).ok());
            QVERIFY(settings.set(SettingKey::ClientId, QStringLiteral("1000.ID")).ok()); // No change, no signal.
            QVERIFY(settings.set(SettingKey::PhoneBaresipPort, QStringLiteral("5555")).ok());
            QVERIFY(settings.set(SettingKey::SearchModules, QStringLiteral("Leads,Contacts")).ok());
            QVERIFY(settings.set(SettingKey::InternalCallsPop, QStringLiteral("true")).ok());
            QCOMPARE(changed.count(), 4);
        }
        const Settings again(path);
        QCOMPARE(again.text(SettingKey::ClientId), QStringLiteral("1000.ID"));
        QCOMPARE(again.integer(SettingKey::PhoneBaresipPort), 5555);
        QCOMPARE(again.list(SettingKey::SearchModules), (QStringList{QStringLiteral("Leads"), QStringLiteral("Contacts")}));
        QVERIFY(again.boolean(SettingKey::InternalCallsPop));
        QVERIFY(again.problems().isEmpty());
    }

    void aFileEditedByHand()
    {
        const Settings settings(file("[zoho]\nclient-id = 1000.ID  \nscopes=A.READ, B.READ ,,C.READ\n[pop]\nmodules=Contacts, Leads\n"
                                     "[phone]\ndefault-region=AE\n[future]\nsetting=1\n"));
        QCOMPARE(settings.text(SettingKey::ClientId), QStringLiteral("1000.ID"));
        QCOMPARE(settings.list(SettingKey::Scopes), (QStringList{QStringLiteral("A.READ"), QStringLiteral("B.READ"), QStringLiteral("C.READ")}));
        QCOMPARE(settings.list(SettingKey::SearchModules), (QStringList{QStringLiteral("Contacts"), QStringLiteral("Leads")}));
        QCOMPARE(settings.text(SettingKey::DefaultRegion), QStringLiteral("AE"));
        QVERIFY(settings.problems().isEmpty()); // A newer program's setting is not a problem.
    }

    void badValuesAreNamedAndTheDefaultUsed_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("key");
        const auto row = [](const char *content, SettingKey key) { QTest::newRow(content) << QByteArray(content) << int(key); };
        row("[zoho]\ndata-centre=mars", SettingKey::DataCentre);
        row("[zoho]\nredirect-port=70000", SettingKey::RedirectPort);
        row("[zoho]\nredirect-port=-1", SettingKey::RedirectPort);
        row("[phone]\nbaresip-port=0", SettingKey::PhoneBaresipPort);
        row("[phone]\nbaresip-port=four", SettingKey::PhoneBaresipPort);
        row("[phone]\nbaresip-port=99999999999", SettingKey::PhoneBaresipPort);
        row("[phone]\ndefault-region=uae", SettingKey::DefaultRegion);
        row("[phone]\ndefault-region=", SettingKey::DefaultRegion);
        row("[pop]\ninternal-calls=yes", SettingKey::InternalCallsPop);
        row("[look]\ncolour-scheme=Dark", SettingKey::ColourScheme);
        row("[zoho]\ncustom-api-url=http://www.example.com", SettingKey::CustomApiUrl);
        row("[zoho]\ncustom-api-url=https://user:word@www.example.com", SettingKey::CustomApiUrl);
        row("[zoho]\ncustom-api-url=www.example.com", SettingKey::CustomApiUrl);
        row("[phone]\nwebsocket-url=ws://phone.example.com/events", SettingKey::PhoneWebSocketUrl);
    }
    void badValuesAreNamedAndTheDefaultUsed()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, key);
        const Settings settings(file(content));
        const SettingSpec &spec = settingSpec(SettingKey(key));
        QCOMPARE(settings.text(SettingKey(key)), QString::fromUtf8(spec.defaultValue));
        const auto problems = settings.problems();
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().kind, ErrorKind::Configuration);
        QCOMPARE(problems.first().detail, QLatin1String(spec.name));
        QVERIFY(problems.first().message.endsWith(QLatin1Char('.')));
    }

    void goodAddresses()
    {
        for (const char *url : {"", "https://accounts.zoho.com", "wss://phone.example.com/x", "http://127.0.0.1:8080", "ws://localhost:1/events",
                                "http://[::1]:8080"})
            QVERIFY2(Settings::check(SettingKey::CustomApiUrl, QLatin1String(url)).ok(), url);
    }

    void aRefusedValueLeavesTheOldOne()
    {
        Settings settings(file());
        QVERIFY(settings.set(SettingKey::DataCentre, QStringLiteral("eu")).ok());
        QSignalSpy changed(&settings, &Settings::changed);
        const auto refused = settings.set(SettingKey::DataCentre, QStringLiteral("mars"));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Configuration);
        QCOMPARE(settings.text(SettingKey::DataCentre), QStringLiteral("eu"));
        QCOMPARE(changed.count(), 0);
    }

    void aSecretInTheFileIsAProblemAndNotRead()
    {
        const Settings settings(file("[zoho]\nclient-secret=canary\n"));
        const auto problems = settings.problems();
        QCOMPARE(problems.size(), 1);
        QVERIFY(!problems.first().message.contains(QLatin1String("canary")));
    }

    /// As an administrator may write it ahead: the = forgotten once.
    void aLineThatIsNone()
    {
        const QByteArray written("[zoho]\nclient-id 1000.ABC\ndata-centre=eu\n");
        const QString path = file(written);
        {
            Settings settings(path);
            const QList<Error> problems = settings.problems();
            QCOMPARE(problems.size(), 1);
            QVERIFY(problems.constFirst().message.contains(QLatin1String("key=value")));
            QCOMPARE(settings.text(SettingKey::DataCentre), QStringLiteral("eu"));
            QSignalSpy changed(&settings, &Settings::changed);
            QVERIFY(settings.set(SettingKey::ClientId, QStringLiteral("1000.ABC")).ok());
            QVERIFY(settings.set(SettingKey::DefaultRegion, QStringLiteral("AE")).ok());
            QCOMPARE(changed.count(), 2);
            QVERIFY(settings.problems().constFirst().message.contains(QLatin1String(".broken")));
        }
        const Settings again(path);
        QCOMPARE(again.text(SettingKey::DataCentre), QStringLiteral("eu"));
        QCOMPARE(again.text(SettingKey::ClientId), QStringLiteral("1000.ABC"));
        QVERIFY(again.problems().isEmpty());
        QFile kept(path + QStringLiteral(".broken"));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), written);
    }

    void aFileThatIsNoFile()
    {
        const Settings settings(file("[zoho\x00\xff\xfe garbage ]]]\n=\n\n[[[\n"));
        QCOMPARE(settings.text(SettingKey::DataCentre), QStringLiteral("us"));
        Settings nowhere(QStringLiteral("/proc/ringside/settings.ini"));
        QCOMPARE(nowhere.text(SettingKey::DataCentre), QStringLiteral("us"));
        const auto stored = nowhere.set(SettingKey::ClientId, QStringLiteral("x"));
        QVERIFY(!stored.ok());
        QCOMPARE(stored.error().kind, ErrorKind::Storage);
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
