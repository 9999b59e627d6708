// SPDX-License-Identifier: Apache-2.0
#include "BaresipCallSource.h"
#include "BaresipProcess.h"
#include "CallTracker.h"
#include "Clock.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

CallSourceTiming quick()
{
    CallSourceTiming timing;
    timing.reconnect.delays = {100ms};
    timing.reconnect.jitter = 0;
    timing.asking = 200ms;
    return timing;
}

/// Listens to a source as the console does.
class Desk final : public QObject
{
    Q_OBJECT

public:
    explicit Desk(quint16 port)
        : source(QStringLiteral("127.0.0.1"), port, m_clock, nullptr, quick())
    {
        connect(&source, &CallSource::callEvent, this, [this](const CallEvent &event) { note(m_tracker.apply(event)); });
        connect(&source, &CallSource::snapshot, this, [this](const QStringList &ids) {
            ++snapshots;
            note(m_tracker.reconcile(source.id(), ids, m_clock.now(), m_clock.monotonic()));
        });
        source.start();
    }

    QList<Call> calls; ///< As they stand.
    int snapshots = 0;

    CallState state(qsizetype index = 0) const { return calls.value(index).state; }
    bool ended(CallEndReason reason, qsizetype index = 0) const
    {
        return calls.size() > index && !calls.at(index).live() && calls.at(index).reason == reason;
    }

private:
    void note(const QList<Call> &changed)
    {
        for (const Call &call : changed) {
            const auto same = std::find_if(calls.begin(), calls.end(), [&call](const Call &known) { return known.key == call.key; });
            if (same == calls.end())
                calls.append(call);
            else
                *same = call;
        }
    }

    SystemClock m_clock;
    CallTracker m_tracker{{.region = QStringLiteral("DE"), .internalDigits = 6}};

public:
    BaresipCallSource source; ///< Last: it uses the clock.
};

} // namespace

/// Real SIP calls between unmodified baresip processes on loopback. The desk owns the agent's ctrl_tcp; the agent's hands
/// are its httpd.
class TestBaresipCalls final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_agent = std::make_unique<BaresipProcess>(BaresipProcess::Options{});
        m_caller = std::make_unique<BaresipProcess>(BaresipProcess::Options{
            .user = QStringLiteral("+4930123456"), .displayName = QStringLiteral("Erika Musterfrau")});
        QVERIFY2(m_agent->start(), qPrintable(m_agent->error()));
        QVERIFY2(m_caller->start(), qPrintable(m_caller->error()));
        QVERIFY(m_caller->attach());
        m_desk = std::make_unique<Desk>(m_agent->controlPort());
        QTRY_COMPARE(m_desk->source.state(), CallSource::State::Connected);
        QTRY_COMPARE(m_desk->snapshots, 1);
        QVERIFY(m_desk->source.statusText().isEmpty());
    }

    void cleanup()
    {
        m_desk.reset();
        m_caller.reset();
        m_agent.reset();
    }

    void answeredHeldAndHungUp()
    {
        ring();
        const Call ringing = m_desk->calls.first();
        QCOMPARE(ringing.direction, CallDirection::In);
        QCOMPARE(ringing.number.e164(), QStringLiteral("+4930123456"));
        QCOMPARE(ringing.remoteName, QStringLiteral("Erika Musterfrau"));
        m_agent->commandByHttp(QStringLiteral("accept"));
        QTRY_COMPARE(m_desk->state(), CallState::Connected);
        m_agent->commandByHttp(QStringLiteral("hold"));
        QTRY_COMPARE(m_desk->state(), CallState::Held);
        m_agent->commandByHttp(QStringLiteral("resume"));
        QTRY_COMPARE(m_desk->state(), CallState::Connected);
        m_agent->commandByHttp(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Completed));
        QCOMPARE(m_desk->calls.size(), 1);
        QVERIFY(m_desk->calls.first().talkTime > 0ms);
    }

    void missed()
    {
        ring();
        m_caller->command(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Missed));
    }

    void rejected()
    {
        ring();
        m_agent->commandByHttp(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Rejected));
    }

    void outgoing()
    {
        m_agent->commandByHttp(QStringLiteral("dial %1").arg(m_caller->sipUri()));
        QTRY_COMPARE(m_desk->state(), CallState::Dialing);
        QCOMPARE(m_desk->calls.first().direction, CallDirection::Out);
        QCOMPARE(m_desk->calls.first().number.e164(), QStringLiteral("+4930123456"));
        QTRY_VERIFY(m_caller->sawEvent(QStringLiteral("CALL_INCOMING")));
        m_caller->command(QStringLiteral("accept"));
        QTRY_COMPARE(m_desk->state(), CallState::Connected);
        m_caller->command(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Completed));
    }

    void secondCallWaits()
    {
        BaresipProcess other({.user = QStringLiteral("+4989123456"), .displayName = QStringLiteral("Second Caller")});
        QVERIFY2(other.start() && other.attach(), qPrintable(other.error()));
        ring();
        m_agent->commandByHttp(QStringLiteral("accept"));
        QTRY_COMPARE(m_desk->state(), CallState::Connected);
        other.command(QStringLiteral("dial"), m_agent->sipUri());
        QTRY_COMPARE(m_desk->calls.size(), 2);
        QCOMPARE(m_desk->state(1), CallState::Ringing);
        m_agent->commandByHttp(QStringLiteral("accept"));
        QTRY_COMPARE(m_desk->state(1), CallState::Connected);
        QTRY_COMPARE(m_desk->state(0), CallState::Held);
        other.command(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Completed, 1));
        m_caller->command(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Completed, 0));
    }

    /// Another program takes the only place for a moment; the call goes on and is still one call.
    void survivesLosingTheControlConnection()
    {
        ring();
        m_agent->commandByHttp(QStringLiteral("accept"));
        QTRY_COMPARE(m_desk->state(), CallState::Connected);
        QVERIFY(m_agent->attach());
        QTRY_COMPARE(m_desk->snapshots, 2);
        QCOMPARE(m_desk->state(), CallState::Connected);
        m_caller->command(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Completed));
        QCOMPARE(m_desk->calls.size(), 1);
    }

    void joinsACallThatBeganBefore()
    {
        m_desk.reset();
        m_caller->command(QStringLiteral("dial"), m_agent->sipUri());
        QTRY_VERIFY(m_caller->sawEvent(QStringLiteral("CALL_RINGING")));
        m_agent->commandByHttp(QStringLiteral("accept"));
        QTRY_VERIFY(m_caller->sawEvent(QStringLiteral("CALL_ESTABLISHED")));
        m_desk = std::make_unique<Desk>(m_agent->controlPort());
        QTRY_COMPARE(m_desk->calls.size(), 1);
        QCOMPARE(m_desk->state(), CallState::Connected);
        QCOMPARE(m_desk->calls.first().number.e164(), QStringLiteral("+4930123456"));
        QCOMPARE(m_desk->calls.first().remoteName, QStringLiteral("Erika Musterfrau"));
        m_caller->command(QStringLiteral("hangup"));
        QTRY_VERIFY(m_desk->ended(CallEndReason::Completed));
    }

    void phoneEndsAndComesBack()
    {
        ring();
        m_agent->commandByHttp(QStringLiteral("accept"));
        QTRY_COMPARE(m_desk->state(), CallState::Connected);
        m_agent->stop();
        // It hangs up while it ends, and says so if there is time; else the call is found gone later.
        QTRY_VERIFY(m_desk->source.state() != CallSource::State::Connected);
        QTRY_VERIFY(m_desk->source.statusText().contains(QStringLiteral("is not running at 127.0.0.1:")));
        QVERIFY2(m_agent->start(), qPrintable(m_agent->error()));
        QTRY_COMPARE(m_desk->snapshots, 2);
        QVERIFY(!m_desk->calls.first().live());
        ring();
        QCOMPARE(m_desk->calls.size(), 2);
    }

private:
    void ring()
    {
        const qsizetype before = m_desk->calls.size();
        m_caller->command(QStringLiteral("dial"), m_agent->sipUri());
        QTRY_COMPARE(m_desk->calls.size(), before + 1);
        QCOMPARE(m_desk->state(before), CallState::Ringing);
    }

    std::unique_ptr<BaresipProcess> m_agent;
    std::unique_ptr<BaresipProcess> m_caller;
    std::unique_ptr<Desk> m_desk;
};

QTEST_GUILESS_MAIN(TestBaresipCalls)
#include "tst_baresip_calls.moc"
