// SPDX-License-Identifier: Apache-2.0
#include "RefreshBudget.h"

#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;

class TestRefreshBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sixInAnyTenMinutes()
    {
        RefreshBudget budget;
        std::chrono::milliseconds now = 100s;
        for (int i = 0; i < RefreshBudget::mostRefreshes; ++i) {
            QCOMPARE(budget.wait(now), 0ms);
            budget.spend(now);
            now += 10s;
        }
        // The first was at 100 s, now is 160 s.
        QCOMPARE(budget.wait(now), std::chrono::milliseconds(600s - 60s));
        QCOMPARE(budget.wait(699'999ms), 1ms);
        QCOMPARE(budget.wait(700s), 0ms);
        budget.spend(700s);
        QCOMPARE(budget.wait(700s), 10'000ms); // The second was at 110 s.
    }

    void zohosSilenceIsKept()
    {
        RefreshBudget budget;
        budget.holdUntil(500s);
        budget.holdUntil(300s);
        QCOMPARE(budget.wait(100s), 400'000ms);
        QCOMPARE(budget.wait(500s), 0ms);
    }
};

QTEST_APPLESS_MAIN(TestRefreshBudget)
#include "tst_refresh_budget.moc"
