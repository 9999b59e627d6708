// SPDX-License-Identifier: Apache-2.0
#include "SandboxProgram.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using ringside::test::SandboxProgram;

/// The programs themselves: a caller rings, and the console's log tells which way the look-up took, when asked to, and
/// neither number nor name.
class TestProgramLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void tellsTheWayWhenAsked();

private:
    void start(const QStringList &options);
    bool ring();
    QString log() const;

    const QString m_number = QStringLiteral("+971501234567");
    const QString m_name = QStringLiteral("Layla Haddad");
    std::unique_ptr<SandboxProgram> m_sandbox;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<QProcess> m_console;
    int m_calls = 0;
};

void TestProgramLog::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProgram>(QStringList{QStringLiteral("--records"), QStringLiteral("50")});
    QVERIFY(m_sandbox->client);
}

void TestProgramLog::cleanup()
{
    m_console.reset();
    m_profile.reset();
}

void TestProgramLog::start(const QStringList &options)
{
    m_profile = std::make_unique<QTemporaryDir>();
    QFile settings(m_profile->filePath(QStringLiteral("settings.ini")));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    const QByteArray base = QByteArray::fromStdString(m_sandbox->base);
    settings.write("[zoho]\ndata-centre=custom\ncustom-accounts-url=" + base + "\ncustom-api-url=" + base +
                   "\ncustom-web-url=" + base + "\n[phone]\nsource=websocket\nwebsocket-url=" +
                   m_sandbox->events.toUtf8() + "\ndefault-region=AE\n");
    settings.close();
    m_console = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_profile->path()); // No keychain: secrets live in memory.
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    m_console->setProcessEnvironment(environment);
    m_console->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_console->start(QStringLiteral(RINGSIDE_PROGRAM),
                     QStringList{QStringLiteral("--profile"), m_profile->path()} + options);
    QVERIFY(m_console->waitForStarted());
}

/// True once the console listens and was told of a call.
bool TestProgramLog::ring()
{
    const QString id = QStringLiteral("log-%1").arg(++m_calls);
    const auto heard = [&] {
        const QJsonObject event{{QStringLiteral("id"), id},
                                {QStringLiteral("state"), QStringLiteral("ringing")},
                                {QStringLiteral("direction"), QStringLiteral("in")},
                                {QStringLiteral("from"), m_number},
                                {QStringLiteral("to"), QStringLiteral("+97144000000")},
                                {QStringLiteral("name"), m_name}};
        return m_sandbox->control("ring", event).value(QLatin1String("listeners")).toInt() > 0;
    };
    return QTest::qWaitFor(heard, 60'000);
}

QString TestProgramLog::log() const
{
    QFile file(m_profile->filePath(QStringLiteral("ringside.log")));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void TestProgramLog::tellsTheWayWhenAsked()
{
    start({QStringLiteral("--debug")});
    QVERIFY(ring());
    // Not signed in, the modules are asked all the same, and each says so.
    static const QRegularExpression way(
        QStringLiteral("look-up: searches 3 modules side by side, the quickest way; credits are plenty"));
    QTRY_VERIFY2_WITH_TIMEOUT(log().contains(way), qPrintable(log()), 60'000);
    // A call rings, and what is kept is kept for this run only; a signal is obeyed all the same, without a question.
    m_console->terminate();
    QVERIFY(m_console->waitForFinished(60'000));
    QCOMPARE(m_console->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_console->exitCode(), 0);
    const QString whole = log();
    static const QRegularExpression between(QStringLiteral("[ ()-]"));
    const QString digits = QString(whole).remove(between);
    QVERIFY2(!digits.contains(QLatin1String("501234567")), qPrintable(whole));
    QVERIFY2(!whole.contains(QLatin1String("Layla")) && !whole.contains(QLatin1String("Haddad")), qPrintable(whole));
}

QTEST_GUILESS_MAIN(TestProgramLog)
#include "tst_program_log.moc"
