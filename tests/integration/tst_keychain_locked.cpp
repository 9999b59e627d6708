// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "KeychainSecretStore.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// Against a real gnome-keyring that is locked, with nobody there to unlock it: from the start (support/with-keyring.sh
/// --locked), or behind our back while we use it (with-keyring.sh).
class TestKeychainLocked : public QObject
{
    Q_OBJECT

private:
    template <typename T> static void isLocked(const Result<T> &result)
    {
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::KeychainUnavailable);
        QCOMPARE(result.error().code, QStringLiteral("LOCKED"));
        QVERIFY(result.error().message.contains(QLatin1String("locked")));
        QVERIFY(result.error().message.contains(QLatin1String("for this run only")));
    }

    static void lock()
    {
        const auto service = QStringLiteral("org.freedesktop.secrets");
        QDBusMessage call =
            QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/secrets"),
                                           QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"));
        const QList<QDBusObjectPath> collections{
            QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))};
        call.setArguments({QVariant::fromValue(collections)});
        QCOMPARE(QDBusConnection::sessionBus().call(call).type(), QDBusMessage::ReplyMessage);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray kind = qgetenv("RINGSIDE_KEYCHAIN");
        QVERIFY2(kind == "locked" || kind == "unlocked", "run this through tests/support/with-keyring.sh");
        if (kind == "locked")
            return;
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QVERIFY(await(store.write(QStringLiteral("k"), Secret("v"))).ok());
        QCOMPARE(await(store.read(QStringLiteral("k"))).value().reveal(), QByteArray("v"));
        lock();
    }

    void doesNotLookEmpty()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        isLocked(await(store.read(QStringLiteral("k"))));
        isLocked(await(store.read(QStringLiteral("never written"))));
    }

    void doesNotPretendToKeepOrForget()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        isLocked(await(store.write(QStringLiteral("k"), Secret("w"))));
        isLocked(await(store.remove(QStringLiteral("k"))));
    }

    void manyAtOnceAreAllAnswered()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QList<QFuture<Result<Secret>>> reads;
        for (int i = 0; i < 10; ++i)
            reads.append(store.read(QStringLiteral("k%1").arg(i)));
        for (const auto &read : std::as_const(reads))
            isLocked(await(read));
    }
};

QTEST_GUILESS_MAIN(TestKeychainLocked)
#include "tst_keychain_locked.moc"
