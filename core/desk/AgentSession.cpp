// SPDX-License-Identifier: Apache-2.0
#include "AgentSession.h"

#include "AgentSessionPrivate.h"
#include "CallSource.h"
#include "CallerProfile.h"
#include "Clock.h"
#include "CrmClient.h"
#include "LeadOffer.h"
#include "OrgMetadata.h"
#include "Reachability.h"
#include "RecordRemoval.h"
#include "Settings.h"
#include "SignIn.h"
#include "WrapUp.h"

#include <QUuid>

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto heartbeatInterval = 5s;
constexpr auto requeueDelay = 800ms;
constexpr auto housekeepingInterval = 6h;

} // namespace

AgentSession::Private::Private(AgentSession *owner, const Parts &given)
    : q(owner), parts(given), book(given.callLog, given.drafts, given.settings, given.clock), tracker(trackerOptions()),
      doubts(given.clock), reads(given.crm, given.clock),
      pop(given.crm, given.directory, given.settings, given.metadata), callers(pop, given.crm),
      dispatcher(given.outbox, given.crm, given.clock), disposition(given.metadata),
      recordSearch(given.crm, given.directory, given.settings, given.metadata),
      profiles(std::make_shared<ProfileSource>(given.crm, given.clock, given.metadata)),
      people(given.crm, given.directory, pop, *profiles, given.settings, given.clock, given.newPersonQueue)
{
    pop.setReads(&reads);
    profiles->setReads(&reads);
    heartbeat.setInterval(heartbeatInterval);
    housekeeping.setInterval(housekeepingInterval);
    requeue.setInterval(requeueDelay);
    requeue.setSingleShot(true);
    dispatcher.setPreparation([this](const OutboxEntry &waiting) { return prepare(waiting); });
}

void AgentSession::Private::connectAll()
{
    QObject::connect(&book, &CallBook::problem, q, [this](const QString &text) { Q_EMIT q->problem({}, text); });
    QObject::connect(&book, &CallBook::restored, q, [this] {
        restored = true;
        Q_EMIT q->reset();
        people.restore(book.entries());
        const auto waiting = std::exchange(waitingForRestore, {});
        for (const auto &act : waiting)
            act();
    });
    QObject::connect(&people, &NewPeople::decisionNeeded, q,
                     [this](const QString &key, const QString &sentence) { Q_EMIT q->problem(key, sentence); });
    QObject::connect(&people, &NewPeople::created, q, [this] { dispatcher.kick(); });
    QObject::connect(&book, &CallBook::removed, q, [this] { callsGone(); });
    QObject::connect(&housekeeping, &QTimer::timeout, q, [this] { book.forgetOld(); });
    QObject::connect(&doubts, &PhoneDoubts::changed, q,
                     [this](const QString &key, bool doubtful) { doubtChanged(key, doubtful); });
    QObject::connect(&pop, &ScreenPop::changed, q, [this](const QString &key) { popChanged(key); });
    QObject::connect(&dispatcher, &OutboxDispatcher::logged, q,
                     [this](const QString &key, const QString &id, const QByteArray &told) { logged(key, id, told); });
    QObject::connect(&dispatcher, &OutboxDispatcher::rejected, q,
                     [this](const QString &key, const QString &sentence, const QList<FieldError> &fields) {
                         rejected(key, sentence, fields);
                     });
    QObject::connect(&heartbeat, &QTimer::timeout, q, [this] { book.saveProgress(); });
    QObject::connect(&requeue, &QTimer::timeout, q, [this] {
        const QSet<QString> keys = std::exchange(changedLate, {});
        for (const QString &key : keys)
            enqueue(key);
    });
    QObject::connect(&parts.signIn, &SignIn::changed, q, [this] { signInChanged(); });
    QObject::connect(&parts.metadata, &OrgMetadata::modulesChanged, q, [this] { checkModules(); });
    QObject::connect(&parts.settings, &Settings::changed, q, [this](SettingKey key) {
        tracker.setOptions(trackerOptions());
        if (key == SettingKey::SearchModules && !signedInAs.isEmpty()) {
            prepareModules();
            checkModules();
            lookAgain();
        }
        if (key == SettingKey::KeepDays && started)
            book.forgetOld();
        if (key == SettingKey::ApiVersion)
            setApiVersion();
        if (key == SettingKey::CommitWindow || key == SettingKey::ReferenceField)
            setLogOptions();
    });
    QObject::connect(&parts.metadata, &OrgMetadata::ready, q, [this] { checkReferenceField(); });
    setApiVersion();
    setLogOptions();
}

void AgentSession::Private::popChanged(const QString &key)
{
    CallEntry *entry = book.find(key);
    if (!entry || !takePerson(*entry))
        return;
    const bool logged = entry->logState == LogState::Logged;
    const bool queued = entry->logState == LogState::Queued;
    if (logged)
        entry->logState = LogState::Draft; // until the outbox has it
    suggest(key);                          // before anybody draws the call
    changed(*entry);
    if (queued)
        edited(key);
    else if (logged)
        enqueue(key);
}

// True when the call is with someone else now.
bool AgentSession::Private::takePerson(CallEntry &entry)
{
    const PopResult &result = pop.result(entry.key);
    const bool asked = result.status != PopResult::Status::NotSearched || result.chosen || result.rejected;
    // A call that is in the CRM is moved to another person by the agent alone.
    const bool inCrm = !entry.crmCallId.isEmpty();
    if (!asked || (inCrm && !result.byAgent))
        return false;
    Candidate person;
    for (const Candidate &candidate : result.candidates) {
        if (result.chosen && candidate.ref == *result.chosen)
            person = candidate;
    }
    // A look-up that failed, or is not done, takes nobody away from a call of an earlier run; the agent does.
    if (person.ref.isNull() && !result.rejected &&
        (inCrm || result.status == PopResult::Status::Searching || result.status == PopResult::Status::Failed))
        return false;
    if (inCrm && entry.person == person.ref)
        return false;
    if (entry.person == person.ref && entry.personName == person.name && entry.company == person.company)
        return false;
    entry.person = person.ref;
    entry.personName = person.name;
    entry.company = person.company;
    return true;
}

void AgentSession::Private::changed(const CallEntry &entry)
{
    const CallEntry copy = entry;
    book.save(copy);
    Q_EMIT q->callChanged(copy.key);
}

void AgentSession::Private::signInChanged()
{
    const bool signedIn = parts.signIn.state() == SignIn::State::SignedIn;
    const auto &identity = parts.signIn.identity();
    dispatcher.setActive(signedIn, identity ? identity->userId : QString());
    if (!signedIn) {
        signedInAs.clear();
        reads.forgetAll();
        profiles->forgetPhotos();
        return;
    }
    const QString region = parts.settings.text(SettingKey::DefaultRegion);
    profiles->setOrg(identity ? identity->orgId : QString(), identity ? identity->currency : QString(),
                     parts.signIn.webOrigin(), region);
    if (!identity || identity->userId == signedInAs)
        return;
    signedInAs = identity->userId;
    people.goOn();
    dispatcher.kick();
    parts.metadata.setOrg(identity->orgId);
    prepareModules();
    lookAgain();
    disposition.refresh();
}

// Calls that came in before the sign-in was there, or while it was dead: what could not be looked up, or only in part,
// and what could not be loaded.
void AgentSession::Private::lookAgain()
{
    QStringList failed;
    for (const CallEntry &entry : book.entries()) {
        const PopResult &result = pop.result(entry.key);
        if (entry.crmCallId.isEmpty() && result.status != PopResult::Status::Searching && !result.message.isEmpty())
            failed.append(entry.key);
    }
    for (const QString &key : std::as_const(failed))
        pop.retry(key);
    allProfiles.removeAll(nullptr);
    const auto profilesNow = allProfiles;
    for (const QPointer<CallerProfile> &profile : profilesNow) {
        if (profile)
            profile->retry();
    }
}

CallerProfile *AgentSession::Private::makeProfile(const Candidate &candidate, QObject *parent)
{
    auto *profile = new CallerProfile(candidate, profiles, parent);
    profile->load();
    allProfiles.removeAll(nullptr);
    allProfiles.append(profile);
    return profile;
}

Candidate AgentSession::Private::candidateOf(const CallEntry &entry) const
{
    const PopResult &result = pop.result(entry.key);
    for (const Candidate &candidate : result.candidates) {
        if (candidate.ref == entry.person)
            return candidate;
    }
    Candidate candidate;
    candidate.ref = entry.person;
    candidate.moduleLabel = parts.metadata.searchModule(entry.person.module).label;
    candidate.name = entry.personName;
    candidate.company = entry.company;
    return candidate;
}

AgentSession::AgentSession(const Parts &parts, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, parts))
{
    d->connectAll();
}

AgentSession::~AgentSession()
{
    if (d->source)
        d->source->disconnect(this); // what it says while it goes must not reach what is half gone
    d->source.reset();
    // Notes on their way to disk, and profiles that use what goes next.
    qDeleteAll(d->wrapUps);
    qDeleteAll(d->openProfiles);
}

void AgentSession::start()
{
    if (std::exchange(d->started, true))
        return;
    d->book.restore();
    d->housekeeping.start();
    d->parts.metadata.restore();
    d->signInChanged();
}

void AgentSession::followNetwork(const Reachability &network)
{
    connect(&network, &Reachability::changed, this, [this](bool reachable) {
        if (!reachable)
            return;
        d->people.goOn();
        d->dispatcher.kick();
        if (!d->signedInAs.isEmpty())
            d->lookAgain();
    });
}

const QList<CallEntry> &AgentSession::calls() const
{
    return d->book.entries();
}

const CallEntry *AgentSession::call(const QString &key) const
{
    return d->book.find(key);
}

QString AgentSession::lastNoted() const
{
    return d->book.lastNoted();
}

ScreenPop &AgentSession::screenPop()
{
    return d->pop;
}

OutboxDispatcher &AgentSession::dispatcher()
{
    return d->dispatcher;
}

NewPeople &AgentSession::newPeople()
{
    return d->people;
}

CustomerSearch &AgentSession::recordSearch()
{
    return d->recordSearch;
}

Disposition &AgentSession::disposition()
{
    return d->disposition;
}

QStringList AgentSession::unkeptNotes() const
{
    QStringList keys;
    for (auto notes = d->wrapUps.cbegin(); notes != d->wrapUps.cend(); ++notes) {
        if (notes.value()->saveState() == WrapUp::SaveState::NotSaved)
            keys.append(notes.key());
    }
    return keys;
}

CallerProfile *AgentSession::profile(const QString &key)
{
    const CallEntry *entry = d->book.find(key);
    CallerProfile *open = d->openProfiles.value(key);
    if (open && (!entry || open->data().ref != entry->person)) {
        d->openProfiles.remove(key);
        open->deleteLater(); // it may be on screen until the caller has heard
        open = nullptr;
    }
    if (!open && entry && !entry->person.isNull()) {
        open = d->makeProfile(d->candidateOf(*entry), this);
        d->openProfiles.insert(key, open);
    }
    return open;
}

std::unique_ptr<RecordRemoval> AgentSession::removal(const RecordRef &ref, const QString &name)
{
    const Parts &parts = d->parts;
    if (ref.isNull() || !RecordRemoval::offered(parts.settings))
        return nullptr;
    auto made = std::make_unique<RecordRemoval>(
        ref, name,
        RecordRemoval::Parts{parts.crm, parts.directory, parts.settings, parts.metadata, parts.signIn.grantedScopes()});
    connect(made.get(), &RecordRemoval::changed, this, [this, ref] { d->reads.forget(ref); });
    return made;
}

bool AgentSession::canConvert(const RecordRef &ref) const
{
    return !ref.isNull() && LeadOffer::offered(d->parts.settings, d->parts.metadata, ref.module);
}

std::unique_ptr<LeadOffer> AgentSession::conversion(const RecordRef &ref, const QString &name) const
{
    if (!canConvert(ref))
        return nullptr;
    return std::make_unique<LeadOffer>(
        ref.id, name, LeadOffer::Parts{d->parts.crm, d->parts.directory, d->parts.metadata, d->parts.settings});
}

CallerProfile *AgentSession::openProfile(const Candidate &candidate, QObject *parent)
{
    return d->makeProfile(candidate, parent);
}

QString AgentSession::addManualCall(const Candidate &person, const PhoneNumber &number)
{
    CallEntry entry;
    entry.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    entry.number = number;
    entry.startedAt = d->parts.clock.now();
    entry.offsetSeconds = zoneOffset(entry.startedAt);
    entry.answeredAt = entry.startedAt;
    entry.endedAt = entry.startedAt;
    entry.reason = CallEndReason::Completed;
    entry.logState = LogState::Draft;
    entry.person = person.ref;
    entry.personName = person.name;
    entry.company = person.company;
    d->book.add(entry, QStringLiteral("manual"), {});
    d->book.save(entry);
    d->pop.choose(entry.key, person);
    Q_EMIT callAdded(entry.key);
    return entry.key;
}

} // namespace ringside
