// SPDX-License-Identifier: Apache-2.0
#include "Statement.h"
#include "StoreTest.h"
#include "WhenReady.h"

#include <QMutex>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace ringside;
using namespace ringside::test;

/// The order, the threads and the transactions of jobs.
class TestStoreJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void takesUrgentFirst();
    void readsWhileWriting();
    void rollsBackWhenTheJobSaysNo();
    void readsOneState();
    void neverRunsOnTheCallersThread();
    void skipsCancelledReads();
    void runsCancelledWrites();
    void finishesWritesAtTheEnd();
    void refusesJobsBeforeOpen();
    void keepsJobsGivenWhileOpening();
    void bindsOddText();
    void reportsWrongStatements();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("store.db")); }

    /// Holds the writer until `gate` is released, so that what is queued meanwhile is ordered by urgency alone.
    QFuture<Result<void>> blockWriter(QSemaphore &gate);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

void TestStoreJobs::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>();
    VERIFY_OK(await(m_store->open(path(), testKey())));
}

void TestStoreJobs::cleanup()
{
    m_store.reset();
    m_folder.reset();
}

QFuture<Result<void>> TestStoreJobs::blockWriter(QSemaphore &gate)
{
    auto entered = std::make_shared<QSemaphore>();
    const auto future = m_store->write<void>(Store::WritePriority::Sync, [&gate, entered](Database &) -> Result<void> {
        entered->release();
        gate.acquire();
        return {};
    });
    entered->acquire();
    return future;
}

void TestStoreJobs::takesUrgentFirst()
{
    using Priority = Store::WritePriority;
    QSemaphore gate;
    const auto blocker = blockWriter(gate);
    QMutex mutex;
    QStringList order;
    QList<QFuture<Result<void>>> futures;
    const auto give = [&](Priority priority, const QString &name) {
        futures.append(m_store->write<void>(priority, [&mutex, &order, name](Database &) -> Result<void> {
            const QMutexLocker lock(&mutex);
            order.append(name);
            return {};
        }));
    };
    give(Priority::Sync, QStringLiteral("s1"));
    give(Priority::Outbox, QStringLiteral("o1"));
    give(Priority::Sync, QStringLiteral("s2"));
    give(Priority::Draft, QStringLiteral("d1"));
    give(Priority::Outbox, QStringLiteral("o2"));
    give(Priority::Draft, QStringLiteral("d2"));
    gate.release();
    for (const auto &future : std::as_const(futures))
        VERIFY_OK(await(future));
    QCOMPARE(order, QStringList({QStringLiteral("d1"), QStringLiteral("d2"), QStringLiteral("o1"), QStringLiteral("o2"),
                                 QStringLiteral("s1"), QStringLiteral("s2")}));
}

void TestStoreJobs::readsWhileWriting()
{
    NoteDrafts drafts(*m_store);
    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("before")))));
    QSemaphore gate;
    QSemaphore entered;
    // A long write in the middle of its transaction, with rows that are not committed.
    const auto slow = m_store->write<void>(Store::WritePriority::Sync, [&](Database &database) -> Result<void> {
        const Result<void> done = database.execute("UPDATE note_draft SET notes = 'half done'");
        entered.release();
        gate.acquire();
        return done;
    });
    entered.acquire();
    const auto read = await(drafts.load(QStringLiteral("k"))); // Would hang here if it waited for the writer.
    QVERIFY(!slow.isFinished());
    gate.release();
    VERIFY_OK(read);
    QCOMPARE(read.value().value_or(NoteDraft()).notes, QStringLiteral("before"));
    VERIFY_OK(await(slow));
    QCOMPARE(await(drafts.load(QStringLiteral("k"))).value().value_or(NoteDraft()).notes, QStringLiteral("half done"));
}

void TestStoreJobs::rollsBackWhenTheJobSaysNo()
{
    QSignalSpy trouble(m_store.get(), &Store::troubleChanged);
    NoteDrafts drafts(*m_store);
    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("kept")))));
    const auto refused = await(m_store->write<int>(Store::WritePriority::Draft, [](Database &database) -> Result<int> {
        if (const Result<void> gone = database.execute("DELETE FROM note_draft"); !gone)
            return gone.error();
        return Error{.kind = ErrorKind::Conflict, .message = QStringLiteral("No.")};
    }));
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QVERIFY(await(drafts.load(QStringLiteral("k"))).value().has_value());
    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("after")))));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(trouble.size(), 0); // The disk is well.
}

void TestStoreJobs::readsOneState()
{
    NoteDrafts drafts(*m_store);
    VERIFY_OK(await(drafts.save(draftOf(QStringLiteral("k1"), QStringLiteral("1")))));
    QSemaphore first;
    QSemaphore second;
    const auto counts = m_store->read<std::pair<qint64, qint64>>([&](Database &database) -> Result<std::pair<qint64, qint64>> {
        const Result<qint64> before = database.number("SELECT count(*) FROM note_draft");
        first.release();
        second.acquire();
        const Result<qint64> after = database.number("SELECT count(*) FROM note_draft");
        if (!before || !after)
            return before ? after.error() : before.error();
        return std::pair(before.value(), after.value());
    });
    first.acquire();
    const auto saved = await(drafts.save(draftOf(QStringLiteral("k2"), QStringLiteral("2"))));
    second.release();
    VERIFY_OK(saved);
    const auto read = await(counts);
    VERIFY_OK(read);
    QCOMPARE(read.value().first, 1);
    QCOMPARE(read.value().second, 1);
}

void TestStoreJobs::neverRunsOnTheCallersThread()
{
    const auto threadOf = [](Database &) -> Result<Qt::HANDLE> { return QThread::currentThreadId(); };
    const auto writer = await(m_store->write<Qt::HANDLE>(Store::WritePriority::Draft, threadOf));
    const auto reader = await(m_store->read<Qt::HANDLE>(threadOf));
    VERIFY_OK(writer);
    VERIFY_OK(reader);
    QVERIFY(writer.value() != QThread::currentThreadId());
    QVERIFY(reader.value() != QThread::currentThreadId());
    QVERIFY(writer.value() != reader.value());
}

void TestStoreJobs::skipsCancelledReads()
{
    QSemaphore gate;
    QSemaphore entered;
    const auto blocker = m_store->read<void>([&](Database &) -> Result<void> {
        entered.release();
        gate.acquire();
        return {};
    });
    entered.acquire();
    bool ran = false;
    {
        QObject receiver;
        whenReady(&receiver, m_store->read<void>([&ran](Database &) -> Result<void> {
            ran = true;
            return {};
        }), [](const Result<void> &) { QFAIL("The receiver is gone."); });
    }
    gate.release();
    VERIFY_OK(await(m_store->read<void>([](Database &) { return Result<void>(); }))); // Comes after it.
    QVERIFY(!ran);
}

void TestStoreJobs::runsCancelledWrites()
{
    QSemaphore gate;
    const auto blocker = blockWriter(gate);
    NoteDrafts drafts(*m_store);
    {
        QObject receiver;
        whenReady(&receiver, drafts.save(draftOf(QStringLiteral("k"), QStringLiteral("the window closed"))),
                  [](const Result<void> &) { QFAIL("The receiver is gone."); });
    }
    gate.release();
    VERIFY_OK(await(m_store->write<void>(Store::WritePriority::Draft, [](Database &) { return Result<void>(); })));
    QCOMPARE(await(drafts.load(QStringLiteral("k"))).value().value_or(NoteDraft()).notes, QStringLiteral("the window closed"));
}

void TestStoreJobs::finishesWritesAtTheEnd()
{
    QList<QFuture<Result<void>>> saves;
    QFuture<Result<std::optional<NoteDraft>>> read;
    {
        NoteDrafts drafts(*m_store);
        for (int i = 0; i < 200; ++i)
            saves.append(drafts.save(draftOf(QStringLiteral("k"), QString::number(i))));
        read = drafts.load(QStringLiteral("k"));
        m_store.reset();
    }
    for (const auto &save : std::as_const(saves)) {
        QVERIFY(save.isFinished());
        VERIFY_OK(save.result());
    }
    QVERIFY(read.isFinished()); // With an answer or Cancelled, but never left open.
    QVERIFY(read.resultCount() == 1);
    m_store = std::make_unique<Store>();
    VERIFY_OK(await(m_store->open(path(), testKey())));
    QCOMPARE(await(NoteDrafts(*m_store).load(QStringLiteral("k"))).value().value_or(NoteDraft()).notes, QStringLiteral("199"));
}

void TestStoreJobs::refusesJobsBeforeOpen()
{
    Store closed;
    const auto saved = await(NoteDrafts(closed).save(draftOf(QStringLiteral("k"), QStringLiteral("x"))));
    QCOMPARE(saved.error().kind, ErrorKind::Storage);
    QCOMPARE(saved.error().code, QStringLiteral("CLOSED"));
    QCOMPARE(await(NoteDrafts(closed).unlogged()).error().code, QStringLiteral("CLOSED"));
}

void TestStoreJobs::keepsJobsGivenWhileOpening()
{
    VERIFY_OK(await(NoteDrafts(*m_store).save(draftOf(QStringLiteral("k"), QStringLiteral("kept")))));
    m_store.reset();
    Store store;
    NoteDrafts drafts(store);
    const auto opening = store.open(path(), testKey());
    const auto read = drafts.load(QStringLiteral("k"));
    const auto saved = drafts.save(draftOf(QStringLiteral("k2"), QStringLiteral("early")));
    VERIFY_OK(await(read));
    QCOMPARE(await(read).value().value_or(NoteDraft()).notes, QStringLiteral("kept"));
    VERIFY_OK(await(saved));
    VERIFY_OK(await(opening));
}

void TestStoreJobs::bindsOddText()
{
    NoteDrafts drafts(*m_store);
    const QStringList texts{QString(),
                            QStringLiteral(""),
                            QStringLiteral("before") + QChar(u'\0') + QStringLiteral("after"),
                            QStringLiteral("'; DROP TABLE note_draft; --"),
                            QString::fromUtf8("\xF0\x9F\x98\x80\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80"),
                            QString::fromUtf8("\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 \xD8\xA8\xD9\x83"),
                            QStringLiteral("line\r\nbreak\ttab"),
                            QString(1024 * 1024, QChar(u'\u0645'))};
    for (const QString &text : texts) {
        VERIFY_OK(await(drafts.save(draftOf(text.left(20), text))));
        const auto loaded = await(drafts.load(text.left(20)));
        VERIFY_OK(loaded);
        QVERIFY(loaded.value().has_value());
        QCOMPARE(loaded.value()->notes, text.isNull() ? QStringLiteral("") : text);
        const QString key = text.left(20);
        QCOMPARE(loaded.value()->callKey, key.isNull() ? QStringLiteral("") : key);
    }
}

void TestStoreJobs::reportsWrongStatements()
{
    const auto wrong = await(m_store->read<void>([](Database &database) -> Result<void> {
        Statement statement(database, "SELECT nothing FROM nowhere");
        statement.bind(1, QStringLiteral("x")).bind(2, qint64(1));
        if (statement.next() || !statement.failed())
            return {};
        return statement.error();
    }));
    QCOMPARE(wrong.error().kind, ErrorKind::Internal);
    QVERIFY(wrong.error().code.contains(QStringLiteral("nowhere")));
    const auto unbound = await(m_store->read<void>([](Database &database) {
        return Statement(database, "SELECT ?1").bind(2, qint64(1)).run();
    }));
    QVERIFY(!unbound.ok());
}

QTEST_GUILESS_MAIN(TestStoreJobs)
#include "tst_storejobs.moc"
