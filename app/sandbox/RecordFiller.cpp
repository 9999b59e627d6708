// SPDX-License-Identifier: Apache-2.0
#include "RecordFiller.h"

#include "CrmUsers.h"
#include "RecordValidator.h"

#include <QJsonArray>

namespace ringside::sandbox {

using namespace Qt::StringLiterals;

RecordFiller::RecordFiller(RecordStore &store, qint64 dayStart) : m_store(store), m_dayStart(dayStart)
{
    for (const CrmUser &user : crmUsers)
        m_users.append(user.reference());
}

QString RecordFiller::add(const QString &module, QJsonObject fields, size_t owner, qint64 createdAt)
{
    const QJsonObject user = m_users.at(static_cast<qsizetype>(owner) % m_users.size());
    fields.insert("Owner"_L1, user);
    fields.insert("Created_By"_L1, user);
    fields.insert("Modified_By"_L1, user);
    if (!fields.contains("Tag"_L1))
        fields.insert("Tag"_L1, QJsonArray());
    if (fields.contains("Last_Name"_L1))
        fields.insert("Full_Name"_L1, QString(fields.value("First_Name"_L1).toString() + u' '
                                              + fields.value("Last_Name"_L1).toString()).trimmed());
    return m_store.insert(module, fields, createdAt, createdAt);
}

QJsonObject RecordFiller::parent(const QString &module, const QString &id) const
{
    QJsonObject reference = m_store.reference(module, id);
    reference.insert("module"_L1, QJsonObject{{"api_name"_L1, module}, {"id"_L1, "5725767000000002179"_L1}});
    return reference;
}

QString RecordFiller::addCall(const QJsonObject &contact, const QString &subject, const QString &description, bool inbound,
                              int seconds, qint64 startedAt, size_t owner, const QString &number)
{
    QJsonObject fields{{"Subject"_L1, subject},
                       {"Call_Type"_L1, seconds == 0 ? "Missed"_L1 : (inbound ? "Inbound"_L1 : "Outbound"_L1)},
                       {"Call_Start_Time"_L1, RecordStore::timeText(startedAt)},
                       {"Call_Duration"_L1, RecordValidator::durationText(seconds)},
                       {"Call_Duration_in_seconds"_L1, seconds},
                       {"Who_Id"_L1, contact},
                       {inbound ? "Caller_ID"_L1 : "Dialled_Number"_L1, number},
                       {"Description"_L1, description}};
    if (!inbound && seconds > 0)
        fields.insert("Outgoing_Call_Status"_L1, "Completed"_L1);
    return add(u"Calls"_qs, fields, owner, startedAt + seconds);
}

QString RecordFiller::addNote(const QString &module, const QString &id, const QString &title, const QString &text,
                              size_t owner, qint64 createdAt)
{
    return add(u"Notes"_qs, {{"Note_Title"_L1, title}, {"Note_Content"_L1, text}, {"Parent_Id"_L1, parent(module, id)}}, owner,
               createdAt);
}

QJsonArray RecordFiller::tags(const QStringList &names)
{
    QJsonArray list;
    for (const QString &name : names)
        list.append(RecordStore::tag(name));
    return list;
}

} // namespace ringside::sandbox
