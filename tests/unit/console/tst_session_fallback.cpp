// SPDX-License-Identifier: Apache-2.0
#include "SessionFallbackSecretStore.h"

#include "WhenReady.h"

#include <QTest>

using namespace ringside;

namespace {

/// A keychain that can be locked.
class LockableKeychain final : public SecretStore
{
public:
    bool locked = false;
    SessionSecretStore entries;

    QFuture<Result<Secret>> read(const QString &key) override
    {
        return locked ? failedFuture<Secret>(unavailable()) : entries.read(key);
    }
    QFuture<Result<void>> write(const QString &key, const Secret &secret) override
    {
        return locked ? failedFuture<void>(unavailable()) : entries.write(key, secret);
    }
    QFuture<Result<void>> remove(const QString &key) override
    {
        return locked ? failedFuture<void>(unavailable()) : entries.remove(key);
    }

private:
    static Error unavailable() { return Error{.kind = ErrorKind::KeychainUnavailable}; }
};

template<typename T>
std::optional<Result<T>> await(QObject *receiver, const QFuture<Result<T>> &future)
{
    std::optional<Result<T>> got;
    whenReady(receiver, future, [&got](const Result<T> &result) { got.emplace(result); });
    [&] { QTRY_VERIFY(got.has_value()); }();
    return got;
}

} // namespace

class TestSessionFallback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesThroughWhileTheKeychainWorks()
    {
        LockableKeychain keychain;
        SessionFallbackSecretStore store(keychain);
        QVERIFY(await(this, store.write(QStringLiteral("k"), Secret("v")))->ok());
        QCOMPARE(await(this, keychain.read(QStringLiteral("k")))->value().reveal(), QByteArray("v"));
        QVERIFY(await(this, store.remove(QStringLiteral("k")))->ok());
        QCOMPARE(await(this, store.read(QStringLiteral("k")))->error().kind, ErrorKind::NotFound);
    }

    void keepsForThisRunAndSaysSo()
    {
        LockableKeychain keychain;
        keychain.locked = true;
        SessionFallbackSecretStore store(keychain);
        QCOMPARE(await(this, store.read(QStringLiteral("k")))->error().kind, ErrorKind::KeychainUnavailable);
        QCOMPARE(await(this, store.write(QStringLiteral("k"), Secret("v")))->error().kind, ErrorKind::KeychainUnavailable);
        QCOMPARE(await(this, store.read(QStringLiteral("k")))->value().reveal(), QByteArray("v"));
    }

    void prefersTheKeychainOnceItIsBack()
    {
        LockableKeychain keychain;
        keychain.locked = true;
        SessionFallbackSecretStore store(keychain);
        QVERIFY(!await(this, store.write(QStringLiteral("k"), Secret("old")))->ok());
        keychain.locked = false;
        QVERIFY(await(this, store.write(QStringLiteral("k"), Secret("new")))->ok());
        QCOMPARE(await(this, store.read(QStringLiteral("k")))->value().reveal(), QByteArray("new"));
        QVERIFY(await(this, keychain.entries.read(QStringLiteral("k")))->ok());
    }
};

QTEST_GUILESS_MAIN(TestSessionFallback)
#include "tst_session_fallback.moc"
