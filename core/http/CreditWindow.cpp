// SPDX-License-Identifier: Apache-2.0
#include "CreditWindow.h"

#include <algorithm>

namespace ringside {

namespace {

void join(CreditUse &sum, const CreditUse &use)
{
    sum.requests += use.requests;
    sum.credits += use.credits;
}

} // namespace

qint64 CreditWindow::slotOf(const QDateTime &now)
{
    const qint64 seconds = now.toSecsSinceEpoch();
    return seconds - seconds % slotLength.count();
}

// A slot counts until its last second is a day old: better a little too much than too little.
qint64 CreditWindow::oldestSlot(const QDateTime &now)
{
    return slotOf(now.addSecs(-length.count()));
}

CreditUse &CreditWindow::at(qint64 slot, CreditKind kind)
{
    auto found = m_slots.find(slot);
    if (found == m_slots.end()) {
        found = m_slots.insert(slot, {});
        for (int i = 0; i < creditKinds; ++i)
            (*found)[static_cast<size_t>(i)] = {.slot = slot, .kind = static_cast<CreditKind>(i)};
    }
    return (*found)[static_cast<size_t>(kind)];
}

void CreditWindow::prune(const QDateTime &now)
{
    const qint64 oldest = oldestSlot(now);
    while (!m_slots.isEmpty() && m_slots.firstKey() < oldest)
        m_slots.erase(m_slots.begin());
}

void CreditWindow::add(const CreditCost &cost, const QDateTime &now)
{
    prune(now);
    join(at(slotOf(now), cost.kind), {.requests = 1, .credits = cost.credits});
}

void CreditWindow::add(const QList<CreditUse> &uses, const QDateTime &now)
{
    for (const CreditUse &use : uses)
        join(at(use.slot, use.kind), use);
    prune(now);
}

CreditUse CreditWindow::total(const QDateTime &now) const
{
    CreditUse sum;
    for (int i = 0; i < creditKinds; ++i)
        join(sum, total(static_cast<CreditKind>(i), now));
    return sum;
}

CreditUse CreditWindow::total(CreditKind kind, const QDateTime &now) const
{
    CreditUse sum{.kind = kind};
    for (auto slot = m_slots.lowerBound(oldestSlot(now)); slot != m_slots.cend(); ++slot)
        join(sum, (*slot)[static_cast<size_t>(kind)]);
    return sum;
}

QList<CreditUse> CreditWindow::slot(qint64 begin) const
{
    QList<CreditUse> uses;
    const auto found = m_slots.find(begin);
    if (found == m_slots.cend())
        return uses;
    std::copy_if(found->cbegin(), found->cend(), std::back_inserter(uses),
                 [](const CreditUse &use) { return use.requests > 0; });
    return uses;
}

QList<CreditUse> CreditWindow::all() const
{
    QList<CreditUse> uses;
    const QList<qint64> begins = m_slots.keys();
    for (const qint64 begin : begins)
        uses += slot(begin);
    return uses;
}

double CreditWindow::hourlyRate(const QDateTime &now, std::chrono::hours hours) const
{
    constexpr qint64 fewestSeconds = 20 * 60; // A burst at start is no rate.
    constexpr double secondsInHour = 3600;
    const auto first = m_slots.lowerBound(slotOf(now.addSecs(-std::chrono::seconds(hours).count())));
    if (first == m_slots.cend() || now.toSecsSinceEpoch() - first.key() < fewestSeconds)
        return 0;
    qint64 credits = 0;
    for (auto slot = first; slot != m_slots.cend(); ++slot) {
        for (const CreditUse &use : *slot)
            credits += use.credits;
    }
    return static_cast<double>(credits) * secondsInHour / static_cast<double>(now.toSecsSinceEpoch() - first.key());
}

} // namespace ringside
