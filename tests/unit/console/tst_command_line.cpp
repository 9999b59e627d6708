// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"

#include <QTest>

using namespace ringside;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsByDefault()
    {
        const auto line = CommandLine::parse({QStringLiteral("ringside")});
        QVERIFY(line.ok());
        QCOMPARE(line.value().action, CommandLine::Action::Run);
        QVERIFY(!line.value().demo);
        QVERIFY(!line.value().allowCoreDumps);
        QVERIFY(line.value().profileFolder.isEmpty());
    }

    void takesDemoAndProfile()
    {
        const auto line = CommandLine::parse({QStringLiteral("ringside"), QStringLiteral("--demo"), QStringLiteral("--profile"),
                                              QStringLiteral("/some where/p")});
        QVERIFY(line.ok());
        QVERIFY(line.value().demo);
        QCOMPARE(line.value().profileFolder, QStringLiteral("/some where/p"));
    }

    void warnsOfCoreFiles()
    {
        const auto line = CommandLine::parse({QStringLiteral("ringside"), QStringLiteral("--allow-core-dumps")});
        QVERIFY(line.ok() && line.value().allowCoreDumps);
        const QString help = CommandLine::helpText().simplified();
        QVERIFY2(help.contains(QLatin1String("It holds notes, names of customers and secrets: give it to nobody")),
                 qPrintable(help));
    }

    void namesTheActions_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("action");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << int(CommandLine::Action::Help);
        QTest::newRow("version") << QStringList{QStringLiteral("--version")} << int(CommandLine::Action::Version);
        QTest::newRow("settings") << QStringList{QStringLiteral("--list-settings")} << int(CommandLine::Action::ListSettings);
        QTest::newRow("secret") << QStringList{QStringLiteral("--set-secret"), QStringLiteral("client")}
                                << int(CommandLine::Action::SetSecret);
        QTest::newRow("reset") << QStringList{QStringLiteral("--reset-local-data")} << int(CommandLine::Action::ResetLocalData);
    }

    void namesTheActions()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, action);
        const auto line = CommandLine::parse(QStringList{QStringLiteral("ringside")} + arguments);
        QVERIFY(line.ok());
        QCOMPARE(int(line.value().action), action);
    }

    void refusesWithASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("mentions");
        QTest::newRow("unknown") << QStringList{QStringLiteral("--nonsense")} << QStringLiteral("nonsense");
        QTest::newRow("stray word") << QStringList{QStringLiteral("word")} << QStringLiteral("word");
        QTest::newRow("another secret") << QStringList{QStringLiteral("--set-secret"), QStringLiteral("token")}
                                        << QStringLiteral("token");
        QTest::newRow("empty profile") << QStringList{QStringLiteral("--profile"), QString()} << QStringLiteral("--profile");
        QTest::newRow("profile without folder") << QStringList{QStringLiteral("--profile")} << QStringLiteral("profile");
    }

    void refusesWithASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, mentions);
        const auto line = CommandLine::parse(QStringList{QStringLiteral("ringside")} + arguments);
        QVERIFY(!line.ok());
        QCOMPARE(line.error().kind, ErrorKind::Configuration);
        QVERIFY2(line.error().message.contains(mentions), qPrintable(line.error().message));
        QVERIFY(line.error().message.endsWith(QLatin1Char('.')));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
