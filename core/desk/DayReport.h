// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallComparison.h"
#include "CallEntry.h"
#include "Ledger.h"

#include <QDate>

#include <optional>

namespace ringside {

/// One call of a day's statement.
struct DayCall
{
    enum class State {
        NeedsNoLog, ///< Answered elsewhere, internal, or missed and not to be logged.
        GoingOn,
        NotLogged, ///< The agent has it still to log.
        Waiting,   ///< On its way to the CRM.
        Rejected,
        Logged,
        Missing, ///< It was logged, or at least heard, and is not there.
    };

    CallEntry entry;
    State state = State::NeedsNoLog;
    bool changeWaits = false;  ///< Logged, and changed since.
    bool onDesk = true;        ///< False: only the ledger knows of it.
    bool thereAlready = false; ///< The CRM has it, though this desk does not know it as logged.
    QStringList records{};     ///< Ids of the CRM's records. More than one: it is there twice.

    bool twice() const { return records.size() > 1; }
    bool isProblem() const { return state == State::Missing || state == State::Rejected || twice(); }
    /// "Logged", "Missing", …
    QString stateText() const;
    /// What is wrong with it, what is safe and what to do: whole sentences; empty where all is well.
    QString remark() const;
    QDateTime localStart() const { return entry.startedAt.toOffsetFromUtc(entry.offsetSeconds); }
};

/// The statement of one day: its calls and what became of them. A value, for people.
struct DayReport
{
    struct Counts
    {
        int calls = 0; ///< Those that are to be logged; the following but `twice` and needNoLog add up to it.
        int logged = 0;
        int twice = 0; ///< Of those logged.
        int missing = 0;
        int waiting = 0;
        int rejected = 0;
        int notLogged = 0;
        int goingOn = 0;
        int needNoLog = 0;
    };

    QDate day;
    QList<DayCall> calls; ///< Oldest first.
    Counts counts;
    int removed = 0; ///< Calls of the day that were taken off this desk since; nothing else is known of them.

    /// What this desk knows by itself of this day. Pure. Of `heard` those count that began on this day and were not
    /// removed from the desk on purpose.
    static DayReport of(const QDate &day, const QList<CallEntry> &stored, const QList<HeardCall> &heard);
    /// With what the CRM has.
    void compare(const CallComparison &comparison);

    QList<ComparedCall> compared() const;
    /// "61 calls, 61 logged, 0 twice, 0 missing, 2 waiting"
    QString sentence() const;
    /// What that leaves out, as far as there is any: whole sentences.
    QString more() const;

private:
    void count();
};

} // namespace ringside
