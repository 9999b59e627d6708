// SPDX-License-Identifier: Apache-2.0
#include "CardExcuses.h"

#include "IbanSpans.h"
#include "PhoneNumber.h"

#include <QDate>
#include <QRegularExpression>

#include <algorithm>

namespace ringside {

namespace {

constexpr qsizetype mostPhoneDigits = 15;  // E.164
constexpr qsizetype fewestPhoneDigits = 8; // with the country code; fewer are no whole number
constexpr qsizetype mostBarePhoneDigits = 13;
constexpr int lastYear = 2100;
constexpr int firstYear = 1900;
constexpr int firstShortYear = 1;

bool isDay(int day, int month, int year)
{
    const bool shortYear = year >= firstShortYear && year < 100;
    return (shortYear || (year >= firstYear && year < lastYear)) &&
           QDate(shortYear ? 2000 + year : year, month, day).isValid();
}

bool isDayInSomeOrder(int first, int second, int year)
{
    return isDay(first, second, year) || isDay(second, first, year);
}

} // namespace

bool CardExcuses::excuse(qsizetype first, qsizetype count, bool regular) const
{
    const qsizetype end = first + count;
    return partOfPhone(first, end, regular) || wholePhone(first, count, regular) || hasDate(first, end) ||
           onlyDates(first, end) || recordId(first, count) || partOfIban(first, end) ||
           (m_run.groups(first, count).size() == 1 && namedOtherwise(first));
}

bool CardExcuses::excuseUnfinished(qsizetype first) const
{
    const qsizetype end = m_run.digits.size();
    return partOfPhone(first, end, true) || partOfIban(first, end) ||
           (m_run.groups(first, end - first).size() == 1 && namedOtherwise(first));
}

qsizetype CardExcuses::groupEnd(qsizetype digit) const
{
    do
        ++digit;
    while (!m_run.groupStartsAt(digit));
    return digit;
}

int CardExcuses::number(qsizetype from, qsizetype to) const
{
    return m_run.text(from, to - from).toInt();
}

bool CardExcuses::plusBefore() const
{
    qsizetype at = m_run.from() - 1;
    for (int blanks = 0; at >= 0; --at) {
        const QChar sign = m_text.at(at);
        if (sign == QLatin1Char('+') || sign == QChar(0xFF0B))
            return true;
        if (sign.category() != QChar::Other_Format && !(sign == QLatin1Char(' ') && ++blanks == 1))
            return false;
    }
    return false;
}

// Spans of digits; `inside` is where the digits with the country code begin.
const QList<CardExcuses::Span> &CardExcuses::phones() const
{
    if (m_phones)
        return *m_phones;
    m_phones.emplace();
    const qsizetype all = m_run.digits.size();
    bool plus = plusBefore();
    for (qsizetype from = 0; from < all;) {
        const bool zeros = m_run.text(from, std::min<qsizetype>(2, all - from)) == QLatin1String("00");
        if (!plus && !zeros)
            break;
        const qsizetype inside = from + (plus ? 0 : 2);
        qsizetype to = from;
        while (to < all && groupEnd(to) - inside <= mostPhoneDigits)
            to = groupEnd(to);
        if (to == from)
            break; // too long for one
        m_phones->append({.from = from, .to = to, .inside = inside});
        from = to;
        plus = false;
    }
    return *m_phones;
}

bool CardExcuses::partOfPhone(qsizetype first, qsizetype end, bool regular) const
{
    const bool insideOne = std::any_of(phones().cbegin(), phones().cend(), [&](const Span &phone) {
        if (first < phone.from || first >= phone.to)
            return false;
        if (first == phone.from)
            return end <= phone.to || !regular;
        return end <= phone.to || first - phone.inside < fewestPhoneDigits;
    });
    if (insideOne || regular)
        return insideOne;
    // Another telephone number begins in the middle of what is no card at first sight.
    return std::any_of(phones().cbegin(), phones().cend(),
                       [&](const Span &phone) { return phone.from > first && phone.from < end; });
}

// E.164 without its "+", in one piece or as telephone numbers are written.
bool CardExcuses::wholePhone(qsizetype first, qsizetype count, bool regular) const
{
    if (count > mostBarePhoneDigits ||
        (regular && m_run.groups(first, count).size() > 1 && groupEnd(first) - first == 4))
        return false;
    const QString digits = m_run.text(first, count);
    return PhoneNumber::parse(QLatin1Char('+') + digits, QStringLiteral("ZZ")).kind() == PhoneNumber::Kind::External;
}

bool CardExcuses::partOfIban(qsizetype first, qsizetype end) const
{
    const qsizetype from = m_run.digits.at(first).at;
    const qsizetype to = m_run.digits.at(end - 1).at + 1;
    return std::any_of(ibans().cbegin(), ibans().cend(),
                       [&](const Span &iban) { return from >= iban.inside && from < iban.to && to <= iban.to; });
}

const QList<CardExcuses::Span> &CardExcuses::ibans() const
{
    if (m_ibans)
        return *m_ibans;
    m_ibans.emplace();
    constexpr qsizetype lettersAndCheckDigits = 4;
    const QList<ibanSpans::Span> found = ibanSpans::in(m_text);
    for (const ibanSpans::Span &iban : found)
        m_ibans->append(
            {.from = iban.from, .to = iban.to, .inside = iban.from + (iban.whole ? 0 : lettersAndCheckDigits)});
    return *m_ibans;
}

// A day in three groups or one of eight, six or four digits for the year after it; then a time of six or four.
qsizetype CardExcuses::dateEnd(qsizetype from, bool anyGap) const
{
    const qsizetype all = m_run.digits.size();
    const qsizetype one = groupEnd(from);
    if (one - from == 14) { // both in one piece
        const bool time = number(from + 8, from + 10) < 24 && number(from + 10, from + 12) < 60;
        return time && isDayInSomeOrder(number(from, from + 2), number(from + 2, from + 4), number(from + 4, from + 8))
                   ? one
                   : from;
    }
    if (one - from == 8 && anyGap) {
        const bool yearLast =
            isDayInSomeOrder(number(from, from + 2), number(from + 2, from + 4), number(from + 4, one));
        return yearLast || isDay(number(from + 6, one), number(from + 4, from + 6), number(from, from + 4)) ? one
                                                                                                            : from;
    }
    if (one >= all)
        return from;
    const qsizetype two = groupEnd(one);
    if (two >= all)
        return from;
    const qsizetype three = groupEnd(two);
    const QString gap = m_run.digits.at(one).between;
    const bool apart = gap == m_run.digits.at(two).between && (from == 0 || m_run.digits.at(from).between != gap) &&
                       (three == all || m_run.digits.at(three).between != gap);
    if (!apart && !anyGap)
        return from;
    const auto size = [](qsizetype begin, qsizetype behind) { return behind - begin; };
    const bool yearLast =
        size(from, one) <= 2 && size(one, two) <= 2 && (size(two, three) == 2 || size(two, three) == 4);
    if (yearLast && isDayInSomeOrder(number(from, one), number(one, two), number(two, three)))
        return three;
    const bool yearFirst = size(from, one) == 4 && size(one, two) <= 2 && size(two, three) <= 2;
    return yearFirst && isDay(number(two, three), number(one, two), number(from, one)) ? three : from;
}

// "24 12 2026 25 12 2026": two at least, with whole years; nothing sets them apart.
qsizetype CardExcuses::datesEnd(qsizetype from) const
{
    constexpr qsizetype dateDigits = 8;
    qsizetype at = from;
    int count = 0;
    while (at < m_run.digits.size()) {
        const qsizetype to = dateEnd(at, true);
        if (to - at != dateDigits)
            break;
        at = to;
        ++count;
    }
    return count > 1 ? at : from;
}

const QList<CardExcuses::Span> &CardExcuses::dates() const
{
    if (m_dates)
        return *m_dates;
    m_dates.emplace();
    for (qsizetype from = 0; from < m_run.digits.size();) {
        qsizetype to = dateEnd(from, false);
        if (to == from)
            to = datesEnd(from);
        if (to > from)
            m_dates->append({.from = from, .to = to});
        from = to > from ? to : groupEnd(from);
    }
    return *m_dates;
}

bool CardExcuses::hasDate(qsizetype first, qsizetype end) const
{
    return std::any_of(dates().cbegin(), dates().cend(),
                       [&](const Span &date) { return first < date.to && end > date.from; });
}

// "24 12 2026 25 12 2026", "24122026 1030": nothing else stands in it.
bool CardExcuses::onlyDates(qsizetype first, qsizetype end) const
{
    qsizetype at = first;
    bool any = false;
    while (at < end) {
        qsizetype to = dateEnd(at, true);
        any = any || to > at;
        if (to == at && any && (groupEnd(at) - at == 4 || groupEnd(at) - at == 6) && number(at, at + 2) < 24 &&
            number(at + 2, at + 4) < 60)
            to = groupEnd(at);
        if (to == at)
            return false;
        at = to;
    }
    return at == end;
}

// "5725767000011356002": the org's digits, then the record's twelve, which begin with zeros.
bool CardExcuses::recordId(qsizetype first, qsizetype count) const
{
    constexpr qsizetype serialDigits = 12;
    constexpr qlonglong smallestSerial = 1000;
    if ((count != 18 && count != 19) || m_run.groups(first, count).size() > 1)
        return false;
    const QString serial = m_run.text(first + count - serialDigits, serialDigits);
    return serial.startsWith(QLatin1String("000")) && serial.toLongLong() >= smallestSerial;
}

bool CardExcuses::namedOtherwise(qsizetype first) const
{
    constexpr qsizetype nearby = 40;
    // Words for other numbers, in the languages of the desk; then "no.", "number", "#" or nothing.
    static const QRegularExpression named(
        QStringLiteral(
            "(?<![\\p{L}\\p{M}])(?:"
            "orders?|ord|ref|refs|reference|invoice|inv|ticket|case|tracking|awb|booking|imei|serial|record|id|ids|po"
            "|(?:bestell|auftrags|rechnungs|referenz|kunden|sendungs|vorgangs|vertrags|serien)\\p{L}*"
            "|bestellung|auftrag|rechnung|referenz|sendung|vorgang"
            "|commande|facture|référence|réf|dossier|pedido|factura|referencia|orden"
            "|(?:ال)?(?:طلب|طلبية|مرجع|فاتورة|تذكرة|حجز|معرف|معرّف)"
            "|ऑर्डर|आदेश|संदर्भ|चालान|टिकट"
            ")(?:[ "
            "\\t\\x{A0}.:#№°=-]|\\b(?:no|nr|nº|num|number|nummer|numéro|número|id|code|de|is|ist)\\b|رقم|संख्या|नंबर)*$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const qsizetype at = m_run.digits.at(first).at;
    const qsizetype from = std::max<qsizetype>(0, at - nearby);
    return named.match(m_text.mid(from, at - from)).hasMatch();
}

} // namespace ringside
