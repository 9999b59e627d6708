// SPDX-License-Identifier: Apache-2.0
#include "TextHistory.h"

#include <QTest>

using namespace ringside;

/// Undo and redo of a text, and a past that is rewritten.
class TestTextHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_history = TextHistory(); }

    void goesBackByTheWord();
    void deletionsInARowAreOneStep();
    void comesBackWithTheCursor();
    void anotherEditEndsRedo();
    void aPasteIsAStepOfItsOwn();
    void forbiddenStatesAreGone();
    void whatWasUndoneIsRewrittenToo();
    void isBounded();

private:
    void type(const QString &keys)
    {
        for (const QChar key : keys) {
            QString text = m_history.text();
            text.insert(m_history.cursor(), key);
            m_history.record(text, m_history.cursor() + 1);
        }
    }
    QStringList allBack()
    {
        QStringList texts;
        while (m_history.canUndo())
            texts.append(m_history.undo().text);
        return texts;
    }

    TextHistory m_history;
};

void TestTextHistory::goesBackByTheWord()
{
    type(QStringLiteral("one two  three"));
    QCOMPARE(allBack(), (QStringList{QStringLiteral("one two  "), QStringLiteral("one "), QString()}));
    QCOMPARE(m_history.redo().text, QStringLiteral("one "));
    QCOMPARE(m_history.redo().text, QStringLiteral("one two  "));
    QCOMPARE(m_history.redo().text, QStringLiteral("one two  three"));
    QVERIFY(!m_history.canRedo());
}

void TestTextHistory::deletionsInARowAreOneStep()
{
    m_history.reset(QStringLiteral("abcdef"), 6);
    m_history.record(QStringLiteral("abcde"), 5);
    m_history.record(QStringLiteral("abcd"), 4);
    m_history.setCursor(0);
    m_history.record(QStringLiteral("bcd"), 0);
    m_history.record(QStringLiteral("cd"), 0);
    QCOMPARE(allBack(), (QStringList{QStringLiteral("abcd"), QStringLiteral("abcdef")}));
}

void TestTextHistory::comesBackWithTheCursor()
{
    m_history.reset(QStringLiteral("ab"), 1);
    type(QStringLiteral("x"));
    QCOMPARE(m_history.undo().cursor, 1);
    QCOMPARE(m_history.redo().cursor, 2);
}

void TestTextHistory::anotherEditEndsRedo()
{
    type(QStringLiteral("one two"));
    m_history.undo();
    type(QStringLiteral("2"));
    QVERIFY(!m_history.canRedo());
    QCOMPARE(m_history.undo().text, QStringLiteral("one "));
}

void TestTextHistory::aPasteIsAStepOfItsOwn()
{
    type(QStringLiteral("a"));
    m_history.record(QStringLiteral("a pasted"), 8);
    type(QStringLiteral("!"));
    QCOMPARE(m_history.undo().text, QStringLiteral("a pasted"));
    QCOMPARE(m_history.undo().text, QStringLiteral("a"));
}

void TestTextHistory::forbiddenStatesAreGone()
{
    type(QStringLiteral("pay by 1234 5678 then"));
    m_history.rewrite(QStringLiteral("pay by ** then"), 14,
                      [](const QString &text) { return text.contains(QLatin1String("1234 5")); });
    QCOMPARE(m_history.text(), QStringLiteral("pay by ** then"));
    QCOMPARE(allBack(), (QStringList{QStringLiteral("pay by 1234 "), QStringLiteral("pay by "), QStringLiteral("pay "),
                                     QString()}));
    QString last;
    while (m_history.canRedo())
        last = m_history.redo().text;
    QCOMPARE(last, QStringLiteral("pay by ** then"));
}

void TestTextHistory::whatWasUndoneIsRewrittenToo()
{
    type(QStringLiteral("a secret b c"));
    m_history.undo();
    m_history.undo();
    m_history.rewrite(QStringLiteral("a * "), 4,
                      [](const QString &text) { return text.endsWith(QLatin1String("t b ")); });
    QCOMPARE(m_history.redo().text, QStringLiteral("a secret b c"));
    QVERIFY(!m_history.canRedo());
    QCOMPARE(m_history.undo().text, QStringLiteral("a * "));
    QCOMPARE(m_history.undo().text, QStringLiteral("a "));
}

void TestTextHistory::isBounded()
{
    for (int i = 0; i < 1000; ++i)
        type(QStringLiteral("a "));
    QCOMPARE(allBack().size(), 400);
    m_history.reset({}, 0);
    QString text;
    for (int i = 0; i < 5; ++i) {
        text += QString(60000, QLatin1Char('x'));
        m_history.record(text, static_cast<int>(text.size()));
    }
    QCOMPARE(allBack().size(), 3);
}

QTEST_GUILESS_MAIN(TestTextHistory)
#include "tst_text_history.moc"
