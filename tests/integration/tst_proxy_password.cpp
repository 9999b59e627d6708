// SPDX-License-Identifier: Apache-2.0
#include "ProxyOffice.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

/// A keychain whose readers wait until they are let go, and then get what was there when they came.
class SlowSecrets final : public SecretStore
{
public:
    explicit SlowSecrets(SecretStore &kept) : m_kept(kept) {}

    QFuture<Result<Secret>> read(const QString &key) override
    {
        Reader reader{await(m_kept.read(key)), {}};
        reader.promise.start();
        const auto future = reader.promise.future();
        m_readers.push_back(std::move(reader));
        return future;
    }
    QFuture<Result<void>> write(const QString &key, const Secret &secret) override { return m_kept.write(key, secret); }
    QFuture<Result<void>> remove(const QString &key) override { return m_kept.remove(key); }

    void letGo()
    {
        for (Reader &reader : m_readers) {
            reader.promise.addResult(reader.found);
            reader.promise.finish();
        }
        m_readers.clear();
    }

private:
    struct Reader
    {
        Result<Secret> found;
        QPromise<Result<Secret>> promise;
    };

    SecretStore &m_kept;
    std::vector<Reader> m_readers;
};

} // namespace

/// What becomes of the password that a proxy wants: who gets it, how often it is tried, and which one counts.
class TestProxyPassword : public QObject
{
    Q_OBJECT

private:
    static QUrl elsewhere() { return QUrl(QStringLiteral("https://localhost.example.test/")); }

    /// The company's is named for the CRM, another one for everything else; both want a password.
    static void twoProxies(Office &office, ProxyServer &other)
    {
        for (ProxyServer *each : {&office.proxy, &other}) {
            each->user = "anna";
            each->target = office.server.serverPort();
        }
        office.proxy.password = "right";
        other.password = "any";
        office.pac("function FindProxyForURL(url, host) { return 'PROXY 127.0.0.1:' + (host === 'crm.example.test' ? " +
                   QByteArray::number(office.proxy.port()) + " : " + QByteArray::number(other.port()) + "); }");
    }

private Q_SLOTS:
    void signsInToTheProxy()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "se:cret \xe4"; // Latin 1, as Basic has it.
        office.manual();
        office.signInToProxy("anna", "se:cret \xc3\xa4");
        office.open();
        const auto reply = office.get();
        QVERIFY2(reply.ok(), reply.ok() ? "" : qPrintable(reply.error().message));
        QCOMPARE(office.proxy.tunnels.size(), 1);
        QCOMPARE(office.proxy.wrongSignIns, 0);
        QVERIFY(office.problems.isEmpty());
    }

    void aProxyThatWantsAUserIsNamed()
    {
        Office office;
        office.proxy.user = "anna";
        office.manual();
        office.open();
        const auto reply = office.get();
        QVERIFY(!reply.ok());
        QCOMPARE(reply.error().kind, ErrorKind::Configuration);
        QCOMPARE(reply.error().code, QStringLiteral("proxy-authentication"));
        QCOMPARE(reply.error().detail, QStringLiteral("network/proxy-user"));
        QVERIFY(reply.error().message.contains(QStringLiteral("127.0.0.1:%1").arg(office.proxy.port())));
        QCOMPARE(office.proxy.wrongSignIns, 0);
        QCOMPARE(office.server.requests(), 0);
        QCOMPARE(office.problems, (QStringList{reply.error().message}));
    }

    void aWrongPasswordIsTriedOnceAndNeverAgain()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "right";
        office.manual();
        office.signInToProxy("anna", "wrong");
        office.open();
        for (int i = 0; i < 3; ++i) {
            const auto reply = office.get();
            QCOMPARE(code(reply), QStringLiteral("proxy-password"));
            QVERIFY(!reply.error().message.contains(QLatin1String("wrong")));
        }
        QCOMPARE(office.proxy.wrongSignIns, 1);
        QCOMPARE(office.problems.size(), 1);
        // Corrected, it goes on at once, and what was said is taken back.
        QVERIFY(await(office.network->storeProxyPassword(Secret("right"))).ok());
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.proxy.wrongSignIns, 1);
        QCOMPARE(office.problems.last(), QString());
        QCOMPARE(await(office.secrets.read(QLatin1String(secretKey::proxyPassword))).value().reveal(),
                 QByteArray("right"));
        QFile file(office.settings.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly) && !file.readAll().contains("right"));
    }

    void aPasswordTypedWhileTheOldOneIsReadCounts()
    {
        Office office;
        office.proxy.user = "bob";
        office.proxy.password = "new";
        office.manual();
        office.signInToProxy("anna", "old");
        SlowSecrets keychain(office.secrets);
        office.open(&keychain);
        keychain.letGo();
        // Both in one save of the settings: the user first.
        office.set(SettingKey::ProxyUser, QStringLiteral("bob"));
        const auto stored = office.network->storeProxyPassword(Secret("new"));
        keychain.letGo();
        QVERIFY(await(stored).ok());
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.proxy.wrongSignIns, 0);
    }

    void aRefusalOfAFormerPasswordIsNotHeldAgainstTheNewOne()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "right";
        office.manual();
        office.signInToProxy("anna", "wrong");
        office.open();
        const auto route = await(office.network->routeTo(Office::crm()));
        QCOMPARE(route.value().proxy.password(), QStringLiteral("wrong"));
        QVERIFY(await(office.network->storeProxyPassword(Secret("right"))).ok());
        office.network->reportFailure(Office::crm(), route.value(),
                                      Error{.kind = ErrorKind::Configuration,
                                            .message = QStringLiteral("refused"),
                                            .code = QStringLiteral("proxy-password"),
                                            .detail = QStringLiteral("network/proxy-password")});
        QVERIFY(!office.problems.contains(QStringLiteral("refused")));
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
    }

    void ofManyRequestsOneTriesThePassword()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "right";
        office.manual();
        office.signInToProxy("anna", "wrong");
        office.open();
        const auto several = [&office] {
            QList<QFuture<Result<HttpReply>>> sent;
            for (int i = 0; i < 4; ++i)
                sent.append(office.send());
            for (const auto &each : std::as_const(sent))
                QCOMPARE(code(await(each)), QStringLiteral("proxy-password"));
        };
        several();
        QCOMPARE(office.proxy.wrongSignIns, 1);
        QCOMPARE(office.problems.size(), 1);
        office.clock.advance(10min);
        several();
        QCOMPARE(office.proxy.wrongSignIns, 2);
    }

    void whoWaitsGoesOnceThePasswordHasWorked()
    {
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "right";
        office.manual();
        office.signInToProxy("anna", "right");
        office.open();
        QList<QFuture<Result<HttpReply>>> sent;
        for (int i = 0; i < 4; ++i)
            sent.append(office.send());
        for (const auto &each : std::as_const(sent))
            QCOMPARE(code(await(each)), QStringLiteral("ok"));
        QCOMPARE(office.server.requests(), 4);
        QCOMPARE(office.proxy.wrongSignIns, 0);
    }

    void whenTheOneThatTriesIsGivenUpTheNextTries()
    {
        Office office;
        office.manual();
        office.signInToProxy("anna", "right");
        office.open();
        std::optional<Result<Route>> first(await(office.network->routeTo(Office::crm())));
        QVERIFY(first->ok() && first->value().pass);
        auto second = office.network->routeTo(Office::crm());
        const auto third = office.network->routeTo(Office::crm());
        first.reset(); // Its request ended without an outcome.
        std::optional<Result<Route>> next(await(second));
        second = {};
        QVERIFY(next->ok() && next->value().pass);
        QVERIFY(!third.isFinished());
        office.network->reportReached(next->value());
        QVERIFY(await(third).ok());
    }

    void whoFindsATunnelFreeDoesNotWait()
    {
        Office office;
        office.manual();
        office.signInToProxy("anna", "right");
        office.open();
        {
            const auto opened = await(office.network->routeTo(Office::crm()));
            office.network->reportReached(opened.value());
        }
        const auto reuses = office.network->routeTo(Office::crm());
        const auto opens = office.network->routeTo(Office::crm());
        QVERIFY(await(reuses).ok() && await(opens).ok());
        const auto waits = office.network->routeTo(Office::crm());
        const auto elsewhere = office.network->routeTo(TestProxyPassword::elsewhere());
        office.network->reportReached(await(reuses).value());
        QCoreApplication::processEvents();
        QVERIFY(!waits.isFinished() && !elsewhere.isFinished());
        office.network->reportReached(await(opens).value());
        QVERIFY(await(waits).ok());
        QVERIFY(!elsewhere.isFinished());
    }

    void aPasswordThatTheCompanyChangedIsTriedOnce_data()
    {
        QTest::addColumn<bool>("overnight");
        QTest::newRow("overnight") << true;
        QTest::newRow("in the middle of the work") << false;
    }
    void aPasswordThatTheCompanyChangedIsTriedOnce()
    {
        QFETCH(bool, overnight);
        Office office;
        office.proxy.user = "anna";
        office.proxy.password = "old";
        office.manual();
        office.signInToProxy("anna", "old");
        office.open();
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        office.proxy.password = "new";
        if (overnight) {
            office.proxy.hangUp();
            office.clock.advance(12h);
        }
        QList<QFuture<Result<HttpReply>>> sent;
        for (int i = 0; i < 4; ++i)
            sent.append(office.send());
        QStringList codes;
        for (const auto &each : std::as_const(sent))
            codes.append(code(await(each)));
        QCOMPARE(office.proxy.wrongSignIns, 1);
        QCOMPARE(codes.count(QStringLiteral("ok")), overnight ? 0 : 1); // Over the tunnel that is open.
        QCOMPARE(codes.count(QStringLiteral("proxy-password")), overnight ? 4 : 3);
        QCOMPARE(code(office.get()), QStringLiteral("proxy-password"));
        QCOMPARE(office.proxy.wrongSignIns, 1);
        QVERIFY(await(office.network->storeProxyPassword(Secret("new"))).ok());
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.proxy.wrongSignIns, 1);
    }

    void noOtherProxyOfTheFileGetsThePassword()
    {
        Office office;
        ProxyServer other;
        twoProxies(office, other);
        office.signInToProxy("anna", "right");
        office.passwordIsFor(office.proxy);
        office.open();
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        const auto refused = office.get(elsewhere());
        QCOMPARE(code(refused), QStringLiteral("proxy-authentication"));
        QVERIFY2(refused.error().message.contains(Office::nameOf(other)), qPrintable(refused.error().message));
        QVERIFY(other.challenges > 0);
        QCOMPARE(other.wrongSignIns, 0);
    }

    void aPasswordFromBeforeIsForNoProxyThatAFileNames()
    {
        Office office;
        ProxyServer other;
        twoProxies(office, other);
        office.signInToProxy("anna", "right");
        office.open();
        QCOMPARE(code(office.get(elsewhere())), QStringLiteral("proxy-authentication"));
        QCOMPARE(other.wrongSignIns, 0);
    }

    void aPasswordBelongsToTheProxyThatAsked()
    {
        Office office;
        ProxyServer other;
        twoProxies(office, other);
        office.open();
        const auto asked = office.get();
        QCOMPARE(code(asked), QStringLiteral("proxy-authentication"));
        QVERIFY(asked.error().message.contains(Office::nameOf(office.proxy)));
        office.set(SettingKey::ProxyUser, QStringLiteral("anna"));
        QVERIFY(await(office.network->storeProxyPassword(Secret("right"))).ok());
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(code(office.get(elsewhere())), QStringLiteral("proxy-authentication"));
        QCOMPARE(other.wrongSignIns, 0);
        QCOMPARE(office.settings.text(SettingKey::ProxyPasswordFor), Office::nameOf(office.proxy));
        office.open(); // The next run.
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(code(office.get(elsewhere())), QStringLiteral("proxy-authentication"));
        QCOMPARE(other.wrongSignIns, 0);
    }

    void theSystemsProxyIsAskedForOnceAndNoOtherGetsIt()
    {
        Office office;
        ProxyServer other;
        for (ProxyServer *each : {&office.proxy, &other}) {
            each->user = "anna";
            each->password = "right";
            each->target = office.server.serverPort();
        }
        std::optional<SystemProxy> system(office.proxy);
        office.open();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(code(office.get()), QStringLiteral("proxy-authentication"));
        QCOMPARE(office.problems.size(), 1);
        QVERIFY2(office.problems[0].contains(Office::nameOf(office.proxy)), qPrintable(office.problems[0]));
        office.set(SettingKey::ProxyUser, QStringLiteral("anna"));
        QVERIFY(await(office.network->storeProxyPassword(Secret("right"))).ok());
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.settings.text(SettingKey::ProxyPasswordFor), Office::nameOf(office.proxy));
        office.problems.clear();
        office.open(); // The next run.
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QVERIFY(office.problems.isEmpty());

        system.emplace(other); // Another network, or somebody who answers for this one.
        office.clock.advance(5min);
        const auto asked = office.get();
        QCOMPARE(code(asked), QStringLiteral("proxy-authentication"));
        QVERIFY2(asked.error().message.contains(Office::nameOf(other)), qPrintable(asked.error().message));
        QVERIFY(other.challenges > 0);
        QCOMPARE(other.wrongSignIns, 0);
        QVERIFY(other.tunnels.isEmpty());

        system.emplace(office.proxy);
        office.clock.advance(5min);
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.proxy.wrongSignIns, 0);
    }

    void theSystemsOwnUserAndPasswordGoBeforeOurs()
    {
        Office office;
        office.proxy.user = "system";
        office.proxy.password = "own";
        const SystemProxy system(office.proxy, "system:own@");
        office.signInToProxy("anna", "right");
        office.passwordIsFor(office.proxy);
        office.open();
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        QCOMPARE(office.proxy.wrongSignIns, 0);
    }

    void aPasswordStaysWithTheProxyThatWasChosen()
    {
        Office office;
        ProxyServer other;
        twoProxies(office, other);
        office.manual();
        office.set(SettingKey::ProxyUser, QStringLiteral("anna"));
        office.open();
        QVERIFY(await(office.network->storeProxyPassword(Secret("right"))).ok());
        QCOMPARE(code(office.get()), QStringLiteral("ok"));
        office.set(SettingKey::ProxyPort, QString::number(other.port()));
        QCOMPARE(code(office.get()), QStringLiteral("proxy-authentication"));
        QCOMPARE(other.wrongSignIns, 0);
    }
};

QTEST_GUILESS_MAIN(TestProxyPassword)
#include "tst_proxy_password.moc"
