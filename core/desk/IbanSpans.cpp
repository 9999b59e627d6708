// SPDX-License-Identifier: Apache-2.0
#include "IbanSpans.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace ringside::ibanSpans {

namespace {

struct Country
{
    char letters[3];
    int length;
};

// The registry of ISO 13616.
constexpr std::array countries{
    Country{"AD", 24}, Country{"AE", 23}, Country{"AL", 28}, Country{"AT", 20}, Country{"AZ", 28}, Country{"BA", 20},
    Country{"BE", 16}, Country{"BG", 22}, Country{"BH", 22}, Country{"BI", 27}, Country{"BR", 29}, Country{"BY", 28},
    Country{"CH", 21}, Country{"CR", 22}, Country{"CY", 28}, Country{"CZ", 24}, Country{"DE", 22}, Country{"DJ", 27},
    Country{"DK", 18}, Country{"DO", 28}, Country{"EE", 20}, Country{"EG", 29}, Country{"ES", 24}, Country{"FI", 18},
    Country{"FK", 18}, Country{"FO", 18}, Country{"FR", 27}, Country{"GB", 22}, Country{"GE", 22}, Country{"GI", 23},
    Country{"GL", 18}, Country{"GR", 27}, Country{"GT", 28}, Country{"HN", 28}, Country{"HR", 21}, Country{"HU", 28},
    Country{"IE", 22}, Country{"IL", 23}, Country{"IQ", 23}, Country{"IS", 26}, Country{"IT", 27}, Country{"JO", 30},
    Country{"KW", 30}, Country{"KZ", 20}, Country{"LB", 28}, Country{"LC", 32}, Country{"LI", 21}, Country{"LT", 20},
    Country{"LU", 20}, Country{"LV", 21}, Country{"LY", 25}, Country{"MC", 27}, Country{"MD", 24}, Country{"ME", 22},
    Country{"MK", 19}, Country{"MN", 20}, Country{"MR", 27}, Country{"MT", 31}, Country{"MU", 30}, Country{"NI", 28},
    Country{"NL", 18}, Country{"NO", 15}, Country{"OM", 23}, Country{"PK", 24}, Country{"PL", 28}, Country{"PS", 29},
    Country{"PT", 25}, Country{"QA", 29}, Country{"RO", 24}, Country{"RS", 22}, Country{"RU", 33}, Country{"SA", 24},
    Country{"SC", 31}, Country{"SD", 18}, Country{"SE", 24}, Country{"SI", 19}, Country{"SK", 24}, Country{"SM", 27},
    Country{"SO", 23}, Country{"ST", 25}, Country{"SV", 28}, Country{"TL", 23}, Country{"TN", 24}, Country{"TR", 26},
    Country{"UA", 29}, Country{"VA", 22}, Country{"VG", 24}, Country{"XK", 20}, Country{"YE", 30}};

int lengthIn(const QString &letters)
{
    const auto *found = std::find_if(countries.begin(), countries.end(), [&](const Country &country) {
        return letters.compare(QLatin1String(country.letters), Qt::CaseInsensitive) == 0;
    });
    return found == countries.end() ? 0 : found->length;
}

bool checkDigitsAreRight(const QString &iban)
{
    constexpr int moved = 4; // the letters and check digits count behind the rest
    constexpr int modulus = 97;
    int rest = 0;
    for (qsizetype i = 0; i < iban.size(); ++i) {
        const char16_t sign = iban.at((i + moved) % iban.size()).toUpper().unicode();
        if (sign >= u'A')
            rest = (rest * 100 + (sign - u'A' + 10)) % modulus;
        else
            rest = (rest * 10 + (sign - u'0')) % modulus;
    }
    return rest == 1;
}

/// Behind the sign with that number, of those that are not blanks; -1 when there are fewer.
qsizetype behind(const QString &text, qsizetype from, qsizetype to, int signs)
{
    for (qsizetype at = from; at < to; ++at) {
        if (text.at(at).isLetterOrNumber() && --signs == 0)
            return at + 1;
    }
    return -1;
}

QString withoutBlanks(const QString &text, qsizetype from, qsizetype to)
{
    QString compact;
    for (qsizetype at = from; at < to; ++at) {
        if (text.at(at).isLetterOrNumber())
            compact.append(text.at(at));
    }
    return compact;
}

} // namespace

QList<Span> in(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral("(?<![A-Za-z0-9])([A-Za-z]{2})[0-9]{2}(?:[\\x{20}\\x{A0}\\x{202F}-]?[A-Za-z0-9])+"));
    QList<Span> spans;
    QRegularExpressionMatchIterator shapes = shape.globalMatch(text);
    while (shapes.hasNext()) {
        const QRegularExpressionMatch match = shapes.next();
        const int length = lengthIn(match.captured(1));
        if (length == 0)
            continue;
        const qsizetype from = match.capturedStart();
        const qsizetype to = behind(text, from, match.capturedEnd(), length);
        if (to >= 0 && checkDigitsAreRight(withoutBlanks(text, from, to))) {
            spans.append({.from = from, .to = to, .whole = true});
            continue;
        }
        const bool lineEnds = match.capturedEnd() == text.size() || text.at(match.capturedEnd()) == QLatin1Char('\n');
        if (to < 0 && lineEnds && match.captured(1).isUpper())
            spans.append({.from = from, .to = match.capturedEnd(), .whole = false});
    }
    return spans;
}

} // namespace ringside::ibanSpans
