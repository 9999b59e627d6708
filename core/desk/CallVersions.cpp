// SPDX-License-Identifier: Apache-2.0
#include "CallVersions.h"

#include <QCoreApplication>

#include <optional>

namespace ringside::callVersions {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ringside::CallVersions", text);
}

/// The agent never sees the line that the call is found by.
QString notesOf(const CallPayload &payload)
{
    QString notes = payload.call.description;
    return notes.remove(payload.reference).trimmed();
}

QString personOf(const CallPayload &payload)
{
    return payload.call.person.isNull() ? words(QT_TRANSLATE_NOOP("ringside::CallVersions", "Nobody")) : payload.personName;
}

QString valueOf(const CallPayload &payload, const QString &field)
{
    const QVariant value = payload.call.extra.value(field);
    return value.typeId() == QMetaType::QVariantList || value.typeId() == QMetaType::QStringList
               ? value.toStringList().join(QStringLiteral(", "))
               : value.toString();
}

FieldVersions versions(const QString &field, const CallPayload &told, const CallPayload &mine)
{
    if (field == QLatin1String("Subject"))
        return {words(QT_TRANSLATE_NOOP("ringside::CallVersions", "Subject")), told.call.subject, mine.call.subject};
    if (field == QLatin1String("Description"))
        return {words(QT_TRANSLATE_NOOP("ringside::CallVersions", "Notes")), notesOf(told), notesOf(mine)};
    if (field == QLatin1String("Call_Result"))
        return {words(QT_TRANSLATE_NOOP("ringside::CallVersions", "Result")), told.call.result, mine.call.result};
    if (field == QLatin1String("Call_Purpose"))
        return {words(QT_TRANSLATE_NOOP("ringside::CallVersions", "Purpose")), told.call.purpose, mine.call.purpose};
    if (field == QLatin1String("Who_Id") || field == QLatin1String("What_Id"))
        return {words(QT_TRANSLATE_NOOP("ringside::CallVersions", "Person")), personOf(told), personOf(mine)};
    return {QString(field).replace(QLatin1Char('_'), QLatin1Char(' ')), valueOf(told, field), valueOf(mine, field)};
}

} // namespace

QList<FieldVersions> of(const CallPayload &told, const CallPayload &mine)
{
    QList<FieldVersions> all;
    for (const QString &field : told.changedThere) {
        const FieldVersions one = versions(field, told, mine);
        if (one.theirs != one.mine && !all.contains(one))
            all.append(one);
    }
    return all;
}

} // namespace ringside::callVersions
