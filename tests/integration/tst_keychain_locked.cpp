// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "KeychainSecretStore.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QElapsedTimer>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// Against a real gnome-keyring that is locked behind our back, with nobody there to unlock it.
class TestKeychainLocked : public QObject
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
    void aLockedKeychainDoesNotLookEmpty()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        store.setTimeLimit(3000ms);
        QVERIFY(await(store.write(QStringLiteral("k"), Secret("v"))).ok());

        QDBusMessage lock = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
                                                           QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"));
        const QList<QDBusObjectPath> collections{QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))};
        lock.setArguments({QVariant::fromValue(collections)});
        QCOMPARE(QDBusConnection::sessionBus().call(lock).type(), QDBusMessage::ReplyMessage);

        QElapsedTimer elapsed;
        elapsed.start();
        isUnavailable(await(store.read(QStringLiteral("k"))));
        isUnavailable(await(store.read(QStringLiteral("never written"))));
        isUnavailable(await(store.write(QStringLiteral("k"), Secret("w"))));
        isUnavailable(await(store.remove(QStringLiteral("k"))));
        QVERIFY2(elapsed.elapsed() < 15'000, qPrintable(QString::number(elapsed.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestKeychainLocked)
#include "tst_keychain_locked.moc"
