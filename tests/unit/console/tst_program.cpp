// SPDX-License-Identifier: Apache-2.0
// The program from outside: what it prints, and how it ends.
#include "SettingsTable.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;

namespace {

struct Outcome
{
    int exitCode = -1;
    QString out;
    QString err;
};

Outcome run(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), QStringLiteral("/nonexistent"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(RINGSIDE_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class TestProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEverySetting()
    {
        const Outcome outcome = run({QStringLiteral("--list-settings")});
        QCOMPARE(outcome.exitCode, 0);
        const QStringList lines = outcome.out.trimmed().split(QLatin1Char('\n'));
        QCOMPARE(lines.first(), QStringLiteral("key\ttype\tdefault\tscope\tsensitive\tmeaning"));
        QCOMPARE(size_t(lines.size()), settingsTable().size() + 1);
        for (const QString &line : lines)
            QCOMPARE(line.count(QLatin1Char('\t')), 5);
        QVERIFY(outcome.out.contains(QStringLiteral("zoho/client-secret\ttext\t\tkeychain\tyes\t")));
    }

    void printsItsVersion()
    {
        const Outcome outcome = run({QStringLiteral("--version")});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out, QStringLiteral("Ringside %1\n").arg(QLatin1String(RINGSIDE_VERSION)));
    }

    void refusesAnUnknownOption()
    {
        const Outcome outcome = run({QStringLiteral("--bogus")});
        QVERIFY(outcome.exitCode != 0);
        QVERIFY(outcome.err.contains(QStringLiteral("bogus")));
        QCOMPARE(outcome.out, QString());
    }

    void refusesAProfileThatCannotBe()
    {
        const QTemporaryDir dir;
        QFile inTheWay(dir.filePath(QStringLiteral("file")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const Outcome outcome = run({QStringLiteral("--profile"), dir.filePath(QStringLiteral("file/p"))});
        QVERIFY(outcome.exitCode != 0);
        QVERIFY(outcome.err.contains(QStringLiteral("cannot be made")));
    }

    void refusesAnEmptySecret()
    {
        const QTemporaryDir dir;
        const Outcome outcome = run({QStringLiteral("--profile"), dir.path(), QStringLiteral("--set-secret"), QStringLiteral("client")}, "\n");
        QVERIFY(outcome.exitCode != 0);
        QVERIFY(outcome.err.contains(QStringLiteral("standard input")));
    }

    void saysWhenThereIsNoKeychain()
    {
        const QTemporaryDir dir;
        const Outcome outcome =
            run({QStringLiteral("--profile"), dir.path(), QStringLiteral("--set-secret"), QStringLiteral("client")}, "s3cr3t-value\n");
        QVERIFY(outcome.exitCode != 0);
        QVERIFY2(outcome.err.contains(QStringLiteral("keychain"), Qt::CaseInsensitive), qPrintable(outcome.err));
        QVERIFY(!outcome.err.contains(QStringLiteral("s3cr3t-value")));
    }
};

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
