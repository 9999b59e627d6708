// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ModuleCatalog.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QMultiHash>
#include <deque>
#include <optional>
#include <vector>

namespace ringside::sandbox {

struct StoredRecord
{
    QString id; ///< 19 digits
    QJsonObject fields;
    qint64 createdAt = 0; ///< seconds since 1970, as all times of the CRM are
    qint64 modifiedAt = 0;
    qint64 indexedAfter = 0; ///< ms since 1970: search does not see the record before
    bool throughApi = false;
    bool deleted = false;
    qint64 deletedAt = 0; ///< seconds since 1970; 0 while it lives, and for what was undone
    QJsonArray history; ///< {"at", "by", "changes": [{"api_name", "old", "new"}]} of each edit through the API
    mutable QList<QByteArray> phoneDigits; ///< of every phone field; filled on first use
    mutable QString words; ///< lower-case text of all text fields; filled on first use
};

/// All records of the CRM in memory, with the links between them. Not thread-safe: the owner locks.
class RecordStore
{
public:
    explicit RecordStore(const ModuleCatalog &catalog);

    const ModuleCatalog &catalog() const { return m_catalog; }

    /// The CRM's clock: local time of the organisation (UTC+4), whole seconds.
    static QString timeText(qint64 secondsSinceEpoch);
    /// As records carry it; the id hangs on the name alone.
    static QJsonObject tag(const QString &name);
    static QString digitsOf(const QString &text);

    /// Adds a record that has all its fields (Created_Time, Owner …) and gives its new id.
    QString insert(const QString &module, QJsonObject fields, qint64 createdAt, qint64 modifiedAt);
    void update(const QString &module, const QString &id, const QJsonObject &changes, qint64 modifiedAt);
    void remove(const QString &module, const QString &id, qint64 deletedAt);

    struct Changes
    {
        struct Written
        {
            QString module;
            const StoredRecord *record;
        };
        std::vector<Written> records; ///< each once, as it is now; deleted ones too
        QStringList photos;           ///< ids of those set or removed
        bool settings = false;
        bool ids = false; ///< some were given away, if only for what was undone

        bool isEmpty() const { return records.empty() && photos.isEmpty() && !settings && !ids; }
    };
    /// From begin() on, rollBack() undoes all that was written; commit() keeps it. One may be inside another: what the
    /// inner one kept, the outer one can still undo. An id is never given twice, undone or not.
    void begin();
    void commit();
    void rollBack();
    /// What was written since the outermost begin() and not undone.
    Changes changes() const;

    /// Puts back what all() gave another time, in that order; false when there is no such module.
    bool restore(const QString &module, StoredRecord record);
    qint64 nextId() const { return m_nextId; }
    void setNextId(qint64 id) { m_nextId = id; }
    /// Marks as written through the API; search sees the change only after `lagMs`.
    void noteWrite(const QString &module, const QString &id, bool created, int lagMs);

    /// The error that every write of the record gets (RECORD_LOCKED and the like); empty when it may be written.
    QString lock(const QString &id) const { return m_locks.value(id); }
    void setLock(const QString &id, const QString &code) { m_locks.insert(id, code); }

    /// What the organisation has besides records, by name: made tags, call preferences.
    QJsonObject settings() const { return m_settings; }
    void setSettings(const QJsonObject &settings) { m_settings = settings; }
    void setSetting(const QString &name, const QJsonValue &value) { m_settings.insert(name, value); }

    /// Empty when none was uploaded.
    QByteArray photo(const QString &id) const { return m_photos.value(id); }
    void setPhoto(const QString &id, const QByteArray &image);
    /// What was changed by an edit, for the timeline.
    void noteEdit(const QString &module, const QString &id, const QJsonObject &edit);

    const StoredRecord *find(const QString &module, const QString &id) const;
    /// In the order of creation, deleted ones included.
    const std::deque<StoredRecord> &all(const QString &module) const;
    /// Living records of `module` whose lookup `field` names the parent, oldest first.
    QList<const StoredRecord *> children(const QString &module, const QString &field, const QString &parentId) const;

    /// {"id","name"} as lookups show a record.
    QJsonObject reference(const QString &module, const QString &id) const;

    /// Fills what searches need, so that the first one is as quick as the next.
    void warmUp() const;
    const QList<QByteArray> &phoneDigits(const QString &module, const StoredRecord &record) const;
    const QString &words(const QString &module, const StoredRecord &record) const;

private:
    struct Table
    {
        std::deque<StoredRecord> records;
        QHash<QString, size_t> index;
        QMultiHash<QString, size_t> byParent; ///< key: parent id + '.' + field
    };

    struct Before
    {
        QString module;
        std::optional<StoredRecord> record; ///< none: it was not there
        QString id;
    };

    struct Mark
    {
        size_t written; ///< length of m_before at begin()
        QHash<QString, QByteArray> photos;
        QJsonObject settings;
        qint64 nextId;
    };

    StoredRecord *findForWrite(const QString &module, const QString &id);
    void remember(const QString &module, const QString &id);
    void link(Table &table, const ModuleSpec &spec, const StoredRecord &record, size_t position);
    void unlink(Table &table, const ModuleSpec &spec, const StoredRecord &record, size_t position);

    const ModuleCatalog &m_catalog;
    QHash<QString, Table> m_tables;
    QHash<QString, QByteArray> m_photos;
    QHash<QString, QString> m_locks;
    QJsonObject m_settings;
    std::vector<Before> m_before;                ///< since the first of m_marks
    std::vector<Mark> m_marks;                   ///< one for each begin() not yet ended
    qint64 m_nextId = 5'725'767'000'011'356'002; // the first of the issued ids; all have 19 digits
};

} // namespace ringside::sandbox
