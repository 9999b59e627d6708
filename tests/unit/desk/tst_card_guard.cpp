// SPDX-License-Identifier: Apache-2.0
#include "CardGuard.h"

#include <QTest>

using namespace ringside;

/// What is shown and what is kept of a field, key by key.
class TestCardGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_guard = CardGuard();
        m_text.clear();
        m_kept.clear();
    }

    void isMaskedAtTheNextCharacter();
    void isHeldBackWhileItIsTyped();
    void lettersAreKeptAtOnce();
    void isMaskedWhenItIsSettled();
    void moreDigitsMakeItNoCard();
    void othersThatComeWithAnEditAreMaskedAtOnce();
    void becomesOneByADeletion();
    void theCursorStays();
    void isPutBackAndNotMaskedAgain();
    void isPutBackOneAfterTheOther();
    void whatWasMaskedAndChangedIsNotPutBack();
    void theFieldIsKnown();
    void whatCameFromTheStoreStays();

private:
    CardGuard::Text edit(const QString &text, int cursor = -1)
    {
        const int at = cursor < 0 ? static_cast<int>(text.size()) : cursor;
        const CardGuard::Text now = m_guard.edited(notes(), std::exchange(m_text, text), text, at);
        m_text = now.shown;
        m_kept.append(now.kept);
        return now;
    }
    CardGuard::Text type(const QString &keys)
    {
        CardGuard::Text now;
        for (const QChar key : keys)
            now = edit(m_text + key);
        return now;
    }
    static QString notes() { return QStringLiteral("notes"); }

    CardGuard m_guard;
    QString m_text;
    QStringList m_kept;
};

void TestCardGuard::isMaskedAtTheNextCharacter()
{
    const CardGuard::Text now = type(QStringLiteral("card 4111 1111 1111 1111 o"));
    QCOMPARE(now.shown, QStringLiteral("card •••• •••• •••• 1111 o"));
    QCOMPARE(now.kept, now.shown);
    QCOMPARE(now.masked, QStringList(QStringLiteral("4111111111111111")));
    for (const QString &kept : std::as_const(m_kept))
        QVERIFY2(!kept.contains(QLatin1String("4111 111")), qPrintable(kept));
}

void TestCardGuard::isHeldBackWhileItIsTyped()
{
    CardGuard::Text now = type(QStringLiteral("no 4567123"));
    QCOMPARE(now.shown, QStringLiteral("no 4567123"));
    QCOMPARE(now.kept, QStringLiteral("no 456712•"));
    QVERIFY(now.undecided());
    now = type(QStringLiteral(" x"));
    QCOMPARE(now.kept, QStringLiteral("no 4567123 x"));
    QVERIFY(!now.undecided() && now.masked.isEmpty());
}

void TestCardGuard::lettersAreKeptAtOnce()
{
    type(QStringLiteral("4567123 x"));
    const CardGuard::Text now = edit(QStringLiteral("4567123 xy"));
    QCOMPARE(now.kept, QStringLiteral("4567123 xy"));
    edit(QStringLiteral("before 4567123 xy"), 7);
    QCOMPARE(m_kept.last(), QStringLiteral("before 4567123 xy"));
}

void TestCardGuard::isMaskedWhenItIsSettled()
{
    const CardGuard::Text open = type(QStringLiteral("378282246310005"));
    QVERIFY(open.undecided() && open.masked.isEmpty());
    const CardGuard::Text now = m_guard.settled(notes(), m_text, 15);
    QCOMPARE(now.shown, QStringLiteral("•••• •••• ••• 0005"));
    QCOMPARE(now.cursor, 18);
    QVERIFY(!now.undecided());
}

void TestCardGuard::moreDigitsMakeItNoCard()
{
    const CardGuard::Text now = type(QStringLiteral("41111111111111111111 x"));
    QCOMPARE(now.kept, QStringLiteral("41111111111111111111 x"));
}

void TestCardGuard::othersThatComeWithAnEditAreMaskedAtOnce()
{
    const CardGuard::Text now = edit(QStringLiteral("4111111111111111 and 5555555555554444"));
    QCOMPARE(now.shown, QStringLiteral("•••• •••• •••• 1111 and 5555555555554444"));
    QCOMPARE(now.kept, QStringLiteral("•••• •••• •••• 1111 and 555555••••••••••"));
    QCOMPARE(now.cursor, now.shown.size());
}

void TestCardGuard::becomesOneByADeletion()
{
    edit(QStringLiteral("4111 1111x1111 1111"));
    const CardGuard::Text now = edit(QStringLiteral("4111 11111111 1111"), 9);
    QCOMPARE(now.kept, QStringLiteral("4111 11•••••• ••••"));
    QCOMPARE(m_guard.settled(notes(), m_text, 9).shown, QStringLiteral("•••• •••• •••• 1111"));
}

void TestCardGuard::theCursorStays()
{
    const QString text = QStringLiteral("x 4111111111111111 y");
    QCOMPARE(m_guard.settled(notes(), text, 1).cursor, 1);
    QCOMPARE(m_guard.settled(notes(), text, 9).cursor, 21);
    QCOMPARE(m_guard.settled(notes(), text, 20).cursor, 23);
}

void TestCardGuard::isPutBackAndNotMaskedAgain()
{
    type(QStringLiteral("4111 1111 1111 1111 o"));
    QCOMPARE(m_guard.maskedField(), notes());
    const CardGuard::Text back = m_guard.restored(m_text, 21);
    QCOMPARE(back.shown, QStringLiteral("4111 1111 1111 1111 o"));
    QCOMPARE(back.kept, back.shown);
    QCOMPARE(back.cursor, 21);
    QVERIFY(m_guard.maskedField().isEmpty());
    m_text = back.shown;
    const CardGuard::Text more = type(QStringLiteral("k, 4111111111111111."));
    QCOMPARE(more.kept, QStringLiteral("4111 1111 1111 1111 ok, 4111111111111111."));
}

void TestCardGuard::isPutBackOneAfterTheOther()
{
    edit(QStringLiteral("4111111111111111 and 5555555555554444 ok"));
    const CardGuard::Text one = m_guard.restored(m_text, 0);
    const CardGuard::Text two = m_guard.restored(one.shown, 0);
    QCOMPARE(two.shown, QStringLiteral("4111111111111111 and 5555555555554444 ok"));
}

void TestCardGuard::whatWasMaskedAndChangedIsNotPutBack()
{
    type(QStringLiteral("4111 1111 1111 1111 o"));
    edit(QStringLiteral("• 1111 o"));
    QCOMPARE(m_guard.restored(m_text, 0).shown, m_text);
    QVERIFY(m_guard.maskedField().isEmpty());
    type(QStringLiteral(" 5555555555554444."));
    m_guard.forget();
    QVERIFY(m_guard.maskedField().isEmpty());
}

void TestCardGuard::theFieldIsKnown()
{
    m_guard.settled(QStringLiteral("subject"), QStringLiteral("4111111111111111"), 0);
    QCOMPARE(m_guard.maskedField(), QStringLiteral("subject"));
}

void TestCardGuard::whatCameFromTheStoreStays()
{
    const QString stored = QStringLiteral("4111 1111 1111 1111 stays");
    m_guard.accept(stored);
    QCOMPARE(m_guard.settled(notes(), stored, 0).kept, stored);
}

QTEST_GUILESS_MAIN(TestCardGuard)
#include "tst_card_guard.moc"
