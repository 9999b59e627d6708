// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "Secret.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

namespace ringside {

class Database;

/// The profile's encrypted database: a writer and a read-only reader, each with its own connection and thread, behind
/// futures. The UI thread never waits. Owned by the application; everything that uses it must be gone first. Its
/// destructor lets accepted writes finish (they are short), so nothing that was accepted is lost at a normal exit.
class Store final : public QObject
{
    Q_OBJECT

public:
    /// Most urgent first; the writer takes them in this order.
    enum class WritePriority { Draft, Outbox, Sync };

    explicit Store(QObject *parent = nullptr);
    ~Store() override;

    /// Opens or creates, checks cipher, encryption and integrity, migrates. `key` is 32 bytes. The file is for its
    /// owner only, and so is its folder when it is made here. Jobs given meanwhile wait; after a failure every job gets
    /// its error, and open() may be called again. A damaged file whose key is right is set aside, and this opens a new
    /// one with what could be read; see recovered(). Errors: Storage (full, read-only, locked by another program),
    /// StorageDamaged (wrong key, nothing that the key opens, or newer than this program; the file is left untouched),
    /// Busy (already open or opening).
    QFuture<Result<void>> open(const QString &filePath, const Secret &key);

    /// For a run without a keychain: an encrypted temporary file whose key lives in memory only and which is removed
    /// at the end.
    QFuture<Result<void>> openForThisRun();

    bool isOpen() const;

    /// Whether there is a store at this path (an empty file is none).
    static bool exists(const QString &filePath);

    /// For "reset local data": renames the store's files to a name with the time in it, and gives the new name. Only
    /// while it is not open anywhere; blocks for as long as a rename takes. Errors: NotFound, Storage.
    static Result<QString> setAside(const QString &filePath);

    /// For signing out: removes the store's files. Only while it is not open anywhere; blocks for as long as that takes.
    /// Errors: Storage. What is not there is no error.
    static Result<void> remove(const QString &filePath);

    /// Runs on the writer thread inside one transaction (commits when the job's Result is ok, rolls back otherwise).
    /// Durable once the future is ok. Runs also when the future was cancelled meanwhile.
    template<typename T>
    QFuture<Result<T>> write(WritePriority priority, std::function<Result<T>(Database &)> job);

    /// Runs on the reader thread, on one state of the database. Skipped when the future is cancelled before its turn.
    template<typename T>
    QFuture<Result<T>> read(std::function<Result<T>(Database &)> job);

Q_SIGNALS:
    /// A write failed for want of disk, or works again (empty sentence). For the status line.
    void troubleChanged(const QString &sentence);
    /// What was opened is new, since the file there was damaged: says what came back, and where the damaged one is now.
    void recovered(const QString &sentence);

private:
    using Job = std::function<void(Database *, const Error *)>; ///< Database is null when the store is not open.
    void enqueueWrite(WritePriority priority, Job job);
    void enqueueRead(Job job);
    void noteWrite(const Error *error); ///< On the writer thread, after each write; null = it worked.

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside

#include "StoreJobs.h"
