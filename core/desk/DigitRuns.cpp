// SPDX-License-Identifier: Apache-2.0
#include "DigitRuns.h"

#include <optional>

namespace ringside {

namespace {

constexpr int mostBetween = 6; // signs that are seen, between two digits of one number

struct Sign
{
    char32_t code = 0;
    int length = 1;
};

Sign signAt(const QString &text, qsizetype at)
{
    const QChar unit = text.at(at);
    if (unit.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate())
        return {QChar::surrogateToUcs4(unit, text.at(at + 1)), 2};
    return {unit.unicode(), 1};
}

std::optional<char> digitOf(char32_t code)
{
    if (QChar::category(code) != QChar::Number_DecimalDigit)
        return std::nullopt;
    return static_cast<char>('0' + QChar::digitValue(code));
}

bool isUnseen(char32_t code)
{
    switch (QChar::category(code)) {
    case QChar::Other_Format: // zero-width spaces and joiners, bidi marks and isolates, the soft hyphen
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Surrogate: // half a character: the other one may be a digit's
        return true;
    default:
        return false;
    }
}

// Breaks between digits, or none: then the number ends there.
std::optional<DigitRun::Gap> gapOf(char32_t code)
{
    using Gap = DigitRun::Gap;
    switch (code) {
    case U'\n':
    case U'\r':
    case U'\v':
    case U'\f':
    case 0x85: // next line
        return Gap::LineBreak;
    case U'\t':
    case 0x2212: // minus
    case 0x2043: // hyphen bullet
    case 0x02D7: // modifier minus
        return Gap::Plain;
    case U'.':
    case U',':
    case U'/':
    case U'\\':
    case U'|':
    case U'_':
    case U'\'':
    case 0x00B7: // middle dots and small bullets
    case 0x2027:
    case 0x2219:
    case 0x22C5:
    case 0x2019: // apostrophe
    case 0x2024: // one dot leader
    case 0x2044: // fraction and division slashes
    case 0x2215:
    case 0x060C: // the Arabic comma, and the separators between Arabic digits
    case 0x066B:
    case 0x066C:
    case 0x06D4: // the Arabic full stop
    case 0x3001: // ideographic and fullwidth
    case 0x3002:
    case 0xFF0C:
    case 0xFF0E:
    case 0xFF0F:
    case 0xFF3C:
    case 0xFF3F:
        return Gap::Rare;
    default:
        break;
    }
    switch (QChar::category(code)) {
    case QChar::Separator_Space:
    case QChar::Punctuation_Dash:
        return Gap::Plain;
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return Gap::LineBreak;
    default:
        return std::nullopt;
    }
}

// A line break says more than the spaces around it, a dot or a slash more than a line break.
DigitRun::Gap stronger(DigitRun::Gap one, DigitRun::Gap other)
{
    return std::max(one, other);
}

/// Puts the digits together, one sign after the other.
class Reader
{
public:
    void take(const Sign &sign, qsizetype at)
    {
        if (const std::optional<char> value = digitOf(sign.code))
            digit(sign, at, *value);
        else if (const std::optional<DigitRun::Gap> gap = gapOf(sign.code); gap && m_between.size() < mostBetween)
            between(sign, at, *gap);
        else if (isUnseen(sign.code))
            m_run.zoneEnd = at + sign.length; // of no use before the first digit, which sets it anew
        else
            finish();
    }
    QList<DigitRun> runs()
    {
        finish();
        return m_runs;
    }

private:
    void digit(const Sign &sign, qsizetype at, char value)
    {
        m_run.digits.append({.at = at, .length = sign.length, .value = value, .before = m_gap, .between = m_between});
        m_run.zoneEnd = at + sign.length;
        m_gap = DigitRun::Gap::None;
        m_between.clear();
    }
    void between(const Sign &sign, qsizetype at, DigitRun::Gap gap)
    {
        if (m_run.digits.isEmpty())
            return;
        m_gap = stronger(m_gap, gap);
        m_between.append(QChar(static_cast<char16_t>(sign.code))); // none of them is beyond the first plane
        m_run.zoneEnd = at + sign.length;
    }
    void finish()
    {
        if (!m_run.digits.isEmpty())
            m_runs.append(m_run);
        m_run = DigitRun();
        m_gap = DigitRun::Gap::None;
        m_between.clear();
    }

    QList<DigitRun> m_runs;
    DigitRun m_run;
    DigitRun::Gap m_gap = DigitRun::Gap::None;
    QString m_between;
};

} // namespace

QString DigitRun::text(qsizetype first, qsizetype count) const
{
    QString made;
    made.reserve(count);
    for (qsizetype i = first; i < first + count; ++i)
        made.append(QLatin1Char(digits.at(i).value));
    return made;
}

bool DigitRun::groupStartsAt(qsizetype digit) const
{
    return digit == 0 || digit == digits.size() || digits.at(digit).before != Gap::None;
}

QList<int> DigitRun::groups(qsizetype first, qsizetype count, bool joinLines) const
{
    QList<int> sizes;
    for (qsizetype i = first; i < first + count; ++i) {
        const Gap gap = digits.at(i).before;
        if (i == first || (gap != Gap::None && !(joinLines && gap == Gap::LineBreak)))
            sizes.append(0);
        ++sizes.last();
    }
    return sizes;
}

QList<DigitRun> DigitRun::in(const QString &text)
{
    Reader reader;
    for (qsizetype at = 0; at < text.size();) {
        const Sign sign = signAt(text, at);
        reader.take(sign, at);
        at += sign.length;
    }
    return reader.runs();
}

} // namespace ringside
