// SPDX-License-Identifier: Apache-2.0
#include "CreditForecast.h"
#include "CreditMeter.h"
#include "CreditWindow.h"
#include "FakeClock.h"
#include "HttpMessage.h"
#include "WhenReady.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

/// Keeps in memory, by company.
class MemoryStore final : public CreditStore
{
public:
    QHash<QString, QMap<std::pair<qint64, int>, CreditUse>> kept;
    int saves = 0;
    bool broken = false;

    QFuture<Result<QList<CreditUse>>> load(const QString &orgId, qint64 since) override
    {
        if (broken)
            return failedFuture<QList<CreditUse>>(Error{.kind = ErrorKind::Storage});
        QList<CreditUse> uses = kept.value(orgId).values();
        uses.removeIf([since](const CreditUse &use) { return use.slot < since; });
        return readyFuture<QList<CreditUse>>(uses);
    }
    QFuture<Result<void>> save(const QString &orgId, const QList<CreditUse> &uses, qint64) override
    {
        ++saves;
        for (const CreditUse &use : uses)
            kept[orgId].insert({use.slot, static_cast<int>(use.kind)}, use);
        return readyFuture<void>(Result<void>());
    }
};

HttpRequest search()
{
    HttpRequest request;
    request.url = QUrl(QStringLiteral("https://crm.example/crm/v8/Contacts/search?phone=123"));
    return request;
}

HttpReply remaining(qint64 credits, qint64 limit = -1)
{
    HttpReply reply;
    reply.status = 200;
    reply.headers.insert("x-api-credits-remaining", QByteArray::number(credits));
    if (limit >= 0)
        reply.headers.insert("x-ratelimit-limit", QByteArray::number(limit));
    return reply;
}

} // namespace

class TestCreditMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowRolls()
    {
        FakeClock clock;
        CreditMeter meter(clock);
        meter.spent(search());
        clock.advance(12h);
        meter.spent(search());
        QCOMPARE(meter.state().used, 2);
        clock.advance(11h + 59min);
        QCOMPARE(meter.used(CreditKind::Search).credits, 2);
        clock.advance(12min); // The first one's slot is a day old now.
        QCOMPARE(meter.used(CreditKind::Search).credits, 1);
        meter.heard(HttpReply{.status = 200, .headers = {}, .body = {}});
        QCOMPARE(meter.state().used, 1);
    }

    void survivesARestart()
    {
        FakeClock clock;
        MemoryStore store;
        {
            CreditMeter meter(clock);
            meter.keepIn(store);
            meter.spent(search()); // Before it is known whose it is.
            meter.setOrg(QStringLiteral("org1"));
            QTRY_COMPARE(store.saves, 1);
            meter.spent(search());
        }
        CreditMeter meter(clock);
        meter.spent(search()); // Before the kept ones are read: in the same slot.
        meter.keepIn(store);
        meter.setOrg(QStringLiteral("org1"));
        QTRY_COMPARE(meter.state().used, 3);
        QTRY_COMPARE(store.kept.value(QStringLiteral("org1")).values().value(0).credits, 3);
        clock.advance(25h);
        CreditMeter nextDay(clock);
        nextDay.keepIn(store);
        nextDay.setOrg(QStringLiteral("org1"));
        nextDay.spent(search());
        QTRY_COMPARE(store.kept.value(QStringLiteral("org1")).size(), 2);
        QCOMPARE(nextDay.state().used, 1);
    }

    void companiesAreKeptApart()
    {
        FakeClock clock;
        MemoryStore store;
        CreditMeter meter(clock);
        meter.keepIn(store);
        meter.setOrg(QStringLiteral("org1"));
        meter.spent(search());
        meter.heard(remaining(700, 1000));
        QTRY_COMPARE(store.saves, 1);
        meter.setOrg(QStringLiteral("org2"));
        QCOMPARE(meter.state().used, 0);
        QCOMPARE(meter.state().remaining, -1);
        meter.spent(search());
        meter.spent(search());
        meter.setOrg(QStringLiteral("org1"));
        QTRY_COMPARE(meter.state().used, 1);
    }

    void aStoreThatCannotBeReadIsNotWrittenOver()
    {
        FakeClock clock;
        MemoryStore store;
        store.broken = true;
        {
            CreditMeter meter(clock);
            meter.keepIn(store);
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("earlier runs")));
            meter.setOrg(QStringLiteral("org1"));
            meter.spent(search());
            QCoreApplication::processEvents();
        }
        QCOMPARE(store.saves, 0);
    }

    void whatIsLeft()
    {
        FakeClock clock;
        CreditMeter meter(clock);
        QSignalSpy changed(&meter, &CreditMeter::changed);
        meter.spent(search());
        QCOMPARE(meter.state().remaining, -1);
        meter.setLimit(5000);
        QCOMPARE(meter.state().remaining, 4999); // As far as this desk knows.
        QVERIFY(!meter.state().told);
        meter.heard(remaining(2400));
        QCOMPARE(meter.state().remaining, 2400);
        QVERIFY(meter.state().told);
        QCOMPARE(meter.state().limit, 5000);
        QCOMPARE(changed.count(), 3);
        meter.heard(remaining(2400));
        QCOMPARE(changed.count(), 3);
        const HttpReply silent{.status = 200, .headers = {}, .body = {}};
        clock.advance(9min);
        meter.heard(silent);
        QVERIFY(meter.state().told);
        clock.advance(2min);
        meter.heard(silent); // It tells only from half-use on: less than half is used again.
        QVERIFY(!meter.state().told);
        QCOMPARE(meter.state().remaining, 4999);
    }

    void levels_data()
    {
        QTest::addColumn<qint64>("left");
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<int>("minutes"); // -1: a day at least
        QTest::addColumn<int>("level");
        const auto row = [](const char *name, qint64 left, qint64 limit, int minutes, CreditLevel level) {
            QTest::newRow(name) << left << limit << minutes << int(level);
        };
        row("unknown", -1, 1000, -1, CreditLevel::Plenty);
        row("half", 500, 1000, -1, CreditLevel::Plenty);
        row("a fifth", 200, 1000, -1, CreditLevel::Saving);
        row("a twentieth", 50, 1000, -1, CreditLevel::Scarce);
        row("none", 0, -1, -1, CreditLevel::Scarce);
        row("much, but not for long", 900, 1000, 239, CreditLevel::Saving);
        row("much, for long", 900, 1000, 240, CreditLevel::Plenty);
        row("much, for a moment", 900, 1000, 29, CreditLevel::Scarce);
        row("no limit known", 900, -1, 200, CreditLevel::Saving);
    }
    void levels()
    {
        QFETCH(qint64, left);
        QFETCH(qint64, limit);
        QFETCH(int, minutes);
        const QDateTime now = FakeClock().now();
        const auto until = minutes < 0 ? std::nullopt : std::optional(now.addSecs(minutes * 60));
        QTEST(int(CreditForecast::level(left, limit, until, now)), "level");
    }

    void levelsAreTold()
    {
        FakeClock clock;
        CreditMeter meter(clock);
        QList<CreditLevel> heard;
        connect(&meter, &CreditMeter::levelChanged, &meter, [&](CreditLevel level) {
            heard.append(level);
            QCOMPARE(meter.level(), level);
        });
        meter.heard(remaining(600, 1000));
        meter.heard(remaining(150));
        meter.heard(remaining(10));
        meter.setExhausted(true);
        meter.setExhausted(true);
        meter.setExhausted(false);
        QCOMPARE(heard, (QList<CreditLevel>{CreditLevel::Saving, CreditLevel::Scarce, CreditLevel::Exhausted,
                                            CreditLevel::Scarce}));
    }

    // The CRM starts to tell at half: what it told first is half of the whole.
    void levelWithoutALimit()
    {
        FakeClock clock;
        CreditMeter meter(clock);
        meter.heard(remaining(500));
        QCOMPARE(meter.level(), CreditLevel::Plenty);
        meter.heard(remaining(200));
        QCOMPARE(meter.level(), CreditLevel::Saving);
    }

    void lastsUntilByTheCompanysUse()
    {
        FakeClock clock;
        CreditMeter meter(clock);
        meter.heard(remaining(10'000, 20'000));
        clock.advance(10min);
        meter.heard(remaining(9'900));
        QVERIFY(!meter.state().lastsUntil); // Ten minutes are no rate.
        for (int i = 0; i < 11; ++i) {
            clock.advance(10min);
            meter.heard(remaining(9'800 - i * 100));
        }
        // 1,200 in two hours; 8,800 are left.
        QVERIFY(meter.state().lastsUntil.has_value());
        QCOMPARE(clock.now().secsTo(*meter.state().lastsUntil), 8'800 * 3600 / 600);
        QCOMPARE(meter.level(), CreditLevel::Plenty);
    }

    void lastsUntilByTheLastHoursOnly()
    {
        FakeClock clock;
        CreditForecast forecast;
        forecast.told(100'000, clock.now());
        clock.advance(4h); // A lunch: what was before is too old to tell.
        forecast.told(50'000, clock.now());
        QVERIFY(!forecast.lastsUntil(50'000, 0, clock.now()));
        clock.advance(1h);
        forecast.told(40'000, clock.now());
        QCOMPARE(clock.now().secsTo(forecast.lastsUntil(40'000, 0, clock.now()).value()), 4 * 3600);
        QCOMPARE(clock.now().secsTo(forecast.lastsUntil(40'000, 20'000, clock.now()).value()), 2 * 3600); // Ours is higher.
    }

    void lastsADay()
    {
        FakeClock clock;
        CreditForecast forecast;
        QVERIFY(!forecast.lastsUntil(1000, 1000.0 / 24, clock.now()));
        QVERIFY(forecast.lastsUntil(1000, 1000.0 / 23, clock.now()).has_value());
        QVERIFY(!forecast.lastsUntil(-1, 1000, clock.now()));
        QVERIFY(!forecast.lastsUntil(1000, 0, clock.now()));
    }

    void lastsUntilByOwnUse()
    {
        FakeClock clock;
        CreditMeter meter(clock);
        meter.setLimit(1000);
        for (int i = 0; i < 60; ++i)
            meter.spent(search());
        QVERIFY(!meter.state().lastsUntil); // A burst at start is no rate.
        clock.advance(1h);
        meter.heard(HttpReply{.status = 200, .headers = {}, .body = {}});
        QCOMPARE(clock.now().secsTo(meter.state().lastsUntil.value()), 940 * 60);
    }
};

QTEST_GUILESS_MAIN(TestCreditMeter)
#include "tst_credit_meter.moc"
