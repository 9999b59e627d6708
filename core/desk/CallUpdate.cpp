// SPDX-License-Identifier: Apache-2.0
#include "CallUpdate.h"

#include "ActivityApi.h"

#include <QCoreApplication>
#include <QLocale>

namespace ringside {

namespace {

const auto who = QLatin1String("Who_Id");
const auto what = QLatin1String("What_Id");
const auto description = QLatin1String("Description");
const auto whatModule = QLatin1String("$se_module");

QString words(const char *text)
{
    return QCoreApplication::translate("ringside::CallUpdate", text);
}

// Line ends and what is around a text are the CRM's to change.
QString comparable(QString text)
{
    return text.replace(QLatin1String("\r\n"), QLatin1String("\n")).trimmed();
}

/// Whether the record has this value, by the word that is written or the one that is shown.
bool has(const Record &record, const QString &field, const QVariant &value, const CallActivity &call,
         const ActivityApi &crm)
{
    if (record.changes({{field, value}}).isEmpty())
        return true;
    const bool oneText = value.typeId() != QMetaType::QVariantList && value.typeId() != QMetaType::QVariantMap;
    if (!oneText && call.extra.contains(field) && record.changes({{field, call.extra.value(field)}}).isEmpty())
        return true;
    if (field == who || field == what || !oneText)
        return false;
    const QString text = comparable(record.text(field));
    // The word of one choice may be what is stored for another.
    const QString word = crm.callShown(field, text).toString();
    const QVariant extra = call.extra.value(field);
    const bool shown = (extra.typeId() == QMetaType::QString && word == extra.toString()) ||
                       (field == QLatin1String("Call_Result") && word == call.result) ||
                       (field == QLatin1String("Call_Purpose") && word == call.purpose);
    return shown || text == comparable(value.toString());
}

QString withoutReference(const QString &text)
{
    QStringList lines = comparable(text).split(QLatin1Char('\n'));
    lines.removeIf([](const QString &line) { return line.startsWith(QLatin1String("Ringside reference: ")); });
    return lines.join(QLatin1Char('\n')).trimmed();
}

QString wordFor(const QString &field)
{
    if (field == QLatin1String("Subject"))
        return words(QT_TRANSLATE_NOOP("ringside::CallUpdate", "the subject"));
    if (field == QLatin1String("Description"))
        return words(QT_TRANSLATE_NOOP("ringside::CallUpdate", "the notes"));
    if (field == QLatin1String("Call_Result"))
        return words(QT_TRANSLATE_NOOP("ringside::CallUpdate", "the result"));
    if (field == QLatin1String("Call_Purpose"))
        return words(QT_TRANSLATE_NOOP("ringside::CallUpdate", "the purpose"));
    if (field == who || field == what)
        return words(QT_TRANSLATE_NOOP("ringside::CallUpdate", "the person"));
    return QString(field).replace(QLatin1Char('_'), QLatin1Char(' '));
}

} // namespace

QStringList CallUpdate::fields(const Result<CallPayload> &told, const CallPayload &wanted)
{
    QStringList names{QStringLiteral("Subject"),
                      QStringLiteral("Description"),
                      QStringLiteral("Call_Result"),
                      QStringLiteral("Call_Purpose"),
                      who,
                      what,
                      whatModule,
                      QStringLiteral("Modified_Time")};
    names += wanted.call.extra.keys();
    if (told)
        names += told.value().call.extra.keys();
    if (!wanted.referenceField.isEmpty())
        names += wanted.referenceField;
    names.removeDuplicates();
    return names;
}

CallUpdate::CallUpdate(const Result<CallPayload> &told, const CallPayload &wanted, const ActivityApi &crm,
                       const Record &now)
    : m_told(told ? told.value() : wanted), m_now(now)
{
    const QVariantMap before = crm.callValues(m_told.sent(crm));
    const QVariantMap after = crm.callValues(wanted.sent(crm));
    const QStringList compared = fields(told, wanted);
    // A conversion has moved the call from the lead to the contact already, and what it related it to is no one's
    // change.
    const bool converted = told && m_told.call.person.module == QLatin1String("Leads") &&
                           wanted.call.person.module == QLatin1String("Contacts") &&
                           now.lookup(who).id == wanted.call.person.id;
    for (auto it = after.cbegin(); it != after.cend(); ++it) {
        const QString &field = it.key();
        if (field == whatModule || !compared.contains(field) || (told && it.value() == before.value(field)) ||
            has(now, field, it.value(), wanted.call, crm) || (converted && field == what && it.value().isNull()))
            continue;
        if (!told && field == description && !notesMayGo(it.value().toString()))
            continue;
        m_changes.insert(field, it.value());
        const bool ours = field == wanted.referenceField; // nobody else's to say
        if (told && !ours && !(converted && field == what) && !has(now, field, before.value(field), m_told.call, crm)) {
            m_conflicts.append(field);
            m_shown.insert(field, crm.callShown(field, now.values().value(field, QString())));
        }
    }
    const bool parties = m_changes.contains(who) || m_changes.contains(what);
    if (parties && after.contains(whatModule))
        m_changes.insert(whatModule, after.value(whatModule));
}

// What was logged is kept here for some time only. Without it, notes that the agent did not touch are not sent, and
// those that were written must not drive out what the CRM has.
bool CallUpdate::notesMayGo(const QString &wanted)
{
    const QString notes = withoutReference(wanted);
    const QString there = withoutReference(m_now.text(description));
    if (!notes.isEmpty() && !notes.contains(there)) {
        m_forgotten = true;
        m_conflicts.append(description);
        m_shown.insert(description, m_now.text(description));
    }
    return !notes.isEmpty();
}

QString CallUpdate::conflictSentence() const
{
    if (m_forgotten) {
        return words(QT_TRANSLATE_NOOP(
            "ringside::CallUpdate",
            "What was logged of this call is no longer kept on this computer, and your notes would take the place of "
            "those in Zoho CRM, so your change was not sent; it is kept here. Read them there, then save again to "
            "put yours in place, or discard it."));
    }
    QStringList parts;
    for (const QString &field : m_conflicts)
        parts.append(wordFor(field));
    parts.removeDuplicates();
    return words(QT_TRANSLATE_NOOP(
                     "ringside::CallUpdate",
                     "Someone else has changed this call in Zoho CRM since you logged it (%1), so your change "
                     "was not sent; it is kept here. Compare the two, then save yours to put it in the place of theirs, or take "
                     "theirs."))
        .arg(QLocale().createSeparatedList(parts));
}

QByteArray CallUpdate::found() const
{
    CallPayload payload = m_told;
    payload.changedThere = m_conflicts;
    CallActivity &call = payload.call;
    const auto take = [this](QString &value, const QString &field) {
        if (m_conflicts.contains(field))
            value = m_shown.value(field).toString();
    };
    take(call.subject, QStringLiteral("Subject"));
    take(call.description, QStringLiteral("Description"));
    take(call.result, QStringLiteral("Call_Result"));
    take(call.purpose, QStringLiteral("Call_Purpose"));
    for (const QString &field : m_conflicts) {
        if (call.extra.contains(field))
            call.extra.insert(field, m_shown.value(field));
    }
    if (m_conflicts.contains(who) || m_conflicts.contains(what)) {
        const Lookup contact = m_now.lookup(who);
        const Lookup other = m_now.lookup(what);
        const QString module = m_now.text(whatModule);
        const RecordRef otherRef{module.isEmpty() ? call.relatedTo.module : module, other.id};
        call.person = contact.id.isEmpty() ? otherRef : RecordRef{QStringLiteral("Contacts"), contact.id};
        call.relatedTo = contact.id.isEmpty() ? RecordRef() : otherRef;
        payload.personName = contact.id.isEmpty() ? other.name : contact.name;
        payload.company.clear();
    }
    return payload.encoded();
}

} // namespace ringside
