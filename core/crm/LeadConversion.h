// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QMap>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace ringside {

/// How a lead becomes a contact. Costs 5 credits and cannot be undone. Source: Zoho reference, section 3.12.
struct LeadConversion
{
    QString accountId;      ///< Merge with this account; empty = a new one, named as the lead's company.
    QString contactId;      ///< Merge with this contact; empty = a new one.
    bool overwrite = false; ///< Merging: the lead's values replace those of the account and contact.
    bool notifyLeadOwner = false;
    bool notifyNewOwner = false;
    QString assignTo; ///< A user's id; empty = the lead's owner.
    QVariantMap deal; ///< Fields of a deal to make: Deal_Name, Closing_Date, Stage, …; empty = no deal.
    QMap<QString, QStringList> carryOverTags; ///< By module: which of the lead's tags go along.
};

/// What a lead became. A null ref: none was made or named.
struct ConvertedLead
{
    RecordRef contact;
    RecordRef account;
    RecordRef deal;
    QString jobId; ///< Not empty: the CRM does it later, and the refs are not known yet.
};

} // namespace ringside
