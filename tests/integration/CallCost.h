// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "FlowBench.h"

#include <QMap>
#include <QPair>

namespace ringside {
class CallerProfile;
enum class CreditLevel;
} // namespace ringside

namespace ringside::test {

/// What a handled call costs, as the sandbox counts it, by kind of request; metadata and sign-in, which are paid once a
/// day, apart.
struct Cost
{
    QMap<QString, int> credits;  ///< Of the call, by kind.
    QMap<QString, int> requests; ///< The same, requests.

    int total() const;
    int totalRequests() const;
    QString text() const; ///< "5 credits: search 3, get 1, composite 1".
};

/// Plays calls on a desk over sockets, as the window would show them, and measures each.
class CallCost : public FlowBench
{
public:
    /// Begins with an empty store.
    void freshDesk();
    void startOnce() { startSandbox(); }
    /// Hangs up: whoever connects next is told of the calls that are in the air.
    void stop();

    /// Rings until caller and profile are there. The agent opens no tab. `profileComes`: somebody is found.
    Cost ring(const QString &number, bool profileComes);
    /// The call is answered, noted, ended and logged.
    Cost log();
    /// The agent wants the rest of the timeline of the call that rang last.
    Cost readRest();
    /// What was read is too old to be given again.
    void later() { m_clock.skip(std::chrono::minutes(20)); }

    QString number(const char *which) const { return sample(which); }
    void setCredits(int limit, int used);
    CreditLevel level();
    CallerProfile *profile();
    /// "Not this person."
    void rejectPerson();
    /// Rings all of these without waiting for one of them, at a CRM that takes its time, and lets their look-ups and
    /// profiles come. Gives the most requests that were under way at once.
    int ringAtOnce(const QStringList &numbers);
    /// How many requests had this in their path.
    int arrivalsOf(const QString &path);
    /// Requests that came while as many were under way as the client may have.
    int refused();
    QString failure; ///< Why a measurement is worth nothing; empty = all went well.

private:
    using Count = QPair<QMap<QString, int>, QMap<QString, int>>;

    Count count();
    Cost since(const Count &before);
    bool until(const char *what, const std::function<bool()> &done);

    QString m_key;
    QString m_id;
    QString m_number;
    QStringList m_inTheAir;
    int m_calls = 0;
};

} // namespace ringside::test
