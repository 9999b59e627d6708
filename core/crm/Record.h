// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace ringside {

/// A record's address: module API name ("Contacts") and id. Ids are decimal strings of up to 19 digits.
struct RecordRef
{
    QString module;
    QString id;

    bool isNull() const { return id.isEmpty(); }
    friend bool operator==(const RecordRef &, const RecordRef &) = default;
};

inline size_t qHash(const RecordRef &ref, size_t seed = 0)
{
    return qHashMulti(seed, ref.module, ref.id);
}

/// A lookup value: {"id", "name"}.
struct Lookup
{
    QString id;
    QString name;
};

/// One record as the CRM gave it. Text is plain text, never markup. A field that is null or that the agent may not see
/// is absent. Values are bool, double (qlonglong beyond 2^53), QString (dates too), QVariantMap for lookups ("id" is
/// always text) and QVariantList.
class Record
{
public:
    Record() = default;
    Record(RecordRef ref, QVariantMap values) : m_ref(std::move(ref)), m_values(std::move(values)) {}

    const RecordRef &ref() const { return m_ref; }
    const QVariantMap &values() const { return m_values; }
    bool has(const QString &field) const { return m_values.contains(field); }
    /// Scalars as text (numbers in full, yes and no translated), lookups as their name, lists joined by ", ".
    QString text(const QString &field) const;
    Lookup lookup(const QString &field) const;
    double number(const QString &field) const;
    QDateTime dateTime(const QString &field) const; ///< With its offset; invalid when absent.
    QDate date(const QString &field) const;
    QStringList names(const QString &field) const; ///< For Tag: the names.
    QStringList fieldNames() const; ///< Without the keys that begin with '$': the CRM's own, kept but never shown.

    /// Those of `wanted` that are not so already: what an update has to send. Lookups are compared by id, times as
    /// times, and a field that is absent is empty. An invalid value stands for "cleared".
    QVariantMap changes(const QVariantMap &wanted) const;

    /// Full_Name, else First_Name Last_Name, else the first that is text (a lookup is another record's name) of
    /// Account_Name, Deal_Name, Subject, Name, Event_Title, Note_Title, Vendor_Name, Product_Name.
    QString displayName() const;

private:
    RecordRef m_ref;
    QVariantMap m_values;
};

struct RecordPage
{
    QList<Record> records;
    bool more = false;
    QString nextPageToken;
};

} // namespace ringside

Q_DECLARE_METATYPE(ringside::RecordRef)
