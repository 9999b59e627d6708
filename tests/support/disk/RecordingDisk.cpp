// SPDX-License-Identifier: Apache-2.0
#include "RecordingDisk.h"

#include <QMutex>
#include <QMutexLocker>

#include <algorithm>
#include <utility>

#include <sqlite3.h>

namespace ringside::test {

class RecordingDisk::Private
{
public:
    void note(DiskAct act)
    {
        const QMutexLocker lock(&mutex);
        acts.append(std::move(act));
    }

    mutable QMutex mutex;
    QList<DiskAct> acts;
    sqlite3_vfs vfs{};
    sqlite3_vfs *real = nullptr;
};

namespace {

/// Behind it in memory comes the real file.
struct RecordedFile
{
    sqlite3_file base;
    QString *path;
    RecordingDisk::Private *disk;

    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

RecordedFile *recorded(sqlite3_file *file)
{
    return reinterpret_cast<RecordedFile *>(file);
}

const sqlite3_io_methods *methodsOf(sqlite3_file *file)
{
    return recorded(file)->real()->pMethods;
}

sqlite3_vfs *realOf(sqlite3_vfs *vfs)
{
    return static_cast<RecordingDisk::Private *>(vfs->pAppData)->real;
}

int closeFile(sqlite3_file *file)
{
    const int code = methodsOf(file)->xClose(recorded(file)->real());
    delete recorded(file)->path;
    return code;
}

int writeFile(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    const int code = methodsOf(file)->xWrite(recorded(file)->real(), bytes, size, at);
    if (code == SQLITE_OK) {
        recorded(file)->disk->note({.kind = DiskAct::Kind::Write,
                                    .path = *recorded(file)->path,
                                    .at = at,
                                    .bytes = QByteArray(static_cast<const char *>(bytes), size)});
    }
    return code;
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    const int code = methodsOf(file)->xTruncate(recorded(file)->real(), size);
    if (code == SQLITE_OK)
        recorded(file)->disk->note(
            {.kind = DiskAct::Kind::Truncate, .path = *recorded(file)->path, .at = size, .bytes = {}});
    return code;
}

int syncFile(sqlite3_file *file, int flags)
{
    const int code = methodsOf(file)->xSync(recorded(file)->real(), flags);
    if (code == SQLITE_OK)
        recorded(file)->disk->note({.kind = DiskAct::Kind::Sync, .path = *recorded(file)->path, .bytes = {}});
    return code;
}

// What is only passed on. No xFetch: nothing is mapped into memory past this.
const sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = closeFile,
    .xRead = [](sqlite3_file *file, void *bytes, int size,
                sqlite3_int64 at) { return methodsOf(file)->xRead(recorded(file)->real(), bytes, size, at); },
    .xWrite = writeFile,
    .xTruncate = truncateFile,
    .xSync = syncFile,
    .xFileSize = [](sqlite3_file *file,
                    sqlite3_int64 *size) { return methodsOf(file)->xFileSize(recorded(file)->real(), size); },
    .xLock = [](sqlite3_file *file, int level) { return methodsOf(file)->xLock(recorded(file)->real(), level); },
    .xUnlock = [](sqlite3_file *file, int level) { return methodsOf(file)->xUnlock(recorded(file)->real(), level); },
    .xCheckReservedLock = [](sqlite3_file *file,
                             int *held) { return methodsOf(file)->xCheckReservedLock(recorded(file)->real(), held); },
    .xFileControl = [](sqlite3_file *file, int what,
                       void *value) { return methodsOf(file)->xFileControl(recorded(file)->real(), what, value); },
    .xSectorSize = [](sqlite3_file *file) { return methodsOf(file)->xSectorSize(recorded(file)->real()); },
    .xDeviceCharacteristics =
        [](sqlite3_file *file) { return methodsOf(file)->xDeviceCharacteristics(recorded(file)->real()); },
    .xShmMap =
        [](sqlite3_file *file, int page, int size, int extend, void volatile **at) {
            return methodsOf(file)->xShmMap(recorded(file)->real(), page, size, extend, at);
        },
    .xShmLock = [](sqlite3_file *file, int offset, int count,
                   int flags) { return methodsOf(file)->xShmLock(recorded(file)->real(), offset, count, flags); },
    .xShmBarrier = [](sqlite3_file *file) { methodsOf(file)->xShmBarrier(recorded(file)->real()); },
    .xShmUnmap = [](sqlite3_file *file,
                    int remove) { return methodsOf(file)->xShmUnmap(recorded(file)->real(), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int openFile(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *givenFlags)
{
    auto *const made = recorded(file);
    made->base.pMethods = nullptr;
    made->real()->pMethods = nullptr;
    const int code = realOf(vfs)->xOpen(realOf(vfs), path, made->real(), flags, givenFlags);
    if (code != SQLITE_OK)
        return code;
    made->path = new QString(QString::fromUtf8(path));
    made->disk = static_cast<RecordingDisk::Private *>(vfs->pAppData);
    made->base.pMethods = &methods;
    return code;
}

int deleteFile(sqlite3_vfs *vfs, const char *path, int syncFolder)
{
    const int code = realOf(vfs)->xDelete(realOf(vfs), path, syncFolder);
    if (code == SQLITE_OK) {
        auto *const disk = static_cast<RecordingDisk::Private *>(vfs->pAppData);
        disk->note({.kind = DiskAct::Kind::Delete, .path = QString::fromUtf8(path), .bytes = {}});
        if (syncFolder)
            disk->note({.kind = DiskAct::Kind::Sync, .path = QString::fromUtf8(path), .bytes = {}});
    }
    return code;
}

} // namespace

RecordingDisk::RecordingDisk() : d(std::make_unique<Private>())
{
    d->real = sqlite3_vfs_find(nullptr);
    d->vfs.iVersion = 2;
    d->vfs.szOsFile = static_cast<int>(sizeof(RecordedFile)) + d->real->szOsFile;
    d->vfs.mxPathname = d->real->mxPathname;
    d->vfs.zName = "recording";
    d->vfs.pAppData = d.get();
    d->vfs.xOpen = openFile;
    d->vfs.xDelete = deleteFile;
    d->vfs.xAccess = [](sqlite3_vfs *vfs, const char *path, int flags, int *given) {
        return realOf(vfs)->xAccess(realOf(vfs), path, flags, given);
    };
    d->vfs.xFullPathname = [](sqlite3_vfs *vfs, const char *path, int size, char *given) {
        return realOf(vfs)->xFullPathname(realOf(vfs), path, size, given);
    };
    d->vfs.xRandomness = [](sqlite3_vfs *vfs, int size, char *bytes) {
        return realOf(vfs)->xRandomness(realOf(vfs), size, bytes);
    };
    d->vfs.xSleep = [](sqlite3_vfs *vfs, int microseconds) { return realOf(vfs)->xSleep(realOf(vfs), microseconds); };
    d->vfs.xCurrentTime = [](sqlite3_vfs *vfs, double *days) { return realOf(vfs)->xCurrentTime(realOf(vfs), days); };
    d->vfs.xGetLastError = [](sqlite3_vfs *vfs, int size, char *text) {
        return realOf(vfs)->xGetLastError(realOf(vfs), size, text);
    };
    d->vfs.xCurrentTimeInt64 = [](sqlite3_vfs *vfs, sqlite3_int64 *time) {
        return realOf(vfs)->xCurrentTimeInt64(realOf(vfs), time);
    };
    sqlite3_vfs_register(&d->vfs, 1);
}

RecordingDisk::~RecordingDisk()
{
    sqlite3_vfs_unregister(&d->vfs);
    sqlite3_vfs_register(d->real, 1);
}

qsizetype RecordingDisk::count() const
{
    const QMutexLocker lock(&d->mutex);
    return d->acts.size();
}

QList<DiskAct> RecordingDisk::acts() const
{
    const QMutexLocker lock(&d->mutex);
    return d->acts;
}

PowerCut::PowerCut(const QMap<QString, QByteArray> &base, const QList<DiskAct> &acts, bool syncsWork)
    : m_acts(acts), m_syncsWork(syncsWork)
{
    for (auto file = base.cbegin(); file != base.cend(); ++file)
        m_files.insert(file.key(), {.exists = true, .durable = file.value(), .pending = {}});
}

bool PowerCut::advance()
{
    if (m_next == m_acts.size())
        return false;
    const DiskAct &act = m_acts.at(m_next++);
    File &file = m_files[act.path];
    if (act.kind != DiskAct::Kind::Sync) {
        file.pending.append(act);
    } else if (m_syncsWork) {
        for (const DiskAct &one : std::as_const(file.pending))
            apply(file, one);
        file.pending.clear();
    }
    return true;
}

void PowerCut::apply(File &file, const DiskAct &act)
{
    switch (act.kind) {
    case DiskAct::Kind::Delete:
        file.exists = false;
        file.durable.clear();
        return;
    case DiskAct::Kind::Truncate:
        file.durable.resize(act.at);
        return;
    case DiskAct::Kind::Write:
        file.exists = true;
        if (file.durable.size() < act.at) // a hole reads as zeros
            file.durable.append(QByteArray(act.at - file.durable.size(), '\0'));
        file.durable.replace(act.at, act.bytes.size(), act.bytes);
        return;
    case DiskAct::Kind::Sync:
        return;
    }
}

void PowerCut::applySome(File &file, QRandomGenerator &random)
{
    constexpr qint64 sector = 512;
    for (const DiskAct &act : std::as_const(file.pending)) {
        if (act.kind == DiskAct::Kind::Delete) {
            if (random.bounded(2))
                return; // the old file is there still, and the new one of that name is not
            apply(file, act);
            continue;
        }
        const int fate = random.bounded(3);
        if (fate == 0 && act.kind == DiskAct::Kind::Write) { // torn
            for (qint64 from = 0; from < act.bytes.size();) {
                const qint64 size = std::min(sector - (act.at + from) % sector, act.bytes.size() - from);
                if (random.bounded(2))
                    apply(
                        file,
                        {.kind = act.kind, .path = act.path, .at = act.at + from, .bytes = act.bytes.mid(from, size)});
                from += size;
            }
        } else if (fate == 1) {
            apply(file, act);
        }
    }
}

QMap<QString, QByteArray> PowerCut::files(Unsynced unsynced, QRandomGenerator &random) const
{
    QMap<QString, QByteArray> found;
    for (auto at = m_files.cbegin(); at != m_files.cend(); ++at) {
        File file = at.value();
        if (unsynced == Unsynced::Some) {
            applySome(file, random);
        } else if (unsynced == Unsynced::All) {
            for (const DiskAct &act : std::as_const(at->pending))
                apply(file, act);
        }
        if (file.exists)
            found.insert(at.key(), file.durable);
    }
    return found;
}

} // namespace ringside::test
