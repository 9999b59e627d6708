// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "KeychainSecretStore.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// On a computer without a session bus (a bare server, a container): every call says so, and none waits.
class TestKeychainNoBus : public QObject
{
    Q_OBJECT

private:
    template<typename T>
    static void isUnavailable(const Result<T> &result)
    {
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::KeychainUnavailable);
        QVERIFY(result.error().message.endsWith(QLatin1Char('.')));
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Nobody listens there, and nothing is started for it.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    }

    void everythingIsUnavailable()
    {
#ifndef Q_OS_LINUX
        QSKIP("the keychain of this system needs no bus");
#endif
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        isUnavailable(await(store.read(QStringLiteral("k"))));
        isUnavailable(await(store.write(QStringLiteral("k"), Secret("v"))));
        isUnavailable(await(store.remove(QStringLiteral("k"))));
    }

    void manyAtOnce()
    {
#ifndef Q_OS_LINUX
        QSKIP("the keychain of this system needs no bus");
#endif
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QList<QFuture<Result<Secret>>> reads;
        for (int i = 0; i < 10; ++i)
            reads.append(store.read(QStringLiteral("k%1").arg(i)));
        for (const auto &read : std::as_const(reads))
            isUnavailable(await(read));
    }
};

QTEST_GUILESS_MAIN(TestKeychainNoBus)
#include "tst_keychain_no_bus.moc"
