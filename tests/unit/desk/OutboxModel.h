// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ActivityApi.h"
#include "FakeClock.h"
#include "OutboxDispatcher.h"
#include "Store.h"

#include <QPromise>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace ringside {
class Outbox;
}

namespace ringside::test {

/// A CRM that does what it is told, when it is told: it takes requests and keeps them open.
class ToldCrm final : public ActivityApi
{
public:
    QFuture<Result<QString>> createCall(const CallActivity &call) override;
    QFuture<Result<RecordPage>> query(const QString &module, const QString &selectQuery,
                                      RequestPriority priority) override;
    QVariantMap callValues(const CallActivity &) const override { return {}; }
    QVariant callShown(const QString &, const QVariant &stored) const override { return stored; }
    // Not of the model.
    QFuture<Result<Record>> record(const RecordRef &ref, const QStringList &fields, RequestPriority priority) override;
    QFuture<Result<WrittenRecord>> updateRecord(const RecordRef &ref, const QVariantMap &changes,
                                                const WriteOptions &options) override;

    bool sending() const { return m_send != nullptr; }
    bool asking() const { return m_question != nullptr; }
    void commit();
    void answerSend(); ///< With the last record.
    void loseSend();
    enum class Moment { OfTheQuestion, OfTheAnswer };
    void answerQuestion(Moment of); ///< Gives what it had at that moment.
    void loseQuestion();
    void hangUp(); ///< The program is gone.

    int records() const { return static_cast<int>(m_records.size()); }
    int knownWhenAsked() const { return m_knownWhenAsked; }
    QString lastId() const { return QString::number(m_records.size()); }
    int sends() const { return m_sends; }

private:
    RecordPage page(int count) const;

    QStringList m_records; ///< Their descriptions.
    QString m_description;
    std::shared_ptr<QPromise<Result<QString>>> m_send;
    std::shared_ptr<QPromise<Result<RecordPage>>> m_question;
    int m_knownWhenAsked = 0;
    int m_sends = 0;
};

/// One call's log from the outbox to the CRM, on the shipping outbox, dispatcher and store; the CRM, the wire and the
/// clock are the model's. Each event is followed by all that the dispatcher does of itself until it waits.
class OutboxModel
{
public:
    enum class Event {
        SendAnswered,
        SendLostBeforeCommit,
        SendLostAfterCommit,
        SendLostCommitComes,
        LateCommit,
        CrashBeforeCommit, ///< Crashes of one that sends: what becomes of the write is open.
        CrashAfterCommit,
        CrashCommitComes,
        Crash,
        Restart,
        ConfirmAnswered,
        ConfirmAnsweredOfBefore, ///< With what the CRM had when it was asked.
        ConfirmLost,
        TimePasses,
    };
    using Trail = QList<Event>;

    OutboxModel(Store &store, const ConfirmPolicy &policy);
    ~OutboxModel();

    /// From the beginning. False when the dispatcher came to no rest.
    bool replay(const Trail &trail);
    bool apply(Event event);
    QList<Event> enabled() const;
    /// Nothing goes wrong any more: until the log is done.
    bool finish();

    int records() const { return m_crm->records(); }
    int sends() const { return m_crm->sends(); }
    bool done() const;
    /// What tells one state from another, as far as can be seen from here.
    QString state() const;

    static QString name(Event event);
    static QString names(const Trail &trail);

private:
    bool begin();
    bool start();
    bool crash(bool comes);
    bool rest();
    bool runUntil(const std::function<bool()> &condition);
    void pass();
    void commitDue(std::chrono::milliseconds until);
    int phase() const;

    Store &m_store;
    const ConfirmPolicy m_policy;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ToldCrm> m_crm;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<OutboxDispatcher> m_dispatcher;
    QList<std::chrono::milliseconds> m_late; ///< By when what is still to be committed is.
    std::optional<std::chrono::milliseconds> m_lostAt;
    int m_absences = 0;     ///< As a correct dispatcher counts them.
    bool m_askedLate = false; ///< The open question was put after the window.
    int m_changes = 0;
};

} // namespace ringside::test
