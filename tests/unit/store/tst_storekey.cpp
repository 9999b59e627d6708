// SPDX-License-Identifier: Apache-2.0
#include "SecretStore.h"
#include "StoreKey.h"
#include "StoreTest.h"
#include "WhenReady.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

/// A keychain that reads or writes nothing.
class LockedSecretStore final : public SecretStore
{
public:
    explicit LockedSecretStore(ErrorKind readError) : m_readError(readError) {}

    QFuture<Result<Secret>> read(const QString &) override { return failedFuture<Secret>(Error{.kind = m_readError, .message = {}}); }
    QFuture<Result<void>> write(const QString &, const Secret &) override
    {
        ++writes;
        return failedFuture<void>(Error{.kind = ErrorKind::KeychainUnavailable, .message = QStringLiteral("Locked.")});
    }
    QFuture<Result<void>> remove(const QString &) override { return readyFuture<void>({}); }

    int writes = 0;

private:
    ErrorKind m_readError;
};

} // namespace

class TestStoreKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }
    void makesAndKeepsOne();
    void eachIsAnother();
    void neverReplacesALostOne();
    void makesOneForAnEmptyFile();
    void refusesAnUnusableOne_data();
    void refusesAnUnusableOne();
    void saysWhenTheKeychainIsLocked();
    void givesNoKeyThatIsNotKept();
    void endsWithItsContext();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("store.db")); }

    /// Runs this thread's event loop until the key or the error is there.
    std::optional<Result<Secret>> obtain(SecretStore &secrets)
    {
        std::optional<Result<Secret>> got;
        QObject context;
        const auto future = obtainStoreKey(secrets, path(), &context);
        whenReady(&context, future, [&got](const Result<Secret> &key) { got = key; });
        [&got] { QTRY_VERIFY(got.has_value()); }();
        return got;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreKey::makesAndKeepsOne()
{
    SessionSecretStore secrets;
    const auto first = obtain(secrets);
    VERIFY_OK(*first);
    QCOMPARE(first->value().reveal().size(), 32);
    const auto kept = await(secrets.read(QLatin1String(secretKey::storeKey)));
    VERIFY_OK(kept);
    QCOMPARE(kept.value().reveal(), first->value().reveal().toHex());
    {
        Store store;
        VERIFY_OK(await(store.open(path(), first->value())));
    }
    const auto second = obtain(secrets);
    VERIFY_OK(*second);
    QVERIFY(second->value() == first->value());
    Store store;
    VERIFY_OK(await(store.open(path(), second->value())));
}

void TestStoreKey::eachIsAnother()
{
    SessionSecretStore one;
    SessionSecretStore other;
    const auto first = obtain(one);
    const auto second = obtain(other);
    VERIFY_OK(*first);
    VERIFY_OK(*second);
    QVERIFY(!(first->value() == second->value()));
}

void TestStoreKey::neverReplacesALostOne()
{
    {
        Store store;
        VERIFY_OK(await(store.open(path(), testKey())));
    }
    SessionSecretStore secrets;
    const auto got = obtain(secrets);
    QVERIFY(!got->ok());
    QCOMPARE(got->error().kind, ErrorKind::StorageDamaged);
    QCOMPARE(got->error().code, QStringLiteral("KEY_MISSING"));
    QVERIFY(!got->error().message.isEmpty());
    QCOMPARE(await(secrets.read(QLatin1String(secretKey::storeKey))).error().kind, ErrorKind::NotFound);
    // The way on: set aside, then a new key.
    VERIFY_OK(Store::setAside(path()));
    const auto afresh = obtain(secrets);
    VERIFY_OK(*afresh);
}

void TestStoreKey::makesOneForAnEmptyFile()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    SessionSecretStore secrets;
    const auto got = obtain(secrets);
    VERIFY_OK(*got);
}

void TestStoreKey::refusesAnUnusableOne_data()
{
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("short") << QByteArray(62, 'a');
    QTest::newRow("long") << QByteArray(66, 'a');
    QTest::newRow("no digits") << QByteArray(64, 'z');
    QTest::newRow("one wrong digit") << QByteArray(QByteArray(63, 'a') + 'g');
    QTest::newRow("empty") << QByteArray();
}

void TestStoreKey::refusesAnUnusableOne()
{
    QFETCH(QByteArray, kept);
    SessionSecretStore secrets;
    VERIFY_OK(await(secrets.write(QLatin1String(secretKey::storeKey), Secret(kept))));
    const auto got = obtain(secrets);
    QVERIFY(!got->ok());
    QCOMPARE(got->error().kind, ErrorKind::StorageDamaged);
    QCOMPARE(got->error().code, QStringLiteral("KEY_UNUSABLE"));
    QCOMPARE(await(secrets.read(QLatin1String(secretKey::storeKey))).value().reveal(), kept); // Left as it is.
}

void TestStoreKey::saysWhenTheKeychainIsLocked()
{
    LockedSecretStore secrets(ErrorKind::KeychainUnavailable);
    const auto got = obtain(secrets);
    QVERIFY(!got->ok());
    QCOMPARE(got->error().kind, ErrorKind::KeychainUnavailable);
    QCOMPARE(secrets.writes, 0);
}

void TestStoreKey::givesNoKeyThatIsNotKept()
{
    LockedSecretStore secrets(ErrorKind::NotFound);
    const auto got = obtain(secrets);
    QVERIFY(!got->ok());
    QCOMPARE(got->error().kind, ErrorKind::KeychainUnavailable);
    QCOMPARE(got->error().message, QStringLiteral("Locked."));
    QCOMPARE(secrets.writes, 1);
}

void TestStoreKey::endsWithItsContext()
{
    SessionSecretStore secrets;
    QFuture<Result<Secret>> future;
    {
        QObject context;
        future = obtainStoreKey(secrets, path(), &context);
    }
    QVERIFY(future.isFinished());
    QVERIFY(future.isCanceled());
}

QTEST_GUILESS_MAIN(TestStoreKey)
#include "tst_storekey.moc"
