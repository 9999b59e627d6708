// SPDX-License-Identifier: Apache-2.0
#include "Pkce.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace ringside;

class TestPkce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void challengeOfTheRfc()
    {
        // RFC 7636, appendix B.
        QCOMPARE(pkce::challenge(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
                 QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }

    void tokensAreLongUrlSafeAndDifferent()
    {
        static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9_-]{43}$"));
        QSet<QByteArray> seen;
        for (int i = 0; i < 200; ++i) {
            const Secret token = pkce::randomToken();
            QVERIFY(form.match(QString::fromLatin1(token.reveal())).hasMatch());
            seen.insert(token.reveal());
        }
        QCOMPARE(seen.size(), 200);
    }

    void sameTextComparesAll()
    {
        QVERIFY(pkce::sameText("abc", "abc"));
        QVERIFY(pkce::sameText("", ""));
        QVERIFY(!pkce::sameText("abc", "abd"));
        QVERIFY(!pkce::sameText("abc", "Xbc"));
        QVERIFY(!pkce::sameText("abc", "ab"));
        QVERIFY(!pkce::sameText("abc", ""));
        QVERIFY(!pkce::sameText(QByteArray("ab\0", 3), QByteArray("ab\1", 3)));
    }
};

QTEST_APPLESS_MAIN(TestPkce)
#include "tst_pkce.moc"
