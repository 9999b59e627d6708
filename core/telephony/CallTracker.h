// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Call.h"

#include <QList>
#include <QStringList>

namespace ringside {

/// Folds events into calls. Pure: no clock of its own, no signals, no I/O. Stands duplicates (ignored), gaps (a connected
/// call that never rang is joined late), disorder (an ended call stays ended) and sources without ids.
/// A call without an id is known by its number within its source. Keeps the live calls and the last few hundred ended
/// ones. Rules: softphone reference, section 11.
class CallTracker
{
public:
    struct Options
    {
        QString region = QStringLiteral("US");
        int internalDigits = 6;
    };

    explicit CallTracker(Options options);

    void setOptions(Options options); ///< For what comes from now on.

    /// The calls that changed, in the order of change; usually one or none.
    QList<Call> apply(const CallEvent &event);

    /// The source is connected again and these of its calls (by callId) are in the air; others of that source that
    /// we hold as live have ended (Lost).
    QList<Call> reconcile(const QString &sourceId, const QStringList &liveCallIds, const QDateTime &now,
                          std::chrono::milliseconds monotonic);

    /// The phone lost sight of this call and the agent says that it is over: it ended (Lost) at that moment. Nothing
    /// when it is not live.
    std::optional<Call> lose(const QString &key, const QDateTime &at, std::chrono::milliseconds monotonic);

    /// Calls not ended, oldest first.
    QList<Call> live() const;
    const Call *find(const QString &key) const; ///< Valid until the next change; nullptr when not known (any more).
    const Call *find(const CallEvent &event);   ///< The call that the event speaks of; as above.

private:
    struct Entry
    {
        Call call;
        bool directionGuessed = false; ///< The source has not said yet.
    };

    Entry *entryFor(const CallEvent &event);
    QList<Call> begin(const CallEvent &event);
    bool learn(Entry &entry, const CallEvent &event) const;
    bool isForgotten(const CallEvent &event) const;
    void rememberEnded(const CallEvent &event);
    void trim();

    Options m_options;
    QList<Entry> m_entries;   ///< In the order of their first event. Bounded.
    QStringList m_endedUnseen; ///< Ids whose end came before anything else; bounded, newest last.
};

} // namespace ringside
