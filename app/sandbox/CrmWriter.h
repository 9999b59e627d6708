// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "RecordStore.h"

#include <QJsonArray>

namespace ringside::sandbox {

/// Insert, update, upsert and delete, with one outcome per record in data[]: all good 201 or 200, some 207, none 400.
class CrmWriter
{
public:
    explicit CrmWriter(RecordStore &store) : m_store(store) {}

    /// Search sees what is written only so many milliseconds later.
    void setIndexLag(int milliseconds) { m_indexLagMs = milliseconds; }

    /// [{module, id, event}]: what would have set off the rules of the organisation, since their `trigger` allowed it.
    const QJsonArray &workflows() const { return m_workflows; }

    /// With a parent for POST /{Module}/{id}/Notes.
    HttpReply insert(const ModuleSpec &module, const CrmCall &call, const QString &parentModule = {}, const QString &parentId = {});
    /// `pathId` is empty when each record names its own id.
    HttpReply update(const ModuleSpec &module, const CrmCall &call, const QString &pathId);
    /// Updates the record that has the same value in one of duplicate_check_fields (or is named by its id), and adds it otherwise.
    HttpReply upsert(const ModuleSpec &module, const CrmCall &call);
    /// The records of `ids` in the query, or the one of the path.
    HttpReply remove(const ModuleSpec &module, const CrmCall &call, const QString &pathId = {});

private:
    QJsonObject insertOne(const ModuleSpec &module, const QJsonObject &input, qsizetype position);
    QJsonObject updateOne(const ModuleSpec &module, const HttpRequest &request, const QJsonObject &input,
                          const QString &pathId, qsizetype position);
    QJsonObject removeOne(const ModuleSpec &module, const QString &id);
    /// The record with the same value, and in `field` the field that told.
    const StoredRecord *duplicateOf(const ModuleSpec &module, const QJsonObject &input, const QStringList &fields, QString *field) const;
    QJsonObject success(const QString &module, const QString &id, const QString &message) const;

    void noteWorkflow(const ModuleSpec &module, const QString &id, const QString &event);

    RecordStore &m_store;
    QJsonArray m_workflows;
    bool m_workflowsRun = true; ///< of the request at hand
    int m_indexLagMs = 0;
};

} // namespace ringside::sandbox
