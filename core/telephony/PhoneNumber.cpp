// SPDX-License-Identifier: Apache-2.0
#include "PhoneNumber.h"

#include "PhoneText.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <optional>
#include <string>

namespace ringside {

namespace {

using Library = i18n::phonenumbers::PhoneNumberUtil;
using LibraryNumber = i18n::phonenumbers::PhoneNumber;

const Library &library()
{
    return *Library::GetInstance(); // The library's own; it offers no other way in.
}

/// Parsed and of a possible length; nothing else is worth being called a number.
std::optional<LibraryNumber> possibleNumber(const QString &text, const QString &region)
{
    LibraryNumber number;
    const std::string country = region.trimmed().toUpper().toStdString();
    if (library().ParseAndKeepRawInput(text.toStdString(), country, &number) != Library::NO_PARSING_ERROR)
        return std::nullopt;
    if (number.country_code() <= 0 || number.national_number() == 0
        || library().IsPossibleNumberWithReason(number) != Library::IS_POSSIBLE)
        return std::nullopt;
    return number;
}

/// Trunks often leave the plus out: 4930123456 in the United States is German, not an impossible +1 number.
std::optional<LibraryNumber> externalNumber(const QString &text, const QString &region)
{
    constexpr qsizetype shortestInternational = 10;
    const std::optional<LibraryNumber> number = possibleNumber(text, region);
    const QString digits = phonetext::digitsOf(text);
    if (text.startsWith(u'+') || digits.startsWith(u'0') || digits.size() < shortestInternational
        || (number && library().IsValidNumber(*number)))
        return number;
    const std::optional<LibraryNumber> international = possibleNumber(u'+' + digits, region);
    return international && library().IsValidNumber(*international) ? international : number;
}

QString formatted(const LibraryNumber &number, Library::PhoneNumberFormat format)
{
    std::string text;
    LibraryNumber bare = number;
    bare.clear_extension();
    library().Format(bare, format, &text);
    return QString::fromStdString(text);
}

QString regionOf(const LibraryNumber &number)
{
    std::string region;
    library().GetRegionCodeForNumber(number, &region);
    return region.size() == 2 && region != "ZZ" ? QString::fromStdString(region) : QString();
}

/// Whether an impossible number is so because no country has such a one, and not because it is short.
bool isNoNumberAnywhere(const QString &text, const QString &region)
{
    LibraryNumber number;
    const auto error = library().Parse(text.toStdString(), region.toUpper().toStdString(), &number);
    if (error == Library::NO_PARSING_ERROR) {
        const auto reason = library().IsPossibleNumberWithReason(number);
        return number.national_number() == 0 || reason == Library::TOO_LONG || reason == Library::INVALID_COUNTRY_CODE
            || reason == Library::INVALID_LENGTH;
    }
    return error != Library::TOO_SHORT_NSN && error != Library::TOO_SHORT_AFTER_IDD;
}

PhoneNumber::Match comparedAs(Library::MatchType type)
{
    switch (type) {
    case Library::EXACT_MATCH:
        return PhoneNumber::Match::Exact;
    case Library::NSN_MATCH:
        return PhoneNumber::Match::National;
    case Library::SHORT_NSN_MATCH:
        return PhoneNumber::Match::Short;
    case Library::NO_MATCH:
    case Library::INVALID_NUMBER:
        break;
    }
    return PhoneNumber::Match::None;
}

/// How `candidate`, one number from a field, compares with ours. Exact needs a country code in the field.
PhoneNumber::Match compare(const LibraryNumber &own, const QString &candidate, const QString &region)
{
    using Match = PhoneNumber::Match;
    constexpr qsizetype shortest = 7; // Below it is an extension, and "201" would match every number that ends so.
    constexpr qsizetype suffix = 9;
    const bool vanity = !phonetext::isDialable(candidate);
    const QString digits = phonetext::digitsOf(candidate);
    if (digits.size() < shortest && !vanity)
        return Match::None;

    Match best = Match::None;
    const std::optional<LibraryNumber> other = possibleNumber(candidate, region);
    if (other) {
        LibraryNumber plain = *other;
        plain.clear_extension();
        best = comparedAs(library().IsNumberMatch(own, plain));
        if (best == Match::Exact && other->country_code_source() == LibraryNumber::FROM_DEFAULT_COUNTRY)
            best = Match::National;
    }
    // Typed without a country code by someone in the caller's country.
    const auto unqualified = comparedAs(library().IsNumberMatchWithOneString(own, candidate.toStdString()));
    best = std::max(best, std::min(unqualified, Match::National));
    if (!other && best < Match::National && digits.size() >= suffix) {
        const QString ours = phonetext::digitsOf(formatted(own, Library::E164));
        if (ours.size() >= suffix && ours.right(suffix) == digits.right(suffix))
            best = Match::National;
    }
    return best;
}

} // namespace

PhoneNumber PhoneNumber::parse(const QString &raw, const QString &region, int internalDigits)
{
    constexpr qsizetype longestShown = 128;
    PhoneNumber out;
    out.m_raw = raw;
    const phonetext::Party party = phonetext::partyOf(raw);
    if (party.withheld)
        return out;

    out.m_kind = Kind::Malformed;
    out.m_display = party.text.left(longestShown);
    const QString text = phonetext::withoutExtension(party.text);
    if (!phonetext::isDialable(text))
        return out;
    const QString digits = phonetext::digitsOf(text);
    const bool feature = text.contains(u'*') || text.contains(u'#');
    if (digits.size() <= internalDigits) {
        out.m_kind = Kind::Internal;
        out.m_significant = digits;
        return out;
    }
    if (feature)
        return out;
    if (const std::optional<LibraryNumber> number = externalNumber(text, region)) {
        std::string significant;
        library().GetNationalSignificantNumber(*number, &significant);
        out.m_kind = Kind::External;
        out.m_e164 = formatted(*number, Library::E164);
        out.m_significant = QString::fromStdString(significant);
        out.m_display = formatted(*number, Library::INTERNATIONAL);
        out.m_region = regionOf(*number);
    } else if (!isNoNumberAnywhere(text, region)) {
        out.m_kind = Kind::Internal;
        out.m_significant = digits;
    }
    return out;
}

PhoneNumber::Match PhoneNumber::matches(const QString &field, const QString &region) const
{
    if (m_kind != Kind::External)
        return Match::None;
    const std::optional<LibraryNumber> own = possibleNumber(m_e164, {});
    if (!own)
        return Match::None;
    LibraryNumber bare = *own;
    bare.clear_raw_input();
    Match best = Match::None;
    const QStringList candidates = phonetext::numbersIn(field);
    for (const QString &candidate : candidates)
        best = std::max(best, compare(bare, candidate, region));
    return best;
}

QString nationalText(const PhoneNumber &number)
{
    const std::optional<LibraryNumber> parsed = possibleNumber(number.e164(), {});
    return parsed ? formatted(*parsed, Library::NATIONAL) : QString();
}

bool isMobile(const PhoneNumber &number)
{
    const std::optional<LibraryNumber> parsed = possibleNumber(number.e164(), {});
    return parsed && library().GetNumberType(*parsed) == Library::MOBILE;
}

} // namespace ringside
