// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace ringside {

/// A bulk read under way at the CRM. Costs 50 credits; gives up to 200,000 rows. Source: Zoho reference, section 3.16.
struct BulkReadJob
{
    enum class State { Waiting, Running, Completed, Failed };

    QString id;
    State state = State::Waiting;
    qint64 rows = 0;   ///< Once completed.
    bool more = false; ///< Another page follows, as a job of its own.
};

/// The CSV of a completed job.
struct BulkRows
{
    QStringList columns;     ///< API names.
    QList<QStringList> rows; ///< Each as long as `columns`.
};

} // namespace ringside
