// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "CrmPager.h"
#include "FieldValues.h"

namespace ringside::sandbox {

/// Lists, single records, related lists, search, and what is gone. The caller has checked scopes and permissions.
class CrmReader
{
public:
    using Records = QList<const StoredRecord *>;

    explicit CrmReader(const RecordStore &store);

    HttpReply list(const CrmCall &call, const ModuleSpec &module);
    HttpReply one(const CrmCall &call, const ModuleSpec &module, const QString &id) const;
    HttpReply related(const CrmCall &call, const ModuleSpec &module, const RelatedSpec &list, const QString &id);
    HttpReply search(const CrmCall &call, const ModuleSpec &module);
    HttpReply deleted(const CrmCall &call, const ModuleSpec &module);
    /// The number of records, all of them or those that a search would find.
    HttpReply count(const CrmCall &call, const ModuleSpec &module) const;
    HttpReply relatedCounts(const CrmCall &call, const ModuleSpec &module, const QString &id) const;
    HttpReply timeline(const CrmCall &call, const ModuleSpec &module, const QString &id);

    /// The records with a phone field that contains these digits in a row.
    Records withPhone(const QString &module, const QString &digits) const;
    CrmPager &pager() { return m_pager; }

private:
    using Test = std::function<bool(const StoredRecord &)>;

    Records visible(const HttpRequest &request, const ModuleSpec &module, bool throughIndex) const;
    Records members(const RelatedSpec &list, const QString &id) const;
    /// None when no search parameter is given, or with the refusal.
    std::optional<Test> searchTest(const HttpRequest &request, const ModuleSpec &module, HttpReply *refusal) const;
    bool matchesWords(const ModuleSpec &module, const StoredRecord &record, const QStringList &words) const;

    const RecordStore &m_store;
    FieldValues m_values;
    CrmPager m_pager;
};

} // namespace ringside::sandbox
