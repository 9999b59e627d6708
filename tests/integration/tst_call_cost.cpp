// SPDX-License-Identifier: Apache-2.0
#include "CallCost.h"

#include "CallerProfile.h"
#include "CreditState.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// What a call may cost the company, before the agent opens a tab; counted by the sandbox, not by the client.
class TestCallCost : public QObject, private CallCost
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startOnce(); }
    void init() { freshDesk(); }
    void cleanup() { stop(); }

    void knownInTheStore();
    void knownForTheFirstTime();
    void unknown();
    void savingCredits();
    void scarceCredits();
    void notThisPersonSearchesAfterAll();
    void neverMoreThanThreeAtOnce();
    void compositesFitBesideTheOthers();
};

#define COSTS_AT_MOST(cost, most)                                                                                      \
    QVERIFY2(failure.isEmpty(), qPrintable(failure));                                                                  \
    QVERIFY2((cost).total() <= (most) && (cost).total() > 0, qPrintable((cost).text()))

void TestCallCost::knownForTheFirstTime()
{
    const Cost cost = ring(number("known"), true);
    COSTS_AT_MOST(cost, 5);
    QVERIFY(!profile()->data().timeline.isEmpty()); // It was not saved by showing nothing.
    QCOMPARE(profile()->data().facts.size(), 4);
    for (const ProfileFact &fact : profile()->data().facts)
        QCOMPARE(fact.state.status, PartState::Status::Ready);
    const Cost logging = log();
    COSTS_AT_MOST(logging, 1);
}

void TestCallCost::knownInTheStore()
{
    ring(number("known"), true);
    log();
    later();
    const Cost cost = ring(number("known"), true);
    COSTS_AT_MOST(cost, 2);
    QVERIFY(!profile()->data().timeline.isEmpty());
    QVERIFY(!profile()->data().details.isEmpty());
    QVERIFY(profile()->data().moreToRead);
    const Cost rest = readRest();
    COSTS_AT_MOST(rest, 1);
}

void TestCallCost::unknown()
{
    const Cost cost = ring(number("unknown"), false);
    COSTS_AT_MOST(cost, 4);
}

void TestCallCost::savingCredits()
{
    ring(number("unknown"), false);
    setCredits(10'000, 8'500);
    ring(number("shared"), false); // The answers tell what is left.
    QCOMPARE(level(), CreditLevel::Saving);
    const Cost cost = ring(number("known"), true);
    COSTS_AT_MOST(cost, 3); // One composite of three searches, the record, one composite of five lists.
    QVERIFY(!cost.requests.contains(QStringLiteral("search")));
}

void TestCallCost::scarceCredits()
{
    ring(number("known"), true);
    setCredits(10'000, 9'700);
    ring(number("shared"), false);
    QCOMPARE(level(), CreditLevel::Scarce);
    later();
    const Cost again = ring(number("known"), true); // Read twenty minutes ago.
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QVERIFY2(again.total() == 0, qPrintable(again.text()));
    QCOMPARE(profile()->data().timelineState.status, PartState::Status::Waiting);
    QVERIFY(!profile()->data().timelineState.message.isEmpty());
    profile()->retry(); // "Read it now"
    QTRY_COMPARE_WITH_TIMEOUT(profile()->data().timelineState.status, PartState::Status::Ready, patience);
    QVERIFY(!profile()->data().timeline.isEmpty());
}

void TestCallCost::notThisPersonSearchesAfterAll()
{
    ring(number("known"), true);
    log();
    later();
    ring(number("known"), true);
    const int before = arrivalsOf(QStringLiteral("/search"));
    rejectPerson();
    QTRY_COMPARE_WITH_TIMEOUT(arrivalsOf(QStringLiteral("/search")), before + 3, patience);
}

void TestCallCost::neverMoreThanThreeAtOnce()
{
    const int most = ringAtOnce({number("known"), number("shared"), number("unknown")});
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QCOMPARE(most, 3); // That the sandbox saw three says that more would have been seen.
    QCOMPARE(arrivalsOf(QStringLiteral("/search")), 9);
}

void TestCallCost::compositesFitBesideTheOthers()
{
    // Three of a kind fit; a composite counts five at the CRM.
    control(HttpMethod::Post, QStringLiteral("limits"), {{QStringLiteral("concurrency"), 7}});
    const int before = refused();
    for (const char *who : {"known", "shared", "unknown"})
        ring(number(who), who == QByteArray("known"));
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QCOMPARE(refused(), before);
    control(HttpMethod::Post, QStringLiteral("limits"), {{QStringLiteral("concurrency"), 20}});
}

QTEST_GUILESS_MAIN(TestCallCost)
#include "tst_call_cost.moc"
