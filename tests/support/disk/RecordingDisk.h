// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QRandomGenerator>
#include <QString>

#include <memory>

namespace ringside::test {

/// One thing that SQLite asked the disk for.
struct DiskAct
{
    enum class Kind { Write, Truncate, Sync, Delete };

    Kind kind;
    QString path;
    qint64 at = 0;      ///< Of a Write: where; of a Truncate: the new size.
    QByteArray bytes{}; ///< Of a Write.
};

/// As long as it lives, everything that databases write goes through it to the real disk and is written down, in order.
/// One at a time.
class RecordingDisk
{
public:
    RecordingDisk();
    ~RecordingDisk();
    RecordingDisk(const RecordingDisk &) = delete;
    RecordingDisk &operator=(const RecordingDisk &) = delete;

    qsizetype count() const; ///< So far; from any thread.
    QList<DiskAct> acts() const;

    class Private; ///< Of its source file alone.

private:
    std::unique_ptr<Private> d;
};

/// What may lie on a disk when the power fails after some of these acts: of a file, all that came before its last sync;
/// of what came after, anything: a part of it, in any order, cut at the sectors of 512 bytes.
class PowerCut
{
public:
    /// `base`: what lay there before, by path.
    PowerCut(const QMap<QString, QByteArray> &base, const QList<DiskAct> &acts, bool syncsWork = true);

    /// Goes on by one act; false at the end.
    bool advance();

    enum class Unsynced { All, None, Some };
    /// The files that there are then.
    QMap<QString, QByteArray> files(Unsynced unsynced, QRandomGenerator &random) const;

private:
    struct File
    {
        bool exists = false;
        QByteArray durable;
        QList<DiskAct> pending;
    };

    static void apply(File &file, const DiskAct &act);
    static void applySome(File &file, QRandomGenerator &random);

    const QList<DiskAct> m_acts;
    const bool m_syncsWork;
    qsizetype m_next = 0;
    QMap<QString, File> m_files;
};

} // namespace ringside::test
