// SPDX-License-Identifier: Apache-2.0
#include "CustomerSearch.h"

#include "CrmClient.h"
#include "Directory.h"
#include "FailedSearches.h"
#include "Matching.h"
#include "OrgMetadata.h"
#include "SearchedModules.h"
#include "Settings.h"
#include "WhenReady.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds typingPause = 200ms;
constexpr std::chrono::milliseconds scarcePause = 1s;
constexpr qsizetype fewestCharacters = 2;
constexpr qsizetype fewestDigits = 3; // the CRM takes no shorter phone search
constexpr qsizetype longestText = 200;
constexpr int localLimit = 20;
constexpr int perModule = 10;

// "+971 50…", "050-123": nothing but what numbers are written with.
bool looksLikeNumber(const QString &text)
{
    qsizetype digits = 0;
    for (const QChar c : text) {
        if (c.isDigit())
            ++digits;
        else if (!QStringLiteral("+-() ./").contains(c))
            return false;
    }
    return digits >= fewestDigits;
}

QString digitsOf(const QString &text)
{
    QString digits;
    for (const QChar c : text) {
        if (c.isDigit())
            digits.append(QString::number(c.digitValue()));
    }
    return digits;
}

} // namespace

class CustomerSearch::Private
{
public:
    Private(CustomerSearch *owner, CrmClient &crmClient, Directory &dir, const Settings &config, const OrgMetadata &org)
        : q(owner), crm(crmClient), directory(dir), settings(config), metadata(org)
    {
    }

    void restart();
    void askDirectory();
    void askCrm();
    void crmAnswered(const SearchModule &module, const QString &region, const Result<RecordPage> &page);
    void add(const Candidate &candidate);
    QString crmText() const;
    QString failureMessage() const;

    CustomerSearch *q;
    CrmClient &crm;
    Directory &directory;
    const Settings &settings;
    const OrgMetadata &metadata;
    QTimer pause;
    QString text;
    QString onlyModule;
    QList<Candidate> results;
    FailedSearches failures;
    std::unique_ptr<QObject> round; ///< Receives the answers for this text; its end cancels them.
    int generation = 0;
    int pending = 0;
    bool waiting = false; ///< To be asked.
    int unhidden = 0; ///< Modules that were asked and that the CRM has, as far as is known; -1: none was asked yet.
};

void CustomerSearch::Private::restart()
{
    pause.stop();
    ++generation;
    if (round) // one of its answers may be what brought us here
        round.release()->deleteLater();
    round = std::make_unique<QObject>();
    results.clear();
    failures.clear();
    pending = 0;
    unhidden = -1;
    if (!text.isEmpty())
        askDirectory();
    const bool scarce = crm.creditLevel() >= CreditLevel::Scarce;
    waiting = scarce && onlyModule.isEmpty() && text.size() >= fewestCharacters;
    if (!waiting && text.size() >= fewestCharacters)
        pause.start(scarce ? scarcePause : typingPause);
    Q_EMIT q->changed();
}

void CustomerSearch::Private::askDirectory()
{
    ++pending;
    whenReady(round.get(), directory.search(text, localLimit), [this, mine = generation](const Result<QList<DirectoryEntry>> &entries) {
        if (mine != generation)
            return;
        --pending;
        if (entries) {
            for (const DirectoryEntry &entry : entries.value()) {
                if (!onlyModule.isEmpty() && entry.module != onlyModule)
                    continue;
                Candidate candidate = matching::fromDirectory(entry, {}).candidate;
                candidate.moduleLabel = metadata.searchModule(entry.module).label;
                add(candidate);
            }
        }
        Q_EMIT q->changed();
    });
}

QString CustomerSearch::Private::crmText() const
{
    if (!looksLikeNumber(text))
        return text;
    // A whole number is searched by its national digits, as the pop does it; a part of one as it is.
    const PhoneNumber number = PhoneNumber::parse(text, settings.text(SettingKey::DefaultRegion));
    return number.kind() == PhoneNumber::Kind::External ? matching::searchDigits(number) : digitsOf(text);
}

void CustomerSearch::Private::askCrm()
{
    CrmClient::SearchBy by = CrmClient::SearchBy::Word;
    if (text.contains(QLatin1Char('@')))
        by = CrmClient::SearchBy::Email;
    else if (looksLikeNumber(text))
        by = CrmClient::SearchBy::Phone;
    const QString value = crmText();
    const QString region = settings.text(SettingKey::DefaultRegion);
    const QList<SearchModule> modules = onlyModule.isEmpty() ? searchedModules::of(settings, metadata)
                                                             : QList<SearchModule>{metadata.searchModule(onlyModule)};
    unhidden = static_cast<int>(modules.size());
    for (const SearchModule &module : modules) {
        ++pending;
        whenReady(round.get(), crm.search(module.apiName, by, value, module.requestFields(), RequestPriority::Search, perModule),
                  [this, module, region, mine = generation](const Result<RecordPage> &page) {
                      if (mine == generation)
                          crmAnswered(module, region, page);
                  });
    }
    Q_EMIT q->changed();
}

void CustomerSearch::Private::crmAnswered(const SearchModule &module, const QString &region, const Result<RecordPage> &page)
{
    --pending;
    const QList<Record> records = page ? page.value().records : QList<Record>();
    for (const Record &record : records)
        add(matching::found(record, module, region).candidate);
    // The org has no such module, or hides it: with many, nothing to find there.
    const bool hidden = !page && page.error().kind == ErrorKind::NotFound && onlyModule.isEmpty();
    if (hidden)
        --unhidden;
    else if (!page)
        failures.add(module, page.error());
    Q_EMIT q->changed();
}

// What is shown keeps its place; a record that comes again brings its fresher text there.
void CustomerSearch::Private::add(const Candidate &candidate)
{
    const auto same = std::find_if(results.begin(), results.end(),
                                   [&candidate](const Candidate &other) { return other.ref == candidate.ref; });
    if (same == results.end())
        results.append(candidate);
    else if (!candidate.fromDirectory)
        *same = candidate;
}

QString CustomerSearch::Private::failureMessage() const
{
    const QString reasons = failures.reasons();
    if (reasons.isEmpty()) {
        return results.isEmpty()
                   ? tr("The CRM could not be searched. Customers seen before can still be found; try again later.")
                   : tr("A part of the CRM could not be searched, so there may be more. Try again later.");
    }
    if (failures.signedOut())
        return tr("Only customers seen before are found.") + QLatin1Char(' ') + reasons;
    return results.isEmpty() ? reasons : tr("There may be more.") + QLatin1Char(' ') + reasons;
}

CustomerSearch::CustomerSearch(CrmClient &crm, Directory &directory, const Settings &settings, const OrgMetadata &metadata,
                               QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, crm, directory, settings, metadata))
{
    d->pause.setSingleShot(true);
    connect(&d->pause, &QTimer::timeout, this, [this] { d->askCrm(); });
}

CustomerSearch::~CustomerSearch() = default;

void CustomerSearch::setText(const QString &text, const QString &module)
{
    const QString simplified = text.simplified().left(longestText);
    if (simplified == d->text && module == d->onlyModule)
        return;
    d->text = simplified;
    d->onlyModule = module;
    d->restart();
}

QString CustomerSearch::text() const
{
    return d->text;
}

QString CustomerSearch::module() const
{
    return d->onlyModule;
}

const QList<Candidate> &CustomerSearch::results() const
{
    return d->results;
}

bool CustomerSearch::busy() const
{
    return d->pending > 0 || d->pause.isActive();
}

bool CustomerSearch::waitsToBeAsked() const
{
    return d->waiting;
}

void CustomerSearch::searchCrm()
{
    if (std::exchange(d->waiting, false))
        d->askCrm();
}

QString CustomerSearch::message() const
{
    if (busy() || d->text.size() < fewestCharacters)
        return {};
    if (d->waiting)
        return tr("Press Enter to search Zoho CRM. It is not searched while you type, since your company's API "
                  "credits are scarce.");
    if (d->unhidden == 0)
        return searchedModules::notSearched();
    if (!d->failures.isEmpty())
        return d->failureMessage();
    return d->results.isEmpty() ? tr("Nothing found. Try another spelling, a part of the number, or the e-mail address.")
                                : QString();
}

} // namespace ringside
