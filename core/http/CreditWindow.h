// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditStore.h"

#include <QDateTime>
#include <QMap>

#include <array>
#include <chrono>

namespace ringside {

/// What this desk used in the last 24 hours, in slots of ten minutes, by kind of request. Pure: time comes from the caller.
class CreditWindow
{
public:
    static constexpr std::chrono::seconds slotLength = std::chrono::minutes(10);
    static constexpr std::chrono::seconds length = std::chrono::hours(24);

    /// The slot that `now` is in, and the oldest that still counts then.
    static qint64 slotOf(const QDateTime &now);
    static qint64 oldestSlot(const QDateTime &now);

    void add(const CreditCost &cost, const QDateTime &now);
    /// What was kept of an earlier run; comes on top of what is here.
    void add(const QList<CreditUse> &uses, const QDateTime &now);
    void clear() { m_slots.clear(); }

    /// Sums over the last 24 hours.
    CreditUse total(const QDateTime &now) const;
    CreditUse total(CreditKind kind, const QDateTime &now) const;

    /// All kinds of the current slot, for keeping.
    QList<CreditUse> slot(qint64 begin) const;
    QList<CreditUse> all() const;

    /// Credits an hour over the last `hours` at most (or since the first use of them); 0 when there is too little to tell.
    double hourlyRate(const QDateTime &now, std::chrono::hours hours) const;

private:
    using Kinds = std::array<CreditUse, creditKinds>;

    void prune(const QDateTime &now);
    CreditUse &at(qint64 slot, CreditKind kind);

    QMap<qint64, Kinds> m_slots;
};

} // namespace ringside
