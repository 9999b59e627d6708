// SPDX-License-Identifier: Apache-2.0
#include "StoreTest.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace ringside;
using namespace ringside::test;

namespace {

constexpr auto writerArgument = "--write-until-killed";
constexpr int patienceMs = 30'000;

QString notesOf(int number)
{
    // Of changing length, so that kills also meet overflow pages and checkpoints.
    return QStringLiteral("%1 ").arg(number) + QString(number % 7 * 3000, QLatin1Char('n'));
}

/// The other program: saves one draft after another and prints each number when its future is ok, and never before.
int writeUntilKilled(const QString &path)
{
    Store store;
    if (!await(store.open(path, testKey())).ok())
        return 2;
    NoteDrafts drafts(store);
    const auto found = await(drafts.load(QStringLiteral("k")));
    if (!found.ok())
        return 3;
    const int first = found.value() ? found.value()->notes.section(QLatin1Char(' '), 0, 0).toInt() + 1 : 0;
    for (int number = first;; ++number) {
        if (!await(drafts.save(draftOf(QStringLiteral("k"), notesOf(number)))).ok())
            return 4;
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
}

} // namespace

class TestStoreDurability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasAcknowledgedBeforeKill();
    void lockGoesWithTheProcess();

private:
    /// Starts the writer, kills it once it has acknowledged `count` drafts, and gives the last one acknowledged; -1 if it
    /// ended by itself.
    static int killAfter(const QString &path, int count);
};

int TestStoreDurability::killAfter(const QString &path, int count)
{
    QProcess writer;
    writer.start(QCoreApplication::applicationFilePath(), {QLatin1String(writerArgument), path});
    int acknowledged = 0;
    int last = -1;
    const auto readLines = [&] {
        while (writer.canReadLine()) {
            last = writer.readLine().trimmed().toInt();
            ++acknowledged;
        }
    };
    while (acknowledged < count && writer.waitForReadyRead(patienceMs))
        readLines();
    writer.kill();
    writer.waitForFinished(patienceMs);
    readLines(); // What it printed until the very end counts.
    return writer.exitStatus() == QProcess::CrashExit ? last : -1;
}

void TestStoreDurability::keepsWhatWasAcknowledgedBeforeKill()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("store.db"));
    for (const int count : {1, 2, 3, 5, 11, 40, 90, 1, 170, 7, 23, 61}) {
        const int last = killAfter(path, count);
        QVERIFY(last >= 0);
        Store store;
        VERIFY_OK(await(store.open(path, testKey())));
        const auto draft = await(NoteDrafts(store).load(QStringLiteral("k")));
        VERIFY_OK(draft);
        QVERIFY(draft.value().has_value());
        const int stored = draft.value()->notes.section(QLatin1Char(' '), 0, 0).toInt();
        // One more than the last acknowledged may have been written, never fewer, never half of one.
        QVERIFY2(stored == last || stored == last + 1, qPrintable(QStringLiteral("%1 acknowledged, %2 stored").arg(last).arg(stored)));
        QCOMPARE(draft.value()->notes, notesOf(stored));
    }
}

void TestStoreDurability::lockGoesWithTheProcess()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("store.db"));
    QProcess writer;
    writer.start(QCoreApplication::applicationFilePath(), {QLatin1String(writerArgument), path});
    QVERIFY(writer.waitForReadyRead(patienceMs));
    {
        Store store;
        const auto refused = await(store.open(path, testKey()));
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QCOMPARE(refused.error().code, QStringLiteral("IN_USE"));
    }
    QVERIFY(writer.waitForReadyRead(patienceMs)); // It was not disturbed.
    writer.kill();
    QVERIFY(writer.waitForFinished(patienceMs));
    Store store;
    VERIFY_OK(await(store.open(path, testKey())));
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String(writerArgument))
        return writeUntilKilled(arguments.at(2));
    TestStoreDurability test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storedurability.moc"
