// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditState.h"
#include "HttpMessage.h"
#include "Record.h"
#include "Result.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>

#include <chrono>
#include <memory>
#include <vector>

namespace ringside {

class Clock;
class CrmClient;

/// Reads that several parts of the desk want, made once: the look-up confirms a caller by the very record whose profile
/// shows a moment later. What was read is given again for a while, the longer the scarcer credits are. Also says how
/// freely to spend, and whether composite requests work here. Belongs to the session.
class CrmReads final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    CrmReads(CrmClient &crm, const Clock &clock);

    /// The whole record, as CrmClient::record() gives it; however many ask at once, it is one request. It is not taken
    /// back when those who asked have gone. Errors are not kept.
    QFuture<Result<Record>> record(const RecordRef &ref, RequestPriority priority);
    /// It was changed: the next one who asks gets it from the CRM, also when an earlier read is still under way.
    void forget(const RecordRef &ref);
    /// Another sign-in: nothing read before is given again.
    void forgetAll();

    CreditLevel level() const;
    /// How long a record that was read is given again.
    std::chrono::milliseconds freshFor() const;

    bool together() const { return m_together; }
    /// The CRM refused a composite request as such: for this sign-in, parts are asked for one by one.
    void togetherRefused(const Error &error);
    /// Whether an error of a composite request means that, rather than a bad moment.
    static bool refusesTogether(const Error &error);

private:
    struct Kept
    {
        Record record;
        std::chrono::milliseconds at{0};
    };

    using Waiting = std::shared_ptr<std::vector<QPromise<Result<Record>>>>;

    void answered(const QString &key, const Waiting &waiting, const Result<Record> &record);
    void keep(const QString &key, const Record &record);

    CrmClient &m_crm;
    const Clock &m_clock;
    QHash<QString, Kept> m_kept;
    QHash<QString, Waiting> m_waiting;
    bool m_together = true;
};

} // namespace ringside
