// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace ringside {

/// A record that is no more. Source: Zoho reference, section 3.4.
struct DeletedRecord
{
    RecordRef ref;
    QString name;
    QString deletedBy;
    QDateTime deletedAt;
    bool permanent = false; ///< Not in the recycle bin.
};

struct DeletedPage
{
    QList<DeletedRecord> records;
    bool more = false;
};

} // namespace ringside
