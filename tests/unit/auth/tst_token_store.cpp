// SPDX-License-Identifier: Apache-2.0
#include "Await.h"
#include "SecretStore.h"
#include "TokenStore.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;

class TestTokenStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSavedComesBack()
    {
        SessionSecretStore secrets;
        TokenStore store(secrets);
        const TokenSet tokens{.accessToken = Secret("1000.a.b"),
                              .refreshToken = Secret("1000.c.d"),
                              .expiresAt = QDateTime(QDate(2026, 3, 9), QTime(10, 0, 0, 123), Qt::UTC),
                              .accountsServer = QUrl(QStringLiteral("https://accounts.zoho.in")),
                              .apiDomain = QUrl(QStringLiteral("https://www.zohoapis.in")),
                              .location = QStringLiteral("in"),
                              .scope = QStringLiteral("A B")};
        QCOMPARE(await(store.load()).error().kind, ErrorKind::NotFound);
        QVERIFY(await(store.save(tokens)).ok());
        const auto loaded = await(store.load());
        QVERIFY(loaded.ok());
        const TokenSet &back = loaded.value();
        QCOMPARE(back.accessToken.reveal(), tokens.accessToken.reveal());
        QCOMPARE(back.refreshToken.reveal(), tokens.refreshToken.reveal());
        QCOMPARE(back.expiresAt, tokens.expiresAt);
        QCOMPARE(back.accountsServer, tokens.accountsServer);
        QCOMPARE(back.apiDomain, tokens.apiDomain);
        QCOMPARE(back.location, tokens.location);
        QCOMPARE(back.scope, tokens.scope);
        QVERIFY(await(store.clear()).ok());
        QCOMPARE(await(store.load()).error().kind, ErrorKind::NotFound);
    }

    void anEntryThatIsNotOursIsSaid_data()
    {
        QTest::addColumn<QByteArray>("entry");
        const QByteArray good =
            R"({"version":1,"refresh_token":"r","accounts_server":"https://accounts.zoho.in","api_domain":"https://www.zohoapis.in"})";
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hunter2");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("newer") << QByteArray(good).replace("1,", "2,");
        QTest::newRow("no refresh token") << QByteArray(good).replace("\"r\"", "\"\"");
        QTest::newRow("plain accounts server") << QByteArray(good).replace("https://accounts", "http://accounts");
        QTest::newRow("no API") << QByteArray(good).replace("https://www.zohoapis.in", "");
    }
    void anEntryThatIsNotOursIsSaid()
    {
        QFETCH(QByteArray, entry);
        SessionSecretStore secrets;
        QVERIFY(await(secrets.write(QLatin1String(secretKey::tokens), Secret(entry))).ok());
        TokenStore store(secrets);
        const auto loaded = await(store.load());
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().kind, ErrorKind::BadReply);
        QVERIFY(!loaded.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTokenStore)
#include "tst_token_store.moc"
