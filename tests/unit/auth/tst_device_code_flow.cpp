// SPDX-License-Identifier: Apache-2.0
#include "DeviceCodeFlow.h"
#include "DeviceReply.h"
#include "FakeAlarm.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "RawServer.h"
#include "Settings.h"
#include "TokenEndpoint.h"

#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

QDateTime now()
{
    return QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
}

/// JSON with single quotes, which moc can read.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

HttpReply reply(const QByteArray &body)
{
    HttpReply made;
    made.status = 200;
    made.body = json(body);
    return made;
}

const auto tokens = "{'access_token':'1000.a.b','refresh_token':'1000.c.d','scope':'A','expires_in':3600}";

} // namespace

class TestDeviceCodeFlow : public QObject
{
    Q_OBJECT

private:
    /// The flow and two accounts servers, "us" and "eu", that answer polls with what lies in their queues.
    struct Rig
    {
        Rig()
            : us([this](const auto &arrival) { return answer(arrival, usAnswers); }),
              eu([this](const auto &arrival) { return answer(arrival, euAnswers); }), endpoint(client, clock)
        {
            options.client = {QStringLiteral("1004.ID"), Secret("the-secret")};
            options.scopes = {QStringLiteral("A.READ"), QStringLiteral("B.ALL")};
            options.dataCentres = DataCentres::of({centre("us", us), centre("eu", eu)}, 0);
        }

        static DataCentre centre(const char *location, const RawServer &server)
        {
            return {QLatin1String(location), QLatin1String(location), server.url({}), server.url({}), server.url({})};
        }

        RawServer::Answer answer(const RawServer::Arrival &arrival, QList<QByteArray> &queue)
        {
            if (arrival.target == "/oauth/v3/device/code")
                return {RawServer::response(200, json(grant))};
            const QByteArray body =
                queue.isEmpty() ? QByteArray("{'error':'authorization_pending'}") : queue.takeFirst();
            if (body == "hang up")
                return {{}, RawServer::Then::Fin};
            return {RawServer::response(200, json(body))};
        }

        bool start()
        {
            flow = std::make_unique<DeviceCodeFlow>(options, endpoint, std::make_unique<FakeAlarm>(alarm));
            connect(flow.get(), &DeviceCodeFlow::finished, flow.get(),
                    [this](const Result<TokenSet> &result) { outcomes.append(result); });
            flow->start();
            return QTest::qWaitFor([this] { return flow->state() == DeviceCodeFlow::State::WaitingForPerson; });
        }

        /// Rings, and waits until the next alarm is set or the flow has ended.
        bool pollOnce()
        {
            const auto before = alarm.waits.size();
            return alarm.ring() && QTest::qWaitFor([&] { return alarm.waits.size() > before || !outcomes.isEmpty(); });
        }

        ErrorKind failure() const
        {
            return outcomes.size() == 1 && !outcomes[0].ok() ? outcomes[0].error().kind : ErrorKind::Internal;
        }

        QByteArray grant =
            "{'user_code':'ABCD-EFGH','device_code':'1004.e.f','verification_url':'https://accounts.zoho.com/oauth/v3/"
            "device',"
            "'verification_uri_complete':'https://accounts.zoho.com/oauth/v3/device?user_code=ABCD-EFGH','interval':30,"
            "'expires_in':300}";
        QList<QByteArray> usAnswers;
        QList<QByteArray> euAnswers;
        RawServer us;
        RawServer eu;
        FakeClock clock;
        HttpClient client;
        TokenEndpoint endpoint;
        DeviceCodeFlow::Options options;
        AlarmRecord alarm;
        QList<Result<TokenSet>> outcomes;
        std::unique_ptr<DeviceCodeFlow> flow;
    };

private Q_SLOTS:
    void asksAndPollsAsTheReferenceSays()
    {
        Rig rig;
        rig.usAnswers = {"{'error':'authorization_pending'}", tokens};
        QVERIFY(rig.start());
        QCOMPARE(rig.flow->userCode(), QStringLiteral("ABCD-EFGH"));
        QCOMPARE(rig.flow->page(),
                 QUrl(QStringLiteral("https://accounts.zoho.com/oauth/v3/device?user_code=ABCD-EFGH")));
        QCOMPARE(rig.flow->life(), std::chrono::milliseconds(5min));
        QCOMPARE(rig.us.arrivals().size(), 1);
        QCOMPARE(rig.us.arrivals()[0].method, QByteArray("POST"));
        QCOMPARE(rig.us.arrivals()[0].body,
                 QByteArray("grant_type=device_request&client_id=1004.ID&scope=A.READ%2CB.ALL"
                            "&access_type=offline&prompt=consent"));
        QVERIFY(rig.pollOnce());
        QVERIFY(rig.outcomes.isEmpty());
        QVERIFY(rig.pollOnce());
        QCOMPARE(rig.outcomes.size(), 1);
        QVERIFY(rig.outcomes[0].ok());
        const TokenSet &set = rig.outcomes[0].value();
        QCOMPARE(set.refreshToken.reveal(), QByteArray("1000.c.d"));
        QCOMPARE(set.accountsServer, rig.us.url({}));
        QCOMPARE(set.apiDomain, rig.us.url({})); // The reply names none.
        QCOMPARE(set.location, QStringLiteral("us"));
        QCOMPARE(rig.us.arrivals()[2].target, QByteArray("/oauth/v3/device/token"));
        QCOMPARE(rig.us.arrivals()[2].body,
                 QByteArray("grant_type=device_token&client_id=1004.ID&client_secret=the-secret&code=1004.e.f"));
        QCOMPARE(rig.alarm.waits, (QList<std::chrono::milliseconds>{30s, 30s}));
    }

    void slowDownSlowsDown()
    {
        Rig rig;
        rig.usAnswers = {"{'error':'slow_down'}", "{'error':'authorization_pending'}", "{'error':'slow_down'}", tokens};
        QVERIFY(rig.start());
        for (int i = 0; i < 4; ++i)
            QVERIFY(rig.pollOnce());
        QVERIFY(rig.outcomes.size() == 1 && rig.outcomes[0].ok());
        QCOMPARE(rig.alarm.waits, (QList<std::chrono::milliseconds>{30s, 35s, 35s, 40s}));
    }

    void followsThePersonToAnotherDataCentre()
    {
        Rig rig;
        rig.usAnswers = {"{'error':'other_dc','user_location':'EU'}"};
        rig.euAnswers = {"{'error':'authorization_pending'}", tokens};
        QVERIFY(rig.start());
        QVERIFY(rig.pollOnce());
        QCOMPARE(rig.eu.arrivals().size(), 1); // At once, since the person has accepted there.
        QVERIFY(rig.pollOnce());
        QVERIFY(rig.outcomes.size() == 1 && rig.outcomes[0].ok());
        QCOMPARE(rig.outcomes[0].value().location, QStringLiteral("eu"));
        QCOMPARE(rig.outcomes[0].value().accountsServer, rig.eu.url({}));
        QCOMPARE(rig.us.arrivals().size(), 2);
    }

    void neverSendsTheSecretToAnUnknownDataCentre_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::newRow("unknown") << QByteArray("xx");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("a host") << QByteArray("evil.example");
    }
    void neverSendsTheSecretToAnUnknownDataCentre()
    {
        QFETCH(QByteArray, location);
        Rig rig;
        rig.usAnswers = {"{'error':'other_dc','user_location':'" + location + "'}"};
        QVERIFY(rig.start());
        QVERIFY(rig.pollOnce());
        QCOMPARE(rig.failure(), ErrorKind::Configuration);
        QCOMPARE(rig.outcomes[0].error().detail, QStringLiteral("zoho/data-centre"));
        QCOMPARE(rig.eu.arrivals().size(), 0);
    }

    void twoDataCentresCannotPlayBall()
    {
        Rig rig;
        rig.usAnswers = {"{'error':'other_dc','user_location':'eu'}"};
        rig.euAnswers = {"{'error':'other_dc','user_location':'us'}"};
        QVERIFY(rig.start());
        QVERIFY(rig.pollOnce());
        QCOMPARE(rig.failure(), ErrorKind::Configuration);
        QCOMPARE(rig.us.arrivals().size() + rig.eu.arrivals().size(), 3);
    }

    void endsWithTheRightError_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("kind");
        QTest::newRow("denied") << QByteArray("{'error':'access_denied'}") << int(ErrorKind::Refused);
        QTest::newRow("expired") << QByteArray("{'error':'expired'}") << int(ErrorKind::Timeout);
        QTest::newRow("secret") << QByteArray("{'error':'invalid_client_secret'}") << int(ErrorKind::Configuration);
        QTest::newRow("used") << QByteArray("{'error':'invalid_code'}") << int(ErrorKind::Refused);
        QTest::newRow("throttled") << QByteArray("{'error':'Access Denied','error_description':'x','status':'failure'}")
                                   << int(ErrorKind::Throttled);
        QTest::newRow("not renewable") << QByteArray("{'access_token':'1000.a.b'}") << int(ErrorKind::BadReply);
    }
    void endsWithTheRightError()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, kind);
        Rig rig;
        rig.usAnswers = {answer};
        QVERIFY(rig.start());
        QVERIFY(rig.pollOnce());
        QCOMPARE(int(rig.failure()), kind);
        QVERIFY(rig.outcomes[0].error().message.endsWith(QLatin1Char('.')));
        QVERIFY(!rig.alarm.act);
    }

    void aLostPollEndsNothing()
    {
        Rig rig;
        rig.usAnswers = {"hang up", "<html>the hotel's page</html>", "{'error':'general_error'}", tokens};
        QVERIFY(rig.start());
        for (int i = 0; i < 4; ++i) {
            QVERIFY(rig.outcomes.isEmpty());
            QVERIFY(rig.pollOnce());
        }
        QVERIFY(rig.outcomes.size() == 1 && rig.outcomes[0].ok());
    }

    void timesOutWhenNobodyEntersIt()
    {
        Rig rig;
        QVERIFY(rig.start());
        int polls = 0;
        while (rig.outcomes.isEmpty() && polls < 50) {
            QVERIFY(rig.pollOnce());
            ++polls;
        }
        QCOMPARE(polls, 10); // 5 minutes at 30 s.
        QCOMPARE(rig.failure(), ErrorKind::Timeout);
    }

    void cancelStopsAndIsTold()
    {
        Rig rig;
        QVERIFY(rig.start());
        rig.flow->cancel();
        QCOMPARE(rig.failure(), ErrorKind::Cancelled);
        QVERIFY(!rig.alarm.act);
        QVERIFY(rig.start()); // A second attempt is a new one.
    }

    void destroyingItIsSilent()
    {
        Rig rig;
        QVERIFY(rig.start());
        rig.flow.reset();
        QVERIFY(rig.outcomes.isEmpty());
        QVERIFY(!rig.alarm.act);
    }

    void noCodeIsAnError()
    {
        Rig rig;
        rig.grant = "{'error':'invalid_client'}";
        rig.flow = std::make_unique<DeviceCodeFlow>(rig.options, rig.endpoint, std::make_unique<FakeAlarm>(rig.alarm));
        connect(rig.flow.get(), &DeviceCodeFlow::finished, this,
                [&rig](const Result<TokenSet> &result) { rig.outcomes.append(result); });
        rig.flow->start();
        QTRY_COMPARE(rig.failure(), ErrorKind::Configuration);
        QVERIFY(rig.alarm.waits.isEmpty());
    }

    void readsGrants_data()
    {
        QTest::addColumn<QByteArray>("times");
        QTest::addColumn<qint64>("interval");
        QTest::addColumn<qint64>("life");
        QTest::newRow("seconds") << QByteArray("'interval':30,'expires_in':300") << qint64(30'000) << qint64(300'000);
        QTest::newRow("milliseconds") << QByteArray("'interval':45000,'expires_in':300000") << qint64(45'000)
                                      << qint64(300'000);
        QTest::newRow("mixed") << QByteArray("'interval':40,'expires_in':600000") << qint64(40'000) << qint64(600'000);
        QTest::newRow("too fast") << QByteArray("'interval':5,'expires_in':300") << qint64(30'000) << qint64(300'000);
        QTest::newRow("too fast, milliseconds")
            << QByteArray("'interval':5000,'expires_in':300") << qint64(30'000) << qint64(300'000);
        QTest::newRow("as text") << QByteArray("'interval':'60','expires_in':'120'") << qint64(60'000)
                                 << qint64(120'000);
        QTest::newRow("not told") << QByteArray("'x':1") << qint64(30'000) << qint64(300'000);
        QTest::newRow("nonsense") << QByteArray("'interval':-3,'expires_in':'soon'") << qint64(30'000)
                                  << qint64(300'000);
        QTest::newRow("absurd") << QByteArray("'interval':30,'expires_in':1e15") << qint64(30'000) << qint64(3'600'000);
    }
    void readsGrants()
    {
        QFETCH(QByteArray, times);
        QFETCH(qint64, interval);
        QFETCH(qint64, life);
        const auto grant = DeviceReply::grant(
            reply("{'user_code':'A','device_code':'d','verification_url':'https://a.example/device'," + times + '}'),
            now());
        QVERIFY(grant.ok());
        QCOMPARE(grant.value().interval.count(), interval);
        QCOMPARE(grant.value().life.count(), life);
        QCOMPARE(grant.value().page, QUrl(QStringLiteral("https://a.example/device")));
    }

    void refusesGrantsThatNobodyCouldUse_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("plain page") << QByteArray(
            "{'user_code':'A','device_code':'d','verification_url':'http://a.example/device'}");
        QTest::newRow("script") << QByteArray(
            "{'user_code':'A','device_code':'d','verification_url':'javascript:alert(1)'}");
        QTest::newRow("no user code") << QByteArray(
            "{'device_code':'d','verification_url':'https://a.example/device'}");
        QTest::newRow("no device code") << QByteArray(
            "{'user_code':'A','verification_url':'https://a.example/device'}");
        QTest::newRow("html") << QByteArray("<html></html>");
    }
    void refusesGrantsThatNobodyCouldUse()
    {
        QFETCH(QByteArray, body);
        const auto grant = DeviceReply::grant(reply(body), now());
        QVERIFY(!grant.ok());
        QCOMPARE(grant.error().kind, ErrorKind::BadReply);
    }
};

QTEST_GUILESS_MAIN(TestDeviceCodeFlow)
#include "tst_device_code_flow.moc"
