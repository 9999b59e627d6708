// SPDX-License-Identifier: Apache-2.0
#include "WhenReady.h"

#include <QPromise>
#include <QTest>

#include <memory>
#include <thread>

using namespace ringside;

class TestWhenReady : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aValueComesFromTheEventLoop()
    {
        std::optional<Result<int>> got;
        whenReady(this, readyFuture<int>(7), [&got](const Result<int> &result) { got.emplace(result); });
        QVERIFY(!got); // Never before the call returns.
        QTRY_VERIFY(got);
        QCOMPARE(got->value(), 7);
    }

    void anErrorComesToo()
    {
        std::optional<Result<void>> got;
        whenReady(this, failedFuture<void>(Error{.kind = ErrorKind::Busy}), [&got](const Result<void> &result) { got.emplace(result); });
        QTRY_VERIFY(got);
        QCOMPARE(got->error().kind, ErrorKind::Busy);
    }

    void onceAndOnTheReceiversThread()
    {
        QPromise<Result<int>> promise;
        promise.start();
        int calls = 0;
        QThread *thread = nullptr;
        whenReady(this, promise.future(), [&](const Result<int> &) {
            ++calls;
            thread = QThread::currentThread();
        });
        std::thread worker([&promise] {
            promise.addResult(Result<int>(1));
            promise.finish();
        });
        worker.join();
        QTRY_COMPARE(calls, 1);
        QCOMPARE(thread, QThread::currentThread());
        QVERIFY(!QTest::qWaitFor([&calls] { return calls > 1; }, 50));
    }

    void aDeadReceiverIsNotCalledAndTheProducerIsTold()
    {
        QPromise<Result<int>> promise;
        promise.start();
        bool called = false;
        {
            QObject receiver;
            whenReady(&receiver, promise.future(), [&called](const Result<int> &) { called = true; });
        }
        QVERIFY(promise.isCanceled());
        promise.addResult(Result<int>(1));
        promise.finish();
        QVERIFY(!QTest::qWaitFor([&called] { return called; }, 50));
    }

    void aReceiverThatDiesAfterTheResultButBeforeTheLoop()
    {
        QPromise<Result<int>> promise;
        promise.start();
        bool called = false;
        {
            QObject receiver;
            whenReady(&receiver, promise.future(), [&called](const Result<int> &) { called = true; });
            promise.addResult(Result<int>(1));
            promise.finish();
        }
        QVERIFY(!QTest::qWaitFor([&called] { return called; }, 50));
    }

    void aFutureCancelledElsewhere()
    {
        QPromise<Result<int>> promise;
        promise.start();
        std::optional<Result<int>> got;
        QFuture<Result<int>> future = promise.future();
        whenReady(this, future, [&got](const Result<int> &result) { got.emplace(result); });
        future.cancel();
        promise.finish();
        QTRY_VERIFY(got);
        QCOMPARE(got->error().kind, ErrorKind::Cancelled);
    }

    void aPromiseThatWasBroken()
    {
        std::optional<Result<int>> got;
        {
            QPromise<Result<int>> promise;
            promise.start();
            whenReady(this, promise.future(), [&got](const Result<int> &result) { got.emplace(result); });
        }
        QTRY_VERIFY(got);
        QCOMPARE(got->error().kind, ErrorKind::Cancelled);
    }

    void whatTheHandlerHoldsIsFreed()
    {
        const auto held = std::make_shared<int>(1);
        QPromise<Result<int>> never;
        never.start();
        {
            QObject receiver;
            whenReady(&receiver, readyFuture<int>(1), [held](const Result<int> &) {});
            whenReady(&receiver, never.future(), [held](const Result<int> &) {});
            QTRY_COMPARE(held.use_count(), 2L);
        }
        QCOMPARE(held.use_count(), 1L);
    }

    void theReceiverMayDieInTheHandler()
    {
        auto *receiver = new QObject;
        bool called = false;
        whenReady(receiver, readyFuture<int>(1), [receiver, &called](const Result<int> &) {
            called = true;
            receiver->deleteLater();
        });
        QTRY_VERIFY(called);
    }
};

QTEST_GUILESS_MAIN(TestWhenReady)
#include "tst_when_ready.moc"
