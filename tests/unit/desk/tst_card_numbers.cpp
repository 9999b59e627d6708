// SPDX-License-Identifier: Apache-2.0
#include "CardNumbers.h"

#include <QTest>

using namespace ringside;

/// What is a card number in a text, what is not, and what is shown and kept of it.
class TestCardNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFoundWhereItStands();
    void otherNumbersBesideItAreLeft();
    void isNone_data();
    void isNone();
    void maskShowsTheLastFourAndTheLength_data();
    void maskShowsTheLastFourAndTheLength();
    void whatMayBecomeOneIsHeldBack_data();
    void whatMayBecomeOneIsHeldBack();
    void allowedOnesAreLeftOut();
    void sixDigitsInARowRevealNothing();
};

void TestCardNumbers::isFoundWhereItStands()
{
    const QString text = QStringLiteral("a 4111 1111 1111 1111 b\n٥٥٥٥-٥٥٥٥-٥٥٥٥-٤٤٤٤");
    const QList<cardNumbers::Found> found = cardNumbers::find(text);
    QCOMPARE(found.size(), 2);
    QCOMPARE(text.mid(found.at(0).from, found.at(0).to - found.at(0).from), QStringLiteral("4111 1111 1111 1111"));
    QCOMPARE(found.at(0).digits, QStringLiteral("4111111111111111"));
    QCOMPARE(found.at(1).digits, QStringLiteral("5555555555554444"));
    QCOMPARE(found.at(1).to, text.size());
}

void TestCardNumbers::otherNumbersBesideItAreLeft()
{
    const auto only = [](const QString &text) {
        const QList<cardNumbers::Found> found = cardNumbers::find(text);
        return found.size() == 1 ? found.constFirst().digits : QString::number(found.size());
    };
    QCOMPARE(only(QStringLiteral("4111111111111111 12/27 123")), QStringLiteral("4111111111111111"));
    QCOMPARE(only(QStringLiteral("+971501234567 4111 1111 1111 1111")), QStringLiteral("4111111111111111"));
    QCOMPARE(only(QStringLiteral("+97141234567 4000 0027 6000 3184")), QStringLiteral("4000002760003184"));
    QCOMPARE(only(QStringLiteral("room 12, 4111-1111-1111-1111")), QStringLiteral("4111111111111111"));
    QCOMPARE(only(QStringLiteral("24.12.2026 378282246310005")), QStringLiteral("378282246310005"));
}

void TestCardNumbers::isNone_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("wrong check digit") << QStringLiteral("4111 1111 1111 1112");
    QTest::newRow("no issuer") << QStringLiteral("1111 1111 1111 1117");
    QTest::newRow("a length that is not issued") << QStringLiteral("411111111111116");
    QTest::newRow("in the middle of more digits") << QStringLiteral("941111111111111111");
    QTest::newRow("with a letter in it") << QStringLiteral("4111 1111 x111 1111 1");
    QTest::newRow("a phone number of 13 digits") << QStringLiteral("4915112345676");
    QTest::newRow("behind a plus") << QStringLiteral("+4222222222222");
    QTest::newRow("behind two zeros") << QStringLiteral("00 4222 2222 2222 2");
    QTest::newRow("an IBAN") << QStringLiteral("DE68 2105 0170 0012 3456 78");
    QTest::newRow("an IBAN with a card number in it") << QStringLiteral("AE71 4111 1111 1111 1111 000");
    QTest::newRow("what is typed of an IBAN") << QStringLiteral("AE71 4111 1111 1111 1111");
    QTest::newRow("a CRM record") << QStringLiteral("4876876000000524155");
    QTest::newRow("an order") << QStringLiteral("order no. 4111111111111111");
    QTest::newRow("a German order") << QStringLiteral("Auftragsnummer: 4111111111111111");
    QTest::newRow("an Arabic one") << QStringLiteral("رقم الطلب: 4111111111111111");
    QTest::newRow("dates") << QStringLiteral("30/05/2026 - 02/06/2026");
    QTest::newRow("sums of money") << QStringLiteral("36.500 38.200 40.100");
}

void TestCardNumbers::isNone()
{
    QFETCH(const QString, text);
    QVERIFY(cardNumbers::find(text).isEmpty());
}

void TestCardNumbers::maskShowsTheLastFourAndTheLength_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mask");
    QTest::newRow("16 digits") << QStringLiteral("4111-1111-1111-1111") << QStringLiteral("•••• •••• •••• 1111");
    QTest::newRow("in one piece") << QStringLiteral("5555555555554444") << QStringLiteral("•••• •••• •••• 4444");
    QTest::newRow("15") << QStringLiteral("3782 822463 10005") << QStringLiteral("•••• •••• ••• 0005");
    QTest::newRow("13") << QStringLiteral("4222222222222") << QStringLiteral("•••• •••• • 2222");
    QTest::newRow("19") << QStringLiteral("6205500000000000004") << QStringLiteral("•••• •••• •••• ••• 0004");
    QTest::newRow("Arabic-Indic") << QStringLiteral("٤١١١ ١١١١ ١١١١ ١١١١") << QStringLiteral("•••• •••• •••• ١١١١");
}

void TestCardNumbers::maskShowsTheLastFourAndTheLength()
{
    QFETCH(const QString, text);
    QFETCH(const QString, mask);
    const QList<cardNumbers::Found> found = cardNumbers::find(text);
    QCOMPARE(found.size(), 1);
    QCOMPARE(cardNumbers::mask(text, found.constFirst()), mask);
    QVERIFY(cardNumbers::find(mask + QStringLiteral(" 12/27 123")).isEmpty());
}

void TestCardNumbers::whatMayBecomeOneIsHeldBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("held");
    QTest::newRow("six digits") << QStringLiteral("is 411111") << QStringLiteral("is 411111");
    QTest::newRow("seven") << QStringLiteral("is 4111111") << QStringLiteral("is 411111•");
    QTest::newRow("grouped") << QStringLiteral("4111 1111 11") << QStringLiteral("4111 11•• ••");
    QTest::newRow("whole") << QStringLiteral("4111 1111 1111 1111 ") << QStringLiteral("4111 11•• •••• •••• ");
    QTest::newRow("with its date") << QStringLiteral("4111 1111 1111 1111 12")
                                   << QStringLiteral("4111 11•• •••• •••• ••");
    QTest::newRow("Arabic-Indic") << QStringLiteral("٤١١١١١١١") << QStringLiteral("٤١١١١١••");
    QTest::newRow("no issuer") << QStringLiteral("0501234567") << QStringLiteral("0501234567");
    QTest::newRow("a phone number") << QStringLiteral("+49 151 12345678") << QStringLiteral("+49 151 12345678");
    QTest::newRow("too long for one") << QStringLiteral("41111111111111111111")
                                      << QStringLiteral("41111111111111111111");
}

void TestCardNumbers::whatMayBecomeOneIsHeldBack()
{
    QFETCH(const QString, text);
    QFETCH(const QString, held);
    QCOMPARE(cardNumbers::heldBack(text, text.size(), text.size()), held);
    const QString elsewhere = text + QStringLiteral(" then");
    QCOMPARE(cardNumbers::heldBack(elsewhere, elsewhere.size(), elsewhere.size()), elsewhere);
}

void TestCardNumbers::allowedOnesAreLeftOut()
{
    const QString text = QStringLiteral("4111 1111 1111 1111 and 5555 5555 5555 4444");
    const QList<cardNumbers::Found> found = cardNumbers::find(text, {QStringLiteral("4111111111111111")});
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().digits, QStringLiteral("5555555555554444"));
    const QString first = text.left(19);
    QCOMPARE(cardNumbers::heldBack(first, 19, 19, {QStringLiteral("4111111111111111")}), first);
}

void TestCardNumbers::sixDigitsInARowRevealNothing()
{
    const QString digits = QStringLiteral("4012888888881881");
    QVERIFY(!cardNumbers::reveals(QStringLiteral("4012 88 and •••• •••• •••• 1881"), digits));
    QVERIFY(cardNumbers::reveals(QStringLiteral("40 12 88 8"), digits));
    QVERIFY(cardNumbers::reveals(QStringLiteral("٨٨٨١٨٨١"), digits));
}

QTEST_GUILESS_MAIN(TestCardNumbers)
#include "tst_card_numbers.moc"
