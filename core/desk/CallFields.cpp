// SPDX-License-Identifier: Apache-2.0
#include "CallFields.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringside::callFields {

namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(ringside::CallFields)
};

const auto resultField = QLatin1String("Call_Result");
const auto purposeField = QLatin1String("Call_Purpose");

/// Filled in by the desk, by the CRM, or in places of their own.
bool hasItsPlace(const QString &apiName)
{
    static const QStringList names{QStringLiteral("Subject"),
                                   QStringLiteral("Description"),
                                   QStringLiteral("Call_Type"),
                                   QStringLiteral("Call_Start_Time"),
                                   QStringLiteral("Call_Duration"),
                                   QStringLiteral("Call_Duration_in_seconds"),
                                   QStringLiteral("Call_Result"),
                                   QStringLiteral("Call_Purpose"),
                                   QStringLiteral("Call_Status"),
                                   QStringLiteral("Outgoing_Call_Status"),
                                   QStringLiteral("Outbound_Call_Status"),
                                   QStringLiteral("Who_Id"),
                                   QStringLiteral("What_Id"),
                                   QStringLiteral("Owner"),
                                   QStringLiteral("Layout"),
                                   QStringLiteral("Tag"),
                                   QStringLiteral("Caller_ID"),
                                   QStringLiteral("Dialled_Number"),
                                   QStringLiteral("From_Number__s"),
                                   QStringLiteral("To_Number__s"),
                                   QStringLiteral("Reminder"),
                                   QStringLiteral("Voice_Recording__s")};
    return names.contains(apiName);
}

bool isNone(const QString &word)
{
    return word.isEmpty() || word == QLatin1String("-None-");
}

Problem needed(const QString &apiName, const QString &label)
{
    return {apiName,
            Sentences::tr("Your company wants \"%1\" filled in before a call is logged. Nothing was sent, and your "
                          "notes are kept: fill it in, then log the call again.")
                .arg(label)};
}

QString valueOf(const NoteDraft &draft, const QString &apiName)
{
    if (apiName == resultField)
        return draft.result;
    return apiName == purposeField ? draft.purpose : draft.values.value(apiName);
}

} // namespace

QList<NewPersonField> of(const QList<Field> &calls)
{
    QList<NewPersonField> fields;
    for (const Field &field : calls) {
        const bool ownPicklist = field.custom && (field.dataType == QLatin1String("picklist") ||
                                                  field.dataType == QLatin1String("multiselectpicklist"));
        if (hasItsPlace(field.apiName) || !(field.mandatory || ownPicklist))
            continue;
        std::optional<NewPersonField> one = newPersonFields::fieldFor(field);
        if (!one)
            continue;
        if (one->kind != NewPersonField::Kind::YesNo) {
            one->choices.erase(std::remove_if(one->choices.begin(), one->choices.end(), isNone), one->choices.end());
            one->codes = one->choices;
        }
        fields.append(*one);
    }
    return fields;
}

bool takesReference(const QList<Field> &calls, const QString &apiName)
{
    constexpr int needed = 8; // the reference's word
    return !hasItsPlace(apiName) && std::any_of(calls.cbegin(), calls.cend(), [&apiName](const Field &field) {
        return field.apiName == apiName && field.dataType == QLatin1String("text") && field.visible &&
               !field.readOnly && (field.length == 0 || field.length >= needed);
    });
}

QVariantMap written(const QList<NewPersonField> &fields, const QMap<QString, QString> &values)
{
    QVariantMap out;
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        const auto known = std::find_if(fields.cbegin(), fields.cend(),
                                        [&it](const NewPersonField &field) { return field.apiName == it.key(); });
        NewPersonField field = known == fields.cend() ? NewPersonField() : *known;
        field.value = it.value();
        out.insert(it.key(), newPersonFields::valueOf(field));
    }
    return out;
}

QMap<QString, QString> typed(const QVariantMap &extra)
{
    QMap<QString, QString> values;
    for (auto it = extra.cbegin(); it != extra.cend(); ++it)
        values.insert(it.key(), newPersonFields::typedOf(it.value()));
    return values;
}

std::optional<Problem> problemOf(const QList<Field> &calls, const NoteDraft &draft, const QString &region)
{
    const QList<NewPersonField> fields = of(calls);
    for (const Field &field : calls) {
        const bool shown = field.apiName == resultField || field.apiName == purposeField;
        if (shown && field.mandatory && field.visible && !field.readOnly && isNone(valueOf(draft, field.apiName)))
            return needed(field.apiName, field.label);
    }
    for (NewPersonField field : fields) {
        field.value = valueOf(draft, field.apiName);
        if (field.mandatory && field.value.trimmed().isEmpty())
            return needed(field.apiName, field.label);
        if (const QString problem = newPersonFields::problemOf(field, region); !problem.isEmpty())
            return Problem{field.apiName, Sentences::tr("\"%1\": %2 Nothing was sent, and your notes are kept.",
                                                        "the name of a field, and a sentence about its value")
                                              .arg(field.label, problem)};
    }
    return std::nullopt;
}

} // namespace ringside::callFields
