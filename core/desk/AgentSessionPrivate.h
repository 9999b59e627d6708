// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AgentSession.h"
#include "CallBook.h"
#include "CallPayload.h"
#include "CallTracker.h"
#include "CallerBeforeLog.h"
#include "CrmReads.h"
#include "CustomerSearch.h"
#include "Disposition.h"
#include "NewPeople.h"
#include "Outbox.h"
#include "OutboxDispatcher.h"
#include "PhoneDoubts.h"
#include "ProfileSource.h"
#include "ScreenPop.h"

#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

namespace ringside {

/// The state of AgentSession; only its source files include this. AgentSessionCalls.cpp takes calls in,
/// AgentSessionLog.cpp takes them to the outbox, AgentSessionLeads.cpp follows leads that are converted,
/// AgentSessionSettings.cpp follows the settings, AgentSession.cpp has the rest.
class AgentSession::Private
{
public:
    Private(AgentSession *owner, const Parts &given);

    void connectAll();

    // Calls in.
    void whenRestored(std::function<void()> act);
    void heard(const CallEvent &event);
    void apply(const Call &call);
    void reconcile(const QString &sourceId, const QStringList &live);
    void phoneStateChanged(const CallSource &phone);
    void doubtChanged(const QString &trackerKey, bool doubtful);
    void endDoubtful(const QString &key);
    void showPop(CallEntry &entry);
    void popChanged(const QString &key);
    bool takePerson(CallEntry &entry);
    void signInChanged();
    void setApiVersion();
    void setLogOptions();
    void checkReferenceField();
    void prepareModules();
    void checkModules();
    void lookAgain();
    void changed(const CallEntry &entry);
    bool wantsPop(const CallEntry &entry) const;
    CallTracker::Options trackerOptions() const;

    // The log.
    void edited(const QString &key);
    void enqueue(const QString &key);
    void addToOutbox(const QString &key);
    void added(const QString &key, const Result<qint64> &result);
    CallPayload payload(const CallEntry &entry);
    bool callerSettled(const CallEntry &entry) const;
    OutboxEntry write(const CallEntry &entry);
    using Done = std::function<void(const Result<void> &)>;
    QFuture<Result<void>> prepare(const OutboxEntry &waiting);
    bool lacksNothing(const QString &key);
    void withNotes(const QString &key, const std::function<void()> &act);
    void settleCaller(const OutboxEntry &waiting, const Done &done);
    void followLead(const OutboxEntry &waiting, const Done &done);
    void moveFromConverted(const RecordRef &lead, const Record &now);
    void moveToContact(const QString &key, const RecordRef &lead, const Candidate &contact, const RecordRef &deal);
    void bringUpToDate(const OutboxEntry &waiting, const Done &done);
    void callsGone();
    void logged(const QString &key, const QString &crmCallId, const QByteArray &told);
    void sendWhatCameLate(const QString &key, const QByteArray &told);
    void putBack(const QString &key, const QByteArray &told, const CallActivity &given);
    void putBackPerson(CallEntry &entry, const Candidate &before);
    void rejected(const QString &key, const QString &sentence, const QList<FieldError> &fields);
    void suggest(const QString &key);

    // Profiles.
    CallerProfile *makeProfile(const Candidate &candidate, QObject *parent);
    Candidate candidateOf(const CallEntry &entry) const;

    AgentSession *q;
    Parts parts;
    CallBook book;
    CallTracker tracker;
    PhoneDoubts doubts;
    CrmReads reads;
    ScreenPop pop;
    CallerBeforeLog callers;
    OutboxDispatcher dispatcher;
    Disposition disposition;
    CustomerSearch recordSearch;
    std::shared_ptr<ProfileSource> profiles;
    NewPeople people;
    std::unique_ptr<CallSource> source;
    QTimer heartbeat; ///< While a call is in the air: how far it has come goes to disk.
    QTimer housekeeping; ///< A program may run for weeks.
    QTimer requeue;   ///< Notes changed after Ctrl+Enter: the waiting log follows, not at every key.
    QHash<QString, QString> resumed; ///< The tracker's key of a call that an earlier run began, to ours.
    QHash<QString, WrapUp *> wrapUps;
    QHash<QString, CallerProfile *> openProfiles;
    QList<QPointer<CallerProfile>> allProfiles; ///< Also those that the window owns.
    QList<std::function<void()>> waitingForRestore;
    QSet<QString> popped;
    QSet<QString> adding;      ///< On their way into the outbox.
    QSet<QString> changedLate; ///< Edited since they were queued, and the outbox has not taken that yet.
    QString signedInAs;
    QString modulesProblem; ///< As it was told.
    QString referenceProblem;
    bool started = false;
    bool restored = false;
};

} // namespace ringside
