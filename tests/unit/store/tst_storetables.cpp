// SPDX-License-Identifier: Apache-2.0
#include "CreditHistory.h"
#include "Directory.h"
#include "MetadataCache.h"
#include "SearchText.h"
#include "StoreTest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

QDateTime at(int seconds)
{
    return QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + qint64(seconds) * 1000, Qt::UTC);
}

DirectoryEntry personOf(const QString &id, const QString &name, const QStringList &numbers, int seen = 0)
{
    DirectoryEntry entry;
    entry.module = QStringLiteral("Contacts");
    entry.recordId = id;
    entry.name = name;
    entry.company = QStringLiteral("Almarai & Söhne");
    entry.title = QStringLiteral("Buyer");
    entry.email = id + QStringLiteral("@example.com");
    entry.numbers = numbers;
    for (int i = 0; i < numbers.size(); ++i)
        entry.numberLabels.append(i == 0 ? QStringLiteral("Phone") : QStringLiteral("Mobile"));
    entry.seenAt = at(seen);
    return entry;
}

} // namespace

class TestStoreTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keepsEveryFieldOfADraft();
    void lastSaveOfACallWins();
    void listsWhatIsNotLogged();

    void keepsEveryFieldOfACall();
    void listsNewestCallsFirst();
    void doesNotSetTheLogBack();

    void queuesInOneTransaction();
    void replacesWhatWaits();
    void startsRejectedAfresh();
    void refusesWhatIsOnItsWayOrDone();
    void takesOldestDueOnce();
    void completesAndKeepsWhatWasLogged();
    void forgetsTheWordsOfOldLoggedCalls();
    void forgetsOldCallsThatAreDoneWith();
    void forgetsAPerson();
    void listsUnfinishedCalls();
    void keepsWhatWasTypedAfterQueueing();
    void rejectsAndKeepsTheDraft();
    void saysWhenAnEntryIsUnknown();
    void changesOfALoggedCall();
    void givesUpAChange();
    void rejectedChangeKnowsWhatWasFound();

    void findsByNumber();
    void replacesAnEntryWithItsNumbers();
    void searches_data();
    void searches();
    void limitsAndOrdersTheSearch();
    void remembersChoices();
    void keepsMetadataOfEachOrgApart();
    void foldsText();

    void keepsCreditsByCompany();

private:
    std::optional<NoteDraft> draft(const QString &key) { return await(m_drafts->load(key)).value(); }
    qint64 wordsOfUpdates() ///< How many payloads of updates are kept.
    {
        return await(m_store->read<qint64>([](Database &database) {
                   return database.number("SELECT count(*) FROM outbox WHERE kind = 'update' AND payload <> x''");
               })).value();
    }
    StoredCall call(const QString &key) { return await(m_calls->find(key)).value().value_or(StoredCall()); }
    QStringList found(const QString &text, int limit = 10);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<NoteDrafts> m_drafts;
    std::unique_ptr<CallLog> m_calls;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Directory> m_directory;
};

void TestStoreTables::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>();
    VERIFY_OK(await(m_store->open(m_folder->filePath(QStringLiteral("store.db")), testKey())));
    m_drafts = std::make_unique<NoteDrafts>(*m_store);
    m_calls = std::make_unique<CallLog>(*m_store);
    m_outbox = std::make_unique<Outbox>(*m_store);
    m_directory = std::make_unique<Directory>(*m_store);
}

void TestStoreTables::cleanup()
{
    m_directory.reset();
    m_outbox.reset();
    m_calls.reset();
    m_drafts.reset();
    m_store.reset();
    m_folder.reset();
}

QStringList TestStoreTables::found(const QString &text, int limit)
{
    const auto result = await(m_directory->search(text, limit));
    QStringList ids;
    if (!result.ok())
        return {result.error().code};
    for (const DirectoryEntry &entry : result.value())
        ids.append(entry.recordId);
    return ids;
}

void TestStoreTables::keepsEveryFieldOfADraft()
{
    NoteDraft saved;
    saved.callKey = QStringLiteral("k");
    saved.subject = QStringLiteral("Re: order");
    saved.subjectEdited = true;
    saved.notes = QStringLiteral("Wants 3 pallets");
    saved.cursor = 7;
    saved.result = QStringLiteral("Interested");
    saved.purpose = QStringLiteral("Prospecting");
    saved.relatedModule = QStringLiteral("Deals");
    saved.relatedId = QStringLiteral("5725767000000012345");
    saved.values = {{QStringLiteral("Reason_Code"), QString::fromUtf8("فاتورة \"A\"")}, {QStringLiteral("Ticket"), QString()}};
    saved.updatedAt = at(3).addMSecs(250);
    VERIFY_OK(await(m_drafts->save(saved)));
    const auto loaded = draft(QStringLiteral("k"));
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->callKey, saved.callKey);
    QCOMPARE(loaded->subject, saved.subject);
    QCOMPARE(loaded->subjectEdited, true);
    QCOMPARE(loaded->notes, saved.notes);
    QCOMPARE(loaded->cursor, 7);
    QCOMPARE(loaded->result, saved.result);
    QCOMPARE(loaded->purpose, saved.purpose);
    QCOMPARE(loaded->relatedModule, saved.relatedModule);
    QCOMPARE(loaded->relatedId, saved.relatedId);
    QCOMPARE(loaded->values, saved.values);
    QCOMPARE(loaded->updatedAt, saved.updatedAt);
    QCOMPARE(loaded->updatedAt.timeSpec(), Qt::UTC);
    QVERIFY(!draft(QStringLiteral("other")).has_value());
}

void TestStoreTables::lastSaveOfACallWins()
{
    QFuture<Result<void>> last;
    for (int i = 0; i < 300; ++i)
        last = m_drafts->save(draftOf(QStringLiteral("k"), QString::number(i)));
    VERIFY_OK(await(last));
    QCOMPARE(draft(QStringLiteral("k"))->notes, QStringLiteral("299"));
    QCOMPARE(await(m_drafts->unlogged()).value().size(), 1);
}

void TestStoreTables::listsWhatIsNotLogged()
{
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("a"), QStringLiteral("1")))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("b"), QStringLiteral("2")))));
    QCOMPARE(await(m_drafts->unlogged()).value().size(), 2);
    VERIFY_OK(await(m_outbox->complete(await(m_outbox->add(entryOf(QStringLiteral("a"), "1"))).value(), QStringLiteral("57"))));
    const auto left = await(m_drafts->unlogged());
    QCOMPARE(left.value().size(), 1);
    QCOMPARE(left.value().first().callKey, QStringLiteral("b"));
}

void TestStoreTables::keepsEveryFieldOfACall()
{
    StoredCall saved = callOf(QStringLiteral("k"));
    saved.incoming = false;
    saved.state = 3;
    saved.reason = 2;
    saved.rawNumber = QStringLiteral("050 123 4567");
    saved.e164 = QStringLiteral("+971501234567");
    saved.displayNumber = QStringLiteral("+971 50 123 4567");
    saved.remoteName = QStringLiteral("Reception");
    saved.localLine = QStringLiteral("201");
    saved.offsetSeconds = 4 * 3600;
    saved.answeredAt = at(5);
    saved.endedAt = at(65);
    saved.talkTime = std::chrono::milliseconds(60'001);
    saved.module = QStringLiteral("Contacts");
    saved.recordId = QStringLiteral("5725767000000012345");
    saved.personName = QStringLiteral("Layla Hassan");
    saved.company = QStringLiteral("Almarai");
    saved.logState = LogState::Rejected;
    saved.logMessage = QStringLiteral("Not so.");
    saved.crmCallId = QStringLiteral("57");
    VERIFY_OK(await(m_calls->save(saved)));
    const StoredCall loaded = call(QStringLiteral("k"));
    QCOMPARE(loaded.sourceId, saved.sourceId);
    QCOMPARE(loaded.callId, saved.callId);
    QCOMPARE(loaded.incoming, false);
    QCOMPARE(loaded.state, 3);
    QCOMPARE(loaded.reason, 2);
    QCOMPARE(loaded.rawNumber, saved.rawNumber);
    QCOMPARE(loaded.e164, saved.e164);
    QCOMPARE(loaded.displayNumber, saved.displayNumber);
    QCOMPARE(loaded.remoteName, saved.remoteName);
    QCOMPARE(loaded.localLine, saved.localLine);
    QCOMPARE(loaded.startedAt, saved.startedAt);
    QCOMPARE(loaded.offsetSeconds, 4 * 3600);
    QCOMPARE(loaded.answeredAt.value_or(QDateTime()), at(5));
    QCOMPARE(loaded.endedAt.value_or(QDateTime()), at(65));
    QCOMPARE(loaded.talkTime.count(), 60'001);
    QCOMPARE(loaded.module, saved.module);
    QCOMPARE(loaded.recordId, saved.recordId);
    QCOMPARE(loaded.personName, saved.personName);
    QCOMPARE(loaded.company, saved.company);
    QCOMPARE(loaded.logState, LogState::Rejected);
    QCOMPARE(loaded.logMessage, saved.logMessage);
    QCOMPARE(loaded.crmCallId, saved.crmCallId);

    saved.answeredAt.reset();
    saved.endedAt.reset();
    saved.personName = QStringLiteral("Layla H.");
    VERIFY_OK(await(m_calls->save(saved)));
    QVERIFY(!call(QStringLiteral("k")).answeredAt.has_value());
    QVERIFY(!call(QStringLiteral("k")).endedAt.has_value());
    QCOMPARE(call(QStringLiteral("k")).personName, QStringLiteral("Layla H."));
    QVERIFY(!await(m_calls->find(QStringLiteral("other"))).value().has_value());
}

void TestStoreTables::listsNewestCallsFirst()
{
    int made = 0;
    for (const int second : {5, 1, 9, 9, 3})
        VERIFY_OK(await(m_calls->save(callOf(QStringLiteral("k%1").arg(++made), at(second).toMSecsSinceEpoch()))));
    const auto all = await(m_calls->recent(10));
    VERIFY_OK(all);
    QList<QDateTime> times;
    for (const StoredCall &stored : all.value())
        times.append(stored.startedAt);
    QCOMPARE(times, QList<QDateTime>({at(9), at(9), at(5), at(3), at(1)}));
    const auto page = await(m_calls->recent(2, 2));
    QCOMPARE(page.value().size(), 2);
    QCOMPARE(page.value().first().startedAt, at(5));
    QCOMPARE(await(m_calls->recent(-1)).value().size(), 0);
}

void TestStoreTables::doesNotSetTheLogBack()
{
    StoredCall stale = callOf(QStringLiteral("k"));
    stale.logState = LogState::Draft;
    VERIFY_OK(await(m_calls->save(stale)));
    const auto id = await(m_outbox->add(entryOf(QStringLiteral("k"), "{}")));
    VERIFY_OK(await(m_calls->save(stale)));
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Queued);
    VERIFY_OK(await(m_outbox->reject(id.value(), QStringLiteral("No."))));
    VERIFY_OK(await(m_calls->save(stale))); // The agent edits what was rejected: a draft again.
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Draft);
    VERIFY_OK(await(m_outbox->add(entryOf(QStringLiteral("k"), "{}"))));
    VERIFY_OK(await(m_outbox->complete(id.value(), QStringLiteral("57"))));
    stale.logState = LogState::Queued;
    stale.personName = QStringLiteral("new name");
    VERIFY_OK(await(m_calls->save(stale)));
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Logged);
    QCOMPARE(call(QStringLiteral("k")).crmCallId, QStringLiteral("57"));
    QCOMPARE(call(QStringLiteral("k")).personName, QStringLiteral("new name"));
}

void TestStoreTables::queuesInOneTransaction()
{
    VERIFY_OK(await(m_calls->save(callOf(QStringLiteral("k")))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("k"), QStringLiteral("text")))));
    const QByteArray payload("{\"x\":1}\0binary", 14);
    const auto id = await(m_outbox->add(entryOf(QStringLiteral("k"), payload)));
    VERIFY_OK(id);
    QVERIFY(id.value() > 0);
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Queued);
    QCOMPARE(draft(QStringLiteral("k"))->notes, QStringLiteral("text"));
    const auto open = await(m_outbox->open());
    QCOMPARE(open.value().size(), 1);
    QCOMPARE(open.value().first().id, id.value());
    QCOMPARE(open.value().first().payload, payload);
    QCOMPARE(open.value().first().state, OutboxState::Pending);
    QCOMPARE(open.value().first().createdAt, at(0));
    QVERIFY(!open.value().first().sentAt.isValid());
}

void TestStoreTables::replacesWhatWaits()
{
    const auto first = await(m_outbox->add(entryOf(QStringLiteral("k"), "1")));
    const auto taken = await(m_outbox->takeNext(at(1)));
    VERIFY_OK(await(m_outbox->setState(first.value(), OutboxState::Pending, at(60), QStringLiteral("Offline."))));
    OutboxEntry again = entryOf(QStringLiteral("k"), "2");
    again.createdAt = at(30);
    again.notBefore = at(30);
    const auto second = await(m_outbox->add(again));
    VERIFY_OK(second);
    QCOMPARE(second.value(), first.value());
    const auto entries = await(m_outbox->open());
    QCOMPARE(entries.value().size(), 1);
    const OutboxEntry &entry = entries.value().first();
    QCOMPARE(entry.payload, QByteArray("2"));
    QCOMPARE(entry.attempts, 1);
    QCOMPARE(entry.createdAt, at(0));
    QCOMPARE(entry.notBefore, at(30));
    QCOMPARE(entry.reason, QString());
    // Another kind is another entry.
    OutboxEntry task = entryOf(QStringLiteral("k"), "3");
    task.kind = QStringLiteral("task");
    QVERIFY(await(m_outbox->add(task)).value() != first.value());
}

void TestStoreTables::startsRejectedAfresh()
{
    const auto id = await(m_outbox->add(entryOf(QStringLiteral("k"), "1")));
    VERIFY_OK(await(m_outbox->takeNext(at(1))));
    VERIFY_OK(await(m_outbox->reject(id.value(), QStringLiteral("The subject is missing."))));
    QCOMPARE(await(m_outbox->open()).value().first().reason, QStringLiteral("The subject is missing."));
    QVERIFY(!await(m_outbox->takeNext(at(2))).value().has_value());
    OutboxEntry again = entryOf(QStringLiteral("k"), "2");
    again.createdAt = at(30);
    QCOMPARE(await(m_outbox->add(again)).value(), id.value());
    const OutboxEntry entry = await(m_outbox->open()).value().first();
    QCOMPARE(entry.state, OutboxState::Pending);
    QCOMPARE(entry.attempts, 0);
    QCOMPARE(entry.createdAt, at(30));
    QCOMPARE(entry.reason, QString());
}

void TestStoreTables::refusesWhatIsOnItsWayOrDone()
{
    VERIFY_OK(await(m_calls->save(callOf(QStringLiteral("k")))));
    const auto id = await(m_outbox->add(entryOf(QStringLiteral("k"), "1")));
    VERIFY_OK(await(m_outbox->takeNext(at(1))));
    const auto add = [this] { return await(m_outbox->add(entryOf(QStringLiteral("k"), "2"))); };
    QCOMPARE(add().error().kind, ErrorKind::Busy);
    VERIFY_OK(await(m_outbox->setState(id.value(), OutboxState::Confirming, at(5), QStringLiteral("No answer."))));
    QCOMPARE(add().error().kind, ErrorKind::Busy);
    VERIFY_OK(await(m_outbox->complete(id.value(), QStringLiteral("57"))));
    QCOMPARE(add().error().kind, ErrorKind::Conflict);
    QVERIFY(!add().error().message.isEmpty());
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Logged); // A refused add changes nothing.
    QCOMPARE(await(m_outbox->open()).value().size(), 0);
}

void TestStoreTables::takesOldestDueOnce()
{
    OutboxEntry later = entryOf(QStringLiteral("later"), "l");
    later.notBefore = at(100);
    const auto laterId = await(m_outbox->add(later));
    const auto firstId = await(m_outbox->add(entryOf(QStringLiteral("a"), "a")));
    const auto secondId = await(m_outbox->add(entryOf(QStringLiteral("b"), "b")));
    const auto first = await(m_outbox->takeNext(at(10)));
    VERIFY_OK(first);
    QCOMPARE(first.value()->id, firstId.value());
    QCOMPARE(first.value()->state, OutboxState::InFlight);
    QCOMPARE(first.value()->attempts, 1);
    QCOMPARE(first.value()->sentAt, at(10));
    QCOMPARE(await(m_outbox->takeNext(at(10))).value()->id, secondId.value());
    QVERIFY(!await(m_outbox->takeNext(at(99))).value().has_value());
    QCOMPARE(await(m_outbox->takeNext(at(100))).value()->id, laterId.value()); // Due at that very moment.
    QVERIFY(!await(m_outbox->takeNext(at(1000))).value().has_value());
    // What was taken is stored, not only told.
    const auto open = await(m_outbox->open());
    QCOMPARE(open.value().at(1).state, OutboxState::InFlight);
    QCOMPARE(open.value().at(1).attempts, 1);
    QCOMPARE(open.value().at(1).sentAt, at(10));
    VERIFY_OK(await(m_outbox->setState(firstId.value(), OutboxState::Pending, at(2000), QStringLiteral("Offline."))));
    QVERIFY(!await(m_outbox->takeNext(at(1999))).value().has_value());
    QCOMPARE(await(m_outbox->takeNext(at(2000))).value()->attempts, 2);
}

void TestStoreTables::completesAndKeepsWhatWasLogged()
{
    VERIFY_OK(await(m_calls->save(callOf(QStringLiteral("k")))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("k"), QStringLiteral("text")))));
    const auto id = await(m_outbox->add(entryOf(QStringLiteral("k"), "1")));
    NoteDraft moved = draftOf(QStringLiteral("k"), QStringLiteral("text"));
    moved.cursor = 1;
    moved.updatedAt = at(9);
    VERIFY_OK(await(m_drafts->save(moved))); // The cursor alone moved.
    VERIFY_OK(await(m_outbox->takeNext(at(1))));
    VERIFY_OK(await(m_outbox->complete(id.value(), QStringLiteral("5725767000000099999"))));
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Logged);
    QCOMPARE(call(QStringLiteral("k")).crmCallId, QStringLiteral("5725767000000099999"));
    VERIFY_OK(await(m_outbox->complete(id.value(), QStringLiteral("5725767000000099999"))));
    QCOMPARE(draft(QStringLiteral("k"))->notes, QStringLiteral("text")); // to be read again
    QVERIFY(await(m_drafts->unlogged()).value().isEmpty());
    moved.cursor = 2;
    VERIFY_OK(await(m_drafts->save(moved)));
    QCOMPARE(draft(QStringLiteral("k"))->cursor, 2);
    QVERIFY(await(m_drafts->unlogged()).value().isEmpty());
    moved.subject = QStringLiteral("Inbound call from Layla Haddad"); // made by us when her name came
    VERIFY_OK(await(m_drafts->save(moved)));
    QVERIFY(await(m_drafts->unlogged()).value().isEmpty());
    moved.values.insert(QStringLiteral("Reason_Code"), QStringLiteral("Billing"));
    VERIFY_OK(await(m_drafts->save(moved)));
    QCOMPARE(await(m_drafts->unlogged()).value().size(), 1);
    moved.subjectEdited = true;
    moved.subject = QStringLiteral("Panels");
    VERIFY_OK(await(m_drafts->save(moved)));
    QCOMPARE(await(m_drafts->unlogged()).value().size(), 1);
}

void TestStoreTables::forgetsTheWordsOfOldLoggedCalls()
{
    for (const QString &key : {QStringLiteral("old"), QStringLiteral("changed"), QStringLiteral("new")}) {
        StoredCall one = callOf(key);
        VERIFY_OK(await(m_calls->save(one)));
        VERIFY_OK(await(m_drafts->save(draftOf(key, QStringLiteral("text")))));
        const qint64 id = await(m_outbox->add(entryOf(key, "1"))).value();
        VERIFY_OK(await(m_outbox->takeNext(at(key == QLatin1String("new") ? 100 : 1))));
        VERIFY_OK(await(m_outbox->complete(id, QStringLiteral("57"))));
    }
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("never"), QStringLiteral("never logged")))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("changed"), QStringLiteral("text, changed")))));
    VERIFY_OK(await(m_drafts->forgetLogged(at(50))));
    QVERIFY(!draft(QStringLiteral("old")));
    QVERIFY(await(m_drafts->versions(QStringLiteral("old"))).value().isEmpty());
    QVERIFY(draft(QStringLiteral("changed")) && draft(QStringLiteral("new")) && draft(QStringLiteral("never")));
    // The cursor that still stands in the window's copy of it brings nothing back.
    VERIFY_OK(await(m_drafts->saveCursor(draftOf(QStringLiteral("old"), QStringLiteral("text")), {QStringLiteral("tex")})));
    QVERIFY(!draft(QStringLiteral("old")));
    QCOMPARE(await(m_outbox->told(QStringLiteral("old"))).value(), QByteArray());
    for (const QString &key : {QStringLiteral("changed"), QStringLiteral("new")})
        QCOMPARE(await(m_outbox->told(key)).value(), QByteArray("1"));
    QCOMPARE(await(m_outbox->add(entryOf(QStringLiteral("old"), "2"))).error().kind, ErrorKind::Conflict); // still logged
}

namespace {

/// Ended then; log_state as given.
StoredCall endedCall(const QString &key, int day, LogState state = LogState::None)
{
    StoredCall call = callOf(key);
    call.startedAt = QDateTime::fromMSecsSinceEpoch(day * 86'400'000LL, Qt::UTC);
    call.endedAt = call.startedAt.addSecs(60);
    call.logState = state;
    return call;
}

} // namespace

void TestStoreTables::forgetsOldCallsThatAreDoneWith()
{
    for (const auto &[key, day] :
         {std::pair("missed", 1), {"logged", 1}, {"draft", 1}, {"typed", 1}, {"waiting", 1}, {"later", 9}})
        VERIFY_OK(await(m_calls->save(
            endedCall(QString::fromLatin1(key), day, qstrcmp(key, "draft") == 0 ? LogState::Draft : LogState::None))));
    StoredCall live = endedCall(QStringLiteral("live"), 1);
    live.endedAt.reset();
    VERIFY_OK(await(m_calls->save(live)));
    for (const char *key : {"logged", "typed"})
        VERIFY_OK(await(m_drafts->save(draftOf(QString::fromLatin1(key), QStringLiteral("text")))));
    VERIFY_OK(await(m_outbox->complete(await(m_outbox->add(entryOf(QStringLiteral("logged"), "1"))).value(),
                                       QStringLiteral("57"))));
    VERIFY_OK(await(m_outbox->add(entryOf(QStringLiteral("waiting"), "1"))));

    const auto gone = await(m_calls->forgetBefore(QDateTime::fromMSecsSinceEpoch(5 * 86'400'000LL, Qt::UTC)));
    VERIFY_OK(gone);
    QStringList keys = gone.value();
    keys.sort();
    QCOMPARE(keys, QStringList({QStringLiteral("logged"), QStringLiteral("missed")}));
    QVERIFY(!draft(QStringLiteral("logged")));
    QVERIFY(draft(QStringLiteral("typed")));
    QCOMPARE(await(m_outbox->told(QStringLiteral("logged"))).value(), QByteArray());
    for (const char *key : {"draft", "typed", "waiting", "later", "live"})
        QVERIFY2(await(m_calls->find(QString::fromLatin1(key))).value().has_value(), key);
    QVERIFY(!await(m_calls->find(QStringLiteral("missed"))).value().has_value());
}

void TestStoreTables::forgetsAPerson()
{
    const QString number = QStringLiteral("+971501112233");
    const auto with = [](StoredCall call, const char *id, const QString &e164) {
        call.module = *id ? QStringLiteral("Contacts") : QString();
        call.recordId = QString::fromLatin1(id);
        call.personName = QStringLiteral("Layla");
        call.e164 = e164;
        return call;
    };
    VERIFY_OK(await(m_calls->save(with(endedCall(QStringLiteral("hers"), 1), "57", number))));
    VERIFY_OK(await(m_calls->save(with(endedCall(QStringLiteral("her number"), 1), "", number))));
    VERIFY_OK(await(m_calls->save(with(endedCall(QStringLiteral("his, same number"), 1), "58", number))));
    VERIFY_OK(await(m_calls->save(with(endedCall(QStringLiteral("another"), 1), "", QStringLiteral("+1")))));
    VERIFY_OK(await(m_calls->save(with(endedCall(QStringLiteral("withheld"), 1), "", QString()))));
    VERIFY_OK(await(m_calls->save(with(endedCall(QStringLiteral("noted"), 1), "57", number))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("noted"), QStringLiteral("not in the CRM yet")))));

    DirectoryEntry entry;
    entry.module = QStringLiteral("Contacts");
    entry.recordId = QStringLiteral("57");
    entry.numbers = QStringList{number};
    entry.numberLabels = QStringList{QStringLiteral("Mobile")};
    VERIFY_OK(await(m_directory->remember(entry)));
    const auto forgotten = await(m_calls->forgetPerson(QStringLiteral("Contacts"), QStringLiteral("57")));
    VERIFY_OK(forgotten);
    QStringList gone = forgotten.value().gone;
    gone.sort();
    QCOMPARE(gone, QStringList({QStringLiteral("her number"), QStringLiteral("hers")}));
    QCOMPARE(forgotten.value().kept, QStringList({QStringLiteral("noted")}));
    QVERIFY(draft(QStringLiteral("noted")));
    for (const char *key : {"his, same number", "another", "withheld", "noted"})
        QVERIFY2(await(m_calls->find(QString::fromLatin1(key))).value().has_value(), key);
}

void TestStoreTables::listsUnfinishedCalls()
{
    for (const QString &key : {QStringLiteral("plain"), QStringLiteral("noted"), QStringLiteral("queued"), QStringLiteral("rejected"),
                               QStringLiteral("logged")})
        VERIFY_OK(await(m_calls->save(callOf(key))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("noted"), QStringLiteral("text")))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("logged"), QStringLiteral("text")))));
    VERIFY_OK(await(m_outbox->add(entryOf(QStringLiteral("queued"), "1"))));
    VERIFY_OK(await(m_outbox->reject(await(m_outbox->add(entryOf(QStringLiteral("rejected"), "1"))).value(), QStringLiteral("No."))));
    VERIFY_OK(await(m_outbox->complete(await(m_outbox->add(entryOf(QStringLiteral("logged"), "1"))).value(), QStringLiteral("57"))));
    QStringList keys;
    const auto unfinished = await(m_calls->unfinished());
    VERIFY_OK(unfinished);
    for (const StoredCall &one : unfinished.value())
        keys.append(one.key);
    keys.sort();
    QCOMPARE(keys, QStringList({QStringLiteral("noted"), QStringLiteral("queued"), QStringLiteral("rejected")}));
}

void TestStoreTables::keepsWhatWasTypedAfterQueueing()
{
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("k"), QStringLiteral("text")))));
    // Given in one go, so that only the order in which they are given decides.
    const auto id = m_outbox->add(entryOf(QStringLiteral("k"), "1"));
    const auto late = m_drafts->save(draftOf(QStringLiteral("k"), QStringLiteral("text, and one thing more")));
    VERIFY_OK(await(late));
    VERIFY_OK(await(m_outbox->complete(await(id).value(), QStringLiteral("57"))));
    QVERIFY(draft(QStringLiteral("k")).has_value());
    QCOMPARE(draft(QStringLiteral("k"))->notes, QStringLiteral("text, and one thing more"));
}

void TestStoreTables::rejectsAndKeepsTheDraft()
{
    VERIFY_OK(await(m_calls->save(callOf(QStringLiteral("k")))));
    VERIFY_OK(await(m_drafts->save(draftOf(QStringLiteral("k"), QStringLiteral("text")))));
    const auto id = await(m_outbox->add(entryOf(QStringLiteral("k"), "1")));
    VERIFY_OK(await(m_outbox->takeNext(at(1))));
    VERIFY_OK(await(m_outbox->reject(id.value(), QStringLiteral("Choose a result."))));
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Rejected);
    QCOMPARE(call(QStringLiteral("k")).logMessage, QStringLiteral("Choose a result."));
    QCOMPARE(draft(QStringLiteral("k"))->notes, QStringLiteral("text"));
    VERIFY_OK(await(m_outbox->add(entryOf(QStringLiteral("k"), "2"))));
    QCOMPARE(call(QStringLiteral("k")).logState, LogState::Queued);
    QCOMPARE(call(QStringLiteral("k")).logMessage, QString());
}

void TestStoreTables::saysWhenAnEntryIsUnknown()
{
    QCOMPARE(await(m_outbox->setState(7, OutboxState::Pending, at(0), {})).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(m_outbox->complete(7, QStringLiteral("57"))).error().kind, ErrorKind::NotFound);
    QCOMPARE(await(m_outbox->reject(7, QStringLiteral("No."))).error().kind, ErrorKind::NotFound);
}

void TestStoreTables::changesOfALoggedCall()
{
    const auto key = QStringLiteral("k");
    VERIFY_OK(await(m_calls->save(callOf(key))));
    VERIFY_OK(await(m_drafts->save(draftOf(key, QStringLiteral("one")))));
    const auto made = await(m_outbox->add(entryOf(key, "1")));
    QCOMPARE(await(m_outbox->told(key)).value(), QByteArray()); // not there yet
    VERIFY_OK(await(m_outbox->complete(made.value(), QStringLiteral("57"))));
    QCOMPARE(await(m_outbox->told(key)).value(), QByteArray("1"));

    StoredCall edited = call(key);
    edited.logState = LogState::Draft; // a call that was logged, and whoever knows its record changes it
    VERIFY_OK(await(m_calls->save(edited)));
    QCOMPARE(call(key).logState, LogState::Draft);
    qint64 id = 0;
    QByteArray before("1");
    for (const auto &payload : {QByteArray("2"), QByteArray("3")}) { // one after the other
        VERIFY_OK(await(m_drafts->save(draftOf(key, QString::fromLatin1(payload)))));
        OutboxEntry update = entryOf(key, payload);
        update.kind = outboxKind::update;
        const auto added = await(m_outbox->add(update));
        VERIFY_OK(added);
        QVERIFY(added.value() != made.value());
        id = added.value();
        QCOMPARE(call(key).logState, LogState::Queued);
        QCOMPARE(call(key).crmCallId, QStringLiteral("57"));
        const auto taken = await(m_outbox->takeNext(at(1)));
        QCOMPARE(taken.value()->kind, QString(outboxKind::update));
        QCOMPARE(taken.value()->told, before);
        QCOMPARE(taken.value()->crmCallId, QStringLiteral("57"));
        QCOMPARE(taken.value()->attempts, 1);
        QCOMPARE(await(m_outbox->add(update)).error().kind, ErrorKind::Busy);
        VERIFY_OK(await(m_outbox->complete(id, QStringLiteral("57"))));
        QCOMPARE(call(key).logState, LogState::Logged);
        QCOMPARE(await(m_outbox->told(key)).value(), payload);
        QVERIFY(await(m_drafts->unlogged()).value().isEmpty());
        before = payload;
    }
    QCOMPARE(await(m_outbox->add(entryOf(key, "4"))).error().kind, ErrorKind::Conflict); // never a second record
    QCOMPARE(wordsOfUpdates(), 0);
    VERIFY_OK(await(m_outbox->complete(id, QStringLiteral("57")))); // told twice
    QCOMPARE(await(m_outbox->told(key)).value(), before);
}

void TestStoreTables::givesUpAChange()
{
    const auto key = QStringLiteral("k");
    VERIFY_OK(await(m_calls->save(callOf(key))));
    VERIFY_OK(await(m_outbox->complete(await(m_outbox->add(entryOf(key, "1"))).value(), QStringLiteral("57"))));
    OutboxEntry update = entryOf(key, "2");
    update.kind = outboxKind::update;
    VERIFY_OK(await(m_drafts->save(draftOf(key, QStringLiteral("changed")))));
    VERIFY_OK(await(m_outbox->add(update)));
    VERIFY_OK(await(m_drafts->save(draftOf(key, QStringLiteral("as it was")))));
    VERIFY_OK(await(m_outbox->withdrawUpdate(key)));
    QCOMPARE(call(key).logState, LogState::Logged);
    QCOMPARE(call(key).crmCallId, QStringLiteral("57"));
    QVERIFY(!await(m_outbox->takeNext(at(9))).value().has_value());
    QVERIFY(await(m_drafts->unlogged()).value().isEmpty());
    QCOMPARE(await(m_outbox->told(key)).value(), QByteArray("1"));
    QCOMPARE(wordsOfUpdates(), 0);
    VERIFY_OK(await(m_outbox->withdrawUpdate(key))); // also where none was added

    VERIFY_OK(await(m_outbox->add(update)));
    QCOMPARE(wordsOfUpdates(), 1);
    VERIFY_OK(await(m_outbox->takeNext(at(9))));
    QCOMPARE(await(m_outbox->withdrawUpdate(key)).error().kind, ErrorKind::Busy);
    QCOMPARE(call(key).logState, LogState::Queued);
}

void TestStoreTables::rejectedChangeKnowsWhatWasFound()
{
    const auto key = QStringLiteral("k");
    VERIFY_OK(await(m_calls->save(callOf(key))));
    VERIFY_OK(await(m_outbox->complete(await(m_outbox->add(entryOf(key, "1"))).value(), QStringLiteral("57"))));
    OutboxEntry update = entryOf(key, "2");
    update.kind = outboxKind::update;
    const auto id = await(m_outbox->add(update));
    VERIFY_OK(await(m_outbox->takeNext(at(1))));
    VERIFY_OK(await(m_outbox->reject(id.value(), QStringLiteral("Somebody else."), "theirs")));
    QCOMPARE(call(key).logState, LogState::Rejected);
    QCOMPARE(call(key).crmCallId, QStringLiteral("57"));
    VERIFY_OK(await(m_outbox->add(update)));
    QCOMPARE(await(m_outbox->takeNext(at(2))).value()->told, QByteArray("theirs"));
}

void TestStoreTables::findsByNumber()
{
    const QString shared = QStringLiteral("+97142000000");
    VERIFY_OK(await(m_directory->remember(personOf(QStringLiteral("1"), QStringLiteral("Layla"), {shared, QStringLiteral("+971501111111")}, 1))));
    VERIFY_OK(await(m_directory->remember(personOf(QStringLiteral("2"), QStringLiteral("Omar"), {shared}, 2))));
    const auto both = await(m_directory->byNumber(shared));
    VERIFY_OK(both);
    QCOMPARE(both.value().size(), 2);
    QCOMPARE(both.value().first().recordId, QStringLiteral("2"));
    const DirectoryEntry layla = both.value().last();
    QCOMPARE(layla.module, QStringLiteral("Contacts"));
    QCOMPARE(layla.name, QStringLiteral("Layla"));
    QCOMPARE(layla.company, QStringLiteral("Almarai & Söhne"));
    QCOMPARE(layla.title, QStringLiteral("Buyer"));
    QCOMPARE(layla.email, QStringLiteral("1@example.com"));
    QCOMPARE(layla.numbers, QStringList({shared, QStringLiteral("+971501111111")}));
    QCOMPARE(layla.numberLabels, QStringList({QStringLiteral("Phone"), QStringLiteral("Mobile")}));
    QCOMPARE(layla.seenAt, at(1));
    QCOMPARE(await(m_directory->byNumber(QStringLiteral("+9714200000"))).value().size(), 0);
}

void TestStoreTables::replacesAnEntryWithItsNumbers()
{
    VERIFY_OK(await(m_directory->remember(personOf(QStringLiteral("1"), QStringLiteral("Layla"), {QStringLiteral("+9711"), QStringLiteral("+9712")}))));
    VERIFY_OK(await(m_directory->remember(personOf(QStringLiteral("1"), QStringLiteral("Layla H."), {QStringLiteral("+9713")}))));
    QCOMPARE(await(m_directory->byNumber(QStringLiteral("+9711"))).value().size(), 0);
    QCOMPARE(await(m_directory->byNumber(QStringLiteral("+9713"))).value().first().name, QStringLiteral("Layla H."));
    VERIFY_OK(await(m_directory->forget(QStringLiteral("Contacts"), QStringLiteral("1"))));
    QCOMPARE(await(m_directory->byNumber(QStringLiteral("+9713"))).value().size(), 0);
    const auto left = await(m_store->read<qint64>([](Database &database) { return database.number("SELECT count(*) FROM directory_number"); }));
    QCOMPARE(left.value(), 0);
}

void TestStoreTables::searches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("ids");
    const QStringList layla{QStringLiteral("1")};
    const QStringList jose{QStringLiteral("2")};
    const QStringList arabic{QStringLiteral("3")};
    const QStringList none;
    QTest::newRow("name") << QStringLiteral("layla") << layla;
    QTest::newRow("part, upper case") << QStringLiteral("AYLA H") << layla;
    QTest::newRow("words in any order") << QStringLiteral("hassan layla") << layla;
    QTest::newRow("accent left out") << QStringLiteral("jose") << jose;
    QTest::newRow("accent typed") << QStringLiteral("José") << jose;
    QTest::newRow("e-mail") << QStringLiteral("2@EXAMPLE") << jose;
    QTest::newRow("company") << QStringLiteral("sohne almarai 1@") << layla;
    QTest::newRow("Arabic without hamza") << QString::fromUtf8("احمد") << arabic;
    QTest::newRow("Arabic with hamza and vowels") << QString::fromUtf8("أَحْمَد") << arabic;
    QTest::newRow("teh marbuta as heh") << QString::fromUtf8("فاطمه") << arabic;
    QTest::newRow("number, national") << QStringLiteral("050 111-2233") << layla;
    QTest::newRow("number, international") << QStringLiteral("00971501112233") << layla;
    QTest::newRow("number, plus") << QStringLiteral("+971 50 1112233") << layla;
    QTest::newRow("number, last digits") << QStringLiteral("2233") << layla;
    QTest::newRow("number, Arabic digits") << QString::fromUtf8("٢٢٣٣") << layla;
    QTest::newRow("like's percent") << QStringLiteral("%") << none;
    QTest::newRow("like's underscore") << QStringLiteral("l_yla") << none;
    QTest::newRow("quote") << QStringLiteral("' OR 1 --") << none;
    QTest::newRow("two digits") << QStringLiteral("22") << none;
    QTest::newRow("nobody") << QStringLiteral("zzz") << none;
    QTest::newRow("empty") << QString() << none;
    QTest::newRow("blank") << QStringLiteral("  \t") << none;
    QTest::newRow("very long") << QStringLiteral("layla ").repeated(2000) << layla;
}

void TestStoreTables::searches()
{
    QFETCH(QString, text);
    QFETCH(QStringList, ids);
    VERIFY_OK(await(m_directory->remember(personOf(QStringLiteral("1"), QStringLiteral("Layla Hassan"), {QStringLiteral("+971501112233")}))));
    VERIFY_OK(await(m_directory->remember(personOf(QStringLiteral("2"), QStringLiteral("José Núñez"), {QStringLiteral("+34600123456")}))));
    VERIFY_OK(await(m_directory->remember(personOf(QStringLiteral("3"), QString::fromUtf8("أحمد فاطمة"), {QStringLiteral("+966555000111")}))));
    QCOMPARE(found(text), ids);
}

void TestStoreTables::limitsAndOrdersTheSearch()
{
    for (int i = 0; i < 5; ++i)
        VERIFY_OK(await(m_directory->remember(personOf(QString::number(i), QStringLiteral("Layla"), {}, i))));
    QCOMPARE(found(QStringLiteral("layla"), 3), QStringList({QStringLiteral("4"), QStringLiteral("3"), QStringLiteral("2")}));
    QCOMPARE(found(QStringLiteral("layla"), 0), QStringList());
    QCOMPARE(found(QStringLiteral("layla"), -1), QStringList());
}

void TestStoreTables::remembersChoices()
{
    const QString number = QStringLiteral("+97142000000");
    QCOMPARE(await(m_directory->choiceFor(number)).value(), QString());
    VERIFY_OK(await(m_directory->rememberChoice(number, QStringLiteral("Contacts"), QStringLiteral("1"))));
    VERIFY_OK(await(m_directory->rememberChoice(number, QStringLiteral("Leads"), QStringLiteral("2"))));
    QCOMPARE(await(m_directory->choiceFor(number)).value(), QStringLiteral("Leads/2"));
    VERIFY_OK(await(m_directory->forget(QStringLiteral("Leads"), QStringLiteral("2"))));
    QCOMPARE(await(m_directory->choiceFor(number)).value(), QString());
}

void TestStoreTables::keepsMetadataOfEachOrgApart()
{
    MetadataCache cache(*m_store);
    QCOMPARE(await(cache.lastOrg()).value(), QString());
    const QString mine = QStringLiteral("60021");
    const QString other = QStringLiteral("60022");
    VERIFY_OK(await(cache.keep(mine, {QStringLiteral("Contacts"), "old", at(0)})));
    VERIFY_OK(await(cache.keep(other, {QStringLiteral("Contacts"), "other", at(5)})));
    VERIFY_OK(await(cache.keep(mine, {QStringLiteral("Contacts"), "new", at(9)})));
    VERIFY_OK(await(cache.keep(mine, {QString(), "list", at(3)})));
    QCOMPARE(await(cache.lastOrg()).value(), mine);
    const auto entries = await(cache.load(mine));
    VERIFY_OK(entries);
    QCOMPARE(entries.value().size(), 2);
    QCOMPARE(entries.value().at(1).text, QByteArray("new")); // the empty module comes first
    QCOMPARE(entries.value().at(1).readAt, at(9));
    VERIFY_OK(await(cache.forgetOthers(mine)));
    QVERIFY(await(cache.load(other)).value().isEmpty());
    QCOMPARE(await(cache.load(mine)).value().size(), 2);
}

void TestStoreTables::foldsText()
{
    QCOMPARE(foldedForSearch(QStringLiteral("ÀÉÎ Straße ﬁ")), QStringLiteral("aei strasse fi"));
    QCOMPARE(foldedForSearch(QString::fromUtf8("مـــحمد")), QString::fromUtf8("محمد"));
    QCOMPARE(searchDigits(QStringLiteral("+971 (0)50")), QStringLiteral("971050"));
    QCOMPARE(searchDigits(QStringLiteral("000")), QString());
    QCOMPARE(searchDigits(QStringLiteral("room 101")), QString());
}

void TestStoreTables::keepsCreditsByCompany()
{
    CreditHistory credits(*m_store);
    const QString ours = QStringLiteral("60001");
    const CreditUse search{.slot = 1200, .kind = CreditKind::Search, .requests = 3, .credits = 3};
    const CreditUse convert{.slot = 1800, .kind = CreditKind::Write, .requests = 1, .credits = 5};
    QVERIFY(await(credits.save(ours, {search, convert}, 0)).ok());
    QVERIFY(await(credits.save(QStringLiteral("60002"), {convert}, 0)).ok());
    QCOMPARE(await(credits.load(ours, 0)).value(), (QList<CreditUse>{search, convert}));
    QCOMPARE(await(credits.load(ours, 1201)).value(), QList<CreditUse>{convert});
    CreditUse more = convert;
    more.requests = 2;
    more.credits = 10;
    QVERIFY(await(credits.save(ours, {more}, 1800)).ok()); // Replaces the slot and drops what is older.
    QCOMPARE(await(credits.load(ours, 0)).value(), QList<CreditUse>{more});
    QCOMPARE(await(credits.load(QStringLiteral("60002"), 0)).value(), QList<CreditUse>{convert});
    CreditUse ofTomorrow = convert;
    ofTomorrow.kind = static_cast<CreditKind>(creditKinds + 5);
    QVERIFY(await(credits.save(QStringLiteral("60003"), {ofTomorrow}, 0)).ok());
    QCOMPARE(await(credits.load(QStringLiteral("60003"), 0)).value().value(0).kind, CreditKind::Other);
}

QTEST_GUILESS_MAIN(TestStoreTables)
#include "tst_storetables.moc"
