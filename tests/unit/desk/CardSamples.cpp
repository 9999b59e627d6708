// SPDX-License-Identifier: Apache-2.0
#include "CardSamples.h"

#include <QDateTime>

#include <array>

namespace ringside::test::cards {

namespace {

QString joined(const QString &digits, const QList<int> &groups, const QString &between)
{
    QStringList parts;
    qsizetype at = 0;
    for (qsizetype i = 0; at < digits.size(); ++i) {
        const int size = groups.at(std::min(i, groups.size() - 1));
        parts.append(digits.mid(at, size));
        at += size;
    }
    return parts.join(between);
}

QString inScript(const QString &digits, char32_t zero)
{
    QString made;
    for (const QChar digit : digits) {
        const char32_t code = zero + static_cast<char32_t>(digit.digitValue());
        made.append(QString::fromUcs4(&code, 1));
    }
    return made;
}

QList<int> printedGroups(qsizetype digits)
{
    if (digits == 15)
        return {4, 6, 5};
    if (digits == 14)
        return {4, 6, 4};
    if (digits == 13)
        return {4, 3};
    return digits == 19 ? QList<int>{6, 13} : QList<int>{4};
}

int number(std::mt19937 &random, int from, int to)
{
    return std::uniform_int_distribution<int>(from, to)(random);
}

QString digits(std::mt19937 &random, int count)
{
    QString made;
    for (int i = 0; i < count; ++i)
        made.append(QLatin1Char(static_cast<char>('0' + number(random, i == 0 ? 1 : 0, 9))));
    return made;
}

QString chosen(std::mt19937 &random, const QStringList &from)
{
    return from.at(number(random, 0, static_cast<int>(from.size()) - 1));
}

QString phone(std::mt19937 &random)
{
    struct Country
    {
        const char *code;
        const char *begins;
        int more;
    };
    static constexpr std::array countries{
        Country{"971", "50", 7}, Country{"971", "4", 7}, Country{"966", "5", 8},  Country{"49", "151", 8},
        Country{"49", "30", 8},  Country{"44", "79", 8}, Country{"44", "20", 8},  Country{"91", "98", 8},
        Country{"1", "212", 7},  Country{"33", "6", 8},  Country{"39", "347", 7}, Country{"43", "676", 7},
        Country{"55", "119", 8}, Country{"57", "30", 8}, Country{"58", "412", 7}, Country{"62", "812", 8},
        Country{"63", "917", 7}, Country{"34", "6", 8},  Country{"36", "30", 7},  Country{"380", "50", 7},
        Country{"45", "4", 7},   Country{"65", "9", 7},  Country{"20", "100", 7}, Country{"81", "90", 8}};
    const Country &country =
        countries.at(static_cast<size_t>(number(random, 0, static_cast<int>(countries.size()) - 1)));
    const QString code = QString::fromLatin1(country.code);
    const QString begins = QString::fromLatin1(country.begins);
    QString rest;
    for (int i = 0; i < country.more; ++i)
        rest.append(QString::number(number(random, 0, 9)));
    const QString between =
        chosen(random, {QStringLiteral(" "), QStringLiteral("-"), QStringLiteral("."), QString(QChar(0xA0))});
    const QString grouped = begins + between + rest.left(3) + between + rest.mid(3);
    switch (number(random, 0, 6)) {
    case 0:
        return QLatin1Char('+') + code + begins + rest;
    case 1:
        return QLatin1Char('+') + code + between + grouped;
    case 2:
        return QStringLiteral("00") + code + begins + rest;
    case 3:
        return QStringLiteral("00") + code + between + grouped;
    case 4:
        return QStringLiteral("(+%1) %2").arg(code, grouped);
    case 5:
        return QStringLiteral("+%1 %2 / +%1 %3").arg(code, grouped, begins + rest);
    default:
        return code + begins + rest;
    }
}

QString iban(std::mt19937 &random)
{
    struct Country
    {
        const char *letters;
        int digits;
        const char *bank;
    };
    static constexpr std::array countries{
        Country{"DE", 18, ""},     Country{"AE", 19, ""}, Country{"SA", 20, ""}, Country{"GB", 14, "NWBK"},
        Country{"NL", 10, "ABNA"}, Country{"ES", 20, ""}, Country{"FR", 23, ""}, Country{"AT", 16, ""},
        Country{"PL", 24, ""},     Country{"NO", 11, ""}, Country{"BE", 12, ""}, Country{"PK", 16, "SCBL"}};
    const Country &country =
        countries.at(static_cast<size_t>(number(random, 0, static_cast<int>(countries.size()) - 1)));
    QString account = QString::fromLatin1(country.bank);
    for (int i = 0; i < country.digits; ++i)
        account.append(QString::number(number(random, 0, 9)));
    int rest = 0;
    const QString counted = account + QString::fromLatin1(country.letters) + QStringLiteral("00");
    for (const QChar sign : counted) {
        const QString value = QString::number(sign.isLetter() ? sign.unicode() - u'A' + 10 : sign.digitValue());
        for (const QChar digit : value)
            rest = (rest * 10 + digit.digitValue()) % 97;
    }
    const QString made =
        QString::fromLatin1(country.letters) + QStringLiteral("%1").arg(98 - rest, 2, 10, QLatin1Char('0')) + account;
    switch (number(random, 0, 3)) {
    case 0:
        return made;
    case 1:
        return joined(made, {4}, QString(QChar(0xA0)));
    case 2:
        return joined(made, {4}, QStringLiteral("-"));
    default:
        return joined(made, {4}, QStringLiteral(" "));
    }
}

QString date(std::mt19937 &random)
{
    static const QStringList formats{QStringLiteral("dd.MM.yyyy"),
                                     QStringLiteral("dd/MM/yyyy"),
                                     QStringLiteral("MM/dd/yyyy"),
                                     QStringLiteral("yyyy-MM-dd"),
                                     QStringLiteral("dd-MM-yy"),
                                     QStringLiteral("ddMMyyyy"),
                                     QStringLiteral("yyyyMMdd"),
                                     QStringLiteral("dd MM yyyy"),
                                     QStringLiteral("yyyy-MM-dd HH:mm:ss"),
                                     QStringLiteral("dd.MM.yyyy HH.mm"),
                                     QStringLiteral("ddMMyyyyHHmmss"),
                                     QStringLiteral("yyyyMMddHHmmss"),
                                     QStringLiteral("yyyy-MM-ddTHH:mm:ss"),
                                     QStringLiteral("dd.MM.yyyy HH:mm")};
    const auto some = [&random] {
        return QDateTime(QDate(2020, 1, 1).addDays(number(random, 0, 4000)),
                         QTime(0, 0).addSecs(number(random, 0, 86399)));
    };
    const QString format = chosen(random, formats);
    QString made = some().toString(format);
    const int more = number(random, 0, 2);
    for (int i = 0; i < more; ++i)
        made +=
            chosen(random, {QStringLiteral(" "), QStringLiteral(" - "), QStringLiteral("\n"), QStringLiteral(", ")}) +
            some().toString(format);
    return made;
}

QString recordId(std::mt19937 &random)
{
    const int org = number(random, 1000000, 9999999);
    const int serial = number(random, 1, 999999) * 1000 + number(random, 0, 999);
    return QString::number(org) + QStringLiteral("%1").arg(serial, 12, 10, QLatin1Char('0'));
}

QString order(std::mt19937 &random)
{
    const QString made = digits(random, number(random, 5, 12));
    switch (number(random, 0, 3)) {
    case 0:
        return joined(made, {4}, QStringLiteral("-"));
    case 1:
        return QStringLiteral("order ") + made;
    case 2:
        return QLatin1Char('#') + made;
    default:
        return made;
    }
}

} // namespace

QStringList published()
{
    return {
        QStringLiteral("4111111111111111"),    QStringLiteral("4012888888881881"),
        QStringLiteral("4222222222222"),       QStringLiteral("4242424242424242"),
        QStringLiteral("4000056655665556"),    QStringLiteral("4000002760003184"),
        QStringLiteral("4917610000000000"),    QStringLiteral("4917610000000000003"),
        QStringLiteral("4462030000000000"),    QStringLiteral("5555555555554444"),
        QStringLiteral("5105105105105100"),    QStringLiteral("5454545454545454"),
        QStringLiteral("5200828282828210"),    QStringLiteral("2223003122003222"),
        QStringLiteral("2223000048400011"),    QStringLiteral("2720999999999996"),
        QStringLiteral("378282246310005"),     QStringLiteral("371449635398431"),
        QStringLiteral("378734493671000"),     QStringLiteral("343434343434343"),
        QStringLiteral("6011111111111117"),    QStringLiteral("6011000990139424"),
        QStringLiteral("6445644564456445"),    QStringLiteral("30569309025904"),
        QStringLiteral("38520000023237"),      QStringLiteral("36227206271667"),
        QStringLiteral("3056930009020004"),    QStringLiteral("3530111333300000"),
        QStringLiteral("3566002020360505"),    QStringLiteral("3566111111111113"),
        QStringLiteral("6200000000000005"),    QStringLiteral("6205500000000000004"),
        QStringLiteral("6250946000000016"),    QStringLiteral("6759649826438453"),
        QStringLiteral("6799990100000000019"), QStringLiteral("6304000000000000"),
        QStringLiteral("501800000009"),        QStringLiteral("5020620000000000"),
        QStringLiteral("5019717010103742"),    QStringLiteral("6331101999990016"),
        QStringLiteral("6771798021000008"),    QStringLiteral("6062828888666688"),
        QStringLiteral("5066991111111118"),    QStringLiteral("2200000000000053"),
        QStringLiteral("9792030394440796"),    QStringLiteral("5060990580000217499"),
        QStringLiteral("4201320111111010"),    QStringLiteral("5360230159427034"),
        QStringLiteral("2202474301322987"),    QStringLiteral("6731012345678906"),
        QStringLiteral("4988438843884305"),
    };
}

QList<Form> forms(const QString &digits)
{
    QList<Form> all;
    const auto one = [&all](const char *name, const QString &written) {
        all.append({QString::fromLatin1(name), {written}});
    };
    const QList<int> fours{4};
    one("in one piece", digits);
    one("spaces", joined(digits, fours, QStringLiteral(" ")));
    one("as printed", joined(digits, printedGroups(digits.size()), QStringLiteral(" ")));
    one("hyphens", joined(digits, fours, QStringLiteral("-")));
    Form dashes{QStringLiteral("dashes of every kind"), {}};
    for (const char16_t dash :
         {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x058A, 0x301C, 0xFE58, 0xFE63, 0xFF0D})
        dashes.written.append(joined(digits, fours, QString(QChar(dash))));
    all.append(dashes);
    one("spaced dashes", joined(digits, fours, QStringLiteral(" – ")));
    one("dots", joined(digits, fours, QStringLiteral(".")));
    one("slashes", joined(digits, fours, QStringLiteral("/")));
    one("commas", joined(digits, fours, QStringLiteral(", ")));
    one("line breaks", joined(digits, fours, QStringLiteral("\n")));
    one("line breaks of Windows", joined(digits, fours, QStringLiteral("\r\n")));
    Form spaces{QStringLiteral("spaces of every kind"), {}};
    for (const char16_t space :
         {0x00A0, 0x2002, 0x2003, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x205F, 0x3000, 0x0009})
        spaces.written.append(joined(digits, fours, QString(QChar(space))));
    all.append(spaces);
    Form unseen{QStringLiteral("marks that nobody sees"), {}};
    for (const char16_t mark :
         {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F, 0x061C, 0x202A, 0x2066, 0x2069}) {
        unseen.written.append(joined(digits, fours, QString(QChar(mark))));
        unseen.written.append(joined(digits, {1}, QString(QChar(mark))));
        unseen.written.append(joined(digits, fours, QChar(mark) + QStringLiteral(" ") + QChar(mark)));
    }
    all.append(unseen);
    one("isolated", QChar(0x2066) + joined(digits, fours, QStringLiteral(" ")) + QChar(0x2069));
    one("single digits", joined(digits, {1}, QStringLiteral(" ")));
    one("single digits with dots", joined(digits, {1}, QStringLiteral(".")));
    one("pairs", joined(digits, {2}, QStringLiteral(" ")));
    one("threes", joined(digits, {3}, QStringLiteral("-")));
    one("fives", joined(digits, {5}, QStringLiteral(" ")));
    one("eights", joined(digits, {8}, QStringLiteral(" ")));
    one("unevenly", joined(digits, {4, 2, 5, 3, 4}, QStringLiteral(" ")));
    one("unevenly, with dots", joined(digits, {4, 5, 3, 4}, QStringLiteral(".")));
    QStringList groups = joined(digits, fours, QStringLiteral(" ")).split(QLatin1Char(' '));
    for (qsizetype i = 1; i < groups.size(); ++i)
        groups[i].prepend(QStringLiteral("-/. ").at(i % 4));
    one("mixed signs", groups.join(QString()));
    Form broken{QStringLiteral("a line break anywhere"), {}};
    for (int at = 1; at < digits.size(); ++at)
        broken.written.append(digits.left(at) + QLatin1Char('\n') + digits.mid(at));
    const QString grouped = joined(digits, fours, QStringLiteral(" "));
    for (int at = 1; at < grouped.size(); ++at)
        broken.written.append(grouped.left(at) + QLatin1Char('\n') + grouped.mid(at));
    all.append(broken);
    struct Script
    {
        const char *name;
        char32_t zero;
    };
    for (const Script &script : {Script{"Arabic-Indic digits", 0x0660}, Script{"Extended Arabic-Indic digits", 0x06F0},
                                 Script{"Devanagari digits", 0x0966}, Script{"fullwidth digits", 0xFF10},
                                 Script{"Bengali digits", 0x09E6}, Script{"mathematical digits", 0x1D7CE}}) {
        all.append({QString::fromLatin1(script.name),
                    {inScript(digits, script.zero), joined(digits, fours, QStringLiteral(" "))}});
        QStringList parts = joined(digits, fours, QStringLiteral(" ")).split(QLatin1Char(' '));
        for (QString &part : parts)
            part = inScript(part, script.zero);
        all.last().written.append(parts.join(QLatin1Char(' ')));
        all.last().written.append(parts.join(QChar(0x200F) + QStringLiteral("-") + QChar(0x200F)));
    }
    all.append({QStringLiteral("digits of two scripts"), {inScript(digits.left(8), 0x0660) + digits.mid(8)}});
    return all;
}

QStringList sentences()
{
    return {
        QStringLiteral("%1"),
        QStringLiteral("card %1 expires 12/27"),
        QStringLiteral("He pays by card: %1, three digits on the back."),
        QStringLiteral("VISA%1OK"),
        QStringLiteral("رقم البطاقة %1 تنتهي قريبا"),
        QStringLiteral("call him back on +971 50 909 0707; %1"),
        QStringLiteral("ends 12/2027 (%1)"),
        QStringLiteral("कार्ड %1।"),
        QStringLiteral("cc#%1"),
    };
}

QString figure(Kind kind, std::mt19937 &random)
{
    switch (kind) {
    case Kind::Phone:
        return phone(random);
    case Kind::Iban:
        return iban(random);
    case Kind::Date:
        return date(random);
    case Kind::RecordId:
        return recordId(random);
    case Kind::Order:
        return order(random);
    case Kind::FreeRun:
        break;
    }
    return digits(random, number(random, 13, 19));
}

} // namespace ringside::test::cards
