// SPDX-License-Identifier: Apache-2.0
#include "FieldText.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <array>
#include <optional>

namespace ringside::fieldText {

namespace {

constexpr int centuryFrom = 70; // "69" is 2069, "70" is 1970
constexpr int partsOfADay = 3;

QList<int> numbersIn(const QString &text)
{
    QString digits;
    for (const QChar c : text)
        digits.append(c.isDigit() ? QChar(u'0' + c.digitValue()) : QChar(u' '));
    QList<int> numbers;
    const QStringList words = digits.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words)
        numbers.append(word.toInt());
    return numbers;
}

/// The places of year, month and day in what the locale writes.
std::array<int, partsOfADay> orderOf(const QLocale &locale)
{
    const QString format = locale.dateFormat(QLocale::ShortFormat);
    const auto rank = [&format](QChar part) {
        int before = 0;
        for (const QChar other : {QLatin1Char('y'), QLatin1Char('M'), QLatin1Char('d')})
            before += format.indexOf(other) < format.indexOf(part) ? 1 : 0;
        return before;
    };
    return {rank(QLatin1Char('y')), rank(QLatin1Char('M')), rank(QLatin1Char('d'))};
}

QDate dateOf(const QList<int> &numbers, const QLocale &locale)
{
    constexpr int fourDigits = 1000;
    constexpr int century = 100;
    const bool iso = numbers.first() >= fourDigits;
    const std::array<int, partsOfADay> order = iso ? std::array<int, partsOfADay>{0, 1, 2} : orderOf(locale);
    int year = numbers.at(order[0]);
    if (year < century)
        year += year < centuryFrom ? 2000 : 1900;
    const bool usual = year >= fourDigits && year < fourDigits * 10;
    return !usual ? QDate() : QDate(year, numbers.at(order[1]), numbers.at(order[2]));
}

/// With a word for the half of the day in the text, the hour of 24.
std::optional<int> hourOf(const QString &text, int hour, const QLocale &locale)
{
    constexpr int halfADay = 12;
    const auto has = [&text](const QString &word) {
        return !word.isEmpty() && text.contains(word, Qt::CaseInsensitive);
    };
    const bool afternoon = has(QStringLiteral("pm")) || has(locale.pmText());
    const bool morning = !afternoon && (has(QStringLiteral("am")) || has(locale.amText()));
    if ((afternoon || morning) && (hour < 1 || hour > halfADay))
        return std::nullopt;
    if (afternoon)
        return hour % halfADay + halfADay;
    return morning ? hour % halfADay : hour;
}

} // namespace

QString joined(const QStringList &codes)
{
    return codes.join(QLatin1Char(';'));
}

QStringList split(const QString &value)
{
    return value.split(QLatin1Char(';'), Qt::SkipEmptyParts);
}

QString lookupText(const Lookup &lookup)
{
    if (lookup.id.isEmpty())
        return {};
    const QJsonObject object{{QStringLiteral("id"), lookup.id}, {QStringLiteral("name"), lookup.name}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Lookup lookupIn(const QString &value)
{
    const QJsonObject object = QJsonDocument::fromJson(value.toUtf8()).object();
    return {.id = object.value(QLatin1String("id")).toString(), .name = object.value(QLatin1String("name")).toString()};
}

QDate dateIn(const QString &text, const QLocale &locale)
{
    const QList<int> numbers = numbersIn(text);
    return numbers.size() == partsOfADay ? dateOf(numbers, locale) : QDate();
}

QDateTime dateTimeIn(const QString &text, const QLocale &locale)
{
    static const QRegularExpression iso(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT"));
    if (iso.match(text).hasMatch())
        return QDateTime::fromString(text, Qt::ISODate).toLocalTime();
    const QList<int> numbers = numbersIn(text);
    if (numbers.size() != partsOfADay + 2)
        return {};
    const QDate day = dateOf(numbers, locale);
    const std::optional<int> hour = hourOf(text, numbers.at(partsOfADay), locale);
    const QTime time(hour.value_or(-1), numbers.at(partsOfADay + 1));
    return day.isValid() && time.isValid() ? QDateTime(day, time) : QDateTime();
}

QString shown(const QDate &date, const QLocale &locale)
{
    QString format = locale.dateFormat(QLocale::ShortFormat);
    if (format.contains(QLatin1String("MMM"))) // a name, which is not read back
        return date.toString(Qt::ISODate);
    if (!format.contains(QLatin1String("yyyy")))
        format.replace(QLatin1String("yy"), QLatin1String("yyyy"));
    return locale.toString(date, format);
}

QString shown(const QDateTime &time, const QLocale &locale)
{
    return shown(time.date(), locale) + QLatin1Char(' ') + locale.toString(time.time(), QStringLiteral("HH:mm"));
}

} // namespace ringside::fieldText
