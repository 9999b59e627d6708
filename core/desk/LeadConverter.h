// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "LeadConversion.h"
#include "Result.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

namespace ringside {

class CrmClient;
class Directory;
class OrgMetadata;

/// Makes a contact of one lead, once: a conversion cannot be undone and is never sent a second time. Where the answer
/// was lost, the lead itself tells whether it happened. The lead is forgotten on this desk. Gives one outcome and is
/// then done with; deleting it gives Cancelled.
class LeadConverter final : public QObject
{
    Q_OBJECT

public:
    /// Must outlive it.
    LeadConverter(CrmClient &crm, Directory &directory, const OrgMetadata &metadata, QObject *parent = nullptr);
    ~LeadConverter() override;

    /// Errors: those of CrmClient; Rejected with the field in `detail` before anything is sent, when the deal lacks
    /// what the org wants filled in; Busy for a second call.
    QFuture<Result<ConvertedLead>> convert(const QString &leadId, const LeadConversion &conversion);

private:
    QString missingOfDeal(const LeadConversion &conversion) const;
    void answered(const Result<ConvertedLead> &answer);
    void lookAgain(const Error &error);
    void finish(const Result<ConvertedLead> &result);

    CrmClient &m_crm;
    Directory &m_directory;
    const OrgMetadata &m_metadata;
    QString m_leadId;
    QPromise<Result<ConvertedLead>> m_promise;
    bool m_started = false;
};

} // namespace ringside
