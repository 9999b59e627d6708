// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ApiCost.h"

#include <QMap>
#include <deque>
#include <functional>

namespace ringside::sandbox {

/// The credits of a rolling day and the calls at once, both by edition, as an organisation has them. Not thread-safe:
/// the owner locks.
class ApiLimits
{
public:
    using Clock = std::function<qint64()>; ///< milliseconds

    static constexpr int usersLicensed = 250;

    explicit ApiLimits(Clock clock);

    static QStringList editions();
    /// free, standard, professional, enterprise (the default) or ultimate; sets credits and concurrency. False when it
    /// is none.
    bool setEdition(const QString &name);
    QString edition() const { return m_edition; }
    void setCredits(qint64 total) { m_total = total; }
    /// Sets what the last 24 hours are taken to have used.
    void setUsed(qint64 credits);
    void setConcurrency(int calls) { m_concurrency = calls; }
    void setHeavyConcurrency(int calls) { m_heavyConcurrency = calls; }
    /// X-RATELIMIT-… in every answer, as old documentation shows.
    void setOldHeaders(bool on) { m_oldHeaders = on; }
    /// The 429 body of old versions.
    void setOldReply(bool on) { m_oldReply = on; }

    /// False when the credits are used up; then nothing is taken.
    bool spend(const ApiCost &cost);
    /// False when the client has as many calls running as it may; otherwise leave() must follow.
    bool enter(const QString &clientId, const ApiCost &cost);
    void leave(const QString &clientId, const ApiCost &cost);

    /// Requests under way, whatever they are and cost and whoever sends them: counted, never limited.
    void arrived();
    void answered() { --m_requests; }
    /// The most at once is counted anew from what is under way now.
    void forgetMost();

    HttpReply refusal() const;
    /// X-API-CREDITS-REMAINING from half use on.
    void addHeaders(const QString &clientId, qint64 tokenExpiresAt, HttpReply *reply);
    QJsonObject report();

private:
    struct Spent
    {
        qint64 at;
        qint64 credits;
    };
    struct Running
    {
        int all = 0;
        int heavy = 0;
    };

    qint64 used();
    int running() const;

    Clock m_clock;
    QString m_edition;
    qint64 m_total = 0;
    int m_concurrency = 0;
    int m_heavyConcurrency = 10;
    bool m_oldHeaders = false;
    bool m_oldReply = false;
    std::deque<Spent> m_spent; ///< summed by minute
    qint64 m_used = 0;
    QHash<QString, Running> m_running;
    QMap<QString, qint64> m_requestsByKind;
    QMap<QString, qint64> m_creditsByKind;
    qint64 m_refused = 0;
    int m_mostAtOnce = 0;
    int m_requests = 0;
    int m_mostRequests = 0;
};

} // namespace ringside::sandbox
