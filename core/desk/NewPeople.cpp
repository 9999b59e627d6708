// SPDX-License-Identifier: Apache-2.0
#include "NewPeople.h"

#include "Clock.h"
#include "Directory.h"
#include "Logging.h"
#include "Matching.h"
#include "NewPersonQueue.h"
#include "ProfileSource.h"
#include "ScreenPop.h"
#include "Settings.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

constexpr std::chrono::seconds retryInterval{20};

const QStringList &persons()
{
    static const QStringList modules{QStringLiteral("Leads"), QStringLiteral("Contacts")};
    return modules;
}

} // namespace

NewPeople::NewPeople(CrmClient &crm, Directory &directory, ScreenPop &pop, ProfileSource &metadata,
                     const Settings &settings, const Clock &clock, NewPersonQueue &queue)
    : m_parts{crm, metadata, pop, settings, clock, queue}, m_directory(directory), m_pop(pop), m_modules(persons())
{
    m_retry.setInterval(retryInterval);
    connect(&m_retry, &QTimer::timeout, this, &NewPeople::goOn);
    connect(&metadata, &ProfileSource::modulesChanged, this, &NewPeople::takeModules);
    takeModules();
}

NewPeople::~NewPeople()
{
    qDeleteAll(m_people);
}

// What the agent's profile in the CRM allows may change from one sign-in to the next.
void NewPeople::takeModules()
{
    const QList<Module> known = m_parts.metadata.modules();
    QStringList creatable;
    for (const QString &name : persons()) {
        const bool can = std::any_of(known.cbegin(), known.cend(), [&name](const Module &module) {
            return module.apiName == name && module.creatable;
        });
        if (can)
            creatable.append(name);
    }
    if (known.isEmpty() || creatable == m_modules)
        return;
    m_modules = creatable;
    Q_EMIT modulesChanged();
}

void NewPeople::open(const CallEntry &call, const QString &module)
{
    if (!m_modules.contains(module))
        return;
    m_open.insert(call.key);
    if (NewPerson *begun = m_people.value(call.key)) {
        begun->setModule(module);
        Q_EMIT changed(call.key);
        return;
    }
    make(call, module);
    Q_EMIT changed(call.key);
}

NewPerson *NewPeople::make(const CallEntry &call, const QString &module)
{
    auto *person = new NewPerson(call, module, m_parts);
    m_people.insert(call.key, person);
    connect(person, &NewPerson::changed, this, [this, person, key = call.key] {
        if (person->data().state == NewPersonData::State::Waiting && !m_retry.isActive())
            m_retry.start();
        Q_EMIT changed(key);
    });
    connect(person, &NewPerson::created, this, [this, call](const Candidate &made) { arrived(call, made); });
    connect(person, &NewPerson::decisionNeeded, this,
            [this, key = call.key](const QString &sentence) { Q_EMIT decisionNeeded(key, sentence); });
    return person;
}

void NewPeople::restore(const QList<CallEntry> &calls)
{
    whenReady(this, m_parts.queue.all(), [this, calls](const Result<QList<QueuedPerson>> &all) {
        m_restored = true;
        if (!all) {
            qCWarning(logDesk) << "new people of earlier runs were not read:" << all.error().code;
            return;
        }
        for (const QueuedPerson &kept : all.value()) {
            const QString module = NewPerson::moduleIn(kept.payload);
            if (module.isEmpty() || m_people.contains(kept.callKey))
                continue;
            CallEntry call;
            call.key = kept.callKey;
            const auto known = std::find_if(calls.cbegin(), calls.cend(),
                                            [&kept](const CallEntry &one) { return one.key == kept.callKey; });
            make(known == calls.cend() ? call : *known, module)->restore(kept.payload);
        }
        goOn();
    });
}

void NewPeople::goOn()
{
    m_retry.stop(); // who waits again, starts it again
    const QList<NewPerson *> people = m_people.values();
    for (NewPerson *person : people)
        person->goOn();
}

bool NewPeople::underWay(const QString &callKey) const
{
    const NewPerson *person = m_people.value(callKey);
    return person && person->underWay();
}

void NewPeople::close(const QString &callKey)
{
    if (m_open.remove(callKey))
        Q_EMIT changed(callKey);
}

NewPerson *NewPeople::opened(const QString &callKey) const
{
    return m_open.contains(callKey) ? m_people.value(callKey) : nullptr;
}

void NewPeople::arrived(const CallEntry &call, const Candidate &person)
{
    m_open.remove(call.key);
    if (NewPerson *done = m_people.take(call.key))
        done->deleteLater(); // it is telling us this
    m_pop.choose(call.key, person);
    // After the choice, which knows of the call's number alone.
    FoundRecord record{.candidate = person,
                       .lastActivity = {},
                       .converted = false,
                       .convertedContactId = {},
                       .numbers = {},
                       .numberLabels = {}};
    const PhoneNumber typed =
        PhoneNumber::parse(person.matchedNumber, m_parts.settings.text(SettingKey::DefaultRegion));
    for (const PhoneNumber &number : {call.number, typed}) {
        if (number.kind() != PhoneNumber::Kind::External || record.numbers.contains(number.e164()))
            continue;
        record.numbers.append(number.e164());
        record.numberLabels.append(tr("Phone"));
    }
    whenReady(this, m_directory.remember(matching::toDirectory(record, m_parts.clock.now())),
              [](const Result<void> &kept) {
                  if (!kept)
                      qCWarning(logDesk) << "a new record was not kept in the directory:" << kept.error().code;
              });
    Q_EMIT created(call.key, person);
}

} // namespace ringside
