// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DemoRecords.h"
#include "OAuthLedger.h"
#include "RecordStore.h"
#include "SqliteFile.h"

namespace ringside::sandbox {

/// The file of --db: keeps the records of a store with their history, photos and settings, and the clients and tokens
/// of a ledger, both of which stay in memory as they are without a file. What keep() has done is on the disk when it
/// returns. Only one at a time can have a file open. Not thread-safe: the owner locks.
class CompanyFile
{
public:
    /// How the company was made; fixed for the life of the file.
    struct Origin
    {
        quint64 seed = 0;
        int records = 0;
        DemoRecords::Numbers sample;
    };

    /// Both must outlive this.
    CompanyFile(RecordStore &store, OAuthLedger &ledger) : m_store(store), m_ledger(ledger) {}

    /// Opens the file, or begins a new one where there is none or an empty one. False with errorString(), a sentence,
    /// when it is not ours, newer than this program, damaged, in use, or cannot be had; it is left as it was then.
    bool open(const QString &path);
    /// To be followed by create() when it is, and by load() otherwise.
    bool isNew() const { return m_isNew; }
    /// Writes all that the store and the ledger have. False with errorString().
    bool create(const Origin &origin);
    /// Fills the empty store, and the ledger. False with errorString().
    bool load(Origin *origin);

    /// Does the work and writes what it changed in the store and the ledger. When that fails, nothing is changed, and
    /// it is false with errorString().
    bool keep(const std::function<void()> &work);

    QString errorString() const { return m_error; }

private:
    bool check();
    bool write(const RecordStore::Changes &changes, bool ledger);
    bool writeRecords(const RecordStore::Changes &changes);
    bool writePhotos(const QStringList &ids);
    bool writeState(const QByteArray &name, const QJsonObject &value);
    bool readRecords();
    bool readPhotos();
    bool readState(const QByteArray &name, QJsonObject *value);
    /// With the sentence for what SQLite said last.
    bool fail();
    bool damaged(const QString &what);

    RecordStore &m_store;
    OAuthLedger &m_ledger;
    SqliteFile m_file;
    QString m_path;
    QString m_error;
    bool m_isNew = false;
};

} // namespace ringside::sandbox
