// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditState.h"
#include "CreditStore.h"

#include <QObject>

#include <memory>

namespace ringside {

class Clock;
struct HttpReply;
struct HttpRequest;

/// Counts what this desk spends of the company's API credits, hears from the CRM what is left, and says how long that lasts.
/// The count of the last 24 hours survives restarts once keepIn() was called. Belongs to the scheduler, which tells it of
/// every answer.
///
/// changed() whenever state() is another; levelChanged() before it, when the level is.
class CreditMeter final : public QObject
{
    Q_OBJECT

public:
    explicit CreditMeter(const Clock &clock, QObject *parent = nullptr);
    /// Keeps what is not kept yet; the store finishes writing by itself.
    ~CreditMeter() override;

    /// Reads what an earlier run counted and keeps the count there from now on. The store must outlive it.
    void keepIn(CreditStore &store);
    /// Whose credits they are. What was counted before the company was known is counted as its own; the count of another
    /// company is put aside.
    void setOrg(const QString &orgId);
    /// What the company has a day, where the CRM does not say it in its headers; -1 = not known.
    void setLimit(qint64 credits);

    /// A request was answered (any status but 401 and 429, which the CRM refuses before it looks), or may have been.
    void spent(const HttpRequest &request);
    /// The headers of an answer.
    void heard(const HttpReply &reply);
    /// The CRM takes no more requests, or does again.
    void setExhausted(bool exhausted);

    const CreditState &state() const;
    CreditLevel level() const { return state().level; }
    /// By this desk in the last 24 hours.
    CreditUse used(CreditKind kind) const;

Q_SIGNALS:
    void changed();
    void levelChanged(ringside::CreditLevel level);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
