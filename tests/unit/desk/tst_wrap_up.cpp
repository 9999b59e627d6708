// SPDX-License-Identifier: Apache-2.0
#include "WrapUp.h"

#include "DeskBench.h"
#include "FakeAlarm.h"
#include "NoteDrafts.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace ringside;
using namespace ringside::test;

namespace {

QString key()
{
    return QStringLiteral("call-1");
}

} // namespace

/// No note is lost: not by a crash, not by a slow disk, not by typing before the stored text is there.
class TestWrapUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyChangeIsOnDiskInTime();
    void comesBackWithCursor();
    void typedBeforeLoadingGoesBelow();
    void suggestedSubjectGivesWay();
    void suggestedPurposeGivesWay();
    void lastChangeIsHandedOverAtTheEnd();
    void failedSaveIsSaidAndRepeated();
    void cursorAloneIsNoEdit();
    void whatIsDeletedAtOnceIsKept();
    void whatIsDeletedKeyByKeyIsKeptOnce();
    void smallCorrectionsAreNotKept();
    void emptiedNotesAreKeptOverACrash();
    void pausesAreKept();
    void restoredNotesAreKept();
    void versionsWaitForTheDisk();
    void twoCallsNeverMix();

private:
    std::unique_ptr<WrapUp> loaded();
    NoteDraft stored();
    void store(const QString &notes);
    QStringList versions(const QString &of = key());

    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<NoteDrafts> m_drafts;
};

void TestWrapUp::init()
{
    m_bench = std::make_unique<DeskBench>([](const RawServer::Arrival &) { return noRecords(); });
    m_drafts = std::make_unique<NoteDrafts>(m_bench->store);
    if (qstrcmp(QTest::currentTestFunction(), "failedSaveIsSaidAndRepeated") != 0)
        QVERIFY(m_bench->open());
}

void TestWrapUp::cleanup()
{
    m_drafts.reset();
    m_bench.reset();
}

std::unique_ptr<WrapUp> TestWrapUp::loaded()
{
    auto made = std::make_unique<WrapUp>(key(), *m_drafts, m_bench->clock);
    return QTest::qWaitFor([&made] { return made->loaded(); }) ? std::move(made) : nullptr;
}

NoteDraft TestWrapUp::stored()
{
    const auto draft = await(m_drafts->load(key()));
    return draft.ok() && draft.value() ? *draft.value() : NoteDraft{};
}

void TestWrapUp::store(const QString &notes)
{
    NoteDraft draft;
    draft.callKey = key();
    draft.notes = notes;
    draft.cursor = static_cast<int>(notes.size());
    QVERIFY(await(m_drafts->save(draft)).ok());
}

void TestWrapUp::everyChangeIsOnDiskInTime()
{
    const auto notes = loaded();
    QVERIFY(notes);
    QString text;
    for (int i = 0; i < 50; ++i) { // faster than one save takes
        text += QStringLiteral("word ");
        notes->setNotes(text, static_cast<int>(text.size()));
    }
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE(notes->saveState(), WrapUp::SaveState::Saved);
    QVERIFY2(timer.elapsed() < 250, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(stored().notes, text);
    QVERIFY(notes->dirtyByAgent());
}

void TestWrapUp::comesBackWithCursor()
{
    {
        const auto notes = loaded();
        notes->setNotes(QStringLiteral("first line\nsecond"), 4);
        notes->setResult(QStringLiteral("Interested"));
        notes->setPurpose(QStringLiteral("Support"));
        notes->setSubject(QStringLiteral("Panels"));
        notes->setValue(QStringLiteral("Reason_Code"), QStringLiteral("Billing"));
        QTRY_COMPARE(notes->saveState(), WrapUp::SaveState::Saved);
    }
    const auto notes = loaded();
    QCOMPARE(notes->draft().notes, QStringLiteral("first line\nsecond"));
    QCOMPARE(notes->draft().cursor, 4);
    QCOMPARE(notes->draft().result, QStringLiteral("Interested"));
    QCOMPARE(notes->draft().purpose, QStringLiteral("Support"));
    QCOMPARE(notes->draft().subject, QStringLiteral("Panels"));
    QCOMPARE(notes->draft().values.value(QStringLiteral("Reason_Code")), QStringLiteral("Billing"));
    QVERIFY(notes->dirtyByAgent());
    WrapUp again(key(), *m_drafts, m_bench->clock); // chosen before the stored draft was read
    again.setValue(QStringLiteral("Ticket"), QStringLiteral("7"));
    QTRY_VERIFY(again.loaded());
    QCOMPARE(again.draft().values.size(), 2);
}

void TestWrapUp::typedBeforeLoadingGoesBelow()
{
    store(QStringLiteral("an hour of text"));
    WrapUp notes(key(), *m_drafts, m_bench->clock);
    QVERIFY(!notes.loaded());
    notes.setNotes(QStringLiteral("h"), 1);
    QTRY_VERIFY(notes.loaded());
    QCOMPARE(notes.draft().notes, QStringLiteral("an hour of text\nh"));
    QCOMPARE(notes.draft().cursor, 17);
    QTRY_COMPARE(stored().notes, QStringLiteral("an hour of text\nh"));
}

void TestWrapUp::suggestedSubjectGivesWay()
{
    const auto notes = loaded();
    notes->suggestSubject(QStringLiteral("Inbound call from +1"));
    QCOMPARE(notes->draft().subject, QStringLiteral("Inbound call from +1"));
    QVERIFY(!notes->dirtyByAgent());
    notes->suggestSubject(QStringLiteral("Inbound call from Layla"));
    notes->setSubject(QStringLiteral("Broken panels"));
    notes->suggestSubject(QStringLiteral("Inbound call from Omar"));
    QCOMPARE(notes->draft().subject, QStringLiteral("Broken panels"));
}

void TestWrapUp::suggestedPurposeGivesWay()
{
    const auto notes = loaded();
    notes->suggestPurpose(QStringLiteral("Desk"));
    QCOMPARE(notes->draft().purpose, QStringLiteral("Desk"));
    notes->setPurpose(QString());
    notes->suggestPurpose(QStringLiteral("Desk"));
    QCOMPARE(notes->draft().purpose, QString());
}

void TestWrapUp::lastChangeIsHandedOverAtTheEnd()
{
    {
        const auto notes = loaded();
        notes->setNotes(QStringLiteral("a"), 1);
        notes->setNotes(QStringLiteral("ab"), 2); // waits behind the first, and then the window closes
    }
    QTRY_COMPARE(stored().notes, QStringLiteral("ab"));
}

void TestWrapUp::failedSaveIsSaidAndRepeated()
{
    // The store is not open: nothing can be read or written.
    WrapUp notes(key(), *m_drafts, m_bench->clock);
    QSignalSpy states(&notes, &WrapUp::saveStateChanged);
    notes.setNotes(QStringLiteral("typed all the same"), 5);
    QTRY_COMPARE(notes.saveState(), WrapUp::SaveState::NotSaved);
    QVERIFY(!notes.saveMessage().isEmpty());
    QCOMPARE(notes.draft().notes, QStringLiteral("typed all the same"));
    QVERIFY(m_bench->open());
    QTRY_COMPARE_WITH_TIMEOUT(notes.saveState(), WrapUp::SaveState::Saved, 10000);
    QTRY_COMPARE(stored().notes, QStringLiteral("typed all the same"));
}

void TestWrapUp::cursorAloneIsNoEdit()
{
    store(QStringLiteral("text"));
    const auto notes = loaded();
    QSignalSpy edited(notes.get(), &WrapUp::edited);
    notes->setNotes(QStringLiteral("text"), 1);
    QCOMPARE(edited.count(), 0);
    QTRY_COMPARE(stored().cursor, 1);
}

QStringList TestWrapUp::versions(const QString &of)
{
    QStringList notes;
    const auto read = await(m_drafts->versions(of));
    if (!read.ok())
        return {read.error().message};
    for (const NoteVersion &version : read.value())
        notes.append(version.notes);
    return notes;
}

void TestWrapUp::whatIsDeletedAtOnceIsKept()
{
    const auto notes = loaded();
    const QString line = QStringLiteral("Driver arrives Thursday 09:00, confirmed by phone.");
    const QString both = line + QStringLiteral("\nSend the invoice.");
    notes->setNotes(both, static_cast<int>(both.size()));
    notes->setNotes(QStringLiteral("Send the invoice."), 0);
    QTRY_COMPARE(versions(), QStringList{both});
    notes->setNotes(QStringLiteral("Something else of the same length, typed over what was there"), 3); // pasted over all
    QTRY_COMPARE(versions(), (QStringList{QStringLiteral("Send the invoice."), both}));
}

void TestWrapUp::whatIsDeletedKeyByKeyIsKeptOnce()
{
    const auto notes = loaded();
    QString text = QStringLiteral("one two three four five six seven eight nine ten eleven twelve thirteen fourteen");
    const QString whole = text;
    notes->setNotes(text, static_cast<int>(text.size()));
    while (!text.isEmpty()) {
        text.chop(1);
        notes->setNotes(text, static_cast<int>(text.size()));
    }
    QTRY_COMPARE(notes->saveState(), WrapUp::SaveState::Saved);
    QCOMPARE(stored().notes, QString());
    QCOMPARE(versions(), QStringList{whole});
}

void TestWrapUp::smallCorrectionsAreNotKept()
{
    const auto notes = loaded();
    QString text = QStringLiteral("a sentence that is long enough to be missed");
    for (int i = 0; i < 20; ++i) { // a typing error after the other
        text += QStringLiteral("x");
        notes->setNotes(text, static_cast<int>(text.size()));
        text.chop(1);
        notes->setNotes(text, static_cast<int>(text.size()));
        text += QStringLiteral(" ok");
        notes->setNotes(text, static_cast<int>(text.size()));
    }
    QTRY_COMPARE(notes->saveState(), WrapUp::SaveState::Saved);
    QCOMPARE(versions(), QStringList());
}

void TestWrapUp::emptiedNotesAreKeptOverACrash()
{
    store(QStringLiteral("ok"));
    {
        const auto notes = loaded();
        notes->setNotes(QString(), 0);
        QTRY_COMPARE(stored().notes, QString());
        // What is on disk at this moment is what a crash leaves.
        QCOMPARE(versions(), QStringList{QStringLiteral("ok")});
    }
    const auto again = loaded();
    QSignalSpy read(again.get(), &WrapUp::versionsRead);
    again->readVersions();
    QTRY_COMPARE(read.count(), 1);
    const auto found = read.at(0).at(0).value<QList<NoteVersion>>();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().notes, QStringLiteral("ok"));
    QVERIFY(read.at(0).at(1).toString().isEmpty());
}

void TestWrapUp::pausesAreKept()
{
    AlarmRecord pause;
    WrapUp notes(key(), *m_drafts, m_bench->clock, nullptr, std::make_unique<FakeAlarm>(pause));
    QTRY_VERIFY(notes.loaded());
    notes.setNotes(QStringLiteral("The first half of a thought"), 5);
    QCOMPARE(pause.waits.last(), std::chrono::milliseconds(30000));
    QVERIFY(pause.ring());
    QTRY_COMPARE(versions(), QStringList{QStringLiteral("The first half of a thought")});
    notes.setNotes(QStringLiteral("The first half of a thought."), 5);
    QVERIFY(pause.ring()); // hardly another
    QTRY_COMPARE(notes.saveState(), WrapUp::SaveState::Saved);
    QCOMPARE(versions().size(), 1);
    QCOMPARE(stored().notes, QStringLiteral("The first half of a thought."));
}

void TestWrapUp::restoredNotesAreKept()
{
    const auto notes = loaded();
    notes->setNotes(QStringLiteral("changed"), 5);
    NoteDraft logged;
    logged.notes = QStringLiteral("as logged, and changed");
    notes->restore(logged);
    QTRY_COMPARE(stored().notes, logged.notes);
    QCOMPARE(versions(), QStringList{QStringLiteral("changed")});
}

void TestWrapUp::versionsWaitForTheDisk()
{
    store(QStringLiteral("stored and whole"));
    m_bench.reset();
    m_bench = std::make_unique<DeskBench>([](const RawServer::Arrival &) { return noRecords(); });
    m_drafts = std::make_unique<NoteDrafts>(m_bench->store);
    WrapUp notes(key(), *m_drafts, m_bench->clock); // no store is open
    notes.setNotes(QStringLiteral("a text that is typed meanwhile"), 5);
    notes.setNotes(QString(), 0);
    QTRY_COMPARE(notes.saveState(), WrapUp::SaveState::NotSaved);
    QVERIFY(m_bench->open());
    QTRY_COMPARE_WITH_TIMEOUT(versions(), QStringList{QStringLiteral("a text that is typed meanwhile")}, 10000);
}

void TestWrapUp::twoCallsNeverMix()
{
    const QString other = QStringLiteral("call-2");
    const auto one = loaded();
    WrapUp two(other, *m_drafts, m_bench->clock);
    QTRY_VERIFY(two.loaded());
    QString first;
    QString second;
    for (int i = 0; i < 60; ++i) { // key by key in turns, faster than the disk
        first += QStringLiteral("a");
        second += QStringLiteral("b");
        one->setNotes(first, i + 1);
        two.setNotes(second, i + 1);
    }
    one->setNotes(QString(), 0);
    two.setNotes(QStringLiteral("b"), 1);
    QTRY_COMPARE(one->saveState(), WrapUp::SaveState::Saved);
    QTRY_COMPARE(two.saveState(), WrapUp::SaveState::Saved);
    QCOMPARE(versions(), QStringList{first});
    QCOMPARE(versions(other), QStringList{second});
    QCOMPARE(stored().notes, QString());
    const auto draft = await(m_drafts->load(other));
    QCOMPARE(draft.value()->notes, QStringLiteral("b"));
}

QTEST_GUILESS_MAIN(TestWrapUp)
#include "tst_wrap_up.moc"
