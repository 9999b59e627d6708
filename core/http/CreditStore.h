// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditCost.h"
#include "Result.h"

#include <QFuture>
#include <QList>
#include <QString>

namespace ringside {

/// What was used of one kind in one slot of time.
struct CreditUse
{
    qint64 slot = 0; ///< When the slot began: seconds since 1970, UTC.
    CreditKind kind = CreditKind::Other;
    int requests = 0;
    int credits = 0;

    bool operator==(const CreditUse &) const = default;
};

/// Where the count of credits survives a restart; implemented by store's CreditHistory, so that http need not know the store.
class CreditStore
{
public:
    virtual ~CreditStore() = default;

    /// The slots of one company that began at `since` or later, oldest first.
    virtual QFuture<Result<QList<CreditUse>>> load(const QString &orgId, qint64 since) = 0;

    /// Sets these slots (a slot and kind that is there already is replaced), and drops what began before `since`.
    virtual QFuture<Result<void>> save(const QString &orgId, const QList<CreditUse> &uses, qint64 since) = 0;
};

} // namespace ringside
