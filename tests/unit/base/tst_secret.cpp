// SPDX-License-Identifier: Apache-2.0
#include "Secret.h"
#include "SecretStore.h"

#include <QDebug>
#include <QTest>

#include <concepts>

using namespace ringside;

namespace {

template<typename T>
concept Printable = requires(QDebug debug, const T &value) { debug << value; };

static_assert(Printable<QByteArray>);
static_assert(!Printable<Secret>);
static_assert(!std::convertible_to<Secret, QByteArray> && !std::convertible_to<Secret, QString>);
static_assert(!std::convertible_to<QByteArray, Secret>);

} // namespace

class TestSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesAndMovesKeepTheBytes()
    {
        const Secret first(QByteArray("abc") + "def");
        Secret copy = first;
        QCOMPARE(copy.reveal(), QByteArray("abcdef"));
        const Secret moved = std::move(copy);
        QCOMPARE(moved.reveal(), QByteArray("abcdef"));
        Secret assigned(QByteArray("other"));
        assigned = first;
        QVERIFY(assigned == first);
        const Secret &self = assigned;
        assigned = self;
        QCOMPARE(assigned.reveal(), QByteArray("abcdef"));
        assigned = Secret();
        QVERIFY(assigned.isEmpty());
        QCOMPARE(first.reveal(), QByteArray("abcdef"));
    }

    void oneCopyGoingLeavesTheOthers()
    {
        const Secret kept(QByteArray("abc") + "def");
        auto going = std::make_unique<Secret>(kept);
        QVERIFY(*going == kept);
        going.reset();
        QCOMPARE(kept.reveal(), QByteArray("abcdef"));
    }

    void theSourceOfASecretIsUntouched()
    {
        QByteArray bytes = QByteArray("abc") + "def";
        {
            const Secret secret(bytes);
            QCOMPARE(secret.reveal(), bytes);
        }
        QCOMPARE(bytes, QByteArray("abcdef"));
    }

    void sessionStore()
    {
        SessionSecretStore store;
        const QString key = QStringLiteral("k");
        QCOMPARE(store.read(key).result().error().kind, ErrorKind::NotFound);
        QVERIFY(store.write(key, Secret("v")).result().ok());
        QCOMPARE(store.read(key).result().value().reveal(), QByteArray("v"));
        QVERIFY(store.remove(key).result().ok());
        QVERIFY(store.remove(key).result().ok());
        QCOMPARE(store.read(key).result().error().kind, ErrorKind::NotFound);
    }
};

QTEST_APPLESS_MAIN(TestSecret)
#include "tst_secret.moc"
