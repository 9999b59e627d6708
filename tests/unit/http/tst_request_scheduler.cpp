// SPDX-License-Identifier: Apache-2.0
#include "AccessTokens.h"
#include "Await.h"
#include "CreditMeter.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "QuotaWatch.h"
#include "RawServer.h"
#include "RequestQueue.h"
#include "RequestScheduler.h"
#include "RetryPolicy.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

/// Gives tokens "t1", "t2" …: a new one after each refusal, or an error.
class CountedTokens final : public AccessTokens
{
public:
    int number = 1;
    int asked = 0;
    QList<QByteArray> refused;
    std::optional<Error> error;

    QFuture<Result<Secret>> accessToken() override
    {
        ++asked;
        return error ? failedFuture<Secret>(*error) : readyFuture<Secret>(Secret("t" + QByteArray::number(number)));
    }
    void tokenRefused(const Secret &token) override
    {
        refused.append(token.reveal());
        if (token.reveal() == "t" + QByteArray::number(number))
            ++number;
    }
};

RawServer::Answer answer(int status, const QByteArray &body = "{}", const QByteArray &headers = {})
{
    return {RawServer::response(status, body, headers)};
}

constexpr auto invalidToken = R"({"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"})";

RetryPolicy quick()
{
    RetryPolicy::Limits limits;
    limits.first = 2ms;
    limits.longest = 4ms;
    return RetryPolicy(limits);
}

} // namespace

class TestRequestScheduler : public QObject
{
    Q_OBJECT

private:
    struct Rig
    {
        explicit Rig(RawServer::Script script) : server(std::move(script)), scheduler(client, tokens, clock)
        {
            scheduler.setRetryPolicy(quick());
        }

        HttpRequest request(const QString &path, RequestPriority priority = RequestPriority::Search,
                            HttpMethod method = HttpMethod::Get) const
        {
            HttpRequest made;
            made.method = method;
            made.url = server.url(path);
            made.priority = priority;
            return made;
        }

        RawServer server;
        HttpClient client;
        CountedTokens tokens;
        FakeClock clock;
        RequestScheduler scheduler;
    };

    static QList<QByteArray> targets(const RawServer &server)
    {
        QList<QByteArray> found;
        for (const RawServer::Arrival &arrival : server.arrivals())
            found.append(arrival.target);
        return found;
    }

private Q_SLOTS:
    void addsTheToken()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(200); });
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        QCOMPARE(rig.server.arrivals().first().header("authorization"), QByteArray("Zoho-oauthtoken t1"));
        HttpRequest open = rig.request(QStringLiteral("/b"));
        open.authorized = false;
        QVERIFY(await(rig.scheduler.enqueue(open)).ok());
        QVERIFY(rig.server.arrivals().at(1).header("authorization").isNull());
        QCOMPARE(rig.tokens.asked, 1);
    }

    void onlyWhatProvesItGoesOutWhileNobodyKnowsWhoseTheTokenIs()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(200); });
        bool unproved = true;
        rig.scheduler.setUnproved([&unproved] { return unproved; });
        QSignalSpy needed(&rig.scheduler, &RequestScheduler::signInNeeded);
        HttpRequest proof = rig.request(QStringLiteral("/users"));
        proof.provesIdentity = true;
        QVERIFY(await(rig.scheduler.enqueue(proof)).ok());
        for (int i = 0; i < 20; ++i) {
            const auto refused = await(rig.scheduler.enqueue(rig.request(QStringLiteral("/search"))));
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().kind, ErrorKind::SignedOut);
        }
        QCOMPARE(targets(rig.server), QList<QByteArray>{"/users"});
        QCOMPARE(needed.count(), 0); // Nothing is wrong with the sign-in.
        unproved = false;
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/search")))).ok());
    }

    void atMostThreeInFlightAndTheUrgentFirst()
    {
        Rig rig([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        QList<QFuture<Result<HttpReply>>> futures;
        for (int i = 0; i < 3; ++i)
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/first%1").arg(i))));
        futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/sync"), RequestPriority::Sync)));
        futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/search1"), RequestPriority::Search)));
        futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/search2"), RequestPriority::Search)));
        futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/log"), RequestPriority::Log)));
        futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/pop"), RequestPriority::Pop)));
        QCOMPARE(RequestScheduler::maxInFlight, 3);
        QTRY_COMPARE(rig.server.arrivals().size(), 3);
        for (int expected = 4; expected <= 8; ++expected) {
            rig.server.sendLate(RawServer::response(200, "{}"));
            QTRY_COMPARE(rig.server.arrivals().size(), expected);
        }
        QCOMPARE(targets(rig.server).mid(3), (QList<QByteArray>{"/pop", "/log", "/search1", "/search2", "/sync"}));
        for (int i = 0; i < 3; ++i)
            rig.server.sendLate(RawServer::response(200, "{}"));
        for (const auto &future : std::as_const(futures))
            QVERIFY(await(future).ok());
    }

    void backgroundWorkLeavesAPlaceFree()
    {
        Rig rig([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        QList<QFuture<Result<HttpReply>>> futures;
        for (int i = 0; i < 6; ++i)
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/sync%1").arg(i), RequestPriority::Sync)));
        QTRY_COMPARE(rig.server.arrivals().size(), RequestScheduler::maxInFlight - 1);
        futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/pop"), RequestPriority::Pop)));
        QTRY_COMPARE(rig.server.arrivals().size(), RequestScheduler::maxInFlight);
        QCOMPARE(rig.server.arrivals().constLast().target, QByteArray("/pop"));
    }

    void readsAreRepeated_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {429, 500, 502, 503, 504})
            QTest::addRow("%d", status) << status;
    }
    void readsAreRepeated()
    {
        QFETCH(int, status);
        int count = 0;
        Rig rig([&count, status](const RawServer::Arrival &) { return ++count < 3 ? answer(status) : answer(200, "{\"ok\":1}"); });
        const auto outcome = await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome.value().status, 200);
        QCOMPARE(count, 3);
    }

    void readsGiveUpWithTheLastAnswer()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(503, R"({"code":"SERVICE_UNAVAILABLE"})"); });
        const auto outcome = await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome.value().status, 503);
        QCOMPARE(rig.server.arrivals().size(), 3);
    }

    void writesAreNeverRepeated_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<int>("status"); // 0 = hang up
        for (const HttpMethod method : {HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete}) {
            for (const int status : {0, 429, 500, 502, 503, 504})
                QTest::addRow("%d, %d", int(method), status) << int(method) << status;
        }
    }
    void writesAreNeverRepeated()
    {
        QFETCH(int, method);
        QFETCH(int, status);
        Rig rig([status](const RawServer::Arrival &arrival) {
            if (arrival.method == "GET")
                return answer(200);
            return status == 0 ? RawServer::Answer{{}, RawServer::Then::Fin} : answer(status);
        });
        const auto outcome =
            await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"), RequestPriority::Log, HttpMethod(method))));
        QCOMPARE(outcome.ok(), status != 0);
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/b")))).ok());
        QCOMPARE(targets(rig.server), (QList<QByteArray>{"/a", "/b"}));
    }

    void anInvalidTokenIsRenewedOnce_data()
    {
        QTest::addColumn<int>("method");
        QTest::newRow("read") << int(HttpMethod::Get);
        QTest::newRow("write") << int(HttpMethod::Post);
    }
    void anInvalidTokenIsRenewedOnce()
    {
        QFETCH(int, method);
        Rig rig([](const RawServer::Arrival &arrival) {
            return arrival.header("authorization").endsWith(" t2") ? answer(200) : answer(401, invalidToken);
        });
        HttpRequest request = rig.request(QStringLiteral("/a"), RequestPriority::Log, HttpMethod(method));
        request.body = method == int(HttpMethod::Post) ? "{\"data\":[]}" : "";
        const auto outcome = await(rig.scheduler.enqueue(request));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome.value().status, 200);
        QCOMPARE(rig.server.arrivals().size(), 2);
        QCOMPARE(rig.server.arrivals().at(1).body, request.body); // The body goes along.
        QCOMPARE(rig.tokens.refused, (QList<QByteArray>{"t1"}));
    }

    void aTokenThatStaysInvalidIsToldNotRepeatedForEver()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(401, invalidToken); });
        const auto outcome = await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome.value().status, 401);
        QCOMPARE(rig.server.arrivals().size(), 2);
    }

    void otherRefusalsAreNotRenewed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("scope") << QByteArray(R"({"code":"OAUTH_SCOPE_MISMATCH","details":{},"message":"x","status":"error"})");
        QTest::newRow("header") << QByteArray(R"({"code":"AUTHENTICATION_FAILURE","details":{},"message":"x","status":"error"})");
        QTest::newRow("html") << QByteArray("<html>INVALID_TOKEN</html>");
        QTest::newRow("empty") << QByteArray();
    }
    void otherRefusalsAreNotRenewed()
    {
        QFETCH(QByteArray, body);
        Rig rig([&body](const RawServer::Arrival &) { return answer(401, body); });
        const auto outcome = await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        QVERIFY(outcome.ok());
        QCOMPARE(outcome.value().status, 401);
        QCOMPARE(outcome.value().body, body);
        QVERIFY(rig.tokens.refused.isEmpty());
        QCOMPARE(rig.server.arrivals().size(), 1);
    }

    void signedOutIsToldOnceUntilATokenWorksAgain()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(200); });
        QSignalSpy needed(&rig.scheduler, &RequestScheduler::signInNeeded);
        rig.tokens.error = Error{.kind = ErrorKind::SignedOut, .message = QStringLiteral("x")};
        QList<QFuture<Result<HttpReply>>> futures;
        for (int i = 0; i < 7; ++i)
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        for (const auto &future : std::as_const(futures)) {
            const auto outcome = await(future);
            QVERIFY(!outcome.ok());
            QCOMPARE(outcome.error().kind, ErrorKind::SignedOut);
        }
        QCOMPARE(needed.count(), 1);
        rig.tokens.error.reset();
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        rig.tokens.error = Error{.kind = ErrorKind::SignedOut};
        QVERIFY(!await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        QCOMPARE(needed.count(), 2);
        QCOMPARE(rig.server.arrivals().size(), 1);
    }

    void otherTokenErrorsPassAndAskNobody()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(200); });
        QSignalSpy needed(&rig.scheduler, &RequestScheduler::signInNeeded);
        rig.tokens.error = Error{.kind = ErrorKind::Throttled, .retryAfter = 600s};
        const auto outcome = await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        QCOMPARE(outcome.error().kind, ErrorKind::Throttled);
        QCOMPARE(outcome.error().retryAfter, 600s);
        QCOMPARE(needed.count(), 0);
    }

    void onlineFollowsTheCrm()
    {
        bool down = true;
        Rig rig([&down](const RawServer::Arrival &) { return down ? RawServer::Answer{{}, RawServer::Then::Fin} : answer(500); });
        QSignalSpy online(&rig.scheduler, &RequestScheduler::onlineChanged);
        QVERIFY(!await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        QVERIFY(!await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        QCOMPARE(online, (QList<QVariantList>{{false}}));
        down = false;
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        QCOMPARE(online, (QList<QVariantList>{{false}, {true}}));
    }

    void nothingWaitsForEver()
    {
        Rig rig([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        QList<QFuture<Result<HttpReply>>> futures;
        for (int i = 0; i < 3; ++i)
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/first%1").arg(i))));
        futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/sync"), RequestPriority::Sync)));
        QTRY_COMPARE(rig.server.arrivals().size(), 3);
        // The phone does not stop: there is always a newer pop waiting.
        for (int i = 0; i <= RequestQueue::mostOvertakings + 1; ++i) {
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/pop%1").arg(i), RequestPriority::Pop)));
            rig.server.sendLate(RawServer::response(200, "{}"));
            QTRY_COMPARE(rig.server.arrivals().size(), 4 + i);
        }
        QCOMPARE(targets(rig.server).indexOf("/sync"), 3 + RequestQueue::mostOvertakings);
    }

    void backOffIsSpreadByChance()
    {
        // Full jitter: the lowest chance repeats at once even where the limit is a minute.
        int count = 0;
        Rig rig([&count](const RawServer::Arrival &) { return ++count < 3 ? answer(503) : answer(200); });
        RetryPolicy::Limits limits;
        limits.first = limits.longest = 60s;
        rig.scheduler.setRetryPolicy(RetryPolicy(limits));
        QList<double> drawn;
        rig.scheduler.setChance([&drawn] {
            drawn.append(0.0);
            return 0.0;
        });
        QCOMPARE(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).value().status, 200);
        QCOMPARE(count, 3);
        QVERIFY(drawn.size() >= 2);
    }

    void aPostThatOnlyReadsIsRepeated()
    {
        int count = 0;
        Rig rig([&count](const RawServer::Arrival &) { return ++count < 2 ? answer(503) : answer(200); });
        HttpRequest query = rig.request(QStringLiteral("/coql"), RequestPriority::Pop, HttpMethod::Post);
        query.body = "{}";
        query.readOnly = true;
        QCOMPARE(await(rig.scheduler.enqueue(query)).value().status, 200);
        QCOMPARE(rig.server.arrivals().size(), 2);
        QCOMPARE(rig.server.arrivals().at(1).body, QByteArray("{}"));
    }

    void aDeadSignInIsToldWhenAFreshTokenIsRefusedToo()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(401, invalidToken); });
        QSignalSpy needed(&rig.scheduler, &RequestScheduler::signInNeeded);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).value().status, 401);
        QCOMPARE(needed.count(), 1);
    }

    void oneRenewalForAllThatWait()
    {
        Rig rig([](const RawServer::Arrival &arrival) {
            return arrival.header("authorization").endsWith(" t2") ? answer(200) : answer(401, invalidToken);
        });
        QList<QFuture<Result<HttpReply>>> futures;
        for (int i = 0; i < 9; ++i)
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/%1").arg(i))));
        for (const auto &future : std::as_const(futures))
            QCOMPARE(await(future).value().status, 200);
        QCOMPARE(rig.tokens.number, 2);
        QVERIFY(rig.server.arrivals().size() <= 12); // The three that were on their way, once more.
    }

    void creditsAreCountedAndHeard()
    {
        QByteArray headers;
        Rig rig([&headers](const RawServer::Arrival &arrival) {
            return arrival.target.contains("refused") ? answer(429, "{}", headers) : answer(200, "{}", headers);
        });
        CreditMeter &credits = rig.scheduler.credits();
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/crm/v8/Contacts/search?phone=1")))).ok());
        QCOMPARE(credits.state().used, 1);
        QCOMPARE(credits.state().remaining, -1);
        headers = "X-API-CREDITS-REMAINING: 41234\r\nX-RATELIMIT-DAY-LIMIT: 100000\r\nX-RATELIMIT-REMAINING: 3\r\n";
        HttpRequest convert = rig.request(QStringLiteral("/crm/v8/Leads/1/actions/convert"), RequestPriority::Log,
                                          HttpMethod::Post);
        QVERIFY(await(rig.scheduler.enqueue(convert)).ok());
        QCOMPARE(credits.state().used, 6);
        QCOMPARE(credits.state().remaining, 41234);
        QCOMPARE(credits.state().limit, 100000);
        headers = "X-API-CREDITS-REMAINING: many\r\n";
        convert.url = rig.server.url(QStringLiteral("/crm/v8/Leads/refused/actions/convert"));
        QCOMPARE(await(rig.scheduler.enqueue(convert)).value().status, 429);
        QCOMPARE(credits.state().used, 6); // The CRM did not look at it.
        QCOMPARE(credits.state().remaining, 41234);
        QCOMPARE(credits.used(CreditKind::Write).requests, 1);
    }

    void refusalsOverTwoMinutesAreTheDaysQuota()
    {
        bool full = true;
        Rig rig([&full](const RawServer::Arrival &) { return full ? answer(429) : answer(200); });
        RetryPolicy::Limits once;
        once.attempts = 1;
        rig.scheduler.setRetryPolicy(RetryPolicy(once));
        const auto ask = [&rig] { return await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))); };
        for (const auto later : {0s, 60s, 50s}) { // A crowd, up to here.
            rig.clock.advance(later);
            QCOMPARE(ask().value().status, 429);
        }
        QCOMPARE(rig.scheduler.credits().level(), CreditLevel::Plenty);
        rig.clock.advance(20s);
        const auto spent = ask();
        QCOMPARE(spent.error().kind, ErrorKind::RateLimited);
        QCOMPARE(spent.error().retryAfter, std::chrono::milliseconds(QuotaWatch::probeInterval));
        QCOMPARE(rig.scheduler.credits().level(), CreditLevel::Exhausted);
        QCOMPARE(rig.server.arrivals().size(), 4);
        // Nothing goes out until it is time to see, then one request does.
        for (int i = 0; i < 5; ++i)
            QCOMPARE(ask().error().kind, ErrorKind::RateLimited);
        QCOMPARE(rig.server.arrivals().size(), 4);
        rig.clock.advance(QuotaWatch::probeInterval);
        QCOMPARE(ask().error().kind, ErrorKind::RateLimited);
        QCOMPARE(rig.server.arrivals().size(), 5);
        QVERIFY(!ask().ok());
        QCOMPARE(rig.server.arrivals().size(), 5);
        full = false;
        rig.clock.advance(QuotaWatch::probeInterval);
        QVERIFY(ask().ok());
        QVERIFY(ask().ok());
        QCOMPARE(rig.scheduler.credits().level(), CreditLevel::Plenty);
        QCOMPARE(rig.server.arrivals().size(), 7);
    }

    void whatWaitsWhenTheDayIsSpentIsAnsweredHere()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(429, "{}", "X-API-CREDITS-REMAINING: 0\r\n"); });
        QList<QFuture<Result<HttpReply>>> futures;
        for (int i = 0; i < 12; ++i)
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        for (const auto &future : std::as_const(futures)) {
            const auto outcome = await(future);
            QVERIFY(!outcome.ok());
            QCOMPARE(outcome.error().kind, ErrorKind::RateLimited);
            QVERIFY(outcome.error().retryAfter > 0ms);
        }
        QCOMPARE(rig.server.arrivals().size(), 3);
    }

    /// The old header counts a window of seconds: nothing left there says nothing of the day.
    void aWindowThatIsFullIsNoSpentDay()
    {
        bool full = true;
        Rig rig([&full](const RawServer::Arrival &) {
            return full ? answer(429, "{}", "X-RATELIMIT-LIMIT: 20\r\nX-RATELIMIT-REMAINING: 0\r\n") : answer(200);
        });
        HttpRequest write = rig.request(QStringLiteral("/a"), RequestPriority::Log); // not repeated by itself
        write.method = HttpMethod::Post;
        write.body = "{}";
        QCOMPARE(await(rig.scheduler.enqueue(write)).value().status, 429);
        full = false;
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        QCOMPARE(rig.scheduler.credits().level(), CreditLevel::Plenty);
    }

    void retryAfterHoldsEverything()
    {
        int count = 0;
        Rig rig([&count](const RawServer::Arrival &) { return ++count == 1 ? answer(429, "{}", "Retry-After: 1\r\n") : answer(200); });
        QElapsedTimer elapsed;
        elapsed.start();
        const auto throttled = rig.scheduler.enqueue(rig.request(QStringLiteral("/a"), RequestPriority::Log, HttpMethod::Post));
        QCOMPARE(await(throttled).value().status, 429);
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/b"), RequestPriority::Pop))).ok());
        QVERIFY2(elapsed.elapsed() >= 990, qPrintable(QString::number(elapsed.elapsed())));
    }

    void aShortWindowThatIsFullHoldsEverything()
    {
        int count = 0;
        Rig rig([&count](const RawServer::Arrival &) {
            return ++count == 1 ? answer(200, "{}", "X-RATELIMIT-REMAINING: 0\r\nX-RATELIMIT-RESET: 1\r\n") : answer(200);
        });
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a")))).ok());
        QElapsedTimer elapsed;
        elapsed.start();
        QVERIFY(await(rig.scheduler.enqueue(rig.request(QStringLiteral("/b"), RequestPriority::Pop))).ok());
        QVERIFY2(elapsed.elapsed() >= 900, qPrintable(QString::number(elapsed.elapsed())));
    }

    void aLongRetryAfterIsTheCallers()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(429, "{}", "Retry-After: 3600\r\n"); });
        const auto outcome = await(rig.scheduler.enqueue(rig.request(QStringLiteral("/a"))));
        QCOMPARE(outcome.error().kind, ErrorKind::RateLimited);
        QCOMPARE(outcome.error().retryAfter, 3600s);
        QCOMPARE(rig.server.arrivals().size(), 1);
    }

    void cancellingLeavesTheQueue()
    {
        Rig rig([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        QList<QFuture<Result<HttpReply>>> futures;
        for (int i = 0; i < 5; ++i)
            futures.append(rig.scheduler.enqueue(rig.request(QStringLiteral("/%1").arg(i))));
        QTRY_COMPARE(rig.server.arrivals().size(), 3);
        futures[3].cancel(); // Waiting.
        futures[0].cancel(); // In flight: its place goes to the fifth.
        QTRY_COMPARE(rig.server.arrivals().size(), 4);
        QCOMPARE(rig.server.arrivals().constLast().target, QByteArray("/4"));
        QTRY_VERIFY(futures.at(0).isFinished() && futures.at(3).isFinished());
    }

    void cancellingWhileBackingOff()
    {
        Rig rig([](const RawServer::Arrival &) { return answer(503); });
        RetryPolicy::Limits limits;
        limits.first = 60s;
        limits.longest = 60s;
        rig.scheduler.setRetryPolicy(RetryPolicy(limits));
        auto future = rig.scheduler.enqueue(rig.request(QStringLiteral("/a")));
        QTRY_COMPARE(rig.server.arrivals().size(), 1);
        future.cancel();
        QTRY_VERIFY(future.isFinished());
    }

    void deletingTheSchedulerCancelsEverything()
    {
        RawServer server([](const RawServer::Arrival &) { return RawServer::Answer{}; });
        HttpClient client;
        CountedTokens tokens;
        FakeClock clock;
        auto scheduler = std::make_unique<RequestScheduler>(client, tokens, clock);
        QList<QFuture<Result<HttpReply>>> futures;
        HttpRequest request;
        request.url = server.url();
        for (int i = 0; i < 6; ++i)
            futures.append(scheduler->enqueue(request));
        QTRY_COMPARE(server.arrivals().size(), 3);
        scheduler.reset();
        for (const auto &future : std::as_const(futures))
            QCOMPARE(await(future).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestRequestScheduler)
#include "tst_request_scheduler.moc"
