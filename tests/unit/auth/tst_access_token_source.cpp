// SPDX-License-Identifier: Apache-2.0
#include "AccessTokenSource.h"
#include "Await.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "RawServer.h"
#include "RefreshBudget.h"
#include "SecretStore.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

/// A keychain that can be locked.
class LockableSecrets final : public SecretStore
{
public:
    bool locked = false;

    QFuture<Result<Secret>> read(const QString &key) override
    {
        return locked ? failedFuture<Secret>(Error{.kind = ErrorKind::KeychainUnavailable}) : m_entries.read(key);
    }
    QFuture<Result<void>> write(const QString &key, const Secret &secret) override
    {
        return locked ? failedFuture<void>(Error{.kind = ErrorKind::KeychainUnavailable}) : m_entries.write(key, secret);
    }
    QFuture<Result<void>> remove(const QString &key) override { return m_entries.remove(key); }

private:
    SessionSecretStore m_entries;
};

} // namespace

class TestAccessTokenSource : public QObject
{
    Q_OBJECT

private:
    struct Rig
    {
        Rig() : server([this](const RawServer::Arrival &arrival) { return answer(arrival); }), endpoint(client, clock), store(secrets), source(endpoint, store, clock)
        {
            source.setClient({QStringLiteral("1000.ID"), Secret("secret")});
        }

        RawServer::Answer answer(const RawServer::Arrival &arrival)
        {
            if (arrival.target == "/oauth/v2/token/revoke" || arrival.target == "/oauth/v2/revoke/token")
                return {RawServer::response(revokeWorks.contains(arrival.target) ? 200 : 404,
                                            revokeWorks.contains(arrival.target) ? R"({"status":"success"})" : "<html>")};
            ++refreshes;
            if (hangUp)
                return {{}, RawServer::Then::Fin};
            if (silent)
                return {};
            return {RawServer::response(200, failure.isEmpty() ? fresh() : failure)};
        }

        QByteArray fresh() const
        {
            return QByteArrayLiteral("{'access_token':'new%','expires_in':3600}").replace('\'', '"').replace("%", QByteArray::number(refreshes));
        }

        TokenSet tokens(int seconds = 3600) const
        {
            return {.accessToken = Secret("first"),
                    .refreshToken = Secret("lasting"),
                    .expiresAt = clock.now().addSecs(seconds),
                    .accountsServer = server.url({}),
                    .apiDomain = QUrl(QStringLiteral("https://www.zohoapis.com")),
                    .location = QStringLiteral("us"),
                    .scope = QStringLiteral("A")};
        }

        QByteArrayList revokeWorks{"/oauth/v2/token/revoke", "/oauth/v2/revoke/token"};
        int refreshes = 0;
        bool hangUp = false;
        bool silent = false;
        QByteArray failure;
        RawServer server;
        FakeClock clock;
        HttpClient client;
        LockableSecrets secrets;
        TokenEndpoint endpoint;
        TokenStore store;
        AccessTokenSource source;
    };

    static QByteArray token(AccessTokenSource &source)
    {
        const auto result = await(source.accessToken());
        return result.ok() ? result.value().reveal() : QByteArray();
    }

private Q_SLOTS:
    void nobodySignedIn()
    {
        Rig rig;
        QVERIFY(!rig.source.signedIn());
        QCOMPARE(await(rig.source.load()).error().kind, ErrorKind::NotFound);
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::SignedOut);
        QCOMPARE(rig.refreshes, 0);
    }

    void aLivingTokenNeedsNoRefreshAlsoAfterARestart()
    {
        Rig rig;
        QSignalSpy changed(&rig.source, &AccessTokenSource::signedInChanged);
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        QVERIFY(rig.source.signedIn());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(token(rig.source), QByteArray("first"));
        AccessTokenSource restarted(rig.endpoint, rig.store, rig.clock);
        QVERIFY(await(restarted.load()).ok());
        QCOMPARE(token(restarted), QByteArray("first"));
        QCOMPARE(rig.refreshes, 0);
    }

    void whatIsShownHoldsNoToken()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        QVERIFY(rig.source.current()->accessToken.isEmpty());
        QVERIFY(rig.source.current()->refreshToken.isEmpty());
        QCOMPARE(rig.source.current()->apiDomain, QUrl(QStringLiteral("https://www.zohoapis.com")));
    }

    void oneRefreshForAllThatWait()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens(59))).ok());
        QList<QFuture<Result<Secret>>> futures;
        for (int i = 0; i < 20; ++i)
            futures.append(rig.source.accessToken());
        futures[3].cancel();
        for (qsizetype i = 0; i < futures.size(); ++i) {
            const auto result = await(futures.at(i));
            if (i == 3)
                QCOMPARE(result.error().kind, ErrorKind::Cancelled);
            else
                QCOMPARE(result.value().reveal(), QByteArray("new1"));
        }
        QCOMPARE(rig.refreshes, 1);
        // Written to the keychain, with the refresh token that the reply did not repeat.
        const auto stored = await(rig.store.load());
        QCOMPARE(stored.value().accessToken.reveal(), QByteArray("new1"));
        QCOMPARE(stored.value().refreshToken.reveal(), QByteArray("lasting"));
        QCOMPARE(stored.value().scope, QStringLiteral("A"));
    }

    void sixtySecondsAreLeftAlone()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens(61))).ok());
        QCOMPARE(token(rig.source), QByteArray("first"));
        rig.clock.advance(1s);
        QCOMPARE(token(rig.source), QByteArray("new1"));
    }

    void aRefusedTokenIsNotGivenAgain()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        rig.source.tokenRefused(Secret("first"));
        QCOMPARE(token(rig.source), QByteArray("new1"));
        rig.source.tokenRefused(Secret("first")); // Late news of the old one.
        QCOMPARE(token(rig.source), QByteArray("new1"));
        QCOMPARE(rig.refreshes, 1);
    }

    void theBudgetIsKept()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        for (int i = 1; i <= RefreshBudget::mostRefreshes; ++i) {
            const QByteArray given = token(rig.source);
            QCOMPARE(given, "new" + QByteArray::number(i));
            rig.source.tokenRefused(Secret(given));
        }
        const auto result = await(rig.source.accessToken());
        QCOMPARE(result.error().kind, ErrorKind::Throttled);
        QCOMPARE(result.error().retryAfter, std::chrono::milliseconds(10min));
        QVERIFY(rig.source.signedIn());
        rig.clock.advance(10min);
        QCOMPARE(token(rig.source), QByteArray("new7"));
    }

    void theBudgetHoldsOverRestarts()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        // A program that is started again and again, with a CRM that refuses each token.
        for (int i = 0; i < 20; ++i) {
            AccessTokenSource restarted(rig.endpoint, rig.store, rig.clock);
            restarted.setClient({QStringLiteral("1000.ID"), Secret("secret")});
            QVERIFY(await(restarted.load()).ok());
            const auto given = await(restarted.accessToken());
            if (given.ok())
                restarted.tokenRefused(given.value());
            (void)await(restarted.accessToken());
            rig.clock.advance(1s);
        }
        QCOMPARE(rig.refreshes, RefreshBudget::mostRefreshes);
        rig.clock.advance(10min);
        AccessTokenSource later(rig.endpoint, rig.store, rig.clock);
        later.setClient({QStringLiteral("1000.ID"), Secret("secret")});
        QVERIFY(await(later.load()).ok());
        const auto last = await(rig.store.load());
        later.tokenRefused(last.value().accessToken);
        QVERIFY(await(later.accessToken()).ok());
        QCOMPARE(rig.refreshes, RefreshBudget::mostRefreshes + 1);
    }

    void aSilenceHoldsOverRestarts()
    {
        Rig rig;
        // As recorded from an account in China: only the shape tells.
        rig.failure = "{\"error\":\"\xe8\xae\xbf\xe9\x97\xae\xe8\xa2\xab\xe6\x8b\x92\xe7\xbb\x9d\",\"error_description\":\"\xe8\xaf\xb7\xe7\xa8\x8d"
                      "\xe5\x90\x8e\xe5\x86\x8d\xe8\xaf\x95\",\"status\":\"failure\"}";
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Throttled);
        rig.failure.clear();
        AccessTokenSource restarted(rig.endpoint, rig.store, rig.clock);
        restarted.setClient({QStringLiteral("1000.ID"), Secret("secret")});
        QVERIFY(await(restarted.load()).ok());
        QCOMPARE(await(restarted.accessToken()).error().kind, ErrorKind::Throttled);
        QVERIFY(restarted.signedIn());
        QCOMPARE(rig.refreshes, 1);
        rig.clock.advance(10min);
        QVERIFY(await(restarted.accessToken()).ok());
    }

    void tokensOfAnotherClientAreNotUsed()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        AccessTokenSource restarted(rig.endpoint, rig.store, rig.clock);
        restarted.setClient({QStringLiteral("1000.OTHER"), Secret("secret")});
        const auto loaded = await(restarted.load());
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().kind, ErrorKind::SignedOut);
        QVERIFY(loaded.error().message.contains(QLatin1String("client ID")));
        QVERIFY(!restarted.signedIn());
        QCOMPARE(rig.refreshes, 0);
    }

    void whoseTheyAreIsKeptWithThem()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        rig.source.setOwner(QStringLiteral("u1"), QStringLiteral("o1"));
        QCOMPARE(rig.source.current()->userId, QStringLiteral("u1"));
        QTRY_COMPARE(await(rig.store.load()).value().orgId, QStringLiteral("o1"));
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok()); // A new sign-in is anybody's.
        QCOMPARE(rig.source.current()->userId, QString());
    }

    void revokingGoesOnWhereTheUsualAddressDoesNotWork()
    {
        Rig rig;
        rig.revokeWorks = {"/oauth/v2/revoke/token"};
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        QVERIFY(await(rig.source.signOut()).ok());
        QTRY_COMPARE(rig.server.arrivals().size(), 2);
        QCOMPARE(rig.server.arrivals()[1].target, QByteArray("/oauth/v2/revoke/token"));
        QCOMPARE(rig.server.arrivals()[1].body, QByteArray("token=lasting&token_type=refresh_token"));
        QCOMPARE(rig.server.arrivals()[1].header("authorization"), QByteArray("Basic ") + QByteArray("1000.ID:secret").toBase64());
    }

    void theAccessTokenIsRevokedWhereTheOtherCannotBe()
    {
        Rig rig;
        rig.revokeWorks.clear();
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        QVERIFY(await(rig.source.signOut()).ok()); // Signed out all the same, before any answer.
        QVERIFY(!rig.source.signedIn());
        QTRY_COMPARE(rig.server.arrivals().size(), 3);
        QCOMPARE(rig.server.arrivals()[2].body, QByteArray("token=first"));
    }

    void aThrottledRefreshIsNotADeadToken()
    {
        Rig rig;
        rig.failure = R"({"error":"Access Denied","error_description":"later","status":"failure"})";
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Throttled);
        QVERIFY(rig.source.signedIn());
        rig.failure.clear();
        rig.clock.advance(9min);
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Throttled); // Silence is kept.
        QCOMPARE(rig.refreshes, 1);
        rig.clock.advance(1min);
        QCOMPARE(token(rig.source), QByteArray("new2"));
    }

    void theSignInBeforeIsRevokedOnceItIsTheSamePersons()
    {
        Rig rig;
        const auto revoked = [&rig] {
            QByteArrayList targets;
            for (const RawServer::Arrival &arrival : rig.server.arrivals()) {
                if (arrival.target == "/oauth/v2/token/revoke")
                    targets.append(arrival.body);
            }
            return targets;
        };
        const auto with = [&rig](const char *refreshToken) {
            TokenSet tokens = rig.tokens();
            tokens.refreshToken = Secret(refreshToken);
            return tokens;
        };
        QVERIFY(await(rig.source.adopt(with("one"))).ok());
        rig.source.setOwner(QStringLiteral("7"), QStringLiteral("70"));
        QVERIFY(await(rig.source.adopt(with("two"))).ok()); // allows more
        QVERIFY(revoked().isEmpty());                       // it may be somebody else's
        rig.source.setOwner(QStringLiteral("7"), QStringLiteral("70"));
        QTRY_COMPARE(revoked().size(), 1);
        QVERIFY(revoked().constFirst().contains("one"));
        QVERIFY(rig.source.signedIn());
        QVERIFY(await(rig.source.adopt(with("three"))).ok());
        rig.source.setOwner(QStringLiteral("8"), QStringLiteral("70")); // another person: theirs is not ours to end
        QVERIFY(await(rig.source.adopt(with("three"))).ok());           // the very same
        rig.source.setOwner(QStringLiteral("8"), QStringLiteral("70"));
        QVERIFY(await(rig.source.signOut()).ok());
        QTRY_COMPARE(revoked().size(), 2);
        QVERIFY(revoked().constLast().contains("three"));
    }

    void aLostConnectionLeavesTheSignInIntact()
    {
        Rig rig;
        rig.hangUp = true;
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        QSignalSpy changed(&rig.source, &AccessTokenSource::signedInChanged);
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Network);
        QVERIFY(rig.source.signedIn());
        QCOMPARE(changed.count(), 0);
        rig.hangUp = false;
        QCOMPARE(token(rig.source), QByteArray("new2"));
    }

    void anOutageDoesNotUseUpTheBudget()
    {
        Rig rig;
        QTcpServer closed; // a port where nobody listens
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        TokenSet tokens = rig.tokens(0);
        tokens.accountsServer.setPort(closed.serverPort());
        closed.close();
        QVERIFY(await(rig.source.adopt(tokens)).ok());
        for (int i = 0; i <= RefreshBudget::mostRefreshes; ++i)
            QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Network);
        {
            AccessTokenSource again(rig.endpoint, rig.store, rig.clock);
            again.setClient({QStringLiteral("1000.ID"), Secret("secret")});
            QVERIFY(await(again.load()).ok());
            QCOMPARE(await(again.accessToken()).error().kind, ErrorKind::Network); // and not the budget's
        }
        rig.hangUp = true; // there, and nobody knows what became of it: that counts
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        for (int i = 0; i < RefreshBudget::mostRefreshes; ++i)
            QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Network);
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Throttled);
    }

    void theLastMinuteIsUsedWhenNoNewTokenCanBeHad()
    {
        Rig rig;
        rig.hangUp = true;
        QVERIFY(await(rig.source.adopt(rig.tokens(30))).ok());
        QCOMPARE(token(rig.source), QByteArray("first"));
        rig.source.tokenRefused(Secret("first"));
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::Network);
    }

    void aDeadTokenAsksForSignInAndIsNotAskedAgain()
    {
        Rig rig;
        rig.failure = R"({"error":"invalid_code"})";
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        QSignalSpy changed(&rig.source, &AccessTokenSource::signedInChanged);
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::SignedOut);
        QCOMPARE(await(rig.source.accessToken()).error().kind, ErrorKind::SignedOut);
        QCOMPARE(rig.refreshes, 1);
        QVERIFY(!rig.source.signedIn());
        QCOMPARE(changed.count(), 1);
        rig.failure.clear();
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        QVERIFY(rig.source.signedIn());
        QCOMPARE(token(rig.source), QByteArray("first"));
    }

    void aMissingClientIsSaid()
    {
        Rig rig;
        rig.source.setClient({QStringLiteral("1000.ID"), Secret()});
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        const auto result = await(rig.source.accessToken());
        QCOMPARE(result.error().kind, ErrorKind::Configuration);
        QCOMPARE(result.error().detail, QStringLiteral("zoho/client-secret"));
        QCOMPARE(rig.refreshes, 0);
    }

    void withoutAKeychainTheSignInLastsForThisRun()
    {
        Rig rig;
        rig.secrets.locked = true;
        QCOMPARE(await(rig.source.adopt(rig.tokens(0))).error().kind, ErrorKind::KeychainUnavailable);
        QVERIFY(rig.source.signedIn());
        QCOMPARE(token(rig.source), QByteArray("new1"));
        QCOMPARE(await(rig.source.load()).error().kind, ErrorKind::KeychainUnavailable);
        QVERIFY(rig.source.signedIn());
    }

    void signingOutRevokesAndEmptiesTheKeychain()
    {
        Rig rig;
        QVERIFY(await(rig.source.adopt(rig.tokens())).ok());
        QVERIFY(await(rig.source.signOut()).ok());
        QVERIFY(!rig.source.signedIn());
        QVERIFY(!rig.source.current());
        QTRY_COMPARE(rig.server.arrivals().size(), 1);
        QCOMPARE(rig.server.arrivals().first().body, QByteArray("token=lasting"));
        QCOMPARE(await(rig.store.load()).error().kind, ErrorKind::NotFound);
    }

    void signingOutDuringARefreshStaysSignedOut()
    {
        Rig rig;
        rig.silent = true;
        QVERIFY(await(rig.source.adopt(rig.tokens(0))).ok());
        const auto waiting = rig.source.accessToken();
        QTRY_COMPARE(rig.refreshes, 1);
        QVERIFY(await(rig.source.signOut()).ok());
        QCOMPARE(await(waiting).error().kind, ErrorKind::SignedOut);
        rig.server.sendLate(RawServer::response(200, rig.fresh()));
        QTRY_COMPARE(rig.server.arrivals().size(), 2); // The revocation came after it.
        QVERIFY(!rig.source.signedIn());
        QCOMPARE(await(rig.store.load()).error().kind, ErrorKind::NotFound);
    }

    void deletingItCancelsWhoWaits()
    {
        Rig rig;
        rig.silent = true;
        auto source = std::make_unique<AccessTokenSource>(rig.endpoint, rig.store, rig.clock);
        source->setClient({QStringLiteral("1000.ID"), Secret("secret")});
        QVERIFY(await(source->adopt(rig.tokens(0))).ok());
        const auto waiting = source->accessToken();
        QTRY_COMPARE(rig.refreshes, 1);
        source.reset();
        QCOMPARE(await(waiting).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestAccessTokenSource)
#include "tst_access_token_source.moc"
