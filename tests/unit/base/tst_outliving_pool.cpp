// SPDX-License-Identifier: Apache-2.0
#include "OutlivingPool.h"

#include <QPointer>
#include <QSemaphore>
#include <QTest>

using namespace ringside;

class TestOutlivingPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJobRuns()
    {
        const auto pool = makeOutlivingPool();
        const auto future = inBackground<int>(pool, [] { return Result<int>(7); });
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().value(), 7);
    }

    /// Were it to wait for the job, this would never end: only what comes after lets the job go on.
    void lettingGoOfItDoesNotWait()
    {
        auto pool = makeOutlivingPool();
        const QPointer<QThreadPool> watched(pool.get());
        const auto goOn = std::make_shared<QSemaphore>();
        const auto future = inBackground<int>(pool, [goOn] {
            goOn->acquire();
            return Result<int>(7);
        });
        QTRY_COMPARE(pool->activeThreadCount(), 1);
        pool.reset();
        QVERIFY(watched);
        QVERIFY(!future.isFinished());
        goOn->release();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().value(), 7);
        QTRY_VERIFY(!watched); // The job took it along.
    }

    void withoutJobsItGoesAtOnce()
    {
        auto pool = makeOutlivingPool();
        const QPointer<QThreadPool> watched(pool.get());
        pool.reset();
        QVERIFY(!watched);
    }
};

QTEST_GUILESS_MAIN(TestOutlivingPool)
#include "tst_outliving_pool.moc"
