// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "CallVersions.h"
#include "PopResult.h"
#include "Result.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace ringside {

class CallLog;
class CallSource;
class CallerProfile;
class Clock;
class CrmClient;
class CustomerSearch;
class Directory;
class Disposition;
class NewPeople;
class NewPersonQueue;
class NoteDrafts;
class Outbox;
class OrgMetadata;
class OutboxDispatcher;
class Reachability;
class LeadOffer;
class RecordRemoval;
class ScreenPop;
class Settings;
class SignIn;
class WrapUp;

/// The agent's shift: calls come in from the sources, each is looked up, noted, kept, and logged. What the window shows
/// is read from here; what the agent does goes in here. Calls of earlier runs are read from the store at start, those
/// that were live when the program died are ended as Lost, their notes intact.
///
/// Signals: callAdded(key) once per call, then callChanged(key) for everything that changes in its entry; reset() after
/// the stored calls were read. popWanted(key) when a toast should show, popDone(key) when it should go.
class AgentSession final : public QObject
{
    Q_OBJECT

public:
    /// What it stands on; owned by the application, all must outlive it.
    struct Parts
    {
        const Settings &settings;
        const Clock &clock;
        CrmClient &crm;
        CallLog &callLog;
        NoteDrafts &drafts;
        Outbox &outbox;
        NewPersonQueue &newPersonQueue;
        Directory &directory;
        SignIn &signIn;
        OrgMetadata &metadata;
    };

    explicit AgentSession(const Parts &parts, QObject *parent = nullptr);
    ~AgentSession() override;

    /// Reads the stored calls and drafts. Call once, after the store is open (or has failed to open).
    void start();

    /// Takes ownership, starts it. Replaces the one there was (its live calls end as Lost).
    void setCallSource(std::unique_ptr<CallSource> source);
    const CallSource *callSource() const; ///< nullptr when no phone is set up.

    /// What waits for the network, or failed without it, is tried at once when it comes back. Must outlive the session.
    void followNetwork(const Reachability &network);

    /// Newest first.
    const QList<CallEntry> &calls() const;
    const CallEntry *call(const QString &key) const;
    /// The call whose notes were written last when the program ended, and are not in the CRM; empty when there are none.
    QString lastNoted() const;

    ScreenPop &screenPop();
    OutboxDispatcher &dispatcher();
    Disposition &disposition();
    CustomerSearch &recordSearch(); ///< For fields that point to a record.
    NewPeople &newPeople();
    /// Made on first use; owned by the session.
    WrapUp &wrapUp(const QString &key);
    /// Calls whose last notes are in memory only, because they could not be saved.
    QStringList unkeptNotes() const;
    /// The profile of the call's chosen record; nullptr when there is none. Owned by the session.
    CallerProfile *profile(const QString &key);
    /// A profile found by hand; owned by the caller's `parent`.
    CallerProfile *openProfile(const Candidate &candidate, QObject *parent);

    /// Taking a record out of use; nullptr where this desk offers no such thing. For a dialog to own.
    std::unique_ptr<RecordRemoval> removal(const RecordRef &ref, const QString &name);

    struct ForgottenPerson
    {
        int calls = 0; ///< Taken off the desk.
        int kept = 0;  ///< Stay, since the agent has still to do with their logs, or they go on.
    };
    /// Forgets what is kept of a person on this desk: the directory's entry with its numbers and choices, the photo,
    /// and the calls that are done with, with their notes. Nothing changes in the CRM. Errors: as the store's.
    QFuture<Result<ForgottenPerson>> forgetPerson(const RecordRef &ref);

    /// Making a contact of a lead; nullptr where it is not offered: see LeadOffer. For a dialog to own.
    bool canConvert(const RecordRef &ref) const;
    std::unique_ptr<LeadOffer> conversion(const RecordRef &ref, const QString &name) const;

    /// That lead became a contact, and that deal where it is not null. Its calls are with the contact now; of those that
    /// the CRM has logged, which it moves itself, `onDesk` alone is made sure of. What is sent belongs to the deal too,
    /// where the agent has not related it to something else.
    void leadConverted(const RecordRef &lead, const Candidate &contact, const RecordRef &deal,
                       const QString &onDesk = {});

    /// Ctrl+Enter: into the outbox. Told as problem() otherwise: the call has not ended, it is logged and unchanged,
    /// the org wants a field filled in (fieldNeeded() follows), the disk. A call in doubt (CallEntry::doubtful) is
    /// ended by it, as Lost. On success callChanged follows with Queued, later Logged or Rejected.
    ///
    /// A call that was logged is a Draft again once its wrap-up is edited, with its crmCallId: logging it then changes
    /// its record in the CRM. Another person (ScreenPop::choose(), unchoose()) is sent at once.
    void log(const QString &key);
    /// Gives up what was changed of a logged call and not sent yet: what the CRM has of it comes back. What is
    /// typed before it is back keeps it from coming, which is told as problem(); what is typed after that is a new change.
    void discardChanges(const QString &key);
    /// Of a Rejected change of a logged call: what somebody else has made of it in the CRM meanwhile, beside what the
    /// agent made of it. Then log() puts the agent's in place, and discardChanges() takes theirs. Empty where nobody has.
    QFuture<Result<QList<FieldVersions>>> versions(const QString &key);

    /// A call that the phone did not tell of, with this person; started now, ended, Draft. Gives its key.
    QString addManualCall(const Candidate &person, const PhoneNumber &number);

Q_SIGNALS:
    void reset();
    void callAdded(const QString &key);
    void callChanged(const QString &key);
    void popWanted(const QString &key);
    void popDone(const QString &key);
    void phoneChanged();
    /// Something the agent should read: a sentence. `key` may be empty.
    void problem(const QString &key, const QString &sentence);
    /// What is wrong with the modules that are searched for callers: a sentence, empty when all is well again.
    void modulesProblem(const QString &sentence);
    /// The call is not logged before this field of it (API name) is mended.
    void fieldNeeded(const QString &key, const QString &field);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
