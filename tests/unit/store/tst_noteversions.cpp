// SPDX-License-Identifier: Apache-2.0
#include "Database.h"
#include "NoteVersions.h"
#include "StoreTest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// What is replaced of a call's notes can be found again, and no more of it than is of use.
class TestNoteVersions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void areKeptWithTheSaveThatReplacesThem();
    void areTheCallsOwn();
    void theSameIsKeptOnce();
    void theNewestOnesAreKept();
    void longOnesMakeRoom();
    void emptiedNotesLeaveATrace();
    void emptiedNotesThatAreKnownLeaveNone();
    void goWithTheDraft();

private:
    void save(const QString &key, const QString &notes, const QStringList &earlier = {});
    QStringList versions(const QString &key = QStringLiteral("a"));

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<NoteDrafts> m_drafts;
};

void TestNoteVersions::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>();
    VERIFY_OK(await(m_store->open(m_folder->filePath(QStringLiteral("store.db")), testKey())));
    m_drafts = std::make_unique<NoteDrafts>(*m_store);
}

void TestNoteVersions::cleanup()
{
    m_drafts.reset();
    m_store.reset();
}

void TestNoteVersions::save(const QString &key, const QString &notes, const QStringList &earlier)
{
    VERIFY_OK(await(m_drafts->save(draftOf(key, notes), earlier)));
}

QStringList TestNoteVersions::versions(const QString &key)
{
    QStringList notes;
    const auto read = await(m_drafts->versions(key));
    if (!read)
        return {read.error().message};
    for (const NoteVersion &version : read.value())
        notes.append(version.notes);
    return notes;
}

void TestNoteVersions::areKeptWithTheSaveThatReplacesThem()
{
    save(QStringLiteral("a"), QStringLiteral("one and two"));
    QCOMPARE(versions(), QStringList());
    save(QStringLiteral("a"), QStringLiteral("three"), {QStringLiteral("one"), QString::fromUtf8("one and two, نعم")});
    QCOMPARE(versions(), (QStringList{QString::fromUtf8("one and two, نعم"), QStringLiteral("one")}));
    const auto read = await(m_drafts->versions(QStringLiteral("a")));
    QCOMPARE(read.value().constFirst().keptAt, draftOf(QString(), QString()).updatedAt);
    m_drafts.reset();
    m_store = std::make_unique<Store>(); // a restart
    VERIFY_OK(await(m_store->open(m_folder->filePath(QStringLiteral("store.db")), testKey())));
    m_drafts = std::make_unique<NoteDrafts>(*m_store);
    QCOMPARE(versions().size(), 2);
}

void TestNoteVersions::areTheCallsOwn()
{
    save(QStringLiteral("a"), QStringLiteral("x"), {QStringLiteral("of a")});
    save(QStringLiteral("b"), QStringLiteral("x"), {QStringLiteral("of b")});
    QCOMPARE(versions(QStringLiteral("a")), QStringList(QStringLiteral("of a")));
    QCOMPARE(versions(QStringLiteral("b")), QStringList(QStringLiteral("of b")));
}

void TestNoteVersions::theSameIsKeptOnce()
{
    save(QStringLiteral("a"), QStringLiteral("x"),
         {QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("one"), QString()});
    save(QStringLiteral("a"), QStringLiteral("y"), {QStringLiteral("one")});
    QCOMPARE(versions(), (QStringList{QStringLiteral("two"), QStringLiteral("one")}));
}

void TestNoteVersions::theNewestOnesAreKept()
{
    for (int i = 1; i <= 25; ++i)
        save(QStringLiteral("a"), QStringLiteral("x"), {QString::number(i)});
    QCOMPARE(versions().size(), 20);
    QCOMPARE(versions().constFirst(), QStringLiteral("25"));
    QCOMPARE(versions().constLast(), QStringLiteral("6"));
}

void TestNoteVersions::longOnesMakeRoom()
{
    const auto longText = [](char letter, int size) { return QString(size, QLatin1Char(letter)); };
    save(QStringLiteral("a"), QStringLiteral("x"), {longText('a', 90000), longText('b', 90000), longText('c', 90000)});
    QCOMPARE(versions(), (QStringList{longText('c', 90000), longText('b', 90000)}));
    save(QStringLiteral("a"), QStringLiteral("x"), {longText('d', 250000)});
    QCOMPARE(versions(), QStringList{longText('d', 250000)});
}

void TestNoteVersions::emptiedNotesLeaveATrace()
{
    save(QStringLiteral("a"), QStringLiteral("a long note"));
    save(QStringLiteral("a"), QString()); // by somebody who kept none
    QCOMPARE(versions(), QStringList{QStringLiteral("a long note")});
}

void TestNoteVersions::emptiedNotesThatAreKnownLeaveNone()
{
    save(QStringLiteral("a"), QStringLiteral("a"), {QStringLiteral("a long note")}); // deleted key by key
    save(QStringLiteral("a"), QString());
    QCOMPARE(versions(), QStringList{QStringLiteral("a long note")});
}

void TestNoteVersions::goWithTheDraft()
{
    save(QStringLiteral("a"), QStringLiteral("x"), {QStringLiteral("of a")});
    save(QStringLiteral("b"), QStringLiteral("x"), {QStringLiteral("of b")});
    VERIFY_OK(await(m_store->write<void>(Store::WritePriority::Sync, [](Database &database) {
        return database.execute("DELETE FROM note_draft WHERE call_key = 'a'");
    })));
    QCOMPARE(versions(QStringLiteral("a")), QStringList());
    QCOMPARE(versions(QStringLiteral("b")), QStringList(QStringLiteral("of b")));
}

QTEST_GUILESS_MAIN(TestNoteVersions)
#include "tst_noteversions.moc"
