// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RandomBench.h"

#include <functional>

namespace ringside::test {

/// Writes of all kinds through the client. One whose outcome is uncertain is looked up before it is repeated, unless it
/// may be repeated as it is.
class RandomWrites
{
public:
    explicit RandomWrites(RandomBench &bench) : m_bench(bench), m_held(bench.held) {}

    void one();

private:
    void create();
    void createActivity(const QString &module);
    void note();
    void upsertNew();
    void upsertHeld();
    void change(Held &held);
    void changeTooLate(Held &held);
    void tag(Held &held);
    void remove(qsizetype index);
    void convert();
    void becomes(const Held &lead, const LeadConversion &conversion, const ConvertedLead &made);
    Result<ConvertedLead> converted(const RecordRef &lead);

    /// The id of what was made, by `send`, or by `found` where the answer was lost; empty with a failure.
    QString madeOnce(const QString &what, const std::function<QFuture<Result<QString>>()> &send,
                     const std::function<Result<QStringList>()> &found);
    void hold(Held held);
    QString newMarker() { return QStringLiteral("Marker%1x").arg(++m_markers); }
    QString number() { return QStringLiteral("+9715%1").arg(m_bench.random.bounded(10000000, 99999999)); }
    QVariantMap fresh(const QString &module, const QString &marker);
    bool again(const Error &error, const QString &refusal);

    RandomBench &m_bench;
    HeldRecords &m_held;
    int m_markers = 0;
};

} // namespace ringside::test
