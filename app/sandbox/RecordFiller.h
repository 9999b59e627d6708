// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordStore.h"

namespace ringside::sandbox {

/// Puts invented records into the store: owner, authors, derived fields and times in one place.
class RecordFiller
{
public:
    /// `dayStart` is midnight of today at the organisation, in seconds since 1970.
    RecordFiller(RecordStore &store, qint64 dayStart);

    /// `day` counts from today (0), yesterday is -1; `minute` from midnight.
    qint64 at(int day, int minute) const { return m_dayStart + qint64(day) * 86'400 + qint64(minute) * 60; }
    QString timeText(int day, int minute) const { return RecordStore::timeText(at(day, minute)); }
    QString dateText(int day) const { return timeText(day, 0).left(10); }

    QString add(const QString &module, QJsonObject fields, size_t owner, qint64 createdAt);
    QJsonObject reference(const QString &module, const QString &id) const { return m_store.reference(module, id); }
    /// Where a note or an activity hangs: Parent_Id with its module.
    QJsonObject parent(const QString &module, const QString &id) const;

    /// A logged call; with a length of 0 a missed one.
    QString addCall(const QJsonObject &contact, const QString &subject, const QString &description, bool inbound,
                    int seconds, qint64 startedAt, size_t owner, const QString &number);
    QString addNote(const QString &module, const QString &id, const QString &title, const QString &text, size_t owner,
                    qint64 createdAt);

    static QJsonArray tags(const QStringList &names);

private:
    RecordStore &m_store;
    qint64 m_dayStart;
    QList<QJsonObject> m_users; ///< shared by all records: a quarter of the memory otherwise
};

} // namespace ringside::sandbox
