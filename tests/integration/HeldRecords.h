// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>

#include <functional>

namespace ringside::test {

/// A record as it is to be in the CRM: all that it holds, so that a field too many is seen as well as one too few.
struct Held
{
    RecordRef ref;
    QString marker{};     ///< In no other record of its module; begins with "Marker".
    QJsonObject fields{}; ///< Without what the CRM keeps by itself. A lookup is the id alone, a cleared field null.
    QStringList tags{};
    QDateTime firstModified{}; ///< Before its first change: too old to change it by.

    QString text(const QString &field) const { return fields.value(field).toString(); }
    /// The field that the marker stands in: of people their last name, of activities their subject, …
    static QString markerField(const QString &module);
    /// What is otherwise in `stored`, the CRM's own JSON; empty: nothing. Shares no code with what is tested.
    QStringList differences(const QJsonObject &stored) const;
};

/// What the CRM is to hold of all that was written, and what it is to hold no longer.
class HeldRecords
{
public:
    static QStringList modules();

    QList<Held> records; ///< To be read and changed.
    QList<Held> notes;
    QList<Held> converted; ///< Leads that became something else.
    QList<RecordRef> removed;

    Held &any(QRandomGenerator &random) { return records[random.bounded(records.size())]; }
    /// One of those modules, or none.
    Held *anyOf(const QStringList &modules, QRandomGenerator &random);
    /// Ids of the notes, calls or tasks that hang on the record.
    QStringList children(const QString &module, const RecordRef &parent) const;
    /// What hung on a lead hangs on the contact from now on.
    void moveChildren(const RecordRef &lead, const RecordRef &contact);

    /// All differences to what is stored, each as a sentence; `stored` gives the records of a module as they are kept.
    QStringList differences(const std::function<QJsonArray(const QString &module)> &stored) const;
};

} // namespace ringside::test
