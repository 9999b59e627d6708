// SPDX-License-Identifier: Apache-2.0
#include "CrmBodies.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ringside::crmbodies {

namespace {

QJsonObject reference(const QString &id)
{
    return {{QStringLiteral("id"), id}};
}

QJsonValue written(const QVariant &value)
{
    const int type = value.typeId();
    if (type == QMetaType::QDateTime)
        return dateTimeText(value.toDateTime());
    if (type == QMetaType::QDate)
        return value.toDate().toString(Qt::ISODate);
    if (type == qMetaTypeId<RecordRef>())
        return reference(value.value<RecordRef>().id);
    if (type == QMetaType::QVariantMap) {
        QJsonObject object;
        const QVariantMap map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it)
            object.insert(it.key(), written(it.value()));
        return object;
    }
    if (type == QMetaType::QVariantList) {
        QJsonArray array;
        const QVariantList list = value.toList();
        for (const QVariant &item : list)
            array.append(written(item));
        return array;
    }
    return QJsonValue::fromVariant(value);
}

/// One record, with the org's workflows: "trigger" left out would run approvals and blueprints as well.
QByteArray writeBody(const QJsonObject &record)
{
    const QJsonObject body{{QStringLiteral("data"), QJsonArray{record}},
                           {QStringLiteral("trigger"), QJsonArray{QStringLiteral("workflow")}}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QString clipped(const QString &text, int length)
{
    if (text.size() <= length)
        return text;
    QString part = text.left(length);
    if (part.back().isHighSurrogate())
        part.chop(1);
    return part;
}

QString typeText(CallActivity::Type type)
{
    switch (type) {
    case CallActivity::Type::Inbound:
        return QStringLiteral("Inbound");
    case CallActivity::Type::Outbound:
        return QStringLiteral("Outbound");
    case CallActivity::Type::Missed:
        return QStringLiteral("Missed");
    }
    return {};
}

void addParties(QJsonObject &record, const CallActivity &call)
{
    const QString contacts = QStringLiteral("Contacts");
    RecordRef who;
    RecordRef what;
    // The field that takes anything but a contact holds one record: an account gives way to its own deal or case.
    for (const RecordRef &ref : {call.person, call.relatedTo}) {
        if (ref.isNull())
            continue;
        if (ref.module == contacts)
            who = who.isNull() ? ref : who;
        else if (what.isNull() || what.module == QLatin1String("Accounts"))
            what = ref;
    }
    if (!who.isNull()) {
        record.insert(QStringLiteral("Who_Id"), reference(who.id));
        record.insert(QStringLiteral("$se_module"), contacts);
    }
    if (!what.isNull()) {
        record.insert(QStringLiteral("What_Id"), reference(what.id));
        record.insert(QStringLiteral("$se_module"), what.module);
    }
}

void addText(QJsonObject &record, const QString &field, const QString &text)
{
    if (!text.isEmpty())
        record.insert(field, text);
}

} // namespace

CallLayout callLayout(const QList<Field> &fields)
{
    CallLayout layout;
    if (fields.isEmpty())
        return layout;
    layout.closedFields = {QStringLiteral("Call_Duration_in_seconds"), QStringLiteral("Caller_ID"),
                           QStringLiteral("Dialled_Number"), QStringLiteral("Outgoing_Call_Status")};
    for (const Field &field : fields) {
        if (!field.readOnly)
            layout.closedFields.remove(field.apiName);
        if (field.apiName == QLatin1String("Subject") && field.length > 0)
            layout.subjectLength = std::min(field.length, layout.subjectLength);
    }
    return layout;
}

QByteArray call(const CallActivity &activity, const CallLayout &layout)
{
    QJsonObject fields{
        {QStringLiteral("Subject"), clipped(activity.subject.simplified(), layout.subjectLength)},
        {QStringLiteral("Call_Type"), typeText(activity.type)},
        {QStringLiteral("Call_Start_Time"), dateTimeText(activity.start)},
    };
    if (activity.type != CallActivity::Type::Missed) {
        // The CRM refuses an answered call of no length.
        const std::chrono::seconds duration = std::max(activity.duration, std::chrono::seconds(1));
        fields.insert(QStringLiteral("Call_Duration"), durationText(duration));
        fields.insert(QStringLiteral("Call_Duration_in_seconds"), qint64(duration.count()));
    }
    const bool outbound = activity.type == CallActivity::Type::Outbound;
    if (outbound)
        fields.insert(QStringLiteral("Outgoing_Call_Status"), QStringLiteral("Completed"));
    addText(fields, outbound ? QStringLiteral("Dialled_Number") : QStringLiteral("Caller_ID"), activity.callerNumber);
    addText(fields, QStringLiteral("Description"), activity.description);
    addText(fields, QStringLiteral("Call_Result"), activity.result);
    addText(fields, QStringLiteral("Call_Purpose"), activity.purpose);
    addParties(fields, activity);
    for (const QString &field : layout.closedFields)
        fields.remove(field);
    return writeBody(fields);
}

QByteArray record(const QVariantMap &values)
{
    return writeBody(written(values).toObject());
}

QByteArray query(const QString &selectQuery)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("select_query"), selectQuery}}).toJson(QJsonDocument::Compact);
}

QString dateTimeText(const QDateTime &time)
{
    // Qt leaves the offset out of a local time's text.
    const QDateTime at = time.toOffsetFromUtc(time.offsetFromUtc());
    QString text = at.toString(Qt::ISODate);
    if (text.endsWith(QLatin1Char('Z')))
        text.replace(text.size() - 1, 1, QStringLiteral("+00:00"));
    return text;
}

QString durationText(std::chrono::seconds duration)
{
    const qint64 seconds = std::max<qint64>(duration.count(), 0);
    return QStringLiteral("%1:%2")
        .arg(seconds / 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace ringside::crmbodies
