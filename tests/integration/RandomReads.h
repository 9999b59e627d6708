// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RandomBench.h"

namespace ringside::test {

/// Reads of all kinds through the client, each held against what is to be there. One that is refused although not
/// enough faults lay ahead of it is a failure.
class RandomReads
{
public:
    explicit RandomReads(RandomBench &bench) : m_bench(bench), m_held(bench.held) {}

    void one();

private:
    void record();
    void list();
    void query();
    void deleted();
    void search();
    void searchOfConverted();
    void searchTogether();
    void related();
    void relatedTogether();

    void begin(const char *what);
    void check(bool fine, const QString &problem);
    /// Whether it was read; a refusal that nothing explains is a failure.
    template <typename T> bool read(const Result<T> &result)
    {
        if (!result.ok())
            refused(result.error());
        return result.ok();
    }
    void refused(const Error &error);
    static QString numberOf(const Held &held) { return held.text(QStringLiteral("Mobile")); }

    RandomBench &m_bench;
    HeldRecords &m_held;
    QString m_what;
    int m_strikes = 0;
};

} // namespace ringside::test
