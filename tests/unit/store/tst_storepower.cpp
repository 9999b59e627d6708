// SPDX-License-Identifier: Apache-2.0
#include "RecordingDisk.h"
#include "StoreTest.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace ringside;
using namespace ringside::test;

namespace {

constexpr auto soakArgument = "--soak";

/// What the store said was kept, and how much the disk had been asked for by then.
struct Kept
{
    qsizetype acts;
    QString key;
    int version; ///< Of the notes.
    bool queued; ///< In the outbox as well.
};

struct Tally
{
    int states = 0;
    int lost = 0;
    int unreadable = 0;
};

QString notesOf(const QString &key, int version, QRandomGenerator &random)
{
    // Of changing length, so that there are overflow pages, and checkpoints before the end.
    return QStringLiteral("%1 %2 ").arg(key).arg(version) + QString(random.bounded(6) * 2500, QLatin1Char('n'));
}

/// An agent's hours: calls come, notes grow, logs go out. The program ends once in between.
class Shift
{
public:
    Shift(quint32 seed, int saves) : m_random(seed)
    {
        {
            Store made;
            if (!await(made.open(path(), testKey())).ok())
                qFatal("no store");
        }
        QFile file(path());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no store");
        base.insert(path(), file.readAll());
        file.close();
        const RecordingDisk disk;
        for (int half = 0; half < 2; ++half) {
            Store store;
            if (!await(store.open(path(), testKey())).ok())
                qFatal("the store does not open");
            for (int i = 0; i < saves / 2; ++i)
                work(store, disk, half * saves / 2 + i);
        }
        acts = disk.acts();
    }

    QString path() const { return m_folder.filePath(QStringLiteral("store.db")); }

    QMap<QString, QByteArray> base;
    QList<DiskAct> acts;
    QList<Kept> kept;

private:
    void work(Store &store, const RecordingDisk &disk, int number)
    {
        const int call = number / 6;
        const QString key =
            QStringLiteral("call-%1").arg(call - m_random.bounded(std::min(call, 2) + 1)); // two at once
        const int version = ++m_versions[key];
        if (version == 1)
            require(await(CallLog(store).save(callOf(key))));
        require(await(NoteDrafts(store).save(draftOf(key, notesOf(key, version, m_random)))));
        bool queued = m_queued.contains(key);
        if (!queued && version > 4) {
            const auto id = await(Outbox(store).add(entryOf(key, "{}")));
            require(id.ok() ? Result<void>() : Result<void>(id.error()));
            m_queued.append(key);
            queued = true;
        }
        kept.append({.acts = disk.count(), .key = key, .version = version, .queued = queued});
    }

    static void require(const Result<void> &result)
    {
        if (!result.ok())
            qFatal("%ls", qUtf16Printable(result.error().code));
    }

    QTemporaryDir m_folder{quickFolder()};
    QRandomGenerator m_random;
    QMap<QString, int> m_versions;
    QStringList m_queued;
};

/// Puts a disk's state into a folder, opens it as the program does, and counts what is missing of what was kept.
class Look
{
public:
    void at(const QMap<QString, QByteArray> &files, const QList<Kept> &kept, qsizetype acts, Tally &tally)
    {
        ++tally.states;
        put(files);
        Store store;
        QSignalSpy recovered(&store, &Store::recovered);
        const bool opened = await(store.open(path(), testKey())).ok();
        QCoreApplication::processEvents();
        if (!opened || !recovered.isEmpty()) {
            ++tally.unreadable;
            return;
        }
        const auto drafts = await(NoteDrafts(store).unlogged());
        const auto calls = await(CallLog(store).recent(100'000));
        const auto entries = await(Outbox(store).open());
        if (!drafts.ok() || !calls.ok() || !entries.ok()) {
            ++tally.unreadable;
            return;
        }
        QMap<QString, int> versions;
        for (const NoteDraft &draft : drafts.value()) {
            if (draft.notes.section(QLatin1Char(' '), 0, 0) == draft.callKey)
                versions.insert(draft.callKey, draft.notes.section(QLatin1Char(' '), 1, 1).toInt());
        }
        QStringList known;
        for (const StoredCall &call : calls.value())
            known.append(call.key);
        QStringList queued;
        for (const OutboxEntry &entry : entries.value())
            queued.append(entry.callKey);
        for (const Kept &one : kept) {
            if (one.acts > acts)
                break;
            const bool there = versions.value(one.key) >= one.version && known.contains(one.key) &&
                               (!one.queued || queued.contains(one.key));
            tally.lost += there ? 0 : 1;
        }
    }

private:
    QString path() const { return m_folder.filePath(QStringLiteral("store.db")); }

    void put(const QMap<QString, QByteArray> &files)
    {
        const QStringList old = QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden);
        for (const QString &name : old)
            QFile::remove(m_folder.filePath(name));
        for (auto file = files.cbegin(); file != files.cend(); ++file) {
            QFile made(m_folder.filePath(QFileInfo(file.key()).fileName()));
            if (!made.open(QIODevice::WriteOnly) || made.write(file.value()) != file.value().size())
                qFatal("the state cannot be written");
        }
    }

    QTemporaryDir m_folder{quickFolder()};
};

/// The power fails after every `step`-th act of the shift, each time with all, none and `mixtures` times some of what
/// was not synced.
Tally cutEverywhere(const Shift &shift, int step, int mixtures, quint32 seed, bool syncsWork = true)
{
    Tally tally;
    QRandomGenerator random(seed);
    PowerCut cut(shift.base, shift.acts, syncsWork);
    Look look;
    for (qsizetype acts = 0; acts == 0 || cut.advance(); ++acts) {
        if (acts % step != static_cast<qsizetype>(seed) % step)
            continue;
        look.at(cut.files(PowerCut::Unsynced::All, random), shift.kept, acts, tally);
        look.at(cut.files(PowerCut::Unsynced::None, random), shift.kept, acts, tally);
        for (int i = 0; i < mixtures; ++i)
            look.at(cut.files(PowerCut::Unsynced::Some, random), shift.kept, acts, tally);
    }
    return tally;
}

} // namespace

/// The disk's writes are recorded, and what may be left of them when the power fails is opened by the shipping code.
class TestStorePower : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasKept();
    void wouldFindWhatIsLost();
};

void TestStorePower::keepsWhatWasKept()
{
    const Shift shift(1, 120);
    QVERIFY(shift.acts.size() > 500);
    QVERIFY(std::any_of(shift.acts.cbegin(), shift.acts.cend(),
                        [](const DiskAct &act) { return act.kind == DiskAct::Kind::Delete; }));
    const auto toFile = [&shift](const DiskAct &act) {
        return act.kind == DiskAct::Kind::Write && act.path == shift.path();
    };
    QVERIFY(std::count_if(shift.acts.cbegin(), shift.acts.cend(), toFile) > 50); // checkpoints
    const Tally tally = cutEverywhere(shift, 23, 2, 7);
    QVERIFY(tally.states > 100);
    QCOMPARE(tally.lost, 0);
    QCOMPARE(tally.unreadable, 0);
}

// With syncs that do nothing, as where PRAGMA synchronous is OFF.
void TestStorePower::wouldFindWhatIsLost()
{
    const Shift shift(2, 40);
    const Tally tally = cutEverywhere(shift, 31, 1, 3, false);
    QVERIFY(tally.lost > 0);
}

/// One long round: every act of a longer shift. Prints what tests/soak/power.sh adds up.
int soak(quint32 seed)
{
    const Shift shift(seed, 300);
    const Tally tally = cutEverywhere(shift, 1, 3, seed);
    std::printf("%d %d %d\n", tally.states, tally.lost, tally.unreadable);
    return tally.lost + tally.unreadable == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String(soakArgument))
        return soak(arguments.at(2).toUInt());
    TestStorePower test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storepower.moc"
