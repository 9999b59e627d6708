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

    /// Opens or creates, checks cipher, encryption and integrity, migrates. `key` is 32 bytes.
    /// Errors: Storage (full, read-only, locked by another program), StorageDamaged (wrong key, corrupt, or newer than
    /// this program; the file is left untouched).
    QFuture<Result<void>> open(const QString &filePath, const Secret &key);

    /// For a run without a keychain: an encrypted temporary file whose key lives in memory only and which is removed
    /// at the end.
    QFuture<Result<void>> openForThisRun();

    bool isOpen() const;

    /// Runs on the writer thread inside one transaction (commits when the job's Result is ok, rolls back otherwise).
    template<typename T>
    QFuture<Result<T>> write(WritePriority priority, std::function<Result<T>(Database &)> job);

    /// Runs on the reader thread.
    template<typename T>
    QFuture<Result<T>> read(std::function<Result<T>(Database &)> job);

Q_SIGNALS:
    /// A write failed for want of disk, or works again (empty sentence). For the status line.
    void troubleChanged(const QString &sentence);

private:
    using Job = std::function<void(Database *, const Error *)>; ///< Database is null when the store is not open.
    void enqueueWrite(WritePriority priority, Job job);
    void enqueueRead(Job job);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside

#include "StoreJobs.h"
