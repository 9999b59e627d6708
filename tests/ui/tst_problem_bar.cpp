// SPDX-License-Identifier: Apache-2.0
#include "ProblemBar.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace ringside;
using About = ProblemBar::About;

class TestProblemBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noneDrivesAnotherOutUnread()
    {
        ProblemBar bar;
        bar.showSentence(QStringLiteral("The port is not a number."), About::Settings);
        bar.showSentence(QStringLiteral("The country is not known."), About::Settings);
        bar.showSentence(QStringLiteral("The keychain is locked."));
        QCOMPARE(bar.count(), 3);
        QVERIFY(bar.findChild<QLabel *>(QStringLiteral("problemMore"))->text().contains(QLatin1Char('2')));
        QCOMPARE(bar.sentence(), QStringLiteral("The keychain is locked."));
        dismiss(bar);
        QCOMPARE(shown(bar), QStringLiteral("The country is not known."));
        dismiss(bar);
        QCOMPARE(shown(bar), QStringLiteral("The port is not a number."));
        QVERIFY(!bar.isHidden());
        dismiss(bar);
        QVERIFY(bar.isHidden());
        QCOMPARE(bar.sentence(), QString());
    }

    void whatIsNoLongerTrueGoesByItself()
    {
        ProblemBar bar;
        bar.showSentence(QStringLiteral("The keychain is locked."));
        bar.showSentence(QStringLiteral("The disk is full."), About::Store);
        bar.showSentence(QStringLiteral("The folder is read-only."), About::Store); // one store, one sentence
        QCOMPARE(bar.count(), 2);
        bar.showSentence({}, About::Store);
        QCOMPARE(shown(bar), QStringLiteral("The keychain is locked."));
        bar.clear(About::Store);
        QCOMPARE(bar.count(), 1);
    }

    void theSameIsSaidOnce()
    {
        ProblemBar bar;
        for (int i = 0; i < 5; ++i)
            bar.showSentence(QStringLiteral("The keychain is locked."));
        QCOMPARE(bar.count(), 1);
        for (int i = 0; i < 500; ++i)
            bar.showSentence(QStringLiteral("Problem %1.").arg(i));
        QVERIFY(bar.count() <= 50);
    }

    void aQuestionRunsItsActionOnce()
    {
        ProblemBar bar;
        int ran = 0;
        bar.showSentence(QStringLiteral("The keychain is locked."));
        bar.askSentence(QStringLiteral("Close?"), QStringLiteral("Close all the same"), [&ran] { ++ran; }, About::Question);
        auto *act = bar.findChild<QPushButton *>(QStringLiteral("problemAction"));
        QVERIFY(!act->isHidden());
        act->click();
        QCOMPARE(ran, 1);
        QCOMPARE(shown(bar), QStringLiteral("The keychain is locked."));
        QVERIFY(act->isHidden());
        act->click();
        QCOMPARE(ran, 1);
    }

private:
    static QString shown(const ProblemBar &bar) { return bar.findChild<QLabel *>(QStringLiteral("problemText"))->text(); }
    static void dismiss(const ProblemBar &bar) { bar.findChild<QPushButton *>(QStringLiteral("problemClose"))->click(); }
};

QTEST_MAIN(TestProblemBar)
#include "tst_problem_bar.moc"
