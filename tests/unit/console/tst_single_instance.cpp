// SPDX-License-Identifier: Apache-2.0
#include "SingleInstance.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

using namespace ringside;

class TestSingleInstance : public QObject
{
    Q_OBJECT

    static QString freshName() { return QStringLiteral("ringside-test-") + QUuid::createUuid().toString(QUuid::Id128); }

    static SingleInstance::Answer answer(const QSignalSpy &decided)
    {
        return decided.at(0).at(0).value<SingleInstance::Answer>();
    }

private Q_SLOTS:
    void theFirstTakesThePlace()
    {
        SingleInstance first(freshName());
        QSignalSpy decided(&first, &SingleInstance::decided);
        first.ask();
        QTRY_COMPARE(decided.size(), 1);
        QCOMPARE(answer(decided), SingleInstance::Answer::Alone);
    }

    void theSecondAsksTheFirstToShowItself()
    {
        const QString name = freshName();
        SingleInstance first(name);
        QSignalSpy firstDecided(&first, &SingleInstance::decided);
        QSignalSpy shown(&first, &SingleInstance::showRequested);
        first.ask();
        QTRY_COMPARE(firstDecided.size(), 1);

        SingleInstance second(name);
        QSignalSpy secondDecided(&second, &SingleInstance::decided);
        second.ask();
        QTRY_COMPARE(secondDecided.size(), 1);
        QCOMPARE(answer(secondDecided), SingleInstance::Answer::Shown);
        QCOMPARE(shown.size(), 1);
    }

    void aProgramThatHangsKeepsItsPlace()
    {
        const QString name = freshName();
        QLocalServer deaf;
        QVERIFY(deaf.listen(name));
        SingleInstance program(name);
        QSignalSpy decided(&program, &SingleInstance::decided);
        program.ask();
        QTRY_COMPARE_WITH_TIMEOUT(decided.size(), 1, 10'000);
        QCOMPARE(answer(decided), SingleInstance::Answer::Silent);
        QVERIFY(deaf.isListening());
    }

    void garbageShowsNothing()
    {
        const QString name = freshName();
        SingleInstance program(name);
        QSignalSpy decided(&program, &SingleInstance::decided);
        QSignalSpy shown(&program, &SingleInstance::showRequested);
        program.ask();
        QTRY_COMPARE(decided.size(), 1);

        for (const QByteArray &bytes : {QByteArray("dial 900\n"), QByteArray(100000, 'x'), QByteArray("\0\n", 2)}) {
            QLocalSocket stranger;
            QSignalSpy gone(&stranger, &QLocalSocket::disconnected);
            stranger.connectToServer(name);
            stranger.write(bytes);
            QTRY_COMPARE(gone.size(), 1);
        }
        QCOMPARE(shown.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_single_instance.moc"
