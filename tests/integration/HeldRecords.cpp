// SPDX-License-Identifier: Apache-2.0
#include "HeldRecords.h"

#include <QJsonDocument>
#include <QSet>

namespace ringside::test {

namespace {

/// Kept by the CRM itself, or seen to on its own (tags).
bool isKept(const QString &field)
{
    static const QSet<QString> names{QStringLiteral("id"),
                                     QStringLiteral("Owner"),
                                     QStringLiteral("Created_By"),
                                     QStringLiteral("Modified_By"),
                                     QStringLiteral("Created_Time"),
                                     QStringLiteral("Modified_Time"),
                                     QStringLiteral("Tag"),
                                     QStringLiteral("Full_Name"),
                                     QStringLiteral("Last_Activity_Time"),
                                     QStringLiteral("Record_Image"),
                                     QStringLiteral("Converted_Date_Time"),
                                     QStringLiteral("Expected_Revenue")};
    return names.contains(field) || field.startsWith(QLatin1Char('$'));
}

QJsonValue plain(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    return value.isObject() ? value.toObject().value(QLatin1String("id")) : value;
}

QString shown(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

QStringList namesOf(const QJsonArray &tags)
{
    QStringList names;
    for (const auto &tag : tags)
        names.append(tag.toObject().value(QLatin1String("name")).toString());
    names.sort();
    return names;
}

} // namespace

QString Held::markerField(const QString &module)
{
    static const QHash<QString, QString> names{{QStringLiteral("Calls"), QStringLiteral("Subject")},
                                               {QStringLiteral("Tasks"), QStringLiteral("Subject")},
                                               {QStringLiteral("Accounts"), QStringLiteral("Account_Name")},
                                               {QStringLiteral("Deals"), QStringLiteral("Deal_Name")},
                                               {QStringLiteral("Notes"), QStringLiteral("Note_Title")}};
    return names.value(module, QStringLiteral("Last_Name"));
}

QStringList Held::differences(const QJsonObject &stored) const
{
    QStringList found;
    const auto say = [&](const QString &what, const QString &is, const QString &wanted) {
        found.append(
            QStringLiteral("%1 %2 (%3): %4 is %5 and not %6").arg(ref.module, ref.id, marker, what, is, wanted));
    };
    const QStringList own = fields.keys();
    const QStringList there = stored.keys();
    QSet<QString> names(own.cbegin(), own.cend());
    names.unite({there.cbegin(), there.cend()});
    for (const QString &name : std::as_const(names)) {
        const QJsonValue is = plain(stored.value(name));
        const QJsonValue wanted = plain(fields.value(name));
        if (!isKept(name) && is != wanted)
            say(name, shown(is), shown(wanted));
    }
    const QStringList is = namesOf(stored.value(QLatin1String("Tag")).toArray());
    QStringList wanted = tags;
    wanted.sort();
    if (is != wanted)
        say(QStringLiteral("Tag"), is.join(QLatin1Char(',')), wanted.join(QLatin1Char(',')));
    if (stored.value(QLatin1String("id")).toString() != ref.id)
        say(QStringLiteral("id"), stored.value(QLatin1String("id")).toString(), ref.id);
    return found;
}

QStringList HeldRecords::modules()
{
    return {QStringLiteral("Contacts"), QStringLiteral("Leads"), QStringLiteral("Calls"), QStringLiteral("Tasks"),
            QStringLiteral("Accounts"), QStringLiteral("Deals"), QStringLiteral("Notes")};
}

Held *HeldRecords::anyOf(const QStringList &modules, QRandomGenerator &random)
{
    for (int i = 0; i < 50 && !records.isEmpty(); ++i) {
        Held &one = any(random);
        if (modules.contains(one.ref.module))
            return &one;
    }
    return nullptr;
}

QStringList HeldRecords::children(const QString &module, const RecordRef &parent) const
{
    QStringList ids;
    for (const Held &one : module == QLatin1String("Notes") ? notes : records) {
        if (one.ref.module != module)
            continue;
        for (const char *field : {"Parent_Id", "Who_Id", "What_Id"}) {
            if (one.text(QLatin1String(field)) == parent.id)
                ids.append(one.ref.id);
        }
    }
    ids.sort();
    return ids;
}

void HeldRecords::moveChildren(const RecordRef &lead, const RecordRef &contact)
{
    for (Held &note : notes) {
        if (note.text(QStringLiteral("Parent_Id")) == lead.id)
            note.fields.insert(QLatin1String("Parent_Id"), contact.id);
    }
    for (Held &one : records) {
        if (one.text(QStringLiteral("What_Id")) != lead.id)
            continue;
        one.fields.insert(QLatin1String("What_Id"), QJsonValue());
        one.fields.insert(QLatin1String("Who_Id"), contact.id);
    }
}

QStringList HeldRecords::differences(const std::function<QJsonArray(const QString &module)> &stored) const
{
    QHash<RecordRef, QJsonObject> there;
    QStringList found;
    for (const QString &module : modules()) {
        const QJsonArray list = stored(module);
        QSet<QString> markers;
        for (const auto &item : list) {
            const QJsonObject record = item.toObject();
            const QString marker = record.value(Held::markerField(module)).toString();
            if (!marker.startsWith(QLatin1String("Marker")))
                continue;
            if (markers.contains(marker))
                found.append(QStringLiteral("%1 has %2 twice").arg(module, marker));
            markers.insert(marker);
            there.insert({module, record.value(QLatin1String("id")).toString()}, record);
        }
    }
    for (const QList<Held> &list : {records, notes, converted}) {
        for (const Held &held : list)
            found += held.differences(there.take(held.ref));
    }
    for (auto it = there.cbegin(); it != there.cend(); ++it) {
        const char *what = removed.contains(it.key()) ? "%1 %2 was removed and is there" : "%1 %2 is one too many";
        found.append(QString::fromLatin1(what).arg(it.key().module, it.key().id));
    }
    return found;
}

} // namespace ringside::test
