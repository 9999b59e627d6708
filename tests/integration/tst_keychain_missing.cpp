// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "KeychainSecretStore.h"

#include <QElapsedTimer>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// Where there is no Secret Service; support/with-keyring.sh --none sees to that.
class TestKeychainMissing : public QObject
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
    void everythingSaysUnavailableInTime()
    {
        QElapsedTimer elapsed;
        elapsed.start();
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        store.setTimeLimit(1000ms);
        isUnavailable(await(store.write(QStringLiteral("k"), Secret("v"))));
        isUnavailable(await(store.read(QStringLiteral("k"))));
        isUnavailable(await(store.remove(QStringLiteral("k"))));
        QVERIFY2(elapsed.elapsed() < 10'000, qPrintable(QString::number(elapsed.elapsed())));
    }

    void deletingTheStoreMeanwhileIsSafe()
    {
        auto store = std::make_unique<KeychainSecretStore>(QStringLiteral("Ringside test"));
        store->setTimeLimit(1000ms);
        const auto read = store->read(QStringLiteral("k"));
        const auto write = store->write(QStringLiteral("k"), Secret("v"));
        store.reset();
        QCOMPARE(await(read).error().kind, ErrorKind::Cancelled);
        QCOMPARE(await(write).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestKeychainMissing)
#include "tst_keychain_missing.moc"
