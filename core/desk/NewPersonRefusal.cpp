// SPDX-License-Identifier: Apache-2.0
#include "NewPerson.h"

#include "Matching.h"
#include "ProfileSource.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

// Certainly not written.
void NewPerson::refused(const Error &error)
{
    const bool unreachable = error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout;
    if (unreachable || waitsFor(error))
        return wait();
    const QStringList elsewhere = mark(error.fields);
    const bool marked = elsewhere.size() < error.fields.size();
    if (!error.existing.isNull())
        showExisting(error.existing, elsewhere);
    else if (marked)
        settle(
            sentences(tr("Zoho CRM did not take the record. Correct what is marked and create it again."), elsewhere));
    else
        settle(error.message);
}

QString NewPerson::sentences(const QString &first, const QStringList &others)
{
    return (QStringList(first) + others).join(QLatin1Char(' '));
}

/// Each field with all that is wrong with it. Gives the sentences of what has no place in the form.
QStringList NewPerson::mark(const QList<FieldError> &refused)
{
    QStringList elsewhere;
    const QList<Field> metadata = m_parts.metadata.fields(m_data.module);
    for (const FieldError &one : refused) {
        const auto known = std::find_if(metadata.cbegin(), metadata.cend(),
                                        [&one](const Field &has) { return has.apiName == one.field; });
        if (!field(one.field) &&
            known != metadata.cend()) { // a rule of the layout, which the field itself does not tell
            if (std::optional<NewPersonField> more = newPersonFields::fieldFor(*known)) {
                more->mandatory = true;
                m_data.fields.append(*more);
            }
        }
        NewPersonField *wrong = field(one.field);
        if (!wrong)
            elsewhere.append(one.message);
        else if (wrong->problem.isEmpty())
            wrong->problem = one.message;
        else if (!wrong->problem.contains(one.message))
            wrong->problem += QLatin1Char(' ') + one.message;
    }
    return elsewhere;
}

/// The agent is not told to look somebody up whom the CRM has just named.
void NewPerson::showExisting(const ExistingRecord &existing, const QStringList &elsewhere)
{
    const SearchModule module = m_parts.metadata.searchModule(existing.module);
    m_data.state = State::Checking;
    whenReady(this, m_parts.crm.record({existing.module, existing.id}, module.requestFields(), RequestPriority::Search),
              [this, existing, elsewhere](const Result<Record> &record) { existingRead(existing, elsewhere, record); });
    Q_EMIT changed();
}

void NewPerson::existingRead(const ExistingRecord &existing, const QStringList &elsewhere, const Result<Record> &record)
{
    const NewPersonField *same = field(existing.field);
    const QString label = same ? same->label : QString(existing.field).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (record) {
        Candidate person =
            matching::found(record.value(), m_parts.metadata.searchModule(existing.module), region()).candidate;
        person.reason = tr("Has the same %1.").arg(label);
        m_data.duplicates = {person};
        m_data.onlyOne = true;
        settle(sentences(
                   tr("Zoho CRM has a record with the same %1 already and takes no second one. Attach the call to it, "
                      "or correct what is marked and create the record again.")
                       .arg(label),
                   elsewhere),
               false);
        return;
    }
    switch (record.error().kind) {
    case ErrorKind::NotFound:
    case ErrorKind::PermissionMissing:
    case ErrorKind::ScopeMissing:
        settle(
            sentences(tr("Zoho CRM has a record with the same %1 already and takes no second one, but it is deleted or "
                         "hidden from you. Correct what is marked, or ask your CRM administrator; what you typed is "
                         "kept while Ringside runs.")
                          .arg(label),
                      elsewhere));
        return;
    default:
        settle(sentences(
            tr("Zoho CRM has a record with the same %1 already and takes no second one. It could not be shown "
               "just now: create the record again to have it looked up once more, or correct what is marked.")
                .arg(label),
            elsewhere));
    }
}

} // namespace ringside
