// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Call.h"

#include <QHash>
#include <QList>

namespace ringside {

class Clock;

/// Folds events into calls. Pure: no clock of its own, no signals, no I/O. Stands duplicates (ignored), gaps (a connected
/// call that never rang is joined late), disorder (an ended call stays ended) and sources without ids.
/// Rules: softphone reference, section 11.
class CallTracker
{
public:
    struct Options
    {
        QString region = QStringLiteral("US");
        int internalDigits = 6;
    };

    explicit CallTracker(Options options);

    void setOptions(Options options);

    /// The calls that changed, in the order of change; usually one or none.
    QList<Call> apply(const CallEvent &event);

    /// The source is connected again and these of its calls (by callId) are in the air; others of that source that
    /// we hold as live have ended (Lost).
    QList<Call> reconcile(const QString &sourceId, const QStringList &liveCallIds, const QDateTime &now,
                          std::chrono::milliseconds monotonic);

    /// Calls not ended, oldest first.
    QList<Call> live() const;
    const Call *find(const QString &key) const;

private:
    Options m_options;
    QList<Call> m_calls;
};

} // namespace ringside
