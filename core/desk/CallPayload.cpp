// SPDX-License-Identifier: Apache-2.0
#include "CallPayload.h"

#include "ActivityApi.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ringside {

namespace {

constexpr int version = 1;

QJsonObject fromRef(const RecordRef &ref)
{
    return {{QStringLiteral("module"), ref.module}, {QStringLiteral("id"), ref.id}};
}

RecordRef toRef(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    return {.module = object.value(QLatin1String("module")).toString(), .id = object.value(QLatin1String("id")).toString()};
}

QString wordOf(const QString &line)
{
    return line.section(QLatin1Char(' '), -1);
}

/// As API names are; nothing else gets into a query.
bool isPlainName(const QString &name)
{
    return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
        return c == QLatin1Char('_') || (c.unicode() < 128 && c.isLetterOrNumber());
    });
}

Error unreadable()
{
    return Error{.kind = ErrorKind::Internal,
                 .message = QCoreApplication::translate("ringside::OutboxDispatcher",
                                                        "This log was kept by another version of Ringside and cannot be sent "
                                                        "as it is. Your notes are here: log the call again.")};
}

} // namespace

QByteArray CallPayload::encoded() const
{
    QJsonObject object{
        {QStringLiteral("version"), version},
        {QStringLiteral("reference"), reference},
        {QStringLiteral("referenceField"), referenceField},
        {QStringLiteral("callerSettled"), callerSettled},
        {QStringLiteral("subject"), call.subject},
        {QStringLiteral("type"), static_cast<int>(call.type)},
        {QStringLiteral("start"), call.start.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("offset"), call.start.offsetFromUtc()},
        {QStringLiteral("seconds"), static_cast<qint64>(call.duration.count())},
        {QStringLiteral("description"), call.description},
        {QStringLiteral("number"), call.callerNumber},
        {QStringLiteral("result"), call.result},
        {QStringLiteral("purpose"), call.purpose},
        {QStringLiteral("person"), fromRef(call.person)},
        {QStringLiteral("relatedTo"), fromRef(call.relatedTo)},
        {QStringLiteral("personName"), personName},
        {QStringLiteral("company"), company},
    };
    if (!call.extra.isEmpty())
        object.insert(QStringLiteral("extra"), QJsonObject::fromVariantMap(call.extra));
    if (!changedThere.isEmpty())
        object.insert(QStringLiteral("changedThere"), QJsonArray::fromStringList(changedThere));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<CallPayload> CallPayload::decode(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const int type = object.value(QLatin1String("type")).toInt(-1);
    const QDateTime start = QDateTime::fromString(object.value(QLatin1String("start")).toString(), Qt::ISODateWithMs);
    if (object.value(QLatin1String("version")).toInt() != version || type < 0
        || type > static_cast<int>(CallActivity::Type::Missed) || !start.isValid())
        return unreadable();
    CallPayload payload;
    payload.reference = object.value(QLatin1String("reference")).toString();
    payload.referenceField = object.value(QLatin1String("referenceField")).toString();
    payload.callerSettled = object.value(QLatin1String("callerSettled")).toBool();
    if (payload.reference.isEmpty())
        return unreadable();
    payload.personName = object.value(QLatin1String("personName")).toString();
    payload.company = object.value(QLatin1String("company")).toString();
    payload.changedThere = object.value(QLatin1String("changedThere")).toVariant().toStringList();
    CallActivity &call = payload.call;
    call.subject = object.value(QLatin1String("subject")).toString();
    call.type = static_cast<CallActivity::Type>(type);
    call.start = start.toOffsetFromUtc(object.value(QLatin1String("offset")).toInt());
    call.duration = std::chrono::seconds(object.value(QLatin1String("seconds")).toInteger());
    call.description = object.value(QLatin1String("description")).toString();
    call.callerNumber = object.value(QLatin1String("number")).toString();
    call.result = object.value(QLatin1String("result")).toString();
    call.purpose = object.value(QLatin1String("purpose")).toString();
    call.person = toRef(object.value(QLatin1String("person")));
    call.relatedTo = toRef(object.value(QLatin1String("relatedTo")));
    call.extra = object.value(QLatin1String("extra")).toObject().toVariantMap();
    return payload;
}

CallActivity CallPayload::sent(const ActivityApi &crm) const
{
    CallActivity activity = call;
    if (referenceField.isEmpty())
        return activity;
    activity.extra.insert(referenceField, wordOf(reference));
    if (!crm.callValues(activity).contains(referenceField)) {
        activity.extra.remove(referenceField);
        activity.description += (activity.description.isEmpty() ? QString() : QStringLiteral("\n\n")) + reference;
    }
    return activity;
}

QString CallPayload::lookUpQuery(const QString &ownerUserId, int offset) const
{
    // The same second as was sent: the CRM keeps no fractions.
    QDateTime start = call.start;
    start.setTime(QTime(start.time().hour(), start.time().minute(), start.time().second()));
    QString time = start.toString(Qt::ISODate);
    if (time.endsWith(QLatin1Char('Z')))
        time = time.chopped(1) + QStringLiteral("+00:00");
    const bool plainId = !ownerUserId.isEmpty()
                         && std::all_of(ownerUserId.cbegin(), ownerUserId.cend(), [](QChar c) { return c.isDigit(); });
    const QString condition =
        plainId ? QStringLiteral("(Owner = '%1' and Call_Start_Time = '%2')").arg(ownerUserId, time)
                : QStringLiteral("Call_Start_Time = '%1'").arg(time);
    const QString further = isPlainName(referenceField) ? QStringLiteral(", ") + referenceField : QString();
    return QStringLiteral("select Subject, Description, Call_Start_Time%1 from Calls where %2 limit %3, %4")
        .arg(further, condition, QString::number(offset), QString::number(lookUpRows));
}

bool CallPayload::isRecord(const Record &row) const
{
    const bool inField = !referenceField.isEmpty() &&
                         row.text(referenceField).trimmed().compare(wordOf(reference), Qt::CaseInsensitive) == 0;
    return inField || row.text(QStringLiteral("Description")).contains(reference);
}

} // namespace ringside
