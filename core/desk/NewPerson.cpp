// SPDX-License-Identifier: Apache-2.0
#include "NewPerson.h"

#include "Clock.h"
#include "Logging.h"
#include "Matching.h"
#include "NewPersonQueue.h"
#include "ProfileSource.h"
#include "ScreenPop.h"
#include "SendOutcome.h"
#include "Settings.h"
#include "WhenReady.h"

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds waits[] = {2s, 8s, 20s, 31s}; // after each question that found nothing
constexpr auto askAgain = std::chrono::milliseconds(5s);
constexpr int absencesNeeded = 2;
constexpr qsizetype mostDuplicates = 3;
constexpr int perModule = 10;

const QStringList &persons()
{
    static const QStringList modules{QStringLiteral("Contacts"), QStringLiteral("Leads")};
    return modules;
}

} // namespace

NewPerson::NewPerson(const CallEntry &call, const QString &module, const Parts &parts)
    : m_parts(parts), m_callKey(call.key), m_number(call.number), m_remoteName(call.remoteName)
{
    m_data.module = module;
    m_askAgain.setSingleShot(true);
    connect(&m_askAgain, &QTimer::timeout, this, &NewPerson::confirm);
    connect(&parts.metadata, &ProfileSource::metadataReady, this, [this](const QString &which) {
        if (which == m_data.module && (m_data.state == State::Editing || m_data.state == State::Waiting))
            fill();
    });
    fill();
    // The fields of the others say where a duplicate may have the number.
    const QList<Module> modules = parts.metadata.modules();
    for (const QString &one : persons()) {
        const bool there =
            modules.isEmpty() ||
            std::any_of(modules.cbegin(), modules.cend(), [&one](const Module &known) { return known.apiName == one; });
        if (one == module || there)
            parts.metadata.prepare(one);
    }
}

QString NewPerson::region() const
{
    return m_parts.settings.text(SettingKey::DefaultRegion);
}

// What was typed, and fields that the CRM asked for, stay when the metadata comes late or the module is another.
void NewPerson::fill()
{
    const QList<NewPersonField> before =
        std::exchange(m_data.fields, newPersonFields::of(m_data.module, m_parts.metadata.fields(m_data.module),
                                                         m_number, m_remoteName));
    for (const NewPersonField &old : before) {
        if (NewPersonField *now = field(old.apiName))
            now->value = old.value;
    }
    for (NewPersonField &now : m_data.fields) {
        if (m_restored.contains(now.apiName))
            now.value = m_restored.take(now.apiName).toString();
    }
    if (m_data.state == State::Waiting) {
        Q_EMIT changed();
        return;
    }
    const QStringList missing = newPersonFields::outOfReach(m_data.module, m_parts.metadata.fields(m_data.module));
    m_data.message.clear();
    m_data.trouble = !missing.isEmpty();
    if (!missing.isEmpty())
        m_data.message =
            tr("Your company wants fields filled in that are only found in Zoho CRM: %1. Create the record "
               "there, then attach the call to it with Ctrl+K.")
                .arg(missing.join(QStringLiteral(", ")));
    Q_EMIT changed();
}

void NewPerson::setModule(const QString &module)
{
    if (module == m_data.module || m_data.state != State::Editing || !m_lost.module.isEmpty())
        return;
    m_data.module = module;
    m_data.duplicates.clear();
    fill();
    m_parts.metadata.prepare(module);
}

NewPersonField *NewPerson::field(const QString &apiName)
{
    const auto found = std::find_if(m_data.fields.begin(), m_data.fields.end(),
                                    [&apiName](const NewPersonField &one) { return one.apiName == apiName; });
    return found == m_data.fields.end() ? nullptr : &*found;
}

void NewPerson::setValue(const QString &apiName, const QString &value)
{
    NewPersonField *changedField = field(apiName);
    if (!changedField || m_data.state != State::Editing || changedField->value == value)
        return;
    changedField->value = value;
    changedField->problem.clear();
    Q_EMIT changed();
}

void NewPerson::create()
{
    if (m_done)
        return;
    if (m_data.state == State::Waiting)
        return goOn();
    if (m_data.state == State::Confirming) {
        confirm();
        return;
    }
    if (m_data.state != State::Editing || !checked())
        return;
    m_data.message.clear();
    m_data.trouble = false;
    m_data.onlyOne = false;
    m_kept = true; // from here on: who pulls the plug loses nothing that was asked for
    if (!m_lost.module.isEmpty()) {
        m_wanted = true;
        confirm();
        return;
    }
    lookForDuplicates();
}

bool NewPerson::checked()
{
    bool good = true;
    for (NewPersonField &one : m_data.fields) {
        one.problem = newPersonFields::problemOf(one, region());
        good = good && one.problem.isEmpty();
    }
    if (!good)
        Q_EMIT changed();
    return good;
}

// The call's own number was searched when it rang; what the agent typed was not.
void NewPerson::lookForDuplicates()
{
    QString email;
    QString phone;
    for (const NewPersonField &one : std::as_const(m_data.fields)) {
        if (one.kind == NewPersonField::Kind::Email && email.isEmpty())
            email = one.value.trimmed();
        else if (one.kind == NewPersonField::Kind::Phone && phone.isEmpty())
            phone = PhoneNumber::parse(one.value, region()).e164();
    }
    const PopResult::Status searched = m_parts.pop.result(m_callKey).status;
    const bool known = searched == PopResult::Status::None || searched == PopResult::Status::Many;
    if (known && phone == m_number.e164())
        phone.clear();
    const QString what = email + QLatin1Char('\n') + phone;
    const bool seen = !m_data.duplicates.isEmpty() && what == m_checkedFor;
    m_checkedFor = what;
    m_data.duplicates.clear();
    if (seen || (email.isEmpty() && phone.isEmpty())) {
        send();
        return;
    }
    m_data.state = State::Checking;
    if (m_kept)
        m_parts.queue.save({m_callKey, encoded()});
    m_failures.clear();
    m_pending = 0;
    for (const QString &module : persons()) {
        if (!email.isEmpty())
            ask(module, CrmClient::SearchBy::Email, email);
        if (!phone.isEmpty())
            ask(module, CrmClient::SearchBy::Phone, phone);
    }
    Q_EMIT changed();
}

void NewPerson::ask(const QString &module, CrmClient::SearchBy by, const QString &value)
{
    ++m_pending;
    const PhoneNumber searched = by == CrmClient::SearchBy::Phone ? PhoneNumber::parse(value, {}) : PhoneNumber();
    whenReady(this,
              m_parts.crm.search(module, by, value, m_parts.metadata.searchModule(module).requestFields(),
                                 RequestPriority::Search, perModule),
              [this, module, searched](const Result<RecordPage> &page) {
                  --m_pending;
                  take(page, module, searched);
                  duplicatesAnswered();
              });
}

void NewPerson::take(const Result<RecordPage> &page, const QString &module, const PhoneNumber &searched)
{
    if (!page) {
        // A module that the agent may not see hides nobody whom the agent could attach.
        static constexpr ErrorKind hidden[] = {ErrorKind::NotFound, ErrorKind::ScopeMissing,
                                               ErrorKind::PermissionMissing};
        if (std::find(std::begin(hidden), std::end(hidden), page.error().kind) == std::end(hidden))
            m_failures.append(page.error());
        return;
    }
    const SearchModule searchedIn = m_parts.metadata.searchModule(module);
    const bool byPhone = searched.kind() == PhoneNumber::Kind::External;
    for (const Record &record : page.value().records) {
        FoundRecord found = byPhone ? matching::compared(record, searchedIn, searched, region())
                                    : matching::found(record, searchedIn, region());
        const bool known = std::any_of(m_data.duplicates.cbegin(), m_data.duplicates.cend(),
                                       [&found](const Candidate &one) { return one.ref == found.candidate.ref; });
        const bool differs = byPhone && found.candidate.match < PhoneNumber::Match::National;
        if (known || differs || m_data.duplicates.size() >= mostDuplicates)
            continue;
        found.candidate.reason = byPhone ? tr("Has this number.") : tr("Has this email address.");
        m_data.duplicates.append(found.candidate);
    }
}

void NewPerson::duplicatesAnswered()
{
    if (m_pending > 0)
        return;
    if (!m_data.duplicates.isEmpty()) {
        settle(tr("Zoho CRM has somebody like this already. Attach the call to the record, or create another all the "
                  "same."),
               false);
    } else if (!m_failures.isEmpty()) {
        refused(m_failures.constFirst());
    } else {
        send();
    }
}

void NewPerson::send()
{
    m_data.state = State::Creating;
    m_lost = {.module = m_data.module, .sent = newPersonFields::values(m_data.fields), .sentAt = m_parts.clock.now()};
    m_wanted = false;
    Q_EMIT changed();
    if (!m_kept)
        return post();
    // Whoever dies from here on must know that it may have been sent.
    whenReady(this, m_parts.queue.save({m_callKey, encoded()}), [this](const Result<void> &kept) {
        m_kept = kept.ok(); // without a store it is made all the same
        post();
    });
}

void NewPerson::post()
{
    whenReady(this, m_parts.crm.createRecord(m_lost.module, m_lost.sent),
              [this](const Result<QString> &answer) { sent(answer); });
}

void NewPerson::sent(const Result<QString> &answer)
{
    if (answer) {
        finish(answer.value());
        return;
    }
    qCInfo(logDesk) << "a new record was not confirmed:" << answer.error().code;
    if (SendOutcome::of(answer.error(), 1).kind != SendOutcome::Kind::Unknown) {
        m_lost = {};
        refused(answer.error());
        return;
    }
    m_lostAt = m_parts.clock.now();
    m_questions = m_absences = 0;
    confirm();
}

void NewPerson::confirm()
{
    m_askAgain.stop();
    if (m_asking)
        return;
    m_asking = true;
    m_data.state = State::Confirming;
    m_data.trouble = false;
    m_data.message =
        tr("Zoho CRM's answer was lost, so the record may be there already. It is being looked up, so that "
           "it is not created twice.");
    whenReady(this, m_parts.crm.query(m_lost.module, m_lost.text(), RequestPriority::Search),
              [this](const Result<RecordPage> &page) {
                  m_asking = false;
                  confirmed(page);
              });
    Q_EMIT changed();
}

void NewPerson::confirmed(const Result<RecordPage> &page)
{
    if (!page &&
        (waitsFor(page.error()) || page.error().kind == ErrorKind::Network || page.error().kind == ErrorKind::Timeout))
        return wait();
    if (!page) {
        const QString kept =
            tr("It is not known whether the record was created. What you typed is kept while Ringside runs; "
               "choose Create when Zoho CRM answers again, and it is looked up first.");
        settle(page.error().message.isEmpty() ? kept : page.error().message + QLatin1Char(' ') + kept);
        return;
    }
    const QList<Record> records = page.value().records;
    const auto found =
        std::find_if(records.cbegin(), records.cend(), [this](const Record &one) { return m_lost.isIt(one); });
    if (found != records.cend())
        finish(found->ref().id);
    else
        notThere();
}

void NewPerson::notThere()
{
    const std::chrono::milliseconds age(m_lostAt.msecsTo(m_parts.clock.now()));
    // As with logged calls: the CRM may still commit a write this long after its answer was lost. "There" counts at once.
    if (age < std::chrono::seconds(m_parts.settings.integer(SettingKey::CommitWindow))) {
        m_askAgain.start(waits[std::min<size_t>(static_cast<size_t>(m_questions++), std::size(waits) - 1)]);
        return;
    }
    ++m_absences;
    if (m_wanted && m_absences < absencesNeeded) {
        m_askAgain.start(askAgain);
        return;
    }
    if (std::exchange(m_wanted, false)) {
        m_lost = {};
        lookForDuplicates();
        return;
    }
    settle(tr("Zoho CRM does not have the record, so it was not created. What you typed is here: create it again."));
}

void NewPerson::finish(const QString &id)
{
    m_done = true;
    m_askAgain.stop();
    if (m_kept)
        unkeep();
    m_byItself = false;
    Candidate person = sentPerson();
    person.ref.id = id;
    m_lost = {};
    settle({}, false);
    Q_EMIT created(person);
}

void NewPerson::settle(const QString &message, bool trouble)
{
    m_data.state = State::Editing;
    m_data.message = message;
    m_data.trouble = trouble && !message.isEmpty();
    const bool unseen = std::exchange(m_byItself, false) && !message.isEmpty();
    // The agent is at it, or has to be told again in another run.
    if (m_kept && !unseen && m_lost.module.isEmpty())
        unkeep();
    else if (m_kept)
        m_parts.queue.save({m_callKey, encoded()});
    Q_EMIT changed();
    if (unseen)
        Q_EMIT decisionNeeded(message);
}

Candidate NewPerson::sentPerson() const
{
    Candidate person;
    person.ref.module = m_lost.module;
    person.moduleLabel = m_parts.metadata.searchModule(m_lost.module).label;
    const auto value = [this](const char *field) { return m_lost.sent.value(QLatin1String(field)).toString(); };
    person.name = (value("First_Name") + QLatin1Char(' ') + value("Last_Name")).trimmed();
    person.company = value("Company");
    person.email = value("Email");
    person.matchedNumber = value("Mobile").isEmpty() ? value("Phone") : value("Mobile");
    return person;
}

} // namespace ringside
