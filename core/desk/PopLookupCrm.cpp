// SPDX-License-Identifier: Apache-2.0
#include "PopLookup.h"

#include "CrmReads.h"
#include "Logging.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

constexpr int perModule = 20;

} // namespace

void PopLookup::askCrm()
{
    m_crmAsked = true;
    const bool plenty = m_crm.creditLevel() == CreditLevel::Plenty;
    const bool together = !m_reads || m_reads->together();
    if (plenty || !together || m_modules.size() < 2) {
        const char *const why = plenty        ? "credits are plenty"
                                : !together ? "composite requests were refused before"
                                            : "one module is one credit in any case";
        qCDebug(logDesk) << "look-up: searches" << m_modules.size() << "modules side by side, the quickest way;" << why;
        for (const SearchModule &module : std::as_const(m_modules))
            askModule(module);
        return;
    }
    askTogether();
}

void PopLookup::askModule(const SearchModule &module)
{
    m_answers.insert(module.apiName, Answer::Pending);
    whenReady(this,
              m_crm.search(module.apiName, CrmClient::SearchBy::Phone, matching::searchDigits(m_number),
                           module.requestFields(), RequestPriority::Pop, perModule),
              [this, module](const Result<RecordPage> &page) { moduleAnswered(module, page); });
}

void PopLookup::moduleAnswered(const SearchModule &module, const Result<RecordPage> &page)
{
    m_answers.insert(module.apiName, Answer::Answered);
    if (page) {
        for (const Record &record : page.value().records) {
            const FoundRecord match = matching::compared(record, module, m_number, m_region);
            if (match.candidate.match != PhoneNumber::Match::None)
                put(match);
        }
    } else if (page.error().kind == ErrorKind::NotFound) {
        // The org has no such module, or hides it: nothing to find there, and nothing the agent could do.
        m_answers.insert(module.apiName, Answer::Hidden);
        qCInfo(logDesk) << "module" << module.apiName << "is not searchable:" << page.error().code;
    } else {
        m_answers.insert(module.apiName, Answer::Failed);
        m_failures.add(module, page.error());
    }
    update();
}

// A composite request takes five modules for one credit. Of more, the others go into another one: nobody is told that
// nobody has the number before every module was searched.
void PopLookup::askTogether()
{
    for (qsizetype from = 0; from < m_modules.size(); from += CrmClient::mostTogether) {
        const QList<SearchModule> some = m_modules.mid(from, CrmClient::mostTogether);
        if (some.size() == 1)
            askModule(some.constFirst());
        else
            askTogether(some);
    }
}

void PopLookup::askTogether(const QList<SearchModule> &modules)
{
    QList<CrmClient::PhoneSearch> searches;
    QStringList names;
    for (const SearchModule &module : modules) {
        m_answers.insert(module.apiName, Answer::Pending);
        searches.append({module.apiName, matching::searchDigits(m_number), module.requestFields()});
        names.append(module.apiName);
    }
    qCDebug(logDesk) << "look-up: searches" << modules.size()
                     << "modules in one composite request; credits are short:" << names.join(QStringLiteral(", "));
    whenReady(
        this, m_crm.searchTogether(searches, RequestPriority::Pop),
        [this, modules](const Result<QList<Result<RecordPage>>> &pages) {
            const bool oneByOne = !pages && CrmReads::refusesTogether(pages.error());
            if (oneByOne)
                qCDebug(logDesk) << "look-up: no composite request is taken, so the modules are searched side by side:"
                                 << pages.error().code;
            if (oneByOne && m_reads)
                m_reads->togetherRefused(pages.error());
            for (qsizetype i = 0; i < modules.size(); ++i) {
                if (oneByOne)
                    askModule(modules.at(i));
                else
                    moduleAnswered(modules.at(i), pages ? pages.value().at(i) : Result<RecordPage>(pages.error()));
            }
        });
}

// The search's index may lag behind what was just written; COQL does not. It takes one module a query, and a caller
// whom nobody knows is to cost one credit more, not three: a composite request has the queries of five modules for
// that.
void PopLookup::askWithoutIndex()
{
    const bool found = std::any_of(m_found.cbegin(), m_found.cend(),
                                   [](const FoundRecord &record) { return strong(record.candidate); });
    const bool failed =
        std::any_of(m_answers.cbegin(), m_answers.cend(), [](Answer answer) { return answer == Answer::Failed; });
    if (m_withoutIndex || !m_crmAsked || found || failed || m_agentDecided ||
        m_crm.creditLevel() >= CreditLevel::Scarce)
        return;
    m_withoutIndex = true;
    QList<SearchModule> asked;
    for (const SearchModule &module : m_modules) {
        const bool answered = m_answers.value(module.apiName, Answer::Hidden) == Answer::Answered;
        if (answered && !matching::lookUpQuery(module, m_number).isEmpty())
            asked.append(module);
    }
    if (m_reads && !m_reads->together())
        return queryOneOf(asked);
    for (qsizetype from = 0; from < asked.size(); from += CrmClient::mostTogether) {
        const QList<SearchModule> some = asked.mid(from, CrmClient::mostTogether);
        if (some.size() == 1)
            queryOneOf(some);
        else
            queryTogether(some);
    }
}

void PopLookup::queryTogether(const QList<SearchModule> &modules)
{
    QList<CrmClient::SelectQuery> queries;
    QStringList names;
    for (const SearchModule &module : modules) {
        queries.append({module.apiName, matching::lookUpQuery(module, m_number)});
        names.append(module.apiName);
    }
    qCDebug(logDesk) << "look-up: asks" << modules.size()
                     << "modules by COQL in one composite request: the search found nobody, and its index may lag:"
                     << names.join(QStringLiteral(", "));
    ++m_verifying;
    whenReady(this, m_crm.queryTogether(queries, RequestPriority::Pop),
              [this, modules](const Result<QList<Result<RecordPage>>> &pages) {
                  --m_verifying;
                  if (!pages && CrmReads::refusesTogether(pages.error())) {
                      if (m_reads)
                          m_reads->togetherRefused(pages.error());
                      queryOneOf(modules);
                  } else {
                      for (qsizetype i = 0; i < modules.size(); ++i)
                          takeRows(modules.at(i), pages ? pages.value().at(i) : Result<RecordPage>(pages.error()));
                  }
                  update();
              });
}

// Leads where they are searched: who is new to a company comes in as a lead, from a form or from a colleague's last
// call, while contacts and accounts have mostly been there for long.
void PopLookup::queryOneOf(const QList<SearchModule> &modules)
{
    if (modules.isEmpty())
        return;
    const auto leads = std::find_if(modules.cbegin(), modules.cend(), [](const SearchModule &module) {
        return module.apiName == QLatin1String("Leads");
    });
    const SearchModule module = leads == modules.cend() ? modules.constFirst() : *leads;
    qCDebug(logDesk) << "look-up: asks" << module.apiName << "by COQL: the search found nobody, and its index may lag";
    ++m_verifying;
    whenReady(this, m_crm.query(module.apiName, matching::lookUpQuery(module, m_number), RequestPriority::Pop),
              [this, module](const Result<RecordPage> &rows) {
                  --m_verifying;
                  takeRows(module, rows);
                  update();
              });
}

// A row has ids in place of the names of lookups: the record itself is read.
void PopLookup::takeRows(const SearchModule &module, const Result<RecordPage> &rows)
{
    if (!rows) {
        qCDebug(logDesk) << "look-up: COQL was refused for" << module.apiName << ":" << rows.error().code;
        return;
    }
    qCDebug(logDesk) << "look-up: COQL knows" << rows.value().records.size() << "of" << module.apiName
                     << "that the search did not";
    for (const Record &record : rows.value().records) {
        const FoundRecord match = matching::compared(record, module, m_number, m_region);
        if (strong(match.candidate) && !match.candidate.ref.isNull())
            verify(match);
    }
}

// Who calls under a converted lead's number is the contact that it became, under whatever numbers that one has.
void PopLookup::followConversions()
{
    const QList<FoundRecord> records = m_found;
    for (const FoundRecord &lead : records) {
        const QString contactId = lead.convertedContactId;
        const RecordRef contact{QStringLiteral("Contacts"), contactId};
        const bool known = std::any_of(m_found.cbegin(), m_found.cend(), [&contact](const FoundRecord &record) {
            return record.candidate.ref == contact;
        });
        if (!lead.converted || contactId.isEmpty() || known || m_followed.contains(lead.candidate.ref.id))
            continue;
        const bool mayStillCome =
            m_answers.value(contact.module) == Answer::Pending && m_answers.contains(contact.module);
        if (mayStillCome)
            continue;
        m_followed.insert(lead.candidate.ref.id);
        qCDebug(logDesk) << "look-up: a lead was converted, so the contact that it became is read";
        ++m_verifying;
        const SearchModule *searched = moduleOf(contact.module);
        const SearchModule module = searched ? *searched : matching::standardModule(contact.module);
        whenReady(this, m_crm.record(contact, module.requestFields(), RequestPriority::Pop),
                  [this, lead](const Result<Record> &answer) { becameContact(lead, answer); });
    }
}

void PopLookup::becameContact(const FoundRecord &lead, const Result<Record> &answer)
{
    --m_verifying;
    if (answer) {
        const QString contacts = QStringLiteral("Contacts");
        const SearchModule *searched = moduleOf(contacts);
        const SearchModule module = searched ? *searched : matching::standardModule(contacts);
        FoundRecord contact = matching::compared(answer.value(), module, m_number, m_region);
        contact.candidate.ref = {contacts, lead.convertedContactId};
        if (contact.candidate.match < lead.candidate.match) {
            contact.candidate.match = lead.candidate.match;
            contact.candidate.matchedField = lead.candidate.matchedField;
            contact.candidate.matchedNumber = lead.candidate.matchedNumber;
            contact.numbers.append(m_number.e164());
            contact.numberLabels.append(lead.candidate.matchedField);
        }
        drop(lead.candidate.ref);
        put(contact);
    } else {
        // The contact is gone or hidden: the lead is all there is to show.
        qCDebug(logDesk) << "look-up: the contact that the lead became could not be read:" << answer.error().code;
    }
    update();
}

} // namespace ringside
