// SPDX-License-Identifier: Apache-2.0
#include "OutboxModel.h"

#include "CallPayload.h"
#include "Outbox.h"
#include "Statement.h"
#include "WhenReady.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace ringside::test {

using namespace std::chrono_literals;

namespace {

/// Zoho commits within this time after a connection's end. That the model has it so is what the promise rests on.
constexpr auto commitsWithin = std::chrono::milliseconds(60s);
constexpr auto patience = std::chrono::milliseconds(20s);
constexpr int mostSteps = 60; // until a log is done, with nothing going wrong

Error lostAnswer()
{
    return Error{.kind = ErrorKind::Network, .message = QStringLiteral("The answer was lost.")};
}

CallPayload payload()
{
    CallActivity call;
    call.subject = QStringLiteral("Call");
    call.start = QDateTime(QDate(2026, 3, 9), QTime(9, 0), Qt::UTC);
    call.duration = 95s;
    call.description = QStringLiteral("Notes.\n\nRingside reference: aaaaaaaa");
    return {.call = call, .reference = QStringLiteral("Ringside reference: aaaaaaaa")};
}

} // namespace

QFuture<Result<QString>> ToldCrm::createCall(const CallActivity &call)
{
    ++m_sends;
    m_description = call.description;
    m_send = std::make_shared<QPromise<Result<QString>>>();
    m_send->start();
    return m_send->future();
}

QFuture<Result<RecordPage>> ToldCrm::query(const QString &, const QString &, RequestPriority)
{
    m_knownWhenAsked = records();
    m_question = std::make_shared<QPromise<Result<RecordPage>>>();
    m_question->start();
    return m_question->future();
}

QFuture<Result<Record>> ToldCrm::record(const RecordRef &, const QStringList &, RequestPriority)
{
    return failedFuture<Record>(lostAnswer());
}

QFuture<Result<WrittenRecord>> ToldCrm::updateRecord(const RecordRef &, const QVariantMap &, const WriteOptions &)
{
    return failedFuture<WrittenRecord>(lostAnswer());
}

void ToldCrm::commit()
{
    m_records.append(m_description);
}

void ToldCrm::answerSend()
{
    const auto send = std::exchange(m_send, nullptr);
    send->addResult(Result<QString>(lastId()));
    send->finish();
}

void ToldCrm::loseSend()
{
    const auto send = std::exchange(m_send, nullptr);
    send->addResult(Result<QString>(lostAnswer()));
    send->finish();
}

RecordPage ToldCrm::page(int count) const
{
    RecordPage page;
    for (int i = 0; i < count; ++i) {
        page.records.append(Record({QStringLiteral("Calls"), QString::number(i + 1)},
                                   {{QStringLiteral("Description"), m_records.at(i)}}));
    }
    return page;
}

void ToldCrm::answerQuestion(Moment of)
{
    const auto question = std::exchange(m_question, nullptr);
    question->addResult(Result<RecordPage>(page(of == Moment::OfTheAnswer ? records() : m_knownWhenAsked)));
    question->finish();
}

void ToldCrm::loseQuestion()
{
    const auto question = std::exchange(m_question, nullptr);
    question->addResult(Result<RecordPage>(lostAnswer()));
    question->finish();
}

void ToldCrm::hangUp()
{
    if (const auto send = std::exchange(m_send, nullptr))
        send->finish();
    if (const auto question = std::exchange(m_question, nullptr))
        question->finish();
}

OutboxModel::OutboxModel(Store &store, const ConfirmPolicy &policy) : m_store(store), m_policy(policy) {}

OutboxModel::~OutboxModel() = default;

QString OutboxModel::name(Event event)
{
    static const QStringList names{
        QStringLiteral("send answered"),
        QStringLiteral("answer lost before commit"),
        QStringLiteral("answer lost after commit"),
        QStringLiteral("answer lost, commit still to come"),
        QStringLiteral("late commit"),
        QStringLiteral("crash before commit"),
        QStringLiteral("crash after commit"),
        QStringLiteral("crash, commit still to come"),
        QStringLiteral("crash"),
        QStringLiteral("restart"),
        QStringLiteral("confirm answered"),
        QStringLiteral("confirm answered with what was there before"),
        QStringLiteral("confirm lost"),
        QStringLiteral("time passes"),
    };
    return names.at(static_cast<int>(event));
}

QString OutboxModel::names(const Trail &trail)
{
    QStringList list;
    for (const Event event : trail)
        list.append(name(event));
    return list.join(QLatin1String("; "));
}

// Not QTest's waiting, which sleeps ten milliseconds at a time.
bool OutboxModel::runUntil(const std::function<bool()> &condition)
{
    QElapsedTimer waited;
    waited.start();
    while (!condition()) {
        if (waited.hasExpired(patience.count()))
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    }
    return true;
}

bool OutboxModel::replay(const Trail &trail)
{
    return begin() && std::all_of(trail.cbegin(), trail.cend(), [this](Event event) { return apply(event); });
}

bool OutboxModel::begin()
{
    m_dispatcher.reset();
    m_outbox.reset();
    m_clock = std::make_unique<FakeClock>();
    m_crm = std::make_unique<ToldCrm>();
    m_late.clear();
    m_lostAt.reset();
    m_absences = 0;
    Outbox outbox(m_store);
    OutboxEntry entry;
    entry.callKey = QStringLiteral("aaaaaaaa-1");
    entry.kind = outboxKind::call;
    entry.payload = payload().encoded();
    entry.createdAt = m_clock->now();
    entry.notBefore = entry.createdAt;
    const auto emptied = m_store.write<void>(Store::WritePriority::Draft, [](Database &database) {
        return Statement(database, "DELETE FROM outbox").run();
    });
    const auto added = outbox.add(entry);
    return runUntil([&] { return emptied.isFinished() && added.isFinished(); }) && added.result().ok() && start();
}

bool OutboxModel::start()
{
    m_outbox = std::make_unique<Outbox>(m_store);
    m_dispatcher = std::make_unique<OutboxDispatcher>(*m_outbox, *m_crm, *m_clock);
    m_dispatcher->setConfirmPolicy(m_policy);
    m_changes = 0;
    QObject::connect(m_dispatcher.get(), &OutboxDispatcher::changed, m_dispatcher.get(), [this] { ++m_changes; });
    m_dispatcher->setActive(true, QStringLiteral("5725767000000411001"));
    return runUntil([this] { return m_changes > 0; }) && rest();
}

/// It waits for the CRM, for the clock, or for nothing any more.
bool OutboxModel::rest()
{
    return runUntil([this] {
        return m_crm->sending() || m_crm->asking() || done() ||
               (m_dispatcher->nextTryAt().isValid() && m_dispatcher->nextTryAt() > m_clock->now());
    });
}

bool OutboxModel::done() const
{
    return m_dispatcher && m_dispatcher->waiting() == 0;
}

void OutboxModel::commitDue(std::chrono::milliseconds until)
{
    for (qsizetype i = m_late.size() - 1; i >= 0; --i) {
        if (m_late.at(i) <= until) {
            m_late.removeAt(i);
            m_crm->commit();
        }
    }
}

void OutboxModel::pass()
{
    const bool waits = m_dispatcher && !m_crm->sending() && !m_crm->asking();
    const auto by = waits ? std::chrono::milliseconds(m_clock->now().msecsTo(m_dispatcher->nextTryAt()))
                          : commitsWithin / 2;
    // What is to come within the time comes at its last moment, if it is not an event of its own before.
    commitDue(m_clock->monotonic() + by);
    m_clock->advance(by);
    if (waits)
        m_dispatcher->kick();
}

bool OutboxModel::crash(bool comes)
{
    m_dispatcher.reset();
    m_outbox.reset();
    m_crm->hangUp();
    if (comes)
        m_late.append(m_clock->monotonic() + commitsWithin);
    return true;
}

bool OutboxModel::apply(Event event)
{
    const auto lost = [this] {
        m_lostAt = m_clock->monotonic();
        m_absences = 0;
    };
    switch (event) {
    case Event::SendAnswered:
        m_crm->commit();
        m_crm->answerSend();
        return rest();
    case Event::SendLostAfterCommit:
        m_crm->commit();
        [[fallthrough]];
    case Event::SendLostBeforeCommit:
        lost();
        m_crm->loseSend();
        return rest();
    case Event::SendLostCommitComes:
        lost();
        m_late.append(m_clock->monotonic() + commitsWithin);
        m_crm->loseSend();
        return rest();
    case Event::LateCommit:
        m_late.removeFirst();
        m_crm->commit();
        return true;
    case Event::CrashAfterCommit:
        m_crm->commit();
        return crash(false);
    case Event::CrashCommitComes:
        return crash(true);
    case Event::CrashBeforeCommit:
    case Event::Crash:
        return crash(false);
    case Event::Restart:
        lost();
        return start();
    case Event::ConfirmAnsweredOfBefore:
    case Event::ConfirmAnswered: {
        const auto moment =
            event == Event::ConfirmAnswered ? ToldCrm::Moment::OfTheAnswer : ToldCrm::Moment::OfTheQuestion;
        m_absences += m_askedLate ? 1 : 0;
        m_crm->answerQuestion(moment);
        break;
    }
    case Event::ConfirmLost:
        m_crm->loseQuestion();
        break;
    case Event::TimePasses:
        pass();
        break;
    }
    if (!m_dispatcher)
        return true;
    const bool asked = m_crm->asking();
    const bool rested = rest();
    if (!asked && m_crm->asking())
        m_askedLate = m_lostAt && m_clock->monotonic() - *m_lostAt >= commitsWithin;
    return rested;
}

QList<OutboxModel::Event> OutboxModel::enabled() const
{
    using enum Event;
    QList<Event> events;
    if (!m_late.isEmpty())
        events.append(LateCommit);
    if (!m_dispatcher)
        return events + QList<Event>{Restart, TimePasses};
    if (m_crm->sending()) {
        return events + QList<Event>{SendAnswered,      SendLostBeforeCommit, SendLostAfterCommit, SendLostCommitComes,
                                     CrashBeforeCommit, CrashAfterCommit,     CrashCommitComes,    TimePasses};
    }
    if (m_crm->asking()) {
        events += {ConfirmAnswered, ConfirmLost, Crash, TimePasses};
        if (m_crm->knownWhenAsked() != m_crm->records())
            events.append(ConfirmAnsweredOfBefore);
        return events;
    }
    return done() ? events : events + QList<Event>{TimePasses, Crash};
}

bool OutboxModel::finish()
{
    for (int i = 0; i < mostSteps; ++i) {
        if (done() && m_late.isEmpty())
            return true;
        Event next = Event::TimePasses;
        if (!m_dispatcher)
            next = Event::Restart;
        else if (m_crm->sending())
            next = Event::SendAnswered;
        else if (m_crm->asking())
            next = Event::ConfirmAnswered;
        else if (done())
            next = Event::LateCommit;
        if (!apply(next))
            return false;
    }
    return false;
}

/// How far the time since the loss has come, as far as it makes a difference.
int OutboxModel::phase() const
{
    if (!m_lostAt)
        return -1;
    const auto since = m_clock->monotonic() - *m_lostAt;
    int phase = 0;
    for (const auto border : {0s, 2s, 10s, 30s, 60s, 61s, 66s})
        phase += since >= border ? 1 : 0;
    return phase;
}

QString OutboxModel::state() const
{
    QStringList late;
    for (const auto deadline : m_late)
        late.append(QString::number((deadline - m_clock->monotonic()) / 10s));
    const QStringList parts{QString::number(m_dispatcher ? 1 : 0),
                            QString::number(m_crm->records()),
                            QString::number(m_crm->sending() ? 1 : 0),
                            QString::number(m_crm->asking() ? 1 + m_crm->knownWhenAsked() : 0),
                            QString::number(m_crm->sends()),
                            QString::number(done() ? 1 : 0),
                            QString::number(phase()),
                            QString::number(m_absences),
                            QString::number(m_crm->asking() && m_askedLate ? 1 : 0),
                            late.join(QLatin1Char('+'))};
    return parts.join(QLatin1Char(','));
}

} // namespace ringside::test
