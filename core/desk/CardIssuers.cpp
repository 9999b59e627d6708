// SPDX-License-Identifier: Apache-2.0
#include "CardIssuers.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace ringside::cardIssuers {

namespace {

constexpr unsigned lengths(std::initializer_list<int> of)
{
    unsigned bits = 0;
    for (const int length : of)
        bits |= 1U << static_cast<unsigned>(length);
    return bits;
}

struct Range
{
    QLatin1String first; ///< As many digits as `last`.
    QLatin1String last;
    unsigned lengths; ///< A bit for each.
};

constexpr unsigned sixteen = lengths({16});
constexpr unsigned sixteenAndMore = lengths({16, 17, 18, 19});
constexpr unsigned dinersLengths = lengths({14, 15, 16, 17, 18, 19});

constexpr Range range(const char *first, const char *last, unsigned of)
{
    return {QLatin1String(first), QLatin1String(last), of};
}

constexpr Range range(const char *prefix, unsigned of)
{
    return range(prefix, prefix, of);
}

// Maestro may be short. So are order numbers and telephone numbers: the fewer the digits, the narrower the ranges.
constexpr unsigned shortMaestro = lengths({12});
constexpr unsigned middleMaestro = lengths({13, 14, 15});

constexpr std::array ranges{
    range("4", lengths({13, 16, 18, 19})), // Visa; its cards with other networks (mada, Elo, Dankort); Switch with 18
    range("51", "55", sixteen),            // Mastercard
    range("2221", "2720", sixteen),
    range("34", lengths({15})), // American Express
    range("37", lengths({15})),
    range("300", "305", dinersLengths), // Diners Club
    range("3095", dinersLengths),
    range("36", dinersLengths),
    range("38", "39", dinersLengths),
    range("3528", "3589", sixteenAndMore), // JCB
    range("1800", lengths({15})),
    range("2131", lengths({15})),
    range("81", sixteenAndMore),           // UnionPay; RuPay
    range("82", sixteen),                  // RuPay
    range("2200", "2204", sixteenAndMore), // Mir
    range("2205", sixteen),                // BORICA
    range("8600", sixteen),                // Uzcard
    range("9682", sixteen),                // mada
    range("9704", lengths({16, 19})),      // Napas
    range("9792", sixteen),                // Troy
    range("9860", sixteen),                // Humo
    // 6 with 16 and more: Discover, UnionPay, Maestro, RuPay, Elo, Hipercard, Verve, mada, and the cards of Iran's
    // banks.
    range("6", sixteenAndMore),
    range("50", sixteenAndMore), // Maestro; Verve, Meeza, Dankort
    range("56", sixteenAndMore),
    range("57", sixteenAndMore & ~lengths({19})), // No issuer is known there with 19, and many CRM ids begin so.
    range("58", sixteenAndMore),
    range("50", middleMaestro),
    range("56", middleMaestro),
    range("58", middleMaestro),
    range("63", middleMaestro),
    range("67", middleMaestro),
    range("5018", shortMaestro),
    range("5020", shortMaestro),
    range("5038", shortMaestro),
    range("5893", shortMaestro),
    range("6304", shortMaestro),
    range("6759", shortMaestro),
    range("6761", "6763", shortMaestro),
};

/// As far as the two go: the digits may be fewer than those of the range.
bool within(const QString &digits, const Range &range)
{
    const auto length = std::min(digits.size(), qsizetype(range.first.size()));
    const auto begin = QStringView(digits).left(length);
    return begin >= range.first.left(length) && begin <= range.last.left(length);
}

bool checkDigitIsRight(const QString &digits)
{
    int sum = 0;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        const int digit = digits.at(digits.size() - 1 - i).unicode() - u'0';
        const int doubled = 2 * digit;
        sum += i % 2 == 0 ? digit : doubled - (doubled > 9 ? 9 : 0);
    }
    return sum % 10 == 0;
}

} // namespace

bool isCardNumber(const QString &digits)
{
    if (digits.size() < fewestDigits || digits.size() > mostDigits)
        return false;
    const unsigned length = 1U << static_cast<unsigned>(digits.size());
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const Range &range) { return (range.lengths & length) != 0 && within(digits, range); }) &&
           checkDigitIsRight(digits);
}

bool mayBegin(const QString &digits)
{
    if (digits.size() > mostDigits)
        return false;
    const unsigned notShorter = ~0U << static_cast<unsigned>(digits.size());
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const Range &range) { return (range.lengths & notShorter) != 0 && within(digits, range); });
}

} // namespace ringside::cardIssuers
