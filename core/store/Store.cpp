// SPDX-License-Identifier: Apache-2.0
#include "Store.h"

#include "JobThread.h"
#include "Logging.h"
#include "StoreErrors.h"
#include "StoreFile.h"
#include "StoreLock.h"
#include "WhenReady.h"

#include <QCoreApplication>
#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <array>
#include <atomic>

namespace ringside {

class Store::Private
{
public:
    enum class State { Closed, Opening, Open, Failed };

    void openOnWriter(Store *q, const QString &filePath, const Secret &key, QPromise<Result<void>> &promise);
    void close();

    std::atomic<State> state = State::Closed;
    std::unique_ptr<StoreLock> lock; ///< Set on the writer thread, before state is Open.
    std::unique_ptr<JobThread> writer;
    std::unique_ptr<JobThread> reader;
    std::unique_ptr<QTemporaryDir> temporary; ///< Of openForThisRun().
    QString trouble;                          ///< Of the writer thread.
};

void Store::Private::openOnWriter(Store *q, const QString &filePath, const Secret &key, QPromise<Result<void>> &promise)
{
    Result<StoreFile> opened = openStoreFile(filePath, key);
    if (opened) {
        lock = std::move(opened.value().lock);
        reader->serve(std::move(opened.value().reader), std::nullopt);
        writer->serve(std::move(opened.value().writer), std::nullopt);
        state = State::Open;
        if (const auto &recovery = opened.value().recovered) {
            qCWarning(logStore, "The store was damaged; recovered: %d calls, %d notes, %d waiting logs",
                      recovery->calls, recovery->notes, recovery->waiting);
            QMetaObject::invokeMethod(
                q, [q, sentence = recovery->sentence()] { Q_EMIT q->recovered(sentence); }, Qt::QueuedConnection);
        }
        promise.addResult(Result<void>());
    } else {
        qCWarning(logStore, "The store cannot be opened: %ls", qUtf16Printable(opened.error().code));
        reader->serve(nullptr, opened.error());
        writer->serve(nullptr, opened.error());
        state = State::Failed;
        promise.addResult(Result<void>(opened.error()));
    }
    promise.finish();
}

void Store::Private::close()
{
    // The writer first, since it may still be opening; then the reader's connection goes before the writer's, which as
    // the last one folds the WAL into the file. The lock goes when nothing is open any more.
    if (writer)
        writer->stop(JobThread::Remaining::Run);
    if (reader)
        reader->stop(JobThread::Remaining::Abandon);
    reader.reset();
    writer.reset();
    lock.reset();
    temporary.reset();
    state = State::Closed;
}

Store::Store(QObject *parent) : QObject(parent), d(std::make_unique<Private>()) {}

Store::~Store()
{
    d->close();
}

QFuture<Result<void>> Store::open(const QString &filePath, const Secret &key)
{
    if (d->state == Private::State::Opening || d->state == Private::State::Open) {
        return failedFuture<void>(Error{.kind = ErrorKind::Busy,
                                        .message = tr("The local store is open already; nothing was changed. Start Ringside "
                                                      "again to use another one.")});
    }
    auto temporary = std::move(d->temporary);
    d->close();
    d->temporary = std::move(temporary);
    d->state = Private::State::Opening;
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    d->reader = std::make_unique<JobThread>(QStringLiteral("store-reader"), 1);
    d->writer = std::make_unique<JobThread>(QStringLiteral("store-writer"), 3, [this, filePath, key, promise] {
        d->openOnWriter(this, filePath, key, *promise);
    });
    QFuture<Result<void>> future = promise->future();
    d->reader->start();
    d->writer->start();
    return future;
}

QFuture<Result<void>> Store::openForThisRun()
{
    auto temporary = std::make_unique<QTemporaryDir>(QDir::temp().filePath(QStringLiteral("ringside-XXXXXX")));
    if (!temporary->isValid())
        return failedFuture<void>(storeFolderError(QDir::tempPath()));
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    const Secret key(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)));
    volatile quint32 *wiped = words.data();
    for (size_t i = 0; i < words.size(); ++i)
        wiped[i] = 0;
    const QString path = temporary->filePath(QStringLiteral("store.db"));
    if (d->state != Private::State::Opening && d->state != Private::State::Open)
        d->temporary = std::move(temporary);
    return open(path, key);
}

bool Store::isOpen() const
{
    return d->state == Private::State::Open;
}

bool Store::exists(const QString &filePath)
{
    return storeFileExists(filePath);
}

Result<QString> Store::setAside(const QString &filePath)
{
    return setStoreFileAside(filePath);
}

Result<void> Store::remove(const QString &filePath)
{
    return removeStoreFile(filePath);
}

void Store::enqueueWrite(WritePriority priority, Job job)
{
    if (d->state == Private::State::Closed) {
        const Error closed = storeClosedError();
        job(nullptr, &closed);
        return;
    }
    d->writer->enqueue(static_cast<size_t>(priority), std::move(job));
}

void Store::enqueueRead(Job job)
{
    if (d->state == Private::State::Closed) {
        const Error closed = storeClosedError();
        job(nullptr, &closed);
        return;
    }
    d->reader->enqueue(0, std::move(job));
}

void Store::noteWrite(const Error *error)
{
    const bool ofTheDisk = error && (error->kind == ErrorKind::Storage || error->kind == ErrorKind::StorageDamaged);
    if (error && !ofTheDisk)
        return; // The job itself said no; that tells nothing about the disk.
    const QString sentence = error ? error->message : QString();
    if (sentence == d->trouble)
        return;
    d->trouble = sentence;
    if (error)
        qCWarning(logStore, "A write failed: %ls", qUtf16Printable(error->code));
    QMetaObject::invokeMethod(this, [this, sentence] { Q_EMIT troubleChanged(sentence); }, Qt::QueuedConnection);
}

} // namespace ringside
