// SPDX-License-Identifier: Apache-2.0
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

} // namespace

/// No card number that somebody writes down goes through, and what is none is left alone.
class TestCardProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFormOfEveryNumberIsMasked();
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
