// SPDX-License-Identifier: Apache-2.0
// What becomes of the calls with a lead that is converted, here or by a colleague.
#include "AgentSession.h"

#include "AgentSessionPrivate.h"
#include "Clock.h"
#include "CrmClient.h"
#include "Directory.h"
#include "OrgMetadata.h"
#include "WhenReady.h"
#include "WrapUp.h"

namespace ringside {

namespace {

using namespace std::chrono_literals;

// Whoever was looked up more recently was no converted lead then.
constexpr auto leadKnownFor = std::chrono::milliseconds(1min);

} // namespace

void AgentSession::leadConverted(const RecordRef &lead, const Candidate &contact, const RecordRef &deal,
                                 const QString &onDesk)
{
    QStringList keys;
    for (const CallEntry &entry : calls()) {
        const bool movedByTheCrm = entry.key != onDesk && entry.logState == LogState::Logged;
        if (entry.person == lead && !movedByTheCrm)
            keys.append(entry.key);
    }
    for (const QString &key : std::as_const(keys))
        d->withNotes(key, [this, key, lead, contact, deal] { d->moveToContact(key, lead, contact, deal); });
}

void AgentSession::Private::moveToContact(const QString &key, const RecordRef &lead, const Candidate &contact,
                                          const RecordRef &deal)
{
    const CallEntry *entry = book.find(key);
    if (!entry || entry->person != lead)
        return;
    const bool logged = entry->logState == LogState::Logged;
    WrapUp &notes = q->wrapUp(key);
    if (!deal.isNull() && notes.draft().relatedId.isEmpty())
        notes.setRelatedTo(deal.module, deal.id);
    pop.choose(key, contact);
    if (logged && !adding.contains(key)) // it was an edit already when the person changed
        enqueue(key);
}

// A lead that a colleague converted while the call waited is hidden in the CRM now, and whatever is logged on it as
// well.
void AgentSession::Private::followLead(const OutboxEntry &waiting, const Done &done)
{
    const CallEntry *entry = book.find(waiting.callKey);
    const bool waited = waiting.attempts > 0 || waiting.createdAt.msecsTo(parts.clock.now()) >= leadKnownFor.count();
    if (!entry || entry->person.module != QLatin1String("Leads") || !waited)
        return bringUpToDate(waiting, done);
    const RecordRef lead = entry->person;
    const QStringList fields{QStringLiteral("Converted_Contact"), QStringLiteral("Converted_Deal")};
    whenReady(q, parts.crm.record(lead, fields, RequestPriority::Log),
              [this, waiting, lead, done](const Result<Record> &now) {
                  // Where this cannot be read, the call cannot be sent either, or nothing is known against it.
                  if (now)
                      moveFromConverted(lead, now.value());
                  bringUpToDate(waiting, done);
              });
}

void AgentSession::Private::moveFromConverted(const RecordRef &lead, const Record &now)
{
    const Lookup became = now.lookup(QStringLiteral("Converted_Contact"));
    if (became.id.isEmpty())
        return;
    Candidate contact;
    for (const CallEntry &entry : book.entries()) {
        if (entry.person == lead)
            contact = candidateOf(entry);
    }
    contact.ref = {QStringLiteral("Contacts"), became.id};
    contact.moduleLabel = parts.metadata.searchModule(contact.ref.module).label;
    if (!became.name.isEmpty())
        contact.name = became.name;
    const QString dealId = now.lookup(QStringLiteral("Converted_Deal")).id;
    q->leadConverted(lead, contact, dealId.isEmpty() ? RecordRef() : RecordRef{QStringLiteral("Deals"), dealId});
    whenReady(q, parts.directory.forget(lead.module, lead.id), [](const Result<void> &) {});
}

} // namespace ringside
