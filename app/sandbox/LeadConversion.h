// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "RecordStore.h"

namespace ringside::sandbox {

/// POST /Leads/{id}/actions/convert and its candidates. A lead becomes a contact and, where it names a company, an
/// account, or is merged into those that the request names; notes and activities move along; a deal is made when asked
/// for. Works once a lead.
class LeadConversion
{
public:
    LeadConversion(RecordStore &store, int indexLagMs) : m_store(store), m_indexLagMs(indexLagMs) {}

    HttpReply convert(const CrmCall &call, const QString &leadId);
    HttpReply options(const QString &leadId) const;

private:
    struct Target
    {
        QString id; ///< of an existing record to merge into; empty: a new one
    };

    /// The target that the request names, or the problem with it.
    QJsonObject readTarget(const QJsonObject &order, const QString &module, Target *target) const;
    QJsonObject checkDeal(const QJsonObject &deal) const;
    QString makeAccount(const StoredRecord &lead, const Target &target, bool overwrite);
    QString makeContact(const StoredRecord &lead, const Target &target, const QString &accountId, bool overwrite);
    QString makeDeal(const QJsonObject &deal, const QString &contactId, const QString &accountId);
    QString write(const QString &module, const Target &target, QJsonObject fields, bool overwrite);
    void carryTags(const StoredRecord &lead, const QJsonObject &order, const QString &module, const QString &id);
    void move(const QString &leadId, const QString &contactId);
    QJsonArray candidates(const QString &module, const StoredRecord &lead) const;

    RecordStore &m_store;
    int m_indexLagMs;
    QJsonObject m_owner;
};

} // namespace ringside::sandbox
