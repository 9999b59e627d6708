// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ActivityApi.h"
#include "Error.h"
#include "Outbox.h"
#include "OutboxDispatcher.h"
#include "SendOutcome.h"

#include <QHash>
#include <QSet>
#include <QTimer>

namespace ringside {

/// The state of OutboxDispatcher; only its source files include this. OutboxDispatcherConfirming.cpp asks for what may
/// have been written, OutboxDispatcherUpdates.cpp changes the records of logged calls, OutboxDispatcher.cpp has the rest.
class OutboxDispatcher::Private
{
public:
    Private(OutboxDispatcher *dispatcher, Outbox &box, ActivityApi &api, const Clock &time)
        : q(dispatcher), outbox(box), crm(api), clock(time)
    {
    }

    void pump();
    void look(const QList<OutboxEntry> &open);
    void prepare(const OutboxEntry &entry);
    void takeNext(qint64 prepared);
    void send(const OutboxEntry &entry);
    void answered(const OutboxEntry &entry, const Result<QString> &answer);

    // What may have been written.
    void answerLost(const OutboxEntry &entry, const QString &reason);
    void uncertain(const OutboxEntry &entry, std::chrono::milliseconds wait, const QString &reason);
    void confirm(const OutboxEntry &entry);
    struct Question
    {
        std::chrono::milliseconds sinceLost{0}; ///< When it was asked: what the answer tells of is no newer.
        int offset = 0;                         ///< Of the rows asked for.
    };
    void lookUp(const OutboxEntry &entry, const Question &question);
    void confirmed(const OutboxEntry &entry, const Question &question, const Result<RecordPage> &page);
    void cannotTell(const OutboxEntry &entry, const Error &error);
    void notThere(const OutboxEntry &entry, const Question &question);
    void noteLosses(const QList<OutboxEntry> &open);
    void forget(qint64 id);
    static QString checking(const OutboxEntry &entry);
    std::chrono::milliseconds sinceLost(const OutboxEntry &entry) const;
    std::chrono::milliseconds untilNextQuestion(const OutboxEntry &entry) const;

    void complete(const OutboxEntry &entry, const QString &crmId);
    void reject(const OutboxEntry &entry, const QString &sentence, const QByteArray &found = {});
    void refused(const OutboxEntry &entry, const SendOutcome &why, const QByteArray &found = {});

    // Changes of logged calls: see CallUpdate.h.
    void readForUpdate(const OutboxEntry &entry);
    void update(const OutboxEntry &entry, const Record &now);
    void updateAnswered(const OutboxEntry &entry, const Result<WrittenRecord> &answer);
    void waitWithUpdate(const OutboxEntry &entry, const Error &error);

    void move(const OutboxEntry &entry, OutboxState state, std::chrono::milliseconds wait, const QString &reason);
    void storeTrouble(const Error &error);
    void stepDone();
    void schedule();
    bool due(const OutboxEntry &entry) const;

    OutboxDispatcher *q;
    Outbox &outbox;
    ActivityApi &crm;
    const Clock &clock;
    Preparation preparation;
    ConfirmPolicy policy;
    QTimer timer;
    QList<OutboxEntry> entries;    ///< As last read, not Done.
    QHash<qint64, int> unanswered; ///< How often in a row the question whether it is there got no answer.
    QHash<qint64, int> held;       ///< How often in a row it was held back before sending.
    QHash<qint64, int> absences;   ///< How often the CRM said "not there" after the commit window.
    QHash<qint64, std::chrono::milliseconds> losses; ///< When the answer was lost, as far as this run knows; monotonic.
    QString owner;
    QString problem;
    QDateTime holdUntil; ///< The CRM asked for silence; a kick does not break it.
    bool active = false;
    bool busy = false; ///< One step at a time: this is what keeps a write from being sent twice by us.
    bool again = false;
    bool kicked = false;
    QSet<qint64> urgent; ///< Entries that need not wait for their back-off, since the last kick.
};

} // namespace ringside
