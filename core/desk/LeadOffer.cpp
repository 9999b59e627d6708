// SPDX-License-Identifier: Apache-2.0
#include "LeadOffer.h"

#include "CrmClient.h"
#include "LeadConverter.h"
#include "OrgMetadata.h"
#include "Settings.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

const auto leads = QLatin1String("Leads");
const auto deals = QLatin1String("Deals");
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

void LeadOffer::look()
{
    whenReady(this, m_parts.crm.record({leads, m_leadId}, {QStringLiteral("Company")}, RequestPriority::Log),
              [this](const Result<Record> &lead) {
                  if (!lead)
                      return become(State::Asking, lead.error().message);
                  m_company = lead.value().text(QStringLiteral("Company")).simplified();
                  if (m_company.isEmpty())
                      return become(State::Asking);
                  lookForAccounts();
              });
}

void LeadOffer::lookForAccounts()
{
    const SearchCriterion sameName = SearchCriterion::equals(accountName, m_company);
    whenReady(this, m_parts.crm.search(QStringLiteral("Accounts"), sameName, {accountName}, RequestPriority::Log),
              [this](const Result<RecordPage> &page) {
                  // Not being able to look is no reason not to convert: then a new account is offered alone.
                  if (page) {
                      for (const Record &record : page.value().records)
                          m_accounts.append({record.ref().id, record.text(accountName)});
                  }
                  become(State::Asking);
              });
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
    QStringList sentences{tr("%1 becomes a contact in Zoho CRM. This cannot be undone.").arg(m_name)};
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
        if (!answer)
            return become(State::Asking, answer.error().message);
        m_became = answer.value();
        become(State::Converted);
    });
}

void LeadOffer::become(State state, const QString &problem)
{
    m_state = state;
    m_problem = problem;
    Q_EMIT changed();
}

} // namespace ringside
