// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "FieldValues.h"

#include <optional>

namespace ringside::sandbox {

/// /crm/bulk/v8/read: jobs that are ordered, asked after, and fetched as a ZIP with one CSV. A job works while it is
/// asked after: it is ADDED, then IN PROGRESS, then done. The rows are those of the moment when it was ordered. Not
/// thread-safe: the owner locks.
class BulkReads
{
public:
    BulkReads(const RecordStore &store, std::function<qint64()> clock);

    /// How many questions find a job not yet done (1), how many rows a page has (200,000), and whether jobs fail.
    void setPolls(int polls) { m_polls = polls; }
    void setRowsPerPage(qsizetype rows) { m_rowsPerPage = rows; }
    void setFailing(bool failing) { m_failing = failing; }

    /// The module that an order names, for the check of scopes; empty when it cannot be read.
    static QString moduleOf(const CrmCall &call);
    HttpReply order(const CrmCall &call);
    HttpReply state(const CrmCall &call, const QString &id);
    HttpReply result(const CrmCall &call, const QString &id) const;

private:
    struct Job
    {
        QJsonObject query;
        QByteArray csv;
        QString module;
        qint64 orderedAt = 0;
        qsizetype page = 1;
        qsizetype count = 0;
        bool more = false;
        int asked = 0;
    };

    QStringList columns(const QJsonArray &fields, const ModuleSpec &module, QString *unknown) const;
    std::optional<RecordFilter> filter(const QJsonObject &criteria, const ModuleSpec &module, int depth,
                                       QString *problem) const;
    void collect(Job *job, const ModuleSpec &module, const QStringList &columns,
                 const std::optional<RecordFilter> &filter) const;
    bool isDone(const Job &job) const { return job.asked > m_polls; }
    const Job *find(const QString &id) const;

    const RecordStore &m_store;
    FieldValues m_values;
    std::function<qint64()> m_clock;
    QHash<QString, Job> m_jobs;
    qint64 m_nextId = 5'725'767'000'010'001'001;
    qsizetype m_rowsPerPage = 200'000;
    int m_polls = 1;
    bool m_failing = false;
};

} // namespace ringside::sandbox
