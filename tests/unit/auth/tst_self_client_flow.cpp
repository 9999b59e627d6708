// SPDX-License-Identifier: Apache-2.0
#include "FakeClock.h"
#include "HttpClient.h"
#include "RawServer.h"
#include "SelfClientFlow.h"
#include "TokenEndpoint.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;

class TestSelfClientFlow : public QObject
{
    Q_OBJECT

private:
    struct Rig
    {
        Rig()
            : server(
                  [this](const RawServer::Arrival &) { return RawServer::Answer{RawServer::response(200, answer)}; }),
              endpoint(client, clock)
        {
            options.client = {QStringLiteral("1000.SELF"), Secret("the-secret")};
            options.code = SelfClientFlow::cleaned(QStringLiteral("  \"1000.x.y\"\n"));
            const QUrl base = server.url({});
            options.dataCentres =
                DataCentres::of({{QStringLiteral("eu"), QStringLiteral("Europe"), base, base, base}}, 0);
        }

        void start()
        {
            flow = std::make_unique<SelfClientFlow>(options, endpoint);
            connect(flow.get(), &SelfClientFlow::finished, flow.get(),
                    [this](const Result<TokenSet> &result) { outcomes.append(result); });
            flow->start();
        }

        QByteArray answer = R"({"access_token":"1000.a.b","refresh_token":"1000.c.d","expires_in":3600})";
        RawServer server;
        FakeClock clock;
        HttpClient client;
        TokenEndpoint endpoint;
        SelfClientFlow::Options options;
        QList<Result<TokenSet>> outcomes;
        std::unique_ptr<SelfClientFlow> flow;
    };

private Q_SLOTS:
    void exchangesWithoutARedirect()
    {
        Rig rig;
        rig.start();
        QVERIFY(rig.outcomes.isEmpty());
        QTRY_COMPARE(rig.outcomes.size(), 1);
        QVERIFY(rig.outcomes[0].ok());
        QCOMPARE(rig.outcomes[0].value().location, QStringLiteral("eu"));
        QCOMPARE(rig.server.arrivals().size(), 1);
        QCOMPARE(rig.server.arrivals()[0].target, QByteArray("/oauth/v2/token"));
        QCOMPARE(
            rig.server.arrivals()[0].body,
            QByteArray("grant_type=authorization_code&client_id=1000.SELF&client_secret=the-secret&code=1000.x.y"));
    }

    void aUsedCodeNamesTheDataCentre()
    {
        Rig rig;
        rig.answer = R"({"error":"invalid_code"})";
        rig.start();
        QTRY_COMPARE(rig.outcomes.size(), 1);
        QCOMPARE(rig.outcomes[0].error().kind, ErrorKind::Refused);
        QVERIFY(rig.outcomes[0].error().message.contains(QLatin1String("Europe")));
    }

    void withoutRefreshTokenItIsNotUsed()
    {
        Rig rig;
        rig.answer = R"({"access_token":"1000.a.b"})";
        rig.start();
        QTRY_COMPARE(rig.outcomes.size(), 1);
        QCOMPARE(rig.outcomes[0].error().kind, ErrorKind::BadReply);
    }

    void cancelIsToldOnce()
    {
        Rig rig;
        rig.start();
        rig.flow->cancel();
        rig.flow->cancel();
        QCOMPARE(rig.outcomes.size(), 1);
        QCOMPARE(rig.outcomes[0].error().kind, ErrorKind::Cancelled);
        rig.start();
        QTRY_COMPARE(rig.outcomes.size(), 2);
        QVERIFY(rig.outcomes[1].ok());
    }

    void cleansWhatPeoplePaste()
    {
        QCOMPARE(SelfClientFlow::cleaned(QStringLiteral("1000.a.b")).reveal(), QByteArray("1000.a.b"));
        QCOMPARE(SelfClientFlow::cleaned(QStringLiteral("\u200b'1000.a\r\n.b'\t")).reveal(), QByteArray("1000.a.b"));
        QVERIFY(SelfClientFlow::cleaned(QStringLiteral(" \n")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSelfClientFlow)
#include "tst_self_client_flow.moc"
