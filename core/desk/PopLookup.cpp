// SPDX-License-Identifier: Apache-2.0
#include "PopLookup.h"

#include "Directory.h"
#include "Logging.h"
#include "WhenReady.h"

#include <algorithm>

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

/// What time, the network or a sign-in mends; a missing permission is none of that.
bool passes(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::ScopeMissing:
    case ErrorKind::PermissionMissing:
    case ErrorKind::NotFound:
    case ErrorKind::Rejected:
    case ErrorKind::Configuration:
        return false;
    default:
        return true;
    }
}

bool strong(const Candidate &candidate)
{
    return candidate.match >= PhoneNumber::Match::National;
}

} // namespace

PopLookup::PopLookup(CrmClient &crm, Directory &directory, const PhoneNumber &number, const QString &region,
                     const QList<SearchModule> &modules)
    : m_crm(crm), m_directory(directory), m_number(number), m_region(region), m_modules(modules)
{
    m_result.message = notSearchedMessage(number.kind());
}

void PopLookup::start()
{
    if (m_number.kind() != PhoneNumber::Kind::External) {
        Q_EMIT changed();
        return;
    }
    m_result.status = PopResult::Status::Searching;
    const bool scarce = m_crm.creditLevel() >= CreditLevel::Scarce;
    // The CRM first: its requests are on the wire while the directory is read. Unless every credit counts.
    if (!scarce)
        askCrm();
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
        if (m_found.isEmpty())
            askCrm();
        else
            qCDebug(logDesk) << "look-up: the CRM is not asked, since the caller is known here and credits are scarce";
    }
    update();
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
        if (candidate.fromDirectory && m_answers.value(candidate.ref.module, Answer::Failed) == Answer::Answered)
            verify(record);
    }
}

void PopLookup::verify(const FoundRecord &record)
{
    ++m_verifying;
    const RecordRef ref = record.candidate.ref;
    whenReady(this, m_crm.record(ref, {}, RequestPriority::Pop), [this, ref](const Result<Record> &answer) {
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
        update();
    });
}

void PopLookup::update()
{
    followConversions();
    if (!m_verified && m_directoryPending == 0 && crmDone()) {
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
    m_result.message = m_failures.isEmpty() ? QString() : failureMessage();
    m_result.failurePasses = std::any_of(m_failures.cbegin(), m_failures.cend(), passes);
    if (waiting)
        m_result.status = PopResult::Status::Searching;
    else if (strongOnes == 1 && (m_result.chosen || !m_agentDecided))
        m_result.status = PopResult::Status::One;
    else if (!ranking.isEmpty())
        m_result.status = PopResult::Status::Many;
    else
        m_result.status = m_failures.isEmpty() ? PopResult::Status::None : PopResult::Status::Failed;
}

QString PopLookup::failureMessage() const
{
    const bool signedOut = std::all_of(m_failures.cbegin(), m_failures.cend(),
                                       [](const Error &error) { return error.kind == ErrorKind::SignedOut; });
    if (signedOut)
        return tr("You are not signed in, so only callers seen before are known. Sign in to search the CRM.");
    if (m_result.candidates.isEmpty())
        return tr("The CRM could not be searched for this number. Your notes are kept; try again.");
    return tr("A part of the CRM could not be searched, so more records may share this number. Try again.");
}

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
    whenReady(this, m_crm.record(candidate.ref, {}, RequestPriority::Refresh),
              [this, keep, module](const Result<Record> &record) {
                  if (record)
                      keep(matching::found(record.value(), module, m_region));
              });
}

void PopLookup::unchoose()
{
    m_agentDecided = true;
    m_result.chosen.reset();
    if (!m_lastChoice.isEmpty() && m_number.kind() == PhoneNumber::Kind::External)
        whenReady(this, m_directory.rememberChoice(m_number.e164(), {}, {}), [](const Result<void> &) {});
    m_lastChoice.clear();
    update();
}

const SearchModule *PopLookup::moduleOf(const QString &apiName) const
{
    const auto found = std::find_if(m_modules.cbegin(), m_modules.cend(),
                                    [&apiName](const SearchModule &module) { return module.apiName == apiName; });
    return found == m_modules.cend() ? nullptr : &*found;
}

} // namespace ringside
