// SPDX-License-Identifier: Apache-2.0
#include "CardGuard.h"
#include "CardNumbers.h"
#include "CardSamples.h"

#include <QTest>

#include <cstdio>

using namespace ringside;
using namespace ringside::test;
using cards::Kind;

namespace {

constexpr int mostSaid = 10;

/// How many figures of each kind: short here, RINGSIDE_CARD_FIGURES for long.
int figures()
{
    bool said = false;
    const int many = qEnvironmentVariableIntValue("RINGSIDE_CARD_FIGURES", &said);
    return said ? many : 20000;
}

quint32 seed()
{
    return static_cast<quint32>(qEnvironmentVariableIntValue("RINGSIDE_CARD_SEED")) + 1U;
}

QString masked(const QString &text)
{
    QString made = text;
    const QList<cardNumbers::Found> found = cardNumbers::find(text);
    for (auto number = found.crbegin(); number != found.crend(); ++number)
        made.replace(number->from, number->to - number->from, cardNumbers::mask(text, *number));
    return made;
}

/// Types a text; gives what was kept of it at some moment, or shown in the end, with more than six of the digits. Null:
/// nothing.
QString mostKept(const QString &text, const QString &digits)
{
    CardGuard guard;
    QString shown;
    for (const QChar key : text) {
        const CardGuard::Text now = guard.edited({}, shown, shown + key, static_cast<int>(shown.size()) + 1);
        shown = now.shown;
        if (cardNumbers::reveals(now.kept, digits))
            return now.kept;
    }
    return cardNumbers::reveals(shown, digits) ? shown : QString();
}

} // namespace

/// No card number that somebody writes down goes through, and what is none is left alone.
class TestCardProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFormOfEveryNumberIsMasked();
    void noneIsKeptWhileItIsTyped();
    void anyTextIsLeftWhole();
    void otherFiguresAreLeftAlone_data();
    void otherFiguresAreLeftAlone();
    void cleanupTestCase();

private:
    int m_forms = 0;
    int m_written = 0;
    int m_missed = 0;
    int m_figures = 0;
    int m_falseAlarms = 0;
    QStringList m_kinds;
};

void TestCardProof::everyFormOfEveryNumberIsMasked()
{
    const QStringList sentences = cards::sentences();
    for (const QString &digits : cards::published()) {
        const QList<cards::Form> forms = cards::forms(digits);
        m_forms = static_cast<int>(forms.size());
        for (const cards::Form &form : forms) {
            for (const QString &written : form.written) {
                for (const QString &sentence : sentences) {
                    ++m_written;
                    const QString left = masked(sentence.arg(written));
                    if (!cardNumbers::reveals(left, digits) && left.contains(QChar(0x2022)))
                        continue;
                    if (++m_missed > mostSaid)
                        continue;
                    qWarning().noquote() << "missed" << digits << form.name << sentence.arg(written) << left;
                }
            }
        }
    }
    QCOMPARE(m_missed, 0);
    QVERIFY(m_forms >= 12);
}

// Key by key, as it would reach the disk after each.
void TestCardProof::noneIsKeptWhileItIsTyped()
{
    int revealed = 0;
    for (const QString &digits : cards::published()) {
        for (const cards::Form &form : cards::forms(digits)) {
            for (const QString &written : form.written) {
                const QString kept = mostKept(QStringLiteral("card %1 ok").arg(written), digits);
                if (!kept.isNull() && ++revealed <= mostSaid)
                    qWarning().noquote() << "kept" << digits << form.name << kept;
            }
        }
    }
    QCOMPARE(revealed, 0);
}

// Whatever is typed, pasted and deleted: nothing but digits is changed, and nothing is asked of a place that is not
// there.
void TestCardProof::anyTextIsLeftWhole()
{
    std::mt19937 random(seed());
    const QStringList parts{
        QStringLiteral("4"),      QStringLiteral("1111"), QStringLiteral("٤١١"),
        QStringLiteral(" "),      QStringLiteral("-"),    QStringLiteral("\n"),
        QStringLiteral("x"),      QStringLiteral("+"),    QStringLiteral("00"),
        QStringLiteral("𝟒"),      QStringLiteral("👍"),    QString(QChar(0xD835)), // half a character
        QStringLiteral("\u200e"), QStringLiteral("DE"),   QStringLiteral("4111111111111111")};
    const auto bare = [](QString text) {
        text.removeIf([](QChar sign) {
            return sign.isDigit() || sign.isSpace() || sign.isPunct() || sign.isSurrogate() ||
                   sign.category() == QChar::Other_Format;
        });
        return text;
    };
    for (int run = 0; run < 300; ++run) {
        CardGuard guard;
        QString shown;
        for (int step = 0; step < 40; ++step) {
            const auto pick = [&random](qsizetype below) {
                return static_cast<int>(random() % static_cast<unsigned>(below));
            };
            QString text = shown;
            const int at = pick(text.size() + 1);
            int cursor = at;
            if (pick(4) == 0) {
                text.remove(at, pick(6));
            } else {
                const QString &part = parts.at(pick(parts.size()));
                text.insert(at, part);
                cursor += static_cast<int>(part.size());
            }
            const CardGuard::Text now =
                step % 10 == 9 ? guard.settled({}, text, cursor) : guard.edited({}, shown, text, cursor);
            QCOMPARE(now.kept.size(), now.shown.size());
            QVERIFY(now.cursor >= 0 && now.cursor <= now.shown.size());
            QCOMPARE(bare(now.shown), bare(text));
            QCOMPARE(bare(now.kept), bare(text));
            shown = now.shown;
        }
        QVERIFY(cardNumbers::find(guard.settled({}, shown, 0).shown).isEmpty());
    }
}

void TestCardProof::otherFiguresAreLeftAlone_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<double>("most"); // of all, in percent; less than none is no limit
    QTest::newRow("phone numbers") << Kind::Phone << 0.0;
    QTest::newRow("IBANs") << Kind::Iban << 0.0;
    QTest::newRow("dates and times") << Kind::Date << 0.0;
    QTest::newRow("CRM ids of 19 digits") << Kind::RecordId << 0.0;
    QTest::newRow("order numbers of up to 12 digits") << Kind::Order << 0.1;
    QTest::newRow("free runs of 13 to 19 digits") << Kind::FreeRun << -1.0;
}

void TestCardProof::otherFiguresAreLeftAlone()
{
    QFETCH(const Kind, kind);
    QFETCH(const double, most);
    std::mt19937 random(seed());
    const QStringList sentences{QStringLiteral("%1"), QStringLiteral("He says %1, and rings again.")};
    int alarms = 0;
    const int count = figures();
    for (int i = 0; i < count; ++i) {
        const QString text = sentences.at(i % 2).arg(cards::figure(kind, random));
        if (cardNumbers::find(text).isEmpty())
            continue;
        if (++alarms <= mostSaid && most == 0.0)
            qWarning().noquote() << "false alarm" << text;
    }
    const double percent = 100.0 * alarms / count;
    m_kinds.append(QStringLiteral("%1 %2 of %3 (%4 %)")
                       .arg(QString::fromLatin1(QTest::currentDataTag()))
                       .arg(alarms)
                       .arg(count)
                       .arg(percent, 0, 'f', 3));
    if (most < 0.0)
        return;
    m_figures += count;
    m_falseAlarms += alarms;
    QVERIFY2(most > 0.0 ? percent < most : alarms == 0, qPrintable(m_kinds.last()));
}

void TestCardProof::cleanupTestCase()
{
    for (const QString &kind : std::as_const(m_kinds))
        std::printf("card: false alarms: %s\n", qPrintable(kind));
    std::printf("card: %d forms, %d written, %d missed, %d false alarms among %d figures\n", m_forms, m_written,
                m_missed, m_falseAlarms, m_figures);
    std::fflush(stdout);
}

QTEST_GUILESS_MAIN(TestCardProof)
#include "tst_card_proof.moc"
