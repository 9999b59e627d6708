// SPDX-License-Identifier: Apache-2.0
#include "ClippedLabels.h"
#include "Console.h"
#include "ConsoleBench.h"
#include "ForgetPersonDialog.h"

#include <QAbstractItemView>
#include <QAction>
#include <QPushButton>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

QString caller()
{
    return QStringLiteral("+971501234567"); // the sandbox's Layla Haddad
}

} // namespace

/// A customer wants to be forgotten: the agent asks for it in the very program, and reads what stays.
class TestForgetPerson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelChangesNothing();
    void whatIsNotInTheCrmStaysUntilItIs();

private:
    bool callWithNotes(ConsoleBench &bench, const QString &id);
    ForgetPersonDialog *ask(ConsoleBench &bench);
};

bool TestForgetPerson::callWithNotes(ConsoleBench &bench, const QString &id)
{
    bench.phone(id, QStringLiteral("ringing"), caller());
    bench.phone(id, QStringLiteral("connected"), caller());
    bench.phone(id, QStringLiteral("ended"), caller());
    const auto known = [&] {
        return bench.shows("notesEdit") && bench.text("profileName").contains(QLatin1String("Haddad"));
    };
    if (!QTest::qWaitFor(known, 15000))
        return false;
    bench.typeNotes(QStringLiteral("wants to be forgotten"));
    return QTest::qWaitFor([&] { return bench.text("saveState") == QLatin1String("Draft kept"); }, 15000);
}

ForgetPersonDialog *TestForgetPerson::ask(ConsoleBench &bench)
{
    bench.window()->findChild<QAction *>(QStringLiteral("actionForget"))->trigger();
    return bench.window()->findChild<ForgetPersonDialog *>();
}

void TestForgetPerson::cancelChangesNothing()
{
    ConsoleBench bench;
    bench.start();
    QVERIFY(bench.signIn());
    QVERIFY(callWithNotes(bench, QStringLiteral("a")));
    ForgetPersonDialog *dialog = ask(bench);
    QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
    QVERIFY(bench.text("forgetText").contains(QLatin1String("Layla Haddad")));
    QCOMPARE(clippedLabels(*dialog), QString());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!bench.window()->findChild<ForgetPersonDialog *>());
    QCOMPARE(bench.notes(), QStringLiteral("wants to be forgotten"));
}

void TestForgetPerson::whatIsNotInTheCrmStaysUntilItIs()
{
    ConsoleBench bench;
    bench.start();
    QVERIFY(bench.signIn());
    QVERIFY(callWithNotes(bench, QStringLiteral("a")));
    ForgetPersonDialog *dialog = ask(bench);
    dialog->findChild<QPushButton *>(QStringLiteral("forgetGo"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(bench.text("forgetText").contains(QLatin1String("but for one call")), 15000);
    QCOMPARE(bench.notes(), QStringLiteral("wants to be forgotten"));
    dialog->close();

    bench.click("logCallButton");
    QTRY_COMPARE_WITH_TIMEOUT(bench.madeIn(QStringLiteral("Calls")), 1, 15000);
    const auto calls = [&] {
        return bench.window()->findChild<QAbstractItemView *>(QStringLiteral("callsList"))->model()->rowCount();
    };
    const int before = calls();
    // It is logged once the store knows; until then the call stays, as above.
    const auto gone = [&] {
        ForgetPersonDialog *open = bench.window()->findChild<ForgetPersonDialog *>();
        if (!open && calls() == before)
            ask(bench)->findChild<QPushButton *>(QStringLiteral("forgetGo"))->click();
        else if (open && bench.text("forgetText").contains(QLatin1String("but for one call")))
            open->close();
        return calls() < before;
    };
    QTRY_VERIFY_WITH_TIMEOUT(gone(), 15000);
    bench.start();
    QTRY_COMPARE_WITH_TIMEOUT(bench.window()->console()->page(), Console::Page::Desk, 15000);
    QVERIFY(!bench.shows("notesEdit"));
    QCOMPARE(bench.madeIn(QStringLiteral("Calls")), 1);
}

QTEST_MAIN(TestForgetPerson)
#include "tst_forget_person.moc"
