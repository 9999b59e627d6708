// SPDX-License-Identifier: Apache-2.0
#include "Bidi.h"
#include "Samples.h"
#include "Toast.h"
#include "ToastPlacement.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;

/// One toast, and where toasts go.
class TestToast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isDeafAtFirst();
    void takesNoKey();
    void showsWhoItIs();
    void placement_data();
    void placement();
    void stacksUpwards();

private:
    samples::StillClock m_clock;
};

void TestToast::isDeafAtFirst()
{
    Toast toast(m_clock);
    toast.setCall(samples::ringingCall(m_clock), {});
    toast.showAt(QRect(QPoint(10, 10), toast.sizeHint()));
    QVERIFY(QTest::qWaitForWindowExposed(&toast));
    QSignalSpy shown(&toast, &Toast::showRequested);
    QSignalSpy dismissed(&toast, &Toast::dismissed);
    auto *show = toast.findChild<QPushButton *>(QStringLiteral("toastShow"));
    auto *dismiss = toast.findChild<QPushButton *>(QStringLiteral("toastDismiss"));
    QTest::mouseClick(show, Qt::LeftButton);
    m_clock.advance(699ms);
    QTest::mouseClick(dismiss, Qt::LeftButton);
    QCOMPARE(shown.count() + dismissed.count(), 0);
    // A press before and a release after is no click either.
    QTest::mousePress(show, Qt::LeftButton);
    m_clock.advance(2ms);
    QTest::mouseRelease(show, Qt::LeftButton);
    QCOMPARE(shown.count(), 0);
    QTest::mouseClick(show, Qt::LeftButton);
    QCOMPARE(shown.count(), 1);
    QCOMPARE(shown.at(0).at(0).toString(), QStringLiteral("call-9"));
    QTest::mouseClick(dismiss, Qt::LeftButton);
    QCOMPARE(dismissed.count(), 1);
}

void TestToast::takesNoKey()
{
    Toast toast(m_clock);
    toast.setCall(samples::ringingCall(m_clock), {});
    toast.showAt(QRect(QPoint(10, 10), toast.sizeHint()));
    QSignalSpy shown(&toast, &Toast::showRequested);
    m_clock.advance(2s);
    auto *show = toast.findChild<QPushButton *>(QStringLiteral("toastShow"));
    QCOMPARE(show->focusPolicy(), Qt::NoFocus);
    for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter})
        QTest::keyClick(show, key);
    QTest::keyClick(&toast, Qt::Key_Return);
    QCOMPARE(shown.count(), 0);
}

void TestToast::showsWhoItIs()
{
    Toast toast(m_clock);
    const auto text = [&toast](const char *name) {
        return withoutIsolates(toast.findChild<QLabel *>(QLatin1String(name))->text());
    };
    CallEntry call = samples::unknownCall(m_clock);
    call.state = CallState::Ringing;
    call.remoteName.clear();
    toast.setCall(call, {});
    QCOMPARE(text("toastName"), QStringLiteral("+44 20 7946 0018"));
    QCOMPARE(text("toastRole"), QStringLiteral("New caller"));
    toast.setCall(samples::liveCall(m_clock), samples::oneMatch());
    QCOMPARE(text("toastName"), QStringLiteral("Layla Haddad"));
    QCOMPARE(text("toastRole"), QStringLiteral("Operations Director · Haddad Interiors"));
    toast.setCall(samples::ringingCall(m_clock), {});
    QCOMPARE(
        toast.findChild<QWidget *>(QStringLiteral("toastState"))->accessibleName().contains(QLatin1String("00:03")),
        true);
    QCOMPARE(toast.sizeHint().width(), 380);
}

void TestToast::placement_data()
{
    QTest::addColumn<QRect>("work");
    QTest::addColumn<QRect>("notes");
    QTest::addColumn<bool>("rightToLeft");
    QTest::addColumn<QPoint>("topLeft");
    const QRect screen(0, 0, 1920, 1040);
    QTest::newRow("no window") << screen << QRect() << false << QPoint(1920 - 16 - 380, 1040 - 16 - 110);
    QTest::newRow("window in the corner")
        << screen << QRect(1548, 60, 372, 980) << false << QPoint(1548 - 16 - 380, 914);
    QTest::newRow("window at the left") << screen << QRect(600, 60, 372, 900) << false << QPoint(1524, 914);
    QTest::newRow("full screen 1280") << QRect(0, 0, 1280, 800) << QRect(908, 52, 372, 720) << false
                                      << QPoint(512, 674);
    QTest::newRow("mirrored") << QRect(0, 0, 1280, 800) << QRect(0, 52, 372, 720) << true << QPoint(388, 674);
    QTest::newRow("second screen") << QRect(1920, 100, 1280, 700) << QRect(2828, 152, 372, 620) << false
                                   << QPoint(2432, 674);
}

void TestToast::placement()
{
    QFETCH(QRect, work);
    QFETCH(QRect, notes);
    QFETCH(bool, rightToLeft);
    QFETCH(QPoint, topLeft);
    const QRect place = toastPlace(work, notes, QSize(380, 110), 0, rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    QVERIFY(work.contains(place));
    QVERIFY(!place.intersects(notes));
    QCOMPARE(place.topLeft(), topLeft);
}

void TestToast::stacksUpwards()
{
    const QRect work(0, 0, 1280, 800);
    const QRect notes(908, 52, 372, 720);
    QRect below;
    for (int i = 0; i < 5; ++i) {
        const QRect place = toastPlace(work, notes, QSize(380, 110), i * 118, Qt::LeftToRight);
        QVERIFY(work.contains(place));
        QVERIFY(!place.intersects(notes));
        if (i > 0)
            QCOMPARE(place.bottom() + 1, below.top() - 8);
        below = place;
    }
    // Far more than fit: still on the screen.
    QVERIFY(work.contains(toastPlace(work, notes, QSize(380, 110), 4000, Qt::LeftToRight)));
}

QTEST_MAIN(TestToast)
#include "tst_toast.moc"
