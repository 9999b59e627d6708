// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "KeychainSecretStore.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// Against a real gnome-keyring; support/with-keyring.sh brings it.
class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenComesBack_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("text") << QByteArray("1000.abc.def");
        QTest::newRow("key") << QByteArray::fromHex("00ff10800a0d00000000000000000000000000000000000000000000000000fe");
        QTest::newRow("large") << QByteArray(2000, '\x9c');
        QTest::newRow("one zero") << QByteArray("\0", 1);
    }
    void whatIsWrittenComesBack()
    {
        QFETCH(QByteArray, secret);
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        const QString key = QLatin1String(secretKey::tokens);
        QVERIFY(await(store.write(key, Secret(secret))).ok());
        const auto read = await(store.read(key));
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().message));
        QCOMPARE(read.value().reveal(), secret);
        // Also for the next run of the program.
        KeychainSecretStore again(QStringLiteral("Ringside test"));
        QCOMPARE(await(again.read(key)).value().reveal(), secret);
    }

    void writingReplaces()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QVERIFY(await(store.write(QStringLiteral("k"), Secret("one"))).ok());
        QVERIFY(await(store.write(QStringLiteral("k"), Secret("two"))).ok());
        QCOMPARE(await(store.read(QStringLiteral("k"))).value().reveal(), QByteArray("two"));
    }

    void whatIsNotThereIsNotFound()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        const auto read = await(store.read(QStringLiteral("never written")));
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::NotFound);
        QVERIFY(await(store.remove(QStringLiteral("never written"))).ok());
    }

    void removingRemovesThatOne()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QVERIFY(await(store.write(QStringLiteral("a"), Secret("one"))).ok());
        QVERIFY(await(store.write(QStringLiteral("b"), Secret("two"))).ok());
        QVERIFY(await(store.remove(QStringLiteral("a"))).ok());
        QCOMPARE(await(store.read(QStringLiteral("a"))).error().kind, ErrorKind::NotFound);
        QCOMPARE(await(store.read(QStringLiteral("b"))).value().reveal(), QByteArray("two"));
    }

    void profilesAreApart()
    {
        KeychainSecretStore one(QStringLiteral("Ringside one"));
        KeychainSecretStore two(QStringLiteral("Ringside two"));
        QVERIFY(await(one.write(QStringLiteral("k"), Secret("of one"))).ok());
        QCOMPARE(await(two.read(QStringLiteral("k"))).error().kind, ErrorKind::NotFound);
        QVERIFY(await(two.write(QStringLiteral("k"), Secret("of two"))).ok());
        QVERIFY(await(two.remove(QStringLiteral("k"))).ok());
        QCOMPARE(await(one.read(QStringLiteral("k"))).value().reveal(), QByteArray("of one"));
    }

    void manyAtOnceKeepTheirOrder()
    {
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QList<QFuture<Result<void>>> writes;
        for (int i = 0; i < 20; ++i)
            writes.append(store.write(QStringLiteral("k"), Secret(QByteArray::number(i))));
        const auto read = store.read(QStringLiteral("k"));
        for (const auto &write : std::as_const(writes))
            QVERIFY(await(write).ok());
        QCOMPARE(await(read).value().reveal(), QByteArray("19"));
    }

    void deletingTheStoreCancelsButTheJobGoesOn()
    {
        auto store = std::make_unique<KeychainSecretStore>(QStringLiteral("Ringside test"));
        const auto write = store->write(QStringLiteral("late"), Secret("written"));
        store.reset();
        QCOMPARE(await(write).error().kind, ErrorKind::Cancelled);
        KeychainSecretStore again(QStringLiteral("Ringside test"));
        QCOMPARE(await(again.read(QStringLiteral("late"))).value().reveal(), QByteArray("written"));
    }

    void nothingIsWrittenInTheClear()
    {
        const QByteArray canary = "canary-9f1d2c";
        KeychainSecretStore store(QStringLiteral("Ringside test"));
        QVERIFY(await(store.write(QStringLiteral("k"), Secret(canary))).ok());
        QVERIFY(await(store.read(QStringLiteral("k"))).ok());
        const QString home = qEnvironmentVariable("RINGSIDE_KEYRING_HOME");
        QVERIFY2(!home.isEmpty(), "run this through tests/support/with-keyring.sh");
        int files = 0;
        QDirIterator iterator(home, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (iterator.hasNext()) {
            QFile file(iterator.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            ++files;
            const QByteArray content = file.readAll();
            QVERIFY2(!content.contains(canary) && !content.contains(canary.toBase64()), qPrintable(file.fileName()));
        }
        QVERIFY(files > 0); // The keyring itself, at least.
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
