// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

namespace ringside {

class ScheduledRequest;

/// The requests that wait, and which goes next: the most urgent class first, the oldest first within a class. A higher
/// class overtakes, but no request is overtaken more than `mostOvertakings` times by ones that came later: then it goes
/// before all others, whatever its class, so that nothing waits for ever while a phone keeps ringing. Owns none of them.
class RequestQueue
{
public:
    static constexpr int mostOvertakings = 12;

    /// Again after a back-off: it keeps its age and what it has suffered.
    void add(ScheduledRequest *request);
    void remove(ScheduledRequest *request) { m_waiting.removeOne(request); }
    bool isEmpty() const { return m_waiting.isEmpty(); }

    /// The next one, which leaves the queue; nullptr when none may go. Refresh and Sync go only with `backgroundToo`.
    ScheduledRequest *take(bool backgroundToo);
    QList<ScheduledRequest *> takeAll();

    static bool isBackground(const ScheduledRequest *request);

private:
    QList<ScheduledRequest *> m_waiting; ///< By class, then by age.
    qint64 m_last = 0;
};

} // namespace ringside
