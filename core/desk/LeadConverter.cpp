// SPDX-License-Identifier: Apache-2.0
#include "LeadConverter.h"

#include "CrmClient.h"
#include "Directory.h"
#include "Logging.h"
#include "OrgMetadata.h"
#include "SendOutcome.h"
#include "WhenReady.h"

namespace ringside {

namespace {

QString leads()
{
    return QStringLiteral("Leads");
}

RecordRef linked(const Record &lead, const QString &field, const QString &module)
{
    const QString id = lead.lookup(field).id;
    return id.isEmpty() ? RecordRef() : RecordRef{module, id};
}

} // namespace

LeadConverter::LeadConverter(CrmClient &crm, Directory &directory, const OrgMetadata &metadata, QObject *parent)
    : QObject(parent), m_crm(crm), m_directory(directory), m_metadata(metadata)
{
    m_promise.start();
}

LeadConverter::~LeadConverter() = default;

// The org's own rules for deals, known before anything is sent: a conversion is not tried to see what is missing.
QString LeadConverter::missingOfDeal(const LeadConversion &conversion) const
{
    if (conversion.deal.isEmpty())
        return {};
    const QStringList required = m_metadata.requiredFields(QStringLiteral("Deals"));
    for (const QString &field : required) {
        // These the conversion itself fills in.
        const bool given = field == QLatin1String("Account_Name") || field == QLatin1String("Contact_Name") ||
                           field == QLatin1String("Owner");
        if (!given && conversion.deal.value(field).toString().isEmpty())
            return field;
    }
    return {};
}

QFuture<Result<ConvertedLead>> LeadConverter::convert(const QString &leadId, const LeadConversion &conversion)
{
    if (m_started)
        return failedFuture<ConvertedLead>(Error{
            .kind = ErrorKind::Busy, .message = tr("This lead is being converted already. Nothing was done twice.")});
    m_started = true;
    m_leadId = leadId;
    const QString missing = missingOfDeal(conversion);
    if (!missing.isEmpty()) {
        finish(Error{.kind = ErrorKind::Rejected,
                     .message =
                         tr("The deal needs %1, so the lead was not converted. Fill it in and try again.").arg(missing),
                     .code = QStringLiteral("MANDATORY_NOT_FOUND"),
                     .detail = missing});
        return m_promise.future();
    }
    whenReady(this, m_crm.convertLead(leadId, conversion),
              [this](const Result<ConvertedLead> &answer) { answered(answer); });
    return m_promise.future();
}

void LeadConverter::answered(const Result<ConvertedLead> &answer)
{
    if (answer)
        return finish(answer);
    const bool uncertain = SendOutcome::of(answer.error(), 1).kind == SendOutcome::Kind::Unknown;
    // Converted already, by whomever: what it became is what was wanted to be known.
    if (uncertain || answer.error().code == QLatin1String("ID_ALREADY_CONVERTED"))
        lookAgain(answer.error());
    else
        finish(answer);
}

void LeadConverter::lookAgain(const Error &error)
{
    whenReady(
        this, m_crm.record({leads(), m_leadId}, {}, RequestPriority::Log), [this, error](const Result<Record> &lead) {
            ConvertedLead became;
            if (lead) {
                became.contact = linked(lead.value(), QStringLiteral("Converted_Contact"), QStringLiteral("Contacts"));
                became.account = linked(lead.value(), QStringLiteral("Converted_Account"), QStringLiteral("Accounts"));
                became.deal = linked(lead.value(), QStringLiteral("Converted_Deal"), QStringLiteral("Deals"));
            }
            finish(became.contact.isNull() ? Result<ConvertedLead>(error) : became);
        });
}

void LeadConverter::finish(const Result<ConvertedLead> &result)
{
    if (result) {
        whenReady(this, m_directory.forget(leads(), m_leadId), [](const Result<void> &forgotten) {
            if (!forgotten)
                qCInfo(logDesk) << "a converted lead is still in the directory:" << forgotten.error().code;
        });
    }
    m_promise.addResult(result);
    m_promise.finish();
}

} // namespace ringside
