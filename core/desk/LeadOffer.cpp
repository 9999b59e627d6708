// SPDX-License-Identifier: Apache-2.0
#include "LeadOffer.h"

#include "CrmClient.h"
#include "Directory.h"
#include "LeadConverter.h"
#include "Logging.h"
#include "OrgMetadata.h"
#include "Settings.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

const auto leads = QLatin1String("Leads");
const auto deals = QLatin1String("Deals");
const auto contacts = QLatin1String("Contacts");
const auto companies = QLatin1String("Accounts");
const auto accountName = QLatin1String("Account_Name");

} // namespace

bool LeadOffer::offered(const Settings &settings, const OrgMetadata &metadata, const QString &module)
{
    return module == leads && settings.boolean(SettingKey::FeatureConvert) && metadata.module(leads).module.editable &&
           metadata.module(QStringLiteral("Contacts")).module.creatable;
}

LeadOffer::LeadOffer(const QString &leadId, const QString &name, const Parts &parts, QObject *parent)
    : QObject(parent), m_leadId(leadId), m_name(name.simplified()), m_parts(parts)
{
    connect(&parts.metadata, &OrgMetadata::ready, this, [this](const QString &module) {
        if (module == deals)
            Q_EMIT changed();
    });
    m_parts.metadata.prepare(deals);
    look();
}

LeadOffer::~LeadOffer() = default;

QString LeadOffer::region() const
{
    return m_parts.settings.text(SettingKey::DefaultRegion);
}

void LeadOffer::look()
{
    const SearchModule module = m_parts.metadata.searchModule(leads);
    whenReady(this, m_parts.crm.record({leads, m_leadId}, module.requestFields(), RequestPriority::Log),
              [this, module](const Result<Record> &lead) {
                  if (!lead)
                      return become(State::Asking, lead.error().message);
                  m_lead = matching::found(lead.value(), module, region());
                  m_company = m_lead.candidate.company.simplified();
                  if (m_company.isEmpty())
                      return become(State::Asking);
                  lookForAccounts();
              });
}

void LeadOffer::lookForAccounts()
{
    const SearchCriterion sameName = SearchCriterion::equals(accountName, m_company);
    whenReady(this, m_parts.crm.search(companies, sameName, {accountName}, RequestPriority::Log),
              [this](const Result<RecordPage> &page) {
                  // Not being able to look is no reason not to convert: then a new account is offered alone.
                  if (page) {
                      for (const Record &record : page.value().records)
                          m_accounts.append({record.ref().id, record.text(accountName)});
                  }
                  become(State::Asking);
              });
}

std::optional<Candidate> LeadOffer::existing() const
{
    return m_existing ? std::optional(m_existing->candidate) : std::nullopt;
}

bool LeadOffer::canMakeDeal() const
{
    return m_parts.metadata.module(deals).module.creatable && !stages().isEmpty();
}

QStringList LeadOffer::stages() const
{
    for (const Field &field : m_parts.metadata.module(deals).fields) {
        if (field.apiName == QLatin1String("Stage"))
            return field.pickListValues;
    }
    return {};
}

QString LeadOffer::explanation(const Choice &choice) const
{
    QStringList sentences;
    if (!choice.contactId.isEmpty() && m_existing)
        sentences.append(tr("%1 becomes part of the contact %2, which is there already and keeps what it has. This "
                            "cannot be undone.")
                             .arg(m_name, m_existing->candidate.name));
    else
        sentences.append(tr("%1 becomes a contact in Zoho CRM. This cannot be undone.").arg(m_name));
    const auto chosen = std::find_if(m_accounts.cbegin(), m_accounts.cend(),
                                     [&choice](const Account &one) { return one.id == choice.accountId; });
    if (!choice.accountId.isEmpty() && chosen != m_accounts.cend())
        sentences.append(tr("The contact joins the account %1, which is there already.").arg(chosen->name));
    else if (!m_company.isEmpty())
        sentences.append(tr("A new account is made: %1.").arg(m_company));
    else
        sentences.append(tr("The lead names no company, so no account is made."));
    if (!choice.dealName.isEmpty())
        sentences.append(tr("A deal is made too: %1.").arg(choice.dealName));
    sentences.append(tr("The calls that are here move to the contact."));
    return sentences.join(QLatin1Char(' '));
}

void LeadOffer::convert(const Choice &choice)
{
    if (m_state != State::Asking)
        return;
    LeadConversion conversion;
    conversion.contactId = choice.contactId;
    conversion.accountId = choice.accountId;
    if (!choice.dealName.simplified().isEmpty()) {
        QString stage = choice.stage;
        for (const Field &field : m_parts.metadata.module(deals).fields) {
            if (field.apiName == QLatin1String("Stage")) // The CRM takes the code, people read the word.
                stage = field.written(choice.stage);
        }
        conversion.deal = {{QStringLiteral("Deal_Name"), choice.dealName.simplified()},
                           {QStringLiteral("Closing_Date"), choice.closing.toString(Qt::ISODate)},
                           {QStringLiteral("Stage"), stage}};
    }
    become(State::Working);
    delete m_converter;
    m_converter = new LeadConverter(m_parts.crm, m_parts.directory, m_parts.metadata, this);
    whenReady(this, m_converter->convert(m_leadId, conversion), [this](const Result<ConvertedLead> &answer) {
        if (answer)
            converted(answer.value());
        else
            refused(answer.error());
    });
}

// The agent is not told to look somebody up whom the CRM has just named.
void LeadOffer::refused(const Error &error)
{
    const ExistingRecord &there = error.existing;
    if (there.isNull() || (there.module != contacts && there.module != companies))
        return become(State::Asking, error.message);
    const QStringList fields = m_parts.metadata.searchModule(there.module).requestFields();
    whenReady(this, m_parts.crm.record({there.module, there.id}, fields, RequestPriority::Log),
              [this, error](const Result<Record> &record) { existingRead(error, record); });
}

QString LeadOffer::labelOf(const ExistingRecord &existing) const
{
    const QList<Field> fields = m_parts.metadata.fields(existing.module);
    const auto known = std::find_if(fields.cbegin(), fields.cend(),
                                    [&existing](const Field &field) { return field.apiName == existing.field; });
    if (known != fields.cend() && !known->label.isEmpty())
        return known->label;
    return existing.field.isEmpty() ? tr("value") : QString(existing.field).replace(QLatin1Char('_'), QLatin1Char(' '));
}

void LeadOffer::existingRead(const Error &error, const Result<Record> &record)
{
    const ExistingRecord &there = error.existing;
    const QString label = labelOf(there);
    QStringList others; // What else is wrong.
    for (const FieldError &one : error.fields) {
        if (one.field != there.field)
            others.append(one.message);
    }
    if (record) {
        FoundRecord existing = matching::found(record.value(), m_parts.metadata.searchModule(there.module), region());
        existing.candidate.reason = tr("Has the same %1.").arg(label);
        return offerExisting(existing, label, others);
    }
    switch (record.error().kind) {
    case ErrorKind::NotFound:
    case ErrorKind::PermissionMissing:
    case ErrorKind::ScopeMissing:
        others.prepend(
            tr("Zoho CRM has a record with the same %1 already and takes no second one, but it is deleted or "
               "hidden from you, so nothing was converted. Correct the lead in Zoho CRM, or ask your CRM "
               "administrator.")
                .arg(label));
        break;
    default:
        others.prepend(tr("Zoho CRM has a record with the same %1 already and takes no second one, so nothing was "
                          "converted. It could not be shown just now: convert again to have it looked up once more.")
                           .arg(label));
    }
    become(State::Asking, others.join(QLatin1Char(' ')));
}

void LeadOffer::offerExisting(const FoundRecord &existing, const QString &label, QStringList others)
{
    const Candidate &there = existing.candidate;
    if (there.ref.module == contacts) {
        m_existing = existing;
        others.prepend(tr("Zoho CRM has a contact with the same %1 already, so nothing was converted. Convert again "
                          "with that contact chosen, and the lead becomes part of it.")
                           .arg(label));
    } else {
        m_accounts.removeIf([&there](const Account &one) { return one.id == there.ref.id; });
        m_accounts.prepend({there.ref.id, there.name});
        others.prepend(tr("Zoho CRM has an account with the same %1 already, so nothing was converted. Convert again "
                          "with that account chosen, and the contact joins it.")
                           .arg(label));
    }
    become(State::Asking, others.join(QLatin1Char(' ')));
}

void LeadOffer::converted(const ConvertedLead &became)
{
    m_became = became;
    const bool joined = m_existing && m_existing->candidate.ref == became.contact;
    m_person = joined ? *m_existing : m_lead;
    m_person.candidate.ref = became.contact;
    m_person.candidate.moduleLabel = m_parts.metadata.searchModule(contacts).label;
    if (!joined)
        m_person.candidate.name = m_name;
    for (qsizetype i = 0; i < m_lead.numbers.size(); ++i) {
        if (m_person.numbers.contains(m_lead.numbers.at(i)))
            continue;
        m_person.numbers.append(m_lead.numbers.at(i));
        m_person.numberLabels.append(m_lead.numberLabels.value(i));
    }
    if (!became.contact.isNull() && !m_person.numbers.isEmpty()) {
        const DirectoryEntry entry = matching::toDirectory(m_person, QDateTime::currentDateTimeUtc());
        whenReady(this, m_parts.directory.remember(entry), [](const Result<void> &kept) {
            if (!kept)
                qCWarning(logDesk) << "a new contact was not kept in the directory:" << kept.error().code;
        });
    }
    become(State::Converted);
}

void LeadOffer::become(State state, const QString &problem)
{
    m_state = state;
    m_problem = problem;
    Q_EMIT changed();
}

} // namespace ringside
