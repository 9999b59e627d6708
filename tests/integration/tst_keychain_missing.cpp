// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "KeychainSecretStore.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// Where there is no Secret Service: a bus without one (support/with-keyring.sh --none), or no bus at all (--no-bus).
class TestKeychainMissing : public QObject
{
    Q_OBJECT

private:
    template <typename T> static void isMissing(const Result<T> &result)
    {
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::KeychainUnavailable);
        QVERIFY(result.error().code != QLatin1String("LOCKED"));
        QVERIFY(result.error().message.contains(QLatin1String("missing")));
        QVERIFY(result.error().message.endsWith(QLatin1String("for this run only.")));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray kind = qgetenv("RINGSIDE_KEYCHAIN");
        QVERIFY2(kind == "none" || kind == "no-bus", "run this through tests/support/with-keyring.sh");
    }

    void everythingIsUnavailable()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        isMissing(await(store.write(QStringLiteral("k"), Secret("v"))));
        isMissing(await(store.read(QStringLiteral("k"))));
        isMissing(await(store.remove(QStringLiteral("k"))));
    }

    void manyAtOnceAreAllAnswered()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QList<QFuture<Result<Secret>>> reads;
        for (int i = 0; i < 10; ++i)
            reads.append(store.read(QStringLiteral("k%1").arg(i)));
        for (const auto &read : std::as_const(reads))
            isMissing(await(read));
    }

    void deletingTheStoreMeanwhileIsSafe()
    {
        auto store = std::make_unique<KeychainSecretStore>(QStringLiteral("Ringside test"));
        const auto read = store->read(QStringLiteral("k"));
        const auto write = store->write(QStringLiteral("k"), Secret("v"));
        store.reset();
        QCOMPARE(await(read).error().kind, ErrorKind::Cancelled);
        QCOMPARE(await(write).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestKeychainMissing)
#include "tst_keychain_missing.moc"
