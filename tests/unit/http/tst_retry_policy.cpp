// SPDX-License-Identifier: Apache-2.0
#include "RetryPolicy.h"

#include <QDateTime>
#include <QTest>

using namespace ringside;
using namespace std::chrono_literals;

namespace {

QDateTime now()
{
    return QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
}

HttpReply reply(int status, const QByteArray &retryAfter = {})
{
    HttpReply made;
    made.status = status;
    if (!retryAfter.isNull())
        made.headers.insert("retry-after", retryAfter);
    return made;
}

HttpRequest of(HttpMethod method, bool readOnly = false)
{
    HttpRequest made;
    made.method = method;
    made.readOnly = readOnly;
    return made;
}

const HttpRequest get = of(HttpMethod::Get);

} // namespace

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyReadsAreRepeated()
    {
        const RetryPolicy policy;
        for (const HttpMethod method : {HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete}) {
            for (const int status : {429, 500, 502, 503, 504})
                QVERIFY(!policy.delay(of(method, method != HttpMethod::Post), 1, reply(status), 0.5, now()));
            QVERIFY(!policy.delay(of(method, method != HttpMethod::Post), 1, Error{.kind = ErrorKind::Network}, 0.5,
                                  now()));
        }
    }

    void aPostThatOnlyReadsIsRepeated()
    {
        const RetryPolicy policy;
        QVERIFY(policy.delay(of(HttpMethod::Post, true), 1, reply(503), 0.5, now()));
        QVERIFY(!policy.delay(of(HttpMethod::Post, true), 3, reply(503), 0.5, now()));
    }

    void onlyWhatMayPassIsRepeated()
    {
        const RetryPolicy policy;
        for (const int status : {429, 500, 502, 503, 504})
            QVERIFY(policy.delay(get, 1, reply(status), 0.5, now()));
        for (const int status : {200, 204, 301, 400, 401, 403, 404, 405, 409, 412, 501})
            QVERIFY(!policy.delay(get, 1, reply(status), 0.5, now()));
        QVERIFY(policy.delay(get, 1, Error{.kind = ErrorKind::Network}, 0.5, now()));
        for (const ErrorKind kind : {ErrorKind::Timeout, ErrorKind::Tls, ErrorKind::Cancelled, ErrorKind::Configuration, ErrorKind::BadReply})
            QVERIFY(!policy.delay(get, 1, Error{.kind = kind}, 0.5, now()));
    }

    void threeAttemptsInAll()
    {
        const RetryPolicy policy;
        QVERIFY(policy.delay(get, 2, reply(503), 0.5, now()));
        QVERIFY(!policy.delay(get, 3, reply(503), 0.5, now()));
    }

    void theLimitDoublesAndChanceSpreads()
    {
        RetryPolicy::Limits limits;
        limits.attempts = 10;
        const RetryPolicy policy(limits);
        QCOMPARE(policy.delay(get, 1, reply(503), 0.0, now()), 0ms);
        QCOMPARE(policy.delay(get, 1, reply(503), 0.5, now()), 500ms);
        QCOMPARE(policy.delay(get, 1, reply(503), 1.0, now()), 1000ms);
        QCOMPARE(policy.delay(get, 2, reply(503), 1.0, now()), 2000ms);
        QCOMPARE(policy.delay(get, 3, reply(503), 1.0, now()), 4000ms);
        QCOMPARE(policy.delay(get, 4, reply(503), 1.0, now()), 8000ms);
        QCOMPARE(policy.delay(get, 9, reply(503), 1.0, now()), 8000ms);
    }

    void retryAfterIsObeyed()
    {
        const RetryPolicy policy;
        QCOMPARE(policy.delay(get, 1, reply(429, "3"), 0.0, now()), 3000ms);
        QCOMPARE(policy.delay(get, 1, reply(429, "3"), 1.0, now()), 4000ms);
        QVERIFY(!policy.delay(get, 1, reply(429, "3600"), 0.0, now()));
    }

    void theEndOfAWindowIsObeyed()
    {
        HttpReply full = reply(429);
        full.headers.insert("x-ratelimit-remaining", "0");
        full.headers.insert("x-ratelimit-reset", "4");
        QCOMPARE(RetryPolicy().delay(get, 1, full, 0.0, now()), 4000ms);
    }

    void retryAfterIsRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("seconds");
        QTest::newRow("none") << QByteArray() << 0;
        QTest::newRow("seconds") << QByteArray("120") << 120;
        QTest::newRow("spaces") << QByteArray(" 7 ") << 7;
        QTest::newRow("date") << QByteArray("Mon, 09 Mar 2026 10:00:05 GMT") << 5;
        QTest::newRow("past date") << QByteArray("Mon, 09 Mar 2026 09:00:05 GMT") << 0;
        QTest::newRow("negative") << QByteArray("-5") << 0;
        QTest::newRow("absurd") << QByteArray("99999999999") << 86400;
        QTest::newRow("garbage") << QByteArray("soon") << 0;
    }
    void retryAfterIsRead()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, seconds);
        QCOMPARE(RetryPolicy::retryAfter(reply(429, value), now()),
                 std::chrono::milliseconds(std::chrono::seconds(seconds)));
    }
};

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retry_policy.moc"
