// SPDX-License-Identifier: Apache-2.0
#include "PopLookup.h"

#include "CrmReads.h"
#include "Directory.h"
#include "Logging.h"
#include "SearchedModules.h"
#include "WhenReady.h"

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

QString notSearchedMessage(PhoneNumber::Kind kind)
{
    switch (kind) {
    case PhoneNumber::Kind::Withheld:
        return PopLookup::tr("The caller hides the number. Ask for a name and find the customer with Ctrl+K.");
    case PhoneNumber::Kind::Internal:
        return PopLookup::tr("An internal number. Colleagues are not searched in the CRM.");
    case PhoneNumber::Kind::Malformed:
        return PopLookup::tr("The phone gave no usable number. Find the customer by name with Ctrl+K.");
    case PhoneNumber::Kind::External:
        break;
    }
    return {};
}

} // namespace

PopLookup::PopLookup(CrmClient &crm, Directory &directory, const PhoneNumber &number, const QString &region,
                     const QList<SearchModule> &modules, CrmReads *reads)
    : m_crm(crm), m_directory(directory), m_number(number), m_region(region), m_modules(modules), m_reads(reads)
{
    m_result.message = notSearchedMessage(number.kind());
}

bool PopLookup::strong(const Candidate &candidate)
{
    return candidate.match >= PhoneNumber::Match::National;
}

void PopLookup::start()
{
    if (m_number.kind() != PhoneNumber::Kind::External) {
        Q_EMIT changed();
        return;
    }
    m_result.status = PopResult::Status::Searching;
    askDirectory();
    Q_EMIT changed();
}

void PopLookup::retry()
{
    if (m_number.kind() != PhoneNumber::Kind::External || searching())
        return;
    m_failures.clear();
    m_verified = m_remembered = m_withoutIndex = false;
    for (const SearchModule &module : m_modules) {
        if (m_answers.value(module.apiName) == Answer::Failed)
            askModule(module);
    }
    update();
}

void PopLookup::askDirectory()
{
    m_directoryPending = 2;
    whenReady(this, m_directory.choiceFor(m_number.e164()), [this](const Result<QString> &choice) {
        if (choice && choice.value().section(QLatin1Char('/'), 1).size() > 0)
            m_lastChoice = choice.value();
        directoryAnswered();
    });
    whenReady(this, m_directory.byNumber(m_number.e164()), [this](const Result<QList<DirectoryEntry>> &entries) {
        if (entries) {
            for (const DirectoryEntry &entry : entries.value()) {
                const SearchModule *module = moduleOf(entry.module);
                FoundRecord record = matching::fromDirectory(entry, m_number.e164());
                if (module)
                    record.candidate.moduleLabel = module->label;
                const bool known = std::any_of(m_found.cbegin(), m_found.cend(), [&record](const FoundRecord &other) {
                    return other.candidate.ref == record.candidate.ref;
                });
                if (!known)
                    m_found.append(record);
            }
        }
        directoryAnswered();
    });
}

void PopLookup::directoryAnswered()
{
    if (--m_directoryPending == 0 && !m_crmAsked) {
        const FoundRecord *known = surelyKnown();
        if (!m_found.isEmpty() && m_crm.creditLevel() >= CreditLevel::Scarce) {
            qCDebug(logDesk) << "look-up: the CRM is not asked, since the caller is known here and credits are scarce";
        } else if (known) {
            qCDebug(logDesk) << "look-up: one record of" << known->candidate.ref.module << "is known here, and is read";
            m_confirming = true;
            verify(*known);
        } else {
            askCrm();
        }
    }
    update();
}

// The one that the agent chose last time for this number, or the only one that has it.
const FoundRecord *PopLookup::surelyKnown() const
{
    const FoundRecord *known = nullptr;
    int strongOnes = 0;
    for (const FoundRecord &record : m_found) {
        if (!record.candidate.fromDirectory || !moduleOf(record.candidate.ref.module))
            continue;
        if (matching::choiceKey(record.candidate.ref) == m_lastChoice)
            return &record;
        if (strong(record.candidate)) {
            known = &record;
            ++strongOnes;
        }
    }
    return strongOnes == 1 && m_lastChoice.isEmpty() ? known : nullptr;
}

QFuture<Result<Record>> PopLookup::read(const RecordRef &ref, RequestPriority priority)
{
    return m_reads ? m_reads->record(ref, priority) : m_crm.record(ref, {}, priority);
}

void PopLookup::put(const FoundRecord &record)
{
    drop(record.candidate.ref);
    m_found.append(record);
}

void PopLookup::drop(const RecordRef &ref)
{
    m_found.removeIf([&ref](const FoundRecord &record) { return record.candidate.ref == ref; });
}

bool PopLookup::crmDone() const
{
    return std::none_of(m_answers.cbegin(), m_answers.cend(), [](Answer answer) { return answer == Answer::Pending; });
}

bool PopLookup::nothingToSearch() const
{
    return std::all_of(m_modules.cbegin(), m_modules.cend(), [this](const SearchModule &module) {
        return m_answers.value(module.apiName, Answer::Pending) == Answer::Hidden;
    });
}

bool PopLookup::searching() const
{
    return m_directoryPending > 0 || !crmDone() || m_verifying > 0;
}

// Known here, but the search of its module did not bring it: moved, deleted, or the CRM's index lags behind.
void PopLookup::verifyUnconfirmed()
{
    m_verified = true;
    const QList<FoundRecord> records = m_found;
    for (const FoundRecord &record : records) {
        const Candidate &candidate = record.candidate;
        const Answer answer = m_answers.value(candidate.ref.module, Answer::Failed);
        if (candidate.fromDirectory && (answer == Answer::Answered || answer == Answer::Hidden))
            verify(record);
    }
}

void PopLookup::verify(const FoundRecord &record)
{
    ++m_verifying;
    const RecordRef ref = record.candidate.ref;
    whenReady(this, read(ref, RequestPriority::Pop),
              [this, ref](const Result<Record> &answer) { verified(ref, answer); });
}

void PopLookup::verified(const RecordRef &ref, const Result<Record> &answer)
{
    --m_verifying;
    const SearchModule *module = moduleOf(ref.module);
    if (answer && module) {
        FoundRecord fresh = matching::compared(answer.value(), *module, m_number, m_region);
        fresh.candidate.ref = ref;
        const bool byHand = matching::choiceKey(ref) == m_lastChoice; // the agent knows better than the field
        if (byHand && !strong(fresh.candidate)) {
            fresh.candidate.match = PhoneNumber::Match::Exact;
            fresh.candidate.matchedField = tr("Calls from");
            fresh.candidate.matchedNumber = m_number.display();
            fresh.numbers.append(m_number.e164());
            fresh.numberLabels.append(tr("Calls from"));
        }
        if (strong(fresh.candidate)) {
            put(fresh);
        } else {
            drop(ref);
            whenReady(this, m_directory.remember(matching::toDirectory(fresh, QDateTime::currentDateTimeUtc())),
                      [](const Result<void> &) {});
        }
    } else if (!answer && answer.error().kind == ErrorKind::NotFound) {
        drop(ref);
        whenReady(this, m_directory.forget(ref.module, ref.id), [](const Result<void> &) {});
    }
    const bool confirmed = std::any_of(m_found.cbegin(), m_found.cend(), [&ref](const FoundRecord &record) {
        return record.candidate.ref == ref && !record.candidate.fromDirectory;
    });
    if (std::exchange(m_confirming, false) && !confirmed && !m_crmAsked) {
        qCDebug(logDesk) << "look-up: what was known here could not be confirmed, so the CRM is searched";
        askCrm();
    }
    update();
}

void PopLookup::update()
{
    followConversions();
    if (m_crmAsked && !m_verified && m_directoryPending == 0 && crmDone()) {
        verifyUnconfirmed();
        askWithoutIndex();
    }
    QStringList order;
    for (const SearchModule &module : m_modules)
        order.append(module.apiName);
    const QList<FoundRecord> ranking = matching::ranked(m_found, m_lastChoice, order);
    m_result.candidates.clear();
    for (const FoundRecord &record : ranking)
        m_result.candidates.append(record.candidate);
    decide(ranking);
    if (!searching() && !m_remembered)
        remember(ranking);
    Q_EMIT changed();
}

void PopLookup::decide(const QList<FoundRecord> &ranking)
{
    const auto isStrong = [](const FoundRecord &record) { return strong(record.candidate); };
    const auto strongOnes = std::count_if(ranking.cbegin(), ranking.cend(), isStrong);
    const bool waiting = searching();
    if (!m_agentDecided) {
        m_result.chosen.reset();
        const bool fromMemory = !ranking.isEmpty() && !m_lastChoice.isEmpty()
                                && matching::choiceKey(ranking.first().candidate.ref) == m_lastChoice;
        // While the CRM is still asked, one record known here is shown at once; two wait for the full picture.
        const bool only = strongOnes == 1 && (!waiting || ranking.first().candidate.fromDirectory);
        if (fromMemory || (only && isStrong(ranking.first())))
            m_result.chosen = ranking.first().candidate.ref;
    }
    const bool unsearched = m_number.kind() == PhoneNumber::Kind::External && m_crmAsked && nothingToSearch();
    m_result.message = QString();
    if (unsearched)
        m_result.message = searchedModules::notSearched();
    else if (!m_failures.isEmpty())
        m_result.message = failureMessage();
    m_result.failurePasses = m_failures.onePasses();
    if (waiting)
        m_result.status = PopResult::Status::Searching;
    else if (strongOnes == 1 && (m_result.chosen || !m_agentDecided))
        m_result.status = PopResult::Status::One;
    else if (!ranking.isEmpty())
        m_result.status = PopResult::Status::Many;
    else if (unsearched)
        m_result.status = PopResult::Status::NotSearched;
    else
        m_result.status = m_failures.isEmpty() ? PopResult::Status::None : PopResult::Status::Failed;
}

QString PopLookup::failureMessage() const
{
    const bool nobody = m_result.candidates.isEmpty();
    const QString reasons = m_failures.reasons();
    if (reasons.isEmpty()) {
        return nobody
                   ? tr("The CRM could not be searched for this number. Your notes are kept; try again.")
                   : tr("A part of the CRM could not be searched, so more records may share this number. Try again.");
    }
    const bool otherwiseSearched =
        std::any_of(m_answers.cbegin(), m_answers.cend(), [](Answer answer) { return answer == Answer::Answered; });
    QString known;
    if (m_failures.signedOut())
        known = tr("Only callers seen before are known.");
    else if (!nobody)
        known = tr("More records may share this number.");
    else if (otherwiseSearched)
        known = tr("The rest of Zoho CRM does not have this number.");
    return known.isEmpty() ? reasons : known + QLatin1Char(' ') + reasons;
}

const SearchModule *PopLookup::moduleOf(const QString &apiName) const
{
    const auto found = std::find_if(m_modules.cbegin(), m_modules.cend(),
                                    [&apiName](const SearchModule &module) { return module.apiName == apiName; });
    return found == m_modules.cend() ? nullptr : &*found;
}

} // namespace ringside
