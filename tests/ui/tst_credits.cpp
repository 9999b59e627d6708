// SPDX-License-Identifier: Apache-2.0
#include "Bidi.h"
#include "CreditText.h"
#include "TopBar.h"

#include <QTest>

using namespace ringside;

namespace {

QDateTime now()
{
    return QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
}

QLocale english()
{
    return QLocale(QLocale::English, QLocale::UnitedStates);
}

CreditState state(CreditLevel level = CreditLevel::Plenty)
{
    return {.used = 1'088, .remaining = 248'912, .limit = 250'000, .told = true, .lastsUntil = {}, .level = level};
}

QString details(const CreditState &of)
{
    return creditText::details(of, english(), now(), QTimeZone::utc());
}

} // namespace

class TestCredits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(english()); }
    void pillSaysWhatIsLeft();
    void detailsAreWholeSentences();
    void forecastInTheAgentsTime();
    void everyLevelSaysWhatIsDone();
    void topBarShowsAndTellsTheScreenReader();
};

void TestCredits::pillSaysWhatIsLeft()
{
    QCOMPARE(creditText::pill(state(), english()), QStringLiteral("248,912 / 250,000"));
    CreditState noLimit = state();
    noLimit.limit = -1;
    QCOMPARE(creditText::pill(noLimit, english()), QStringLiteral("248,912 credits left"));
    CreditState unknown{.used = 12};
    QCOMPARE(creditText::pill(unknown, english()), QStringLiteral("12 credits used"));
    QCOMPARE(creditText::pill({}, english()), QString());
}

void TestCredits::detailsAreWholeSentences()
{
    QVERIFY(details(state()).contains(QLatin1String("248,912 of 250,000")));
    QVERIFY(details(state()).contains(QLatin1String("this desk has used 1,088")));
    CreditState estimated = state();
    estimated.told = false;
    // What other desks use is not known: the sentence must not claim what is left.
    QVERIFY(!details(estimated).contains(QLatin1String("248,912")));
    QVERIFY(details(estimated).contains(QLatin1String("1,088")));
    QVERIFY(details(estimated).contains(QLatin1String("250,000")));
    for (const bool told : {true, false}) {
        for (const qint64 limit : {qint64(-1), qint64(250'000)}) {
            CreditState any = state(CreditLevel::Scarce);
            any.told = told;
            any.limit = limit;
            QVERIFY(details(any).endsWith(QLatin1Char('.')));
            QVERIFY(!details(any).contains(QLatin1Char('%')));
        }
    }
}

void TestCredits::forecastInTheAgentsTime()
{
    CreditState low = state();
    low.lastsUntil = QDateTime(now().date(), QTime(18, 40), Qt::UTC);
    QVERIFY2(details(low).contains(QLatin1String("last until 6:40 PM.")), qPrintable(details(low)));
    const QString dubai = creditText::details(low, english(), now(), QTimeZone(4 * 3600));
    QVERIFY2(dubai.contains(QLatin1String("last until 10:40 PM.")), qPrintable(dubai));
    low.lastsUntil = low.lastsUntil->addSecs(10 * 3600);
    QVERIFY2(details(low).contains(QLatin1String("4:40 AM tomorrow")), qPrintable(details(low)));
    QVERIFY(details(state()).contains(QLatin1String("the whole day")));
}

void TestCredits::everyLevelSaysWhatIsDone()
{
    QSet<QString> different;
    for (const auto level : {CreditLevel::Plenty, CreditLevel::Saving, CreditLevel::Scarce, CreditLevel::Exhausted}) {
        different.insert(details(state(level)));
        QCOMPARE(creditText::notice(state(level)).isEmpty(), level != CreditLevel::Exhausted);
    }
    QCOMPARE(different.size(), 4);
    QVERIFY(!details(state(CreditLevel::Exhausted)).contains(QLatin1String("last until")));
}

void TestCredits::topBarShowsAndTellsTheScreenReader()
{
    TopBar bar;
    bar.resize(1280, bar.height());
    auto *pill = bar.findChild<QWidget *>(QStringLiteral("creditsPill"));
    QVERIFY(pill);
    QVERIFY(pill->isHidden());
    bar.setCredits(state(), now());
    QVERIFY(!pill->isHidden());
    QVERIFY2(withoutIsolates(pill->accessibleName()).startsWith(QLatin1String("248,912 / 250,000: Your company has")),
             qPrintable(pill->accessibleName()));
    QVERIFY(pill->toolTip().contains(QLatin1String("248,912 of 250,000")));
    const int plain = pill->sizeHint().width();
    bar.setCredits(state(CreditLevel::Scarce), now());
    QVERIFY(pill->sizeHint().width() > plain); // A mark, not a colour alone.
    bar.setCredits({}, now());
    QVERIFY(pill->isHidden());
}

QTEST_MAIN(TestCredits)
#include "tst_credits.moc"
