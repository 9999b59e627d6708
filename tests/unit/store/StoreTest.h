// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallLog.h"
#include "NoteDrafts.h"
#include "Outbox.h"
#include "Store.h"

#include <QByteArray>
#include <QDir>
#include <QFuture>

namespace ringside::test {

inline Secret testKey()
{
    return Secret(QByteArray::fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
}

/// Where a test may write a great deal and sync often: in memory where there is such a place. For QTemporaryDir.
inline QString quickFolder()
{
    const QDir memory(QStringLiteral("/dev/shm"));
    return (memory.exists() ? memory : QDir::temp()).filePath(QStringLiteral("ringside-test-XXXXXX"));
}

/// Waits for the other thread; the store's futures do not need this thread's event loop.
template<typename T>
Result<T> await(QFuture<Result<T>> future)
{
    future.waitForFinished();
    if (future.resultCount() == 0)
        return Error{.kind = ErrorKind::Cancelled, .message = {}};
    return future.result();
}

inline NoteDraft draftOf(const QString &callKey, const QString &notes)
{
    NoteDraft draft;
    draft.callKey = callKey;
    draft.subject = QStringLiteral("Call");
    draft.notes = notes;
    draft.cursor = static_cast<int>(notes.size());
    draft.updatedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    return draft;
}

inline OutboxEntry entryOf(const QString &callKey, const QByteArray &payload)
{
    OutboxEntry entry;
    entry.callKey = callKey;
    entry.kind = QStringLiteral("call");
    entry.payload = payload;
    entry.createdAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    entry.notBefore = entry.createdAt;
    return entry;
}

inline StoredCall callOf(const QString &key, qint64 startedAt = 1'700'000'000'000)
{
    StoredCall call;
    call.key = key;
    call.sourceId = QStringLiteral("phone");
    call.callId = QStringLiteral("id-") + key;
    call.startedAt = QDateTime::fromMSecsSinceEpoch(startedAt, Qt::UTC);
    return call;
}

} // namespace ringside::test

/// Fails the test with the error's own words when a Result is not ok.
#define VERIFY_OK(result)                                                                                                                  \
    do {                                                                                                                                   \
        const auto &checkedResult = (result);                                                                                              \
        QVERIFY2(checkedResult.ok(),                                                                                                       \
                 checkedResult.ok() ? "" : qPrintable(checkedResult.error().message + u' ' + checkedResult.error().code));                 \
    } while (false)
