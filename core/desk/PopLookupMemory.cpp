// SPDX-License-Identifier: Apache-2.0
// What a look-up leaves in the directory, and what the agent makes of it.
#include "PopLookup.h"

#include "Directory.h"
#include "Logging.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

void PopLookup::remember(const QList<FoundRecord> &ranking)
{
    m_remembered = true;
    for (const FoundRecord &record : ranking) {
        if (record.candidate.fromDirectory || !strong(record.candidate))
            continue;
        whenReady(this, m_directory.remember(matching::toDirectory(record, QDateTime::currentDateTimeUtc())),
                  [](const Result<void> &done) {
                      if (!done)
                          qCWarning(logDesk) << "a record was not kept in the directory:" << done.error().code;
                  });
    }
}

void PopLookup::choose(const Candidate &candidate)
{
    m_agentDecided = true;
    m_result.byAgent = true;
    const auto known = std::find_if(m_found.cbegin(), m_found.cend(), [&candidate](const FoundRecord &record) {
        return record.candidate.ref == candidate.ref;
    });
    if (known == m_found.cend()) {
        FoundRecord byHand{.candidate = candidate, .lastActivity = {}, .converted = false, .convertedContactId = {},
                           .numbers = {}, .numberLabels = {}};
        byHand.candidate.match = PhoneNumber::Match::Exact; // because the agent says so
        byHand.candidate.fromDirectory = false;
        m_found.append(byHand);
        if (m_number.kind() == PhoneNumber::Kind::External)
            rememberByHand(candidate);
    }
    m_result.rejected = false;
    m_result.chosen = candidate.ref;
    m_lastChoice = matching::choiceKey(candidate.ref);
    if (m_number.kind() == PhoneNumber::Kind::External) {
        whenReady(this, m_directory.rememberChoice(m_number.e164(), candidate.ref.module, candidate.ref.id),
                  [](const Result<void> &) {});
    }
    update();
}

// A record found by hand is kept with this number at once, and with its own numbers when the CRM has given them.
void PopLookup::rememberByHand(const Candidate &candidate)
{
    const auto keep = [this](FoundRecord record) {
        if (!record.numbers.contains(m_number.e164())) {
            record.numbers.append(m_number.e164());
            record.numberLabels.append(tr("Calls from"));
        }
        whenReady(this, m_directory.remember(matching::toDirectory(record, QDateTime::currentDateTimeUtc())),
                  [](const Result<void> &) {});
    };
    keep({.candidate = candidate, .lastActivity = {}, .converted = false, .convertedContactId = {}, .numbers = {},
          .numberLabels = {}});
    const SearchModule *searched = moduleOf(candidate.ref.module);
    const SearchModule module = searched ? *searched : matching::standardModule(candidate.ref.module);
    whenReady(this, read(candidate.ref, RequestPriority::Refresh),
              [this, keep, module](const Result<Record> &record) {
                  if (record)
                      keep(matching::found(record.value(), module, m_region));
              });
}

void PopLookup::unchoose()
{
    m_agentDecided = true;
    m_result.byAgent = true;
    m_result.rejected = true;
    m_result.chosen.reset();
    if (!m_lastChoice.isEmpty() && m_number.kind() == PhoneNumber::Kind::External)
        whenReady(this, m_directory.rememberChoice(m_number.e164(), {}, {}), [](const Result<void> &) {});
    m_lastChoice.clear();
    // Only the one record was read: now the others who may have this number are looked for.
    if (m_number.kind() == PhoneNumber::Kind::External && !m_crmAsked && m_directoryPending == 0) {
        m_remembered = false;
        askCrm();
    }
    update();
}

} // namespace ringside
