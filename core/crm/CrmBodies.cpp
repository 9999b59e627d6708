// SPDX-License-Identifier: Apache-2.0
#include "CrmBodies.h"

#include "BodyParts.h"

#include <algorithm>

namespace ringside::crmbodies {

using namespace bodyparts;

namespace {

constexpr int subjectLength = 255;
constexpr int noteTitleLength = 120;

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

QString statusText(CallActivity::Status status)
{
    switch (status) {
    case CallActivity::Status::Completed:
        return QStringLiteral("Completed");
    case CallActivity::Status::Scheduled:
        return QStringLiteral("Scheduled");
    case CallActivity::Status::Cancelled:
        return QStringLiteral("Cancelled");
    case CallActivity::Status::Overdue:
        return QStringLiteral("Overdue");
    }
    return {};
}

void addParties(QJsonObject &record, const RecordRef &person, const RecordRef &relatedTo)
{
    const QString contacts = QStringLiteral("Contacts");
    RecordRef who;
    RecordRef what;
    // The field that takes anything but a contact holds one record: an account gives way to its own deal or case.
    for (const RecordRef &ref : {person, relatedTo}) {
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

/// Status is required of an outgoing call, by whichever name the field has.
const QStringList &statusFields()
{
    static const QStringList names{QStringLiteral("Outgoing_Call_Status"), QStringLiteral("Outbound_Call_Status"),
                                   QStringLiteral("Call_Status")};
    return names;
}

QHash<QString, QString> codesOf(const Field &field)
{
    QHash<QString, QString> codes;
    for (qsizetype i = 0; i < std::min(field.pickListValues.size(), field.pickListCodes.size()); ++i)
        codes.insert(field.pickListValues.at(i), field.pickListCodes.at(i));
    return codes;
}

QString choice(const CallLayout &layout, const QString &field, const QString &word)
{
    return layout.choices.value(field).value(word, word);
}

/// As the CRM writes it: a picklist's words become what is stored for them. What is empty is null.
QJsonValue extraValue(const CallLayout &layout, const QString &field, const QVariant &value)
{
    if (value.typeId() == QMetaType::QString) {
        const QString text = choice(layout, field, value.toString());
        return text.isEmpty() ? QJsonValue() : QJsonValue(text);
    }
    if (value.typeId() != QMetaType::QVariantList)
        return written(value);
    QJsonArray choices;
    const QVariantList words = value.toList();
    for (const QVariant &word : words)
        choices.append(choice(layout, field, word.toString()));
    return choices.isEmpty() ? QJsonValue() : QJsonValue(choices);
}

void addExtra(QJsonObject &fields, const CallActivity &call, const CallLayout &layout)
{
    for (auto it = call.extra.cbegin(); it != call.extra.cend(); ++it) {
        if (!layout.openFields.isEmpty() && !layout.openFields.contains(it.key()))
            continue;
        fields.insert(it.key(), extraValue(layout, it.key(), it.value()));
    }
}

void addTexts(QJsonObject &fields, const CallActivity &call, const CallLayout &layout)
{
    addText(fields, QStringLiteral("Description"), call.description);
    addText(fields, QStringLiteral("Call_Agenda"), call.agenda);
    const QString result = QStringLiteral("Call_Result");
    const QString purpose = QStringLiteral("Call_Purpose");
    addText(fields, result, choice(layout, result, call.result));
    addText(fields, purpose, choice(layout, purpose, call.purpose));
    addText(fields, QStringLiteral("Voice_Recording__s"), call.recordingUrl);
}

void addDuration(QJsonObject &fields, const CallActivity &call)
{
    const bool happened = call.type != CallActivity::Type::Missed && call.status == CallActivity::Status::Completed;
    if (!happened)
        return;
    // The CRM refuses an answered call of no length.
    const std::chrono::seconds duration = std::max(call.duration, std::chrono::seconds(1));
    fields.insert(QStringLiteral("Call_Duration"), durationText(duration));
    fields.insert(QStringLiteral("Call_Duration_in_seconds"), qint64(duration.count()));
}

} // namespace

CallLayout callLayout(const QList<Field> &fields)
{
    CallLayout layout;
    if (fields.isEmpty())
        return layout;
    layout.closedFields = {QStringLiteral("Call_Duration_in_seconds"), QStringLiteral("Caller_ID"),
                           QStringLiteral("Dialled_Number"),           QStringLiteral("Call_Agenda"),
                           QStringLiteral("Voice_Recording__s"),       QStringLiteral("Reminder")};
    layout.closedFields.unite({statusFields().cbegin(), statusFields().cend()});
    for (const Field &field : fields) {
        if (!field.readOnly) {
            layout.closedFields.remove(field.apiName);
            layout.openFields.insert(field.apiName);
        }
        if (layout.statusField.isEmpty() && statusFields().contains(field.apiName))
            layout.statusField = field.apiName;
        if (field.apiName == QLatin1String("Subject") && field.length > 0)
            layout.subjectLength = std::min(field.length, layout.subjectLength);
        if (!field.pickListCodes.isEmpty())
            layout.choices.insert(field.apiName, codesOf(field));
    }
    return layout;
}

QByteArray call(const CallActivity &activity, const CallLayout &layout, CrmVersion version)
{
    QJsonObject fields{
        {QStringLiteral("Subject"), clipped(activity.subject.simplified(), layout.subjectLength)},
        {QStringLiteral("Call_Type"), typeText(activity.type)},
        {QStringLiteral("Call_Start_Time"), dateTimeText(activity.start)},
    };
    addDuration(fields, activity);
    const bool outbound = activity.type == CallActivity::Type::Outbound;
    if (outbound) {
        const QString usual = version == CrmVersion::V2 ? statusFields().last() : statusFields().first();
        fields.insert(layout.statusField.isEmpty() ? usual : layout.statusField, statusText(activity.status));
        addText(fields, QStringLiteral("Reminder"), activity.reminder);
    }
    addText(fields, outbound ? QStringLiteral("Dialled_Number") : QStringLiteral("Caller_ID"), activity.callerNumber);
    // Only some orgs have these; one that does not would refuse the call for them.
    const QString newer = outbound ? QStringLiteral("To_Number__s") : QStringLiteral("From_Number__s");
    if (layout.openFields.contains(newer))
        addText(fields, newer, activity.callerNumber);
    addTexts(fields, activity, layout);
    addParties(fields, activity.person, activity.relatedTo);
    if (!activity.ownerId.isEmpty())
        fields.insert(QStringLiteral("Owner"), reference(activity.ownerId));
    if (!activity.tags.isEmpty())
        fields.insert(QStringLiteral("Tag"), tagList(activity.tags));
    QJsonObject extra;
    addExtra(extra, activity, layout);
    for (auto it = extra.constBegin(); it != extra.constEnd(); ++it) {
        if (!it.value().isNull())
            fields.insert(it.key(), it.value());
    }
    for (const QString &field : layout.closedFields)
        fields.remove(field);
    return writeBody(fields);
}

QVariantMap callValues(const CallActivity &activity, const CallLayout &layout)
{
    QJsonObject fields{{QStringLiteral("Subject"), clipped(activity.subject.simplified(), layout.subjectLength)},
                       {QStringLiteral("Description"), QJsonValue::Null},
                       {QStringLiteral("Call_Result"), QJsonValue::Null},
                       {QStringLiteral("Call_Purpose"), QJsonValue::Null},
                       {QStringLiteral("Who_Id"), QJsonValue::Null},
                       {QStringLiteral("What_Id"), QJsonValue::Null}};
    addTexts(fields, activity, layout);
    addExtra(fields, activity, layout);
    addParties(fields, activity.person, activity.relatedTo);
    for (const QString &field : layout.closedFields)
        fields.remove(field);
    return fields.toVariantMap();
}

QVariant callShown(const QString &field, const QVariant &stored, const CallLayout &layout)
{
    const QHash<QString, QString> codes = layout.choices.value(field);
    if (stored.typeId() == QMetaType::QString)
        return codes.key(stored.toString(), stored.toString());
    if (stored.typeId() != QMetaType::QVariantList)
        return stored;
    QVariantList words;
    const QVariantList list = stored.toList();
    for (const QVariant &one : list)
        words.append(callShown(field, one, layout));
    return words;
}

QByteArray task(const TaskActivity &activity)
{
    QJsonObject fields{{QStringLiteral("Subject"), clipped(activity.subject.simplified(), subjectLength)}};
    if (activity.due.isValid())
        fields.insert(QStringLiteral("Due_Date"), activity.due.toString(Qt::ISODate));
    addText(fields, QStringLiteral("Status"), activity.status);
    addText(fields, QStringLiteral("Priority"), activity.priority);
    addText(fields, QStringLiteral("Description"), activity.description);
    addParties(fields, activity.person, activity.relatedTo);
    if (!activity.ownerId.isEmpty())
        fields.insert(QStringLiteral("Owner"), reference(activity.ownerId));
    if (activity.remindAt.isValid()) {
        const QString alarm =
            QStringLiteral("FREQ=NONE;ACTION=POPUP;TRIGGER=DATE-TIME:") + dateTimeText(activity.remindAt);
        fields.insert(QStringLiteral("Remind_At"), QJsonObject{{QStringLiteral("ALARM"), alarm}});
    }
    if (!activity.recurrence.isEmpty())
        fields.insert(QStringLiteral("Recurring_Activity"),
                      QJsonObject{{QStringLiteral("RRULE"), activity.recurrence}});
    if (activity.notify)
        fields.insert(QStringLiteral("Send_Notification_Email"), true);
    if (!activity.tags.isEmpty())
        fields.insert(QStringLiteral("Tag"), tagList(activity.tags));
    return writeBody(fields);
}

QByteArray note(const NoteText &note, CrmVersion version)
{
    QJsonObject fields{{QStringLiteral("Note_Content"), note.content}};
    addText(fields, QStringLiteral("Note_Title"), clipped(note.title.simplified(), noteTitleLength));
    if (version == CrmVersion::V2) {
        fields.insert(QStringLiteral("Parent_Id"), note.parent.id);
        fields.insert(QStringLiteral("se_module"), note.parent.module);
    } else {
        const QJsonObject module{{QStringLiteral("api_name"), note.parent.module}};
        fields.insert(QStringLiteral("Parent_Id"),
                      QJsonObject{{QStringLiteral("module"), module}, {QStringLiteral("id"), note.parent.id}});
    }
    return writeBody(fields);
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
