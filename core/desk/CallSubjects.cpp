// SPDX-License-Identifier: Apache-2.0
#include "CallSubjects.h"

#include "CallFields.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringside::callSubjects {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype maxSubject = 255;
constexpr qsizetype maxDescription = 32000; // the CRM's limit for a multi-line field
constexpr qsizetype referenceDigits = 8;

QString text(const char *source)
{
    return QCoreApplication::translate("ringside::CallSubjects", source);
}

} // namespace

QString suggested(const CallEntry &entry)
{
    QString sentence;
    if (entry.direction == CallDirection::Out)
        sentence = text(QT_TRANSLATE_NOOP("ringside::CallSubjects", "Outbound call to %1"));
    else if (!entry.answeredAt && !entry.live())
        sentence = text(QT_TRANSLATE_NOOP("ringside::CallSubjects", "Missed call from %1"));
    else
        sentence = text(QT_TRANSLATE_NOOP("ringside::CallSubjects", "Inbound call from %1"));
    return sentence.arg(entry.title()).left(maxSubject);
}

// Never translated: the same line is looked for after the language was changed.
QString reference(const QString &callKey)
{
    QString digits;
    for (const QChar c : callKey) {
        if (c.isLetterOrNumber() && digits.size() < referenceDigits)
            digits.append(c.toLower());
    }
    return QStringLiteral("Ringside reference: %1").arg(digits);
}

CallActivity activity(const CallEntry &entry, const NoteDraft &draft, bool referenceBelow)
{
    CallActivity call;
    call.subject = (draft.subject.trimmed().isEmpty() ? suggested(entry) : draft.subject.trimmed()).left(maxSubject);
    if (entry.direction == CallDirection::Out)
        call.type = CallActivity::Type::Outbound;
    else
        call.type = entry.answeredAt ? CallActivity::Type::Inbound : CallActivity::Type::Missed;
    call.start = entry.startedAt.toOffsetFromUtc(entry.offsetSeconds);
    if (call.type != CallActivity::Type::Missed)
        call.duration = std::max(std::chrono::round<std::chrono::seconds>(entry.talkTime), std::chrono::seconds(1s));
    const QString line = reference(entry.key);
    const QString notes = draft.notes.trimmed().left(maxDescription - line.size() - 2);
    call.description = notes;
    if (referenceBelow)
        call.description = notes.isEmpty() ? line : notes + QStringLiteral("\n\n") + line;
    call.callerNumber = entry.number.e164().isEmpty() ? entry.number.display() : entry.number.e164();
    call.result = draft.result;
    call.purpose = draft.purpose;
    call.person = entry.person;
    call.relatedTo = {.module = draft.relatedModule, .id = draft.relatedId};
    return call;
}

NoteDraft draftOf(const CallActivity &call, const CallEntry &entry)
{
    NoteDraft draft;
    draft.callKey = entry.key;
    draft.subject = call.subject;
    draft.subjectEdited = call.subject != suggested(entry);
    draft.notes = call.description;
    draft.notes.remove(reference(entry.key));
    draft.notes = draft.notes.trimmed();
    draft.cursor = static_cast<int>(draft.notes.size());
    draft.result = call.result;
    draft.purpose = call.purpose;
    draft.relatedModule = call.relatedTo.module;
    draft.relatedId = call.relatedTo.id;
    draft.values = callFields::typed(call.extra);
    return draft;
}

bool sameRecord(const CallActivity &one, const CallActivity &other)
{
    return one.subject == other.subject && one.description == other.description && one.result == other.result &&
           one.purpose == other.purpose && one.person == other.person && one.relatedTo == other.relatedTo &&
           one.extra == other.extra;
}

} // namespace ringside::callSubjects
