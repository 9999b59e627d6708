// SPDX-License-Identifier: Apache-2.0
// Whatever is sent as a query, the sandbox's parser ends, says OK or names the place, and what it read can be run.
#include "CoqlParser.h"

namespace {

using ringside::sandbox::CoqlOutcome;
using ringside::sandbox::CoqlParser;
using ringside::sandbox::CoqlQuery;
using ringside::sandbox::TypedValue;

/// A record with a value of each type, whatever the field is called.
TypedValue valueOf(const QString &field)
{
    switch (field.size() % 4) {
    case 0:
        return {QJsonValue(QStringLiteral("Haddad")), QStringLiteral("text")};
    case 1:
        return {QJsonValue(42), QStringLiteral("integer")};
    case 2:
        return {QJsonValue(QStringLiteral("2026-01-20T10:00:00+04:00")), QStringLiteral("datetime")};
    default:
        return {QJsonValue(), QStringLiteral("phone")};
    }
}

bool errorHolds(const QString &text, const CoqlOutcome &outcome)
{
    const auto &error = outcome.error;
    if (error.at < 0 || error.at > text.size() || error.near != text.mid(error.at, 20) || error.details().isEmpty())
        return false;
    const QString before = text.left(error.at);
    return error.line == before.count(QLatin1Char('\n')) + 1 &&
           error.column == before.section(QLatin1Char('\n'), -1).size() + 1;
}

bool holds(const QString &text)
{
    const CoqlOutcome outcome = CoqlParser::parse(text);
    if (!outcome.query)
        return errorHolds(text, outcome);
    const CoqlQuery &query = *outcome.query;
    if (query.columns.empty() || query.module.isEmpty() || query.offset < 0 || query.limit < 0 ||
        query.filter.conditionCount() < 1)
        return false;
    const bool first = query.filter.matches(valueOf);
    return first == query.filter.matches(valueOf);
}

} // namespace

#ifdef RINGSIDE_LIBFUZZER

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (!holds(QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))))
        __builtin_trap();
    return 0;
}

#else

#include <QRandomGenerator>
#include <QTest>

/// Bounded mutations from a fixed seed: the same every time, so a failure can be repeated.
class FuzzCoql final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mutations()
    {
        const QStringList seeds{
            QStringLiteral("select Full_Name, Account_Name.Account_Name as Firm from Contacts where ((Phone = "
                           "'+15553344556' or Mobile like "
                           "'%556') or Other_Phone in ('1', '2')) order by Full_Name desc limit 0, 5"),
            QStringLiteral(
                "select COUNT(*), Owner from Calls\nwhere Call_Start_Time between '2026-01-20T00:00:00+04:00' and "
                "'2026-01-21T00:00:00+04:00'\ngroup by Owner limit 10 offset 2"),
            QStringLiteral(
                "select id from Leads where (Last_Name != 'O''Connor' and Converted__s = true) and Email is not null")};
        const QStringList words{QStringLiteral("("),     QStringLiteral(")"),
                                QStringLiteral("'"),     QStringLiteral("\\'"),
                                QStringLiteral(" and "), QStringLiteral(" or "),
                                QStringLiteral(" not "), QStringLiteral("%"),
                                QStringLiteral(","),     QStringLiteral(" in ("),
                                QStringLiteral("<="),    QStringLiteral(" limit "),
                                QStringLiteral("\n"),    QStringLiteral("99999999999999999999"),
                                QStringLiteral(" as x"), QStringLiteral(" is null")};
        QRandomGenerator random(20'260'401);
        int whole = 0;
        for (int run = 0; run < 30'000; ++run) {
            const QString text = mutated(seeds.at(run % seeds.size()), words, random);
            QVERIFY2(holds(text), qPrintable(QStringLiteral("run %1: %2").arg(run).arg(text)));
            whole += CoqlParser::parse(text).query ? 1 : 0;
        }
        QVERIFY2(whole > 1000, qPrintable(QString::number(whole))); // or only the first check was ever exercised
    }

    /// Brackets without end neither overflow the stack nor pass.
    void depth()
    {
        const QString text = QStringLiteral("select id from Leads where ") + QString(100'000, QLatin1Char('(')) +
                             QStringLiteral("id is null");
        QVERIFY(!CoqlParser::parse(text).query);
        QVERIFY(holds(text));
    }

private:
    static QString mutated(QString text, const QStringList &words, QRandomGenerator &random)
    {
        for (int n = random.bounded(1, 5); n > 0 && !text.isEmpty(); --n) {
            const int at = random.bounded(int(text.size()));
            switch (random.bounded(4)) {
            case 0:
                text[at] = QChar(random.bounded(0x20, 0x180));
                break;
            case 1:
                text.remove(at, random.bounded(1, 30));
                break;
            case 2:
                text.insert(at, words.at(random.bounded(int(words.size()))));
                break;
            default:
                text.insert(at, text.mid(random.bounded(int(text.size())), random.bounded(1, 60)));
            }
        }
        return text;
    }
};

QTEST_GUILESS_MAIN(FuzzCoql)
#include "fuzz_coql.moc"

#endif
