// SPDX-License-Identifier: Apache-2.0
#include "CrmReads.h"

#include "Clock.h"
#include "CrmClient.h"
#include "Logging.h"
#include "WhenReady.h"

#include <utility>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype mostKept = 50;

QString keyOf(const RecordRef &ref)
{
    return ref.module + QLatin1Char('/') + ref.id;
}

} // namespace

CrmReads::CrmReads(CrmClient &crm, const Clock &clock) : m_crm(crm), m_clock(clock) {}

QFuture<Result<Record>> CrmReads::record(const RecordRef &ref, RequestPriority priority)
{
    const QString key = keyOf(ref);
    const auto kept = m_kept.constFind(key);
    if (kept != m_kept.cend() && m_clock.monotonic() - kept->at < freshFor())
        return readyFuture<Record>(kept->record);
    auto &waiting = m_waiting[key];
    const bool first = !waiting;
    if (first)
        waiting = std::make_shared<std::vector<QPromise<Result<Record>>>>();
    QPromise<Result<Record>> &promise = waiting->emplace_back();
    promise.start();
    const QFuture<Result<Record>> future = promise.future();
    if (first) {
        whenReady(this, m_crm.record(ref, {}, priority),
                  [this, key, mine = waiting](const Result<Record> &answer) { answered(key, mine, answer); });
    }
    return future;
}

// What was forgotten meanwhile goes to those who asked before, and is not kept for others.
void CrmReads::answered(const QString &key, const Waiting &waiting, const Result<Record> &record)
{
    if (m_waiting.value(key) == waiting) {
        m_waiting.remove(key);
        if (record)
            keep(key, record.value());
    }
    for (QPromise<Result<Record>> &promise : *waiting) {
        promise.addResult(record);
        promise.finish();
    }
}

void CrmReads::keep(const QString &key, const Record &record)
{
    if (m_kept.size() >= mostKept) {
        auto oldest = m_kept.begin();
        for (auto one = m_kept.begin(); one != m_kept.end(); ++one)
            oldest = one->at < oldest->at ? one : oldest;
        m_kept.erase(oldest);
    }
    m_kept.insert(key, {.record = record, .at = m_clock.monotonic()});
}

void CrmReads::forget(const RecordRef &ref)
{
    m_kept.remove(keyOf(ref));
    m_waiting.remove(keyOf(ref));
}

void CrmReads::forgetAll()
{
    m_kept.clear();
    m_waiting.clear();
    m_together = true;
}

CreditLevel CrmReads::level() const
{
    return m_crm.creditLevel();
}

std::chrono::milliseconds CrmReads::freshFor() const
{
    switch (level()) {
    case CreditLevel::Plenty:
        return 30s; // The call that has just come in.
    case CreditLevel::Saving:
        return 10min;
    case CreditLevel::Scarce:
    case CreditLevel::Exhausted:
        return 1h;
    }
    return 30s;
}

bool CrmReads::refusesTogether(const Error &error)
{
    return isLasting(error.kind);
}

void CrmReads::togetherRefused(const Error &error)
{
    if (std::exchange(m_together, false))
        qCInfo(logDesk) << "no composite requests here, parts are read one by one:" << error.code;
}

} // namespace ringside
